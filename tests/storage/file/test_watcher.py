"""Watching a project file: edits of others, open windows, and a file that is moved."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.errors import ProjectError
from annotator.services.project.merge_copies import merge_copies
from annotator.session import Session
from annotator.storage.file.clock import wall_ms
from annotator.storage.file.connection import FileStatus
from annotator.storage.file.watcher import ExternalChanges
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project

ME, OTHER = PEOPLE[:2]
HERE = document_id(TEXTS[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        opened.annotators.add(ME)
        yield opened


def label(project: Project, person: object = ME) -> str:
    """Label something in the first document, and return the edit's id."""
    session = Session(project, person)  # type: ignore[arg-type]
    session.open(HERE)
    change = session.confirm()
    assert change is not None
    return change.edit.id


def test_own_edits_are_no_news_and_others_are_with_who_and_where(path: Path, project: Project) -> None:
    watcher = project.watch()
    assert not watcher.poll(set())
    assert not watcher.poll({label(project)})
    with Project.open(path) as other:
        label(other, OTHER)
        own = {label(project)}
        label(other, OTHER)
        news = watcher.poll(own)
    assert (news.edits, news.annotators, news.documents, news.reordered) == (
        2,
        frozenset((OTHER.id,)),
        frozenset((HERE,)),
        False,
    )
    assert watcher.poll(set()) == ExternalChanges()


def test_edits_from_before_are_no_news(path: Path, project: Project) -> None:
    label(project), label(project)
    watcher = project.watch()
    with Project.open(path) as other:
        label(other, OTHER)
    news = watcher.poll(set())
    assert (news.edits, news.annotators, news.reordered) == (1, frozenset((OTHER.id,)), False)


def test_what_is_no_decision_changes_the_file_but_is_no_news(path: Path, project: Project) -> None:
    watcher = project.watch()
    with Project.open(path) as other:
        other.suggestions.replace(HERE, "lexicon", "2", [])
    news = watcher.poll(set())
    assert news.changed
    assert not news


