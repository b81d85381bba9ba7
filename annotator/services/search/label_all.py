"""Labelling or clearing many places in many documents, as the writes of one edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.domain.model.edit import CellKind, Write
from annotator.domain.model.span import Span
from annotator.domain.review.board import Board
from annotator.domain.review.decisions import Hand, clear, spread
from annotator.storage.project import Project

DocumentSpan = tuple[str, Span]
"""(document id, place)."""


def label_all(project: Project, annotator: str, places: Iterable[DocumentSpan], label: str) -> list[Write]:
    """Return what gives a label to places; an annotator's own annotations that compete for one give way.

    Suggestions that are settled by it get their verdicts. annotator is an id. Places that have the label stay.
    """
    writes: list[Write] = []
    for hand, spans in _hands(project, annotator, places):
        intent = spread(hand, spans, label)
        writes.extend(intent.writes if intent else ())
    return writes


def clear_all(project: Project, annotator: str, places: Iterable[DocumentSpan]) -> list[Write]:
    """Return what removes an annotator's own annotations from places; annotator is an id."""
    writes: list[Write] = []
    for hand, spans in _hands(project, annotator, places):
        intent = clear(hand, spans)
        writes.extend(intent.writes if intent else ())
    return writes


def _hands(project: Project, annotator: str, places: Iterable[DocumentSpan]) -> Iterator[tuple[Hand, list[Span]]]:
    """Yield, document by document, the hand that writes in it, and the places there in their order."""
    by_document: dict[str, list[Span]] = defaultdict(list)
    for document, span in dict.fromkeys(places):
        by_document[document].append(span)
    for document, spans in by_document.items():
        board = Board(
            project.suggestions.of(document),
            project.log.annotations(document, annotator),
            project.log.verdicts(document, annotator),
            0.0,
            project.tagset.nested,
            project.log.cells(CellKind.NOTE, document, annotator),
        )
        yield Hand(board, document, annotator, project.labels.ids.in_log), sorted(spans)
