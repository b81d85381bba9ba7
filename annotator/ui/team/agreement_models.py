"""The tables of the page of agreement: pairs, labels, the confusion of labels, and articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.domain.model.annotation import OriginKind
from annotator.domain.model.place import GOLD
from annotator.domain.tagset.tagset import Tagset
from annotator.services.team.agreement import (
    ACCEPTED,
    BY_HAND,
    AgreementReport,
    DocumentAgreement,
    LabelCounts,
    Pair,
    PairAgreement,
)
from annotator.services.team.agreement_places import PlaceFilter
from annotator.services.team.bootstrap import Estimate
from annotator.team.differences import DifferenceKind
from annotator.ui.base.i18n import decimal_text, isolate, number_text, with_direction_mark
from annotator.ui.base.item_text import label_name
from annotator.ui.widgets.table import TableModel, Value

Scope = Pair | None
"""Two annotators (the second may be GOLD), or None for all pairs together."""


class PairColumn(IntEnum):
    """The columns of the table of pairs."""

    NAMES = 0
    ARTICLES = 1
    F1 = 2
    UNLABELLED_F1 = 3
    OVERLAP_F1 = 4
    KAPPA = 5
    LABEL = 6
    BOUNDARY = 7
    CLITIC = 8
    BOTH = 9
    ONE_SIDE = 10
    ACCEPTED = 11
    BY_HAND = 12
    PULL = 13


_MEASURES = {
    PairColumn.F1: "f1",
    PairColumn.UNLABELLED_F1: "unlabelled_f1",
    PairColumn.OVERLAP_F1: "overlap_f1",
    PairColumn.KAPPA: "kappa",
    PairColumn.ACCEPTED: "accepted",
    PairColumn.BY_HAND: "by_hand",
    PairColumn.PULL: "pull",
}
_KINDS = {
    PairColumn.LABEL: DifferenceKind.LABEL,
    PairColumn.BOUNDARY: DifferenceKind.BOUNDARY,
    PairColumn.CLITIC: DifferenceKind.CLITIC,
    PairColumn.BOTH: DifferenceKind.BOTH,
    PairColumn.ONE_SIDE: DifferenceKind.ONE_SIDE,
}
_LISTED: Mapping[int, Collection[DifferenceKind]] = {
    PairColumn.UNLABELLED_F1: frozenset(DifferenceKind) - {DifferenceKind.LABEL},
    PairColumn.OVERLAP_F1: (DifferenceKind.LABEL, DifferenceKind.BOTH, DifferenceKind.ONE_SIDE),
    **{column: (kind,) for column, kind in _KINDS.items()},
}
"""The differences that a measure counts against agreement; for the other columns all of them."""
_ORIGINS: Mapping[int, Collection[OriginKind]] = {
    PairColumn.ACCEPTED: ACCEPTED,
    PairColumn.BY_HAND: BY_HAND,
    PairColumn.PULL: ACCEPTED,
}


class AgreementPairModel(TableModel):
    """One row for all pairs together, one for each pair, and one for each annotator and the gold layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Scope, PairAgreement]] = []
        self._names: Mapping[str, str] = {}

    def set_report(self, report: AgreementReport, names: Mapping[str, str]) -> None:
        """Show a report, with the names of annotators by id."""
        self._names = names
        self._rows = [(None, report.overall)] if report.pairs else []
        self._rows += report.pairs.items()
        self._rows += [((who, GOLD), against) for who, against in report.gold.items()]
        self.reset()

    def scope(self, row: int) -> Scope:
        """Return whom a row compares."""
        return self._rows[row][0]

    def agreement(self, row: int) -> PairAgreement:
        """Return the agreement of a row."""
        return self._rows[row][1]

    def name(self, row: int) -> str:
        """Return the names of those whom a row compares."""
        scope = self.scope(row)
        if scope is None:
            return self.tr("All pairs")
        one, other = (self._names.get(who, who) if who != GOLD else self.tr("Gold") for who in scope)
        return with_direction_mark(f"{isolate(one)} – {isolate(other)}")

    def places(self, row: int, column: int) -> PlaceFilter:
        """Return which places a cell counts."""
        return PlaceFilter(self.scope(row), _LISTED.get(column, ()), origins=_ORIGINS.get(column, ()))

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (
            self.tr("Annotators"),
            self.tr("Articles"),
            self.tr("F1"),
            self.tr("Ignoring labels"),
            self.tr("Overlap F1"),
            self.tr("Kappa"),
            self.tr("Label"),
            self.tr("Boundary"),
            self.tr("Clitic only"),
            self.tr("Label and boundary"),
            self.tr("One side only"),
            self.tr("Accepted suggestions"),
            self.tr("By hand"),
            self.tr("Pull"),
        )

    def row_total(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def value(self, row: int, column: int) -> Value:
        """Return a name, a number of places, or a measure."""
        if column == PairColumn.NAMES:
            return self.name(row)
        agreement = self.agreement(row)
        if column == PairColumn.ARTICLES:
            return agreement.documents
        if column in _KINDS:
            return agreement.kinds[_KINDS[PairColumn(column)]]
        return self._estimate(row, column).value

    def text(self, row: int, column: int) -> str:
        """Return a measure with its interval."""
        return estimate_text(self._estimate(row, column)) if column in _MEASURES else super().text(row, column)

    def hint(self, row: int, column: int) -> str:
        """Return what a figure means and is computed from."""
        counts = self.agreement(row).counts
        both, first, second = map(number_text, (counts.both, counts.first, counts.second))
        if column == PairColumn.F1:
            said = self.tr("Spans with equal ends and labels: {0} of {1} and {2}. In brackets: the 95% interval.")
            return with_direction_mark(said.format(both, first, second))
        meanings = {
            PairColumn.UNLABELLED_F1: self.tr("Spans with equal ends, whatever their labels"),
            PairColumn.OVERLAP_F1: self.tr("Spans with the same label that overlap"),
            PairColumn.KAPPA: self.tr("Cohen's kappa of the tags of tokens"),
            PairColumn.LABEL: self.tr("Equal ends, different labels"),
            PairColumn.BOUNDARY: self.tr("The same label on spans that overlap"),
            PairColumn.CLITIC: self.tr("The same label, and the ends differ only by clitics"),
            PairColumn.BOTH: self.tr("Different labels on spans that overlap"),
            PairColumn.ONE_SIDE: self.tr("Only one of the annotators labelled something"),
            PairColumn.ACCEPTED: self.tr("The share of accepted suggestions that the other annotator gave too"),
            PairColumn.BY_HAND: self.tr("The share of spans added by hand that the other annotator gave too"),
            PairColumn.PULL: self.tr("The agreement on accepted suggestions, less that on spans added by hand"),
        }
        return meanings[PairColumn(column)] if column in meanings else super().hint(row, column)

    def _estimate(self, row: int, column: int) -> Estimate:
        return self.agreement(row).measures.get(_MEASURES[PairColumn(column)], Estimate())


class AgreementLabelModel(TableModel):
    """One row for each label in a scope."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope: Scope = None
        self._tagset: Tagset | None = None
        self._rows: list[tuple[str, LabelCounts, Estimate, Estimate]] = []

    def set_report(self, report: AgreementReport, scope: Scope, agreement: PairAgreement, tagset: Tagset) -> None:
        """Show the labels of a scope. Only those of all pairs together have intervals."""
        self._scope, self._tagset = scope, tagset
        if scope is None:
            self._rows = [(label, each.counts, each.f1, each.overlap_f1) for label, each in report.labels.items()]
        else:
            self._rows = [
                (label, counts, Estimate(counts.f1), Estimate(counts.overlap_f1))
                for label, counts in agreement.labels.items()
            ]
        self.reset()

    def places(self, row: int) -> PlaceFilter:
        """Return which places a row counts."""
        return PlaceFilter(self._scope, label=self._rows[row][0])

    def name(self, row: int) -> str:
        """Return the name of the label of a row."""
        return label_name(self._rows[row][0], self._tagset)

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (
            self.tr("Label"),
            self.tr("Spans of the first"),
            self.tr("Spans of the second"),
            self.tr("Equal"),
            self.tr("F1"),
            self.tr("Overlap F1"),
        )

    def row_total(self) -> int:
        """Return the number of labels."""
        return len(self._rows)

    def value(self, row: int, column: int) -> Value:
        """Return the name of the label, a number of spans or a measure."""
        _, counts, f1, overlap_f1 = self._rows[row]
        return (self.name(row), counts.first, counts.second, counts.both, f1.value, overlap_f1.value)[column]

    def text(self, row: int, column: int) -> str:
        """Return a measure with its interval."""
        if column < 4:
            return super().text(row, column)
        _, _, f1, overlap_f1 = self._rows[row]
        return estimate_text(f1 if column == 4 else overlap_f1)


class ConfusionModel(TableModel):
    """The confusion of labels: the first annotator's label by row, the second's by column; the last is no label.

    For all pairs together, both halves of the table are equal. A cell is the darker the larger its share of the row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope: Scope = None
        self._tagset: Tagset | None = None
        self._labels: list[str] = []
        self._counts: list[list[int]] = []
        self._colour = QColor()

    def set_report(self, scope: Scope, agreement: PairAgreement, tagset: Tagset) -> None:
        """Show the confusion of a scope."""
        self._scope, self._tagset = scope, tagset
        used = {label for labels in agreement.confusion for label in labels if label}
        order = [label.id for label in tagset.labels if label.id in used]
        self._labels = [*order, *sorted(used - set(order)), ""]
        self._counts = [[self._count(agreement, row, column) for column in self._labels] for row in self._labels]
        self.reset()

    def _count(self, agreement: PairAgreement, one: str, other: str) -> int:
        count = agreement.confusion[one, other]
        return count + agreement.confusion[other, one] if self._scope is None and one != other else count

    def set_colour(self, colour: QColor) -> None:
        """Set the colour of the full share."""
        self._colour = colour
        self.reset()

    def places(self, row: int, column: int) -> PlaceFilter | None:
        """Return which places a cell counts, or None for a heading and an empty cell."""
        if not column or not self._counts[row][column - 1]:
            return None
        return PlaceFilter(self._scope, labels=(self._labels[row], self._labels[column - 1]))

    def name(self, number: int) -> str:
        """Return the name of a row, or of a column numbered from 0."""
        label = self._labels[number]
        return label_name(label, self._tagset) if label else self.tr("no label")

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (self.tr("Label"), *(isolate(self.name(number)) for number in range(len(self._labels))))

    def row_total(self) -> int:
        """Return the number of rows."""
        return len(self._labels)

    def value(self, row: int, column: int) -> Value:
        """Return the name of the row's label, or a number of places."""
        return self._counts[row][column - 1] if column else self.name(row)

    def text(self, row: int, column: int) -> str:
        """Return a number of places; nothing for 0, so that the others stand out."""
        return super().text(row, column) if self.value(row, column) else ""

    def decoration(self, row: int, column: int, role: int) -> Any:
        """Return the background of a cell."""
        if role != Qt.ItemDataRole.BackgroundRole or not column or not self._counts[row][column - 1]:
            return None
        colour = QColor(self._colour)
        colour.setAlphaF(0.08 + 0.42 * self._counts[row][column - 1] / sum(self._counts[row]))
        return colour


class AgreementArticleModel(TableModel):
    """One row for each article that was compared, all pairs together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[DocumentAgreement] = ()

    def set_report(self, report: AgreementReport) -> None:
        """Show the articles of a report."""
        self._rows = report.documents
        self.reset()

    def document(self, row: int) -> DocumentAgreement:
        """Return the article of a row."""
        return self._rows[row]

    def places(self, row: int) -> PlaceFilter:
        """Return which places a row counts."""
        return PlaceFilter(document=self._rows[row].document)

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (
            self.tr("Article"),
            self.tr("Annotators"),
            self.tr("F1"),
            self.tr("Ignoring labels"),
            self.tr("Overlap F1"),
            self.tr("Differences"),
        )

    def row_total(self) -> int:
        """Return the number of articles."""
        return len(self._rows)

    def value(self, row: int, column: int) -> Value:
        """Return the title, a number or a measure."""
        each = self._rows[row]
        counts = each.counts
        if column == 0:
            return each.title or each.document[:12]
        if column == 5:
            return sum(each.kinds.values())
        return (each.annotators, counts.f1, counts.unlabelled_f1, counts.overlap_f1)[column - 1]


def estimate_text(estimate: Estimate) -> str:
    """Return a measure with its interval in the digits of the language: "0.72 (0.68–0.76)"; "" if undefined."""
    if estimate.value is None:
        return ""
    value = _signed(estimate.value)
    if estimate.low is None or estimate.high is None:
        return with_direction_mark(value)
    return with_direction_mark(f"{value} ({_signed(estimate.low)}–{_signed(estimate.high)})")


def _signed(number: float) -> str:
    """Return a number with two decimal places. A minus sign stays before it in a right-to-left line."""
    return decimal_text(number) if number >= 0 else f"\u2066{decimal_text(number).replace('-', '−')}\u2069"
