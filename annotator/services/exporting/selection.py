"""Select the annotations to export, and count what is left out.

Example: MAJORITY with three voters keeps a span that two of them gave; the span of the third alone is counted under
NO_MAJORITY.

Terms:

- *done*: an annotator has marked an article as done. Only the selected annotators count.
- *finished*, *begun*, *untouched*: the state of an article, from the work of the selected annotators (see
  annotator.domain.review.document_state). With ADJUDICATED, an article is finished if it is settled.
- *voters* of an article: the annotators who marked it as done or, if nobody did, all who labelled something or decided
  on a suggestion in it.
- *settled*: an adjudicator has settled the article, with everything in it, in the gold layer. Of several annotators who
  are selected, one must have settled it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note, is_note_on_difference
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.plurals import pluralise
from annotator.domain.review.document_state import Documents, DocumentState
from annotator.domain.review.visibility import combined_verdicts, span_of_key, visible_suggestions
from annotator.domain.team.adjudication_state import AdjudicationState, voters
from annotator.errors import ExportError, Message
from annotator.services.annotators import display_names, find_annotator
from annotator.storage.project import Project
from annotator.team.adjudication import MAJORITY, majority

_CHUNK = 100  # documents in memory


class Resolution(StrEnum):
    """How the annotations of several annotators are combined.

    all: everybody's. majority: a span with its label is kept if more than half of the article's voters gave it.
    adjudicated: only articles that an adjudicator settled, with the labels of the gold layer.
    """

    ALL = "all"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"


class ExclusionReason(StrEnum):
    """Why a document, or an annotation in a selected document, is left out."""

    REMOVED = "removed"  # from the project; its annotations are not counted
    NOT_ASKED = "not-asked"  # not one of Selection.document_ids; its annotations are not counted
    TOO_OLD = "too-old"
    UNDATED = "undated"
    UNTOUCHED = "untouched"
    NOT_DONE = "not-done"  # a document that nobody marked as done, or an annotation by somebody who did not
    NOT_ADJUDICATED = "not-adjudicated"
    OTHER_ANNOTATOR = "other-annotator"  # an annotation of an annotator who is not selected
    NO_MAJORITY = "no-majority"
    NOT_ADJUDICATOR = "not-adjudicator"  # an annotation that an adjudicator settled otherwise


@dataclass(frozen=True, slots=True)
class Selection:
    """Which annotations of which documents to export; by default, everybody's in all documents.

    annotators: names or ids, () for everybody. Others' annotations are left out, and what others marked as done or
    voted for does not count. resolution: how annotators are combined. documents: which documents, by their state; of
    finished ones, only the annotations of those who marked them as done. With ADJUDICATED only finished documents are
    selected. since: only documents from this day on; those without a date only with include_undated.
    include_suggestions: add undecided suggestions, marked as such, in formats that can mark them. document_ids: the
    only documents to select, None for all; any object with __contains__.
    """

    annotators: tuple[str, ...] = ()
    resolution: Resolution = Resolution.ALL
    documents: Documents = Documents.ALL
    since: datetime.date | None = None
    include_undated: bool = False
    include_suggestions: bool = False
    document_ids: Container[str] | None = None


EVERYTHING = Selection()


@dataclass(slots=True)
class SelectionCounts:
    """What a selection took and left out.

    documents and labels: the documents and annotations left out, by reason. states: the documents left out, by state,
    except those that Selection.document_ids leaves out. with_documents: the annotations in documents left out. settled:
    spans that a majority gave or an adjudicator settled; agreed: the annotations with these spans and labels.
    adjudicated: settled documents. outdated: those of them in which annotators have changed something since. competing:
    those in which two adjudicators settled a span differently without seeing each other. by_one: documents with one
    voter only. by_several: documents in which several adjudicators settled spans. suggestions: those added. notes:
    those left out with what they are on.
    """

    documents: Counter[ExclusionReason] = field(default_factory=Counter)
    states: Counter[DocumentState] = field(default_factory=Counter)
    labels: Counter[ExclusionReason] = field(default_factory=Counter)
    with_documents: int = 0
    agreed: int = 0
    settled: int = 0
    adjudicated: int = 0
    outdated: int = 0
    competing: int = 0
    by_one: int = 0
    by_several: int = 0
    suggestions: int = 0
    notes: int = 0

    def add(self, other: SelectionCounts) -> None:
        """Add other counts, such as those of one document."""
        self.documents.update(other.documents)
        self.states.update(other.states)
        self.labels.update(other.labels)
        self.with_documents += other.with_documents
        self.agreed += other.agreed
        self.settled += other.settled
        self.adjudicated += other.adjudicated
        self.outdated += other.outdated
        self.competing += other.competing
        self.by_one += other.by_one
        self.by_several += other.by_several
        self.suggestions += other.suggestions
        self.notes += other.notes

    def to_json(self) -> dict[str, Any]:
        """Return the counts as a report holds them."""
        return {
            "documents_not_selected": {why.value: count for why, count in sorted(self.documents.items())},
            "documents_not_selected_by_state": {state.value: self.states[state] for state in DocumentState},
            "spans_not_selected": {why.value: count for why, count in sorted(self.labels.items())},
            "spans_in_documents_not_selected": self.with_documents,
            "spans_that_agreed": self.agreed,
            "spans_agreed_upon": self.settled,
            "documents_decided_by_one": self.by_one,
            "documents_of_several_adjudicators": self.by_several,
            "documents_outdated": self.outdated,
            "documents_with_competing_gold": self.competing,
            "suggestions_selected": self.suggestions,
            "notes_not_selected": self.notes,
        }

    def lines(self) -> list[str]:
        """Return a sentence for each count that is not zero."""
        lines = []
        if self.documents:
            lines.append(
                f"Articles not selected: {self.documents.total()} ({_listed(self.documents)}), "
                f"with {pluralise(self.with_documents, 'span')}."
            )
        if self.states:
            lines.append(f"Their states: {_listed(self.states)}.")
        if self.documents[ExclusionReason.NOT_DONE] and self.states[DocumentState.BEGUN]:
            lines.append("To export articles that were only begun, use --documents labelled.")
        if self.labels:
            lines.append(f"Spans not selected in other articles: {self.labels.total()} ({_listed(self.labels)}).")
        if self.adjudicated:
            lines.append(f"Settled spans: {self.settled}. Annotations like them: {self.agreed}.")
        elif self.agreed:
            lines.append(f"Spans by majority: {self.settled}, from {self.agreed} annotations.")
        if self.by_one:
            lines.append(f"Articles with only one voter: {self.by_one}.")
        if self.by_several:
            lines.append(f"Articles in which several adjudicators settled spans: {self.by_several}.")
        if self.outdated:
            lines.append(
                f"Settled articles in which annotators have changed something since: {self.outdated}. List them with: "
                "annotator adjudicate PROJECT --list --state outdated --state open"
            )
        if self.competing:
            lines.append(
                "Articles in which two adjudicators settled a span differently (the later decision counts): "
                f"{self.competing}. List them with: annotator adjudicate PROJECT --list --state competing"
            )
        if self.suggestions:
            lines.append(f"Undecided suggestions, marked as such: {self.suggestions}.")
        if self.notes:
            lines.append(f"Notes not exported, because what they are on is not: {self.notes}.")
        return lines


def _listed(counts: Counter[ExclusionReason] | Counter[DocumentState]) -> str:
    return ", ".join(f"{why} {count}" for why, count in sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class _Work:
    """Everybody's annotations and notes in a document, its state, and who of the selected annotators marked it done.

    annotations are in reading order. settlement is what is settled, None if the document is not settled or that does
    not matter.
    """

    annotations: Sequence[Annotation]
    notes: Sequence[Note]
    state: DocumentState
    done: frozenset[str]
    settlement: AdjudicationState | None = None


class Selector:
    """Selects documents and annotations of one project.

    Raises UserError if an annotator of the selection is not in the project.
    """

    def __init__(self, project: Project, selection: Selection) -> None:
        """Look up the annotators that the selection names."""
        self._project = project
        self._selection = selection
        people = project.annotators.all()
        self.chosen = tuple(dict.fromkeys(find_annotator(people, name).id for name in selection.annotators))
        self.names = display_names(people) | {MAJORITY: MAJORITY}
        self._people = frozenset(self.chosen or (person.id for person in people))
        settled = project.gold.settled() if self._is_adjudicated else {}
        self._settled = frozenset(document for document, by in settled.items() if by in self._people)
        self._reliability = project.decisions.reliability() if selection.include_suggestions else None

    @property
    def _is_adjudicated(self) -> bool:
        return self._selection.resolution is Resolution.ADJUDICATED

    def check_not_empty(self) -> None:
        """Raise ExportError if no document is in a selected state; the message names the option that selects others.

        If all documents are selected, there may be none. With ADJUDICATED, one must be settled.
        """
        asked = self._selection.documents
        if self._is_adjudicated:
            self._check_settled()
            return
        if asked is Documents.ALL:
            return
        states = self._project.contributions.states(self._people)
        if any(asked.takes(state) for state, count in states.items() if count):
            return
        counts: dict[str, object] = {
            "path": self._project.path,
            "begun": states[DocumentState.BEGUN],
            "untouched": states[DocumentState.UNTOUCHED],
        }
        who = Message("no selected annotator") if self.chosen else Message("no annotator")
        if asked is Documents.LABELLED:
            raise ExportError(
                "Nothing to export: {who} labelled any article of {path} ({untouched} untouched). "
                "Label some, or use --documents all.",
                who=who,
                **counts,
            )
        raise ExportError(
            "Nothing to export: {who} finished any article of {path} ({begun} begun, {untouched} "
            "untouched). Finish some, or use --documents labelled or --documents all.",
            who=who,
            **counts,
        )

    def _check_settled(self) -> None:
        if not self._settled:
            raise ExportError(
                "Nothing to export: {who} settled any article of {path}. Settle some on the page Adjudicate or with "
                "annotator adjudicate, or choose another --resolve.",
                who=Message("no selected annotator") if self.chosen else Message("no adjudicator"),
                path=self._project.path,
            )

    def documents(
        self, counts: SelectionCounts, seen: Callable[[int], None] = lambda _: None
    ) -> Iterator[AnnotatedDocument]:
        """Yield the selected documents in the order of import, adding to counts what is selected and left out.

        seen is called with the number of documents looked at. Never holds more than 100 documents.
        """
        if self._selection.document_ids is None and (removed := self._project.documents.count_removed()):
            counts.documents[ExclusionReason.REMOVED] += removed
            counts.states[DocumentState.REMOVED] += removed
        number = 0
        ids = self._project.documents.ids()
        while chunk := list(islice(ids, _CHUNK)):
            wanted = [i for i in chunk if self._selection.document_ids is None or i in self._selection.document_ids]
            if others := len(chunk) - len(wanted):
                counts.documents[ExclusionReason.NOT_ASKED] += others
            number += others
            for document, work in self._work_on(wanted):
                number += 1
                selected, found = self._select(document, work)
                counts.add(found)
                if selected is not None:
                    yield selected
                seen(number)
            if not wanted:
                seen(number)

    def _work_on(self, ids: Sequence[str]) -> Iterator[tuple[Document, _Work]]:
        """Yield documents with the work on them."""
        all_done = self._project.contributions.done(ids)
        worked = self._project.contributions.worked(ids, self._people)
        settled = [document for document in ids if document in self._settled]
        settlements = {state.document: state for state in self._project.gold.states(settled)}
        for group in self._project.documents.groups(ids):
            ids_here = [document.id for document in group]
            annotations = self._project.log.annotations_of_many(ids_here)
            notes = self._project.log.notes_of_many(ids_here)
            for document in group:
                done = frozenset(all_done.get(document.id, ())) & self._people
                settlement = settlements.get(document.id)
                is_finished = settlement is not None if self._is_adjudicated else bool(done)
                state = self._state(is_finished, worked=bool(done) or document.id in worked)
                yield document, _Work(annotations[document.id], notes[document.id], state, done, settlement)

    def _state(self, is_finished: bool, *, worked: bool) -> DocumentState:
        if is_finished:
            return DocumentState.FINISHED
        return DocumentState.BEGUN if worked else DocumentState.UNTOUCHED

    def _select(self, document: Document, work: _Work) -> tuple[AnnotatedDocument | None, SelectionCounts]:
        """Return a document with the selected annotations, or None, and the counts."""
        reason = self._exclusion(document, work.state)
        if reason is not None:
            excluded = SelectionCounts(Counter([reason]), Counter([work.state]), with_documents=len(work.annotations))
            return None, excluded
        asked, counts = _by(work.annotations, self._people, ExclusionReason.OTHER_ANNOTATOR)
        if work.settlement is not None:
            selected, resolved = _adjudicated(work.settlement, asked)
            taken = [*(annotation.span for annotation in asked), *work.settlement.cells]
        else:
            selected, resolved = self._resolve(document.id, asked, work.done)
            taken = [annotation.span for annotation in asked]
        counts.add(resolved)
        if self._selection.include_suggestions:
            suggested = self._undecided(document.id, taken)
            counts.suggestions = len(suggested)
            selected = selected + suggested
        if self._selection.include_suggestions or self._selection.resolution is Resolution.MAJORITY:
            selected = sorted(selected, key=reading_order)
        notes: tuple[Note, ...] = ()
        if work.notes:
            notes, counts.notes = self._notes(work.notes, asked, selected, work.settlement)
        return AnnotatedDocument(document, tuple(selected), notes), counts

    def _exclusion(self, document: Document, state: DocumentState) -> ExclusionReason | None:
        """Return why a document is left out, or None."""
        selection = self._selection
        if selection.since and document.date is None and not selection.include_undated:
            return ExclusionReason.UNDATED
        if selection.since and document.date and document.date < selection.since:
            return ExclusionReason.TOO_OLD
        if self._is_adjudicated and state is not DocumentState.FINISHED:
            return ExclusionReason.NOT_ADJUDICATED
        if selection.documents.takes(state):
            return None
        return ExclusionReason.UNTOUCHED if selection.documents is Documents.LABELLED else ExclusionReason.NOT_DONE

    def _resolve(
        self, document_id: str, asked: list[Annotation], done: frozenset[str]
    ) -> tuple[list[Annotation], SelectionCounts]:
        """Combine the annotations of the selected annotators; return what is kept, and the counts."""
        if self._selection.resolution is Resolution.MAJORITY:
            return self._majority(document_id, asked, done)
        if self._selection.documents is Documents.FINISHED:
            return _by(asked, done, ExclusionReason.NOT_DONE)
        return asked, SelectionCounts()

    def _majority(
        self, document_id: str, asked: list[Annotation], done: frozenset[str]
    ) -> tuple[list[Annotation], SelectionCounts]:
        worked = {a.annotator for a in asked} | {who for who, *_ in self._decisions(document_id)}
        voting = voters(done, worked)
        given, counts = _by(asked, voting, ExclusionReason.NOT_DONE)
        settled = majority(given, voting)
        kept = {(a.span, a.label) for a in settled}
        counts.agreed = sum((a.span, a.label) in kept for a in given)
        counts.settled = len(settled)
        counts.by_one = len(voting) == 1
        if minority := len(given) - counts.agreed:
            counts.labels[ExclusionReason.NO_MAJORITY] = minority
        return settled, counts

    def _notes(
        self,
        everyone: Iterable[Note],
        asked: Iterable[Annotation],
        selected: Iterable[Annotation],
        settlement: AdjudicationState | None,
    ) -> tuple[tuple[Note, ...], int]:
        """Return the selected annotators' notes on the document and on selected annotations, and how many others.

        A note on an annotation that a majority gave or that was settled is one on what replaces it, and so is an
        adjudicator's note on a difference. With ADJUDICATED, only the notes of those who settled something count.
        """
        people = self._people if settlement is None else {value["by"] for value in settlement.gold.values()}
        replaced = {(a.span, a.label): a.id for a in selected if settlement or a.annotator == MAJORITY}
        new_keys = {a.id: replaced.get((a.span, a.label), "") for a in asked} if replaced else {}
        new_keys |= {a.id: a.id for a in selected} | {"": ""}  # The key of a note on the document is empty.
        notes = [n for n in everyone if n.annotator in people]
        if settlement is not None:
            new_keys |= _notes_on_differences(notes, selected)
        kept = [replace(n, key=new_keys[n.key]) for n in notes if new_keys.get(n.key) or not n.key]
        return tuple(sorted(kept)), len(notes) - len(kept)

    def _decisions(self, document_id: str) -> list[tuple[str, str, Any]]:
        """Return the decisions of the selected annotators on the suggestions in a document."""
        found = self._project.contributions.verdicts([document_id]).get(document_id, [])
        return [decision for decision in found if decision[0] in self._people]

    def _undecided(self, document_id: str, taken: Iterable[Span]) -> list[Annotation]:
        """Return the suggestions that no selected annotator has decided on, as the editor would show them.

        taken are the spans of annotations, and those that were settled.
        """
        assert self._reliability is not None  # noqa: S101 - it exists if suggestions are included
        verdicts = combined_verdicts((key, verdict) for _, key, verdict in self._decisions(document_id))
        offered = self._reliability.calibrated(self._project.suggestions.of(document_id))
        shown = visible_suggestions(offered, taken, verdicts, 0.0, self._project.tagset.nested)
        return [_as_annotation(suggestion) for suggestion in shown]


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Order annotations by start, then longest first, then id."""
    return annotation.span.start, -annotation.span.end, annotation.id


