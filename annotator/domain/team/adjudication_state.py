"""The state of adjudication in one document: where annotators differ, what they agree on, and what is settled.

Example: of three voters, two label 4-10 as LOC and one labels 3-10 as LOC. The spans 3-10 and 4-10 overlap, so they are
one difference with three lanes. It is settled once each of its spans has a cell in the gold layer: LOC for the chosen
one, "" for the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import CellKind, GoldValue, Write
from annotator.domain.model.place import GivenLabel
from annotator.domain.model.span import Span
from annotator.domain.review.visibility import conflict, reading_order

LabelledSpan = tuple[Span, str]
Lane = tuple[LabelledSpan, ...]
"""What one annotator gave in a group of spans, in reading order."""
DOCUMENT_KEY = ""
"""The key of the gold cell that says that the document is settled."""


def voters(done: Collection[str], worked: Collection[str]) -> frozenset[str]:
    """Return who votes on a document, from who marked it as done and who worked on it.

    If nobody marked it as done, all vote who worked on it (made an annotation or decided on a suggestion). Otherwise a
    project in which nobody uses "done" would have nothing to compare.
    """
    return frozenset(done) or frozenset(worked)


def gold_key(span: Span) -> str:
    """Return the key of the gold cell of a span: "4:10"."""
    return f"{span.start}:{span.end}"


def span_of_gold(key: str) -> Span:
    """Return the span in the key of a gold cell. Raises ValueError for the key of the document."""
    start, _, end = key.partition(":")
    return Span(int(start), int(end))


class DifferenceState(StrEnum):
    """What is left to do about a difference.

    open: something in it was not settled. outdated: what it was settled on has changed since. competing: two
    adjudicators settled it differently, and neither saw the decision of the other. So the gold layer may even have
    spans here that conflict. settled: nothing.
    """

    OPEN = "open"
    OUTDATED = "outdated"
    COMPETING = "competing"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """Overlapping spans on which annotators differ, or that an adjudicator settled otherwise than all gave them.

    spans: all spans in it, in reading order. lanes: what each voter gave, in the order of AdjudicationState.voters.
    gold: the cells of the gold layer that these spans have. state: what is left to do. competing: what others settled
    without seeing the present gold, by span.
    """

    spans: tuple[Span, ...]
    lanes: tuple[Lane, ...]
    gold: Mapping[Span, GoldValue] = field(default_factory=dict)
    state: DifferenceState = DifferenceState.OPEN
    competing: Mapping[Span, tuple[GoldValue, ...]] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """Return the extent of all its spans."""
        return Span(min(span.start for span in self.spans), max(span.end for span in self.spans))

    @property
    def settled(self) -> Lane:
        """Return the spans that the gold layer labels, in reading order; () for nothing, settled or not."""
        return tuple((span, self.gold[span]["label"]) for span in self.spans if self.is_labelled(span))

    def is_labelled(self, span: Span) -> bool:
        """Return True if the gold layer gives a span of the group a label."""
        return span in self.gold and self.gold[span]["label"] != ""

    @property
    def has_gold(self) -> bool:
        """Return True if something in it was settled."""
        return bool(self.gold)

    @property
    def is_left(self) -> bool:
        """Return True if there is something to decide."""
        return self.state is not DifferenceState.SETTLED

    @property
    def labels(self) -> frozenset[str]:
        """Return all labels that were given or settled here."""
        given = {label for lane in self.lanes for _, label in lane}
        return frozenset(given | {label for _, label in self.settled})


def given_labels(voters: Sequence[str], group: DifferenceGroup) -> tuple[GivenLabel, ...]:
    """Return the labels that each voter gave in a group, separated by commas, "" for none."""
    return tuple(
        GivenLabel(who, ", ".join(label for _, label in lane)) for who, lane in zip(voters, group.lanes, strict=True)
    )


class AdjudicationState:
    """The differences in a document, and what the gold layer holds.

    voters: the ids of the annotators who are compared, in the order of the lanes
    gold: the values of the gold layer by key
    competing: values that other adjudicators gave a cell without seeing its present one, by key
    nested: the tagset allows spans within spans
    """

    def __init__(
        self,
        document: str,
        voters: Sequence[str],
        annotations: Iterable[Annotation],
        gold: Mapping[str, GoldValue],
        *,
        nested: bool = False,
        competing: Mapping[str, Sequence[GoldValue]] | None = None,
    ) -> None:
        """Compare the voters; annotations are those of all annotators, given by document id."""
        self.document = document
        self.voters = tuple(voters)
        self.gold = dict(gold)
        self.nested = nested
        self.competing = {key: tuple(values) for key, values in (competing or {}).items()}
        self._given: dict[str, dict[Span, str]] = {who: {} for who in voters}
        # The smallest id first, so that copies with two labels of one annotator at a span show the same one.
        for annotation in sorted(annotations, key=lambda each: each.id):
            self._given.setdefault(annotation.annotator, {}).setdefault(annotation.span, annotation.label)
        self.cells = {span_of_gold(key): value for key, value in gold.items() if key != DOCUMENT_KEY}

    @property
    def is_settled(self) -> bool:
        """Return True if an adjudicator settled the document."""
        return DOCUMENT_KEY in self.gold

    @cached_property
    def agreed(self) -> list[LabelledSpan]:
        """Return what all voters gave, in reading order."""
        if not self.voters:
            return []
        first, *others = (self._given[who] for who in self.voters)
        found = [(span, label) for span, label in first.items() if all(each.get(span) == label for each in others)]
        return sorted(found, key=lambda each: reading_order(each[0]))

    @cached_property
    def differences(self) -> list[DifferenceGroup]:
        """Return the groups of spans on which voters differ, or that gold settles otherwise, in reading order."""
        return [self._group(spans) for spans in _overlapping(self._disputed())]

    @property
    def left(self) -> int:
        """Return how many differences are not settled."""
        return sum(group.is_left for group in self.differences)

    @property
    def is_outdated(self) -> bool:
        """Return True if the document is settled, but something that it rests on has changed since."""
        return self.is_settled and (
            any(group.state in (DifferenceState.OPEN, DifferenceState.OUTDATED) for group in self.differences)
            or any(span not in self.cells for span, _ in self.agreed)
        )

    @property
    def competes(self) -> bool:
        """Return True if adjudicators settled something differently without seeing each other."""
        return any(group.state is DifferenceState.COMPETING for group in self.differences)

    def settled(self) -> list[tuple[Span, GoldValue]]:
        """Return the spans that the gold layer labels, with their values, in reading order."""
        found = [(span, value) for span, value in self.cells.items() if value["label"]]
        return sorted(found, key=lambda each: reading_order(each[0]))

    def rests(self, span: Span) -> dict[str, str]:
        """Return the label that each voter gives exactly this span now, "" for none, by annotator id."""
        return {who: self._given[who].get(span, "") for who in self.voters}

    def is_outdated_at(self, span: Span) -> bool:
        """Return True if the gold of a span rests on something that annotators have changed since.

        It does not if all voters now give what was settled.
        """
        value = self.cells[span]
        now = self.rests(span)
        if all(label == value["label"] for label in now.values()):
            return False
        rests = value["rests"]
        if any(self._given.get(who, {}).get(span, "") != label for who, label in rests.items()):
            return True
        return any(label != value["label"] for who, label in now.items() if who not in rests)

    def _disputed(self) -> Iterator[Span]:
        """Yield the spans that voters or gold give, except those that all give and nobody settled otherwise."""
        agreed = {
            span
            for span, label in self.agreed
            if span not in self.cells or (self.cells[span]["label"] == label and gold_key(span) not in self.competing)
        }
        given = {span for who in self.voters for span in self._given[who]}
        added = {span for span, value in self.cells.items() if value["label"] or gold_key(span) in self.competing}
        yield from (given | added) - agreed

    def _group(self, spans: Sequence[Span]) -> DifferenceGroup:
        lanes = tuple(
            tuple((span, self._given[who][span]) for span in spans if span in self._given[who]) for who in self.voters
        )
        gold = {span: self.cells[span] for span in spans if span in self.cells}
        competing = {span: self.competing[key] for span in spans if (key := gold_key(span)) in self.competing}
        if len(gold) < len(spans):
            state = DifferenceState.OPEN
        elif competing or self._conflict(gold):
            state = DifferenceState.COMPETING
        elif any(map(self.is_outdated_at, spans)):
            state = DifferenceState.OUTDATED
        else:
            state = DifferenceState.SETTLED
        return DifferenceGroup(tuple(spans), lanes, gold, state, competing)

    def _conflict(self, gold: Mapping[Span, GoldValue]) -> bool:
        labelled = [span for span, value in gold.items() if value["label"]]
        return any(conflict(*pair, self.nested) for pair in combinations(labelled, 2))

    def settle(self, group: DifferenceGroup, result: Iterable[LabelledSpan], by: str) -> list[Write]:
        """Return the writes that settle a group: the labels of the result, and nothing at its other spans.

        Of spans of the result that conflict, the first in reading order counts. by is the id of who settles.
        """
        wanted: dict[Span, str] = {}
        for span, label in sorted(result, key=lambda each: reading_order(each[0])):
            if not any(conflict(span, other, self.nested) for other in wanted):
                wanted[span] = label
        return self._writes({span: wanted.get(span, "") for span in {*group.spans, *wanted}}, by)

    def label(self, span: Span, label: str, by: str) -> list[Write]:
        """Return the writes that settle one span with a label, and nothing at spans that conflict with it."""
        given = {other for who in self.voters for other in self._given[who]}
        rivals = {other for other in given | self.cells.keys() if conflict(other, span, self.nested)}
        return self._writes({**dict.fromkeys(rivals, ""), span: label}, by)

    def settle_agreed(self, by: str) -> list[Write]:
        """Return the writes that settle what all voters gave and nobody settled otherwise."""
        return self._writes({span: label for span, label in self.agreed if span not in self.cells}, by)

    def settle_document(self, by: str, finished: Iterable[str]) -> list[Write]:
        """Return the writes that settle the document; finished are the ids of those who had finished it."""
        value: GoldValue = {"label": "", "by": by, "rests": dict.fromkeys(sorted(finished), "")}
        before = self.gold.get(DOCUMENT_KEY)
        return [] if before == value else [Write(self.document, CellKind.GOLD, DOCUMENT_KEY, before, value)]

    def reopen(self, group: DifferenceGroup) -> list[Write]:
        """Return the writes that take back what was settled in a group."""
        return [Write(self.document, CellKind.GOLD, gold_key(span), value, None) for span, value in group.gold.items()]

    def reopen_document(self) -> list[Write]:
        """Return the write that marks the document as not settled; what was settled in it stays."""
        before = self.gold.get(DOCUMENT_KEY)
        return [Write(self.document, CellKind.GOLD, DOCUMENT_KEY, before, None)] if before else []

    def _writes(self, labels: Mapping[Span, str], by: str) -> list[Write]:
        """Return the writes that give spans labels in the gold layer, "" for nothing.

        The cell of a span that nobody gave and that gets no label is emptied. A decision about competing gold first
        writes each value that it decides against. So its edits show that it saw them: see storage/queries/gold.py.
        """
        writes = []
        for span, label in sorted(labels.items()):
            key = gold_key(span)
            before, rests, others = self.gold.get(key), self.rests(span), self.competing.get(key, ())
            after: GoldValue | None = {"label": label, "by": by, "rests": rests}
            if not label and not any(rests.values()):
                after = None
            for value in (*others, after):
                if value != before:
                    writes.append(Write(self.document, CellKind.GOLD, key, before, value))
                before = value
        return writes


def _overlapping(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield spans in groups that do not overlap one another, each in reading order."""
    group: list[Span] = []
    reach = 0
    for span in sorted(spans, key=reading_order):
        if group and span.start >= reach:
            yield group
            group = []
        group.append(span)
        reach = max(reach, span.end)
    if group:
        yield group
