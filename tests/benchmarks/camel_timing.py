"""Time CAMeL's recogniser in torch and in onnxruntime: CPU seconds, start, memory, disk, and agreement.

`python -m tests.benchmarks.camel_timing [SHAPES]` in the environment of `make interop` prints a table. SHAPES is a
folder with the real config.json, vocab.txt and tokenizer_config.json; the weights are random, of the true size, since
speed and memory do not depend on them. The ways of labelling run one after the other, each in a process of its own:

    predict   NERecognizer.predict, which pads every sentence to 256 pieces
    batches   NERecognizer's network in torch, with our batches
    fp32      onnxruntime
    int8      onnxruntime with 8 bits

"memory" is the largest resident set, "private" the part of it after labelling that is not mapped from a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.domain.model.document import Document
from annotator.resources import resource as bundled
from annotator.suggest.camel.conversion import convert
from annotator.suggest.camel.recogniser import BUDGET, Recogniser
from annotator.suggest.camel.suggester import words_of
from annotator.suggest.camel.wordpieces import PieceCache, Segment, batches, clean_word, segments
from annotator.suggest.model_folders import SAFETENSORS, Precision, graph_path, weights_path
from tests.conftest import ROOT
from tests.suggest.camel.golden_labels import reference_environment
from tests.suggest.model_maker import write_full_weights

Tags = list[list[str]]
Label = Callable[[Tags], Tags]
WAYS = ("predict", "batches", "fp32", "int8")
ARTICLES = 4


def with_predict(folder: Path) -> Label:
    """Load CAMeL Tools' recogniser as it is."""
    import torch
    from camel_tools.ner import NERecognizer

    torch.set_num_threads(1)
    recogniser = NERecognizer(str(folder), use_gpu=False)

    def label(sentences: Tags) -> Tags:
        tags: Tags = recogniser.predict(sentences)
        return tags

    return label


def with_batches(folder: Path) -> Label:
    """Load its network in torch with our batches."""
    import torch
    from camel_tools.ner import NERecognizer

    torch.set_num_threads(1)
    recogniser = NERecognizer(str(folder), use_gpu=False)
    tokenizer, model = recogniser.tokenizer, recogniser.model.eval()
    pieces = PieceCache(lambda word: tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word)))

    def best(batch: list[Segment]) -> Iterator[tuple[Segment, list[int]]]:
        width = len(batch[0].pieces) + 2
        ids = torch.full((len(batch), width), tokenizer.pad_token_id)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for row, segment in enumerate(batch):
            length = len(segment.pieces) + 2
            ids[row, :length] = torch.tensor((tokenizer.cls_token_id, *segment.pieces, tokenizer.sep_token_id))
            mask[row, :length] = 1
        found = model(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)).logits.argmax(-1)
        for row, segment in enumerate(batch):
            yield segment, found[row, torch.tensor(segment.firsts) + 1].tolist()

    def label(sentences: Tags) -> Tags:
        tags = [["O"] * len(words) for words in sentences]
        inputs = [s for i, words in enumerate(sentences) for s in segments(i, map(pieces, words))]
        with torch.inference_mode():
            for batch in batches(inputs, BUDGET["cpu"]):
                for segment, numbers in best(batch):
                    for word, number in zip(segment.words, numbers, strict=True):
                        tags[segment.sentence][word] = recogniser.labels_map[number]
        return tags

    return label


def with_onnx(folder: Path, precision: Precision) -> Label:
    """Load our graph."""
    recogniser = Recogniser(folder, precision, threads=1, device="cpu")
    return lambda sentences: [answer.tags for answer in recogniser.label(sentences, lambda: False) or []]


def measure(way: str, folder: Path, sentences: Tags) -> dict[str, Any]:
    """Load one way, label sentences with it, and return what that took; for a process of its own."""
    began, cpu = time.perf_counter(), time.process_time()
    load = {"predict": with_predict, "batches": with_batches}.get(way)
    label = load(folder) if load else with_onnx(folder, Precision(way))
    found: dict[str, Any] = {"start": time.perf_counter() - began, "start_cpu": time.process_time() - cpu}
    cpu = time.process_time()
    found["tags"] = label(sentences)
    found["cpu"] = time.process_time() - cpu
    # Not ru_maxrss, which a process inherits from the one that started it.
    found["memory"], found["private"] = memory("VmHWM"), memory("RssAnon")
    return found


def memory(name: str) -> float:
    """Return a number of the kernel on this process, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1024


def sample_sentences() -> Tags:
    """Return the sentences of the first sample articles, without words that NERecognizer drops."""
    sentences: Tags = []
    for path in sorted(bundled("samples").glob("[0-9]*.txt"))[:ARTICLES]:
        text = path.read_text(encoding="utf-8")
        cut = ([span.of(text) for span in spans] for spans in words_of(Document("d", text)))
        sentences += [[word for word in words if clean_word(word) == word] for words in cut]
    return [words for words in sentences if words]


def in_a_process(way: str, folder: Path) -> dict[str, Any]:
    """Measure one way."""
    command = [sys.executable, "-m", __spec__.name, "--measure", way, str(folder)]
    environment = {**reference_environment(), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(shapes: Path) -> None:
    """Print the table."""
    with TemporaryDirectory(dir=os.environ.get("TMPDIR")) as temporary:
        folder = write_full_weights(Path(temporary) / "model", shapes)
        cpu = time.process_time()
        convert(str(folder / SAFETENSORS), str(folder))
        print(f"conversion and comparison: {time.process_time() - cpu:.1f} CPU s, {memory('VmHWM'):.0f} MB in memory")
        graphs = {str(p): graph_path(folder, p) for p in Precision}
        disk = {way: (weights_path(path).stat().st_size + path.stat().st_size) / 1e6 for way, path in graphs.items()}
        disk |= dict.fromkeys(("predict", "batches"), (folder / SAFETENSORS).stat().st_size / 1e6)
        found = {way: in_a_process(way, folder) for way in WAYS}
    reference = [tag for tags in found["batches"]["tags"] for tag in tags]
    print(f"{len(reference)} words; one thread")
    print("way        CPU s  start s (CPU)   memory  private     disk  same labels")
    for way, one in found.items():
        tags = [tag for tags in one["tags"] for tag in tags]
        same = "" if len(tags) != len(reference) else f"{sum(map(str.__eq__, tags, reference)) / len(tags):.2%}"
        print(
            f"{way:8}{one['cpu']:8.1f}{one['start']:9.1f} ({one['start_cpu']:4.1f})"
            f"{one['memory']:6.0f} MB{one['private']:6.0f} MB{disk[way]:6.0f} MB  {same}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        json.dump(measure(sys.argv[2], Path(sys.argv[3]), sample_sentences()), sys.stdout)
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "camel-ner-config")
