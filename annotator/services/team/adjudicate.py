"""Adjudication of a whole project: the queue of differences, and rules that settle many documents at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, Token
from annotator.domain.model.edit import Edit, EditKind, Write
from annotator.domain.model.place import Place
from annotator.domain.model.span import Span
from annotator.domain.plurals import pluralise
from annotator.domain.team.adjudication_state import (
    AdjudicationState,
    DifferenceGroup,
    DifferenceState,
    Lane,
    given_labels,
)
from annotator.errors import UserError
from annotator.services.progress import Progress, no_progress
from annotator.session.adjudication import require_adjudicator
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind, kinds_of
from annotator.text.normalise import normalise_key
from annotator.text.tokenizer import tokenize

_CHUNK = 100  # documents in memory, and in a transaction
_REACH = 60
"""Code points around a difference that are tokenized, to see whether only a clitic differs."""


@dataclass(frozen=True, slots=True)
class DifferenceFilter:
    """Which differences a queue has; by default, all that are left.

    labels: those in which one of these labels was given. words: those whose words contain these, apart from spelling
    variants. pair: the ids of two annotators who differ. kinds: those of one of these kinds. states: those
    in one of these states.
    """

    labels: frozenset[str] = frozenset()
    words: str = ""
    pair: tuple[str, ...] = ()
    kinds: frozenset[DifferenceKind] = frozenset()
    states: frozenset[DifferenceState] = frozenset(
        (DifferenceState.OPEN, DifferenceState.OUTDATED, DifferenceState.COMPETING)
    )


@dataclass(frozen=True, slots=True)
class QueuedDifference:
    """A difference in the queue: its document, its words, who gave what, and how they differ."""

    document: str
    title: str
    words: str
    group: DifferenceGroup
    voters: tuple[str, ...]
    kinds: frozenset[DifferenceKind]

    @property
    def place(self) -> Place:
        """Return the difference as a place to open, with the labels of each voter."""
        return Place(self.document, self.group.span, given_labels(self.voters, self.group))


def difference_queue(
    project: Project, wanted: DifferenceFilter | None = None, *, progress: Progress = no_progress
) -> Iterator[tuple[Document, list[QueuedDifference]]]:
    """Yield the documents with differences that a filter selects, in the order of import, with these differences.

    progress is called with (documents read, all documents that may differ); an exception that it raises stops this.
    """
    wanted = wanted or DifferenceFilter()
    ids = project.gold.to_compare()
    words = normalise_key(wanted.words)
    done = 0
    progress(0, len(ids))
    for chunk in _chunks(ids):
        found = {state.document: (state, _selected(state, wanted)) for state in project.gold.states(chunk)}
        there = [document for document, (_, groups) in found.items() if groups]
        for document in project.documents.each(there):
            state, groups = found[document.id]
            queued = [
                _queued(document, state.voters, group)
                for group in groups
                if (not words or words in normalise_key(group.span.of(document.text)))
            ]
            if wanted.kinds:
                queued = [each for each in queued if each.kinds & wanted.kinds]
            if queued:
                yield document, queued
        done += len(chunk)
        progress(done, len(ids))


def _queued(document: Document, voters: tuple[str, ...], group: DifferenceGroup) -> QueuedDifference:
    kinds = kinds_of(group.lanes, _tokens_around(document.text, group.span))
    return QueuedDifference(document.id, document.title, group.span.of(document.text), group, voters, kinds)


def _selected(state: AdjudicationState, wanted: DifferenceFilter) -> list[DifferenceGroup]:
    """Return the differences of a document that a filter selects, as far as this needs no text."""
    pair = [state.voters.index(who) for who in wanted.pair if who in state.voters]
    if len(pair) < len(wanted.pair):
        return []
    return [
        group
        for group in state.differences
        if group.state in wanted.states
        and (not wanted.labels or wanted.labels & group.labels)
        and (len(pair) < 2 or len({group.lanes[number] for number in pair}) > 1)
    ]


def _tokens_around(text: str, span: Span) -> Sequence[Token]:
    """Return the tokens of the words around a span; tokenizing all of a long text for each would take seconds."""
    first, last = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    while first and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return tokenize(text, first, last)


class SettleRule(StrEnum):
    """What settles many documents at once.

    agreed: documents in which all who finished them gave the same. majority: differences in which more than half of
    those who finished a document gave the same, and documents of which nothing else is left.
    """

    AGREED = "agreed"
    MAJORITY = "majority"


@dataclass(slots=True)
class SettleReport:
    """What a rule settled, or would settle.

    documents: settled documents. spans: spans that got a label in them or in other documents. differences: differences
    that were settled. left: differences that are left to an adjudicator, in left_documents.
    """

    documents: int = 0
    spans: int = 0
    differences: int = 0
    left: int = 0
    left_documents: int = 0
    is_dry_run: bool = field(default=False)

    def lines(self) -> list[str]:
        """Return the report as sentences."""
        would = "would be settled" if self.is_dry_run else "settled"
        lines = [
            f"{pluralise(self.documents, 'article')} {would}: {pluralise(self.spans, 'span')}, "
            f"{pluralise(self.differences, 'difference')}."
        ]
        if self.left:
            lines.append(
                f"Left to an adjudicator: {pluralise(self.left, 'difference')} in "
                f"{pluralise(self.left_documents, 'article')}."
            )
        return lines


def settle_by_rule(
    project: Project,
    by: Annotator,
    rule: SettleRule,
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> SettleReport:
    """Settle what a rule decides, in one edit for each document. What a person settled stays as it is.

    Only documents that at least two annotators finished count. A dry run writes nothing. After a stop, what was settled
    stays. Raises UserError if by may not settle, or if there is nothing to settle.
    """
    ids = project.gold.finished_by_several()

    def decide(state: AdjudicationState) -> tuple[list[Write], int]:
        return _by_rule(state, by.id, rule)

    report = _settle(project, by, ids, decide, dry_run, progress)
    if not report.documents and not report.differences:
        if not ids:
            raise UserError("Nothing to settle: no article was finished by two annotators.")
        if report.left:
            raise UserError(
                "Nothing to settle by this rule: {left} differences are left. Settle them on the page Adjudicate.",
                left=report.left,
            )
        raise UserError("Nothing to settle: all articles that two annotators finished are settled already.")
    return report


def take_documents(
    project: Project,
    by: Annotator,
    of: Annotator,
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> SettleReport:
    """Make the labels of one annotator gold, in all documents that this annotator finished and nobody settled.

    In projects of earlier versions, an adjudicator's own labels were the settled ones. Raises as settle_by_rule() does.
    """
    ids = project.gold.finished_by(of.id)

    def decide(state: AdjudicationState) -> tuple[list[Write], int]:
        if of.id not in state.voters:
            return [], 0
        number = state.voters.index(of.id)
        groups = [group for group in state.differences if not group.has_gold]
        return [w for group in groups for w in state.settle(group, group.lanes[number], by.id)], len(groups)

    report = _settle(project, by, ids, decide, dry_run, progress)
    if not report.documents:
        raise UserError("Nothing to settle: no article that {name} finished is left.", name=of.name)
    return report


def _settle(
    project: Project,
    by: Annotator,
    ids: Sequence[str],
    decide: Callable[[AdjudicationState], tuple[list[Write], int]],
    dry_run: bool,
    progress: Progress,
) -> SettleReport:
    """Settle documents. decide returns the writes for differences, and how many differences they settle."""
    require_adjudicator(project, by)
    report = SettleReport(is_dry_run=dry_run)
    done = 0
    progress(0, len(ids))
    for chunk in _chunks(ids):
        finished = project.contributions.done(chunk)
        edits = []
        for state in project.gold.states(chunk):
            if state.is_settled:
                continue
            writes, differences = decide(state)
            if left := state.left - differences:
                report.left += left
                report.left_documents += 1
            else:
                writes += state.settle_agreed(by.id)
                writes += state.settle_document(by.id, finished.get(state.document, set()))
                report.documents += 1
            report.differences += differences
            report.spans += sum(1 for write in writes if (value := write.golds[1]) and value["label"])
            if writes:
                edits.append(Edit("", by.id, state.document, EditKind.SETTLE, tuple(writes)))
        if not dry_run:
            project.log.append_many(edits)
        done += len(chunk)
        progress(done, len(ids))
    return report


def _by_rule(state: AdjudicationState, by: str, rule: SettleRule) -> tuple[list[Write], int]:
    if rule is SettleRule.AGREED:
        return [], 0
    writes, settled = [], 0
    for group in state.differences:
        if group.state is DifferenceState.OPEN and (result := majority_of(group)) is not None:
            writes += state.settle(group, result, by)
            settled += 1
    return writes, settled


def majority_of(group: DifferenceGroup) -> Lane | None:
    """Return what more than half of the voters gave at each span of a difference, or None if one span has no majority.

    Giving a span no label counts as a vote for nothing there.
    """
    found = []
    for span in group.spans:
        votes = Counter(dict(lane).get(span, "") for lane in group.lanes)
        ((label, count),) = votes.most_common(1)
        if 2 * count <= len(group.lanes):
            return None
        if label:
            found.append((span, label))
    return tuple(found)


def _chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk
