"""F5 exchanges work through a folder or a server, and the status line says whether the project is in step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.services.team import sync as sync_module
from annotator.services.team.shared_folder import SharedFolder
from annotator.services.team.sync import open_carrier, sync
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.team import sync_controller
from annotator.ui.team.carrier_dialog import CarrierDialog
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project

if TYPE_CHECKING:
    from tests.postgres import Server

MakeWindow = Callable[..., MainWindow]
OMAR = Annotator("1" * 32, "عمر")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a shared folder, which the user chooses when asked."""
    path = tmp_path / "shared"
    path.mkdir()
    choose(monkeypatch, str(path))
    return path


def choose(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Type an address into the dialog that asks for it."""

    def answer(dialog: CarrierDialog) -> int:
        dialog.place.field.setText(address)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(CarrierDialog, "exec", answer)


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Return a project and a copy of it in which another annotator confirmed two names."""
    path = make_project(tmp_path / "news.annot")
    copy = tmp_path / "from-omar.annot"
    shutil.copyfile(path, copy)
    with Project.open(copy) as project:
        session = Session(project, OMAR)
        session.open(next(project.documents.ids()))
        session.confirm()
        session.confirm()
    return path, copy


def press_f5(qtbot: QtBot, window: MainWindow) -> None:
    """Press F5 in the article and wait until the exchange has ended."""
    with qtbot.waitSignal(window.sync.ended, timeout=PATIENCE):
        QTest.keyClick(window.article, Qt.Key.Key_F5)
    QCoreApplication.processEvents()


def state(window: MainWindow) -> str:
    """Return what the status line says about the exchange."""
    return window.status.sync_text()


def exchange(path: Path, folder: Path) -> None:
    """Exchange the changes of another copy."""
    with Project.open(path) as project:
        sync(project, SharedFolder(folder))


def test_the_first_f5_asks_for_the_folder_and_the_next_ones_show_what_comes(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], folder: Path
) -> None:
    path, copy = copies
    window = make_window("en", path)
    assert state(window) == ""
    window.decisions.confirm()
    press_f5(qtbot, window)
    assert state(window) == "in step"
    assert "1 decision sent" in window.status.text() and "2 articles sent" in window.status.text()
    exchange(copy, folder)
    window.decisions.confirm()
    qtbot.waitUntil(lambda: state(window) == "1 to send", timeout=PATIENCE)
    with qtbot.waitSignal(window.sync.received, timeout=PATIENCE):
        QTest.keyClick(window.article, Qt.Key.Key_F5)
    assert state(window) == "in step"
    assert "2 decisions received: \u2068عمر\u2069 · 1 decision sent" in window.status.text()
    assert not window.message.isVisible()
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert state(window) == "متزامن"


def test_learning_waits_while_an_exchange_runs(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", copies[0])
    learnt: list[Sequence[str]] = []
    monkeypatch.setattr(window.training, "_learn_from", learnt.append)
    is_checking, may_continue = Event(), Event()
    check = SharedFolder.check

    def wait_and_check(self: SharedFolder, on_wait: Callable[[], None]) -> None:
        is_checking.set()
        may_continue.wait()
        check(self, on_wait)

    monkeypatch.setattr(SharedFolder, "check", wait_and_check)
    QTest.keyClick(window.article, Qt.Key.Key_F5)
    qtbot.waitUntil(is_checking.is_set, timeout=PATIENCE)
    session = window.current.session
    assert session and session.document
    here = session.document.id
    session.confirm_all()
    assert session.set_done(True)
    learnt_meanwhile = list(learnt)
    with qtbot.waitSignal(window.sync.ended, timeout=PATIENCE):
        may_continue.set()
    assert (learnt_meanwhile, learnt) == ([], [[here]])


def test_a_folder_that_cannot_be_reached_is_said_once_and_the_state_stays(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], folder: Path
) -> None:
    window = make_window("en", copies[0])
    press_f5(qtbot, window)
    folder.rename(folder.with_name("unplugged"))
    window.decisions.confirm()
    press_f5(qtbot, window)
    assert "Cannot reach" in window.message.text()
    assert state(window).startswith("not reached since ") and state(window).endswith(" · 1 to send")
    folder.with_name("unplugged").rename(folder)
    press_f5(qtbot, window)
    assert state(window) == "in step"


def test_an_exchange_can_be_stopped_and_the_next_one_continues(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _copy = copies
    window = make_window("en", path)
    send = SharedFolder.send

    def stop_first(self: SharedFolder, *args: object) -> object:
        window.jobs.request_stop(sync_controller.SYNC)
        return send(self, *args)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(SharedFolder, "send", stop_first)
    monkeypatch.setattr(sync_module, "SENT_AT_ONCE", 1)
    press_f5(qtbot, window)
    assert "Synchronisation stopped." in window.status.text()
    monkeypatch.setattr(SharedFolder, "send", send)
    press_f5(qtbot, window)
    assert state(window) == "in step"


def test_a_project_inside_the_folder_is_warned_about(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], folder: Path
) -> None:
    inside = folder / "news.annot"
    shutil.copyfile(copies[0], inside)
    window = make_window("en", inside)
    press_f5(qtbot, window)
    assert "is inside the shared folder" in window.message.text()


def test_f5_exchanges_with_a_server_and_shows_the_same_states(
    qtbot: QtBot,
    make_window: MakeWindow,
    copies: tuple[Path, Path],
    postgres: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.postgres import Proxy

    path, copy = copies
    postgres.make_team("window", laila="lead", omar="annotator")
    proxy = Proxy(postgres.port)
    choose(monkeypatch, postgres.url("laila", "window", port=proxy.port))
    window = make_window("en", path)
    window.decisions.confirm()
    press_f5(qtbot, window)
    assert state(window) == "in step" and not window.message.isVisible()
    assert "1 decision sent" in window.status.text() and "2 articles sent" in window.status.text()
    with Project.open(copy) as project:
        sync(project, open_carrier(postgres.url("omar", "window")), annotator=OMAR)
    proxy.left = 0
    window.decisions.confirm()
    press_f5(qtbot, window)
    assert "Cannot reach 127.0.0.1/window" in window.message.text()
    assert state(window).startswith("not reached since ") and state(window).endswith(" · 1 to send")
    proxy.left = None
    press_f5(qtbot, window)
    assert state(window) == "in step"
    assert "2 decisions received: \u2068عمر\u2069 · 1 decision sent" in window.status.text()
    proxy.close()
    assert ANNOTATOR.id in {
        row[0] for row in postgres.execute("select annotator from annotator.logins", database="window")
    }


def test_an_address_with_a_password_is_refused_before_it_is_remembered(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    window = make_window("en", copies[0])
    dialog = CarrierDialog("", copies[0].parent, window)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.place.field.setText("postgresql://salma:secret@localhost/news")
    dialog.accept()
    assert dialog.result() == 0 and "password" in dialog._problem.text()
    dialog.place.field.setText("~/shared")
    assert dialog.address() == str(Path("~/shared").expanduser()) and dialog._problem.text() == ""
    dialog.accept()
    assert dialog.result() == 1
