"""Convert the weights of CAMeL Tools' model to ONNX, in 32 and in 8 bits, and compare the two.

It runs in a process of its own, because it needs hundreds of megabytes.
"""

from __future__ import annotations

import json
from pathlib import Path

from annotator.domain.model.document import Document, document_id
from annotator.errors import SuggesterError
from annotator.resources import resource
from annotator.suggest.bert_graph import write_bert
from annotator.suggest.camel.recogniser import Recogniser
from annotator.suggest.camel.suggester import words_of
from annotator.suggest.camel.weights import open_weights
from annotator.suggest.camel.worker import first_line
from annotator.suggest.model_folders import CONVERSION, Precision, graph_path, weights_path

ENOUGH_AGREEMENT = 0.99
"""The share of words that both precisions must label alike; below, only the graph in 32 bits is kept."""


def convert(weights: str, folder: str) -> None:
    """Write both graphs to a folder with the model's small files, and what the comparison found.

    weights is a file that open_weights() can read. Raises SuggesterError if it is damaged, holds anything but tensors,
    or is not the network that config.json describes. The folder is then incomplete.
    """
    try:
        _convert(Path(weights), Path(folder))
    except Exception as e:
        raise SuggesterError(first_line(e)) from e


def _convert(weights: Path, folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tensors = open_weights(weights)
    for precision in Precision:
        write_bert(
            graph_path(folder, precision),
            config,
            lambda name: tensors[name].read(),
            int8=precision is Precision.INT8,
        )
    words, agreement = compare(folder)
    if agreement < ENOUGH_AGREEMENT:
        graph = graph_path(folder, Precision.INT8)
        graph.unlink()
        weights_path(graph).unlink()
    sizes = {
        precision: graph.stat().st_size + weights_path(graph).stat().st_size
        for precision in Precision
        if (graph := graph_path(folder, precision)).exists()
    }
    found = {"words": words, "agreement": agreement, "sizes": sizes}
    (folder / CONVERSION).write_text(json.dumps(found, indent=1), encoding="utf-8")


def compare(folder: Path) -> tuple[int, float]:
    """Return the number of words in the sample articles, and the share that both precisions label alike."""
    documents = [_document(path) for path in sorted(resource("samples").glob("[0-9]*.txt"))]
    sentences = [[word.of(d.text) for word in words] for d in documents for words in words_of(d)]
    tags = []
    for precision in Precision:
        recogniser = Recogniser(folder, precision, threads=1, device="cpu")
        answers = recogniser.label(sentences, lambda: False) or []
        tags.append([tag for answer in answers for tag in answer.tags])
    alike = sum(one == other for one, other in zip(*tags, strict=True))
    return len(tags[0]), alike / len(tags[0])


def _document(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    return Document(document_id(text), text)
