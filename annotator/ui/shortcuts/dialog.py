"""The dialog that customises shortcuts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.tagset.tagset import Label
from annotator.ui.base.actions import ACTIONS
from annotator.ui.base.i18n import isolate, with_direction_mark
from annotator.ui.base.key_map import Conflict, KeyMap, Obstacle, isolate_key, name_of
from annotator.ui.base.key_sequences import display_key, pressed_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.shortcuts.shortcut_list import ShortcutList
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.widgets.prompts import confirm_prompt, name_standard_buttons

_SPECS = {spec.id: spec for spec in ACTIONS}
_LABELS = "tagsets.open"
"""The action that opens the editor of label shortcuts."""
_TWO_LINES = 56
_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class KeyCaptureButton(QPushButton):
    """A button that takes the next key when pressed, including Tab and Enter; Escape cancels."""

    pressedKey = Signal(str)
    """the key as the table of actions writes it"""
    waiting = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._begin)
        self.toggled.connect(self.waiting)

    def event(self, event: QEvent) -> bool:
        """Take every key while waiting for one, before shortcuts and Tab navigation get it."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
                return True
            if event.type() is QEvent.Type.KeyRelease:
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop waiting when the focus moves."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setChecked(False)
        super().focusOutEvent(event)

    def _begin(self, waits: bool) -> None:
        """Take the focus; on macOS a click does not give it to a button."""
        if waits:
            self.setFocus()

    def _take(self, event: QKeyEvent) -> None:
        """Emit the key that was pressed; a modifier alone is only its beginning."""
        key = pressed_key(event.keyCombination())
        if not key:
            return
        self.setChecked(False)
        if key != "Escape":
            self.pressedKey.emit(key)


