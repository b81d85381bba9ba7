"""CAMeL's recogniser in onnxruntime gives the labels of NERecognizer in torch, from weights that torch itself wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from annotator.suggest.camel.conversion import convert
from annotator.suggest.camel.recogniser import Recogniser, load_tokenizer
from annotator.suggest.camel.wordpieces import clean_word
from annotator.suggest.model_folders import SAFETENSORS, Precision
from tests.conftest import ROOT
from tests.interop.conftest import part, program
from tests.suggest.camel.golden_labels import GOLDEN, golden_sentences, predict
from tests.suggest.model_maker import write_full_weights, write_small_weights

SHAPES = ROOT.parent / "shared" / "camel-ner-config"


@pytest.fixture(autouse=True)
def _programs() -> None:
    for module in ("torch", "transformers"):
        program(module)


def ours(folder: Path, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    recogniser = Recogniser(folder, Precision.FP32, threads=1, device="cpu")
    return [answer.tags for answer in recogniser.label(sentences, lambda: False) or []]


def test_the_golden_labels_are_still_those_of_nerecognizer(tmp_path: Path) -> None:
    sentences = golden_sentences()
    tags = predict(write_small_weights(tmp_path / "model"), sentences)
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == [list(pair) for pair in zip(sentences, tags, strict=True)]


@pytest.mark.parametrize("is_zip", [True, False])
def test_weights_that_torch_saved(is_zip: bool, tmp_path: Path) -> None:
    folder = write_small_weights(tmp_path / "model")
    safetensors, torch = part("safetensors.torch"), part("torch")
    weights = safetensors.load_file(folder / SAFETENSORS)
    weights["bert.embeddings.position_ids"] = torch.arange(512)[None]
    # A matrix that TensorFlow had is stored column by column.
    name = "bert.encoder.layer.0.intermediate.dense.weight"
    weights[name] = torch.from_numpy(np.asfortranarray(weights[name].numpy()))
    torch.save(weights, folder / "pytorch_model.bin", _use_new_zipfile_serialization=is_zip)
    convert(str(folder / "pytorch_model.bin"), str(folder))
    sentences = golden_sentences()
    assert ours(folder, sentences) == predict(folder, sentences)


def test_a_model_of_the_true_size(tmp_path: Path) -> None:
    if not SHAPES.is_dir():
        pytest.skip("the real model's configuration is not kept next to this checkout")
    folder = write_full_weights(tmp_path / "model", SHAPES)
    convert(str(folder / SAFETENSORS), str(folder))
    sentences = golden_sentences()[:12]
    assert ours(folder, sentences) == predict(folder, sentences)


def test_the_tokenizer_is_that_of_transformers(tmp_path: Path) -> None:
    if not SHAPES.is_dir():
        pytest.skip("the real vocabulary is not kept next to this checkout")
    theirs, tokenizer = part("transformers").BertTokenizer.from_pretrained(SHAPES), load_tokenizer(SHAPES)
    odd = ["", " ", "[SEP]", "é", "É", "a" * 101, "😀", "中文", "ﷺ", "\u200f", "\ufffd", "إف-16", "don't", "٢٠٢٠", "«"]
    words = [*odd, *{word for words in golden_sentences() for word in words}]
    for word in (*words, *map(clean_word, words)):
        assert tokenizer.encode(word, add_special_tokens=False).tokens == theirs.tokenize(word), word
