"""All long work behind the window says how far it is, and one click stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.export_dialog import ExportChoice
from annotator.ui.dialogs.import_dialog import ImportOrder
from annotator.ui.jobs import Stopped
from annotator.ui.main_window import MainWindow
from tests.ui.conftest import PATIENCE

MakeWindow = Callable[..., MainWindow]
Begin = Callable[[MainWindow, Path], None]
WORK: dict[str, tuple[str, Begin]] = {
    "import": ("importing.import_paths", lambda w, f: w.transfers.imports.bring_in(ImportOrder((f / "a.txt",)))),
    "export": (
        "exporting.export_project",
        lambda w, f: w.transfers.exports.write_out(ExportChoice(f / "a.json", "json")),
    ),
    "merge": ("merging.merge", lambda w, f: w.merging.bring_in([f / "b.annot"])),
}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", WORK)
def test_work_tells_how_far_it_is_and_one_click_stops_it(
    qtbot: QtBot,
    make_window: MakeWindow,
    project_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    language: str,
) -> None:
    go = Event()
    outcome: list[str] = []

    def work(*_args: object, progress: Callable[[int, int], None], **_options: object) -> None:
        """Do one step of four, wait, and try the next."""
        progress(1, 4)
        go.wait()
        try:
            progress(2, 4)
        except Stopped:
            outcome.append("stopped")
            raise
        outcome.append("went on")

    place, begin = WORK[name]
    monkeypatch.setattr(f"annotator.ui.{place}", work)
    window = make_window(language, project_path)
    stop = window.status.findChild(QPushButton)
    assert isinstance(stop, QPushButton) and not stop.isVisible()
    begin(window, tmp_path)
    try:
        qtbot.waitUntil(lambda: (window.status._bar._done, window.status._bar._total) == (1, 4), timeout=PATIENCE)
        assert stop.isVisible()
        assert any("\u0600" <= c <= "\u06ff" for c in window.status._job.text()) is (language == "ar")
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    finally:
        go.set()
    qtbot.waitUntil(lambda: bool(outcome), timeout=PATIENCE)
    assert outcome == ["stopped"]
    assert not stop.isVisible() and not window.jobs.is_busy()
    assert not window.message.isVisible(), "what somebody stopped is no fault"
