"""Label or clear many places in many documents, as the writes of one edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.domain.model.edit import Write
from annotator.domain.model.span import Span
from annotator.domain.review.decisions import EditBuilder, label_spans, remove_labels
from annotator.domain.review.review_state import ReviewState
from annotator.storage.project import Project

DocumentSpan = tuple[str, Span]
"""(document id, place)."""


def label_all(project: Project, annotator: str, places: Iterable[DocumentSpan], label: str) -> list[Write]:
    """Return the writes that give places a label; annotator is an id.

    Places that have the label already stay as they are. Own annotations that compete with one are removed, and
    suggestions that this settles get their verdicts. Example: label_all(project, "a1", [("d1", Span(4, 10)), ("d2",
    Span(0, 6))], "LOC").
    """
    writes: list[Write] = []
    for builder, spans in _builders(project, annotator, places):
        unsaved = label_spans(builder, spans, label)
        writes.extend(unsaved.writes if unsaved else ())
    return writes


def clear_all(project: Project, annotator: str, places: Iterable[DocumentSpan]) -> list[Write]:
    """Return the writes that remove an annotator's own annotations from places; annotator is an id."""
    writes: list[Write] = []
    for builder, spans in _builders(project, annotator, places):
        unsaved = remove_labels(builder, spans)
        writes.extend(unsaved.writes if unsaved else ())
    return writes


def _builders(
    project: Project, annotator: str, places: Iterable[DocumentSpan]
) -> Iterator[tuple[EditBuilder, list[Span]]]:
    """Yield, for each document, what builds its writes, and the places in it in order."""
    by_document: dict[str, list[Span]] = defaultdict(list)
    for document, span in dict.fromkeys(places):
        by_document[document].append(span)
    for document, spans in by_document.items():
        state = ReviewState(
            project.suggestions.of(document),
            project.log.annotations(document, annotator),
            project.log.verdicts(document, annotator),
            0.0,
            project.tagset.nested,
            project.log.note_values(document, annotator),
        )
        yield EditBuilder(state, document, annotator, project.labels.ids.in_log), sorted(spans)
