"""Read the tensors of a model's file of weights without torch: safetensors, or a .bin that torch wrote.

A .bin is a pickle, which could run any code. Here it is read by an unpickler that knows nothing but tensors. There are
two kinds: a zip archive with the pickle and one file for each storage, and, before torch 1.6, several pickles with the
storages behind them. The formats are described in torch/serialization.py and at
https://huggingface.co/docs/safetensors.

A tensor is mapped into memory when it is read, so nothing else of the file is.
"""

from __future__ import annotations

import json
import math
import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_SAFE_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "|u1", "BOOL": "|b1"}
_TORCH_TYPES = {
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ByteStorage": "|u1",
    "BoolStorage": "|b1",
}
_MAGIC, _PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
"""The first two pickles of a .bin before torch 1.6."""
_LARGEST_HEADER = 100_000_000
"""Bytes; safetensors' own limit for its header, which is taken for the pickle of a zip archive as well."""


class _Storage(NamedTuple):
    key: str
    dtype: np.dtype[Any]
    length: int


class _Tensor(NamedTuple):
    """A part of a storage; offset and strides are in elements."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """Where a tensor is: its elements begin at the byte offset of the file; strides are in elements."""

    path: Path
    dtype: np.dtype[Any]
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def read(self) -> NDArray[np.float32]:
        """Return the tensor; raises ValueError if the file ends before it does, and OSError."""
        if 0 in self.shape:
            return np.empty(self.shape, np.float32)
        length = 1 + sum((n - 1) * step for n, step in zip(self.shape, self.strides, strict=True))
        flat = np.memmap(self.path, self.dtype, "r", self.offset, (length,))
        strides = [step * self.dtype.itemsize for step in self.strides]
        return np.asarray(np.lib.stride_tricks.as_strided(flat, self.shape, strides, writeable=False), np.float32)


def open_weights(path: Path) -> dict[str, StoredTensor]:
    """Return the tensors of a file by name; only headers and pickles are read.

    Raises ValueError if the file is damaged, of another kind, or holds something other than tensors, and OSError.
    """
    with path.open("rb") as file:
        begin = file.read(4)
    try:
        if path.suffix == ".safetensors":
            return _open_safetensors(path)
        return _open_zip(path) if begin == b"PK\x03\x04" else _open_legacy(path)
    except (ValueError, OSError):
        raise
    # A damaged pickle or header raises nearly anything.
    except Exception as e:
        raise ValueError(f"the weights are damaged ({type(e).__name__}: {e})") from e


def _open_safetensors(path: Path) -> dict[str, StoredTensor]:
    size = path.stat().st_size
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > min(size - 8, _LARGEST_HEADER):
            raise ValueError("the header of the weights is longer than the file")
        header = json.loads(file.read(length))
    found = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        dtype = np.dtype(_SAFE_TYPES[entry["dtype"]])
        shape, (start, end) = tuple(entry["shape"]), entry["data_offsets"]
        if end - start != math.prod(shape) * dtype.itemsize or not 0 <= start <= end <= size - 8 - length:
            raise ValueError(f"the tensor {name} is outside the file")
        found[name] = StoredTensor(path, dtype, 8 + length + start, shape, _row_major(shape))
    return found


def _row_major(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(math.prod(shape[i + 1 :]) for i in range(len(shape)))


def _open_zip(path: Path) -> dict[str, StoredTensor]:
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        members = {member.filename: member for member in archive.infolist()}
        (pickled,) = (name for name in members if name.endswith("/data.pkl") and name.count("/") == 1)
        folder = pickled.removesuffix("data.pkl")
        if f"{folder}byteorder" in members and archive.read(f"{folder}byteorder") != b"little":
            raise ValueError("the weights are in big-endian byte order")
        if members[pickled].file_size > _LARGEST_HEADER:
            raise ValueError("the list of tensors is too long")
        with archive.open(pickled) as opened:
            tensors = _unpickle(opened)

        def find(storage: _Storage) -> int:
            member = members[f"{folder}data/{storage.key}"]
            if member.compress_type != zipfile.ZIP_STORED or member.file_size < storage.length * storage.dtype.itemsize:
                raise ValueError(f"the storage {storage.key} is compressed or too short")
            file.seek(member.header_offset)
            header = file.read(30)
            name, extra = struct.unpack("<HH", header[26:30])
            return member.header_offset + len(header) + int(name) + int(extra)

        return _place(path, tensors, find)


def _open_legacy(path: Path) -> dict[str, StoredTensor]:
    with path.open("rb") as file:
        if (_unpickle(file), _unpickle(file)) != (_MAGIC, _PROTOCOL):
            raise ValueError("the file is no file of torch")
        if not _unpickle(file)["little_endian"]:
            raise ValueError("the weights are in big-endian byte order")
        tensors = _unpickle(file)
        storages = {tensor.storage.key: tensor.storage for tensor in _only_tensors(tensors).values()}
        places = {}
        for key in _unpickle(file):
            storage = storages[key]
            if struct.unpack("<q", file.read(8)) != (storage.length,):
                raise ValueError(f"the storage {key} has another length than its tensors say")
            places[key] = file.tell()
            file.seek(storage.length * storage.dtype.itemsize, 1)
    return _place(path, tensors, lambda storage: places[storage.key])


def _place(path: Path, tensors: object, find: Callable[[_Storage], int]) -> dict[str, StoredTensor]:
    """Return tensors with their places in the file; find returns the byte at which a storage begins."""
    size = path.stat().st_size
    found = {}
    for name, (storage, offset, shape, strides) in _only_tensors(tensors).items():
        numbers = (offset, *shape, *strides)
        if len(shape) != len(strides) or any(type(number) is not int or number < 0 for number in numbers):
            raise ValueError(f"the tensor {name} has an impossible shape")
        last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
        begin = find(storage)
        if 0 not in shape and (last >= storage.length or begin + (last + 1) * storage.dtype.itemsize > size):
            raise ValueError(f"the tensor {name} is outside the file")
        found[name] = StoredTensor(path, storage.dtype, begin + offset * storage.dtype.itemsize, shape, strides)
    return found


def _only_tensors(tensors: object) -> Mapping[str, _Tensor]:
    if not isinstance(tensors, dict):
        raise ValueError("the file does not hold a model's tensors by name")
    # Not tensors.items(): a pickle can give its OrderedDict an attribute of this name.
    for name, tensor in dict.items(tensors):
        if not isinstance(name, str) or not isinstance(tensor, _Tensor):
            raise ValueError(f"{name!r} is not a tensor")
    return dict(dict.items(tensors))


class _RebuildTensor:
    """Stands for torch._utils._rebuild_tensor_v2. It has no attributes that a pickle could set."""

    __slots__ = ()

    def __call__(self, storage: _Storage, offset: int, shape: Any, strides: Any, *_: object) -> _Tensor:
        if not isinstance(storage, _Storage):
            raise ValueError("a tensor has no storage")
        return _Tensor(storage, offset, tuple(shape), tuple(strides))


class _Unpickler(pickle.Unpickler):
    """Reads tensors, dictionaries, lists, strings and numbers, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return one of the few things that a file of tensors names."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _RebuildTensor()
        if module == "torch" and name in _TORCH_TYPES:
            return np.dtype(_TORCH_TYPES[name])
        raise ValueError(f"the weights hold {module}.{name}, which is no tensor; nothing of it was run")

    def persistent_load(self, pid: Any) -> _Storage:
        """Return a storage: ("storage", type, key, device, elements), and None for a storage of its own."""
        kind, dtype, key, _, count, *view = pid
        if kind != "storage" or not isinstance(dtype, np.dtype) or not isinstance(key, str) or type(count) is not int:
            raise ValueError("a storage is not described as torch does")
        if count < 0 or any(part is not None for part in view):
            raise ValueError("a storage is a part of another one")
        return _Storage(key, dtype, count)


def _unpickle(file: IO[bytes]) -> Any:
    return _Unpickler(file, encoding="utf-8").load()
