"""What the dialogs that ask for something share: margins, the row for a file, the two buttons."""

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
from annotator.ui.widgets.prompts import name_standard_buttons

_FRAME = QSize(16, 48)
"""What the desktop draws around a window, in device-independent pixels."""
_NAMES = 120
"""How wide the names of fields are at least, in device-independent pixels."""


class FileRow(QWidget):
    """A path to type, and a button that opens the system's dialog for it; changed says that it is another one."""

    changed = Signal()

    def __init__(self, name: str, browse: str, ask: Callable[[Path], Path | None], parent: QWidget) -> None:
        """Make an empty row; name is said by a screen reader, browse stands on the button, ask answers with a path."""
        super().__init__(parent)
        self._ask = ask
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.field.textChanged.connect(self.changed)
        # A path reads from the left, whatever the language.
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
        """Return the path that stands there."""
        return Path(self.field.text()).expanduser()

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.field.setText(str(path))

    def _choose(self) -> None:
        """Choose in the system's dialog."""
        path = self._ask(self.path())
        if path is not None:
            self.set_path(path)


def form_layout(parent: QWidget | None = None) -> QFormLayout:
    """Return a form whose fields grow, with its labels at the edge."""
    made = QFormLayout(parent)
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(12)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add_fields(fields: QFormLayout, *rows: tuple[str, QWidget]) -> None:
    """Add fields with their names to a form, all names equally wide, so that several forms stand in one line."""
    for name, widget in rows:
        insert_field(fields, -1, name, widget)


def insert_field(fields: QFormLayout, row: int, name: str, widget: QWidget) -> None:
    """Insert a field with its name into a form before a row, or at its end where the row is -1."""
    label = PlainLabel(fields.parentWidget(), name)
    label.setMinimumWidth(_NAMES)
    label.setBuddy(widget)
    fields.insertRow(row, label, widget)
    if name and not widget.accessibleName():
        widget.setAccessibleName(name)


def dialog_layout(dialog: QDialog) -> QVBoxLayout:
    """Give a dialog its margins and return the column in which its parts stand."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    return column


def column_layout(parent: QWidget, spacing: int) -> QVBoxLayout:
    """Return the column of a part of a dialog, which has no margins of its own."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def row_layout(*widgets: QWidget) -> QHBoxLayout:
    """Return some widgets side by side, at the side where reading begins."""
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
    """Return a line of small, muted text that wraps."""
    label = PlainLabel(parent, text)
    label.setObjectName("quiet")
    label.setWordWrap(True)
    return label


def dialog_buttons(dialog: QDialog, does: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return the buttons that end a dialog, and of them the one that does what it is for, with these words on it."""
    box, primary = two_buttons(dialog, does)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, primary


def two_buttons(dialog: QDialog, does: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return a button with these words beside Cancel, and of the two the first; nothing is connected yet."""
    box = QDialogButtonBox(dialog)
    # Named before the box looks at it: Qt keeps the style sheet's rules by the name that a widget had first.
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
    """Give a button another menu, and let go of the one it had."""
    old = button.menu()
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()


def resize_to_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or less where a button would lie beyond the edge of the screen."""
    window.resize(QSize(width, height).boundedTo(available_size(window)))


def available_size(window: QWidget) -> QSize:
    """Return how large a window may be; without a display, as for pictures, there is no edge."""
    if QGuiApplication.platformName() == "offscreen":
        return QSize(16_777_215, 16_777_215)
    return window.screen().availableSize() - _FRAME
