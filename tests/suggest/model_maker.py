"""Make folders with a BERT token classifier of random weights, as NERecognizer loads it and as we do; without torch."""

from __future__ import annotations

import io
import json
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import numpy as np
from safetensors.numpy import save_file

from annotator.suggest.camel.conversion import convert
from annotator.suggest.model_folders import NER, SAFETENSORS

Weights = dict[str, np.ndarray[Any, np.dtype[np.float32]]]
LABELS = ("B-LOC", "B-MISC", "B-ORG", "B-PERS", "I-LOC", "I-MISC", "I-ORG", "I-PERS", "O")
LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهويىةabcdefghijklmnopqrstuvwxyz0123456789"
WORDS = ("قال", "في", "من", "علي", "بغداد", "القوات", "محافظة", "ديا", "العراق", "وزير", "الي", "عن", "ان")
MARKS = "\"'()،؛؟.:!-/%“”–"
SPECIAL = ("", "[CLS]", "[PAD]", "[SEP]", "[MASK]", "[UNK]")


def small_vocabulary() -> list[str]:
    """Return a vocabulary with every letter, at the beginning of a word and within, and some words."""
    letters = list(LETTERS)
    return [*SPECIAL, *MARKS, *letters, *WORDS, *("##" + c for c in letters), "##لي", "##ين"]


def small_config(vocabulary: Sequence[str]) -> dict[str, Any]:
    """Return the real model's configuration, shrunk to 2 layers of 32."""
    return {
        "architectures": ["BertForTokenClassification"],
        "hidden_act": "gelu",
        "hidden_size": 32,
        "id2label": {str(i): label for i, label in enumerate(LABELS)},
        "intermediate_size": 64,
        "label2id": {label: i for i, label in enumerate(LABELS)},
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 512,
        "model_type": "bert",
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
        "pad_token_id": 0,
        "type_vocab_size": 2,
        "vocab_size": len(vocabulary),
    }


def random_weights(config: dict[str, Any], seed: int = 3, scale: float = 1.0) -> Weights:
    """Return weights for every parameter of the configuration; large enough for every label to occur.

    scale is that of the layers: a smaller one gives labels that depend less on the context and on rounding.
    """
    random = np.random.default_rng(seed)
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    weights: Weights = {}

    def dense(name: str, out: int, into: int, scale: float = scale) -> None:
        spread = scale / np.sqrt(into)
        weights[f"{name}.weight"] = random.standard_normal((out, into), dtype=np.float32) * np.float32(spread)
        weights[f"{name}.bias"] = np.zeros(out, dtype=np.float32)

    def norm(name: str) -> None:
        weights[f"{name}.weight"] = np.ones(hidden, dtype=np.float32)
        weights[f"{name}.bias"] = np.zeros(hidden, dtype=np.float32)

    for table, rows in (
        ("word", "vocab_size"),
        ("position", "max_position_embeddings"),
        ("token_type", "type_vocab_size"),
    ):
        weights[f"bert.embeddings.{table}_embeddings.weight"] = random.standard_normal(
            (config[rows], hidden), dtype=np.float32
        )
    norm("bert.embeddings.LayerNorm")
    for layer in range(config["num_hidden_layers"]):
        here = f"bert.encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            dense(f"{here}.attention.self.{part}", hidden, hidden)
        dense(f"{here}.attention.output.dense", hidden, hidden)
        norm(f"{here}.attention.output.LayerNorm")
        dense(f"{here}.intermediate.dense", inner, hidden)
        dense(f"{here}.output.dense", hidden, inner)
        norm(f"{here}.output.LayerNorm")
    dense("classifier", len(config["id2label"]), hidden, scale=3.0)
    return weights


def write_weights(folder: Path, config: dict[str, Any], vocabulary: Sequence[str], scale: float = 1.0) -> Path:
    """Write config.json, vocab.txt, tokenizer_config.json and model.safetensors; return the folder."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "vocab.txt").write_text("".join(f"{word}\n" for word in vocabulary), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    save_file(random_weights(config, scale=scale), folder / SAFETENSORS, metadata={"format": "pt"})
    return folder


class _FloatStorage:
    """Pickled by its name, as torch's class."""


def _rebuild_tensor_v2(*_: object) -> None:
    """Pickled by its name, as torch's function."""


_FloatStorage.__module__, _FloatStorage.__qualname__ = "torch", "FloatStorage"
_rebuild_tensor_v2.__module__ = "torch._utils"


