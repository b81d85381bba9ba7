"""The main journey under a real X server: a process of its own, real key events, and what it left on the disk.

Nothing waits for time: every step waits until the disk or the screen shows what the step before did.

ANNOTATOR_PROGRAM names another program to test, such as the stand-alone one (python -m tests.versions deb), and
ANNOTATOR_PICTURE a file for a picture of its screen.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from annotator.ui.window.single_window import _server_name
from tests import iob2
from tests.ui.conftest import FIRST, SECOND, make_project

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("Xvfb", "xdotool", "setxkbmap")),
    reason="Xvfb, xdotool and setxkbmap are not installed",
)
SOURCE = [sys.executable, "-m", "annotator"]
OTHER = os.environ.get("ANNOTATOR_PROGRAM", "")
PROGRAM = [OTHER] if OTHER else SOURCE
THIRD = "هدوء في كركوك\n\nعاد الهدوء إلى العراق."
_LOOK_SECONDS = 0.05
_SERVERS = 5
"""How many servers are tried before the test fails."""
_PATIENCE = 600
"""Seconds after which nothing is hoped for any more, on however busy a machine."""


def until(is_so: Callable[[], object], what: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until something is so, as long as the program runs."""
    pause = Event()
    for _ in range(int(_PATIENCE / _LOOK_SECONDS)):
        if is_so():
            return
        assert process.poll() is None, f"the program ended while waiting for {what}"
        pause.wait(_LOOK_SECONDS)
    raise AssertionError(f"waited in vain for {what}")


def start_server() -> tuple[subprocess.Popen[bytes], str] | None:
    """Start Xvfb on a free display and return it with the display's name; None if it does not answer.

    By default a server resets when its last client leaves, and refuses whoever connects meanwhile: xdotool comes and
    goes while the program starts. -noreset keeps it as it is.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as announced:
        display = f":{announced.readline().strip()}"
    # Without a layout that has the Arabic digits, xdotool gives a key the digit for a moment, and a program on a busy
    # machine asks the server what the key means when it has been taken back already.
    layout = ["setxkbmap", "-display", display, "-layout", "us,ara", "-variant", ",digits"]
    if display != ":" and subprocess.run(layout, check=False).returncode == 0:
        return server, display
    server.kill()
    server.wait()
    return None


@pytest.fixture
def display() -> Iterator[str]:
    """Return the name of an X server's display that nobody else uses; another display is tried if one fails."""
    started = next((found for _ in range(_SERVERS) if (found := start_server())), None)
    assert started, f"Xvfb did not answer on any of {_SERVERS} displays"
    server, name = started
    yield name
    server.terminate()
    server.wait()


class Screen:
    """Presses real keys on a display, and looks for windows there."""

    def __init__(self, display: str, process: subprocess.Popen[bytes]) -> None:
        """Serve one program."""
        self._env = {**os.environ, "DISPLAY": display}
        self._process = process

    def do(self, *arguments: str) -> str:
        """Run xdotool and return what it printed; it ends with 1 where it finds nothing."""
        return subprocess.run(["xdotool", *arguments], env=self._env, capture_output=True, text=True).stdout.strip()

    def windows(self, title: str) -> list[str]:
        """Return the visible windows with a title."""
        return self.do("search", "--onlyvisible", "--name", title).split()

    def turn_to(self, title: str) -> None:
        """Wait for a window and give it the keyboard, as a window manager would."""
        until(lambda: self.windows(title), f"the window {title}", self._process)
        window = self.windows(title)[-1]

        def has_keyboard() -> bool:
            """Give it the keyboard, and tell whether it has it."""
            self.do("windowfocus", window)
            return self.do("getwindowfocus") == window

        until(has_keyboard, f"the keyboard in {title}", self._process)

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.do("key", key)


