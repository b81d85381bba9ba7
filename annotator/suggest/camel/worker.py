"""The process in which CAMeL Tools' recogniser runs: the only module that loads torch, and only inside functions.

A process of its own, because importing torch would block the window for seconds, and because running out of memory
must not end the window. It receives a Load first, then Jobs with rising numbers, and Cancel at any time. It answers
Ready or Fatal once, and then each job in order, with Labels, Failed or Cancelled.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.errors import SuggesterError
from annotator.resources import resource
from annotator.suggest.camel.wordpieces import OUTSIDE, Labelled, PieceCache, Segment, batches, class_of, segments
from annotator.suggest.child_process import Parent

BUDGET = {"cpu": 512, "cuda": 16_384}
"""Word-pieces in one batch: few enough to stay in a processor's cache, and for a cancel to take effect soon."""


@dataclass(frozen=True, slots=True)
class Load:
    """Load the model in a folder; threads are torch's, device is "cpu" or "cuda"."""

    folder: str
    threads: int
    device: str


@dataclass(frozen=True, slots=True)
class Job:
    """Label the words of some sentences."""

    number: int
    sentences: list[list[str]]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Drop every job up to a number, the current one included."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Fatal:
    """The model cannot be loaded; why is an error's first line. The process ends."""

    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The answer to a job: one Labelled for each sentence."""

    number: int
    sentences: list[Labelled]


@dataclass(frozen=True, slots=True)
class Failed:
    """A job failed; why is the error's first line."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A job was cancelled."""

    number: int


Answer = Ready | Fatal | Labels | Failed | Cancelled


def environment(threads: int) -> dict[str, str]:
    """Return the environment of the process: no network, CAMeL Tools' catalogue from our resources, few threads."""
    return {
        **os.environ,
        "CAMELTOOLS_DATA": str(resource("models", "camel")),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        "PYTHONIOENCODING": "utf-8",
    }


class Recogniser:
    """NERecognizer's model and tokenizer with our own batching."""

    def __init__(self, folder: str, *, threads: int, device: str) -> None:
        """Load the model; raises whatever torch and transformers raise for a damaged one."""
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
        # Column j adds up the probabilities of all tags of the class of tag j: B- and I- both count for it.
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
        """Yield each input with, for each word, the number of the best tag and the probability of its class."""
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


class Jobs:
    """The jobs that have arrived and are neither done nor cancelled."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._waiting: deque[Job] = deque()
        self._cancelled = -1

    def next(self) -> Job:
        """Wait for the next job."""
        while not self._waiting:
            self._take(self._parent.receive())
        return self._waiting.popleft()

    def is_cancelled(self, number: int) -> bool:
        """Return True if a job has been cancelled; messages that arrive during its work count."""
        for message in self._parent.receive_waiting():
            self._take(message)
        return number <= self._cancelled

    def _take(self, message: Job | Cancel) -> None:
        if isinstance(message, Cancel):
            self._cancelled = max(self._cancelled, message.number)
        else:
            self._waiting.append(message)


def answer(recogniser: Recogniser, jobs: Jobs, job: Job) -> Answer:
    """Do one job and return the answer to it."""
    try:
        labelled = recogniser.label(job.sentences, lambda: jobs.is_cancelled(job.number))
    except Exception as e:
        return Failed(job.number, first_line(e))
    return Cancelled(job.number) if labelled is None else Labels(job.number, labelled)


def first_line(error: Exception) -> str:
    """Return the kind of an error and the first line of its text."""
    said = str(error).strip()
    return f"{type(error).__name__}: {said.splitlines()[0]}" if said else type(error).__name__


def serve(parent: Parent) -> None:
    """Load what the first message asks for, then do jobs until the process is ended; return only if loading fails."""
    load: Load = parent.receive()
    try:
        recogniser = Recogniser(load.folder, threads=load.threads, device=load.device)
    except Exception as e:
        parent.send(Fatal(first_line(e)))
        return
    parent.send(Ready())
    jobs = Jobs(parent)
    while True:
        parent.send(answer(recogniser, jobs, jobs.next()))


def convert(pickled: str, safe: str) -> None:
    """Turn a file of pickled weights into one of safetensors.

    Only tensors are loaded, so no code in the file can run. Raises SuggesterError if it holds anything else.
    """
    import torch
    from safetensors.torch import save_file

    try:
        weights = torch.load(pickled, map_location="cpu", weights_only=True)
        # The model counts positions itself; only old versions stored the count.
        tensors = {name: t.contiguous() for name, t in weights.items() if not name.endswith("position_ids")}
        save_file(tensors, safe, metadata={"format": "pt"})
    except Exception as e:
        raise SuggesterError(first_line(e)) from e
