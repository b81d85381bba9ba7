"""Whose labels an export takes, and of which documents; all that it leaves out is counted.

Four words have one meaning here:

- *done*: an annotator has called a document done. An annotator whose labels are not asked for does not count.
- *finished*, *begun* and *untouched*: the state of a document, as far as the annotators asked for are concerned (see
  annotator.domain.review.document_state). Where adjudicators settle, only they are asked for.
- *voters* of a document: the annotators who called it done or, where nobody did, all who gave a label or decided on a
  suggestion in it.
- *adjudicator*: an annotator with that role in the project (`annotator annotators set-role PROJECT NAME adjudicator`).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
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
from annotator.errors import ExportError, Message
from annotator.services.annotators import display_names, find_annotator
from annotator.storage.project import Project
from annotator.team.adjudication import MAJORITY, adjudicator, majority, voters

_CHUNK = 100


class Resolution(StrEnum):
    """Whose labels of a document stand in an export.

    all: each annotator's. majority: a span with its label stands where more than half of the document's voters gave it.
    adjudicated: only documents that an adjudicator called done, with the labels of that adjudicator alone (of several,
    the one who worked on it last).
    """

    ALL = "all"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"


class ExclusionReason(StrEnum):
    """Why a document, or a label in one that is taken, is left out."""

    REMOVED = "removed"  # from the project; its labels are not counted
    NOT_ASKED = "not-asked"  # not one of Selection.document_ids ; its labels are not counted
    TOO_OLD = "too-old"
    UNDATED = "undated"
    UNTOUCHED = "untouched"  # nobody who counts gave a label in it, decided on a suggestion or called it done
    NOT_DONE = "not-done"  # no annotator who counts called it done; of a label: its annotator did not, but others did
    NOT_ADJUDICATED = "not-adjudicated"
    OTHER_ANNOTATOR = "other-annotator"  # a label of an annotator who was not asked for
    NO_MAJORITY = "no-majority"
    NOT_ADJUDICATOR = "not-adjudicator"  # a label of anybody else in a document that an adjudicator settled


@dataclass(frozen=True, slots=True)
class Selection:
    """What an export takes of a project; as it stands, every label of every annotator in every document.

    annotators: names or ids; the labels of others are left out, and others have no say in whose and done. () is
    everybody. which: the documents to take by their state; of finished ones only the labels of annotators who called
    them done. Where adjudicators settle, only finished ones are taken. since: only documents of this day and later; a
    document without a date is left out then, unless undated. suggestions: spans that were suggested and are still to be
    decided leave too, marked as such, in formats that can mark them; others refuse. documents: the ids of the only
    documents to take; None for all. An object with __contains__ will do.
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

    documents and labels count what was left out by reason; states counts the documents by their state, but for those
    that Selection.document_ids does not name; with_documents the labels of documents left out. agreed is
    how many labels stand together as settled ones, by_one the documents whose majority is one voter's word, by_several
    those that several adjudicators called done. suggestions counts those taken, notes those that stay behind with what
    they are on.
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

    def to_json(self) -> dict[str, Any]:
        """Return the counts as they stand in a report."""
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
        """Return what is to be told of the counts, in sentences."""
        told = []
        if self.documents:
            told.append(
                f"Documents not selected: {self.documents.total()} ({_listed(self.documents)}), "
                f"with {pluralise(self.with_documents, 'span')}."
            )
        if self.states:
            told.append(f"By state they are: {_listed(self.states)}.")
        if self.documents[ExclusionReason.NOT_DONE] and self.states[DocumentState.BEGUN]:
            told.append("The begun ones are exported too with --documents labelled.")
        if self.labels:
            told.append(f"Spans not selected in the others: {self.labels.total()} ({_listed(self.labels)}).")
        if self.agreed:
            told.append(f"Spans that a majority gave: {self.settled}, from {self.agreed} of its members.")
        if self.by_one:
            told.append(f"Documents of which one annotator alone is the majority: {self.by_one}.")
        if self.by_several:
            told.append(f"Documents that several adjudicators called done, the last one counts: {self.by_several}.")
        if self.suggestions:
            told.append(f"Suggestions that nobody confirmed, marked as such: {self.suggestions}.")
        if self.notes:
            told.append(f"Notes on suggestions and labels that do not leave, which stay behind: {self.notes}.")
        return told


def _listed(counts: Counter[ExclusionReason] | Counter[DocumentState]) -> str:
    """Say how many there are of each."""
    return ", ".join(f"{why} {count}" for why, count in sorted(counts.items()))


