"""How well the annotators of a project agree: each two of them, all together, by label and by document.

Documents are read in chunks, compared and dropped. What stays are a few integers for each document and pair, from which
all measures and their bootstrap intervals follow.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.domain.corpus.agreement import (
    OUTSIDE,
    LabelledSpan,
    OverlapAgreement,
    SpanAgreement,
    agreeing_pairs,
    cohen_kappa,
    disagreement,
    fleiss_kappa,
    krippendorff_alpha,
    span_tags,
)
from annotator.domain.model.annotation import Annotation, Annotator, OriginKind
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.errors import UserError
from annotator.services.annotators import find_annotator
from annotator.services.progress import Progress, no_progress
from annotator.services.team.bootstrap import DRAWS, Estimate, draw_documents, drawn_sums, interval
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind, differences
from annotator.text.token_counts import content_tokens

Pair = tuple[str, str]
"""The ids of two annotators, the lesser first."""
Rule = Callable[[Collection[str], Collection[str]], Collection[str]]
"""Returns whom to compare in a document, from the ids of those who finished it and of those who worked on it."""

ACCEPTED = frozenset({OriginKind.CONFIRMED})
"""The origins of suggestions that were accepted as they were."""
BY_HAND = frozenset({OriginKind.MANUAL, OriginKind.PROPAGATED})
"""The origins of spans that an annotator added."""

_CHUNK = 100
_Numbers = NDArray[Any]


def finished(done: Collection[str], worked: Collection[str]) -> Collection[str]:  # noqa: ARG001
    """Compare those who marked a document as done."""
    return done


def finished_or_begun(done: Collection[str], worked: Collection[str]) -> Collection[str]:
    """Compare all who marked a document as done, labelled something in it or decided on a suggestion."""
    return {*done, *worked}


class Counts(NamedTuple):
    """The sums that the measures of two annotators are computed from, over a number of documents.

    both, first, second: as in SpanAgreement. same_ends, first_ends, second_ends: the same ignoring labels. first_found,
    second_found: as in OverlapAgreement. tokens, equal_tags: how many tokens there are, and to how many both gave the
    same tag. accepted, by_hand: how many spans of either come from accepted suggestions or were added by hand; shared_
    how many of those the other gave too, from whatever origin.
    """

    both: int = 0
    first: int = 0
    second: int = 0
    same_ends: int = 0
    first_ends: int = 0
    second_ends: int = 0
    first_found: int = 0
    second_found: int = 0
    tokens: int = 0
    equal_tags: int = 0
    accepted: int = 0
    shared_accepted: int = 0
    by_hand: int = 0
    shared_by_hand: int = 0

    @property
    def f1(self) -> float | None:
        """Return F1 of spans with equal ends and labels, or None without spans."""
        return _f1(self.both, self.first, self.second)

    @property
    def unlabelled_f1(self) -> float | None:
        """Return F1 of spans with equal ends, whatever their labels."""
        return _f1(self.same_ends, self.first_ends, self.second_ends)

    @property
    def overlap_f1(self) -> float | None:
        """Return F1 if any overlap with a span of the same label counts."""
        return _overlap_f1(self.first_found, self.first, self.second_found, self.second)

    @property
    def agreement_on_accepted(self) -> float | None:
        """Return the share of accepted suggestions that the other annotator gave too."""
        return self.shared_accepted / self.accepted if self.accepted else None

    @property
    def agreement_by_hand(self) -> float | None:
        """Return the share of spans added by hand that the other annotator gave too."""
        return self.shared_by_hand / self.by_hand if self.by_hand else None

    @property
    def pull(self) -> float | None:
        """Return how much higher the agreement on accepted suggestions is than that on spans added by hand."""
        accepted, by_hand = self.agreement_on_accepted, self.agreement_by_hand
        return None if accepted is None or by_hand is None else accepted - by_hand


NO_COUNTS = Counts()
UNDEFINED = Estimate()
MEASURES: Mapping[str, Callable[[Counts], float | None]] = {
    "f1": lambda counts: counts.f1,
    "unlabelled_f1": lambda counts: counts.unlabelled_f1,
    "overlap_f1": lambda counts: counts.overlap_f1,
    "accepted": lambda counts: counts.agreement_on_accepted,
    "by_hand": lambda counts: counts.agreement_by_hand,
    "pull": lambda counts: counts.pull,
}
"""The measures of Counts, by their names in JSON."""


class LabelCounts(NamedTuple):
    """The sums of both annotators for one label, as in SpanAgreement and OverlapAgreement."""

    both: int = 0
    first: int = 0
    second: int = 0
    first_found: int = 0
    second_found: int = 0

    @property
    def f1(self) -> float | None:
        """Return F1 of spans with equal ends, or None without spans."""
        return _f1(self.both, self.first, self.second)

    @property
    def overlap_f1(self) -> float | None:
        """Return F1 if any overlap counts."""
        return _overlap_f1(self.first_found, self.first, self.second_found, self.second)


def _f1(both: int, first: int, second: int) -> float | None:
    return SpanAgreement(both, first, second).f1


def _overlap_f1(first_found: int, first: int, second_found: int, second: int) -> float | None:
    return OverlapAgreement(first_found, first, second_found, second).f1


@dataclass(slots=True)
class PairAgreement:
    """The agreement of two annotators, or of all pairs together.

    measures: by the names of MEASURES, and "kappa" for two. kinds: the differences. confusion: how many places have
    which two labels, "" for nothing; of two annotators in their order, of all pairs in the order of the alphabet with
    "" last. Spans that overlap are one place. labels: the sums by label.
    """

    documents: int = 0
    counts: Counts = NO_COUNTS
    measures: dict[str, Estimate] = field(default_factory=dict)
    kinds: Counter[DifferenceKind] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    labels: dict[str, LabelCounts] = field(default_factory=dict)

    @property
    def f1(self) -> float | None:
        """Return F1 of spans with equal ends and labels."""
        return self.counts.f1

    @property
    def kappa(self) -> float | None:
        """Return Cohen's kappa of the tokens' tags; None for all pairs together."""
        return self.measures["kappa"].value if "kappa" in self.measures else None


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """The agreement on one label, of all pairs together."""

    counts: LabelCounts
    f1: Estimate
    overlap_f1: Estimate


@dataclass(frozen=True, slots=True)
class DocumentAgreement:
    """The agreement in one document, of all pairs together. annotators: how many were compared."""

    document: str
    title: str
    annotators: int
    counts: Counts
    kinds: Mapping[DifferenceKind, int]


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """A measure of several annotators; over how many documents, and with how many annotators in each (0: any)."""

    estimate: Estimate = UNDEFINED
    documents: int = 0
    raters: int = 0


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The agreement of a project's annotators.

    annotators: the ids of those who were compared. pairs: each two with a document in common. overall: all pairs
    together. labels, documents: all pairs together, by label and in the order of import.
    """

    annotators: tuple[str, ...] = ()
    pairs: dict[Pair, PairAgreement] = field(default_factory=dict)
    overall: PairAgreement = field(default_factory=PairAgreement)
    labels: dict[str, LabelAgreement] = field(default_factory=dict)
    documents: list[DocumentAgreement] = field(default_factory=list)
    fleiss: GroupMeasure = field(default_factory=GroupMeasure)
    alpha: GroupMeasure = field(default_factory=GroupMeasure)


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document with the annotations of those who are compared in it, by annotator id. Page debris does not count."""

    document: Document
    tokens: list[Token]
    given: dict[str, list[Annotation]]


def chosen_annotators(project: Project, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of annotators given by name or id; of all if none is given.

    Raises UserError for an unknown or repeated name, and if there are fewer than two.
    """
    people = project.annotators.all()
    found: list[Annotator] = []
    for name in wanted:
        person = find_annotator(people, name)
        if person in found:
            raise UserError("{name} is named twice. Name each annotator once.", name=person.name)
        found.append(person)
    if len(wanted) == 1:
        raise UserError(
            "{name} alone cannot be compared. Name at least two annotators, or none to compare all.", name=found[0].name
        )
    if len(people) < 2:
        raise UserError("There is nobody to compare: fewer than two annotators have worked in this project.")
    return tuple(sorted(person.id for person in found or people))


