"""Which documents need new suggestions after training: unfinished ones, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.review.visibility import span_of_key
from annotator.storage.project import Project

_REFUSALS: tuple[str, ...] = (Verdict.REJECTED, Verdict.CORRECTED)


def nearest(
    project: Project, document_id: str, annotator_id: str, most: int, order: DocumentOrder = DocumentOrder.IMPORTED
) -> list[str]:
    """Return up to most documents that the annotator has not finished, by distance from one in an order.

    That document comes first if it is not finished. Of two at the same distance the later one comes first.
    """
    place = project.documents.position(document_id, order)
    start = max(0, place - most)
    around = enumerate(project.documents.page_ids(start, place + most + 1 - start, order), start)
    ranked = sorted(around, key=lambda at: (abs(at[0] - place), at[0] < place))
    todo: list[str] = []
    for _, found in ranked:
        if len(todo) == most:
            break
        if not project.log.is_done(found, annotator_id):
            todo.append(found)
    return todo


def with_names_of(project: Project, document_ids: Sequence[str], annotator_id: str, most: int) -> list[str]:
    """Return up to most unfinished documents that may contain a name decided on in some others.

    Only documents in the search index are found.
    """
    names: dict[str, None] = {}
    for document in project.documents.get_many(document_ids):
        refused = (
            span_of_key(key)
            for key, verdict in project.log.verdicts(document.id, annotator_id).items()
            if verdict["verdict"] in _REFUSALS
        )
        for span in (*(a.span for a in project.log.annotations(document.id, annotator_id)), *refused):
            names[span.of(document.text)] = None
    numbers = {number: None for name in names for number in project.search_index.candidates([name])}
    found = project.search_index.ids(numbers)
    return list(islice((each for each in found if not project.log.is_done(each, annotator_id)), most))