def test_edits_that_a_merge_put_in_between_are_news(path: Path, project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy.annot"
    shutil.copyfile(path, copy)
    with Project.open(copy) as elsewhere:
        label(elsewhere, OTHER)
    label(project)
    watcher = project.watch()
    with Project.open(path) as other:
        merge_copies(other, [copy])
    news = watcher.poll(set())
    assert news.reordered
    assert news.edits == 1


def test_windows_that_are_open_are_known_and_those_of_ended_programs_forgotten(path: Path, project: Project) -> None:
    watcher = project.watch()
    watcher.register_window(ME.id)
    assert watcher.other_windows() == []
    with Project.open(path) as other:
        second = other.watch()
        second.register_window(OTHER.id)
        assert second.other_windows() == [ME.id]
        assert watcher.other_windows() == [OTHER.id]
        second.unregister_window()
        second.unregister_window()
    assert watcher.other_windows() == []
    gone = {"id": "0", "host": "elsewhere", "process": 1, "path": "x", "annotator": OTHER.id, "seen": 0}
    project._connection.db.table("windows").insert(gone)
    assert watcher.other_windows() == []
    assert project._connection.db.table("windows").count == 1


def test_a_window_that_is_heard_of_is_not_forgotten_and_that_is_no_news(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_800_000_000_000
    for module in ("annotator.storage.file.watcher", "annotator.storage.file.processes"):
        monkeypatch.setattr(f"{module}.wall_ms", lambda: now)
    monkeypatch.setattr("socket.gethostname", lambda: "far")
    with Project.open(path) as other:
        far = other.watch()
        far.register_window(OTHER.id)
        monkeypatch.setattr("socket.gethostname", lambda: "here")
        watcher = project.watch()
        for hour in range(1, 31):
            now = 1_800_000_000_000 + hour * 3_600_000
            monkeypatch.setattr("socket.gethostname", lambda: "far")
            far.heartbeat()
            monkeypatch.setattr("socket.gethostname", lambda: "here")
            assert watcher.poll(set()) == ExternalChanges()
            assert watcher.other_windows() == [OTHER.id]
        project._connection.db.table("windows").delete_where()
        far.heartbeat()
        assert watcher.other_windows() == [OTHER.id]
        own = {label(project)}
        far.heartbeat()
        assert watcher.poll(own).edits == 0
        label(other, OTHER)
        far.heartbeat()
        assert watcher.poll(set()).edits == 1
        now += 13 * 3_600_000
        assert watcher.other_windows() == []


def test_a_window_that_is_closed_is_heard_of_no_more(project: Project) -> None:
    watcher = project.watch()
    watcher.register_window(ME.id)
    watcher.unregister_window()
    watcher.heartbeat()
    assert project._connection.db.table("windows").count == 0


@pytest.mark.parametrize("process", [2**31, 2**40, 2**62, 0, -1])
def test_a_number_that_no_process_has_is_a_closed_window(project: Project, process: int) -> None:
    row = {"id": "0", "host": socket.gethostname(), "process": process, "path": str(project.path.resolve())}
    project._connection.db.table("windows").insert(row | {"annotator": OTHER.id, "seen": wall_ms()})
    assert project.watch().other_windows() == []


def test_a_number_that_was_given_again_is_no_window_of_long_ago(project: Project) -> None:
    row = {"id": "0", "host": socket.gethostname(), "process": os.getppid(), "path": str(project.path.resolve())}
    windows = project._connection.db.table("windows")
    windows.insert(row | {"annotator": OTHER.id, "seen": wall_ms() - 11 * 3_600_000})
    assert project.watch().other_windows() == [OTHER.id]
    windows.update("0", {"seen": wall_ms() - 13 * 3_600_000})
    assert project.watch().other_windows() == []


def test_a_copy_of_an_open_file_is_not_open(project: Project, path: Path, tmp_path: Path) -> None:
    project.watch().register_window(ME.id)
    copy = tmp_path / "copy.annot"
    with Project.snapshot(path) as seen:
        shutil.copyfile(seen._connection._file, copy)
    with Project.open(copy) as opened:
        watcher = opened.watch()
        watcher.register_window(ME.id)
        assert watcher.other_windows() == []


def test_a_file_that_was_moved_takes_along_all_that_was_decided(path: Path, project: Project, tmp_path: Path) -> None:
    watcher = project.watch()
    label(project)
    moved = tmp_path / "folder" / "p.annot"
    moved.parent.mkdir()
    path.rename(moved)
    assert watcher.file_status() is FileStatus.MISSING
    watcher.checkpoint()
    with Project.open(moved) as opened:
        assert len(list(opened.log.edits())) == 1
    path.write_bytes(b"something else")
    assert watcher.file_status() is FileStatus.REPLACED
    moved.replace(path)
    assert watcher.file_status() is FileStatus.PRESENT


def test_a_folder_that_is_gone_takes_the_file_along(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Project.open(make_project(folder / "p.annot")) as project:
        watcher = project.watch()
        folder.rename(tmp_path / "other")
        assert watcher.file_status() is FileStatus.MISSING
        folder.write_text("no folder")
        assert watcher.file_status() is FileStatus.MISSING
        with pytest.raises(ProjectError, match="moved, renamed or deleted"):
            project.annotators.add(OTHER)
        folder.unlink()
        (tmp_path / "other").rename(folder)
        assert watcher.file_status() is FileStatus.PRESENT


@pytest.mark.skipif(os.name != "posix", reason="locks are given up by closing a file on POSIX systems alone")
def test_nothing_is_said_to_be_saved_in_a_log_that_was_taken_away(path: Path) -> None:
    close_it_elsewhere = f"from annotator.storage.project import Project; Project.open({str(path)!r}).close()"
    with Project.open(path) as project:
        project.annotators.add(ME)
        first = label(project)
        path.read_bytes()  # As a file dialog of some desktops does: it gives up every lock that SQLite has here.
        subprocess.run([sys.executable, "-c", close_it_elsewhere], check=True)
        with pytest.raises(ProjectError, match=r"recovery log of .* was deleted"):
            label(project)
    with Project.open(path) as again:
        assert [edit.id for edit in again.log.edits()] == [first]
        assert label(again)
