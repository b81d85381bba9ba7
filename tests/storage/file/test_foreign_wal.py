"""Logs that a crash leaves do not damage a file that was put in the place of the crashed one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from annotator.domain.model.document import document_id
from annotator.errors import ProjectError
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage.file import foreign_wal
from annotator.storage.file.revision import renew_revision
from annotator.storage.file.watcher import restore_copy
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, make_document, make_project

WORKING = """
import os, signal, sys
from annotator.storage.project import Project
from annotator.session import Session
from annotator.domain.model.document import document_id
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, make_document
path, edits, documents, end = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
with Project.open(path) as project:
    session = Session(project, PEOPLE[0])
    session.open(document_id(TEXTS[0]))
    for n in range(edits):
        ACTIONS["annotate"](session, n % 40, n % 6)
    for n in range(documents):
        project.documents.add(make_document(f"article {n}"))
    outside = project.watch()
    outside.register_window(PEOPLE[0].id)
    if end == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    print("ready", flush=True)
    sys.stdin.read()
"""


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def crash(path: Path, edits: int = 10, documents: int = 0) -> Path:
    """Let a program work on a project until it is killed; return the log that it leaves."""
    command = [sys.executable, "-c", WORKING, str(path), str(edits), str(documents), "crash"]
    subprocess.run(command, cwd=ROOT, check=False)
    assert log_of(path).stat().st_size
    return log_of(path)


def label(path: Path, count: int, first: int = 0) -> None:
    """Let another annotator make so many edits."""
    with Project.open(path) as project:
        session = Session(project, PEOPLE[1])
        session.open(document_id(TEXTS[0]))
        for n in range(first, first + count):
            assert ACTIONS["annotate"](session, n * 7 % 40, n % 6)


def edits_of(path: Path) -> int:
    with Project.open(path) as project:
        assert project.integrity() == []
        return len(list(project.log.edits()))


def overwrite(backup: Path, path: Path) -> None:
    """Copy as cp does: into the file that is there."""
    path.write_bytes(backup.read_bytes())


def overwrite_with_times(backup: Path, path: Path) -> None:
    """Copy as cp -p does."""
    overwrite(backup, path)
    shutil.copystat(backup, path)


def rename_over(backup: Path, path: Path) -> None:
    """Move as mv does: another file, with the times that it had."""
    Path(shutil.copy2(backup, path.with_name("moving"))).replace(path)


def synchronise(backup: Path, path: Path) -> None:
    """Copy as rsync without -t does: another file, with the time of now."""
    Path(shutil.copyfile(backup, path.with_name("copying"))).replace(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    """Return a copy with work of its own, of a project in which there is none."""
    folder = tmp_path / "backup"
    folder.mkdir()
    copy = Path(shutil.copy2(path, folder))
    label(copy, 20)
    return copy


@pytest.mark.parametrize(
    ("put", "edits"),
    [(overwrite, 1), (overwrite, 60), (overwrite_with_times, 10), (rename_over, 10), (synchronise, 10)],
)
def test_a_backup_over_a_crashed_project_without_earlier_edits_is_kept(
    path: Path, backup: Path, put: Callable[[Path, Path], None], edits: int
) -> None:
    log = crash(path, edits)
    put(backup, path)
    kept = (path.read_bytes(), log.read_bytes())
    assert kept[0] == backup.read_bytes()
    for act in (lambda: Project.open(path), lambda: merge_paths(make_project(path.with_name("other")), [path])):
        with pytest.raises(ProjectError, match="does not match its recovery log") as refused:
            act()
        assert f"move {log} away" in str(refused.value)
        assert (path.read_bytes(), log.read_bytes()) == kept
        path.with_name("other").unlink(missing_ok=True)
    log.rename(log.with_name("away"))
    assert edits_of(path) == 20


def test_the_earlier_file_put_back_to_its_log_has_all_that_was_done(path: Path, backup: Path) -> None:
    crash(path)
    aside = path.rename(path.with_name("aside"))
    shutil.copy2(backup, path)
    with pytest.raises(ProjectError, match="put the earlier file back"):
        Project.open(path)
    aside.replace(path)
    assert edits_of(path) == 10


def test_an_older_backup_of_the_same_project_is_kept(path: Path) -> None:
    label(path, 3)
    backup = Path(shutil.copy2(path, path.with_name("backup")))
    label(path, 1, first=3)
    crash(path)
    overwrite(backup, path)
    with pytest.raises(ProjectError, match="does not match"):
        Project.open(path)
    assert path.read_bytes() == backup.read_bytes()


def test_a_copy_of_the_very_state_that_the_log_continues_loses_nothing(path: Path) -> None:
    label(path, 3)
    backup = Path(shutil.copy2(path, path.with_name("backup")))
    crash(path)
    overwrite(backup, path)
    assert edits_of(path) == 13


def test_a_backup_of_a_moment_within_the_log_loses_nothing(path: Path) -> None:
    backup = path.with_name("backup")
    with Project.open(path) as project:
        project.documents.add(make_document("before"))
        with closing(sqlite3.connect(backup)) as target:
            project._connection.db.conn.backup(target)
        project.documents.add(make_document("after"))
        crashed = path.with_name("crashed")
        assert log_of(path).stat().st_size
        for end in ("", "-wal"):
            subprocess.run(["cp", f"{path}{end}", f"{crashed}{end}"], check=True)
    overwrite(backup, crashed)
    with Project.open(crashed) as project:
        assert project.integrity() == []
        assert project.documents.count() == len(TEXTS) + 2


def test_what_a_crash_left_in_the_log_is_there_again_also_elsewhere(path: Path, tmp_path: Path) -> None:
    crash(path, documents=30)
    elsewhere = tmp_path / "elsewhere" / "name.annot"
    elsewhere.parent.mkdir()
    shutil.copyfile(log_of(path), log_of(elsewhere))
    shutil.copyfile(path, elsewhere)
    for file in (path, elsewhere):
        with Project.open(file) as project:
            assert project.integrity() == []
            assert project.documents.count() == len(TEXTS) + 30


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1.0])
def test_a_crash_in_the_midst_of_taking_in_the_log_loses_nothing(path: Path, share: float) -> None:
    """SQLite copies the last version of each page into the file, in the order of their numbers."""
    log = crash(path, documents=30).read_bytes()
    (size,) = struct.unpack_from(">I", log, 8)
    pages: dict[int, bytes] = {}
    for place in range(32, len(log) - size, 24 + size):
        pages[struct.unpack_from(">I", log, place)[0]] = log[place + 24 : place + 24 + size]
    with path.open("r+b") as file:
        for number in sorted(pages)[: round(len(pages) * share)]:
            file.seek((number - 1) * size)
            file.write(pages[number])
    with Project.open(path) as project:
        assert project.integrity() == []
        assert project.documents.count() == len(TEXTS) + 30


def test_a_log_of_which_no_transaction_was_finished_spoils_nothing(path: Path, backup: Path) -> None:
    log = crash(path, edits=1)
    log.write_bytes(log.read_bytes()[: 32 + 100])
    overwrite(backup, path)
    assert edits_of(path) == 20


def test_the_copy_that_is_put_back_in_the_place_of_a_file_that_is_gone_takes_no_log_of_it(path: Path) -> None:
    with Project.open(path) as project:
        project.documents.add(make_document("in the log"))
        aside = project.watch().write_copy()
        path.rename(path.with_name("gone"))
        log = log_of(path).read_bytes()
    log_of(path).unlink(missing_ok=True)
    restore_copy(aside, path)
    log_of(path).write_bytes(log)
    with pytest.raises(ProjectError, match="does not match"):
        Project.open(path)


def test_a_file_of_an_earlier_version_is_read_through_where_a_log_is_beside_it(path: Path) -> None:
    backup = path.read_bytes()
    with Project.open(path) as project:
        project.documents.add_many(make_document(f"before {n}") for n in range(60))
    log = crash(path, documents=30)
    log.rename(path.with_name("away"))
    path.write_bytes(backup)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("drop table file_revision")
    path.with_name("away").rename(log)
    with pytest.raises(ProjectError, match="does not match"):
        Project.open(path)


@pytest.mark.parametrize("place", [0, 100])
def test_a_file_of_an_earlier_version_that_cannot_be_read_together_with_its_log_is_left_alone(
    path: Path, place: int
) -> None:
    """SQLite then raises an error instead of saying what is wrong."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("drop table file_revision")
    crashed = path.with_name("crashed.annot")
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode=wal")
        with db:
            db.execute("insert into meta (name, value) values ('more', '')")
        assert log_of(path).stat().st_size
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", f"{crashed}{end}")
    content = bytearray(crashed.read_bytes())
    content[place : place + 16] = b"x" * 16
    crashed.write_bytes(content)
    before = log_of(crashed).read_bytes()
    with pytest.raises(ProjectError, match=r"does not match|is damaged|is not a project"):
        Project.open(crashed)
    assert crashed.read_bytes() == content
    assert log_of(crashed).read_bytes() == before


