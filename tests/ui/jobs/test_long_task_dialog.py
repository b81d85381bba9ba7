"""The base of the dialogs that start a long task: options, scan, progress, result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.errors import UserError
from annotator.ui.base.i18n import set_language
from annotator.ui.base.jobs import Job
from annotator.ui.jobs.long_task_dialog import LongTaskDialog
from tests.ui.conftest import PATIENCE


class CopyDialog(LongTaskDialog):
    """Copies what its field names."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.lay_out(self.field, "Copy", QSize(400, 200))
        self.field.textChanged.connect(self.update_state)
        self.update_state()

    def request(self) -> str:
        if self.field.text() == "nothing":
            raise UserError("There is nothing to copy.")
        return self.field.text()

    def can_start(self) -> bool:
        return bool(self.field.text())

    def hint_text(self) -> str:
        return "" if self.field.text() else "Name a file."

    def running_text(self) -> str:
        return "Copying…"

    def scanning_text(self) -> str:
        return "Reading…"


@pytest.fixture
def dialog(qtbot: QtBot, qapp: object) -> Iterator[CopyDialog]:
    set_language(qapp, "en")  # type: ignore[arg-type]
    made = CopyDialog()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.done(0)


def test_the_task_starts_once_with_what_the_options_ask_for(qtbot: QtBot, dialog: CopyDialog) -> None:
    assert not dialog.start_button.isEnabled() and dialog.hint.text() == "Name a file."
    dialog.field.setText("a.txt")
    with qtbot.waitSignal(dialog.startRequested) as asked:
        dialog.start_button.click()
    assert asked.args == ["a.txt"]
    assert not dialog.start_button.isEnabled() and not dialog.field.isEnabled()
    assert (dialog.hint.text(), dialog.close_button.text()) == ("Copying…", "Continue in background")


def test_options_that_are_not_valid_start_nothing(qtbot: QtBot, dialog: CopyDialog) -> None:
    dialog.field.setText("nothing")
    with qtbot.assertNotEmitted(dialog.startRequested):
        dialog.start_button.click()
    assert dialog.hint.text() == "There is nothing to copy." and dialog.start_button.isEnabled()
    assert dialog.close_button.text() == "Cancel"


def test_stop_ends_a_scan_and_asks_a_running_task(qtbot: QtBot, dialog: CopyDialog) -> None:
    dialog.field.setText("a.txt")
    seen: list[int] = []

    def scan(job: Job) -> int:
        while True:
            job.report_progress(1, 2)

    dialog.scan(scan, seen.append)
    assert dialog.hint.text() == "Reading…" and dialog.stop_button.isVisible()
    dialog.stop_button.click()
    assert not dialog.is_scanning and not dialog.stop_button.isVisible() and seen == []
    dialog.start_button.click()
    with qtbot.waitSignal(dialog.stopRequested):
        dialog.stop_button.click()
    assert dialog.hint.text() == "Stopping…" and dialog.focusWidget() is dialog.close_button


def test_an_error_of_a_scan_is_the_hint(qtbot: QtBot, dialog: CopyDialog) -> None:
    def fail(_job: Job) -> None:
        raise UserError("The file cannot be read.")

    dialog.scan(fail, lambda _nothing: None)
    qtbot.waitUntil(lambda: not dialog.is_scanning, timeout=PATIENCE)
    assert dialog.hint.text() == "The file cannot be read."


def test_the_result_replaces_the_options_and_enter_closes(dialog: CopyDialog) -> None:
    dialog.field.setText("a.txt")
    dialog.start_button.click()
    dialog.show_result(["One file copied."], ["a.txt"])
    assert dialog.result_page.text() == "\u200eOne file copied.\n\u200ea.txt"
    assert not dialog.stop_button.isVisible() and not dialog.start_button.isVisible()
    assert dialog.close_button.isDefault() and dialog.focusWidget() is dialog.close_button
