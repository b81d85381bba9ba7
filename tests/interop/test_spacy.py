"""spaCy loads the DocBin, finds the same spans, and trains a step on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from tests.interop.conftest import DOCUMENTS, part, program, surfaces


def test_spacy_finds_the_same_spans(tmp_path: Path) -> None:
    spacy = program("spacy")
    path = tmp_path / "train.spacy"
    list(find_writer("spacy").write(DOCUMENTS, path, WriteOptions(include_debris=True)))
    docs = list(part("spacy.tokens").DocBin().from_disk(path).get_docs(spacy.blank("ar").vocab))
    assert [doc.text for doc in docs] == [each.document.text for each in DOCUMENTS]
    for doc, source in zip(docs, DOCUMENTS, strict=True):
        assert sorted((span.text, span.label_) for span in doc.spans["sc"]) == surfaces(source)
        assert {(e.text, e.label_) for e in doc.ents} <= set(surfaces(source))


def test_spacy_trains_a_step(tmp_path: Path) -> None:
    program("spacy")
    path = tmp_path / "train.spacy"
    list(find_writer("spacy").write(DOCUMENTS, path, WriteOptions()))
    config = tmp_path / "config.cfg"
    spacy = [sys.executable, "-m", "spacy"]
    subprocess.run([*spacy, "init", "config", config, "--lang", "ar", "--pipeline", "ner"], check=True)
    steps = ["--training.max_steps", "1", "--training.eval_frequency", "1", "--output", str(tmp_path / "model")]
    paths = ["--paths.train", str(path), "--paths.dev", str(path)]
    done = subprocess.run([*spacy, "train", config, *paths, *steps], check=True, capture_output=True, text=True)
    assert (tmp_path / "model" / "model-last" / "ner").is_dir(), done.stdout
