"""The project of the guided tour: one bundled article whose suggestions are right and wrong on purpose."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.resources import resource
from annotator.services.document_metrics import metric_inputs
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, available

_TAGSET, _VERSION = "security", "tour"


def make_tour(path: Path, annotator: Annotator) -> Project:
    """Create the project in a new file, led by an annotator, and return it open.

    Every suggester counts as having run, so that none adds to the suggestions. Raises ProjectError if the file cannot
    be written.
    """
    content = json.loads(resource("tour", "article.json").read_text(encoding="utf-8"))
    text = content["text"]
    document = Document(document_id(text), text, title=text.partition("\n")[0])
    suggestions = [_suggestion(text, **suggestion) for suggestion in content["suggestions"]]
    project = Project.create(path, load_tagset(_TAGSET), founder=annotator)
    project.documents.add(document)
    names = available(SuggesterContext(project.tagset))
    answers = {**dict.fromkeys(names, ()), COMBINED: suggestions}
    project.suggestions.replace_many((document.id, name, _VERSION, given) for name, given in answers.items())
    project.metrics.update([document.id], metric_inputs(project), {document.id: b""})
    project.metrics.set_repeats({}, 1)
    return project


def _suggestion(text: str, name: str, label: str, nth: int = 0) -> Suggestion:
    """Return a suggestion for an occurrence of a name, the first by default."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Suggestion(Span(start, start + len(name)), label, 0.9, COMBINED, _VERSION)
