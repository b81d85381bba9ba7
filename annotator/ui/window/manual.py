"""The manual in a window: the Markdown pages of resources/manual in the language of the interface, offline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QImage,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.resources import resource
from annotator.ui.base.i18n import current_language
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen

INDEX = "index.md"
_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+\.md)\)")
_HEADINGS = {1: 24, 2: 18, 3: 15}
"""Pixels of a heading by its level."""
_BOLD = QFont.Weight.DemiBold
"""The boldest weight of the bundled fonts. Qt would smear Arabic to make it bolder."""
_MARGIN, _PICTURE_WIDTH = 24, 720
"""Pixels around the text, and the largest width of a picture."""
_LINE_HEIGHT = 110
"""Percent. The Arabic fonts bring generous leading themselves."""
_WEB = ("http", "https")


class ManualPage(QTextBrowser):
    """One page of the manual. It loads files of the manual only; a link to the web opens the browser when clicked."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty page."""
        super().__init__(parent)
        self.folder = resource("manual")
        self._current: Path | None = None
        self.setObjectName("reading")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self.follow)
        self.sourceChanged.connect(self._finish)

    def follow(self, url: QUrl) -> None:
        """Open the target of a link: a page of the manual here, an address of the web in the browser."""
        if self._path(url) is not None:
            self.setSource(url, QTextDocument.ResourceType.MarkdownResource)
        elif url.scheme() in _WEB:
            QDesktopServices.openUrl(url)

    def page(self) -> str:
        """Return the language and name of the page that is shown: "en/keys.md"."""
        return self._current.relative_to(self.folder).as_posix() if self._current else ""

    def headings(self) -> list[tuple[str, int]]:
        """Return the text and position of the page's headings of the second level."""
        return [(block.text(), block.position()) for block in self._blocks() if block.blockFormat().headingLevel() == 2]

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a page of the manual as Markdown or one of its pictures, and nothing for any other address."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(QUrl(name))
        path = self._path(QUrl(name))
        if path is None or kind != QTextDocument.ResourceType.MarkdownResource.value:
            return None
        text = path.read_text("utf-8")
        return _mirror_tables(text) if self._is_arabic(path) else text

    def changeEvent(self, event: QEvent) -> None:
        """Show the page in the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._current:
            self.reload()

    def _finish(self, url: QUrl) -> None:
        """Set direction and typography, which Markdown cannot give.

        Connected to sourceChanged, which Qt emits also for a step back, but before source() returns the new address.
        """
        self._current = self._path(url)
        option = self.document().defaultTextOption()
        arabic = self._current is not None and self._is_arabic(self._current)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if arabic else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self._style()
        self.shown.emit()

    def _path(self, url: QUrl, suffix: str = ".md") -> Path | None:
        """Return the file of a page of the manual, or None if the address is anything else."""
        path = Path(url.toLocalFile()).resolve() if url.isLocalFile() else None
        return path if path and path.suffix == suffix and path.is_relative_to(self.folder) and path.is_file() else None

    def _picture(self, url: QUrl) -> QImage | None:
        """Return a picture of the manual, as wide as the page allows."""
        path = self._path(url, ".png")
        if path is None:
            return None
        ratio = self.devicePixelRatioF()
        width = min(self.viewport().width() - 2 * _MARGIN - self.verticalScrollBar().width(), _PICTURE_WIDTH)
        picture = QImage(str(path)).scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _is_arabic(self, path: Path) -> bool:
        return path.parent.name == "ar"

    def _blocks(self) -> list[QTextBlock]:
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    def _style(self) -> None:
        for block in self._blocks():
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            level = block.blockFormat().headingLevel()
            if _is_code(block):
                # Code reads from the left in an Arabic page too.
                shape.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
                shape.setAlignment(Qt.AlignmentFlag.AlignLeft)
                shape.setBackground(self.palette().alternateBase())
                shape.setTopMargin(0 if _is_code(block.previous()) else 8)
                shape.setBottomMargin(0 if _is_code(block.next()) else 12)
            elif level:
                shape.setTopMargin(20 if level > 1 else 0)
                shape.setBottomMargin(8)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_heading(level))
            else:
                shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.mergeBlockFormat(shape)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._style_table(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _style_table(self, table: QTextTable) -> None:
        shape: QTextTableFormat = table.format().toTableFormat()
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setCellPadding(6)
        shape.setCellSpacing(0)
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(self.palette().dark())
        shape.setTopMargin(8)
        shape.setBottomMargin(16)
        table.setFormat(shape)
        # Centred headings, Qt's default, do not line up with the cells below.
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            cursor = cell.firstCursorPosition()
            head = QTextBlockFormat()
            head.setAlignment(Qt.AlignmentFlag.AlignLeading)
            cursor.mergeBlockFormat(head)
            cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
            bold = QTextCharFormat()
            bold.setFontWeight(_BOLD)
            cursor.mergeCharFormat(bold)


class ManualDialog(Retranslated, Dialog):
    """A window that is not modal: contents on the leading side, the page, and a field that finds words in the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the first page in the language in use."""
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.page = ManualPage(self)
        self.contents = QTreeWidget(self)
        self.contents.setHeaderHidden(True)
        self.contents.setObjectName("contents")
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.back, self.forward = QPushButton(self), QPushButton(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        resize_to_screen(self, 980, 720)

    def open_page(self, name: str) -> None:
        """Show a page of the language in use, by the name of its file; the index if the language does not have it."""
        folder = self.page.folder / current_language()
        path = folder / name
        self.page.follow(QUrl.fromLocalFile(str(path if path.is_file() else folder / INDEX)))

    def retranslate(self) -> None:
        """Write every text in the language in use, and show the same page in it."""
        self.setWindowTitle(self.tr("Manual"))
        self.contents.setAccessibleName(self.tr("Contents"))
        self.page.setAccessibleName(self.tr("Manual"))
        self.field.setPlaceholderText(self.tr("Find in page"))
        self.field.setAccessibleName(self.tr("Find in page"))
        self.back.setText(self.tr("Back"))
        self.forward.setText(self.tr("Forward"))
        self._fill()
        self.open_page(self.page.page().rpartition("/")[2] or INDEX)

    def find_next(self) -> None:
        """Select the next place in the page that has the words of the field, from the beginning after the last one."""
        words = self.field.text()
        if words and not self.page.find(words):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(words)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.back, self.forward):
            widget.setAutoDefault(False)
            top.addWidget(widget)
        top.addWidget(self.field, 1)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.addWidget(self.contents)
        sides.addWidget(self.page)
        sides.setStretchFactor(1, 1)
        sides.setSizes([250, 730])
        sides.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(sides, 1)

    def _connect(self) -> None:
        self.page.shown.connect(self._show_place)
        self.page.backwardAvailable.connect(self.back.setEnabled)
        self.page.forwardAvailable.connect(self.forward.setEnabled)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self.back.clicked.connect(self.page.backward)
        self.forward.clicked.connect(self.page.forward)
        self.contents.itemClicked.connect(self._open_item)
        self.contents.itemActivated.connect(self._open_item)
        self.field.returnPressed.connect(self.find_next)
        QShortcut(QKeySequence.StandardKey.Find, self, self.field.setFocus)
        QShortcut(QKeySequence.StandardKey.FindNext, self, self.find_next)

    def _fill(self) -> None:
        """List the pages in the order in which the index of the language links to them."""
        self.contents.clear()
        index = self.page.folder / current_language() / INDEX
        text = index.read_text("utf-8")
        for title, name in [(text.partition("\n")[0].lstrip("# "), INDEX), *_LINK.findall(text)]:
            item = QTreeWidgetItem(self.contents, [title])
            item.setData(0, Qt.ItemDataRole.UserRole, name)

    def _show_place(self) -> None:
        """Select the page in the contents, with its headings below it."""
        name = self.page.page().rpartition("/")[2]
        for row in range(self.contents.topLevelItemCount()):
            item = self.contents.topLevelItem(row)
            if item is None:
                continue
            item.takeChildren()
            if item.data(0, Qt.ItemDataRole.UserRole) == name:
                for heading, position in self.page.headings():
                    child = QTreeWidgetItem(item, [heading])
                    child.setData(0, Qt.ItemDataRole.UserRole, position)
                item.setExpanded(True)
                self.contents.setCurrentItem(item)

    def _open_item(self, item: QTreeWidgetItem) -> None:
        target = item.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(target, str):
            self.open_page(target)
            return
        cursor = self.page.textCursor()
        cursor.setPosition(target)
        self.page.setTextCursor(cursor)
        self.page.verticalScrollBar().setValue(self.page.verticalScrollBar().value() + self.page.cursorRect().top())


def _is_code(block: QTextBlock) -> bool:
    """Return True for fenced and for indented code; only fenced code has unbreakable lines."""
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)


def _heading(level: int) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFontWeight(_BOLD)
    shape.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
    shape.setProperty(QTextFormat.Property.FontPixelSize.value, _HEADINGS.get(level, 14))
    return shape


def _mirror_tables(text: str) -> str:
    """Return Markdown with the cells of each table row reversed: Qt does not lay out tables from right to left."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("|"):
            line = f"|{'|'.join(reversed(line.strip().strip('|').split('|')))}|"
        lines.append(line)
    return "\n".join(lines)
