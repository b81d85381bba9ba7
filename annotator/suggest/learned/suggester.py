"""A project's own model: a third CRF, which sees the starter's features and answers and uses the project's labels.

So it learns where the project agrees with the starter. The model is a folder with project.crfsuite and project.json
(train.py writes them). The description has the SHA-256 of the CRF, because native code reads that file and crashes on a
damaged one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ResourceError, SuggesterError
from annotator.resources import resource
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.model_folders import LEARNED_CRF, has_learned, learned_folder
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.starter.features import Features
from annotator.suggest.starter.starter_model import Found, StarterModel, found_in, open_tagger
from annotator.suggest.starter.suggester import StarterSuggester, token_sentences
from annotator.text.clitics.rule import name_start

DESCRIPTION = "project.json"
_QUARTERS = 4


def create(context: SuggesterContext) -> LearnedSuggester:
    """Make the suggester from the project's model; raises SuggesterError if there is none, or it is damaged."""
    folder = learned_folder(context.models, context.project)
    if not has_learned(context.models, context.project):
        raise SuggesterError(
            "This project has no model of its own yet. Decide on some articles, then run: annotator train PROJECT"
        )
    starter = StarterSuggester(context.tagset, resource("models", "starter"))
    try:
        return LearnedSuggester(folder, starter.model, context.tagset.clitics)
    except ResourceError as e:
        raise SuggesterError(e.message) from e


class LearnedSuggester:
    """Suggestions from a project's own model, in this process."""

    name = "learned"

    def __init__(self, folder: Path, starter: StarterModel, clitics: str) -> None:
        """Load a project's model; clitics is its tagset's policy. Raises ResourceError if a file is damaged."""
        try:
            written = (folder / DESCRIPTION).read_text(encoding="utf-8")
            described = json.loads(written)
            self._calibration = ModelCalibration(tuple(described["edges"]), tuple(described["values"]))
            if described["starter"] != starter.version:
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
            self._tagger = open_tagger(folder / LEARNED_CRF)
            digest = hashlib.sha256(written.encode() + crf)
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise ResourceError("The project's model in {folder} is damaged. Train it again.", folder=folder) from e
        self.version = digest.hexdigest()[:8]
        self._starter, self._clitics = starter, clitics

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text, by start."""
        return tuple(
            Suggestion(span, found.label, found.score, self.name, self.version)
            for span, found in read(text, self._starter, self._tagger, self._calibration, self._clitics)
        )

    def close(self) -> None:
        """Do nothing: there is no process or file to close."""


def read(
    text: str, starter: StarterModel, tagger: pycrfsuite.Tagger, calibration: ModelCalibration, clitics: str
) -> Iterator[tuple[Span, Found]]:
    """Yield what a project's CRF finds in a text, with its span; clitics is the policy for the first word."""
    sentences = list(token_sentences(text))
    for tokens, rows in zip(sentences, describe(starter, [[t.text for t in s] for s in sentences]), strict=True):
        words = [token.text for token in tokens]
        for found in found_in(tagger, rows, calibration):
            before = words[found.first - 1] if found.first else ""
            behind = words[found.first + 1] if found.first + 1 < len(words) else ""
            first = tokens[found.first]
            start = first.span.start + name_start(first.text, clitics, before, behind)
            yield Span(start, tokens[found.end - 1].end), found


def describe(starter: StarterModel, sentences: Sequence[Sequence[str]]) -> list[list[Features]]:
    """Return the features for a project's CRF: the starter's features, and its answers here and at the neighbours."""
    described = []
    for rows in starter.features(sentences):
        said = [["S=O"] for _ in rows]
        for found in starter.found(rows):
            sure = int(found.score * _QUARTERS)
            for i in range(found.first, found.end):
                tag = ("B-" if i == found.first else "I-") + found.label
                said[i] = [f"S={tag}", f"S={tag}{sure}"]
        described.append(
            [
                [
                    *row,
                    *said[i],
                    *(f"-1{feature}" for feature in (said[i - 1] if i else ())),
                    *(f"+1{feature}" for feature in (said[i + 1] if i + 1 < len(rows) else ())),
                ]
                for i, row in enumerate(rows)
            ]
        )
    return described
