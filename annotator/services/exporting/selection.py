"""Select the annotations to export, and count what is left out.

Example: MAJORITY with three voters keeps a span that two of them gave; the span of the third alone is counted under
NO_MAJORITY.

Terms:

- *done*: an annotator has marked an article as done. Only the selected annotators count.
- *finished*, *begun*, *untouched*: the state of an article, from the work of the selected annotators (see
  annotator.domain.review.document_state). With ADJUDICATED, only the adjudicators among them count.
- *voters* of an article: the annotators who marked it as done or, if nobody did, all who labelled something or decided
  on a suggestion in it.
- *adjudicator*: an annotator with that role in the project (`annotator annotators set-role PROJECT NAME adjudicator`).
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
from annotator.domain.model.annotation import Annotation, Origin, OriginKind, Role
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.plurals import pluralise
from annotator.domain.review.document_state import Documents, DocumentState
from annotator.domain.review.visibility import combined_verdicts, visible_suggestions
from annotator.domain.team.adjudication_state import voters
from annotator.errors import ExportError, Message
from annotator.services.annotators import display_names, find_annotator
from annotator.storage.project import Project
from annotator.team.adjudication import MAJORITY, adjudicator, majority

_CHUNK = 100  # documents in memory


class Resolution(StrEnum):
    """How the annotations of several annotators are combined.

    all: everybody's. majority: a span with its label is kept if more than half of the article's voters gave it.
    adjudicated: only articles that an adjudicator marked as done, with the annotations of that adjudicator alone; of
    several, the one who worked on it last.
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
    NOT_ADJUDICATOR = "not-adjudicator"  # another annotator's annotation in a document that an adjudicator settled


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
    spans that a majority gave; agreed: the annotations they were made from. by_one: documents with one voter only.
    by_several: documents that several adjudicators marked as done. suggestions: those added. notes: those left out with
    what they are on.
    """

    documents: Counter[ExclusionReason] = field(default_factory=Counter)
    states: Counter[DocumentState] = field(default_factory=Counter)
    labels: Counter[ExclusionReason] = field(default_factory=Counter)
    with_documents: int = 0
    agreed: int = 0
    settled: int = 0
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
        if self.agreed:
            lines.append(f"Spans by majority: {self.settled}, from {self.agreed} annotations.")
        if self.by_one:
            lines.append(f"Articles with only one voter: {self.by_one}.")
        if self.by_several:
            lines.append(f"Articles that several adjudicators marked as done (the last one counts): {self.by_several}.")
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

    annotations are in reading order.
    """

    annotations: Sequence[Annotation]
    notes: Sequence[Note]
    state: DocumentState
    done: frozenset[str]


