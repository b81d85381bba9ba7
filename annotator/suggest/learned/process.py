"""Learning in a process of its own, so that no key waits for it: `python -m annotator.suggest.learned.process`.

The job is one line of JSON on standard input, the outcome one on standard output. The process is a command and not a
child of multiprocessing, which would run the program's main module a second time.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import SuggesterError, UserError
from annotator.resources import resource
from annotator.suggest.child_process import command, end_with_parent, run
from annotator.suggest.learned.train import TrainingDocument, TrainingReport, train_model
from annotator.suggest.starter.suggester import StarterSuggester

_NICE = 10


def train_in_process(
    documents: Sequence[TrainingDocument],
    tagset: Tagset,
    folder: Path,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> TrainingReport | None:
    """Do what train_model does, with the bundled starter, in a process of its own with lower priority.

    Returns None also where it is no longer wanted, which is asked several times a second. Raises SuggesterError where
    the process fails.
    """
    job = {"documents": [_document_value(x) for x in documents], "tagset": _tagset_value(tagset), "folder": str(folder)}
    ended = run(command(__name__), given=json.dumps(job).encode() + b"\n", is_cancelled=is_cancelled)
    if ended is None:
        return None
    try:
        answer = json.loads(ended.output.splitlines()[-1])
    except (ValueError, IndexError):
        raise SuggesterError(
            "Learning from the project's decisions failed ({last}); the old model stays.", last=ended.last_line
        ) from None
    if "error" in answer:
        raise SuggesterError(answer["error"], **answer["of"])
    return TrainingReport(**answer) if answer else None


def _document_value(document: TrainingDocument) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "text": document.text,
        "names": [[span.start, span.end, label] for span, label in document.names],
        "done": document.done,
        "rejected": [[span.start, span.end] for span in document.rejected],
        "undecided": [[span.start, span.end] for span in document.undecided],
    }


def _document(value: dict[str, Any]) -> TrainingDocument:
    """Read back what _document_value wrote."""
    return TrainingDocument(
        value["text"],
        tuple((Span(start, end), label) for start, end, label in value["names"]),
        value["done"],
        tuple(Span(*place) for place in value["rejected"]),
        tuple(Span(*place) for place in value["undecided"]),
    )


def _tagset_value(tagset: Tagset) -> dict[str, Any]:
    """Return as JSON values what learning needs to know of a tagset."""
    labels = [{"id": label.id, "camel": list(label.camel)} for label in tagset.labels]
    return {"name": tagset.name, "labels": labels, "nested": tagset.nested, "clitics": tagset.clitics}


def _tagset(value: dict[str, Any]) -> Tagset:
    """Read back what _tagset_value wrote."""
    labels = tuple(Label(label["id"], {}, {}, camel=tuple(label["camel"])) for label in value["labels"])
    return Tagset(value["name"], labels, nested=value["nested"], clitics=value["clitics"])


def main() -> None:
    """Read the job, do it, write the outcome."""
    with contextlib.suppress(OSError, AttributeError):  # Windows has no os.nice.
        os.nice(_NICE)
    job = json.loads(sys.stdin.buffer.readline())
    end_with_parent()
    tagset = _tagset(job["tagset"])
    starter = StarterSuggester(tagset, resource("models", "starter"))
    try:
        outcome = train_model([_document(value) for value in job["documents"]], tagset, starter, Path(job["folder"]))
    except UserError as e:
        answer: dict[str, Any] = {"error": e.message.template, "of": {n: str(v) for n, v in e.message.fields.items()}}
    else:
        answer = asdict(outcome) if outcome else {}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
