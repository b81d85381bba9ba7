"""Real key presses under a real X server, with an Arabic, an English and both layouts: the same keys do the same.

Run by make test-long, where Xvfb, xdotool and setxkbmap are installed.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

KEYS = {"1": 10, "2": 11, "-": 20, "Z": 52, "K": 45, "D": 40, "G": 42, "Enter": 36, "/": 61, "Tab": 23, "X": 53}
"""What stands on a key of an English keyboard, and the number of that key in X."""
CONTROL = 37
PATIENCE_S = 10.0

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QDialog
from annotator.app import _application
from annotator.ui.window.main_window import MainWindow
from annotator.ui.base.settings import Settings
from tests.ui.conftest import ANNOTATOR, make_project

app, folder = _application(), Path(sys.argv[1])
path = make_project(folder / "news.annot")
window = MainWindow(app, ANNOTATOR, Settings(folder / "window.ini"))
QDialog.exec = lambda self, *_: 0
for action in window.menus.actions.values():
    action.triggered.connect(lambda _=False, action=action: print(action.objectName(), flush=True))
window.keys.assign("gestures.skip", ("X",))
window.decisions.give_label, give = (lambda label: print("label", label, flush=True)), window.decisions.give_label
window.menus._give_label = window.decisions.give_label
window.show()
window.open_project(path)
window.activateWindow()
window.article.setFocus()
QTimer.singleShot(0, lambda: print("ready", int(window.winId()), flush=True))
app.exec()
"""


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server without a screen, and return its name."""
    if not all(map(shutil.which, ("Xvfb", "xdotool", "setxkbmap"))):
        pytest.skip("needs Xvfb, xdotool and setxkbmap")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def listen(display: str, tmp_path: Path) -> Iterator[tuple[Callable[..., None], Callable[[str], None]]]:
    """Open a window there; return what presses keys by number, and what waits for the window to tell of an action."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    window = subprocess.Popen(
        [sys.executable, "-u", "-c", WINDOW, str(tmp_path)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    assert window.stdout is not None
    lines = window.stdout

    def press(*codes: int) -> None:
        """Press keys together and let them go."""
        down = [part for code in codes for part in ("keydown", str(code))]
        up = [part for code in reversed(codes) for part in ("keyup", str(code))]
        subprocess.run(["xdotool", *down, *up], env=environment, check=True)

    def expect(said: str) -> None:
        """Wait until the window tells this next."""
        assert select.select([lines], [], [], PATIENCE_S)[0], f"{said} was not heard"
        assert lines.readline().decode().strip() == said

    ready = lines.readline().decode().split()
    assert ready[:1] == ["ready"], "the window did not open"
    until = time.monotonic() + PATIENCE_S
    while subprocess.run(["xdotool", "windowfocus", ready[1]], env=environment, check=False).returncode:
        assert time.monotonic() < until
    yield press, expect
    window.terminate()
    window.wait()
    lines.close()


@pytest.mark.parametrize("layout", ["ara", "us", "us,ara", "ara,us"])
def test_the_same_keys_do_the_same_things_under_every_layout(
    display: str, listen: tuple[Callable[..., None], Callable[[str], None]], layout: str
) -> None:
    press, expect = listen
    subprocess.run(["setxkbmap", "-layout", layout], env={**os.environ, "DISPLAY": display}, check=True)
    for keys, said in (
        ([KEYS["Tab"]], "gestures.next_span"),
        ([KEYS["-"]], "edges.turn_clitic"),
        ([KEYS["2"]], "label ORG"),
        ([KEYS["X"]], "gestures.skip"),
        ([CONTROL, KEYS["Z"]], "gestures.undo"),
        ([CONTROL, KEYS["K"]], "helping.commands"),
        ([CONTROL, KEYS["D"]], "searching.everywhere"),
        ([CONTROL, KEYS["G"]], "navigation.go_to"),
        ([CONTROL, KEYS["/"]], "helping.keys"),
        ([KEYS["Enter"]], "gestures.confirm"),
    ):
        press(*keys)
        expect(said)
