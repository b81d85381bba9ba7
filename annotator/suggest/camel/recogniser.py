"""CAMeL Tools' recogniser in onnxruntime: NERecognizer's tokenizer and network, with batches of our own.

onnxruntime and tokenizers are imported inside the class, because only a process of its own needs them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from annotator.suggest.camel.wordpieces import OUTSIDE, Labelled, PieceCache, Segment, batches, class_of, segments
from annotator.suggest.model_folders import Precision, graph_path

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUDGET = {"cpu": 512, "cuda": 16_384}
"""Word-pieces in one batch: few enough to stay in a processor's cache, and for a cancel to take effect soon."""

_SPECIAL = ("[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]")
_LONGEST_WORD = 100
"""Characters; BertTokenizer makes longer words [UNK]."""


class Recogniser:
    """Labels words; a folder has what annotator.suggest.camel.conversion writes."""

    def __init__(self, folder: Path, precision: Precision, *, threads: int, device: str) -> None:
        """Load a graph of a folder; raises whatever onnxruntime and tokenizers raise for a damaged one."""
        import onnxruntime

        provider = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}[device]
        if provider not in onnxruntime.get_available_providers():
            raise RuntimeError("this onnxruntime cannot use an NVIDIA card; install onnxruntime-gpu, or use the cpu")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3  # Errors are raised, and warnings are for developers.
        if precision is Precision.FP32:
            # Packing copies 340 MB at every start, and in 32 bits makes nothing faster (measured with 1 thread).
            options.add_session_config_entry("session.disable_prepacking", "1")
        self._session = onnxruntime.InferenceSession(graph_path(folder, precision), options, providers=[provider])
        self._budget = BUDGET[device]
        tokenizer = load_tokenizer(folder)
        self._pieces = PieceCache(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)
        self._begin, self._end, self._pad = (_id_of(tokenizer, token) for token in _SPECIAL[:3])
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.tags: list[str] = [config["id2label"][str(i)] for i in range(len(config["id2label"]))]
        classes = [class_of(tag) for tag in self.tags]
        # Column j adds up the probabilities of all tags of the class of tag j: B- and I- both count for it.
        self._same_class = np.array([[a == b for b in classes] for a in classes], np.float32)

    def label(self, sentences: Sequence[Sequence[str]], is_cancelled: Callable[[], bool]) -> list[Labelled] | None:
        """Return a tag and a score for every word of every sentence.

        None if is_cancelled() returned True between two batches.
        """
        answers = [Labelled([OUTSIDE] * len(words), [1.0] * len(words)) for words in sentences]
        inputs = [s for i, words in enumerate(sentences) for s in segments(i, map(self._pieces, words))]
        for batch in batches(inputs, self._budget):
            if is_cancelled():
                return None
            for segment, best, scores in self._run(batch):
                answer = answers[segment.sentence]
                for word, tag, score in zip(segment.words, best, scores, strict=True):
                    answer.tags[word] = self.tags[tag]
                    answer.scores[word] = round(score, 4)
        return answers

    def _run(self, batch: list[Segment]) -> Iterator[tuple[Segment, list[int], list[float]]]:
        """Yield each input with, for each word, the number of the best tag and the probability of its class."""
        width = len(batch[0].pieces) + 2
        ids = np.full((len(batch), width), self._pad, np.int64)
        mask = np.zeros((len(batch), width), np.int64)
        for row, segment in enumerate(batch):
            length = len(segment.pieces) + 2
            ids[row, :length] = (self._begin, *segment.pieces, self._end)
            mask[row, :length] = 1
        (logits,) = self._session.run(["logits"], {"input_ids": ids, "attention_mask": mask})
        for row, segment in enumerate(batch):
            own: np.ndarray[Any, np.dtype[np.float32]] = logits[row, np.array(segment.firsts, np.int64) + 1]
            best = own.argmax(-1)
            shares = np.exp(own - own.max(-1, keepdims=True))
            shares /= shares.sum(-1, keepdims=True)
            yield segment, best.tolist(), (shares @ self._same_class)[np.arange(len(best)), best].tolist()


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a folder with vocab.txt and tokenizer_config.json, as BertTokenizer makes it.

    Raises OSError and ValueError.
    """
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    lines = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    vocabulary = {line: number for number, line in enumerate(lines)}
    config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=_LONGEST_WORD))  # noqa: S106
    tokenizer.normalizer = BertNormalizer(
        clean_text=True,
        handle_chinese_chars=config.get("tokenize_chinese_chars", True),
        strip_accents=config.get("strip_accents"),
        lowercase=config.get("do_lower_case", True),
    )
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.add_special_tokens([token for token in _SPECIAL if token in vocabulary])
    return tokenizer


def _id_of(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the vocabulary has no {token}")
    return number
