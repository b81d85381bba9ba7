"""Key sequences under Latin and Arabic keyboard layouts, and how they are displayed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_ARABIC_LETTERS = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM/", "ضصثقفغعهخحشسيبلاتنمئءؤرﻻىةظ", strict=True))
_ARABIC_DIGITS = dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True))
_PERSIAN_DIGITS = dict(zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True))
_TABLES = (_ARABIC_LETTERS, _ARABIC_DIGITS, _PERSIAN_DIGITS)
_LATIN = {other: plain for table in _TABLES for plain, other in table.items()}
_MAC = sys.platform == "darwin"
_ALSO = {"Return": ("Enter",), "Shift+Tab": ("Shift+Backtab", "Backtab")}
_SAME = {"Enter": "Return", "Backtab": "Shift+Tab", "Del": "Delete", "Esc": "Escape", "Ins": "Insert"}
_SHIFTED = frozenset('!@#$%^&*()_+{}|:"<>?~')
"""Characters that most keyboards type with Shift, so Shift is dropped from their shortcuts."""
_WRITTEN = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "Del": "Delete", "Ins": "Insert"}
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


def sequences(shortcuts: tuple[str, ...]) -> list[QKeySequence]:
    """Return the key sequences of some shortcuts, with those that an Arabic layout sends for the same keys.

    A letter also gets the Arabic letter of its key, a digit its Arabic-Indic and Persian forms, and Return the Enter of
    the keypad. The shortcuts as given come first, because menus show the first. Return is shown as Enter, as on most
    keyboards; only a Mac distinguishes the two.
    """
    names = [name if _MAC else name.replace("Return", "Enter") for name in shortcuts] + list(shortcuts)
    for shortcut in shortcuts:
        prefix, key = _split(shortcut)
        names.extend(prefix + table[key] for table in _TABLES if key in table)
        for plain, others in _ALSO.items():
            if shortcut == plain:
                names.extend(others)
            elif key == plain:
                names.extend(prefix + other for other in others)
    return [QKeySequence(name) for name in dict.fromkeys(names)]


def pressed_key(combination: QKeyCombination) -> str:
    """Return a pressed key as ACTIONS writes it, or "" for a modifier alone.

    The Arabic letter or digit of an Arabic layout becomes the Latin one of the same key, so that the shortcut works
    under both layouts.
    """
    key = combination.key()
    if key in _MODIFIERS or key in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    modifiers &= ~Qt.KeyboardModifier.GroupSwitchModifier
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    name = _LATIN.get(name, name)
    if name in _SHIFTED:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    prefix = QKeySequence(QKeyCombination(modifiers, Qt.Key.Key_A)).toString().removesuffix("A")
    written = prefix + _SAME.get(name, name)
    return written.replace("Shift+Shift+", "Shift+")


def same_key(one: str, other: str) -> bool:
    """Return True if two keys are the same on some keyboard layout."""
    ones = {sequence.toString() for sequence in sequences((one,))}
    return any(sequence.toString() in ones for sequence in sequences((other,)))


def display_key(key: str, *, mac: bool = _MAC) -> str:
    """Return a key for display: symbols on a Mac (⌘K), elsewhere words and arrows (Ctrl+K, Shift+←)."""
    if mac:
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    plain = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    prefix, name = _split(plain)
    return prefix + _WRITTEN.get(name, name)


def _split(shortcut: str) -> tuple[str, str]:
    """Split a shortcut into its modifiers and its key: "Ctrl+", "K"."""
    head, _, key = shortcut.rpartition("+") if not shortcut.endswith("+") else (shortcut[:-1].rstrip("+"), "", "+")
    return (f"{head}+" if head else "", key)
