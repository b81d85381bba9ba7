"""Which folder holds a whole model, and what is said of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import SuggesterError
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.model_folders import NER, SAFETENSORS, find_models, fingerprint, usable_model
from annotator.suggest.registry import SuggesterContext, create
from tests.suggest.model_maker import write_small_model


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    return write_small_model(tmp_path / "models")


def test_a_whole_model_is_found(models: Path) -> None:
    (found,) = find_models(models)
    assert found.path == models / NER
    assert found.problem == ""
    assert found.weights.name == SAFETENSORS
    assert usable_model(models) == found


def test_camel_tools_own_folder_is_looked_into_second(models: Path, tmp_path: Path) -> None:
    write_small_model(tmp_path / "camel" / "data")
    assert [found.path for found in find_models(models)] == [models / NER, tmp_path / "camel" / "data" / NER]
    (models / NER / "config.json").unlink()
    usable = usable_model(models)
    assert usable is not None
    assert usable.path == tmp_path / "camel" / "data" / NER


def test_no_folder_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    assert find_models(tmp_path) == ()
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
        (SAFETENSORS, None, "has no weights"),
        (SAFETENSORS, b"", "incomplete or damaged"),
        (SAFETENSORS, b"\xff" * 100, "incomplete or damaged"),
        (SAFETENSORS, b"\x02" + b"\0" * 7 + b"{}", "incomplete or damaged"),
        (SAFETENSORS, b"\x04" + b"\0" * 7 + b"what", "damaged file"),
        ("config.json", b"{", "damaged file"),
        ("config.json", b"[]", "not a BERT model"),
        ("config.json", b'{"model_type": "gpt2"}', "not a BERT model"),
        ("config.json", b'{"model_type": "bert"}', "does not name the labels"),
        ("vocab.txt", b"a\n" * 999, "has 999 lines"),
        ("vocab.txt", b"\xff", "damaged file"),
    ],
)
@pytest.mark.usefixtures("torch_installed")
def test_half_a_model_is_reported_in_one_sentence(models: Path, file: str, content: bytes | None, said: str) -> None:
    spoil(models / NER / file, content)
    (found,) = find_models(models)
    assert said in found.problem
    assert "\n" not in found.problem
    assert "annotator models install" in found.problem
    assert usable_model(models) is None
    with pytest.raises(SuggesterError) as error:
        create("camel", SuggesterContext(load_tagset("security"), models=models))
    assert str(error.value) == found.problem


@pytest.mark.parametrize("cut", [1, 100, 10_000])
def test_cut_off_weights_are_noticed(models: Path, cut: int) -> None:
    path = models / NER / SAFETENSORS
    path.write_bytes(path.read_bytes()[:-cut])
    assert "incomplete" in find_models(models)[0].problem


def test_the_fingerprint_changes_with_the_model(models: Path, tmp_path: Path) -> None:
    (found,) = find_models(models)
    before = fingerprint(found)
    assert len(before) == 8
    assert before == fingerprint(found)
    path = models / NER / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extra": 1}))
    assert fingerprint(found) != before
