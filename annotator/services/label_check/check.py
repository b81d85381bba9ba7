"""Check the labels of an annotator, or the gold layer, for consistency; and write what corrects a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, checked_key, ranked
from annotator.domain.model.edit import Write
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.place import GOLD
from annotator.domain.model.span import Span
from annotator.domain.review.decisions import EditBuilder
from annotator.domain.review.visibility import conflict
from annotator.domain.team.adjudication_state import DOCUMENT_KEY
from annotator.services.label_check.boundaries import Clitics, FirstWords, QuotationMarks
from annotator.services.label_check.edges import Edges
from annotator.services.label_check.guideline import CounterExamples, ProjectRules, SingleLabels
from annotator.services.label_check.labelled_document import Labelled, LabelledDocument
from annotator.services.label_check.model import ModelDisagreement, training_document
from annotator.services.label_check.names import DifferentLabels, UnlabelledNames
from annotator.services.label_check.rule import Rule
from annotator.services.progress import Progress, no_progress, part_of_progress
from annotator.services.search.label_all import edit_builder
from annotator.storage.project import Project
from annotator.suggest.child_process import NICE
from annotator.suggest.learned.label_errors import FEWEST, LabelErrorFinder, training_sample

_RULES: tuple[tuple[frozenset[CaseKind], Callable[[Project], Rule]], ...] = (
    (frozenset({CaseKind.LABELS}), lambda _: DifferentLabels()),
    (frozenset({CaseKind.MISSED, CaseKind.EXTRA}), lambda project: UnlabelledNames(project.tagset)),
    (frozenset({CaseKind.CLITIC}), lambda _: Clitics()),
    (frozenset({CaseKind.TITLE, CaseKind.KIND_WORD}), lambda _: FirstWords()),
    (frozenset({CaseKind.QUOTATION}), lambda _: QuotationMarks()),
    (frozenset({CaseKind.EDGE}), lambda _: Edges()),
    (frozenset({CaseKind.SINGLE}), lambda _: SingleLabels()),
    (frozenset({CaseKind.COUNTER_EXAMPLE}), lambda project: CounterExamples(project.tagset)),
    (frozenset({CaseKind.RULE}), lambda project: ProjectRules(project.label_checks.rules(), project.tagset)),
)
"""The kinds of cases that a rule finds, and what makes it for a project."""
KINDS = frozenset(CaseKind) - {CaseKind.MODEL}
"""The kinds that take seconds. The model takes minutes."""
LEAST_SCORE = 0.05
"""Cases that are less likely errors are not reported."""
_PASSES = 2
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check.

    annotator: the id of the annotator whose labels are checked, or GOLD for what was settled. kinds: the kinds of cases
    to look for. include_unfinished: check articles that are not marked as done, too. include_right: also report places
    that somebody found right. nice is added to the niceness of the model's process: 0 if somebody waits for it.
    """

    annotator: str
    kinds: frozenset[CaseKind] = KINDS
    include_unfinished: bool = False
    include_right: bool = False
    nice: int = NICE


@dataclass(frozen=True, slots=True)
class LabelCheck:
    """The result of a check: the cases, the likeliest errors first.

    documents and annotations were checked; unfinished articles were left out. right is how many places were left out
    because somebody found them right.
    """

    cases: Sequence[Case] = field(default_factory=tuple)
    documents: int = 0
    annotations: int = 0
    unfinished: int = 0
    right: int = 0


def check_labels(project: Project, request: CheckRequest, progress: Progress = no_progress) -> LabelCheck:
    """Return what may be wrong among the labels of an annotator.

    The articles are read twice, some at a time. progress is called with the steps done and in all; an exception that it
    raises stops the check. Raises PatternError for a rule of the project that is invalid or takes too long.
    """
    checks = project.label_checks
    if request.annotator == GOLD:
        chosen = checks.settled()
    else:
        chosen = checks.labelled(request.annotator, include_unfinished=request.include_unfinished)
    with ExitStack() as stack:
        rules = [make(project) for kinds, make in _RULES if kinds & request.kinds]
        if CaseKind.MODEL in request.kinds and len(chosen.ids) >= FEWEST:
            sample = _read(project, training_sample(chosen.ids), request.annotator)
            finder = LabelErrorFinder(
                [training_document(document) for document in sample], project.tagset, request.nice
            )
            rules.append(ModelDisagreement(stack.enter_context(finder)))
        annotations, cases = _run(project, request, chosen.ids, rules, progress)
    kept, right = (cases, 0) if request.include_right else _without_right(project, cases)
    return LabelCheck(kept, len(chosen.ids), annotations, chosen.unfinished, right)


