"""The trained network as a suggester, in 8 bits, and averaged with what the editor shows by default."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.resources import resource
from annotator.suggest.bert_graph import write_bert
from annotator.suggest.camel.wordpieces import PieceCache, segments
from annotator.suggest.combined.choice import choose
from annotator.suggest.registry import DEFAULT, SuggesterContext, create, outside_debris
from annotator.suggest.starter.gazetteer import read_gazetteer
from annotator.suggest.starter.starter_model import Found
from annotator.suggest.starter.suggester import StarterSuggester, token_sentences
from annotator.suggest.suggester_labels import CAMEL, translate
from annotator.text.clitics.rule import name_start
from tests.benchmarks.network.corpus import NEWS, SECURITY, joined
from tests.benchmarks.network.pretrained import FIRST, LAST, SPECIAL, Pretrained, word_pieces
from tests.benchmarks.network.train import STATE, TAGS

GRAPH = "model.onnx"
DOUBT = 0.25
"""By what the probability of O is multiplied to find names, too, that are less likely than none."""

LEAST = 0.05
"""Spans that are less likely are not kept."""

UNPROPOSED = 0.05
"""What a span is worth to the default if it does not propose it."""


def write_graph(folder: Path, start: Pretrained) -> None:
    """Write the network of a folder's state as a graph in 8 bits."""
    weights = torch.load(folder / STATE, weights_only=True)["weights"]
    tags = json.loads((folder / TAGS).read_text(encoding="utf-8"))
    config = {**start.config, "id2label": dict(enumerate(tags))}
    write_bert(folder / GRAPH, config, lambda name: weights[name].numpy(), int8=True)


