"""Label or clear many places in many documents, as the writes of one edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from annotator.domain.model.edit import Write
from annotator.domain.model.span import Span
from annotator.domain.review.decisions import EditBuilder, UnsavedEdit, label_spans, remove_labels
from annotator.domain.review.review_state import ReviewState
from annotator.storage.project import Project

DocumentSpan = tuple[str, Span]
"""(document id, place)."""


def label_all(project: Project, annotator: str, places: Iterable[DocumentSpan], label: str) -> list[Write]:
    """Return the writes that give places a label; annotator is an id.

    Places that have the label already stay as they are. Own annotations that compete with one are removed, and
    suggestions that this settles get their verdicts.

    Example: label_all(project, "a1", [("d1", Span(4, 10)), ("d2", Span(0, 6))], "LOC")
    """
    return _writes(project, annotator, places, lambda builder, spans: label_spans(builder, spans, label))


def clear_all(project: Project, annotator: str, places: Iterable[DocumentSpan]) -> list[Write]:
    """Return the writes that remove an annotator's own annotations from places; annotator is an id."""
    return _writes(project, annotator, places, remove_labels)


def _writes(
    project: Project,
    annotator: str,
    places: Iterable[DocumentSpan],
    edit: Callable[[EditBuilder, list[Span]], UnsavedEdit | None],
) -> list[Write]:
    """Return the writes of an edit in each document; edit is called with its places in order."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for document, span in dict.fromkeys(places):
        spans[document].append(span)
    edits = (edit(edit_builder(project, annotator, document), sorted(spans[document])) for document in spans)
    return [write for unsaved in edits if unsaved for write in unsaved.writes]


def edit_builder(project: Project, annotator: str, document: str) -> EditBuilder:
    """Return a builder for the decisions of an annotator in a document; both are ids."""
    state = ReviewState(
        project.suggestions.of(document),
        project.log.annotations(document, annotator),
        project.log.verdicts(document, annotator),
        0.0,
        project.tagset.nested,
        project.log.note_values(document, annotator),
    )
    return EditBuilder(state, document, annotator, project.labels.ids.in_log)
