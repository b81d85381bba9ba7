"""Make a folder with a BERT token classifier of random weights, as NERecognizer loads it; without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

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


def random_weights(config: dict[str, Any], seed: int = 7) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """Return weights for every parameter of the configuration; large enough for every label to occur."""
    random = np.random.default_rng(seed)
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    weights: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}

    def dense(name: str, out: int, into: int, scale: float = 1.0) -> None:
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


def write_model(folder: Path, config: dict[str, Any], vocabulary: Sequence[str]) -> Path:
    """Write config.json, vocab.txt, tokenizer_config.json and model.safetensors; return the folder."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "vocab.txt").write_text("".join(f"{word}\n" for word in vocabulary), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    save_file(random_weights(config), folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def write_small_model(models: Path) -> Path:
    """Write the small model where the program looks for one in its model folder; return that folder."""
    vocabulary = small_vocabulary()
    write_model(models / "ner" / "arabert", small_config(vocabulary), vocabulary)
    return models


def write_full_model(models: Path, shapes: Path) -> Path:
    """Write a model of the true size (540 MB), its small files copied from shapes; return the model folder."""
    config = json.loads((shapes / "config.json").read_text(encoding="utf-8"))
    vocabulary = (shapes / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    folder = write_model(models / "ner" / "arabert", config, vocabulary)
    for name in ("vocab.txt", "config.json", "tokenizer_config.json"):
        (folder / name).write_bytes((shapes / name).read_bytes())
    return models
