"""Which folder holds a whole model, and what is said of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import SuggesterError
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.model_folders import (
    CHOICE,
    CONVERSION,
    NER,
    Precision,
    choose_precision,
    find_model,
    fingerprint,
    usable_model,
)
from annotator.suggest.registry import SuggesterContext, create
from tests.suggest.model_maker import write_small_model


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    return write_small_model(tmp_path / "models")


def test_a_whole_model_is_found(models: Path) -> None:
    found = find_model(models)
    assert found is not None
    assert found.path == models / NER
    assert found.problem == ""
    assert found.precision is Precision.FP32
    assert usable_model(models) == found


def test_no_folder_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    assert find_model(tmp_path) is None
    assert usable_model(tmp_path) is None


def spoil(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("config.json", None, "has no config.json"),
        ("vocab.txt", None, "has no vocab.txt"),
        (CONVERSION, None, "has no conversion.json"),
        (CONVERSION, b"{}", "damaged file"),
        (CONVERSION, b"[]", "damaged file"),
        (CONVERSION, b'{"words": 1, "agreement": 1, "sizes": {"fp64": 3}}', "damaged file"),
        (CHOICE, b"int4", "damaged file"),
        ("model.onnx", None, "has no model.onnx"),
        ("model.onnx", b"", "incomplete or damaged"),
        ("model_int8.onnx_data", None, "has no model_int8.onnx_data"),
        ("model_int8.onnx_data", b"", "incomplete or damaged"),
        ("config.json", b"{", "damaged file"),
        ("config.json", b"[]", "not a BERT model"),
        ("config.json", b'{"model_type": "gpt2"}', "not a BERT model"),
        ("config.json", b'{"model_type": "bert"}', "does not name the labels"),
        ("vocab.txt", b"a\n" * 999, "has 999 lines"),
        ("vocab.txt", b"\xff", "damaged file"),
    ],
)
def test_half_a_model_is_reported_in_one_sentence(models: Path, file: str, content: bytes | None, said: str) -> None:
    spoil(models / NER / file, content)
    found = find_model(models)
    assert found is not None
    assert said in found.problem
    assert "\n" not in found.problem
    assert "annotator models install" in found.problem
    assert usable_model(models) is None
    with pytest.raises(SuggesterError) as error:
        create("camel", SuggesterContext(load_tagset("security"), models=models))
    assert str(error.value) == found.problem


def test_the_fingerprint_changes_with_the_model(models: Path, tmp_path: Path) -> None:
    found = find_model(models)
    assert found is not None
    before = fingerprint(found)
    assert len(before) == 8
    assert before == fingerprint(found)
    path = models / NER / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extra": 1}))
    assert fingerprint(found) != before


def test_the_fingerprint_changes_with_the_precision(models: Path) -> None:
    exact = usable_model(models)
    choose_precision(models / NER, Precision.INT8)
    fast = usable_model(models)
    assert exact is not None and fast is not None
    assert fast.precision is Precision.INT8
    assert fingerprint(exact) != fingerprint(fast)
