"""Processes to be killed: each labels (or merges) and prints what it was told is durable.

python -m tests.storage.labelling_run label PROJECT ROUNDS    round after round of random gestures without end;
    prints the id of each edit after the gesture returned
python -m tests.storage.labelling_run merge SOURCE,SOURCE TARGET...    a merge for each target; prints "merged"

Each round waits for a line to be read. It is a process of its own, forked from this one to spare the start-up;
it begins with the line "pid N", and when it has died the line "dead" follows.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable

from annotator.domain.document import document_id
from annotator.session import Session
from annotator.storage.project import Project
from annotator.work.merging import merge_paths
from tests.storage.strategies import GESTURES, PEOPLE, TEXTS


def tell(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def label(path: str, seed: int) -> None:
    """Make random gestures for ever."""
    rng = random.Random(seed)
    names = sorted(GESTURES)
    with Project.open(path) as project:
        session = Session(project, PEOPLE[seed % len(PEOPLE)])
        session.subscribe(lambda change: tell(change.edit.id))
        session.open(document_id(TEXTS[0]))
        while True:
            GESTURES[rng.choice(names)](session, rng.randrange(60), rng.randrange(60))


def merge(target: str, sources: list[str]) -> None:
    """Merge the sources and tell when that is done."""
    merge_paths(target, sources)
    tell("merged")


def in_a_process(act: Callable[[], None]) -> None:
    """Do something in a process of its own, which is there until it is killed, and wait for that."""
    sys.stdin.readline()
    pid = os.fork()
    if pid == 0:
        tell(f"pid {os.getpid()}")
        act()
        signal.pause()
    os.waitpid(pid, 0)
    tell("dead")


if __name__ == "__main__":
    what, first, *rest = sys.argv[1:]
    if what == "label":
        for seed in range(int(rest[0])):
            in_a_process(lambda seed=seed: label(first, seed))  # type: ignore[misc]
    else:
        for target in rest:
            in_a_process(lambda target=target: merge(target, first.split(",")))  # type: ignore[misc]
