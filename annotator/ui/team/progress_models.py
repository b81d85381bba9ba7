"""The tables of the progress page: what each annotator did, and the articles with each annotator's state."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.team.work_state import WorkState, work_state
from annotator.services.annotators import display_names
from annotator.services.team.team_progress import PersonProgress
from annotator.storage.project import Project
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, decimal_text, isolate, number_text, percent_text
from annotator.ui.widgets.table import TableModel, Value

PAGE_ROWS = 100
_PAGES_KEPT = 20
_HOUR_MS = 3_600_000
_ORDER = (WorkState.FINISHED, WorkState.BEGUN, WorkState.UNTOUCHED, WorkState.NONE)
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
_STATES = {
    WorkState.FINISHED: QT_TRANSLATE_NOOP("progress", "done"),
    WorkState.BEGUN: QT_TRANSLATE_NOOP("progress", "in progress"),
    WorkState.UNTOUCHED: QT_TRANSLATE_NOOP("progress", "to do"),
}


class PeopleColumn(IntEnum):
    """The columns of the table of annotators."""

    NAME = 0
    ASSIGNED = 1
    DONE = 2
    BEGUN = 3
    LEFT = 4
    HOURS = 5
    DECISIONS = 6
    PER_HOUR = 7
    ACCEPTED = 8
    AGREEMENT = 9


class PeopleModel(TableModel):
    """One row for each annotator, with the colour of the annotator's line in the plots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: Sequence[PersonProgress] = ()
        self._names: Mapping[str, str] = {}
        self._icons: Sequence[QIcon] = ()

    def set_icons(self, icons: Sequence[QIcon]) -> None:
        """Show these icons before the names, in the order of the annotators."""
        self._icons = icons
        self.retranslate()

    def set_people(self, people: Sequence[PersonProgress], names: Mapping[str, str]) -> None:
        """Show annotators, with their names by id."""
        self._people, self._names = people, names
        self.reset()

    def person(self, row: int) -> PersonProgress:
        """Return the annotator of a row."""
        return self._people[row]

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (
            self.tr("Annotator"),
            self.tr("Assigned"),
            self.tr("Done"),
            self.tr("In progress"),
            self.tr("Left"),
            self.tr("Hours"),
            self.tr("Decisions"),
            self.tr("Per hour"),
            self.tr("Accepted"),
            self.tr("Agreement"),
        )

    def row_total(self) -> int:
        """Return the number of annotators."""
        return len(self._people)

    def value(self, row: int, column: int) -> Value:
        """Return a figure; shares are from 0 to 1."""
        each = self._people[row]
        counts, pace = each.counts, each.pace
        values: dict[int, Value] = {
            PeopleColumn.NAME: self._names.get(each.person.id, "") if each.person else "",
            PeopleColumn.ASSIGNED: counts.assigned,
            PeopleColumn.DONE: counts.done,
            PeopleColumn.BEGUN: counts.begun,
            PeopleColumn.LEFT: counts.left,
            PeopleColumn.HOURS: pace.ms / _HOUR_MS,
            PeopleColumn.DECISIONS: pace.decisions,
            PeopleColumn.PER_HOUR: pace.decisions_per_hour,
            PeopleColumn.ACCEPTED: pace.accepted_share,
            PeopleColumn.AGREEMENT: each.agreement.f1 if each.agreement else None,
        }
        return values[column]

    def text(self, row: int, column: int) -> str:
        """Return a figure with the decimal places that it needs."""
        value = self.value(row, column)
        if isinstance(value, float):
            if column == PeopleColumn.ACCEPTED:
                return percent_text(value)
            if column == PeopleColumn.PER_HOUR:
                return number_text(round(value))
            return decimal_text(value, 1 if column == PeopleColumn.HOURS else 2)
        return super().text(row, column)

    def hint(self, row: int, column: int) -> str:
        """Return what a figure is computed from."""
        each = self._people[row]
        if column == PeopleColumn.ACCEPTED and each.pace.decided:
            said = self.tr("{0} of {1} decided suggestions were accepted as they were")
            return said.format(number_text(each.pace.accepted), number_text(each.pace.decided))
        if column == PeopleColumn.AGREEMENT and each.agreement:
            said = self.tr("Mean F1 with others: {0}. Articles compared: {1}")
            return said.format(number_text(each.agreement.pairs), number_text(each.agreement.documents))
        return super().hint(row, column)

    def decoration(self, row: int, column: int, role: int) -> Any:
        """Return the icon before a name."""
        is_icon = role == Qt.ItemDataRole.DecorationRole and column == PeopleColumn.NAME
        return self._icons[row] if is_icon and row < len(self._icons) else None


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to show: with a state of an annotator (an id), or of anybody for ""; None is every state."""

    annotator: str = ""
    state: WorkState | None = None


class ArticleModel(TableModel):
    """One row for each article and one column for each annotator; STATE_ROLE is the WorkState of a cell.

    Titles and states are read for a page of rows when it is shown, so that 20,000 articles open at once. set_works()
    gives the states of all articles, which filters and sorting need.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._people: Sequence[Annotator] = ()
        self._names: Mapping[str, str] = {}
        self._ids: Sequence[str] = ()
        self._rows: Sequence[int] = ()
        self._anything_assigned = False
        self._works: Mapping[str, Sequence[int]] | None = None
        self._titles: Sequence[str] | None = None
        self._pages: OrderedDict[int, tuple[Sequence[str], Mapping[str, Sequence[int]]]] = OrderedDict()
        self.filter = ArticleFilter()

    def set_project(self, project: Project) -> None:
        """Show all articles of a project in the order of import."""
        self._project = project
        self._read_people(project)
        self._ids = project.documents.page_ids(0, -1)
        self._works = self._titles = None
        self._pages.clear()
        self.filter = ArticleFilter()
        self._rows = range(len(self._ids))
        self.reset()

    def set_works(self, ids: Sequence[str], titles: Sequence[str], works: Mapping[str, Sequence[int]]) -> None:
        """Use the ids and titles of all articles, and their states as TeamWork.states() returns them."""
        if self._project is not None:
            self._read_people(self._project)
        self._ids, self._titles, self._works = ids, titles, works
        self._pages.clear()
        self.set_filter(self.filter)

    def set_filter(self, wanted: ArticleFilter) -> None:
        """Show only some articles. All are shown as long as set_works() was not called."""
        self.filter = wanted
        everything = range(len(self._ids))
        if wanted.state is None or self._works is None:
            self._rows = everything
        else:
            people = [wanted.annotator] if wanted.annotator else [person.id for person in self._people]
            table = self._table(lambda state: int(state is wanted.state))
            # As one number each: 20,000 articles of ten annotators are combined in a few milliseconds.
            masks = [int.from_bytes(self._flags(who).translate(table), "big") for who in people]
            mask = reduce(or_, masks, 0).to_bytes(len(everything), "big")
            self._rows = [row for row, is_wanted in zip(everything, mask, strict=True) if is_wanted]
        self.reset()

    def document(self, row: int) -> str:
        """Return the id of the article of a row."""
        return self._ids[self._rows[row]]

    def people(self) -> Sequence[tuple[str, str]]:
        """Return the id and the name of each annotator, in the order of the columns."""
        return [(person.id, self._names[person.id]) for person in self._people]

    def headings(self) -> Sequence[str]:
        """Return the heading of the articles and the names of the annotators."""
        return (self.tr("Article"), *(isolate(name) for _, name in self.people()))

    def row_total(self) -> int:
        """Return the number of articles that are shown."""
        return len(self._rows)

    def value(self, row: int, column: int) -> Value:
        """Return the title, or the state of an annotator as a word."""
        return self._title(self._rows[row]) if column == 0 else state_text(self.state(row, column))

    def text(self, row: int, column: int) -> str:
        """Return the title. States are drawn as marks."""
        return super().text(row, column) if column == 0 else ""

    def hint(self, row: int, column: int) -> str:
        """Return the title, or the annotator and the state."""
        if column == 0:
            return self._title(self._rows[row])
        state = state_text(self.state(row, column))
        return f"{isolate(self.people()[column - 1][1])}: {state}" if state else ""

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return the start for titles, and the middle for the marks and the names above them."""
        return Qt.AlignmentFlag.AlignHCenter if column else Qt.AlignmentFlag.AlignLeading

    def decoration(self, row: int, column: int, role: int) -> Any:
        """Return the state of a cell."""
        if column == 0 or role != STATE_ROLE:
            return None
        return self.state(row, column)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what TableModel returns, and the words of a state for screen readers."""
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column():
            return self.hint(self.source_row(index.row()), index.column())
        return super().data(index, role)

    def state(self, row: int, column: int) -> WorkState:
        """Return the state of an annotator in the article of a row."""
        return self._state(self._rows[row], self._people[column - 1].id)

    def _read_people(self, project: Project) -> None:
        self._people = project.annotators.all()
        self._names = display_names(self._people)
        self._anything_assigned = project.team_work.anything_assigned()

    def _state(self, number: int, annotator: str) -> WorkState:
        if self._works is not None:
            own = self._works.get(annotator)
            work = own[number] if own is not None else 0
        else:
            own = self._page(number)[1].get(annotator)
            work = own[number % PAGE_ROWS] if own is not None else 0
        return work_state(work, anything_assigned=self._anything_assigned)

    def sort_values(self, column: int) -> Sequence[Value]:
        """Return the titles, or numbers for the states: done first, articles that are not the annotator's last."""
        if column == 0:
            titles = self._all_titles()
            return [titles[number] for number in self._rows]
        if self._works is None:
            return [_ORDER.index(self.state(row, column)) for row in range(self.row_total())]
        ranks = self._flags(self._people[column - 1].id).translate(self._table(_ORDER.index))
        return [ranks[number] for number in self._rows]

    def _all_titles(self) -> Sequence[str]:
        if self._titles is None:
            self._titles = self._project.team_work.titles(self._ids) if self._project else ()
        return self._titles

    def _flags(self, annotator: str) -> bytes:
        """Return the flags of Work of an annotator for all articles."""
        return bytes((self._works or {}).get(annotator, bytes(len(self._ids))))

    def _table(self, number_of: Callable[[WorkState], int]) -> bytes:
        """Return the table for bytes.translate() that turns flags of Work into a number for their state."""
        states = (work_state(flags, anything_assigned=self._anything_assigned) for flags in range(256))
        return bytes(map(number_of, states))

    def _title(self, number: int) -> str:
        title = self._titles[number] if self._titles is not None else self._page(number)[0][number % PAGE_ROWS]
        return title if title.strip() else QCoreApplication.translate("documents", "Untitled")

    def _page(self, number: int) -> tuple[Sequence[str], Mapping[str, Sequence[int]]]:
        at = number // PAGE_ROWS
        page = self._pages.get(at)
        if page is None:
            assert self._project is not None  # noqa: S101 - there are rows
            ids = self._ids[at * PAGE_ROWS : (at + 1) * PAGE_ROWS]
            works = self._project.team_work.states(ids) if self._works is None else {}
            page = self._pages[at] = (self._project.team_work.titles(ids), works)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(at)
        return page


def state_text(state: WorkState) -> str:
    """Return the word for a state, "" for none."""
    return QCoreApplication.translate("progress", _STATES[state]) if state else ""
