"""The network: it gives each word of a passage a probability for each IOB2 tag.

A folder has model.onnx with its weights, tokenizer.json (the word-pieces), and model.json (tags, calibration, version).
onnxruntime and tokenizers are imported with the first passage, because the window only asks for the version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from annotator.errors import ResourceError
from annotator.suggest.camel.wordpieces import PieceCache, segments
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.model_folders import weights_path

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

T = TypeVar("T")

GRAPH, PIECES, DESCRIPTION = "model.onnx", "tokenizer.json", "model.json"
SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
"""The special pieces, by their numbers: padding, unknown, and those before the first and after the last word."""

_FIRST, _LAST = 2, 3
WORD_START = "\u2581"
LONGEST = 110
"""Words in one input: neighbouring sentences are joined up to this."""


class TokenClassifier:
    """A network's folder; not thread-safe."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Read the description; raises ResourceError if it is missing or malformed."""
        self._folder, self._threads = folder, threads
        path = folder / DESCRIPTION
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
            self.tags: tuple[str, ...] = tuple(described["tags"])
            self.calibration = ModelCalibration(tuple(described["edges"]), tuple(described["values"]))
            self.version: str = described["version"]
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise _unreadable(path, e) from e

    def probabilities(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the probability of each tag for each word (words x tags); a word without pieces is outside.

        Raises ResourceError if a file is missing or damaged.
        """
        shares = np.zeros((len(words), len(self.tags)), np.float32)
        shares[:, 0] = 1
        for segment in segments(0, map(self._pieces, words)):
            ids = np.array([[_FIRST, *segment.pieces, _LAST]], np.int64)
            inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            (logits,) = self._session.run(["logits"], inputs)
            shares[list(segment.words)] = _softmax(logits[0, np.array(segment.firsts) + 1])
        return shares

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.log_severity_level = 3  # Errors are raised, and warnings are for developers.
        path = self._folder / GRAPH
        try:
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as e:  # onnxruntime raises exceptions of its own, which share no class.
            raise _unreadable(path, e) from e

    @cached_property
    def _pieces(self) -> PieceCache:
        from tokenizers import Tokenizer

        path = self._folder / PIECES
        try:
            return PieceCache(word_pieces(Tokenizer.from_file(str(path))))
        except Exception as e:  # tokenizers raises Exception itself.
            raise _unreadable(path, e) from e


def word_pieces(tokenizer: Tokenizer) -> Callable[[str], Sequence[int]]:
    """Return a function that splits one word; a mark is split as if it followed a word directly."""

    def split(word: str) -> Sequence[int]:
        start = WORD_START if word[0].isalnum() else ""
        ids: list[int] = tokenizer.encode(start + word, add_special_tokens=False).ids
        return ids

    return split


def fingerprint(folder: Path) -> str:
    """Return the first digits of the SHA-256 of a network's files, which its description has as version."""
    files = (folder / GRAPH, weights_path(folder / GRAPH), folder / PIECES)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def joined(sentences: Iterable[list[T]]) -> Iterator[list[T]]:
    """Yield the words of neighbouring sentences together, up to LONGEST; a longer sentence alone."""
    run: list[T] = []
    for sentence in sentences:
        if run and len(run) + len(sentence) > LONGEST:
            yield run
            run = []
        run = run + sentence
    if run:
        yield run


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shares / shares.sum(-1, keepdims=True), np.float32)


def _unreadable(path: Path, why: Exception) -> ResourceError:
    said = str(why).strip().split("\n", 1)[0]
    return ResourceError("Cannot read the model file {path} ({why}). Reinstall the program.", path=path, why=said)
