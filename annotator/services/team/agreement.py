"""How well the annotators of a project agree: each two of them, all together, by label and by document.

Documents are read in chunks, compared and dropped. What stays are a few integers for each document and pair, from which
all measures and their bootstrap intervals follow.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.domain.corpus.agreement import (
    OUTSIDE,
    LabelledSpan,
    OverlapAgreement,
    SpanAgreement,
    cohen_kappa,
    disagreement,
    fleiss_kappa,
    krippendorff_alpha,
    span_tags,
)
from annotator.domain.model.annotation import Annotation, Annotator, OriginKind
from annotator.domain.model.document import Document, Token
from annotator.domain.model.place import GOLD
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import DOCUMENT_KEY, span_of_gold
from annotator.errors import UserError
from annotator.services.annotators import find_annotator
from annotator.services.progress import Progress, no_progress
from annotator.services.team.bootstrap import DRAWS, Estimate, draw_documents, drawn_sums, interval
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind, differences
from annotator.text.token_counts import content_tokens

Pair = tuple[str, str]
"""The ids of two annotators, the lesser first; or of one, and GOLD."""
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
    together. labels, documents: all pairs together, by label and in the order of import. gold: each annotator against
    the gold layer, by id, over the settled documents.
    """

    annotators: tuple[str, ...] = ()
    pairs: dict[Pair, PairAgreement] = field(default_factory=dict)
    overall: PairAgreement = field(default_factory=PairAgreement)
    labels: dict[str, LabelAgreement] = field(default_factory=dict)
    documents: list[DocumentAgreement] = field(default_factory=list)
    fleiss: GroupMeasure = field(default_factory=GroupMeasure)
    alpha: GroupMeasure = field(default_factory=GroupMeasure)
    gold: dict[str, PairAgreement] = field(default_factory=dict)


@dataclass(frozen=True)  # without slots, for the cached property
class ComparedDocument:
    """A document with the annotations of those who are compared in it, by annotator id. Page debris does not count.

    gold has what was settled if the document is settled, and is None otherwise.
    """

    document: Document
    given: dict[str, list[Annotation]]
    gold: list[Annotation] | None = None

    @cached_property
    def tokens(self) -> list[Token]:
        """Return the tokens, which take most of the time."""
        return content_tokens(self.document)

    def pairs(self) -> list[Pair]:
        """Return whom to compare with whom."""
        return [*combinations(self.given, 2), *((who, GOLD) for who in self.given if self.gold is not None)]


