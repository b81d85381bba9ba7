"""Weights are read without torch, whatever wrote them; what is no tensor is refused, and nothing of it is run."""

from __future__ import annotations

import builtins
import io
import json
import os
import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save

from annotator.suggest.camel.weights import open_weights
from tests.suggest.model_maker import torch_bin, torch_legacy, torch_pickle, torch_zip

WEIGHTS = {
    "a.weight": np.arange(12, dtype=np.float32).reshape(3, 4),
    "a.bias": np.array([1.5, -2, 3], np.float32),
    "empty": np.empty((0, 4), np.float32),
    "number": np.array(7, np.float32),
}
TRANSPOSED = {"turned": np.arange(12, dtype=np.float32).reshape(3, 4).T}


def as_zip(weights: dict[str, Any]) -> bytes:
    return torch_bin(weights, is_zip=True)


def as_legacy(weights: dict[str, Any]) -> bytes:
    return torch_bin(weights, is_zip=False)


FORMATS = pytest.mark.parametrize(
    ("name", "write"), [("model.safetensors", save), ("model.bin", as_zip), ("model.bin", as_legacy)]
)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@FORMATS
def test_every_format_gives_the_same_tensors(name: str, write: Callable[[Any], bytes], tmp_path: Path) -> None:
    found = open_weights(written(tmp_path, name, write(WEIGHTS)))
    assert found.keys() == WEIGHTS.keys()
    for key, array in WEIGHTS.items():
        read = found[key].read()
        assert read.dtype == np.float32
        assert read.shape == array.shape
        assert np.array_equal(read, array)


@pytest.mark.parametrize("write", [as_zip, as_legacy])
def test_a_transposed_tensor_keeps_its_order(write: Callable[[Any], bytes], tmp_path: Path) -> None:
    found = open_weights(written(tmp_path, "model.bin", write(TRANSPOSED)))
    assert np.array_equal(found["turned"].read(), TRANSPOSED["turned"])


@pytest.mark.parametrize("dtype", [np.float64, np.float16])
def test_other_precisions_become_32_bits(dtype: type[np.generic], tmp_path: Path) -> None:
    path = written(tmp_path, "model.safetensors", save({"a": np.array([0.5, 2], dtype)}))
    assert open_weights(path)["a"].read().tolist() == [0.5, 2]


@FORMATS
@pytest.mark.parametrize("kept", [0, 3, 9, 60, 300, -4])
def test_a_truncated_file_is_refused(name: str, write: Callable[[Any], bytes], kept: int, tmp_path: Path) -> None:
    path = written(tmp_path, name, write({"a": np.arange(64, dtype=np.float32)})[:kept])
    with pytest.raises(ValueError, match=r"\S"):
        open_weights(path)


class Call:
    """Pickles as a call of a function."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.what = function, arguments

    def __reduce__(self) -> Any:
        return self.what


def hostile(touched: Path) -> list[object]:
    """Return things whose unpickling would run something."""
    code = f"open({str(touched)!r}, 'w')"
    return [
        Call(os.system, f"touch {touched}"),
        {"a": Call(builtins.exec, code)},
        OrderedDict(a=Call(eval, code)),
        Call(getattr, OrderedDict, "fromkeys"),
        Call(open, str(touched), "w"),
        pickle.Pickler,
    ]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("is_zip", [True, False])
def test_a_hostile_pickle_is_refused_and_nothing_is_run(number: int, is_zip: bool, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    pickled = torch_pickle(hostile(touched)[number], is_zip=is_zip)
    for content in (torch_zip(pickled, {}), torch_legacy(pickled, {}), pickled):
        with pytest.raises(ValueError, match="which is no tensor; nothing of it was run"):
            open_weights(written(tmp_path, "model.bin", content))
    assert not touched.exists()


class Spoilt(OrderedDict[str, object]):
    """Pickles as an OrderedDict whose attributes hide its methods."""

    def __reduce__(self) -> Any:
        return OrderedDict, (), {"items": 1, "keys": [], "__class__": None}


@pytest.mark.parametrize("thing", [1, None, ["a"], {"a": 1}, {1: 2}, {"a": OrderedDict()}, OrderedDict(a="text")])
def test_what_is_no_dictionary_of_tensors_is_refused(thing: object, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tensor"):
        open_weights(written(tmp_path, "model.bin", torch_zip(torch_pickle(thing), {})))


def test_attributes_that_hide_methods_change_nothing(tmp_path: Path) -> None:
    assert open_weights(written(tmp_path, "model.bin", torch_zip(torch_pickle(Spoilt(a=1)), {}))) == {}


@pytest.mark.parametrize(
    "entry",
    [
        {"dtype": "F32", "shape": [4], "data_offsets": [0, 12]},
        {"dtype": "F32", "shape": [1000], "data_offsets": [0, 4000]},
        {"dtype": "F32", "shape": [4], "data_offsets": [-16, 0]},
        {"dtype": "F99", "shape": [4], "data_offsets": [0, 16]},
        {"dtype": "F32", "shape": ["x"], "data_offsets": [0, 16]},
        {},
        [],
    ],
)
def test_a_header_that_lies_is_refused(entry: object, tmp_path: Path) -> None:
    header = json.dumps({"a": entry}).encode()
    content = struct.pack("<Q", len(header)) + header + bytes(16)
    with pytest.raises(ValueError, match=r"\S"):
        open_weights(written(tmp_path, "model.safetensors", content))


@given(st.binary(max_size=60))
def test_any_header_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, header: bytes) -> None:
    content = struct.pack("<Q", len(header)) + header
    path = written(tmp_path_factory.getbasetemp(), "any.safetensors", content)
    try:
        open_weights(path)
    except ValueError as error:
        assert str(error)


def test_a_compressed_storage_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_zip(WEIGHTS))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            out.writestr(name, source.read(name))
    with pytest.raises(ValueError, match="compressed or too short"):
        open_weights(written(tmp_path, "model.bin", packed.getvalue()))


def test_a_storage_shorter_than_its_tensor_is_refused(tmp_path: Path) -> None:
    content = as_zip({"a": np.arange(64, dtype=np.float32)})
    with pytest.raises(ValueError, match="too short"):
        open_weights(
            written(tmp_path, "model.bin", torch_zip(_pickle_of(content), {"0": bytes(100)})),
        )


def _pickle_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("archive/data.pkl")
