"""Two windows on one project, and the project's file moved away: told, shown, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.errors import ProjectError
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.jobs import Jobs
from annotator.ui.sidebar.item_model import ITEM_ROLE
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, PATIENCE

MakeWindow = Callable[..., MainWindow]


def session_of(window: MainWindow) -> Session:
    assert window.current.session is not None
    return window.current.session


def test_the_second_window_says_that_there_is_another_and_the_first_is_quiet(
    make_window: MakeWindow, project_path: Path
) -> None:
    first = make_window("en", project_path)
    assert "another window" not in first.status.text()
    second = make_window("en", project_path)
    assert "another window" in second.status.text()
    second.close()
    third = make_window("en", project_path)
    assert "another window" in third.status.text()
    first.close()
    third.close()
    assert "another window" not in make_window("en", project_path).status.text()


def test_what_is_decided_in_one_window_is_shown_and_told_in_the_other(
    make_window: MakeWindow, project_path: Path
) -> None:
    one, other = (make_window("en", project_path) for _ in range(2))
    session_of(one).confirm()
    session_of(one).set_note("from the first")
    before = session_of(other).progress
    other.file_watcher.check()
    assert session_of(other).progress == (before[0] - 1, before[1])
    assert [item.key for item in session_of(other).items] == [item.key for item in session_of(one).items]
    assert not other.workspace.side.items.items.index(0).data(ITEM_ROLE).is_suggestion
    assert "2 decisions" in other.status.text()
    assert "from the first" in other.workspace.header.note_button.toolTip()
    row = other.workspace.documents.model.row_at(0)
    assert row is not None
    assert row.annotations == 1
    other.status.show_message("")
    other.file_watcher.check()
    assert other.status.text().strip("\u200e\u200f") == ""
    one.file_watcher.check()
    assert "received" not in one.status.text()


def test_a_colleagues_decisions_are_told_with_the_name(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    with Project.open(project_path) as project:
        session = Session(project, Annotator("other", "Omar"))
        session.open(next(project.documents.ids()))
        session.confirm()
    window.file_watcher.check()
    assert "1 decision received from another window" in window.status.text()
    assert "Omar" in window.status.text()


def test_the_window_looks_by_itself(make_window: MakeWindow, project_path: Path, qtbot: QtBot) -> None:
    window = make_window("en", project_path)
    window.file_watcher._timer.setInterval(1)
    with Project.open(project_path) as project:
        session = Session(project, ANNOTATOR)
        session.open(next(project.documents.ids()))
        session.confirm()
    qtbot.waitUntil(lambda: not session_of(window).items[0].is_suggestion)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("way", ["moved", "replaced", "deleted"])
def test_a_file_that_goes_away_is_told_in_one_sentence_and_the_work_goes_on_when_it_is_back(
    make_window: MakeWindow, project_path: Path, tmp_path: Path, qtbot: QtBot, way: str, language: str
) -> None:
    window = make_window(language, project_path)
    # The work behind a new window opens what is at the path, and would take the log in and delete it.
    qtbot.waitUntil(lambda: not any(jobs.is_busy() for jobs in window.findChildren(Jobs)), timeout=PATIENCE)
    session, aside = session_of(window), tmp_path / "elsewhere.annot"
    session.confirm()
    items = list(session.items)
    project_path.rename(aside)
    if way == "replaced":
        shutil.copyfile(aside, project_path)
    window.file_watcher.check()
    assert window.message.isVisible()
    assert "news.annot" in window.message.text()
    told = window.message.text()
    with pytest.raises(ProjectError):
        session.confirm()
    assert session.items == items
    assert session.focus is not None
    window.message.hide()
    window.file_watcher.check()
    assert not window.message.isVisible(), "what was told once is not told again"
    with Project.open(aside) as moved:
        assert [a.span for a in moved.log.annotations(session.document.id)] == [items[0].span]  # type: ignore[union-attr]
    aside.replace(project_path)
    window.file_watcher.check()
    assert ("project file is back" in window.status.text()) or ("عاد ملف المشروع" in window.status.text())
    assert told != window.status.text()
    session.confirm()
    QCoreApplication.processEvents()
    assert len([item for item in session.items if not item.is_suggestion]) == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_deleted_project_is_put_back_whole_by_one_click(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    session_of(window).confirm()
    session_of(window).set_note("kept")
    state = session_of(window).project.log.state()
    focus = session_of(window).focus
    project_path.unlink()
    window.file_watcher.check()
    assert window.message.action.isVisible()
    window.message.action.click()
    QCoreApplication.processEvents()
    session = session_of(window)
    assert session.project.log.state() == state
    assert session.project.integrity() == []
    assert session.focus is not None
    assert focus is not None
    assert session.focus.key == focus.key
    assert "another window" not in window.status.text()
    assert not window.message.isVisible()
    session.confirm()
    window.close()
    with Project.open(project_path) as project:
        assert len(list(project.log.edits())) == 3
    assert sorted(path.name for path in project_path.parent.glob("*news*")) == ["news.annot"]


def test_an_open_window_writes_every_hour_that_it_is_open(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", project_path)
    assert window.file_watcher._beat.isActive()
    assert window.file_watcher._beat.interval() == 3_600_000
    monkeypatch.setattr("annotator.storage.file.watcher.wall_ms", lambda: 1_900_000_000_000)
    window.file_watcher._write_heartbeat()
    assert window.current.project is not None
    rows = list(window.current.project._connection.db.table("windows").rows)
    assert [row["seen"] for row in rows] == [1_900_000_000_000]
    window.current.close()
    assert not window.file_watcher._beat.isActive()
    window.file_watcher._write_heartbeat()