class Selector:
    """The documents and labels of one project that a selection takes.

    Raises UserError where an annotator is not known, ExportError where nobody is an adjudicator as asked.
    """

    def __init__(self, project: Project, selection: Selection) -> None:
        """Look up the people whom the selection names."""
        self._project = project
        self._selection = selection
        people = project.annotators.all()
        self.chosen = tuple(dict.fromkeys(find_annotator(people, name).id for name in selection.annotators))
        self.names = display_names(people) | {MAJORITY: MAJORITY}
        self._people = frozenset(self.chosen or (person.id for person in people))
        self._adjudicators = self._who_adjudicates() if selection.resolution is Resolution.ADJUDICATED else frozenset()
        self._responsible = self._adjudicators or self._people
        self._last_edits = project.contributions.last_edits(self._adjudicators) if len(self._adjudicators) > 1 else {}
        self._reliability = project.decisions.reliability() if selection.include_suggestions else None

    def _who_adjudicates(self) -> frozenset[str]:
        """Return the adjudicators among those asked for."""
        roles = self._project.annotators.roles()
        found = frozenset(who for who in self._people if roles.get(who) is Role.ADJUDICATOR)
        if not found:
            raise ExportError(
                "{who} an adjudicator in {path}; make somebody one with: "
                "annotator annotators set-role {path} NAME adjudicator",
                who="None of the annotators asked for is" if self.chosen else "Nobody is",
                path=self._project.path,
            )
        return found

    def check_not_empty(self) -> None:
        """Raise ExportError if no document of the project is in a state that is asked for.

        The message names the option that takes others. Where all documents are asked for, there may be none.
        """
        asked = self._selection.documents
        settled = self._selection.resolution is Resolution.ADJUDICATED
        if asked is Documents.ALL and not settled:
            return
        states = self._project.contributions.states(self._responsible)
        takes = Documents.FINISHED.takes if settled else asked.takes
        if any(takes(state) for state, count in states.items() if count):
            return
        counts: dict[str, object] = {
            "path": self._project.path,
            "begun": states[DocumentState.BEGUN],
            "untouched": states[DocumentState.UNTOUCHED],
        }
        if settled:
            raise ExportError(
                "Nothing to export: no adjudicator finished any article of {path} ({begun} begun, "
                "{untouched} untouched); finish some, or export with another --whose.",
                **counts,
            )
        who = Message("no annotator asked for") if self.chosen else Message("no annotator")
        if asked is Documents.LABELLED:
            raise ExportError(
                "Nothing to export: {who} labelled any article of {path} ({untouched} untouched); "
                "label some, or export with --documents all.",
                who=who,
                **counts,
            )
        raise ExportError(
            "Nothing to export: {who} finished any article of {path} ({begun} begun, {untouched} "
            "untouched); finish some, or export with --documents labelled or --documents all.",
            who=who,
            **counts,
        )

    def documents(
        self, counts: SelectionCounts, seen: Callable[[int], None] = lambda _: None
    ) -> Iterator[AnnotatedDocument]:
        """Yield what is taken, in the order of import; counts is added to, seen is told how many were looked at.

        No more than some documents are held.
        """
        if self._selection.document_ids is None:
            removed = self._project.documents.count_removed()
            counts.documents[ExclusionReason.REMOVED] += removed
            counts.states[DocumentState.REMOVED] += removed
        ids = self._project.documents.ids()
        number = 0
        while chunk := list(islice(ids, _CHUNK)):
            wanted = [i for i in chunk if self._selection.document_ids is None or i in self._selection.document_ids]
            counts.documents[ExclusionReason.NOT_ASKED] += len(chunk) - len(wanted)
            number += len(chunk) - len(wanted)
            done = self._project.contributions.done(wanted)
            worked = self._project.contributions.worked(wanted, self._responsible)
            for group in self._project.documents.groups(wanted):
                ids_here = [document.id for document in group]
                annotations = self._project.log.annotations_of_many(ids_here)
                notes = self._project.log.notes_of_many(ids_here)
                for document in group:
                    number += 1
                    called = frozenset(done.get(document.id, ())) & self._people
                    state = self._state(called, worked=document.id in worked)
                    taken = self._take(document, annotations[document.id], notes[document.id], called, state, counts)
                    if taken is not None:
                        yield taken
                    seen(number)
            if not wanted:
                seen(number)
        counts.documents, counts.states = +counts.documents, +counts.states

    def _state(self, done: frozenset[str], *, worked: bool) -> DocumentState:
        """Return the state of a document; done are those asked for who called it done."""
        if done & self._responsible:
            return DocumentState.FINISHED
        return DocumentState.BEGUN if worked else DocumentState.UNTOUCHED

    def _take(
        self,
        document: Document,
        everyone: Sequence[Annotation],
        notes: Sequence[Note],
        done: frozenset[str],
        state: DocumentState,
        counts: SelectionCounts,
    ) -> AnnotatedDocument | None:
        """Return a document as it is taken, or None; everyone are everybody's annotations, by start and longest first.

        done are those asked for who called it done.
        """
        why = self._left_out(document, state)
        if why is not None:
            counts.documents[why] += 1
            counts.states[state] += 1
            counts.with_documents += len(everyone)
            return None
        asked = [a for a in everyone if a.annotator in self._people]
        counts.labels[ExclusionReason.OTHER_ANNOTATOR] += len(everyone) - len(asked)
        taken = self._settle(document.id, asked, done, counts)
        if self._selection.include_suggestions:
            suggested = self._suggested(document.id, asked)
            counts.suggestions += len(suggested)
            taken = taken + suggested
        if self._selection.include_suggestions or self._selection.resolution is Resolution.MAJORITY:
            taken = sorted(taken, key=reading_order)
        counts.labels = +counts.labels
        return AnnotatedDocument(document, tuple(taken), self._notes(notes, asked, taken, counts) if notes else ())

    def _notes(
        self,
        everyone: Iterable[Note],
        asked: Iterable[Annotation],
        taken: Iterable[Annotation],
        counts: SelectionCounts,
    ) -> tuple[Note, ...]:
        """Return those of everybody's notes that go with what is taken of a document: on it, and on labels that stand.

        A note on a label that a majority gave is one on the label that stands for it. Where adjudicators settle, only
        their notes count.
        """
        people = self._adjudicators if self._selection.resolution is Resolution.ADJUDICATED else self._people
        settled = {(a.span, a.label): a.id for a in taken if a.annotator == MAJORITY}
        stands = {a.id: settled.get((a.span, a.label), "") for a in asked} if settled else {}
        stands |= {a.id: a.id for a in taken} | {"": ""}
        notes = [n for n in everyone if n.annotator in people]
        kept = [replace(n, key=stands[n.key]) for n in notes if n.key in stands and (stands[n.key] or not n.key)]
        counts.notes += len(notes) - len(kept)
        return tuple(sorted(kept))

    def _left_out(self, document: Document, state: DocumentState) -> ExclusionReason | None:
        """Return why a document is left out, or None."""
        selection = self._selection
        if selection.since and document.date is None and not selection.include_undated:
            return ExclusionReason.UNDATED
        if selection.since and document.date and document.date < selection.since:
            return ExclusionReason.TOO_OLD
        if selection.resolution is Resolution.ADJUDICATED and state is not DocumentState.FINISHED:
            return ExclusionReason.NOT_ADJUDICATED
        if selection.documents.takes(state):
            return None
        return ExclusionReason.UNTOUCHED if selection.documents is Documents.LABELLED else ExclusionReason.NOT_DONE

    def _settle(
        self, document_id: str, asked: list[Annotation], done: frozenset[str], counts: SelectionCounts
    ) -> list[Annotation]:
        """Return those labels of the people asked for that stand."""
        whose = self._selection.resolution
        if whose is Resolution.ADJUDICATED:
            last = {who: self._last_edits.get((document_id, who), "") for who in done}
            judge = adjudicator(done, self._adjudicators, last)
            counts.by_several += len(done & self._adjudicators) > 1
            return self._only(asked, {judge or ""}, ExclusionReason.NOT_ADJUDICATOR, counts)
        if whose is Resolution.MAJORITY:
            worked = {a.annotator for a in asked} | {who for who, *_ in self._decisions(document_id)}
            voting = voters(done, worked)
            counts.by_one += len(voting) == 1
            given = self._only(asked, voting, ExclusionReason.NOT_DONE, counts)
            settled = majority(given, voting)
            stands = {(a.span, a.label) for a in settled}
            agreed = sum((a.span, a.label) in stands for a in given)
            counts.labels[ExclusionReason.NO_MAJORITY] += len(given) - agreed
            counts.agreed += agreed
            counts.settled += len(settled)
            return settled
        if self._selection.documents is Documents.FINISHED:
            return self._only(asked, done, ExclusionReason.NOT_DONE, counts)
        return asked

    @staticmethod
    def _only(
        annotations: Sequence[Annotation], people: Container[str], why: ExclusionReason, counts: SelectionCounts
    ) -> list[Annotation]:
        """Return the labels of some people, counting the others."""
        kept = [a for a in annotations if a.annotator in people]
        counts.labels[why] += len(annotations) - len(kept)
        return kept

    def _decisions(self, document_id: str) -> list[tuple[str, str, Any]]:
        """Return the decisions of those asked for on the suggestions in a document."""
        found = self._project.contributions.verdicts([document_id]).get(document_id, [])
        return [decision for decision in found if decision[0] in self._people]

    def _suggested(self, document_id: str, asked: Iterable[Annotation]) -> list[Annotation]:
        """Return the suggestions that none of those asked for has decided on, as the editor would show them."""
        assert self._reliability is not None  # noqa: S101 - it is there where suggestions are asked for
        verdicts = combined_verdicts((key, verdict) for _, key, verdict in self._decisions(document_id))
        offered = self._reliability.calibrated(self._project.suggestions.of(document_id))
        shown = visible_suggestions(offered, [a.span for a in asked], verdicts, 0.0, self._project.tagset.nested)
        return [as_annotation(suggestion) for suggestion in shown]


def as_annotation(suggestion: Suggestion) -> Annotation:
    """Return a suggestion as exports carry it: of nobody, with suggester and given score in its origin."""
    origin = Origin(OriginKind.SUGGESTION, suggestion.suggester, suggestion.given)
    return Annotation(suggestion.key, suggestion.span, suggestion.label, "", origin)


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Order annotations by start, then longest first, then id."""
    return annotation.span.start, -annotation.span.end, annotation.id
