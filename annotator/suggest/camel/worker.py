"""The process in which CAMeL Tools' recogniser runs: the only module that loads torch.

Started by camel_process.py as `python -m annotator.suggest.camel.worker`, it speaks JSON, one message a line.
It is told on standard input

    {"load": FOLDER, "threads": N, "device": "cpu"}   once, first
    {"job": N, "sentences": [[word, ...], ...]}       numbers rise
    {"cancel": N}                                     forget every job up to N, also the one at work

and answers on standard output, jobs in order

    {"ready": {"torch": VERSION, ...}} or {"fatal": SENTENCE} and an end
    {"job": N, "tags": [[tag, ...], ...], "scores": [[number, ...], ...]}
    {"job": N, "failed": SENTENCE} or {"job": N, "cancelled": true}

It ends when standard input does, also in the middle of a line, so it never outlives the program that started it. With
the arguments `convert FROM TO` it only turns pickled weights into safetensors.
"""

from __future__ import annotations

import json
import os
import queue
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from annotator.suggest.camel.wordpieces import OUTSIDE, Labelled, PieceCache, Segment, batches, class_of, segments
from annotator.suggest.child_process import end_with_parent, listen

NICE = 10
BUDGET = {"cpu": 512, "cuda": 16_384}
"""Word-pieces in one batch: on a processor small enough to stay in its cache, and for a cancel to be quick."""


class Recogniser:
    """NERecognizer's model and tokenizer under our own batching."""

    def __init__(self, folder: str, *, threads: int, device: str) -> None:
        """Load the model; raises whatever torch and transformers raise on a damaged one."""
        import torch
        from camel_tools.ner import NERecognizer

        if device == "cuda" and not torch.cuda.is_available():
            raise RuntimeError("this torch finds no NVIDIA card; run it on the cpu")
        torch.set_num_threads(threads)
        recogniser = NERecognizer(folder, use_gpu=device == "cuda")
        tokenizer = recogniser.tokenizer
        self._torch = torch
        self._model = recogniser.model.to(device).eval()
        self._device = device
        self._budget = BUDGET[device]
        self._pieces = PieceCache(lambda word: tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word)))
        self._begin, self._end, self._pad = tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id
        self.tags: list[str] = [recogniser.labels_map[i] for i in range(len(recogniser.labels_map))]
        classes = [class_of(tag) for tag in self.tags]
        # Column j sums the probabilities of every tag of tag j's class: B- and I- are equally sure of it.
        self._same_class = torch.tensor([[float(a == b) for b in classes] for a in classes], device=device)

    def label(self, sentences: Sequence[Sequence[str]], is_cancelled: Callable[[], bool]) -> list[Labelled] | None:
        """Return a tag and a score for every word of every sentence.

        None if is_cancelled() returned True between two batches.
        """
        answers = [Labelled([OUTSIDE] * len(words), [1.0] * len(words)) for words in sentences]
        inputs = [s for i, words in enumerate(sentences) for s in segments(i, map(self._pieces, words))]
        with self._torch.inference_mode():
            for batch in batches(inputs, self._budget):
                if is_cancelled():
                    return None
                for segment, best, sure in self._run(batch):
                    answer = answers[segment.sentence]
                    for word, tag, score in zip(segment.words, best, sure, strict=True):
                        answer.tags[word] = self.tags[tag]
                        answer.scores[word] = round(score, 4)
        return answers

    def _run(self, batch: list[Segment]) -> Iterator[tuple[Segment, list[int], list[float]]]:
        """Yield each input with the number of the best tag, and the probability of its class, at each word."""
        torch = self._torch
        width = len(batch[0].pieces) + 2
        ids = torch.full((len(batch), width), self._pad)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for row, segment in enumerate(batch):
            length = len(segment.pieces) + 2
            ids[row, :length] = torch.tensor((self._begin, *segment.pieces, self._end))
            mask[row, :length] = 1
        ids, mask = ids.to(self._device), mask.to(self._device)
        logits = self._model(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)).logits
        best = logits.argmax(-1)
        sure = (logits.softmax(-1) @ self._same_class).gather(-1, best[..., None])[..., 0]
        for row, segment in enumerate(batch):
            places = torch.tensor(segment.firsts, device=self._device) + 1
            yield segment, best[row, places].tolist(), sure[row, places].tolist()


class Inbox:
    """What the process was told and has not done yet."""

    def __init__(self, source: IO[bytes]) -> None:
        """Read messages from source on a thread of its own; end the process when it ends."""
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._cancelled = -1
        self._source = source
        listen(self._read)

    def _read(self) -> None:
        """Take one message in; runs beside the work, so that a cancel is heard in the middle of it."""
        message = json.loads(self._source.readline())
        if "cancel" in message:
            self._cancelled = max(self._cancelled, message["cancel"])
        else:
            self.messages.put(message)

    def is_cancelled(self, job: int) -> bool:
        """Return True if a job has been cancelled."""
        return job <= self._cancelled


def answer(recogniser: Recogniser, inbox: Inbox, message: dict[str, Any]) -> dict[str, Any]:
    """Do one job and return the answer to it."""
    job = message["job"]
    try:
        labelled = recogniser.label(message["sentences"], lambda: inbox.is_cancelled(job))
    except Exception as e:
        return {"job": job, "failed": first_line(e)}
    if labelled is None:
        return {"job": job, "cancelled": True}
    return {"job": job, "tags": [a.tags for a in labelled], "scores": [a.scores for a in labelled]}


def first_line(error: Exception) -> str:
    """Return the kind of an error and the first line of what it says."""
    said = str(error).strip()
    return f"{type(error).__name__}: {said.splitlines()[0]}" if said else type(error).__name__


def versions() -> dict[str, str]:
    """Return the versions of what the answers depend on."""
    import torch
    import transformers
    from camel_tools import __version__ as camel_tools

    return {"torch": torch.__version__, "transformers": transformers.__version__, "camel-tools": camel_tools}


def serve(source: IO[bytes], write: Callable[[dict[str, Any]], None]) -> None:
    """Load what the first message asks for, then do jobs for ever; return only when loading fails."""
    inbox = Inbox(source)
    load = inbox.messages.get()
    try:
        recogniser = Recogniser(load["load"], threads=load["threads"], device=load["device"])
    except Exception as e:
        write({"fatal": f"The CAMeL model in {load['load']} cannot be loaded ({first_line(e)})."})
        return
    write({"ready": versions()})
    while True:
        write(answer(recogniser, inbox, inbox.messages.get()))


def convert(pickled: str, safe: str) -> None:
    """Turn a file of pickled weights into one of safetensors; only tensors are loaded, so no code in it can run.

    Ends the process with one line on standard error where the file holds anything else.
    """
    import torch
    from safetensors.torch import save_file

    try:
        weights = torch.load(pickled, map_location="cpu", weights_only=True)
        # Counting positions is left to the model; only old versions stored the count.
        tensors = {name: t.contiguous() for name, t in weights.items() if not name.endswith("position_ids")}
        save_file(tensors, safe, metadata={"format": "pt"})
    except Exception as e:
        sys.exit(first_line(e))


def main() -> None:
    """Serve on the standard streams, politely; whatever libraries print goes to standard error."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    if sys.argv[1:2] == ["convert"]:
        end_with_parent()
        convert(*sys.argv[2:])
        return
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def write(message: dict[str, Any]) -> None:
        """Send one message; a parent that is gone ends the process."""
        try:
            out.write(json.dumps(message).encode() + b"\n")
            out.flush()
        except BrokenPipeError:
            os._exit(0)

    serve(sys.stdin.buffer, write)


if __name__ == "__main__":
    main()