def label(program: list[str], display: str, folder: Path, picture: str = "") -> Path:
    """Make a project in a folder, label and export it in a program's window, and return the path of the project."""
    path = make_project(folder / "news.annot", (FIRST, SECOND, THIRD))
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ANNOTATOR_CONFIG": str(folder / "config")}
    current_annotator(folder / "config")  # A first start would ask for the name.
    process = subprocess.Popen([*program, "open", str(path)], env=env)
    try:
        screen = Screen(display, process)
        journey(screen, process, path)
        if picture:
            subprocess.run([sys.executable, "-c", _PICTURE, picture], env=env, check=True)
        screen.press("ctrl+q")
        assert process.wait(_PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    return path


_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
assert app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


@pytest.mark.skipif(not OTHER, reason="ANNOTATOR_PROGRAM is not set")
def test_another_program_writes_the_same_bytes_after_the_journey(display: str, tmp_path: Path) -> None:
    exports = []
    for name, program in (("source", SOURCE), ("other", PROGRAM)):
        (tmp_path / name).mkdir()
        exports.append((label(program, display, tmp_path / name).with_suffix(".conll")).read_bytes())
    assert exports[0] == exports[1] and b"LOC" in exports[0]


def test_the_main_journey_with_real_keys(display: str, tmp_path: Path) -> None:
    path = label(PROGRAM, display, tmp_path, os.environ.get("ANNOTATOR_PICTURE", ""))

    expected = {
        FIRST: [("العراق", "LOC"), ("كركوك", "ORG"), ("وديالى", "LOC"), ("يحيى رسول", "PERS")],
        SECOND: [("بغداد", "LOC"), ("بغداد", "LOC")],
        THIRD: [("كركوك", "LOC"), ("العراق", "LOC")],
    }
    with Project.open(path) as project:
        found = {
            document.text: sorted((a.span.start, a.span.of(document.text), a.label) for a in annotations)
            for document in project.documents.iter()
            if (annotations := project.log.annotations(document.id))
        }
    assert {text: [(surface, label) for _, surface, label in spans] for text, spans in found.items()} == expected
    assert sorted(entities(tmp_path / "news.conll")) == sorted(pair for pairs in expected.values() for pair in pairs)


def journey(screen: Screen, process: subprocess.Popen[bytes], path: Path) -> None:
    """Label, undo, label everywhere, confirm the rest and export, by keys alone."""

    def edits() -> int:
        """Return how many edits the log has on the disk."""
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return int(db.execute("select count(*) from edits").fetchone()[0])

    def step(*keys: str, makes: int) -> None:
        """Press keys that make some edits, and wait until these are on the disk."""
        wanted = edits() + makes
        screen.press(*keys)
        until(lambda: edits() >= wanted, f"what {keys} do", process)
        assert edits() == wanted

    screen.turn_to("^news")
    step("Return", makes=1)  # العراق is confirmed,
    step("Delete", makes=1)  # داعش rejected,
    step("2", makes=1)  # كركوك made an organisation by a digit,
    step("U0665", makes=1)  # وديالى a place by an Arabic digit, of the second layout,
    step("shift+Left", makes=1)  # the person widened by a word ...
    step("ctrl+z", makes=1)  # ... and not,
    step("Return", makes=1)  # but confirmed.
    screen.press("ctrl+Next", "ctrl+d")
    screen.turn_to("توسيم الاسم")
    step("Return", makes=1)  # the name is labelled in all the places that are ticked,
    screen.turn_to("^news")
    screen.press("ctrl+Next")
    step("ctrl+Return", makes=1)  # all that is suggested in the last article is confirmed at once.
    screen.press("ctrl+e")
    screen.turn_to("تصدير الوسوم")
    screen.press("Return")
    until((path.parent / "export-report.json").exists, "the export", process)
    until(lambda: not screen.windows("تصدير الوسوم"), "the end of the export", process)
    screen.turn_to("^news")


def entities(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (words, label) of a CoNLL file, by string splitting and a decoder of the tests' own."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("# ")]
        for label, first, last in iob2.entities([tag for _, tag in rows]):
            yield " ".join(word for word, _ in rows[first : last + 1]), label


def test_a_second_start_of_the_same_project_raises_its_window(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "news.annot", (FIRST,))
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ANNOTATOR_CONFIG": str(tmp_path / "config")}
    current_annotator(tmp_path / "config")  # A first start would ask for the name.
    command = [sys.executable, "-m", "annotator", "open", str(path)]
    process = subprocess.Popen(command, env=env)
    try:
        screen = Screen(display, process)
        until(lambda: screen.windows("news"), "the window", process)
        monkeypatch.setenv("DISPLAY", display)
        socket = Path(_server_name(path, tmp_path / "config"))
        until(socket.exists, "the socket", process)
        second = subprocess.run(command, env=env, capture_output=True, text=True, timeout=_PATIENCE)
        assert (second.returncode, second.stdout) == (0, "'news.annot' is open already; its window was raised.\n")
        assert len(screen.windows("news")) == 1
        screen.turn_to("news")
        screen.press("ctrl+q")
        assert process.wait(_PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
