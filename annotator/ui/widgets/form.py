"""Helpers that lay out dialogs: margins, form rows, headings, buttons, the size on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.widgets.base_dialog import FRAME_MARGINS
from annotator.ui.widgets.prompts import name_standard_buttons

_NAMES = 120
"""Minimum width of the names of fields, in device-independent pixels."""


class FileRow(QWidget):
    """A path to type, with a button that opens a file dialog; changed is emitted with every change."""

    changed = Signal()

    def __init__(self, name: str, browse: str, ask: Callable[[Path], Path | None], parent: QWidget) -> None:
        """Make an empty row.

        name is for screen readers, browse is the text of the button, and ask opens the dialog and returns a
        path.
        """
        super().__init__(parent)
        self._ask = ask
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.field.textChanged.connect(self.changed)
        # A path reads from left to right in every language.
        self.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.field.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.browse = QPushButton(browse, self)
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self.field)

    def path(self) -> Path:
        """Return the path."""
        return Path(self.field.text()).expanduser()

    def set_path(self, path: Path) -> None:
        """Set the path."""
        self.field.setText(str(path))

    def _choose(self) -> None:
        path = self._ask(self.path())
        if path is not None:
            self.set_path(path)


def form_layout(parent: QWidget | None = None) -> QFormLayout:
    """Return a form layout whose fields grow."""
    made = QFormLayout(parent)
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(12)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add_fields(fields: QFormLayout, *rows: tuple[str, QWidget]) -> None:
    """Add named fields to a form, with names of one width so that the fields of several forms align."""
    for name, widget in rows:
        label = PlainLabel(fields.parentWidget(), name)
        label.setMinimumWidth(_NAMES)
        label.setBuddy(widget)
        fields.addRow(label, widget)
        if name and not widget.accessibleName():
            widget.setAccessibleName(name)


def dialog_layout(dialog: QDialog) -> QVBoxLayout:
    """Return the vertical layout of a dialog, with its margins."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    return column


def column_layout(parent: QWidget, spacing: int) -> QVBoxLayout:
    """Return a vertical layout without margins."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def row_layout(*widgets: QWidget) -> QHBoxLayout:
    """Return a horizontal layout of some widgets, with the free space after them."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def section_heading(text: str, parent: QWidget) -> QLabel:
    """Return the heading of a part of a dialog."""
    label = PlainLabel(parent, text)
    label.setObjectName("section")
    label.setIndent(0)
    return label


def hint_label(text: str, parent: QWidget) -> QLabel:
    """Return a label for small, muted text that wraps."""
    label = PlainLabel(parent, text)
    label.setObjectName("quiet")
    label.setWordWrap(True)
    return label


def dialog_buttons(dialog: QDialog, does: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return a box of buttons that accept and reject a dialog, and the accepting one, which has this text."""
    box, primary = two_buttons(dialog, does)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, primary


def two_buttons(dialog: QDialog, does: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return a box with a button of this text and Cancel, and the first; nothing is connected yet."""
    box = QDialogButtonBox(dialog)
    # Named before it is added: Qt caches the rules of the style sheet for the first name of a widget.
    primary = QPushButton(does, dialog)
    primary.setObjectName("primary")
    box.addButton(primary, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(QDialogButtonBox.StandardButton.Cancel)
    name_standard_buttons(box)
    return box, primary


def push_button(parent: QWidget, text: str = "", act: Callable[[], object] | None = None) -> QPushButton:
    """Return a button that calls act when pressed.

    autoDefault is off, because QDialog otherwise lets Enter in a field press the first such button.
    """
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    if act is not None:
        button.clicked.connect(lambda _checked=False: act())
    return button


def set_menu(button: QPushButton, menu: QMenu) -> None:
    """Give a button another menu, and delete the old one, which Qt would keep."""
    old = button.menu()
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()


def resize_to_screen(window: QWidget, width: int, height: int) -> None:
    """Resize a window, but not beyond the edges of the screen, where its buttons could not be reached."""
    window.resize(QSize(width, height).boundedTo(available_size(window)))


def available_size(window: QWidget) -> QSize:
    """Return the largest size of a window; without a display, as for pictures, there is no limit."""
    if QGuiApplication.platformName() == "offscreen":
        return QSize(16_777_215, 16_777_215)
    return window.screen().availableSize().shrunkBy(FRAME_MARGINS)
