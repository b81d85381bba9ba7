"""kill -9 at any moment: the project opens, is intact, and has everything that was reported as done."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.storage.file.test_older_files import WITH_SUGGESTIONS, as_it_was
from tests.storage.recovery.intact import (
    check_exported,
    check_imported,
    check_labelled,
    check_merged,
    check_restored,
    check_written,
    files_of,
)
from tests.storage.recovery.labelling_run import ACTS, export, put_back
from tests.storage.strategies import PEOPLE, TEXTS, Action, contents, make_copies, make_document, make_project, work


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
    command = [sys.executable, "-m", "tests.storage.recovery.labelling_run", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Processes(process)
    assert process.returncode == 0


def spend(microseconds: int) -> None:
    """Let some time go by, so that the kill falls at any point of a transaction."""
    until = time.perf_counter_ns() + microseconds * 1000
    while time.perf_counter_ns() < until:
        pass


def rounds(few: int, many: int) -> pytest.MarkDecorator:
    """Run a test for a few rounds, and for many if there is time."""
    return pytest.mark.parametrize("rounds", [few, pytest.param(many, marks=pytest.mark.long)])


BUSY: list[Action] = [("confirm all", 0, 0), *[("annotate", n, n) for n in range(10)]]


@rounds(8, 140)
def test_labelling_runs_are_killed_and_nothing_reported_is_lost(tmp_path: Path, rounds: int) -> None:
    """Each run goes on from where the last one was killed."""
    path = make_project(tmp_path / "p.annot")
    rng = random.Random(rounds)
    total = 0
    with running("label", str(path), str(rounds)) as processes:
        for _ in range(rounds):
            processes.begin()
            reported = [processes.line() for _ in range(rng.randrange(40))]
            spend(rng.randrange(5000))
            reported += processes.kill()
            total += len(reported)
            check_labelled(path, reported)
    assert total > rounds


@rounds(4, 80)
def test_merges_are_killed_and_end_the_same_when_they_are_repeated(tmp_path: Path, rounds: int) -> None:
    one, *sources = copies = make_copies(tmp_path)
    for number, (copy, annotator) in enumerate(zip(copies, PEOPLE, strict=True)):
        work(copy, annotator, BUSY)
        with Project.open(copy) as project:
            project.documents.add_many(make_document(f"نص {number} رقم {n}") for n in range(100))
    before = contents(one)
    whole = Path(shutil.copyfile(one, tmp_path / "whole"))
    duration = microseconds(lambda: merge_paths(whole, sources))
    after = contents(whole)
    assert after != before
    targets = [Path(shutil.copyfile(one, tmp_path / f"killed-{n}")) for n in range(rounds)]
    with running("merge", ",".join(map(str, sources)), *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            check_merged(target, sources, processes.kill(), before, after)


def write_labelled(path: Path, number: int) -> Path:
    """Write a file of articles with two labels each."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            spans = [{"start": 0, "end": 5, "label": "LOC"}, {"start": 6, "end": 9, "label": "PERS"}]
            print(json.dumps({"text": f"بغداد {n:03} نص المقال رقم {n}", "spans": spans}), file=file)
    return path


@rounds(4, 70)
def test_imports_are_killed_and_no_article_lacks_its_labels(tmp_path: Path, rounds: int) -> None:
    number = 1200
    source = write_labelled(tmp_path / "gold.jsonl", number)
    empty = make_project(tmp_path / "empty.annot", texts=())
    targets = [Path(shutil.copyfile(empty, tmp_path / f"killed-{n}.annot")) for n in range(rounds)]
    rng = random.Random(rounds)
    stored = []
    with running("import", str(source), *map(str, targets)) as processes:
        for target in targets:
            processes.begin()
            printed = ["0"]
            while not int(printed[-1]):
                printed.append(processes.line())
            spend(rng.randrange(60_000))
            stored.append(check_imported(target, source, number, [*printed, *processes.kill()]))
    assert any(size < number for size in stored)