class Selector:
    """Selects documents and annotations of one project.

    Raises UserError if an annotator of the selection is not in the project, ExportError if there is no adjudicator to
    settle the documents.
    """

    def __init__(self, project: Project, selection: Selection) -> None:
        """Look up the annotators that the selection names."""
        self._project = project
        self._selection = selection
        people = project.annotators.all()
        self.chosen = tuple(dict.fromkeys(find_annotator(people, name).id for name in selection.annotators))
        self.names = display_names(people) | {MAJORITY: MAJORITY}
        self._people = frozenset(self.chosen or (person.id for person in people))
        self._adjudicators = self._find_adjudicators() if self._is_adjudicated else frozenset()
        self._responsible = self._adjudicators or self._people
        self._last_edits = project.contributions.last_edits(self._adjudicators) if len(self._adjudicators) > 1 else {}
        self._reliability = project.decisions.reliability() if selection.include_suggestions else None

    @property
    def _is_adjudicated(self) -> bool:
        return self._selection.resolution is Resolution.ADJUDICATED

    def _find_adjudicators(self) -> frozenset[str]:
        """Return the adjudicators among the selected annotators."""
        roles = self._project.annotators.roles()
        found = frozenset(who for who in self._people if roles.get(who) is Role.ADJUDICATOR)
        if found:
            return found
        if self.chosen:
            raise ExportError(
                "No selected annotator is an adjudicator in {path}. Appoint one with: "
                "annotator annotators set-role {path} NAME adjudicator",
                path=self._project.path,
            )
        raise ExportError(
            "Nobody is an adjudicator in {path}. Appoint one with: "
            "annotator annotators set-role {path} NAME adjudicator",
            path=self._project.path,
        )

    def check_not_empty(self) -> None:
        """Raise ExportError if no document is in a selected state; the message names the option that selects others.

        If all documents are selected, there may be none.
        """
        asked = self._selection.documents
        if asked is Documents.ALL and not self._is_adjudicated:
            return
        states = self._project.contributions.states(self._responsible)
        takes = Documents.FINISHED.takes if self._is_adjudicated else asked.takes
        if any(takes(state) for state, count in states.items() if count):
            return
        counts: dict[str, object] = {
            "path": self._project.path,
            "begun": states[DocumentState.BEGUN],
            "untouched": states[DocumentState.UNTOUCHED],
        }
        if self._is_adjudicated:
            raise ExportError(
                "Nothing to export: no adjudicator finished any article of {path} ({begun} begun, "
                "{untouched} untouched). Finish some, or choose another --resolve.",
                **counts,
            )
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
        worked = self._project.contributions.worked(ids, self._responsible)
        for group in self._project.documents.groups(ids):
            ids_here = [document.id for document in group]
            annotations = self._project.log.annotations_of_many(ids_here)
            notes = self._project.log.notes_of_many(ids_here)
            for document in group:
                done = frozenset(all_done.get(document.id, ())) & self._people
                state = self._state(done, worked=document.id in worked)
                yield document, _Work(annotations[document.id], notes[document.id], state, done)

    def _state(self, done: frozenset[str], *, worked: bool) -> DocumentState:
        if done & self._responsible:
            return DocumentState.FINISHED
        return DocumentState.BEGUN if worked else DocumentState.UNTOUCHED

    def _select(self, document: Document, work: _Work) -> tuple[AnnotatedDocument | None, SelectionCounts]:
        """Return a document with the selected annotations, or None, and the counts."""
        reason = self._exclusion(document, work.state)
        if reason is not None:
            excluded = SelectionCounts(Counter([reason]), Counter([work.state]), with_documents=len(work.annotations))
            return None, excluded
        asked, counts = _by(work.annotations, self._people, ExclusionReason.OTHER_ANNOTATOR)
        selected, resolved = self._resolve(document.id, asked, work.done)
        counts.add(resolved)
        if self._selection.include_suggestions:
            suggested = self._undecided(document.id, asked)
            counts.suggestions = len(suggested)
            selected = selected + suggested
        if self._selection.include_suggestions or self._selection.resolution is Resolution.MAJORITY:
            selected = sorted(selected, key=reading_order)
        notes: tuple[Note, ...] = ()
        if work.notes:
            notes, counts.notes = self._notes(work.notes, asked, selected)
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
        if self._selection.resolution is Resolution.ADJUDICATED:
            return self._adjudicated(document_id, asked, done)
        if self._selection.resolution is Resolution.MAJORITY:
            return self._majority(document_id, asked, done)
        if self._selection.documents is Documents.FINISHED:
            return _by(asked, done, ExclusionReason.NOT_DONE)
        return asked, SelectionCounts()

    def _adjudicated(
        self, document_id: str, asked: list[Annotation], done: frozenset[str]
    ) -> tuple[list[Annotation], SelectionCounts]:
        last_edits = {who: self._last_edits.get((document_id, who), "") for who in done}
        judge = adjudicator(done, self._adjudicators, last_edits)
        kept, counts = _by(asked, {judge or ""}, ExclusionReason.NOT_ADJUDICATOR)
        counts.by_several = len(done & self._adjudicators) > 1
        return kept, counts

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
        self, everyone: Iterable[Note], asked: Iterable[Annotation], selected: Iterable[Annotation]
    ) -> tuple[tuple[Note, ...], int]:
        """Return the selected annotators' notes on the document and on selected annotations, and how many others.

        A note on an annotation that a majority gave is one on the annotation that replaces it. With ADJUDICATED, only
        the adjudicators' notes count.
        """
        people = self._adjudicators if self._is_adjudicated else self._people
        settled = {(a.span, a.label): a.id for a in selected if a.annotator == MAJORITY}
        new_keys = {a.id: settled.get((a.span, a.label), "") for a in asked} if settled else {}
        new_keys |= {a.id: a.id for a in selected} | {"": ""}  # The key of a note on the document is empty.
        notes = [n for n in everyone if n.annotator in people]
        kept = [replace(n, key=new_keys[n.key]) for n in notes if new_keys.get(n.key) or not n.key]
        return tuple(sorted(kept)), len(notes) - len(kept)

    def _decisions(self, document_id: str) -> list[tuple[str, str, Any]]:
        """Return the decisions of the selected annotators on the suggestions in a document."""
        found = self._project.contributions.verdicts([document_id]).get(document_id, [])
        return [decision for decision in found if decision[0] in self._people]

    def _undecided(self, document_id: str, asked: Iterable[Annotation]) -> list[Annotation]:
        """Return the suggestions that no selected annotator has decided on, as the editor would show them."""
        assert self._reliability is not None  # noqa: S101 - it exists if suggestions are included
        verdicts = combined_verdicts((key, verdict) for _, key, verdict in self._decisions(document_id))
        offered = self._reliability.calibrated(self._project.suggestions.of(document_id))
        shown = visible_suggestions(offered, [a.span for a in asked], verdicts, 0.0, self._project.tagset.nested)
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


def _as_annotation(suggestion: Suggestion) -> Annotation:
    """Return a suggestion as exports hold it: of no annotator, with suggester and raw score in its origin."""
    origin = Origin(OriginKind.SUGGESTION, suggestion.suggester, suggestion.given)
    return Annotation(suggestion.key, suggestion.span, suggestion.label, "", origin)
