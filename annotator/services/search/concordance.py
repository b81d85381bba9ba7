"""Concordance: every place in the project with a text, pattern, label or annotator, page by page."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.services.progress import Progress
from annotator.services.search.match import Finder, Mode, finder
from annotator.storage.project import Project
from annotator.text.context import Context, context

PAGE_HITS = 100
"""A page ends after the document in which it reaches this number of hits."""
_CHUNK = 50
"""Documents read at a time."""
_MOST_DOCUMENTS = 300
"""The most documents searched for one page, so that nobody waits long for it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: a text, or annotations with a label or by an annotator (an id) that overlap the text."""

    text: str = ""
    mode: Mode = Mode.NAME
    label: str = ""
    annotator: str = ""

    @property
    def is_empty(self) -> bool:
        """Return True if nothing is searched for."""
        return not (self.text.strip() or self.label or self.annotator)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place. held is the annotation that was found, or the searching annotator's own annotation there, if any."""

    document: str
    title: str
    span: Span
    context: Context
    held: Annotation | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, and the position in the candidates at which the next page starts."""

    hits: tuple[Hit, ...]
    next: int


class Concordance:
    """One search in one project; nothing is kept between pages."""

    def __init__(self, project: Project, me: str, query: Query) -> None:
        """Prepare a search for the annotator with the id me; raises PatternError for an invalid pattern."""
        self._project = project
        self._me = me
        self._query = query
        self._finder: Finder | None = None
        if query.text.strip():
            self._finder = finder(query.text, query.mode, project.tagset)

    def candidates(self) -> array[int]:
        """Return the index numbers of the documents that may contain a place."""
        literals = self._finder.literals if self._finder else ()
        return self._project.search_index.candidates(literals, self._query.label, self._query.annotator)

    def page(self, candidates: Sequence[int], start: int, progress: Progress | None = None) -> Page:
        """Return about a hundred hits in the candidates from start on, or fewer if they are far apart.

        progress is called with (candidates searched, all candidates); an exception that it raises stops the search.
        """
        hits: list[Hit] = []
        last = min(start + _MOST_DOCUMENTS, len(candidates))
        while start < last and len(hits) < PAGE_HITS:
            few = candidates[start : start + _CHUNK]
            documents = self._project.documents.get_many(self._project.search_index.ids(few))
            # Another window may have rebuilt the index, so that these numbers belong to other documents or none.
            gone = len(few) - len(documents)
            for document in documents:
                hits.extend(self.hits(document))
                start += 1
                if len(hits) >= PAGE_HITS and not gone:
                    break
            start += gone
            if progress:
                progress(start, len(candidates))
        return Page(tuple(hits), start)

    def hits(self, document: Document) -> Iterator[Hit]:
        """Yield the hits in one document."""
        found = [each.span for each in self._finder.find(document.text)] if self._finder else []
        if self._query.label or self._query.annotator:
            annotations = [a for a in self._project.log.annotations(document.id) if self._is_meant(a)]
            if self._finder:
                annotations = [a for a in annotations if any(a.span.overlaps(span) for span in found)]
            places: Iterator[tuple[Span, Annotation | None]] = ((a.span, a) for a in annotations)
        else:
            mine = self._project.log.annotations(document.id, self._me) if found else []
            places = ((span, held_at(span, mine)) for span in found)
        for span, held in places:
            yield Hit(document.id, document.title, span, context(document.text, span), held)

    def _is_meant(self, annotation: Annotation) -> bool:
        label, annotator = self._query.label, self._query.annotator
        return label in ("", annotation.label) and annotator in ("", annotation.annotator)


def look_again(project: Project, me: str, hits: Sequence[Hit], documents: Collection[str]) -> list[Hit]:
    """Return the hits, those in some documents with what is at their places now, without those that were removed."""
    removed = project.documents.removed(documents)
    there = {document: project.log.annotations(document) for document in documents}

    def now(hit: Hit) -> Annotation | None:
        """Return the hit's annotation if another annotator still has it, otherwise what me has at the place."""
        annotations = there[hit.document]
        if hit.held and hit.held.annotator != me:
            return next((a for a in annotations if a.id == hit.held.id), None)
        return held_at(hit.span, [a for a in annotations if a.annotator == me])

    left = [hit for hit in hits if hit.document not in removed]
    return [replace(hit, held=now(hit)) if hit.document in there else hit for hit in left]


def held_at(span: Span, annotations: Sequence[Annotation]) -> Annotation | None:
    """Return the annotation with exactly this span, otherwise the first that overlaps it, or None."""
    there = [a for a in annotations if a.span.overlaps(span)]
    return next((a for a in there if a.span == span), there[0] if there else None)


def complete_index(project: Project, progress: Progress | None = None) -> int:
    """Add all missing documents to the index, and return how many were missing.

    progress is called with (documents done, documents missing). If it raises an exception, the rest is left for later.
    """
    missing = project.search_index.missing()
    for start in range(0, len(missing), _CHUNK):
        if progress:
            progress(start, len(missing))
        project.search_index.add(missing[start : start + _CHUNK])
    return len(missing)
