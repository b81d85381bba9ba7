"""A project's own model: a CRF that reads words and the answers of other suggesters, and uses the project's labels.

So it learns where the project agrees with them. The model is a folder with project.crfsuite and project.json (train.py
writes them). The description has the SHA-256 of the CRF, because native code reads that file and crashes on a damaged
one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pycrfsuite

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ResourceError, SuggesterError
from annotator.suggest.learned.reader import FEATURES, StackedReader
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.model_folders import LEARNED_CRF, has_learned, learned_folder
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.starter.starter_model import open_tagger

DESCRIPTION = "project.json"


def create(context: SuggesterContext) -> LearnedSuggester:
    """Make the suggester from the project's model; raises SuggesterError if there is none, or it is damaged."""
    folder = learned_folder(context.models, context.project)
    if not has_learned(context.models, context.project):
        raise SuggesterError(
            "This project has no model of its own yet. Decide on some articles, then run: annotator train PROJECT"
        )
    try:
        return LearnedSuggester(folder, StackedReader(context.tagset))
    except ResourceError as e:
        raise SuggesterError(e.message) from e


class CrfSuggester:
    """Suggestions from a CRF that reads words and the answers of other suggesters, in this process."""

    name = ""
    version = ""

    def __init__(self, reader: StackedReader, tagger: pycrfsuite.Tagger, calibration: ModelCalibration) -> None:
        self._reader, self._tagger, self._calibration = reader, tagger, calibration

    def combine(self, document: Document, proposals: Mapping[str, Iterable[Suggestion]]) -> tuple[Suggestion, ...]:
        """Return the suggestions for a document; proposals has answers of other suggesters that are there already."""
        described = self._reader.describe(document, proposals)
        return outside_debris(
            document,
            (
                Suggestion(span, found.label, found.score, self.name, self.version)
                for span, found in self._reader.read(described, self._tagger, self._calibration)
            ),
        )

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, self.combine(document, {})

    def close(self) -> None:
        """Close the suggesters that were asked."""
        self._reader.close()


class LearnedSuggester(CrfSuggester):
    """Suggestions from a project's own model."""

    name = "learned"

    def __init__(self, folder: Path, reader: StackedReader) -> None:
        """Load a project's model. Raises ResourceError if a file is damaged."""
        try:
            written = (folder / DESCRIPTION).read_text(encoding="utf-8")
            described = json.loads(written)
            calibration = ModelCalibration(tuple(described["edges"]), tuple(described["values"]))
            if described.get("features") != FEATURES:
                raise ResourceError(
                    "The project's model in {folder} was made by another version of the program. Train it again.",
                    folder=folder,
                )
            crf = (folder / LEARNED_CRF).read_bytes()
            if described["sha256"] != hashlib.sha256(crf).hexdigest():
                raise ResourceError(
                    "The project's model in {folder} was changed after its training. Train it again.",
                    folder=folder,
                )
            super().__init__(reader, open_tagger(folder / LEARNED_CRF), calibration)
            digest = hashlib.sha256(written.encode() + crf)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
            raise ResourceError("The project's model in {folder} is damaged. Train it again.", folder=folder) from e
        self.version = digest.hexdigest()[:8]