class NetworkSuggester:
    """Suggestions for a tagset: by NewsFANE's classes for CAMeL Tools' four, and otherwise by those of `security`."""

    name = "network"
    version = ""

    def __init__(self, context: SuggesterContext, folder: Path, pieces: Sequence[tuple[str, float]]) -> None:
        self._tagset = context.tagset
        is_coarse = all({label.id, *label.formerly} & set(CAMEL) for label in self._tagset.labels)
        self._starter = StarterSuggester(self._tagset, resource("models", "starter")) if is_coarse else None
        self._gazetteer = read_gazetteer(resource("models", "starter"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / GRAPH, options, providers=["CPUExecutionProvider"])
        self._pieces = PieceCache(word_pieces(pieces))
        tags = json.loads((folder / TAGS).read_text(encoding="utf-8"))
        kind = NEWS if is_coarse else SECURITY
        self._columns = [i for i, tag in enumerate(tags) if tag.startswith(f"{kind}:")]
        self.tags = [tags[i].partition(":")[2] for i in self._columns]
        self._meanings = [self._label(tag[2:]) if tag[2:] else None for tag in self.tags]

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions) in the order of the documents; spans overlap and have several labels."""
        for document in documents:
            yield document.id, outside_debris(document, self.read(document.text).suggestions())

    def close(self) -> None:
        """Do nothing."""

    def read(self, text: str) -> Reading:
        """Return what the network says about a text."""
        passages = list(joined(token_sentences(text)))
        return Reading(self, passages, [self._shares(tokens) for tokens in passages])

    def _shares(self, tokens: Sequence[Token]) -> NDArray[np.float32]:
        """Return the probability of each tag for each word of a passage."""
        shares = np.zeros((len(tokens), len(self.tags)), np.float32)
        shares[:, 0] = 1
        for segment in segments(0, (self._pieces(token.text) for token in tokens)):
            ids = np.array([[SPECIAL.index(FIRST), *segment.pieces, SPECIAL.index(LAST)]], np.int64)
            (logits,) = self._session.run(["logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
            shares[list(segment.words)] = _softmax(logits[0, np.array(segment.firsts) + 1][:, self._columns])
        return shares

    def suggestion(self, tokens: Sequence[Token], item: Found) -> Suggestion | None:
        """Return the suggestion for what was found in a passage, or None if the tagset has no label for it."""
        if self._starter:
            return self._starter.suggestion(tokens, item)
        label = translate(item.label, self._tagset)
        if label is None:
            return None
        first = tokens[item.first]
        before = tokens[item.first - 1].text if item.first else ""
        behind = tokens[item.first + 1].text if item.first + 1 < len(tokens) else ""
        start = first.start + name_start(first.text, self._tagset.clitics, before, behind, self._gazetteer.is_listed)
        return Suggestion(Span(start, tokens[item.end - 1].span.end), label, item.score, self.name)

    def columns(self, label: str) -> list[int]:
        """Return the tags whose classes mean a label."""
        return [i for i, meaning in enumerate(self._meanings) if meaning == label]

    def _label(self, name: str) -> str | None:
        if self._starter is None:
            return translate(name, self._tagset)
        major = name.partition(".")[0]
        return self._tagset.from_camel(major) if major in CAMEL and name != "ORG.state" else None


class Reading:
    """What a network says about a text."""

    def __init__(
        self, network: NetworkSuggester, passages: Sequence[Sequence[Token]], shares: Sequence[NDArray[np.float32]]
    ) -> None:
        self._network, self._passages, self._shares = network, passages, shares
        self._starts = [token.start for passage in passages for token in passage]
        self._all = np.concatenate(shares) if shares else np.zeros((0, len(network.tags)), np.float32)

    def suggestions(self) -> list[Suggestion]:
        """Return the likely spans, some of which overlap."""
        best: dict[tuple[Span, str], Suggestion] = {}
        for tokens, shares in zip(self._passages, self._shares, strict=True):
            for item in self._found(shares):
                made = self._network.suggestion(tokens, item)
                if made is not None:
                    made = made._replace(score=self.chance(made.span, made.label), suggester=self._network.name)
                    if made.score >= LEAST:
                        best[made.span, made.label] = made
        return list(best.values())

    def chance(self, span: Span, label: str) -> float:
        """Return the probability of a label for a span: the least among its words."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        end = bisect_left(self._starts, span.end)
        own = self._all[first:end, self._network.columns(label)]
        return round(float(np.min(own.sum(1))), 4) if len(own) else 0.0

    def _found(self, shares: NDArray[np.float32]) -> Iterator[Found]:
        """Yield the spans of the best tags, and of those that would be the best if O were less likely."""
        tags = self._network.tags
        doubted = shares * np.where(np.arange(len(tags)), 1, DOUBT).astype(np.float32)
        found = {
            (first, end, tags[column][2:])
            for read in (shares, doubted)
            for first, end, _ in decode_iob2([tags[i] for i in read.argmax(-1)])
            for column in range(1, len(tags))
            if np.max(shares[first:end, column]) >= LEAST
        }
        for first, end, label in sorted(found):
            yield Found(first, end, label, 1.0)


class AveragedSuggester:
    """The mean of the default's confidences and the network's."""

    name = COMBINED
    version = ""

    def __init__(self, context: SuggesterContext, network: NetworkSuggester, share: float) -> None:
        """Take the network's share in the mean."""
        self._default = create(DEFAULT, context)
        self._network, self._share, self._nested = network, share, context.tagset.nested

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions) in the order of the documents."""
        for document in documents:
            found = dict(self._default.suggest_many([document])).get(document.id, ())
            default = {(s.span, s.label): s.score for s in found}
            reading = self._network.read(document.text)
            places = default.keys() | {(s.span, s.label) for s in outside_debris(document, reading.suggestions())}
            made = [
                Suggestion(span, label, self._mean(default.get((span, label), UNPROPOSED), score), COMBINED)
                for span, label in sorted(places)
                for score in [reading.chance(span, label)]
            ]
            yield document.id, tuple(choose(made, nested=self._nested))

    def close(self) -> None:
        """Close the suggesters."""
        self._default.close()

    def _mean(self, default: float, network: float) -> float:
        return (1 - self._share) * default + self._share * network


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shares / shares.sum(-1, keepdims=True), np.float32)
