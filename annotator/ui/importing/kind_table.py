"""The table of files to import: each file type with its detected format and how much it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.formats.registry import reader_names
from annotator.services.importing.preview import FileKind
from annotator.ui.base.i18n import digits, isolate
from annotator.ui.base.plain_text import tooltip
from annotator.ui.widgets.format_text import format_name

_ROWS = 4
"""Rows that are visible without scrolling."""


class KindTable(QTreeWidget):
    """A row for each file type; named is emitted if another format was chosen for a suffix."""

    named = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.readers: dict[str, str] = {}
        self.setAccessibleName(self.tr("Files and their formats"))
        self.setRootIsDecorated(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHeaderLabels([self.tr("Files"), self.tr("Format"), self.tr("Articles"), self.tr("Annotations")])
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_kinds(self, kinds: Sequence[FileKind], at_least: bool) -> None:
        """Show file types; at_least marks the numbers as lower bounds."""
        self.clear()
        more = "+" if at_least else ""
        for kind in kinds:
            numbers = [digits(f"{number:,}") + more for number in (kind.articles, kind.annotations)]
            row = QTreeWidgetItem(self, [self._name(kind), "", *(numbers if kind.reader else ("", ""))])
            row.setToolTip(0, tooltip("\n".join(str(path) for path in kind.files[:20])))
            box = self._box(kind)
            row.setSizeHint(1, box.sizeHint() + QSize(24, 8))
            self.setItemWidget(row, 1, box)
        rows = min(_ROWS, len(kinds)) * max(self.sizeHintForRow(0), 0)
        self.setFixedHeight(rows + self.header().sizeHint().height() + 16)

    def _name(self, kind: FileKind) -> str:
        if len(kind.files) == 1:
            return isolate(kind.files[0].name)
        count = digits(self.tr("%n file(s)", "", len(kind.files)))
        return f"{isolate(kind.suffix)}   {count}" if kind.suffix else count

    def _box(self, kind: FileKind) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Format of {0}").format(self._name(kind)))
        if not kind.reader:
            box.addItem(self.tr("not supported"), "")
        for name in reader_names():
            box.addItem(format_name(name), name)
        box.setCurrentIndex(max(0, box.findData(kind.reader)))
        box.activated.connect(lambda _row: self._name_reader(kind.suffix, str(box.currentData())))
        return box

    def _name_reader(self, suffix: str, reader: str) -> None:
        if reader:
            self.readers[suffix] = reader
            self.named.emit()
