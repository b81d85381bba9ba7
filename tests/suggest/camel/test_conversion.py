"""Weights become graphs, of which the one in 8 bits is kept only if it labels as the other."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from annotator.errors import SuggesterError
from annotator.suggest.camel import conversion
from annotator.suggest.camel.conversion import convert
from annotator.suggest.model_folders import CONVERSION, SAFETENSORS, Precision, read_model
from tests.suggest.model_maker import write_small_weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_weights(tmp_path / "model")


def converted(folder: Path) -> None:
    convert(str(folder / SAFETENSORS), str(folder))


def test_both_precisions_are_compared_on_the_sample_articles(folder: Path) -> None:
    converted(folder)
    found = read_model(folder)
    assert found.problem == ""
    assert found.precisions == (Precision.FP32, Precision.INT8)
    assert 0.99 <= found.agreement < 1
    assert found.words > 4000
    assert json.loads((folder / CONVERSION).read_text()).keys() == {"words", "agreement", "sizes"}


def test_8_bits_are_left_out_if_they_agree_too_little(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "ENOUGH_AGREEMENT", 0.9999)
    converted(folder)
    found = read_model(folder)
    assert (found.problem, found.precisions) == ("", (Precision.FP32,))
    assert found.agreement < 0.9999
    assert not list(folder.glob("*int8*"))


def test_the_percentage_is_rounded_down(folder: Path) -> None:
    converted(folder)
    found = json.loads((folder / CONVERSION).read_text())
    (folder / CONVERSION).write_text(json.dumps(found | {"agreement": 0.98999}))
    assert read_model(folder).percent == "98.9"


@pytest.mark.parametrize(
    ("name", "array", "said"),
    [
        ("classifier.weight", None, "KeyError: 'classifier.weight'"),
        (
            "classifier.weight",
            np.zeros((9, 31), np.float32),
            r"classifier.weight has the shape \(9, 31\) and not \(9, 32\)",
        ),
    ],
)
def test_weights_of_another_network_are_refused(
    folder: Path, name: str, array: np.ndarray[tuple[int, int], np.dtype[np.float32]] | None, said: str
) -> None:
    weights = load_file(folder / SAFETENSORS)
    del weights[name]
    save_file(weights if array is None else {**weights, name: array}, folder / SAFETENSORS)
    with pytest.raises(SuggesterError, match=said):
        converted(folder)
    assert not (folder / CONVERSION).exists()


def test_another_activation_is_refused(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"hidden_act": "relu"}))
    with pytest.raises(SuggesterError, match="not BERT with GELU"):
        converted(folder)