def _by(
    annotations: Sequence[Annotation], people: Collection[str], reason: ExclusionReason
) -> tuple[list[Annotation], SelectionCounts]:
    """Return the annotations of some people, and the number of others under a reason."""
    kept = [a for a in annotations if a.annotator in people]
    others = len(annotations) - len(kept)
    return kept, SelectionCounts(labels=Counter({reason: others} if others else {}))


def _adjudicated(
    settlement: AdjudicationState, asked: Sequence[Annotation]
) -> tuple[list[Annotation], SelectionCounts]:
    """Return the gold layer of a settled document as annotations of those who settled it, and the counts.

    The origin says how many of those on whom it rests gave the same: "adjudicated:2/3".
    """
    settled = []
    for span, value in settlement.settled():
        label, rests = value["label"], value["rests"].values()
        origin = Origin(OriginKind.ADJUDICATED, f"{sum(given == label for given in rests)}/{len(rests)}")
        settled.append(Annotation(f"{span.start}:{span.end}:{label}", span, label, value["by"], origin))
    given = {(annotation.span, annotation.label) for annotation in settled}
    counts = SelectionCounts(adjudicated=1, settled=len(settled), outdated=int(settlement.is_outdated))
    counts.agreed = sum((annotation.span, annotation.label) in given for annotation in asked)
    counts.by_several = int(len({annotation.annotator for annotation in settled}) > 1)
    counts.competing = int(settlement.competes)
    if others := len(asked) - counts.agreed:
        counts.labels[ExclusionReason.NOT_ADJUDICATOR] = others
    return sorted(settled, key=reading_order), counts


def _notes_on_differences(notes: Iterable[Note], settled: Iterable[Annotation]) -> dict[str, str]:
    """Return the id of the settled annotation that each note on a difference is about, by the key of the note."""
    found: dict[str, str] = {}
    for note in notes:
        if is_note_on_difference(note.key):
            place = span_of_key(note.key)
            about = next((annotation.id for annotation in settled if annotation.span.overlaps(place)), "")
            found[note.key] = about
    return found


def _as_annotation(suggestion: Suggestion) -> Annotation:
    """Return a suggestion as exports hold it: of no annotator, with suggester and raw score in its origin."""
    origin = Origin(OriginKind.SUGGESTION, suggestion.suggester, suggestion.given)
    return Annotation(suggestion.key, suggestion.span, suggestion.label, "", origin)