@rounds(6, 40)
def test_upgrades_are_killed_and_all_work_is_there(tmp_path: Path, rounds: int) -> None:
    whole = make_project(tmp_path / "whole.annot", texts=[f"نص رقم {n} من بغداد" for n in range(300)] + list(TEXTS))
    work(whole, PEOPLE[0], BUSY)
    old = as_it_was(whole, tmp_path / "old.annot", WITH_SUGGESTIONS)
    targets = [Path(shutil.copyfile(old, tmp_path / f"killed-{n}.annot")) for n in range(rounds)]
    after = contents(whole)
    duration = microseconds(lambda: Project.open(old).close())
    with running("upgrade", "-", *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            processes.kill()
            assert contents(target) == after


@pytest.mark.parametrize("format", ["json", "conll"])
@rounds(2, 35)
def test_exports_are_killed_and_each_is_the_old_or_the_new_one(tmp_path: Path, format: str, rounds: int) -> None:
    whole = make_project(tmp_path / "whole.annot", texts=[*TEXTS, *(f"نص رقم {n} من بغداد" for n in range(100))])
    work(whole, PEOPLE[0], BUSY[:5])
    export(str(whole), format)
    out = whole.with_suffix(".out")
    first = out.read_bytes()
    old = files_of(out)
    work(whole, PEOPLE[0], [("done", 1, 0), *BUSY[5:]])
    duration = microseconds(lambda: export(str(whole), format))
    new = files_of(out)
    assert new != old
    targets = [tmp_path / f"killed-{n}" / "whole.annot" for n in range(rounds)]
    for target in targets:
        target.parent.mkdir()
        shutil.copyfile(whole, target)
        target.with_suffix(".out").write_bytes(first)
    with running("export", format, *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            check_exported(target.with_suffix(".out"), processes.kill(), old, new)


@pytest.mark.parametrize("what", ["backup", "repair"])
@rounds(2, 50)
def test_backups_and_repairs_are_killed_and_each_is_whole_or_not_there(tmp_path: Path, what: str, rounds: int) -> None:
    project = make_project(tmp_path / "p.annot", texts=[*TEXTS, *(f"نص رقم {n} من بغداد" for n in range(300))])
    work(project, PEOPLE[0], BUSY)
    whole = contents(project)
    targets = [tmp_path / f"out-{n}.annot" for n in range(rounds)]
    duration = microseconds(lambda: ACTS[what](str(tmp_path / "timed.annot"), str(project)))
    with running(what, str(project), *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            check_written(target, processes.kill(), whole)


@rounds(4, 40)
def test_restorings_are_killed_and_what_was_there_is_kept(tmp_path: Path, rounds: int) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], BUSY)
    work(two, PEOPLE[1], BUSY)
    before, after = contents(one), contents(two)
    targets = [tmp_path / f"killed-{n}" / "p.annot" for n in range(rounds)]
    for target in targets:
        target.parent.mkdir()
        shutil.copyfile(one, target)
    timed = shutil.copyfile(one, tmp_path / "timed.annot")
    duration = microseconds(lambda: put_back(str(timed), str(two)))
    with running("restore", str(two), *map(str, targets)) as processes:
        for number, target in enumerate(targets):
            processes.begin()
            spend(duration * (number + 1) // rounds)
            check_restored(target, processes.kill(), before, after)


@rounds(4, 30)
def test_renamings_are_killed_and_the_user_has_one_of_both_names(tmp_path: Path, rounds: int) -> None:
    user = current_annotator(tmp_path)
    names = {user.name, "Carmen"}
    with running("rename", "Carmen", *[str(tmp_path)] * rounds) as processes:
        for number in range(rounds):
            processes.begin()
            spend(20 * number)
            printed = processes.kill()
            now = current_annotator(tmp_path)
            assert now.id == user.id
            assert now.name in ({"Carmen"} if "renamed" in printed else names)


def microseconds(act: Callable[[], object]) -> int:
    """Return how long something takes."""
    began = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - began) // 1000
