"""Time one way of labelling sentences, in a process of its own so that its memory can be told apart.

Run as `python -m tests.benchmarks.camel_timing ours|theirs MODEL_FOLDER` in the worker's environment; reads sentences
as JSON, writes {"seconds", "cpu", "loaded", "peak", "tags"}: the time of labelling alone, memory in megabytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

import torch
from camel_tools.ner import NERecognizer

from annotator.suggest.camel.worker import Recogniser

Tags = list[list[str]]


def ours(folder: str) -> Callable[[Tags], Tags]:
    """Load our batching over the model."""
    recogniser = Recogniser(folder, threads=1, device="cpu")

    def label(sentences: Tags) -> Tags:
        return [answer.tags for answer in recogniser.label(sentences, lambda: False) or []]

    return label


def theirs(folder: str) -> Callable[[Tags], Tags]:
    """Load CAMeL Tools' recogniser as it is."""
    torch.set_num_threads(1)
    recogniser = NERecognizer(folder, use_gpu=False)

    def label(sentences: Tags) -> Tags:
        tags: Tags = recogniser.predict(sentences)
        return tags

    return label


def peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    label = {"ours": ours, "theirs": theirs}[sys.argv[1]](sys.argv[2])
    sentences = json.load(sys.stdin)
    loaded = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    tags = label(sentences)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    json.dump({"seconds": wall, "cpu": cpu, "loaded": loaded, "peak": peak(), "tags": tags}, sys.stdout)
