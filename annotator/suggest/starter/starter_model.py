"""The starter's model: two CRFs; the second also sees what the first found elsewhere in the document.

A folder holds first.crfsuite, second.crfsuite, model.json (the calibration) and the gazetteer's tables.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from annotator.domain.corpus.iob import OUTSIDE, decode_iob2
from annotator.errors import ResourceError
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.starter.features import Features, read_extractor
from annotator.suggest.starter.gazetteer import CUES, GAZETTEER

FIRST, SECOND, DESCRIPTION = "first.crfsuite", "second.crfsuite", "model.json"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity: words first to end (exclusive) of one sentence, its class, and the model's score from 0 to 1."""

    first: int
    end: int
    label: str
    score: float


class StarterModel:
    """A loaded model; not thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Load a model's folder; raises ResourceError if a file is missing or malformed."""
        self.extractor = read_extractor(folder)
        try:
            described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            self.calibration = ModelCalibration(tuple(described["edges"]), tuple(described["values"]))
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise ResourceError(
                "Cannot read the starter's {path}. Reinstall the program.", path=folder / DESCRIPTION
            ) from e
        self._first, self._second = open_tagger(folder / FIRST), open_tagger(folder / SECOND)
        files = (GAZETTEER, CUES, FIRST, SECOND, DESCRIPTION)
        self.version = hashlib.sha256(b"".join((folder / name).read_bytes() for name in files)).hexdigest()[:8]

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Found]]:
        """Return the entities in each sentence of one document, given as words."""
        return [self.found(rows) for rows in self.features(sentences)]

    def found(self, rows: Sequence[Features]) -> list[Found]:
        """Return the entities in one sentence, given as features."""
        return found_in(self._second, rows, self.calibration)

    def features(self, sentences: Sequence[Sequence[str]]) -> list[list[Features]]:
        """Return the second CRF's features for each sentence of one document, given as words."""
        features = [self.extractor.sentence(words) for words in sentences]
        tags = [self._first.tag(pycrfsuite.ItemSequence(rows)) for rows in features]
        elsewhere = self.extractor.document(sentences, tags)
        return [join(rows, more) for rows, more in zip(features, elsewhere, strict=True)]


def join(rows: Sequence[Features], more: Sequence[Features]) -> list[Features]:
    """Return each word's features with those that its document adds."""
    return [own + added for own, added in zip(rows, more, strict=True)]


def found_in(tagger: pycrfsuite.Tagger, rows: Sequence[Features], calibration: ModelCalibration) -> list[Found]:
    """Tag one sentence and return its entities with scores."""
    tags = tagger.tag(pycrfsuite.ItemSequence(rows))
    if tags.count(OUTSIDE) == len(tags):
        return []
    alike: dict[str, list[str]] = defaultdict(list)
    for name in tagger.labels():
        alike[name.partition(".")[0]].append(name)
    found = []
    for first, end, label in decode_iob2(tags):
        raw = min(sum(tagger.marginal(name, i) for name in alike[tags[i].partition(".")[0]]) for i in range(first, end))
        found.append(Found(first, end, label, round(calibration(raw), 4)))
    return found


def open_tagger(path: Path) -> pycrfsuite.Tagger:
    """Open one CRF; raises ResourceError if the file is missing or not a CRF."""
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(path))
    except (OSError, ValueError) as e:
        raise ResourceError(
            "Cannot read the model file {path} ({why}). Reinstall the program.", path=path, why=e
        ) from e
    return tagger