class ShortcutsDialog(Dialog):
    """A searchable list of actions; changes take effect at once."""

    def __init__(self, keys: KeyMap, labels: Iterable[Label], parent: QWidget | None = None) -> None:
        """Show the shortcuts in use; labels are those of the open project, whose shortcuts the tagset has."""
        super().__init__(parent)
        self._keys = keys
        self._wanted: tuple[str, tuple[str, ...]] | None = None
        self.setWindowTitle(self.tr("Customise shortcuts"))
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(self.tr("Command name or key"))
        self.field.setAccessibleName(self.tr("Command name or key"))
        self.field.installEventFilter(self)
        self.list = ShortcutList(keys, labels, self)
        self.message = PlainLabel(self)
        self.message.setObjectName("keyTold")
        self.message.setWordWrap(True)
        self.message.setMinimumHeight(_TWO_LINES)
        self.take = QPushButton(self.tr("Reassign"), self)
        self.leave = QPushButton(self.tr("Keep"), self)
        self.change = KeyCaptureButton(self)
        self.add = KeyCaptureButton(self)
        self.remove = QPushButton(self.tr("Remove shortcut"), self)
        self.reset = QPushButton(self.tr("Restore default"), self)
        self.reset_all = QPushButton(self.tr("Restore all defaults…"), self)
        self._lay_out()
        self._connect()
        self._show_row()
        resize_to_screen(self, 680, 640)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass Enter and the navigation keys from the field to the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._begin()
                return True
            if event.key() in _WALKING:
                QCoreApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        answer, buttons = QHBoxLayout(), QHBoxLayout()
        answer.addWidget(self.message, 1)
        for button in (self.take, self.leave):
            answer.addWidget(button)
        for button in (self.change, self.add, self.remove, self.reset):
            buttons.addWidget(button)
        buttons.addStretch(1)
        end = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        name_standard_buttons(end)
        end.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        end.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        for row in (answer, buttons):
            column.addLayout(row)
        column.addWidget(end)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
            each.setDefault(False)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.list.narrow)
        self.list.currentItemChanged.connect(self._show_row)
        self.list.itemActivated.connect(self._begin)
        self.change.pressedKey.connect(lambda key: self._ask_for((key,)))
        self.add.pressedKey.connect(lambda key: self._ask_for((*self._keys.keys(self.list.action()), key)))
        for button in (self.change, self.add):
            button.waiting.connect(self._show_waiting)
        self.remove.clicked.connect(lambda: self._keys.assign(self.list.action(), ()))
        self.reset.clicked.connect(lambda: self._keys.reset(self.list.action()))
        self.reset_all.clicked.connect(self._reset_all)
        self.take.clicked.connect(self._take_over)
        self.leave.clicked.connect(self._leave)
        self._keys.changed.connect(self.list.show_keys)
        self._keys.changed.connect(self._show_row)

    def _show_row(self) -> None:
        action = self.list.action()
        for button in (self.change, self.add):
            button.setEnabled(bool(action))
        self.remove.setEnabled(bool(action) and bool(self._keys.keys(action)))
        self.reset.setEnabled(bool(action) and self._keys.is_changed(action))
        self._show_waiting()

    def _show_waiting(self) -> None:
        pressing = self.tr("Press a key…")
        self.change.setText(pressing if self.change.isChecked() else self.tr("Change shortcut"))
        self.add.setText(pressing if self.add.isChecked() else self.tr("Add shortcut"))
        action = self.list.action()
        if action and (self.change.isChecked() or self.add.isChecked()):
            said = self.tr("Press the new shortcut for “{0}”. Esc cancels.")
            self._show_message(said.format(_title(action)), loud=True)
        elif action:
            self._show_message(
                self.tr("Press Enter, then the new shortcut for “{0}”. Changes take effect at once.").format(
                    _title(action)
                )
            )
        else:
            self._show_message(self._where_labels())

    def _begin(self) -> None:
        if self.list.action():
            self.change.setChecked(True)

    def _ask_for(self, keys: tuple[str, ...]) -> None:
        action = self.list.action()
        conflict = self._keys.conflict(action, keys[-1])
        if conflict is None:
            self._keys.assign(action, keys)
            self._show_assigned(action, keys[-1])
            return
        self._wanted = (action, keys)
        self._show_message(self._why_not(conflict, keys[-1]), asks=conflict.obstacle is Obstacle.ACTION, loud=True)

    def _why_not(self, conflict: Conflict, key: str) -> str:
        said = {
            Obstacle.ACTION: self.tr("{0} is already used for “{1}”."),
            Obstacle.LABEL: self.tr("{0} applies the label “{1}”."),
            Obstacle.DIGIT: self.tr("{0} is reserved for a label."),
            Obstacle.MENU: self.tr("{0} opens the menu “{1}”."),
            Obstacle.TYPING: self.tr("{0} is needed for typing and navigation. Add Ctrl or Alt."),
        }[conflict.obstacle]
        message = said.format(_key(key), isolate(conflict.name.removesuffix("…")))
        return f"{message} {self._where_labels()}" if conflict.obstacle in (Obstacle.LABEL, Obstacle.DIGIT) else message

    def _where_labels(self) -> str:
        keys = self._keys.keys(_LABELS)
        if not keys:
            return self.tr("Change label shortcuts in “{0}”.").format(_title(_LABELS))
        said = self.tr("Change label shortcuts in “{0}” ({1}).")
        return said.format(_title(_LABELS), _key(keys[0]))

    def _take_over(self) -> None:
        if self._wanted is None:
            return
        action, keys = self._wanted
        had = [spec for spec in ACTIONS if spec.id != action and self._keys.keys(spec.id)]
        self._keys.take_over(action, keys)
        bare = [_title(spec.id) for spec in had if not self._keys.keys(spec.id)]
        self._show_assigned(action, keys[-1], *(self.tr("“{0}” has no shortcut now.").format(name) for name in bare))
        self.change.setFocus()

    def _leave(self) -> None:
        self._show_waiting()
        self.change.setFocus()

    def _reset_all(self) -> None:
        question = self.tr("Restore all default shortcuts? Your own shortcuts will be lost.")
        if confirm_prompt(self, self.windowTitle(), question, self.tr("Restore all")):
            self._keys.reset_all()

    def _show_assigned(self, action: str, key: str, *more: str) -> None:
        said = self.tr("{0} is now the shortcut for “{1}”.").format(_key(key), _title(action))
        self._show_message(" ".join((said, *more)), loud=bool(more))

    def _show_message(self, text: str, *, asks: bool = False, loud: bool = False) -> None:
        """Show a message below the list: emphasised if loud, with the two answers if it asks."""
        self.message.setText(with_direction_mark(text))
        self.message.setProperty("isLoud", asks or loud)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        for button in (self.take, self.leave):
            button.setVisible(asks)
        if asks:
            self.leave.setFocus()


def _key(key: str) -> str:
    return isolate_key(display_key(key))


def _title(action: str) -> str:
    return isolate(name_of(_SPECS[action]).removesuffix("…"))