def measure_agreement(
    project: Project, people: Collection[str] = (), rule: Rule = finished, progress: Progress = no_progress
) -> AgreementReport:
    """Return the agreement of some annotators (ids; () for all) over all documents of a project.

    Raises UserError if no document has two of them to compare. An exception of progress stops the work.
    """
    ids = list(project.documents.ids())
    report = agreement_in(project, ids, people, rule, progress=progress)
    if not report.documents:
        if rule is finished:
            raise UserError(
                "There is nobody to compare: no article was marked as done by two annotators. To compare unfinished "
                "work too, include unfinished articles."
            )
        raise UserError("There is nobody to compare: no article was labelled by two annotators.")
    return report


def agreement_in(
    project: Project,
    document_ids: Sequence[str],
    people: Collection[str] = (),
    rule: Rule = finished,
    *,
    draws: int = DRAWS,
    progress: Progress = no_progress,
) -> AgreementReport:
    """Return the agreement in some documents; without intervals if draws is 0."""
    sums = _Sums()
    total = len(document_ids) + 1
    for document in compared_documents(project, document_ids, people, rule, lambda done: progress(done, total)):
        sums.add(document)
    return sums.report(draws, lambda: progress(total - 1, total))


def compared_documents(
    project: Project,
    document_ids: Iterable[str],
    people: Collection[str] = (),
    rule: Rule = finished,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Iterator[ComparedDocument]:
    """Yield the documents in which at least two annotators (of people, () for all) are compared under a rule.

    on_progress is called with the number of documents read.
    """
    ids, read = iter(document_ids), 0
    while chunk := list(islice(ids, _CHUNK)):
        on_progress(read)
        read += len(chunk)
        chosen = _whom_to_compare(project, chunk, people, rule)
        given = project.log.annotations_of_many(list(chosen))
        for document in project.documents.get_many(list(chosen)):
            debris = document.debris()
            theirs: dict[str, list[Annotation]] = {who: [] for who in sorted(chosen[document.id])}
            for annotation in given[document.id]:
                if annotation.annotator in theirs and not any(map(annotation.span.overlaps, debris)):
                    theirs[annotation.annotator].append(annotation)
            yield ComparedDocument(document, content_tokens(document), theirs)


def _whom_to_compare(
    project: Project, document_ids: Sequence[str], people: Collection[str], rule: Rule
) -> dict[str, set[str]]:
    """Return the annotators to compare in each document that has at least two of them."""
    done = project.contributions.done(document_ids)
    worked: dict[str, set[str]] = defaultdict(set)
    if rule is not finished:
        for document_id, verdicts in project.contributions.verdicts(document_ids).items():
            worked[document_id].update(who for who, *_ in verdicts)
        for document_id, annotations in project.log.annotations_of_many(document_ids).items():
            worked[document_id].update(annotation.annotator for annotation in annotations)
    chosen = {}
    for document_id in document_ids:
        those = rule(done.get(document_id, set()), worked.get(document_id, set()))
        if len(compared := {who for who in those if not people or who in people}) > 1:
            chosen[document_id] = compared
    return chosen


class _Given:
    """The spans of one annotator in one document, in the forms in which they are compared."""

    def __init__(self, annotations: Sequence[Annotation], tokens: Sequence[Token]) -> None:
        self.spans: set[LabelledSpan] = {(a.span, a.label) for a in annotations}
        self.ends = {span for span, _ in self.spans}
        self.by_label: dict[str, list[Span]] = defaultdict(list)
        for span, label in self.spans:
            self.by_label[label].append(span)
        self.tags = span_tags(tokens, self.spans)
        self.accepted = {(a.span, a.label) for a in annotations if a.origin.kind in ACCEPTED}
        self.by_hand = {(a.span, a.label) for a in annotations if a.origin.kind in BY_HAND}

    def found_in(self, other: _Given) -> Counter[str]:
        """Return how many spans of each label overlap a span of the other annotator with this label."""
        return Counter(
            label
            for span, label in self.spans
            if (span, label) in other.spans or any(map(span.overlaps, other.by_label.get(label, ())))
        )


class _PairSums:
    """The sums of two annotators: Counts by document, the rest in all."""

    def __init__(self) -> None:
        self.rows = array("i")
        self.counts = array("i")
        self.kinds: Counter[DifferenceKind] = Counter()
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.labels: dict[str, LabelCounts] = {}


class _Sums:
    """The sums over documents that the measures are computed from."""

    def __init__(self) -> None:
        self._pairs: dict[Pair, _PairSums] = defaultdict(_PairSums)
        self._documents: list[DocumentAgreement] = []
        self._codes: dict[str, int] = {OUTSIDE: 0}
        # For each annotator (row, code of a tag, number of tokens), flat.
        self._tags: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._agreeing = array("i")
        self._raters = array("i")
        self._tokens = array("i")
        # For each label (row, *LabelCounts of all pairs), flat.
        self._labels: dict[str, array[int]] = defaultdict(lambda: array("i"))

    def add(self, compared: ComparedDocument) -> None:
        """Add a document."""
        row, tokens = len(self._documents), compared.tokens
        given = {who: _Given(annotations, tokens) for who, annotations in compared.given.items()}
        totals, kinds = [0] * len(Counts._fields), Counter[DifferenceKind]()
        labels: dict[str, list[int]] = {}
        for (one, first), (other, second) in combinations(given.items(), 2):
            pair = self._pairs[one, other]
            counts, by_label = _count(first, second, len(tokens))
            pair.rows.append(row)
            pair.counts.extend(counts)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            for label, sums in by_label.items():
                pair.labels[label] = LabelCounts(*_added(pair.labels.get(label), sums))
                labels[label] = _added(labels.get(label), sums)
            pair.confusion.update((label, label) for _, label in first.spans & second.spans)
            if first.spans != second.spans:
                for difference in differences(first.spans, second.spans, tokens):
                    pair.kinds[difference.kind] += 1
                    kinds[difference.kind] += 1
                    pair.confusion[difference.labels] += 1
        for label, sums in labels.items():
            self._labels[label].extend((row, *sums))
        self._add_tags(row, given, len(tokens))
        document = compared.document
        self._documents.append(DocumentAgreement(document.id, document.title, len(given), Counts(*totals), kinds))

    def _add_tags(self, row: int, given: Mapping[str, _Given], tokens: int) -> None:
        for who, own in given.items():
            counts = Counter(own.tags.values())
            self._tags[who].extend((row, 0, tokens - len(own.tags)))
            for tag, count in counts.items():
                self._tags[who].extend((row, self._codes.setdefault(tag, len(self._codes)), count))
        touched = {number for own in given.values() for number in own.tags}
        raters = len(given)
        agreeing = (tokens - len(touched)) * raters * (raters - 1)
        tags = [own.tags for own in given.values()]
        agreeing += sum(agreeing_pairs(Counter(own.get(number, OUTSIDE) for own in tags)) for number in touched)
        self._agreeing.append(agreeing)
        self._raters.append(raters)
        self._tokens.append(tokens)

    def report(self, draws: int, on_progress: Callable[[], None]) -> AgreementReport:
        """Compute the measures, with intervals from a number of draws."""
        everything = _Resampling(np.arange(len(self._documents)), draws)
        report = AgreementReport(
            annotators=tuple(sorted(self._tags)),
            pairs=self._pair_reports(draws, on_progress),
            labels={label: self._label(label, everything) for label in sorted(self._labels)},
            documents=self._documents,
            fleiss=self._fleiss(draws),
            alpha=self._alpha(everything),
        )
        _add_up(report.overall, report.pairs.values())
        report.overall.documents = len(self._documents)
        counts = np.array([each.counts for each in self._documents]).reshape(-1, len(Counts._fields))
        report.overall.counts = Counts(*counts.sum(axis=0).tolist())
        report.overall.measures = _estimates(report.overall.counts, everything.sums(counts))
        return report

    def _pair_reports(self, draws: int, on_progress: Callable[[], None]) -> dict[Pair, PairAgreement]:
        """Return the reports of the pairs. Pairs with the same documents share their draws."""
        groups: dict[bytes, list[Pair]] = defaultdict(list)
        for pair, sums in self._pairs.items():
            groups[sums.rows.tobytes()].append(pair)
        found: dict[Pair, PairAgreement] = {}
        for pairs in groups.values():
            resampling = _Resampling(np.array(self._pairs[pairs[0]].rows), draws)
            tags: dict[str, NDArray[np.float64]] = {}
            for pair in pairs:
                on_progress()
                for who in pair:
                    if who not in tags:
                        tags[who] = self._tag_sums(who, resampling)
                found[pair] = self._pair(self._pairs[pair], resampling, tags[pair[0]], tags[pair[1]])
        return dict(sorted(found.items()))

    def _pair(
        self,
        sums: _PairSums,
        resampling: _Resampling,
        first_tags: NDArray[np.float64],
        second_tags: NDArray[np.float64],
    ) -> PairAgreement:
        counts = np.array(sums.counts).reshape(-1, len(Counts._fields))
        total, drawn = Counts(*counts.sum(axis=0).tolist()), resampling.sums(counts)
        used = (first_tags[-1] > 0) | (second_tags[-1] > 0)
        first, second = first_tags[:, used].tolist(), second_tags[:, used].tolist()
        measures = _estimates(total, drawn)
        measures["kappa"] = interval(
            cohen_kappa(total.equal_tags, first[-1], second[-1]),
            map(cohen_kappa, drawn[:, Counts._fields.index("equal_tags")].tolist(), first[:-1], second[:-1]),
        )
        return PairAgreement(len(sums.rows), total, measures, sums.kinds, sums.confusion, sums.labels)

    def _tag_sums(self, who: str, resampling: _Resampling) -> NDArray[np.float64]:
        """Return how many tokens an annotator gave each tag, in each draw and, in the last row, altogether."""
        counts = self._tag_counts(who, resampling.rows)
        return np.vstack([resampling.sums(counts), counts.sum(axis=0)])

    def _tag_counts(self, who: str, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return how many tokens of some documents an annotator gave each tag, as documents x tags."""
        entries = np.array(self._tags[who]).reshape(-1, 3)
        entries = entries[np.isin(entries[:, 0], rows)]
        counts = np.zeros((len(rows), len(self._codes)), np.int32)
        counts[np.searchsorted(rows, entries[:, 0]), entries[:, 1]] = entries[:, 2]
        return counts

    def _label(self, label: str, resampling: _Resampling) -> LabelAgreement:
        entries = np.array(self._labels[label]).reshape(-1, 1 + len(LabelCounts._fields))
        counts = np.zeros((len(self._documents), len(LabelCounts._fields)), np.int64)
        counts[entries[:, 0]] = entries[:, 1:]
        total = LabelCounts(*counts.sum(axis=0).tolist())
        drawn = [LabelCounts(*row) for row in resampling.sums(counts).tolist()]
        return LabelAgreement(
            total,
            interval(total.f1, (each.f1 for each in drawn)),
            interval(total.overlap_f1, (each.overlap_f1 for each in drawn)),
        )

    def _fleiss(self, draws: int) -> GroupMeasure:
        """Return Fleiss' kappa over the documents with the number of annotators that most documents have."""
        sizes = Counter(self._raters)
        raters = max(sizes, key=lambda size: (sizes[size], size), default=2)
        resampling = _Resampling(np.flatnonzero(np.array(self._raters) == raters), draws)
        drawn = self._rating_sums(resampling, np.array(self._agreeing)[resampling.rows])
        *each, total = [fleiss_kappa(raters, agreeing, totals) for agreeing, *totals in drawn]
        return GroupMeasure(interval(total, each), len(resampling.rows), raters)

    def _alpha(self, everything: _Resampling) -> GroupMeasure:
        """Return Krippendorff's alpha over all documents."""
        # All tokens of a document have as many values as it has annotators, so its disagreement is one number.
        each_document = zip(self._raters, self._agreeing, self._tokens, strict=True)
        column = np.array(
            [disagreement(raters, agreeing, raters * tokens) for raters, agreeing, tokens in each_document]
        )
        drawn = self._rating_sums(everything, column)
        *each, total = [krippendorff_alpha(disagreeing, totals) for disagreeing, *totals in drawn]
        return GroupMeasure(interval(total, each), len(self._documents))

    def _rating_sums(self, resampling: _Resampling, column: _Numbers) -> list[list[float]]:
        """Return the sums of a column and of the tags of all annotators, for each draw and, last, altogether."""
        counts = np.zeros((len(column), 1 + len(self._codes)))
        counts[:, 0] = column
        for who in self._tags:
            counts[:, 1:] += self._tag_counts(who, resampling.rows)
        sums: list[list[float]] = np.vstack([resampling.sums(counts), counts.sum(axis=0)]).tolist()
        return sums


class _Resampling:
    """The draws from some documents, given by their rows. One document alone has no interval."""

    def __init__(self, rows: NDArray[np.int64], draws: int) -> None:
        self.rows = rows
        self._times = draw_documents(len(rows), draws if len(rows) > 1 else 0)

    def sums(self, counts: _Numbers) -> NDArray[np.float64]:
        """Return the sums of counts, which has a row for each document, in each draw."""
        return drawn_sums(self._times, counts)


def _count(first: _Given, second: _Given, tokens: int) -> tuple[Counts, dict[str, list[int]]]:
    """Return the sums of two annotators in one document, and those by label as in LabelCounts."""
    both = first.spans & second.spans
    equal_tags = tokens
    if first.tags != second.tags:
        equal_tags -= len({number for number, _ in first.tags.items() ^ second.tags.items()})
    found = [first.found_in(second), second.found_in(first)]
    shared = Counter(label for _, label in both)
    labels = {
        label: [
            shared[label],
            len(first.by_label.get(label, ())),
            len(second.by_label.get(label, ())),
            found[0][label],
            found[1][label],
        ]
        for label in first.by_label.keys() | second.by_label.keys()
    }
    counts = Counts(
        len(both),
        len(first.spans),
        len(second.spans),
        len(first.ends & second.ends),
        len(first.ends),
        len(second.ends),
        found[0].total(),
        found[1].total(),
        tokens,
        equal_tags,
        len(first.accepted) + len(second.accepted),
        len(first.accepted & second.spans) + len(second.accepted & first.spans),
        len(first.by_hand) + len(second.by_hand),
        len(first.by_hand & second.spans) + len(second.by_hand & first.spans),
    )
    return counts, labels


def _added(one: Sequence[int] | None, other: Sequence[int]) -> list[int]:
    return list(other) if one is None else [a + b for a, b in zip(one, other, strict=True)]


def _estimates(total: Counts, drawn: NDArray[np.float64]) -> dict[str, Estimate]:
    """Return MEASURES of the counts, with the intervals of the draws."""
    each = [Counts(*row) for row in drawn.tolist()]
    return {name: interval(measure(total), map(measure, each)) for name, measure in MEASURES.items()}


def _add_up(overall: PairAgreement, pairs: Iterable[PairAgreement]) -> None:
    """Add the differences of all pairs. The order of two annotators means nothing here."""
    for pair in pairs:
        overall.kinds.update(pair.kinds)
        for (one, other), count in pair.confusion.items():
            first, second = sorted((one, other), key=lambda label: (not label, label))
            overall.confusion[first, second] += count
        for label, counts in pair.labels.items():
            overall.labels[label] = LabelCounts(*_added(overall.labels.get(label), counts))
