"""kill -9 at any moment: the project opens, is sound, and holds everything that was reported as done."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.domain.edit import fold
from annotator.storage.project import Project
from annotator.work.merging import merge_paths
from tests.conftest import ROOT
from tests.storage.strategies import PEOPLE, Gesture, contents, make_copies, make_document, make_project, work


class Processes:
    """One process after the other, each begun and killed by the test."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        assert parent.stdin is not None
        assert parent.stdout is not None
        self._asked, self._printed = parent.stdin, parent.stdout
        self._pid = 0

    def begin(self) -> None:
        """Begin the next process."""
        print(file=self._asked, flush=True)
        word, _, pid = self.line().partition(" ")
        assert word == "pid"
        self._pid = int(pid)

    def line(self) -> str:
        """Wait for a line that the process prints; one that died of its own would be waited for without end."""
        line = self._read()
        assert line not in ("", "dead"), "the process ended before it was killed"
        return line

    def _read(self) -> str:
        """Wait for a line, whatever it says."""
        return self._printed.readline().strip()

    def kill(self) -> list[str]:
        """Kill the process; return the lines that it had still printed."""
        os.kill(self._pid, signal.SIGKILL)
        return list(iter(self._read, "dead"))


@contextmanager
def running(*arguments: str) -> Iterator[Processes]:
    """Run the processes that are to be killed."""
    command = [sys.executable, "-m", "tests.storage.labelling_run", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Processes(process)
    assert process.returncode == 0


def spend(microseconds: int) -> None:
    """Let some time go by, so that the kill falls at any point of a transaction."""
    until = time.perf_counter_ns() + microseconds * 1000
    while time.perf_counter_ns() < until:
        pass


def check_labelling(path: Path, rounds: int) -> None:
    """Kill run after run on one project, each going on from where the last one was killed."""
    make_project(path)
    rng = random.Random(rounds)
    total = 0
    with running("label", str(path), str(rounds)) as processes:
        for _ in range(rounds):
            processes.begin()
            reported = [processes.line() for _ in range(rng.randrange(40))]
            spend(rng.randrange(5000))
            reported += processes.kill()
            total += len(reported)
            with Project.open(path) as project:
                assert project.integrity() == []
                log = list(project.log.edits())
                assert set(reported) <= {edit.id for edit in log}
                assert project.log.state() == fold(log)
    assert total > rounds


def test_eight_labelling_runs_are_killed_and_nothing_reported_is_lost(tmp_path: Path) -> None:
    check_labelling(tmp_path / "p.annot", 8)


@pytest.mark.long
def test_fifty_labelling_runs_are_killed_and_nothing_reported_is_lost(tmp_path: Path) -> None:
    check_labelling(tmp_path / "p.annot", 50)


def check_merges(folder: Path, rounds: int) -> None:
    """Kill merges at different moments: the target is as it was, or wholly merged."""
    one, two, three = copies = make_copies(folder)
    busy: list[Gesture] = [("confirm all", 0, 0), *[("annotate", n, n) for n in range(10)]]
    for number, (copy, annotator) in enumerate(zip(copies, PEOPLE, strict=True)):
        work(copy, annotator, busy)
        with Project.open(copy) as project:
            project.documents.add_many(make_document(f"نص {number} رقم {n}") for n in range(100))
    before = contents(one)
    whole = Path(shutil.copyfile(one, folder / "whole"))
    began = time.perf_counter_ns()
    merge_paths(whole, [two, three])
    duration = (time.perf_counter_ns() - began) // 1000
    after = contents(whole)
    assert after != before
    targets = [Path(shutil.copyfile(one, folder / f"killed-{n}")) for n in range(rounds)]
    with running("merge", f"{two},{three}", *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            lines = processes.kill()
            found = contents(target)
            assert found == after if "merged" in lines else found in (before, after)


def test_four_merges_are_killed_and_each_is_whole_or_nothing(tmp_path: Path) -> None:
    check_merges(tmp_path, 4)


@pytest.mark.long
def test_forty_merges_are_killed_and_each_is_whole_or_nothing(tmp_path: Path) -> None:
    check_merges(tmp_path, 40)
