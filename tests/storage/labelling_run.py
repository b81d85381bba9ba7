"""A process to be killed: labels (or merges) without end and prints what it was told is durable.

python -m tests.storage.labelling_run label PROJECT SEED    prints the id of each edit after the gesture returned
python -m tests.storage.labelling_run merge TARGET SOURCE...    prints a line when it begins and when it has ended
"""

from __future__ import annotations

import random
import sys

from annotator.domain.document import document_id
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import GESTURES, PEOPLE, TEXTS


def label(path: str, seed: int) -> None:
    """Make random gestures for ever."""
    rng = random.Random(seed)
    names = sorted(GESTURES)
    with Project.open(path) as project:
        session = Session(project, PEOPLE[seed % len(PEOPLE)])
        session.subscribe(lambda change: print(change.edit.id, flush=True))
        session.open(document_id(TEXTS[0]))
        print("ready", flush=True)
        while True:
            GESTURES[rng.choice(names)](session, rng.randrange(60), rng.randrange(60))


def merge(target: str, sources: list[str]) -> None:
    """Merge the sources and tell when."""
    from annotator.work.merging import merge_paths

    print("ready", flush=True)
    merge_paths(target, sources)
    print("merged", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "label":
        label(sys.argv[2], int(sys.argv[3]))
    else:
        merge(sys.argv[2], sys.argv[3:])
