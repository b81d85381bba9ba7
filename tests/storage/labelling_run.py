"""Processes to be killed: each labels (merges, imports, upgrades) and prints what it was told is durable.

python -m tests.storage.labelling_run label PROJECT ROUNDS    round after round of random gestures without end;
    prints the id of each edit after the gesture returned
python -m tests.storage.labelling_run merge SOURCE,SOURCE TARGET...    a merge for each target; prints "merged"
python -m tests.storage.labelling_run import FILE TARGET...    an import of labelled articles for each target; prints
    how many are stored now and then, and "imported"
python -m tests.storage.labelling_run upgrade - TARGET...    an opening of each older file; prints "open"

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
from annotator.work.importing import import_paths
from annotator.work.intake import Intake
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


def take_in(target: str, file: str) -> None:
    """Import a file with its labels and tell how much is stored already."""
    with Project.open(target) as project:
        import_paths(
            project,
            [file],
            intake=Intake(PEOPLE[0]),
            progress=lambda done, total: tell(str(project.documents.count())),
        )
        tell("imported")


def upgrade(target: str) -> None:
    """Open an older file and tell when that is done."""
    with Project.open(target):
        tell("open")


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
    acts: dict[str, Callable[[str], None]] = {
        "merge": lambda target: merge(target, first.split(",")),
        "import": lambda target: take_in(target, first),
        "upgrade": upgrade,
    }
    for target in rest if what in acts else ():
        in_a_process(lambda target=target: acts[what](target))  # type: ignore[misc]
