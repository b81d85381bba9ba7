"""CAMeL NER by our batching against NERecognizer.predict: same labels, less time, less memory.

pytest -m "camel and long" -s tests/benchmarks/test_camel.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.document import Document
from annotator.suggest.camel.suggester import words_of
from annotator.suggest.camel.wordpieces import clean_word
from annotator.suggest.camel.worker import environment
from tests.conftest import ROOT
from tests.suggest.conftest import camel_shapes
from tests.suggest.model_maker import write_full_model

__all__ = ["camel_shapes"]

SENTENCES = 200


def real_sentences(corpora: Path) -> Iterator[list[str]]:
    """Yield the sentences of a day of news as our tokenizer cuts them, without words that CAMeL has no answer for."""
    day = json.loads((corpora / "saudinewsnet" / "2015-08-08.json").read_text(encoding="utf-8"))
    for article in day:
        text = article["content"]
        for spans in words_of(Document("", text)):
            words = [word for word in (span.of(text) for span in spans) if clean_word(word) == word]
            if words:
                yield words


def measure(who: str, folder: Path, sentences: list[list[str]]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.camel_timing", who, str(folder)],
        input=json.dumps(sentences),
        env=environment(1),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


@pytest.mark.camel
@pytest.mark.long
def test_three_times_as_fast_as_camel_with_the_same_labels(
    corpora: Path, camel_shapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_full_model(tmp_path, camel_shapes) / "ner" / "arabert"
    everything = list(real_sentences(corpora))
    sentences = everything[:: len(everything) // SENTENCES][:SENTENCES]
    ours, theirs = measure("ours", folder, sentences), measure("theirs", folder, sentences)
    (folder / "model.safetensors").unlink()
    words = sum(map(len, sentences))
    with capsys.disabled():
        print(f"\n{len(sentences)} sentences, {words} words, one thread")
        for name, measured in (("NERecognizer.predict", theirs), ("ours", ours)):
            print(
                f"{name:>21}: {measured['seconds']:6.1f} s, {measured['cpu']:6.1f} s of processor, "
                f"{words / measured['cpu']:5.0f} words/s, peak {measured['peak']:5.0f} MB "
                f"({measured['loaded']:.0f} MB once loaded)"
            )
        print(f"{theirs['cpu'] / ours['cpu']:.1f} times as fast by processor time")
    assert ours["tags"] == theirs["tags"]
    assert theirs["cpu"] / ours["cpu"] >= 3
