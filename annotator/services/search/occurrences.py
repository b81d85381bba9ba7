"""Find all occurrences of a name in an article or the project, and say which can get its label."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.notes import is_doubtful
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.visibility import conflict, rejected_spans, span_of_key
from annotator.services.progress import Progress
from annotator.services.search.match import Mode, finder
from annotator.storage.project import Project
from annotator.text.clitics.rule import clitic_length
from annotator.text.context import Context, context

_CHUNK = 50
_CONTEXT = 24
"""Code points before and after a name in which its neighbouring words are searched."""


class OccurrenceState(StrEnum):
    """What is at a place already. Only a free one is ticked at first.

    labelled: it has the label. other: it has another label. conflict: it overlaps another annotation. rejected,
    skipped: a suggestion there was rejected or skipped. doubtful: it is flagged. article: the name has an article here
    that the given name lacks.
    """

    FREE = "free"
    LABELLED = "labelled"
    OTHER = "other"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    DOUBTFUL = "doubtful"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of the name; rivals are the searching annotator's annotations that compete for it."""

    document: str
    title: str
    span: Span
    context: Context
    conflicting: tuple[Annotation, ...] = ()
    refused: bool = False
    with_article: bool = False
    skipped: bool = False
    doubtful: bool = False

    def state_for(self, label: str) -> OccurrenceState:
        """Return what is there with regard to a label."""
        same = next((a for a in self.conflicting if a.span == self.span), None)
        if same is not None:
            return OccurrenceState.LABELLED if same.label == label else OccurrenceState.OTHER
        if self.conflicting:
            return OccurrenceState.CONFLICT
        if self.refused:
            return OccurrenceState.REJECTED
        if self.skipped or self.doubtful:
            return OccurrenceState.DOUBTFUL if self.doubtful else OccurrenceState.SKIPPED
        return OccurrenceState.ARTICLE if self.with_article else OccurrenceState.FREE


class OccurrenceSearch:
    """The search for one name in one project by an annotator (an id)."""

    def __init__(self, project: Project, annotator: str, name: str) -> None:
        """Prepare the search; raises ValueError for a name without letters."""
        self._project = project
        self._annotator = annotator
        self._finder = finder(name, Mode.NAME, project.tagset)

    def candidates(self) -> array[int]:
        """Return the index numbers of the documents that may contain the name; the index must be complete."""
        return self._project.search_index.candidates(self._finder.literals)

    def places(self, document: Document) -> list[Occurrence]:
        """Return the occurrences in a document, in order, without those in page debris."""
        debris = document.debris()
        found = [f for f in self._finder.find(document.text) if not any(d.covers(f.span) for d in debris)]
        if not found:
            return []
        log, nested = self._project.log, self._project.tagset.nested
        own = {a.id: a for a in log.annotations(document.id, self._annotator)}
        there = OverlapIndex()
        for annotation in own.values():
            there.add(annotation.span, annotation.id)
        verdicts = log.verdicts(document.id, self._annotator)
        notes = log.note_values(document.id, self._annotator)
        refused = rejected_spans(verdicts.items())
        skipped = {span_of_key(key) for key, value in verdicts.items() if value["verdict"] == Verdict.SKIPPED}
        doubtful = {span_of_key(key) for key, value in notes.items() if ":" in key and is_doubtful(value)}
        return [
            Occurrence(
                document.id,
                document.title,
                f.span,
                context(document.text, f.span),
                tuple(own[key] for span, key in sorted(there.overlapping(f.span)) if conflict(span, f.span, nested)),
                f.span in refused,
                f.with_article,
                f.span in skipped,
                f.span in doubtful,
            )
            for f in found
        ]

    def in_corpus(
        self, candidates: Sequence[int], but: str, progress: Progress | None = None
    ) -> Iterator[list[Occurrence]]:
        """Yield the occurrences in the candidates, some documents at a time, without the document with the id but.

        progress is called with (candidates searched, all candidates); an exception that it raises stops the search.
        """
        for start in range(0, len(candidates), _CHUNK):
            if progress:
                progress(start, len(candidates))
            ids = self._project.search_index.ids(candidates[start : start + _CHUNK])
            documents = self._project.documents.get_many([i for i in ids if i != but])
            if places := [place for document in documents for place in self.places(document)]:
                yield places


def bare_name(text: str, span: Span) -> str:
    """Return a name in a text without the clitics before it, but with its article: ديالى for وديالى."""
    surface = span.of(text)
    if span.start and text[span.start - 1].isalnum():
        return surface
    word = surface.split(maxsplit=1)[0] if surface.strip() else surface
    rest = surface.split()[1:2] or text[span.end : span.end + _CONTEXT].split()[:1]
    before = text[max(0, span.start - _CONTEXT) : span.start].split()[-1:]
    return surface[clitic_length(word, "".join(before), "".join(rest)) :]
