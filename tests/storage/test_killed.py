"""kill -9 at any moment: the project opens, is sound, and holds everything that was reported as done."""

from __future__ import annotations

import json
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
from annotator.work.importing import import_paths
from annotator.work.intake import Intake
from annotator.work.merging import merge_paths
from tests.conftest import ROOT
from tests.storage.strategies import PEOPLE, TEXTS, Gesture, contents, make_copies, make_document, make_project, work
from tests.storage.test_older_files import WITH_SUGGESTIONS, as_it_was


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


def write_labelled(path: Path, number: int) -> Path:
    """Write a file of articles with two labels each."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            spans = [{"start": 0, "end": 5, "label": "LOC"}, {"start": 6, "end": 9, "label": "PERS"}]
            print(json.dumps({"text": f"بغداد {n:03} نص المقال رقم {n}", "spans": spans}), file=file)
    return path


def check_imports(folder: Path, rounds: int) -> None:
    """Kill imports at different moments: an article is there with all its labels or not at all, and comes again."""
    number = 1200
    source = write_labelled(folder / "gold.jsonl", number)
    empty = make_project(folder / "empty.annot", texts=())
    targets = [Path(shutil.copyfile(empty, folder / f"killed-{n}.annot")) for n in range(rounds)]
    rng = random.Random(rounds)
    stored = []
    with running("import", str(source), *map(str, targets)) as processes:
        for target in targets:
            processes.begin()
            reported = 0
            while not reported:
                reported = int(processes.line())
            spend(rng.randrange(60_000))
            reported = max([reported, *(int(line) for line in processes.kill() if line != "imported")])
            with Project.open(target) as project:
                assert project.integrity() == []
                stored.append(project.documents.count())
                assert stored[-1] >= reported
                for document in project.documents.iter():
                    found = [(a.span.start, a.span.end, a.label) for a in project.log.annotations(document.id)]
                    assert found == [(0, 5, "LOC"), (6, 9, "PERS")]
                assert project.log.state() == fold(project.log.edits())
                again = import_paths(project, [source], intake=Intake(PEOPLE[0]))
                assert again.added == number - stored[-1]
                assert project.log.counts()["annotations"] == 2 * number
    assert any(size < number for size in stored)


def test_four_imports_are_killed_and_no_article_lacks_its_labels(tmp_path: Path) -> None:
    check_imports(tmp_path, 4)


@pytest.mark.long
def test_thirty_imports_are_killed_and_no_article_lacks_its_labels(tmp_path: Path) -> None:
    check_imports(tmp_path, 30)


def check_upgrades(folder: Path, rounds: int) -> None:
    """Kill the opening of an older file at different moments: all its work is there when it is opened again."""
    whole = make_project(folder / "whole.annot", texts=[f"نص رقم {n} من بغداد" for n in range(300)] + list(TEXTS))
    work(whole, PEOPLE[0], [("confirm all", 0, 0), *[("annotate", n, n) for n in range(10)]])
    old = as_it_was(whole, folder / "old.annot", WITH_SUGGESTIONS)
    targets = [Path(shutil.copyfile(old, folder / f"killed-{n}.annot")) for n in range(rounds)]
    after = contents(whole)
    began = time.perf_counter_ns()
    with Project.open(old):
        duration = (time.perf_counter_ns() - began) // 1000
    with running("upgrade", "-", *map(str, targets)) as processes:
        for place, target in enumerate(targets):
            processes.begin()
            spend(duration * (place + 1) // rounds)
            processes.kill()
            assert contents(target) == after


def test_six_upgrades_are_killed_and_all_work_is_there(tmp_path: Path) -> None:
    check_upgrades(tmp_path, 6)


@pytest.mark.long
def test_forty_upgrades_are_killed_and_all_work_is_there(tmp_path: Path) -> None:
    check_upgrades(tmp_path, 40)
