"""Learning in a process of its own, so that no key waits for it: `python -m annotator.suggest.learning_process < job`.

The job is one JSON object on standard input, the outcome one on standard output. The process is a command and not a
child of multiprocessing, which would run the program's main module a second time.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from annotator.domain.span import Span
from annotator.domain.tagset import Label, Tagset
from annotator.errors import SuggesterError, UserError
from annotator.resources import resource
from annotator.suggest.learning import Lesson, Outcome, learn
from annotator.suggest.starter import StarterSuggester

_NICE = 10
_LOOK_SECONDS = 0.2


def learn_apart(
    lessons: Sequence[Lesson], tagset: Tagset, folder: Path, wanted: Callable[[], bool] = lambda: True
) -> Outcome | None:
    """Do what learning.learn does, with the bundled starter, in a process of its own with lower priority.

    Returns None also where it is no longer wanted, which is asked several times a second. Raises SuggesterError where
    the process fails.
    """
    job = {"lessons": [_lesson_value(x) for x in lessons], "tagset": _tagset_value(tagset), "folder": str(folder)}
    # In a file, as communicate() sends no more of its input once it has timed out.
    with TemporaryFile("w+", encoding="utf-8") as told:
        json.dump(job, told)
        told.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C in a terminal is for the program, which then cancels.
        )
    with process:
        while True:
            try:
                said, errors = process.communicate(timeout=_LOOK_SECONDS)
                break
            except subprocess.TimeoutExpired:
                if not wanted():
                    process.kill()
                    process.communicate()
                    return None
    try:
        answer = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError):
        last = (errors.strip().splitlines() or [f"exit code {process.returncode}"])[-1]
        raise SuggesterError(
            "Learning from the project's decisions failed ({last}); the old model stays.", last=last
        ) from None
    if "error" in answer:
        raise SuggesterError(answer["error"], **answer["of"])
    return Outcome(**answer) if answer else None


def _lesson_value(lesson: Lesson) -> dict[str, Any]:
    """Return a lesson as JSON values."""
    return {
        "text": lesson.text,
        "names": [[span.start, span.end, label] for span, label in lesson.names],
        "done": lesson.done,
        "rejected": [[span.start, span.end] for span in lesson.rejected],
        "undecided": [[span.start, span.end] for span in lesson.undecided],
    }


def _lesson(value: dict[str, Any]) -> Lesson:
    """Read back what _lesson_value wrote."""
    return Lesson(
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
    job = json.load(sys.stdin)
    tagset = _tagset(job["tagset"])
    starter = StarterSuggester(tagset, resource("models", "starter"))
    try:
        outcome = learn([_lesson(value) for value in job["lessons"]], tagset, starter, Path(job["folder"]))
    except UserError as e:
        answer: dict[str, Any] = {"error": e.sentence.template, "of": {n: str(v) for n, v in e.sentence.fields.items()}}
    else:
        answer = asdict(outcome) if outcome else {}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
