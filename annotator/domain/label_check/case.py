"""A case: places whose labels may be slips, found by one rule, with what would correct each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.edit import CellKind, CheckedValue, RuleValue, Write
from annotator.domain.model.span import Span


class CaseKind(StrEnum):
    """What is wrong, if it is.

    labels: the same name has different labels. missed: a name is labelled in most places, but not here. extra: it is
    labelled here, but not in most places. clitic, title, kind-word, quotation: the label includes such a part where
    others leave it out, or the other way round. edge: a space or punctuation mark is at the edge of the span, or it
    cuts a word. single: a label that is given once. counter-example: the guideline gives this name as one that does not
    have the label. rule: a rule of the project (LabelRule) is broken. model: a model that was trained on the other
    articles finds something else.
    """

    LABELS = "labels"
    MISSED = "missed"
    EXTRA = "extra"
    CLITIC = "clitic"
    TITLE = "title"
    KIND_WORD = "kind-word"
    QUOTATION = "quotation"
    EDGE = "edge"
    SINGLE = "single"
    COUNTER_EXAMPLE = "counter-example"
    RULE = "rule"
    MODEL = "model"


_ORDER = (
    *(CaseKind.EDGE, CaseKind.RULE, CaseKind.COUNTER_EXAMPLE, CaseKind.QUOTATION, CaseKind.CLITIC, CaseKind.TITLE),
    *(CaseKind.KIND_WORD, CaseKind.LABELS, CaseKind.MISSED, CaseKind.MODEL, CaseKind.EXTRA, CaseKind.SINGLE),
)
"""Of equally likely errors, those that need the least thought come first."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What would be right at a place: the span with the label; no annotation there if label is ""."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A place that may be wrong. document is an id.

    span and label are those of the annotation there; label is "" if there is none. fix is None if nothing can be
    proposed.
    """

    document: str
    span: Span
    label: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """A place that is labelled as the corrections of a case would be; document is an id."""

    document: str
    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Case:
    """Places that may be wrong for one reason, in the order of the articles.

    name: the name, word or rule that they have in common. labels: the labels concerned, the one that seems right first.
    score: an estimate of how likely they are wrong, 0 to 1, by which cases are ranked. agreeing: how many other places
    are as the corrections would make these. examples: a few of those.
    """

    kind: CaseKind
    name: str
    labels: tuple[str, ...]
    places: tuple[CasePlace, ...]
    score: float
    agreeing: int = 0
    examples: tuple[Support, ...] = ()

    @property
    def key(self) -> str:
        """Return what identifies the case in another run of the check: its kind, labels and name."""
        return f"{self.kind.value}:{','.join(self.labels)}:{self.name}"


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A rule of the project: what a regular expression finds has a label, or none if label is "".

    key is its random id.
    """

    key: str
    pattern: str
    label: str = ""


def ranked(cases: Iterable[Case]) -> list[Case]:
    """Return cases, the likeliest errors first; of equally likely ones, those that need the least thought."""
    return sorted(
        cases, key=lambda case: (-case.score, _ORDER.index(case.kind), -case.agreeing, case.name, case.labels)
    )


def checked_key(kind: CaseKind, span: Span) -> str:
    """Return the key of the cell that says that a place is right."""
    return f"{kind.value}:{span.start}:{span.end}"


def right_writes(kind: CaseKind, places: Iterable[CasePlace], *, right: bool = True) -> list[Write]:
    """Return the writes that remember that places of a case are right, or with right=False forget it."""
    values: list[tuple[CasePlace, CheckedValue]] = [(place, {"label": place.label}) for place in places]
    return [
        Write(place.document, CellKind.CHECKED, checked_key(kind, place.span), None, value if right else None)
        for place, value in values
    ]


def rule_write(rule: LabelRule, *, removed: bool = False) -> Write:
    """Return the write that adds or changes a rule, or removes it."""
    value: RuleValue = {"pattern": rule.pattern, "label": rule.label}
    return Write("", CellKind.RULE, rule.key, None, None if removed else value)
