"""Count what one Enter runs, from the key press to the COMMIT and to the repaint: python -m tests.benchmarks.decision_calls

Prints Python calls, distinct functions and files of the package for one confirmed suggestion in a warm window. The
numbers say through how many places a reader must go who wants to know what Enter does.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

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
    """The calls so far: how many, and of which functions."""

    total: int = 0
    functions: set[CodeType] = field(default_factory=set)

    def add(self, code: CodeType) -> None:
        """Count a call."""
        self.total += 1
        self.functions.add(code)

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
    frames = Frames(window.article.viewport())
    # The first Enter fills caches and lazy texts; the second is the one to count.
    for _ in range(2):
        calls, counts = Calls(), {}

        def profile(frame: FrameType, event: str, _arg: Any) -> None:
            """Count a call in the package, and take the numbers at the COMMIT."""
            code, caller = frame.f_code, frame.f_back
            if event == "call" and code.co_filename.startswith(_PACKAGE):
                calls.add(code)
            elif event == "call" and code.co_name == "execute" and caller is not None:
                if '"COMMIT"' in linecache.getline(caller.f_code.co_filename, caller.f_lineno):
                    counts.setdefault("commit", calls.summary())

        painted = frames.of(window.article.viewport())
        sys.setprofile(profile)
        QTest.keyClick(window.article, Qt.Key.Key_Return)
        frames.wait(window.article.viewport(), painted)
        sys.setprofile(None)
        counts["repaint"] = calls.summary()
        settle(window)
    window.close()
    return counts


if __name__ == "__main__":
    with TemporaryDirectory() as aside:
        print(json.dumps(count_confirm(Path(aside)), indent=2))
