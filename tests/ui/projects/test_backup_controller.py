"""The window makes a backup once a day in the background, and its dialog keeps where and how many."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import ProjectError
from annotator.storage.file.backup_folder import BackupSettings, backup_settings, list_backups, write_backup_settings
from annotator.storage.project import Project
from annotator.ui.projects import backup_controller as module
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

MakeWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BackupSettings:
    """Give each test settings and backups of its own, in which some are made by themselves."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    monkeypatch.delenv("ANNOTATOR_BACKUPS")
    write_backup_settings(BackupSettings(tmp_path / "backups", 2))
    return backup_settings()


def wait(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no backup is being made."""
    qtbot.waitUntil(lambda: not window.backups._jobs.is_busy(), timeout=PATIENCE)


def test_an_open_project_is_backed_up_once_a_day(qtbot: QtBot, make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    assert window.backups._timer.isActive()
    assert list_backups(project_path) == []
    window.backups.look()
    wait(qtbot, window)
    (made,) = list_backups(project_path)
    with Project.open(made.path) as copy:
        assert copy.documents.count() == 2
    assert window.current.session is not None
    window.current.session.confirm()
    window.backups.look()
    wait(qtbot, window)
    assert list_backups(project_path) == [made]
    assert window.message.isHidden()
    assert window.backups._timer.isActive()


def test_a_project_without_backups_is_checked_instead(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, settings: BackupSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup_settings(BackupSettings(settings.folder, 0))
    window = make_window("en", project_path)
    window.backups.look()
    wait(qtbot, window)
    assert window.message.isHidden()
    assert list_backups(project_path) == []
    with closing(sqlite3.connect(project_path)) as db, db:
        db.execute("update articles set text = text || 'x'")
    window.backups.look()
    wait(qtbot, window)
    assert window.message.isHidden(), "once a day, not once an hour"
    monkeypatch.setattr(module, "DAILY", -1.0)
    window.backups.look()
    wait(qtbot, window)
    assert window.message.isVisible()
    assert "is damaged" in window.message.text()


def test_without_a_project_there_is_nothing_to_back_up(make_window: MakeWindow) -> None:
    window = make_window("en")
    window.backups.look()
    window.backups.make()
    assert not window.backups._timer.isActive()
    assert not window.backups._jobs.is_busy()


def test_the_dialog_makes_one_now_and_says_so(qtbot: QtBot, make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    window.menus.actions["backups.open"].trigger()
    dialog = window.backups.dialog
    assert dialog is not None
    assert "has no backup yet" in dialog._newest.text()
    said: list[str] = []
    window.backups.statusMessage.connect(said.append)
    for _ in range(2):
        dialog.now.click()
        wait(qtbot, window)
    assert said[0] == "Backup created."
    assert said[1].startswith("Nothing has changed since the last backup")
    assert dialog._newest.text().startswith("Latest backup of this project: ")
    assert len(list_backups(project_path)) == 1


def test_the_dialog_keeps_what_is_chosen(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("ar")
    window.backups.open()
    dialog = window.backups.dialog
    assert dialog is not None
    assert not dialog.now.isEnabled()
    assert (dialog.folder.path(), dialog.kept.value()) == (tmp_path / "backups", 2)
    dialog.folder.set_path(tmp_path / "elsewhere")
    dialog.kept.setValue(7)
    dialog.accept()
    assert backup_settings() == BackupSettings(tmp_path / "elsewhere", 7)
    window.backups.open()
    assert window.backups.dialog is not None
    window.backups.dialog.kept.setValue(1)
    window.backups.dialog.reject()
    assert backup_settings().kept == 7


def test_what_goes_wrong_is_told_and_not_tried_again(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, settings: BackupSettings
) -> None:
    settings.folder.write_text("no folder")
    window = make_window("en", project_path)
    window.backups.look()
    wait(qtbot, window)
    assert window.message.isVisible()
    assert str(settings.folder) in window.message.text()
    assert not window.backups._timer.isActive()
    (settings.folder.parent / "settings" / "backups.json").write_text("[]")
    window.message.hide()
    window.backups.open()
    assert window.message.isVisible()


def test_a_backup_ends_with_the_window(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []

    def without_end(path: Path, *, on_progress: Callable[[], object]) -> None:
        """Go on until somebody stops it."""
        begun.append(path)
        while True:
            on_progress()

    monkeypatch.setattr(module, "back_up", without_end)
    window = make_window("en", project_path)
    window.backups.look()
    qtbot.waitUntil(lambda: bool(begun), timeout=PATIENCE)
    window.close()
    assert not window.backups._jobs.is_busy()
    assert begun == [project_path]


def test_a_fault_of_the_program_is_not_taken_for_the_world_s(make_window: MakeWindow) -> None:
    window = make_window("en")
    with pytest.raises(ZeroDivisionError):
        window.backups._show_error("backup", ZeroDivisionError())
    window.backups._show_error("backup", ProjectError("said"))
    assert window.message.isVisible()


def test_a_project_that_is_older_than_its_newest_backup_is_reported_when_it_is_opened(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path
) -> None:
    earlier = project_path.read_bytes()
    window = make_window("en", project_path)
    assert window.current.session is not None
    window.current.session.confirm()
    window.backups.make()
    wait(qtbot, window)
    window.current.close()
    project_path.write_bytes(earlier)
    window.open_project(project_path)
    window.backups.look()
    wait(qtbot, window)
    assert "lacks decisions that its backup of" in window.message.text()
    assert window.backups._timer.isActive(), "it is backed up all the same"
    window.message.hide()
    window.backups.look()
    wait(qtbot, window)
    assert window.message.isHidden(), "once"
