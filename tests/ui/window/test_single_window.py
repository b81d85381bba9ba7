"""A second start with the same project raises the window that is open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from annotator.ui.window import single_window
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.single_window import SingleWindow, _server_name, raise_open_window
from tests.ui.conftest import PATIENCE, make_project

MakeWindow = Callable[..., MainWindow]

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from annotator.ui.window.single_window import raise_open_window
app = QApplication([])
print(raise_open_window(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.fixture
def listening(make_window: MakeWindow, tmp_path: Path) -> Iterator[Callable[[Path], MainWindow]]:
    """Return the function that opens a window on a project as the program does."""

    def make(path: Path) -> MainWindow:
        """Open a window."""
        window = make_window("en")
        SingleWindow(window, window.current, tmp_path / "settings")
        assert window.open_project(path)
        return window

    yield make


def start_again(qtbot: QtBot, path: Path, settings: Path) -> str:
    """Start a second program and return what it printed, while the window of this one goes on."""
    command = [sys.executable, "-c", SECOND_START, str(path), str(settings)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE)
    return process.communicate()[0].strip()


def test_a_second_start_raises_the_window(
    qtbot: QtBot,
    listening: Callable[[Path], MainWindow],
    project_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = listening(project_path)
    window.showMinimized()
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "from the menu")
    (tmp_path / "link.annot").symlink_to(project_path)
    assert start_again(qtbot, tmp_path / "link.annot", tmp_path / "settings") == "True"
    assert not window.isMinimized()
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from the menu"


@pytest.mark.parametrize("differs", ["project", "settings", "display", "closed"])
def test_another_project_person_or_display_gets_a_window_of_its_own(
    listening: Callable[[Path], MainWindow],
    project_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    differs: str,
) -> None:
    window = listening(project_path)
    path, settings = project_path, tmp_path / "settings"
    if differs == "project":
        path = make_project(tmp_path / "other.annot")
    elif differs == "settings":
        settings = tmp_path / "of Omar"
    elif differs == "display":
        monkeypatch.setenv("DISPLAY", ":77")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    else:
        name = _server_name(path, settings)
        assert Path(name).exists()
        window.projects.close()
        assert not Path(name).exists()
    assert not raise_open_window(path, settings)


def test_the_socket_of_a_killed_program_is_replaced(
    qtbot: QtBot, listening: Callable[[Path], MainWindow], project_path: Path, tmp_path: Path
) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as killed:
        killed.bind(_server_name(project_path, tmp_path / "settings"))
    assert not raise_open_window(project_path, tmp_path / "settings")
    listening(project_path)
    assert start_again(qtbot, project_path, tmp_path / "settings") == "True"


def test_a_second_window_leaves_the_socket_to_the_first(
    qtbot: QtBot, listening: Callable[[Path], MainWindow], project_path: Path, tmp_path: Path
) -> None:
    first = listening(project_path)
    second = listening(project_path)
    first.showMinimized()
    second.close()
    assert start_again(qtbot, project_path, tmp_path / "settings") == "True"
    assert not first.isMinimized()


def test_a_window_that_does_not_answer_is_not_waited_for(
    qapp: QCoreApplication, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_window, "_ANSWER_MS", 10)
    with closing(socket.socket(socket.AF_UNIX)) as hanging:
        hanging.bind(_server_name(project_path, tmp_path / "settings"))
        hanging.listen()
        assert not raise_open_window(project_path, tmp_path / "settings")


def test_a_folder_that_others_can_use_is_not_used(
    project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "annotator").mkdir()
    (tmp_path / "annotator").chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert _server_name(project_path, tmp_path) == ""
    assert not raise_open_window(project_path, tmp_path)


def test_what_is_no_line_is_dropped(
    qtbot: QtBot, listening: Callable[[Path], MainWindow], project_path: Path, tmp_path: Path
) -> None:
    listening(project_path)
    with closing(socket.socket(socket.AF_UNIX)) as stranger:
        stranger.connect(_server_name(project_path, tmp_path / "settings"))
        stranger.sendall(b"x" * 5_000)
        stranger.setblocking(False)

        def is_dropped() -> bool:
            """Return whether the window has hung up."""
            try:
                return stranger.recv(10) == b""
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True

        qtbot.waitUntil(is_dropped, timeout=PATIENCE)
    assert start_again(qtbot, project_path, tmp_path / "settings") == "True"
