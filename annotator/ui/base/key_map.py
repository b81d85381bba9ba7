"""The keys of each action, by default or as the user chose, and conflicts between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from annotator.domain.tagset.tagset import Label
from annotator.ui.base.actions import ACTIONS, MENUS, ActionSpec, Scope
from annotator.ui.base.i18n import current_language
from annotator.ui.base.key_sequences import display_key, same_key, sequences
from annotator.ui.base.settings import Settings

_SPECS = {spec.id: spec for spec in ACTIONS}
_MODIFIERS = ("Ctrl+", "Alt+", "Meta+")
_DIGITS = frozenset("0123456789")
_MOVING = ("Tab", "Left", "Right", "Up", "Down", "Home", "End", "Return", "Backspace", "Delete", "Escape")


class Obstacle(Enum):
    """Why an action cannot get a key."""

    ACTION = "action"
    LABEL = "label"
    DIGIT = "digit"
    MENU = "menu"
    TYPING = "typing"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict: the name of what has the key, and for an action its id, so that the key can be reassigned."""

    obstacle: Obstacle
    name: str = ""
    action: str = ""


class KeyMap(QObject):
    """The keys in use. changed is emitted when some of them change. Keys are written as in ACTIONS: "Ctrl+Shift+F"."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._labels: tuple[Label, ...] = ()

    def set_labels(self, labels: Iterable[Label]) -> None:
        """Set the labels of the open project, whose keys actions cannot get."""
        self._labels = tuple(labels)

    def keys(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action. Raises KeyError for an unknown id."""
        usual = _SPECS[action].keys
        return tuple(self._settings.text(_setting(action), usual).split())

    def is_changed(self, action: str) -> bool:
        """Return True if the user changed the keys of an action."""
        return self.keys(action) != tuple(_SPECS[action].keys.split())

    def assign(self, action: str, keys: Iterable[str]) -> None:
        """Set the keys of an action."""
        self._write(action, " ".join(dict.fromkeys(keys)))
        self.changed.emit()

    def take_over(self, action: str, keys: Iterable[str]) -> None:
        """Set the keys of an action, and remove them from every other action."""
        wanted = tuple(keys)
        for other in _SPECS:
            held = self.keys(other)
            left = tuple(key for key in held if not any(same_key(key, new) for new in wanted))
            if other != action and left != held:
                self._write(other, " ".join(left))
        self.assign(action, wanted)

    def reset(self, action: str) -> None:
        """Reset an action to its default keys. Other actions lose them."""
        self.take_over(action, _SPECS[action].keys.split())

    def reset_all(self) -> None:
        """Reset all actions to their default keys."""
        for action in _SPECS:
            self._settings.remove(_setting(action))
        self.changed.emit()

    def conflict(self, action: str, key: str) -> Conflict | None:
        """Return the conflict that keeps an action from getting a key, or None.

        No two actions share a key, because all scopes meet in the article. Digits, also with Alt, belong to labels. An
        action that works in the whole window cannot have a key that text fields and lists need.
        """
        label = next((label for label in self._labels if label.key and same_key(label.key, key)), None)
        if label is not None:
            return Conflict(Obstacle.LABEL, label.name(current_language()))
        if key.removeprefix("Alt+") in _DIGITS:
            return Conflict(Obstacle.DIGIT)
        menu = next((text for text, opens in _mnemonics() if same_key(opens, key)), None)
        if menu is not None:
            return Conflict(Obstacle.MENU, menu)
        spec = _SPECS[action]
        if spec.scope is Scope.WINDOW and _is_for_typing(key) and key not in spec.keys.split():
            return Conflict(Obstacle.TYPING)
        for other in ACTIONS:
            if other.id != action and any(same_key(held, key) for held in self.keys(other.id)):
                return Conflict(Obstacle.ACTION, name_of(other), other.id)
        return None

    def _write(self, action: str, keys: str) -> None:
        if keys == _SPECS[action].keys:
            self._settings.remove(_setting(action))
        else:
            self._settings.set(_setting(action), keys)


def name_of(spec: ActionSpec) -> str:
    """Return the name of an action in the current language, without its mnemonic."""
    return spec.shown().replace("&", "")


def shown_keys(action: QAction) -> str:
    """Return the first key of an action for display, or ""."""
    return (
        display_key(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)) if action.shortcuts() else ""
    )


def key_hint(near: QObject, action: str) -> str:
    """Return the key of an action, for display in the window that near belongs to, or "".

    If no window has its actions yet, it is the default key.
    """
    owner: QObject | None = near
    while owner is not None:
        found = owner.findChild(QAction, action)
        if found is not None:
            return shown_keys(found)
        owner = owner.parent()
    usual = _SPECS[action].keys.split()
    return display_key(usual[0]) if usual else ""


def isolate_key(key: str) -> str:
    """Wrap a key in LRI and PDI: it reads left to right in an Arabic sentence too. "" stays ""."""
    return f"\u2066{key}\u2069" if key else ""


def with_key(text: str, key: str) -> str:
    """Return a text followed by a key in brackets, or the text alone if there is no key."""
    return f"{text} ({isolate_key(key)})" if key else text


def _setting(action: str) -> str:
    return f"keys/{action}"


def _mnemonics() -> Iterator[tuple[str, str]]:
    """Yield the title of each menu in the menu bar and the shortcut of its mnemonic: "Alt+P"."""
    for name, text in MENUS:
        shown = QCoreApplication.translate("menus", text)
        letter = shown.partition("&")[2][:1]
        if "/" not in name and letter:
            yield shown.replace("&", ""), f"Alt+{letter.upper()}"


def _is_for_typing(key: str) -> bool:
    """Return True if text fields and lists need the key: letters, arrows, Enter, Tab."""
    if any(modifier in key for modifier in _MODIFIERS):
        return False
    plain = key.removeprefix("Shift+")
    code = sequences((plain,))[0][0].key()  # type: ignore[index]
    return plain in _MOVING or code < Qt.Key.Key_Escape
