"""The stacked suggester: a CRF for security news that reads words and the answers of four other suggesters.

It was trained on the labelled articles of this project as a project's own model is on the project's decisions (see
annotator.suggest.learned). resources/models/stacked/README.md describes it. It knows the answers by the labels of the
tagset `security`, so for tagsets that lack one of these it proposes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ResourceError, SuggesterError
from annotator.resources import resource
from annotator.suggest.learned.reader import SOURCES, StackedReader
from annotator.suggest.learned.suggester import CrfSuggester
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.registry import SuggesterContext
from annotator.suggest.starter.starter_model import open_tagger

CRF, DESCRIPTION = "model.crfsuite", "model.json"
STACKED_SOURCES = (*SOURCES, "network")
"""The suggesters whose answers the CRF reads."""


class StackedSuggester(CrfSuggester):
    """Suggestions from the bundled CRF."""

    name = "stacked"

    def __init__(self, context: SuggesterContext, folder: Path) -> None:
        """Load the bundled model. Raises ResourceError if a file is missing or damaged."""
        path = folder / DESCRIPTION
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
            calibration = ModelCalibration(tuple(described["edges"]), tuple(described["values"]))
            self.version = str(described["version"])
            labels = frozenset(described["labels"])
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise ResourceError(
                "Cannot read the model file {path} ({why}). Reinstall the program.", path=path, why=e
            ) from e
        reader = StackedReader(context.tagset, STACKED_SOURCES)
        super().__init__(reader, open_tagger(folder / CRF), calibration)
        self._speaks = labels <= {label.id for label in context.tagset.labels}

    def combine(self, document: Document, proposals: Mapping[str, Iterable[Suggestion]]) -> tuple[Suggestion, ...]:
        """Return the suggestions for a document; see registry.Combining."""
        return super().combine(document, proposals) if self._speaks else ()


def create(context: SuggesterContext) -> StackedSuggester:
    """Make the suggester from the bundled model; raises SuggesterError if it cannot be read."""
    try:
        return StackedSuggester(context, resource("models", "stacked"))
    except ResourceError as e:
        raise SuggesterError(e.message) from e
