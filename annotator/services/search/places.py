"""Read the words around places in the articles."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.model.span import Span
from annotator.storage.project import Project
from annotator.text.context import Context, context, first_line


def read_contexts(project: Project, places: Sequence[tuple[str, Span | None]]) -> list[tuple[str, Context]]:
    """Return the title of the document of each place, (document id, span), and the words around the place.

    For the span None, the words are the start of the document. Both are "" for a document that was removed meanwhile.
    """
    documents = {d.id: d for d in project.documents.get_many(sorted({document for document, _ in places}))}
    found = []
    for document_id, span in places:
        document = documents.get(document_id)
        if document is None:
            found.append(("", first_line("")))
        else:
            words = first_line(document.text) if span is None else context(document.text, span)
            found.append((document.title, words))
    return found
