"""What Qt makes of the texts of a window: what is read as HTML, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QMenu, QTextEdit, QWidget

from annotator.ui.window.manual import ManualPage

TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


@dataclass(frozen=True)
class Shown:
    """A text of a window: what sort of part shows it, and the document that Qt makes of it; said is for messages."""

    sort: str
    document: QTextDocument
    said: str

    @property
    def text(self) -> str:
        """Return what somebody sees."""
        return self.document.toPlainText()

    def foreign(self) -> list[str]:
        """Return the pictures and links in it, but for the links that the window itself makes."""
        found = []
        block = self.document.begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                form = at.fragment().charFormat()
                if form.isImageFormat():
                    found.append(f"picture {form.toImageFormat().name()}")
                if form.isAnchor() and form.anchorHref() not in ("", "#"):
                    found.append(f"link {form.anchorHref()}")
                at += 1
            block = block.next()
        return found


def seen(text: str) -> str:
    """Return what somebody sees of a tooltip."""
    return document_of(text, GuiQt.mightBeRichText(text)).toPlainText()


def document_of(text: str, is_rich: bool) -> QTextDocument:
    """Return the document that Qt makes of a text."""
    document = QTextDocument()
    if is_rich:
        document.setHtml(text)
    else:
        document.setPlainText(text)
    return document


def shown_in(window: QWidget) -> Iterator[Shown]:
    """Yield every text of a window that Qt may read as HTML: tooltips of parts and rows, labels, pages."""
    for part in (window, *window.findChildren(QWidget)):
        for text in (part.toolTip(), part.statusTip(), part.whatsThis()):
            if text:
                yield Shown("tooltip", document_of(text, GuiQt.mightBeRichText(text)), f"{part}: {text}")
        if isinstance(part, QLabel) and part.text():
            is_auto = part.textFormat() is Qt.TextFormat.AutoText
            is_rich = GuiQt.mightBeRichText(part.text()) if is_auto else part.textFormat() is Qt.TextFormat.RichText
            yield Shown("label", document_of(part.text(), is_rich), f"{part}: {part.text()}")
        if isinstance(part, QTextEdit) and not isinstance(part, ManualPage):  # the manual is the program's own
            yield Shown("page", part.document(), f"{part}: {part.toHtml()}")
        if isinstance(part, QAbstractItemView | QComboBox) and part.model() is not None:
            yield from _rows(part.model(), str(part))
        # Of an action only a menu that was asked to would show the tooltip.
        assert not isinstance(part, QMenu) or not part.toolTipsVisible()


def _rows(model: QAbstractItemModel, said: str) -> Iterator[Shown]:
    """Yield the tooltips of the rows of a model."""
    root = QModelIndex()
    for row in range(model.rowCount(root)):
        # A list's own columnCount() is private.
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root)):
            for role in TIPS:
                text = model.index(row, column, root).data(role)
                if text:
                    yield Shown("tooltip", document_of(text, GuiQt.mightBeRichText(text)), f"{said}: {text}")
