"""BERT with a classifier for each token, in torch: the network that annotator.suggest.bert_graph writes.

Weights are in a dictionary by the names that BertForTokenClassification of transformers gives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import dropout, embedding, gelu, layer_norm, linear, scaled_dot_product_attention

Weights = Mapping[str, Tensor]

DROPOUT = 0.1
WORDS = "bert.embeddings.word_embeddings.weight"
CLASSIFIER = ("classifier.weight", "classifier.bias")


def new_classifier(labels: int, hidden: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Return weights of a classifier to begin with."""
    spread = 1 / math.sqrt(hidden)
    weight = torch.empty(labels, hidden).uniform_(-spread, spread, generator=generator)
    return dict(zip(CLASSIFIER, (weight, torch.zeros(labels)), strict=True))


def logits(weights: Weights, config: Mapping[str, Any], ids: Tensor, mask: Tensor, *, training: bool) -> Tensor:
    """Return logits (batch x length x labels) for pieces and a mask that is True for them (batch x length)."""
    name = "bert.embeddings"
    places = weights[f"{name}.position_embeddings.weight"][: ids.shape[1]]
    states = embedding(ids, weights[WORDS]) + places + weights[f"{name}.token_type_embeddings.weight"][0]
    states = dropout(_norm(weights, config, f"{name}.LayerNorm", states), DROPOUT, training)
    for number in range(config["num_hidden_layers"]):
        name = f"bert.encoder.layer.{number}"
        context = _attention(weights, config, f"{name}.attention.self", states, mask)
        added = dropout(_dense(weights, f"{name}.attention.output.dense", context), DROPOUT, training)
        states = _norm(weights, config, f"{name}.attention.output.LayerNorm", added + states)
        wide = gelu(_dense(weights, f"{name}.intermediate.dense", states))
        added = dropout(_dense(weights, f"{name}.output.dense", wide), DROPOUT, training)
        states = _norm(weights, config, f"{name}.output.LayerNorm", added + states)
    return _dense(weights, "classifier", dropout(states, DROPOUT, training))


def _attention(weights: Weights, config: Mapping[str, Any], name: str, states: Tensor, mask: Tensor) -> Tensor:
    batch, length, hidden = states.shape
    query, key, value = (
        _dense(weights, f"{name}.{part}", states).view(batch, length, config["num_attention_heads"], -1).transpose(1, 2)
        for part in ("query", "key", "value")
    )
    context: Tensor = scaled_dot_product_attention(query, key, value, mask[:, None, None, :])
    return context.transpose(1, 2).reshape(batch, length, hidden)


def _dense(weights: Weights, name: str, states: Tensor) -> Tensor:
    result: Tensor = linear(states, weights[f"{name}.weight"], weights[f"{name}.bias"])
    return result


def _norm(weights: Weights, config: Mapping[str, Any], name: str, states: Tensor) -> Tensor:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    result: Tensor = layer_norm(states, weight.shape, weight, bias, config["layer_norm_eps"])
    return result
