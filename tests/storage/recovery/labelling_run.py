"""Work to be cut off: each process labels (merges, imports, exports and so on) and prints what is durable.

python -m tests.storage.recovery.labelling_run label PROJECT ROUNDS    round after round of random actions without end;
    prints the id of each edit after the action returned
python -m tests.storage.recovery.labelling_run WHAT FIRST TARGET...    each target once:
    merge SOURCE,SOURCE    merges the sources into it and prints "merged"
    import FILE            imports articles with labels; prints how many are stored now and then, and "imported"
    upgrade -              opens an older file and prints "open"
    export FORMAT          exports it beside itself, for the target "p.annot" to "p.out", and prints "exported"
    create -               makes a new project, labels in it and prints the id of each edit
    backup PROJECT         writes a backup of the project there and prints "backed up"
    repair PROJECT         saves what is intact of the project there and prints "repaired"
    restore BACKUP         puts the backup in its place and prints "restored"
    rename NAME            renames the user whose settings are in the folder, and prints "renamed"

Each round waits for a line to be read. It is a process of its own, forked from this one to spare the start-up;
it begins with the line "pid N", and when it has died the line "dead" follows. With --once before all else, the work
is done in this process for one target, and labelling ends after 30 actions.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.domain.model.document import document_id
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage.file.identity import rename
from annotator.storage.project import Project
from annotator.storage.recovery.backup import restore, write_backup
from tests.services.exporting.requests import export_as
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, make_project

WITHOUT_END = sys.maxsize


def tell(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def label(path: str, seed: int, actions: int = WITHOUT_END) -> None:
    """Make random actions."""
    rng = random.Random(seed)
    names = sorted(ACTIONS)
    with Project.open(path) as project:
        session = Session(project, PEOPLE[seed % len(PEOPLE)])
        session.subscribe(lambda outcome: tell(outcome.change.edit.id) if outcome.change else None)
        session.open(document_id(TEXTS[0]))
        while actions:
            ACTIONS[rng.choice(names)](session, rng.randrange(60), rng.randrange(60))
            actions -= 1


def merge(target: str, sources: list[str]) -> None:
    """Merge the sources."""
    merge_paths(target, sources)
    tell("merged")


def insert_edits(target: str, file: str) -> None:
    """Import a file with its labels, and print how much is stored already."""
    with Project.open(target) as project:
        import_paths(
            project,
            [file],
            target=ImportTarget(PEOPLE[0]),
            progress=lambda done, total: tell(str(project.documents.count())),
        )
        tell("imported")


def upgrade(target: str) -> None:
    """Open an older file."""
    with Project.open(target):
        tell("open")


def export(target: str, format: str) -> None:
    """Export a project."""
    with Project.open(target) as project:
        export_as(project, Path(target).with_suffix(".out"), format)
    tell("exported")


def create(target: str) -> None:
    """Make a project and label in it."""
    make_project(Path(target))
    label(target, 1, 5)


def back_up(target: str, project: str) -> None:
    """Write a backup."""
    write_backup(Path(project), Path(target))
    tell("backed up")


def repair(target: str, project: str) -> None:
    """Save what is intact of a project in a new file."""
    Project.repair(project, target)
    tell("repaired")


def put_back(target: str, backup: str) -> None:
    """Restore a backup."""
    restore(Path(target), Path(backup))
    tell("restored")


def change_name(folder: str, name: str) -> None:
    """Rename the user."""
    rename(name, folder)
    tell("renamed")


ACTS: dict[str, Callable[[str, str], None]] = {
    "merge": lambda target, first: merge(target, first.split(",")),
    "import": insert_edits,
    "upgrade": lambda target, first: upgrade(target),
    "export": export,
    "create": lambda target, first: create(target),
    "backup": back_up,
    "repair": repair,
    "restore": put_back,
    "rename": change_name,
}


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


def main(what: str, first: str, *rest: str) -> None:
    """Do what the arguments say."""
    if what == "--once":
        what, (first, target, *_) = first, rest
        if what == "label":
            label(target, int(first), 30)
        else:
            ACTS[what](target, first)
    elif what == "label":
        for seed in range(int(rest[0])):
            in_a_process(lambda seed=seed: label(first, seed))  # type: ignore[misc]
    else:
        for target in rest:
            in_a_process(lambda target=target: ACTS[what](target, first))  # type: ignore[misc]


if __name__ == "__main__":
    main(*sys.argv[1:])
