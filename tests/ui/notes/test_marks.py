"""Never colour alone: with every ink of a theme made one, each state in the lists still looks different."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.storage.tables.document_rows import DocumentRow
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.theme import THEMES, Theme
from annotator.ui.documents.document_list import DocumentDelegate
from annotator.ui.documents.document_model import ROW_ROLE
from annotator.ui.sidebar.item_list import ItemDelegate
from annotator.ui.sidebar.item_model import ITEM_ROLE

PLAIN = DocumentRow("1", "انفجار في بغداد", None, "اختبار", 100, False, 3, 0)
ROWS = {
    "nothing to decide": PLAIN,
    "undecided": replace(PLAIN, pending=4),
    "done": replace(PLAIN, done=True),
    "doubtful": replace(PLAIN, doubts=1),
    "noted": replace(PLAIN, notes=1),
    "printed before": replace(PLAIN, repeats="2", repeats_title="غيره"),
}
SPAN = ReviewItem(Span(0, 5), "LOC", False, "1")
SPANS = {
    "annotation": SPAN,
    "suggestion": replace(SPAN, is_suggestion=True),
    "doubtful": replace(SPAN, doubtful=True),
    "noted": replace(SPAN, note="انظر"),
}


class One(QAbstractListModel):
    """A model of one row that gives one thing for its role."""

    def __init__(self, role: int, thing: object) -> None:
        super().__init__()
        self._role, self._thing = role, thing

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, _index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._thing if role == self._role else "كركوك" if role == Qt.ItemDataRole.DisplayRole else None


def one_ink(theme: Theme) -> Theme:
    """Return a theme in which everything that is written or drawn has the colour of the text."""
    ink = theme.text
    return replace(theme, muted=ink, faint=ink, good=ink, danger=ink, accent=ink)


def picture(delegate: QStyledItemDelegate, role: int, thing: object, theme: Theme) -> QImage:
    """Return what a delegate paints of one row."""
    image = QImage(280, 64, QImage.Format.Format_RGB32)
    image.fill(theme.panel)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 280, 64)
    model = One(role, thing)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return image


@pytest.mark.parametrize("name", THEMES)
def test_states_are_told_apart_without_colour(qapp: QApplication, name: str) -> None:
    theme = one_ink(THEMES[name])
    documents, items = DocumentDelegate(), ItemDelegate()
    documents.theme = items.theme = theme
    items.tagset = load_tagset("security")
    pictures = {state: picture(documents, ROW_ROLE, row, theme) for state, row in ROWS.items()}
    assert [pair for pair in combinations(pictures, 2) if pictures[pair[0]] == pictures[pair[1]]] == []
    pictures = {state: picture(items, ITEM_ROLE, item, theme) for state, item in SPANS.items()}
    assert [pair for pair in combinations(pictures, 2) if pictures[pair[0]] == pictures[pair[1]]] == []
