"""Which keys call which action: those of the table, or those that the user chose instead; and who has a key already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from annotator.domain.tagset.tagset import Label
from annotator.ui.base.actions import ACTIONS, MENUS, ActionSpec, Scope
from annotator.ui.base.i18n import current_language
from annotator.ui.base.key_sequences import same, sequences, written
from annotator.ui.base.settings import Settings

_SPECS = {spec.id: spec for spec in ACTIONS}
_MODIFIERS = ("Ctrl+", "Alt+", "Meta+")
_DIGITS = frozenset("0123456789")
_MOVING = ("Tab", "Left", "Right", "Up", "Down", "Home", "End", "Return", "Backspace", "Delete", "Escape")


class Obstacle(Enum):
    """Why a key cannot be had as it is."""

    ACTION = "action"
    LABEL = "label"
    DIGIT = "digit"
    MENU = "menu"
    TYPING = "typing"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands in a key's way: the name of who has it, and for an action its id, from which it can be taken."""

    obstacle: Obstacle
    name: str = ""
    action: str = ""


class KeyMap(QObject):
    """The keys in use; changed says that some are others now. Keys are written as in the table: "Ctrl+Shift+F"."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        """Read what the user chose from the settings."""
        super().__init__(parent)
        self._settings = settings
        self._labels: tuple[Label, ...] = ()

    def set_labels(self, labels: Iterable[Label]) -> None:
        """Take the labels of the open project, whose keys are taken too."""
        self._labels = tuple(labels)

    def keys(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action; raises KeyError where the table lacks it."""
        usual = _SPECS[action].keys
        return tuple(self._settings.text(_setting(action), usual).split())

    def is_changed(self, action: str) -> bool:
        """Tell whether the user gave an action other keys than the table."""
        return self.keys(action) != tuple(_SPECS[action].keys.split())

    def assign(self, action: str, keys: Iterable[str]) -> None:
        """Give an action these keys and no others."""
        self._write(action, " ".join(dict.fromkeys(keys)))
        self.changed.emit()

    def take_over(self, action: str, keys: Iterable[str]) -> None:
        """Give an action these keys, and take them from every other action that has them."""
        wanted = tuple(keys)
        for other in _SPECS:
            held = self.keys(other)
            left = tuple(key for key in held if not any(same(key, new) for new in wanted))
            if other != action and left != held:
                self._write(other, " ".join(left))
        self.assign(action, wanted)

    def reset(self, action: str) -> None:
        """Give an action the keys of the table again; other actions that have one of them lose it."""
        self.take_over(action, _SPECS[action].keys.split())

    def reset_all(self) -> None:
        """Give every action the keys of the table again."""
        for action in _SPECS:
            self._settings.forget(_setting(action))
        self.changed.emit()

    def conflict(self, action: str, key: str) -> Conflict | None:
        """Return what stands in the way of an action's getting a key, or None.

        The keys of all scopes meet in the article, so no two actions share one. Digits, also with Alt, are the labels'.
        An action that is heard in the whole window cannot have what fields and lists need for themselves.
        """
        label = next((label for label in self._labels if label.key and same(label.key, key)), None)
        if label is not None:
            return Conflict(Obstacle.LABEL, label.name(current_language()))
        if key.removeprefix("Alt+") in _DIGITS:
            return Conflict(Obstacle.DIGIT)
        menu = next((text for text, opens in _mnemonics() if same(opens, key)), None)
        if menu is not None:
            return Conflict(Obstacle.MENU, menu)
        spec = _SPECS[action]
        if spec.scope is Scope.WINDOW and _is_for_typing(key):
            return Conflict(Obstacle.TYPING)
        for other in ACTIONS:
            if other.id != action and any(same(held, key) for held in self.keys(other.id)):
                return Conflict(Obstacle.ACTION, name_of(other), other.id)
        return None

    def _write(self, action: str, keys: str) -> None:
        """Remember the keys of an action; nothing where they are the table's."""
        if keys == _SPECS[action].keys:
            self._settings.forget(_setting(action))
        else:
            self._settings.keep(_setting(action), keys)


def name_of(spec: ActionSpec) -> str:
    """Return the name of an action in the language in use, without the mark of its mnemonic."""
    return spec.shown().replace("&", "")


def shown_keys(action: QAction) -> str:
    """Return the first key of an action as people read it, or nothing."""
    return written(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)) if action.shortcuts() else ""


def key_hint(near: QObject, action: str) -> str:
    """Return the key that calls an action in the window that something belongs to, as people read it; or nothing.

    Where no window has made its actions yet, it is the key of the table.
    """
    owner: QObject | None = near
    while owner is not None:
        found = owner.findChild(QAction, action)
        if found is not None:
            return shown_keys(found)
        owner = owner.parent()
    usual = _SPECS[action].keys.split()
    return written(usual[0]) if usual else ""


def isolate_key(key: str) -> str:
    """Fence a key, which always reads from the left, from the sentence around it; nothing stays nothing."""
    return f"\u2066{key}\u2069" if key else ""


def with_key(text: str, key: str) -> str:
    """Return a text with a key behind it in brackets, or alone where there is no key."""
    return f"{text} ({isolate_key(key)})" if key else text


def _setting(action: str) -> str:
    """Return the name of the setting that holds an action's keys."""
    return f"keys/{action}"


def _mnemonics() -> Iterator[tuple[str, str]]:
    """Yield each menu of the bar in the language in use with the key that opens it: "Alt+P"."""
    for name, text in MENUS:
        shown = QCoreApplication.translate("menus", text)
        letter = shown.partition("&")[2][:1]
        if "/" not in name and letter:
            yield shown.replace("&", ""), f"Alt+{letter.upper()}"


def _is_for_typing(key: str) -> bool:
    """Tell whether fields and lists need a key for themselves: letters, arrows, Enter, Tab."""
    if any(modifier in key for modifier in _MODIFIERS):
        return False
    plain = key.removeprefix("Shift+")
    code = sequences((plain,))[0][0].key()  # type: ignore[index]
    return plain in _MOVING or code < Qt.Key.Key_Escape
