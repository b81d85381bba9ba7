"""A project that may not be written is shown, says so, and refuses decisions in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.storage import project as module
from annotator.ui.window import bug_dialog
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

MakeWindow = Callable[..., MainWindow]


def test_a_read_only_project_is_shown_and_decisions_are_refused(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_writable", lambda path: False)
    before = project_path.read_bytes()
    window = make_window("en", project_path)
    assert "is read-only. You can view and export it" in window.message.text()
    assert window.message.isVisible()
    assert not window.jobs.is_busy()
    session = window.current.session
    assert session is not None
    assert session.document is not None
    items = session.items
    window.message.hide()
    bugs: list[str] = []
    restore = bug_dialog.install(window.show_message, bugs.append)
    try:
        with qtbot.captureExceptions() as raised:
            QTest.keyClick(window.article, Qt.Key.Key_Return)
    finally:
        restore()
    assert session.items == items
    (fault,) = raised
    assert "Make the file and its folder writable" in str(fault[1])
    window.file_watcher.check()
    window.activity_timer.save()
    window.backups.look()
    qtbot.waitUntil(lambda: not window.backups._jobs.is_busy(), timeout=PATIENCE)
    window.close()
    assert bugs == []
    assert project_path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if "news" in entry.name] == ["news.annot"]
