"""kill -9 at any moment: the project opens, is sound, and holds everything that was reported as done."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.edit import fold
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.storage.strategies import PEOPLE, Gesture, contents, make_copies, make_document, make_project, work


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start the process that is to be killed, and wait until it has begun its work."""
    command = [sys.executable, "-m", "tests.storage.labelling_run", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill the process and return the lines that it had still printed."""
    process.kill()
    printed, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    return printed.splitlines()


def label_and_kill(path: Path, seed: int) -> int:
    """Kill one labelling run after a random number of edits; return how many it had reported."""
    rng = random.Random(seed)
    process = start("label", str(path), str(seed))
    assert process.stdout is not None
    reported = [process.stdout.readline().strip() for _ in range(rng.randrange(40))]
    # Between two edits is where a kill may fall inside a transaction.
    for _ in range(rng.randrange(20_000)):
        pass
    reported += [line for line in kill(process) if len(line) == 36]
    with Project.open(path) as project:
        assert project.integrity() == []
        log = list(project.log.edits())
        assert set(reported) <= {edit.id for edit in log}
        assert project.log.state() == fold(log)
    return len(reported)


def check_rounds(path: Path, rounds: int) -> None:
    """Kill run after run on one project, which goes on from where the last one was killed."""
    make_project(path)
    assert sum(label_and_kill(path, seed) for seed in range(rounds)) > rounds


def test_eight_labelling_runs_are_killed_and_nothing_reported_is_lost(tmp_path: Path) -> None:
    check_rounds(tmp_path / "p.annot", 8)


@pytest.mark.long
def test_fifty_labelling_runs_are_killed_and_nothing_reported_is_lost(tmp_path: Path) -> None:
    check_rounds(tmp_path / "p.annot", 50)


def check_killed_merges(folder: Path, rounds: int) -> None:
    """Kill merges at different moments: the target is as it was, or wholly merged."""
    copies = make_copies(folder)
    busy: list[Gesture] = [("confirm all", 0, 0), *[("annotate", n, n) for n in range(50)]]
    for number, (copy, annotator) in enumerate(zip(copies, PEOPLE, strict=True)):
        work(copy, annotator, busy)
        with Project.open(copy) as project:
            project.documents.add_many(make_document(f"نص {number} رقم {n}") for n in range(300))
    one, two, three = copies
    before = contents(one)
    whole = folder / "whole"
    shutil.copyfile(one, whole)
    process = start("merge", str(whole), str(two), str(three))
    printed, _ = process.communicate()
    assert printed == "merged\n"
    after = contents(whole)
    assert after != before
    for seed in range(rounds):
        target = folder / f"killed-{seed}"
        shutil.copyfile(one, target)
        process = start("merge", str(target), str(two), str(three))
        for _ in range(random.Random(seed).randrange(6_000_000)):
            pass
        process.kill()
        printed, _ = process.communicate()
        found = contents(target)
        assert found == after if "merged" in printed else found in (before, after)


def test_three_merges_are_killed_and_each_is_whole_or_nothing(tmp_path: Path) -> None:
    check_killed_merges(tmp_path, 3)


@pytest.mark.long
def test_thirty_merges_are_killed_and_each_is_whole_or_nothing(tmp_path: Path) -> None:
    check_killed_merges(tmp_path, 30)
