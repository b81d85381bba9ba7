"""Record what NERecognizer of CAMeL Tools labels with the small model of the tests, for golden_labels.json.

It needs torch and transformers, so it runs in the environment of `make interop`:
`python -m tests.suggest.camel.golden_labels`. tests/interop/test_camel.py checks that the file is up to date.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from camel_tools.tokenizers.word import simple_word_tokenize

from annotator.resources import resource
from annotator.suggest.camel.wordpieces import clean_word
from tests.conftest import ROOT
from tests.suggest.model_maker import write_small_weights

GOLDEN = Path(__file__).with_name("golden_labels.json")
PREDICT = """
import json, sys
from camel_tools.ner import NERecognizer
recogniser = NERecognizer(sys.argv[1], use_gpu=False)
json.dump(recogniser.predict(json.load(sys.stdin)), sys.stdout)
"""
LONGEST = 400
"""Words; some of the sentences need several segments of 254 pieces."""


def reference_environment() -> dict[str, str]:
    """Return an environment in which camel_tools.ner finds a catalogue and asks no network."""
    catalogue = str(ROOT / "tests" / "data" / "camel")
    return {**os.environ, "CAMELTOOLS_DATA": catalogue, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}


def predict(folder: Path, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the labels of NERecognizer itself, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PREDICT, str(folder)],
        input=json.dumps(sentences),
        env=reference_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    tags: list[list[str]] = json.loads(done.stdout)
    return tags


def well_defined(words: Sequence[str]) -> list[str]:
    """Return the words on which NERecognizer's answer means something, and which our cleaning leaves alone."""
    return [word for word in words if word and clean_word(word) == word]


def golden_sentences() -> list[list[str]]:
    """Return the paragraphs of three sample articles, each article as one long sentence, and an empty sentence."""
    sentences: list[list[str]] = [[]]
    for path in sorted(resource("samples").glob("0[1-3]*.txt")):
        text = path.read_text(encoding="utf-8")
        sentences += [words for line in text.split("\n") if (words := well_defined(simple_word_tokenize(line)))]
        sentences.append(well_defined(simple_word_tokenize(text))[:LONGEST])
    return sentences


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        sentences = golden_sentences()
        tags = predict(write_small_weights(Path(folder) / "model"), sentences)
    lines = (json.dumps(pair, ensure_ascii=False) for pair in zip(sentences, tags, strict=True))
    GOLDEN.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
