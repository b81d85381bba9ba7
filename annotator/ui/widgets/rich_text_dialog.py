"""A dialog that shows a page of rich text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.widgets.prompts import name_standard_buttons


class RichTextDialog(Dialog):
    """Shows rich text and one button; Escape and Enter close it."""

    def __init__(self, title: str, html: str, parent: QWidget | None = None, size: QSize | None = None) -> None:
        """Make the dialog; size is in device-independent pixels."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._page = QTextBrowser(self)
        self._page.setObjectName("reading")
        self._page.setAccessibleName(title)
        self._page.setOpenExternalLinks(True)
        self._page.document().setDocumentMargin(24)
        option = self._page.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        self._page.document().setDefaultTextOption(option)
        self._page.setHtml(html)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        name_standard_buttons(buttons)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(16)
        column.addWidget(self._page, 1)
        row = QVBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(buttons)
        column.addLayout(row)
        size = size or QSize(560, 520)
        resize_to_screen(self, size.width(), size.height())

    def text(self) -> str:
        """Return the plain text of the page."""
        return self._page.toPlainText()