def chosen_annotators(project: Project, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of annotators given by name or id; of all if none is given.

    Raises UserError for an unknown or repeated name, and if there are fewer than two and no gold layer.
    """
    people = project.annotators.all()
    found: list[Annotator] = []
    for name in wanted:
        person = find_annotator(people, name)
        if person in found:
            raise UserError("{name} is named twice. Name each annotator once.", name=person.name)
        found.append(person)
    if len(wanted) == 1 and project.gold.is_empty():
        raise UserError(
            "{name} alone cannot be compared. Name at least two annotators, or none to compare all.", name=found[0].name
        )
    if len(people) < 2 and project.gold.is_empty():
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
    if not report.documents and not report.gold:
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
    sums, against_gold = _Sums(), _Sums()
    total = len(document_ids) + 1
    for compared in compared_documents(project, document_ids, people, rule, lambda done: progress(done, total)):
        given = {who: _Given(annotations, compared.tokens) for who, annotations in compared.given.items()}
        if len(given) > 1:
            sums.add(compared, given, combinations(given, 2))
        if compared.gold is not None:
            given[GOLD] = _Given(compared.gold, compared.tokens)
            against_gold.add(compared, given, [(who, GOLD) for who in compared.given])

    def on_measured() -> None:
        progress(total - 1, total)

    gold = {who: agreement for (who, _), agreement in against_gold.pair_reports(draws, on_measured).items()}
    return sums.report(draws, on_measured, gold)


def compared_documents(
    project: Project,
    document_ids: Iterable[str],
    people: Collection[str] = (),
    rule: Rule = finished,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Iterator[ComparedDocument]:
    """Yield the documents to compare: those of at least two annotators, and the settled ones of at least one.

    Of people (() for all), a rule says who counts. on_progress is called with the number of documents read.
    """
    ids, read, has_gold = iter(document_ids), 0, not project.gold.is_empty()
    while chunk := list(islice(ids, _CHUNK)):
        on_progress(read)
        read += len(chunk)
        gold = _settled(project, chunk) if has_gold else {}
        chosen = _whom_to_compare(project, chunk, people, rule, gold)
        given = project.log.annotations_of_many(list(chosen))
        for document in project.documents.get_many(list(chosen)):
            debris = document.debris()
            theirs: dict[str, list[Annotation]] = {who: [] for who in sorted(chosen[document.id])}
            for annotation in given[document.id]:
                if annotation.annotator in theirs:
                    theirs[annotation.annotator].append(annotation)
            settled = gold.get(document.id)
            if debris:
                theirs = {who: _outside(own, debris) for who, own in theirs.items()}
                settled = None if settled is None else _outside(settled, debris)
            yield ComparedDocument(document, theirs, settled)


def _outside(annotations: Iterable[Annotation], debris: Collection[Span]) -> list[Annotation]:
    return [annotation for annotation in annotations if not any(map(annotation.span.overlaps, debris))]


def _settled(project: Project, document_ids: Sequence[str]) -> dict[str, list[Annotation]]:
    """Return the gold layer of those of some documents that are settled."""
    return {
        document_id: [
            Annotation(key, span_of_gold(key), value["label"], GOLD) for key, value in cells.items() if value["label"]
        ]
        for document_id, cells in project.gold.of_many(document_ids).items()
        if DOCUMENT_KEY in cells
    }


def _whom_to_compare(
    project: Project, document_ids: Sequence[str], people: Collection[str], rule: Rule, settled: Collection[str]
) -> dict[str, set[str]]:
    """Return the annotators to compare in each document that has two of them, or one and is settled."""
    done = project.contributions.done(document_ids)
    worked = {} if rule is finished else project.contributions.workers(document_ids)
    chosen = {}
    for document_id in document_ids:
        those = rule(done.get(document_id, set()), worked.get(document_id, set()))
        compared = {who for who in those if not people or who in people}
        if len(compared) > (0 if document_id in settled else 1):
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

    def missed_in(self, alone: Iterable[LabelledSpan], other: _Given) -> Counter[str]:
        """Return how many of some spans overlap no span of the other annotator with their label, by label."""
        return Counter([label for span, label in alone if not any(map(span.overlaps, other.by_label.get(label, ())))])


class _PairSums:
    """The sums of two annotators: Counts by document, the rest in all."""

    def __init__(self) -> None:
        self.rows = array("i")
        self.counts = array("i")
        self.kinds: Counter[DifferenceKind] = Counter()
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.labels: dict[str, list[int]] = defaultdict(_no_label_counts)


class _Sums:
    """The sums over documents that the measures are computed from."""

    def __init__(self) -> None:
        self._pairs: dict[Pair, _PairSums] = defaultdict(_PairSums)
        self._documents: list[tuple[str, str, Counter[DifferenceKind]]] = []
        self._codes: dict[str, int] = {OUTSIDE: 0}
        # For each annotator or the gold layer (row, code of a tag, number of tokens), flat.
        self._tags: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._agreeing = array("i")
        self._raters = array("i")
        self._tokens = array("i")
        # For each label (row, *LabelCounts of all pairs), flat.
        self._labels: dict[str, array[int]] = defaultdict(lambda: array("i"))

    def add(self, compared: ComparedDocument, given: Mapping[str, _Given], pairs: Iterable[Pair]) -> None:
        """Add the comparisons of pairs in a document."""
        row, tokens = len(self._documents), compared.tokens
        labels: dict[str, list[int]] = defaultdict(_no_label_counts)
        kinds: Counter[DifferenceKind] = Counter()
        for one, other in pairs:
            pair, first, second = self._pairs[one, other], given[one], given[other]
            pair.rows.append(row)
            pair.counts.extend(_count(first, second, len(tokens), pair, labels))
            if first.spans != second.spans:
                for difference in differences(first.spans, second.spans, tokens):
                    pair.kinds[difference.kind] += 1
                    kinds[difference.kind] += 1
                    pair.confusion[difference.labels] += 1
        for label, sums in labels.items():
            self._labels[label].extend((row, *sums))
        self._add_tags(given, row, len(tokens))
        self._documents.append((compared.document.id, compared.document.title, kinds))

    def _add_tags(self, given: Mapping[str, _Given], row: int, tokens: int) -> None:
        raters = len(given)
        equal: Counter[tuple[int, str]] = Counter()
        touched: Counter[int] = Counter()
        for who, own in given.items():
            equal.update(own.tags.items())
            touched.update(own.tags.keys())
            self._tags[who].extend((row, 0, tokens - len(own.tags)))
            for tag, count in Counter(own.tags.values()).items():
                self._tags[who].extend((row, self._codes.setdefault(tag, len(self._codes)), count))
        outside = [raters - count for count in touched.values()]
        agreeing = (tokens - len(touched)) * raters * (raters - 1)
        agreeing += sum(count * (count - 1) for count in (*equal.values(), *outside))
        self._agreeing.append(agreeing)
        self._raters.append(raters)
        self._tokens.append(tokens)

    def report(self, draws: int, on_progress: Callable[[], None], gold: dict[str, PairAgreement]) -> AgreementReport:
        """Compute the measures, with intervals from a number of draws. gold becomes a part of the report as it is."""
        everything = _Resampling(np.arange(len(self._documents)), draws)
        counts = np.zeros((len(self._documents), len(Counts._fields)), np.int64)
        for pair in self._pairs.values():
            counts[np.array(pair.rows)] += np.array(pair.counts).reshape(-1, len(Counts._fields))
        total = Counts(*counts.sum(axis=0).tolist())
        report = AgreementReport(
            annotators=tuple(sorted(self._tags.keys() | gold.keys())),
            pairs=self.pair_reports(draws, on_progress),
            overall=PairAgreement(len(self._documents), total, _estimates(total, everything.sums(counts))),
            labels={label: self._label(label, everything) for label in sorted(self._labels)},
            documents=[
                DocumentAgreement(document, title, raters, Counts(*row), kinds)
                for (document, title, kinds), raters, row in zip(
                    self._documents, self._raters, counts.tolist(), strict=True
                )
            ],
            fleiss=self._fleiss(draws),
            alpha=self._alpha(everything),
            gold=gold,
        )
        _add_up(report.overall, report.pairs.values())
        return report

    def pair_reports(self, draws: int, on_progress: Callable[[], None]) -> dict[Pair, PairAgreement]:
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
        labels = {label: LabelCounts(*each) for label, each in sorted(sums.labels.items())}
        return PairAgreement(len(sums.rows), total, measures, sums.kinds, sums.confusion, labels)

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


def _no_label_counts() -> list[int]:
    return [0] * len(LabelCounts._fields)


def _count(first: _Given, second: _Given, tokens: int, pair: _PairSums, labels: dict[str, list[int]]) -> Counts:
    """Return the sums of two annotators in one document. Those by label are added to the pair's and to labels."""
    both = first.spans & second.spans
    equal_tags = tokens
    if first.tags != second.tags:
        equal_tags -= len({number for number, _ in first.tags.items() ^ second.tags.items()})
    shared = Counter([label for _, label in both])
    missed = first.missed_in(first.spans - both, second), second.missed_in(second.spans - both, first)
    for label in first.by_label.keys() | second.by_label.keys():
        same, one, other = shared[label], len(first.by_label.get(label, ())), len(second.by_label.get(label, ()))
        for sums in (pair.labels[label], labels[label]):
            sums[0] += same
            sums[1] += one
            sums[2] += other
            sums[3] += one - missed[0][label]
            sums[4] += other - missed[1][label]
    for label, count in shared.items():
        pair.confusion[label, label] += count
    return Counts(
        len(both),
        len(first.spans),
        len(second.spans),
        len(first.ends & second.ends),
        len(first.ends),
        len(second.ends),
        len(first.spans) - missed[0].total(),
        len(second.spans) - missed[1].total(),
        tokens,
        equal_tags,
        len(first.accepted) + len(second.accepted),
        len(first.accepted & both) + len(second.accepted & both),
        len(first.by_hand) + len(second.by_hand),
        len(first.by_hand & both) + len(second.by_hand & both),
    )


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
            held = overall.labels.get(label, LabelCounts())
            overall.labels[label] = LabelCounts(*(a + b for a, b in zip(held, counts, strict=True)))
