"""Count what one Enter runs, up to the COMMIT and up to the repaint: python -m tests.benchmarks.decision_calls

Prints Python calls, distinct functions and files of the package for one confirmed suggestion in a warm window. The
numbers say through how many places a reader must go who wants to know what Enter does.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from linecache import getline
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import annotator
from annotator.ui.base.settings import Settings
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.sizes import Frames, settle
from tests.ui.conftest import ANNOTATOR, make_project

_PACKAGE = str(Path(annotator.__file__).parent)


@dataclass(slots=True)
class Calls:
    """The calls in the package so far, and how many they were at the COMMIT."""

    total: int = 0
    functions: set[CodeType] = field(default_factory=set)
    at_commit: dict[str, int] = field(default_factory=dict)

    def profile(self, frame: FrameType, event: str, _arg: object) -> None:
        """Count a call; sys.setprofile calls this."""
        code, caller = frame.f_code, frame.f_back
        if event != "call":
            return
        if code.co_filename.startswith(_PACKAGE):
            self.total += 1
            self.functions.add(code)
        elif code.co_name == "execute" and caller and '"COMMIT"' in getline(caller.f_code.co_filename, caller.f_lineno):
            self.at_commit = self.at_commit or self.summary()

    def summary(self) -> dict[str, int]:
        """Return the numbers of calls, distinct functions and distinct files."""
        files = {code.co_filename for code in self.functions}
        return {"calls": self.total, "functions": len(self.functions), "files": len(files)}


def count_confirm(folder: Path) -> dict[str, dict[str, int]]:
    """Return the counts of one Enter that confirms a suggestion, up to the COMMIT and up to the repaint."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    window = MainWindow(app, ANNOTATOR, Settings(folder / "window.ini"), folder)
    window.resize(1280, 860)
    window.show()
    window.article.animated = False
    assert window.open_project(make_project(folder / "calls.annot"))
    window.suggestions.stop()
    settle(window)
    viewport = window.article.viewport()
    frames = Frames(viewport)
    # The first Enter fills caches and lazy texts; the second is the one to count.
    for calls in (Calls(), Calls()):
        painted = frames.of(viewport)
        sys.setprofile(calls.profile)
        QTest.keyClick(window.article, Qt.Key.Key_Return)
        frames.wait(viewport, painted)
        sys.setprofile(None)
        counts = {"commit": calls.at_commit, "repaint": calls.summary()}
        settle(window)
    window.close()
    return counts


if __name__ == "__main__":
    with TemporaryDirectory() as aside:
        print(json.dumps(count_confirm(Path(aside)), indent=2))
