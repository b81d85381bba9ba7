"""A copy holds the state of the file at one moment, whatever its logs contain and whoever writes to it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file import snapshot
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, contents, make_copies, make_document, make_project, work

DYING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("pragma journal_mode=delete")
db.execute("pragma cache_size=1")
db.execute("begin immediate")
db.execute("drop trigger edits_no_delete")
db.execute("delete from spans")
db.execute("delete from edits")
db.execute("create table junk (x)")
for _ in range(500):
    db.execute("insert into junk values (?)", ["x" * 4000])
os.kill(os.getpid(), 9)
"""
"""A writer on a file system that has no write-ahead log, which dies when part of what it wrote is in the file."""


def test_a_transaction_that_a_crash_left_half_written_is_not_read(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(two, PEOPLE[0], [("confirm all", 0, 0), ("annotate", 3, 4)])
    whole = Path(shutil.copyfile(two, tmp_path / "whole.annot"))
    subprocess.run([sys.executable, "-c", DYING, str(two)], check=False)
    assert two.with_name(f"{two.name}-journal").stat().st_size
    before = two.read_bytes()
    assert merge_paths(one, [two]).edits == 2
    assert two.read_bytes() == before
    assert contents(two) == contents(whole) == contents(one)


def test_a_file_that_is_written_to_while_it_is_copied_is_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "p.annot")

    def copy_and_be_late(source: Path, target: Path, _step: Callable[[], None]) -> None:
        shutil.copyfile(source, target)
        with Project.open(path) as project:
            project.documents.add(make_document("نص جاء في هذه الأثناء"))
        target.write_bytes(target.read_bytes()[:8192])

    monkeypatch.setattr(snapshot, "_copy_bytes", copy_and_be_late)
    with Project.snapshot(path) as project:
        assert project.integrity() == []
        assert project.documents.count() == 4


def test_a_file_that_stays_locked_is_not_waited_for_without_end(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma journal_mode=delete")
        other.execute("begin exclusive")
        other.execute("insert into meta values ('x', 'y')")
        with pytest.raises(ProjectError, match="in use by another program"), Project.snapshot(path, timeout=0.0):
            raise AssertionError("nothing can be read")
        other.execute("rollback")
    with Project.snapshot(path) as project:
        assert project.documents.count() == 3


def test_a_full_disk_of_temporary_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def be_full(_source: Path, _target: Path, _step: Callable[[], None]) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = make_project(tmp_path / "p.annot")
    monkeypatch.setattr(snapshot, "_copy_bytes", be_full)
    told = r"^The disk that holds .* is too full for a copy of "
    with pytest.raises(ProjectError, match=told) as caught, Project.snapshot(path):
        raise AssertionError("there is no copy")
    assert str(path) in str(caught.value)
