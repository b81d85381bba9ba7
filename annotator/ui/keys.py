"""Keys under an Arabic keyboard layout: the same place on the keyboard does the same thing."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_ARABIC_LETTERS = dict(zip("QWERTYUIOPASDFGHJKLZXCVNM", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=True))
_ARABIC_DIGITS = dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True))
_PERSIAN_DIGITS = dict(zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True))
_ALSO = {"Return": ("Enter",), "Shift+Tab": ("Shift+Backtab", "Backtab")}


def sequences(shortcuts: tuple[str, ...]) -> list[QKeySequence]:
    """Return the key sequences of some shortcuts, each with what an Arabic layout makes of the same keys.

    A letter gains the Arabic letter of its key, a digit its Arabic-Indic and Persian forms, Return the Enter
    of the keypad. The shortcuts as written come first, so that menus show them.
    """
    names = list(shortcuts)
    for shortcut in shortcuts:
        head, _, key = shortcut.rpartition("+") if not shortcut.endswith("+") else (shortcut[:-1], "", "+")
        prefix = f"{head}+" if head else ""
        tables = (_ARABIC_LETTERS, _ARABIC_DIGITS, _PERSIAN_DIGITS)
        names.extend(prefix + table[key] for table in tables if key in table)
        for plain, others in _ALSO.items():
            if shortcut == plain:
                names.extend(others)
            elif key == plain:
                names.extend(prefix + other for other in others)
    return [QKeySequence(name) for name in dict.fromkeys(names)]