class _Tensor:
    """What torch pickles for a tensor; key is the name of its storage."""

    def __init__(self, key: str, array: np.ndarray[Any, Any]) -> None:
        self.key, self.array = key, array

    def __reduce__(self) -> Any:
        strides = tuple(step // self.array.itemsize for step in self.array.strides)
        return _rebuild_tensor_v2, (_Storage(self), 0, self.array.shape, strides, False, OrderedDict())


class _Storage:
    def __init__(self, tensor: _Tensor) -> None:
        self.tensor = tensor


class _Pickler(pickle.Pickler):
    def persistent_id(self, thing: object) -> object:
        if isinstance(thing, _Storage):
            own = ("storage", _FloatStorage, thing.tensor.key, "cpu", thing.tensor.array.size)
            return own if self.is_zip else (*own, None)
        return None

    is_zip = True


def torch_pickle(things: object, *, is_zip: bool = True) -> bytes:
    """Return what torch pickles for arrays in dictionaries."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    vars(torch)["FloatStorage"], vars(utils)["_rebuild_tensor_v2"] = _FloatStorage, _rebuild_tensor_v2
    out = io.BytesIO()
    pickler = _Pickler(out, 2)
    pickler.is_zip = is_zip
    with mock.patch.dict(sys.modules, {"torch": torch, "torch._utils": utils}):
        pickler.dump(things)
    return out.getvalue()


def torch_zip(pickled: bytes, storages: Mapping[str, bytes]) -> bytes:
    """Return the file that torch writes since version 1.6."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/byteorder", "little")
        for key, content in storages.items():
            archive.writestr(f"archive/data/{key}", content)
        archive.writestr("archive/version", "3\n")
    return out.getvalue()


def torch_legacy(pickled: bytes, storages: Mapping[str, bytes]) -> bytes:
    """Return the file that torch wrote before version 1.6; storages are of 32-bit floats."""
    head = (0x1950A86A20F9469CFC6C, 1001, {"protocol_version": 1001, "little_endian": True, "type_sizes": {}})
    begin = b"".join(pickle.dumps(part, 2) for part in head)
    content = b"".join(struct.pack("<q", len(each) // 4) + each for each in storages.values())
    return begin + pickled + pickle.dumps(list(storages), 2) + content


def torch_bin(weights: Mapping[str, np.ndarray[Any, Any]], *, is_zip: bool) -> bytes:
    """Return weights as torch.save() writes them."""
    tensors = OrderedDict((name, _Tensor(str(i), array)) for i, (name, array) in enumerate(weights.items()))
    vars(tensors)["_metadata"] = OrderedDict(version=1)  # as state_dict() has it
    pickled = torch_pickle(tensors, is_zip=is_zip)
    # "A" keeps the order of the elements in memory, also of a transposed array.
    storages = {tensor.key: tensor.array.tobytes("A") for tensor in tensors.values()}
    return (torch_zip if is_zip else torch_legacy)(pickled, storages)


def write_small_weights(folder: Path) -> Path:
    """Write the small model as an archive holds it, before its conversion; return the folder."""
    vocabulary = small_vocabulary()
    return write_weights(folder, small_config(vocabulary), vocabulary, scale=0.4)


@lru_cache(maxsize=1)
def small_files() -> dict[str, bytes]:
    """Return the files of the small model after its conversion."""
    with TemporaryDirectory() as folder:
        converted = write_small_weights(Path(folder) / "model")
        convert(str(converted / SAFETENSORS), str(converted))
        return {path.name: path.read_bytes() for path in sorted(converted.iterdir()) if path.name != SAFETENSORS}


def write_small_model(models: Path) -> Path:
    """Write the small model where the program looks for one in its model folder; return that folder."""
    folder = models / NER
    folder.mkdir(parents=True)
    for name, content in small_files().items():
        (folder / name).write_bytes(content)
    return models


def write_full_weights(folder: Path, shapes: Path) -> Path:
    """Write weights of the true size (540 MB), the small files copied from shapes; return the folder."""
    config = json.loads((shapes / "config.json").read_text(encoding="utf-8"))
    vocabulary = (shapes / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    write_weights(folder, config, vocabulary)
    for name in ("vocab.txt", "config.json", "tokenizer_config.json"):
        (folder / name).write_bytes((shapes / name).read_bytes())
    return folder
