"""Lists of places in the articles, read in pages, such as those with what each annotator gave there."""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.model.place import GOLD, GivenLabel, Place
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.places import read_contexts
from annotator.storage.project import Project
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow, accessible_row_text
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, isolate
from annotator.ui.base.item_text import label_name

Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 50
_PAGES_KEPT = 12
_NOTHING = QT_TRANSLATE_NOOP("places", "no label")
_GOLD = QT_TRANSLATE_NOOP("places", "Gold")


class LazyKwicModel(QAbstractListModel):
    """One row for each place. The texts are read when a row is shown, so that 100,000 places open at once."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._locations: Sequence[tuple[str, Span | None]] = ()
        self._pages: OrderedDict[int, list[KwicRow]] = OrderedDict()

    @abstractmethod
    def kwic_row(self, row: int, title: str, words: Context) -> KwicRow:
        """Return how a row is painted; title is that of its document, words are those around the place."""

    def set_locations(self, locations: Sequence[tuple[str, Span | None]]) -> None:
        """Show other places, (document id, span); the span None is the whole document."""
        self.beginResetModel()
        self._locations = locations
        self._pages.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the rows again, because the language, the tagset or the texts changed."""
        self._pages.clear()
        if self._locations:
            self.dataChanged.emit(self.index(0), self.index(len(self._locations) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of places."""
        return 0 if parent.isValid() else len(self._locations)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the keyword, the row to paint, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._locations):
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
            page = self._pages[number] = self._read(number * PAGE_ROWS)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[at]

    def _read(self, first: int) -> list[KwicRow]:
        contexts = read_contexts(self._project, self._locations[first : first + PAGE_ROWS])
        return [self.kwic_row(row, title, words) for row, (title, words) in enumerate(contexts, first)]


class PlaceModel(LazyKwicModel):
    """Places with what each annotator gave there."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(project, parent)
        self._names = {person.id: person.name for person in project.annotators.all()}
        self._places: Sequence[Place] = ()

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these places."""
        self._places = places
        self.set_locations([(place.document, place.span) for place in places])

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        return self._places[row]

    def kwic_row(self, row: int, title: str, words: Context) -> KwicRow:
        """Return how a row is painted."""
        place = self._places[row]
        return KwicRow(words, title, given_text(place.given, self._project.tagset, self._names), _colour(place))


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
