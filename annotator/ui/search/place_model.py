"""A list of places in the articles, with what each annotator gave there, read in pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.model.place import GOLD, GivenLabel, Place
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.places import read_contexts
from annotator.storage.project import Project
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow, accessible_row_text
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, isolate
from annotator.ui.base.item_text import label_name

Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 50
_PAGES_KEPT = 12
_NOTHING = QT_TRANSLATE_NOOP("places", "no label")
_GOLD = QT_TRANSLATE_NOOP("places", "Gold")


class PlaceModel(QAbstractListModel):
    """One row for each place. The texts are read when a row is shown, so that 100,000 places open at once."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._names = {person.id: person.name for person in project.annotators.all()}
        self._places: Sequence[Place] = ()
        self._pages: OrderedDict[int, list[KwicRow]] = OrderedDict()

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these places."""
        self.beginResetModel()
        self._places = places
        self._pages.clear()
        self.endResetModel()

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        return self._places[row]

    def refresh(self) -> None:
        """Read the rows again, because the language, the tagset or the texts changed."""
        self._pages.clear()
        if self._places:
            self.dataChanged.emit(self.index(0), self.index(len(self._places) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of places."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the keyword, the row to paint, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._places):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row(index.row()).context.word
        if role == KWIC_ROLE:
            return self._row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_row_text(self._row(index.row()))
        return None

    def _row(self, row: int) -> KwicRow:
        number, at = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(self._places[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[at]

    def _read(self, places: Sequence[Place]) -> list[KwicRow]:
        contexts = read_contexts(self._project, [(place.document, place.span) for place in places])
        tagset = self._project.tagset
        return [
            KwicRow(words, title, given_text(place.given, tagset, self._names), _colour(place))
            for (title, words), place in zip(contexts, places, strict=True)
        ]


def given_text(given: Iterable[GivenLabel], tagset: Tagset, names: Mapping[str, str]) -> str:
    """Return who gave which label: "Salma: Place · Omar: no label". names has the names of annotators by id.

    Without an annotator, as for a suggestion, it is the label alone.
    """
    nothing, gold = (QCoreApplication.translate("places", text) for text in (_NOTHING, _GOLD))
    known = {**names, GOLD: gold}
    parts = []
    for one in given:
        label = isolate(label_name(one.label, tagset) if one.label else nothing)
        parts.append(f"{isolate(known.get(one.annotator, one.annotator))}: {label}" if one.annotator else label)
    return " · ".join(dict.fromkeys(parts))


def _colour(place: Place) -> str:
    return next((one.label for one in place.given if one.label), "")