def test_a_log_that_another_window_is_writing_is_not_read_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connect = sqlite3.connect

    def listening(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)
        connection.set_trace_callback(asked.append)
        return connection

    command = [sys.executable, "-c", WORKING, str(path), "3", "3", "wait"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        assert window.stdout.readline() == b"ready\n"
        monkeypatch.setattr(sqlite3, "connect", listening)
        assert log_of(path).stat().st_size
        Project.open(path).close()
        window.stdin.close()
    assert any("file_revision" in statement for statement in asked)
    assert not any("integrity" in statement for statement in asked)


def test_a_file_that_is_open_here_is_not_looked_at_by_other_means(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[str] = []
    connect = sqlite3.connect

    def listening(database: str, **options: Any) -> sqlite3.Connection:
        connected.append(database)
        connection: sqlite3.Connection = connect(database, **options)
        return connection

    monkeypatch.setattr(sqlite3, "connect", listening)
    with Project.open(path) as project:
        project.documents.add(make_document("in the log"))
        Project.open(path).close()
        assert log_of(path).stat().st_size
        assert not any("immutable" in name for name in connected)


def half_written(path: Path, to: Path) -> Path:
    """Copy a project without a write-ahead log, and its journal, in the midst of a transaction; return the journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma journal_mode=delete")
        db.execute("pragma cache_size=2")
        db.execute("begin immediate")
        renew_revision(Database(db, execute_plugins=False))
        db.execute("update articles set title = hex(randomblob(5000))")
        for end in ("", "-journal"):
            subprocess.run(["cp", f"{path}{end}", f"{to}{end}"], check=True)
        db.execute("rollback")
    return to.with_name(f"{to.name}-journal")


def test_a_half_written_transaction_is_taken_back(path: Path) -> None:
    crashed = path.with_name("crashed")
    journal = half_written(path, crashed)
    assert journal.stat().st_size > 512
    with Project.open(crashed) as project:
        assert project.integrity() == []
        assert {document.title for document in project.documents.iter()} == {"عنوان"}


def test_a_backup_over_a_file_with_a_half_written_transaction_is_kept(path: Path, backup: Path) -> None:
    crashed = path.with_name("crashed")
    journal = half_written(path, crashed)
    overwrite(backup, crashed)
    with pytest.raises(ProjectError, match=f"move {journal} away"):
        Project.open(crashed)
    assert crashed.read_bytes() == backup.read_bytes()
    journal.unlink()
    assert edits_of(crashed) == 20


def test_a_file_that_changes_while_it_is_compared_with_its_log_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True, True]

    def compare(file: Path, *_: object) -> bool:
        os.utime(file, ns=(0, len(answers)))
        return answers.pop(0)

    monkeypatch.setattr(foreign_wal, "belong_together", compare)
    foreign_wal.refuse_foreign_wal(path, timeout=60.0)
    assert answers == []


def test_a_file_that_changes_all_the_time_is_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = count(1)

    def compare(file: Path, *_: object) -> bool:
        os.utime(file, ns=(0, next(times)))
        return False

    monkeypatch.setattr(foreign_wal, "belong_together", compare)
    with pytest.raises(ProjectError, match=rf"{path} is in use by another program"):
        foreign_wal.refuse_foreign_wal(path, timeout=0.05)
