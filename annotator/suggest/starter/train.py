"""Train the starter: `python -m annotator.suggest.starter.train NEWSFANE_FILE OUT`.

OUT becomes a model folder (see starter_model.py) with the bundled tables. Scores come from cross-validation over blocks
of neighbouring sentences, so that no article is on both sides. The same input gives the same model.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from annotator.domain.corpus.iob import decode_iob2
from annotator.resources import resource
from annotator.suggest.model_calibration import ModelCalibration, fit
from annotator.suggest.starter.features import FeatureExtractor, Features
from annotator.suggest.starter.gazetteer import CUES, GAZETTEER, Gazetteer
from annotator.suggest.starter.newsfane import natural, read, relabelled
from annotator.suggest.starter.starter_model import DESCRIPTION, FIRST, SECOND, found_in, join, open_tagger

FOLDS = 4
ITERATIONS = 60
BLOCK = 25
"""Neighbouring sentences that count as one document: the corpus does not mark the ends of articles."""

ALONE = 0.3
"""The share of sentences that the second CRF sees without features of a document around them."""

_OPTIONS = {"c1": 0.1, "c2": 0.01, "feature.possible_transitions": True}

Rows = Sequence[Sequence[Features]]


def train(rows: Rows, tags: Sequence[Sequence[str]], path: Path, iterations: int = ITERATIONS) -> None:
    """Train one CRF and write it to path."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**_OPTIONS, "max_iterations": iterations})
    for features, row in zip(rows, tags, strict=True):
        trainer.append(features, row)
    trainer.train(str(path))


def held_out_taggers(
    rows: Rows, tags: Sequence[Sequence[str]], out: Path
) -> Iterator[tuple[pycrfsuite.Tagger, list[int]]]:
    """Yield, for each of FOLDS parts of the corpus, a CRF trained on all others, and the numbers of its sentences."""
    parts = [i * FOLDS // len(rows) for i in range(len(rows))]
    for part in range(FOLDS):
        path = out / f"part{part}.crfsuite"
        others = [i for i, p in enumerate(parts) if p != part]
        train([rows[i] for i in others], [tags[i] for i in others], path)
        yield open_tagger(path), [i for i, p in enumerate(parts) if p == part]


def held_out(rows: Rows, tags: Sequence[Sequence[str]], out: Path) -> list[list[str]]:
    """Return tags for every sentence from a CRF that was not trained on its part of the corpus."""
    found: list[list[str]] = [[] for _ in rows]
    for tagger, sentences in held_out_taggers(rows, tags, out):
        for i in sentences:
            found[i] = tagger.tag(rows[i])
    return found


def with_documents(
    extractor: FeatureExtractor, words: Sequence[Sequence[str]], rows: Rows, tags: Sequence[Sequence[str]]
) -> list[list[Features]]:
    """Return the rows with the features that the rest of each sentence's block adds."""
    result: list[list[Features]] = []
    for at in range(0, len(words), BLOCK):
        block = slice(at, at + BLOCK)
        more = extractor.document(words[block], tags[block])
        result += [join(own, added) for own, added in zip(rows[block], more, strict=True)]
    return result


def main(corpus: Path, out: Path) -> None:
    """Train both CRFs and write the model's folder."""
    out.mkdir(parents=True, exist_ok=True)
    tables = resource("models", "starter")
    for name in (GAZETTEER, CUES):
        if not (out / name).exists():
            shutil.copy(tables / name, out / name)
    gazetteer = Gazetteer.read(out)
    extractor = FeatureExtractor(gazetteer)
    sentences = [relabelled(natural(sentence), gazetteer) for sentence in read(corpus)]
    words = [[word for word, _ in sentence] for sentence in sentences]
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    rows = [extractor.sentence(sentence) for sentence in words]

    first = held_out(rows, tags, out)
    _say("first reading, cross-validated", tags, first)
    wider = with_documents(extractor, words, rows, first)
    chance = random.Random(0)
    mixed = [own if chance.random() < ALONE else more for own, more in zip(rows, wider, strict=True)]
    calibration = calibrate(wider, mixed, tags, out)
    train(rows, tags, out / FIRST)
    train(mixed, tags, out / SECOND)
    described = {"edges": calibration.edges, "values": calibration.values}
    (out / DESCRIPTION).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def calibrate(wider: Rows, mixed: Rows, tags: Sequence[Sequence[str]], out: Path) -> ModelCalibration:
    """Calibrate the second CRF on parts that it was not trained on, and print its scores there."""
    parts = [i * FOLDS // len(wider) for i in range(len(wider))]
    cases = []
    found: list[list[tuple[int, int, str]]] = [[] for _ in wider]
    for part in range(FOLDS):
        path = out / f"part{part}.crfsuite"
        others = [i for i, p in enumerate(parts) if p != part]
        train([mixed[i] for i in others], [tags[i] for i in others], path)
        tagger = open_tagger(path)
        for i, p in enumerate(parts):
            if p == part:
                right = set(coarse(decode_iob2(tags[i])))
                for item in found_in(tagger, wider[i], ModelCalibration()):
                    found[i].append((item.first, item.end, item.label))
                    cases.append((item.score, not right.isdisjoint(coarse([found[i][-1]]))))
        path.unlink()
    _print("second reading, cross-validated", [decode_iob2(row) for row in tags], found)
    return fit(cases)


def coarse(entities: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return entities with the part of the class before the full stop."""
    return [(first, end, label.partition(".")[0]) for first, end, label in entities]


def _say(title: str, gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> None:
    _print(title, [decode_iob2(row) for row in gold], [decode_iob2(row) for row in found])


def _print(
    title: str, gold: Sequence[Sequence[tuple[int, int, str]]], found: Sequence[Sequence[tuple[int, int, str]]]
) -> None:
    right = wanted = made = 0
    for a, b in zip(gold, found, strict=True):
        true, guess = ({e for e in coarse(row) if e[2] in ("PERS", "LOC", "ORG")} for row in (a, b))
        right, wanted, made = right + len(true & guess), wanted + len(true), made + len(guess)
    print(f"{title}: precision {right / made:.3f}, recall {right / wanted:.3f}, F1 {2 * right / (made + wanted):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="newsfane-train.conll")
    parser.add_argument("out", type=Path, help="the model's folder")
    arguments = parser.parse_args()
    main(arguments.corpus, arguments.out)