def _run(
    project: Project, request: CheckRequest, ids: Sequence[str], rules: Sequence[Rule], progress: Progress
) -> tuple[int, list[Case]]:
    """Let the rules see the articles twice; return the number of annotations, and the cases by rank."""
    annotations = 0
    for number in range(_PASSES):
        report = part_of_progress(progress, number, _PASSES)
        for done, document in enumerate(_read(project, ids, request.annotator)):
            report(done, len(ids))
            annotations += len(document.annotations) if number == 0 else 0
            for rule in rules:
                (rule.collect if number else rule.count)(document)
    found = (case for rule in rules for case in rule.cases())
    return annotations, ranked(case for case in found if case.kind in request.kinds and case.score >= LEAST_SCORE)


def fix_writes(project: Project, annotator: str, places: Iterable[CasePlace]) -> list[Write]:
    """Return the writes that correct places in the labels of an annotator (an id), as one edit of kind FIX.

    A place is left as it is if nothing is proposed for it, if its annotation has changed, or if the correction would
    overlap another annotation.
    """
    by_document: dict[str, list[CasePlace]] = defaultdict(list)
    for place in places:
        if place.fix is not None:
            by_document[place.document].append(place)
    writes: list[Write] = []
    for document, some in by_document.items():
        builder = edit_builder(project, annotator, document)
        made = OverlapIndex()
        for place in sorted(some, key=lambda place: place.span):
            _correct(builder, place, made)
        writes += builder.writes()
    return writes


def _correct(builder: EditBuilder, place: CasePlace, made: OverlapIndex) -> None:
    """Correct one place; made has the spans that were given a label before."""
    fix, state = place.fix, builder.state
    old = next((a for a in state.annotations.values() if (a.span, a.label) == (place.span, place.label)), None)
    if fix is None or (place.label and old is None):
        return
    if not fix.label:
        if old is not None:
            builder.remove(old)
        return
    rivals = [a for a in state.conflicting(fix.span) if a is not old]
    if rivals or any(conflict(span, fix.span, state.nested) for span, _ in made.overlapping(fix.span)):
        return
    made.add(fix.span)
    if old is None:
        builder.propagate(fix.span, fix.label)
    else:
        builder.change(old, fix.span, fix.label)


def _read(project: Project, ids: Sequence[str], annotator: str) -> Iterator[LabelledDocument]:
    """Yield documents with the labels to check, in the order given; only some are held at a time."""
    for group in project.documents.groups(ids):
        some = [document.id for document in group]
        labelled: Mapping[str, list[Labelled]]
        if annotator == GOLD:
            settled = project.gold.of_many(some)
            labelled = {name: _settled(layer) for name, layer in settled.items()}
        else:
            given = project.log.annotations_of_many(some, annotator)
            labelled = {name: [(a.span, a.label) for a in annotations] for name, annotations in given.items()}
        for document in group:
            yield LabelledDocument(document, labelled[document.id])


def _settled(layer: Mapping[str, Mapping[str, object]]) -> list[Labelled]:
    found = []
    for key, value in layer.items():
        if key != DOCUMENT_KEY and value["label"]:
            start, _, end = key.partition(":")
            found.append((Span(int(start), int(end)), str(value["label"])))
    return sorted(found, key=lambda item: (item[0].start, -item[0].end, item[1]))


def _without_right(project: Project, cases: Sequence[Case]) -> tuple[list[Case], int]:
    """Return the cases without the places that somebody found right, and the number of these."""
    ids = sorted({place.document for case in cases for place in case.places})
    right: set[tuple[str, str, str]] = set()
    for start in range(0, len(ids), _CHUNK):
        right |= project.label_checks.found_right(ids[start : start + _CHUNK])
    if not right:
        return list(cases), 0
    kept, hidden = [], 0
    for case in cases:
        open_places = tuple(
            p for p in case.places if (p.document, checked_key(case.kind, p.span), p.label) not in right
        )
        hidden += len(case.places) - len(open_places)
        if open_places:
            kept.append(replace(case, places=open_places))
    return kept, hidden
