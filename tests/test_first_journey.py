"""From the first start to an exported file: an empty home folder, a window manager, and each step a real key.

The actions are counted: a key, a chord, or a text that is typed. The program reports which window and field it shows,
so that nothing waits for time; it gets no other help.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.edit import EditKind
from annotator.storage.project import Project
from tests.test_x_server import Screen, display, entities, until

__all__ = ["display"]

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("Xvfb", "xdotool", "setxkbmap", "openbox")),
    reason="Xvfb, xdotool, setxkbmap and openbox are not installed",
)
ARTICLES = (
    "إصابة شرطيين قرب كركوك\n\nأصيب شرطيان اليوم بانفجار عبوة ناسفة في كركوك وديالى.\n",
    "هدوء في بغداد\n\nعاد الهدوء إلى بغداد، فيما دعت الأمم المتحدة إلى ضبط النفس.\n",
)
_PATIENCE = 600
_PROGRAM = """
import json, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from annotator import app
from annotator.ui.window.main_window import MainWindow

def report():
    window = QApplication.activeWindow()
    if window is None:
        return
    focus = window.focusWidget()
    session = window.current.session if isinstance(window, MainWindow) else None
    facts = {
        "window": type(window).__name__,
        "title": window.windowTitle(),
        "field": type(focus).__name__,
        "selected": focus.selectedText() if hasattr(focus, "selectedText") else "",
        "ready": any(b.isEnabled() and b.isVisible() for b in window.findChildren(QPushButton, "primary")),
        "undecided": session.progress[0] if session and session.document and session.focus else 0,
    }
    with open(sys.argv[1] + ".new", "w", encoding="utf-8") as file:
        json.dump(facts, file)
    os.replace(sys.argv[1] + ".new", sys.argv[1])

make = app._application

def observed():
    made = make()
    timer = QTimer(made, interval=50)
    timer.timeout.connect(report)
    timer.start()
    return made

app._application = observed
sys.exit(app.run())
"""
"""The program as "annotator" starts it, with a timer that writes what it shows."""


class Newcomer:
    """Somebody in front of a program that was never started before. actions counts what the hands do."""

    def __init__(self, home: Path, display: str, language: str) -> None:
        """Start a window manager and the program in an empty home folder; language is a value of LANG."""
        self.home, self._facts, self.actions = home, home.parent / "facts.json", 0
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home), "LANG": language}
        env |= {"ANNOTATOR_CONFIG": str(home / ".config"), "XDG_DATA_HOME": str(home / ".data")}
        env = {name: value for name, value in env.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANGUAGE")}
        self._manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(self._facts)], env=env)
        self._screen = Screen(display, self.process)

    def sees(self, what: str, is_so: Callable[[dict[str, Any]], object]) -> None:
        """Wait until the program shows something."""
        until(lambda: self._facts.exists() and is_so(json.loads(self._facts.read_text("utf-8"))), what, self.process)

    def press(self, key: str) -> None:
        """Press a key or a chord."""
        self.actions += 1
        self._screen.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.actions += 1
        self._screen.do("type", text)

    def quit(self) -> None:
        """Quit, which is no part of the journey."""
        self._screen.press("ctrl+q")
        assert self.process.wait(_PATIENCE) == 0

    def end(self) -> None:
        """End what still runs."""
        for process in (self.process, self._manager):
            process.kill()
            process.wait()


@pytest.fixture
def newcomer(tmp_path: Path, display: str, request: pytest.FixtureRequest) -> Iterator[Newcomer]:
    home = tmp_path / "home"
    home.mkdir()
    for number, text in enumerate(ARTICLES, 1):
        (home / f"{number}.txt").write_text(text, encoding="utf-8")
    started = Newcomer(home, display, request.param)
    yield started
    started.end()


def label_and_export(newcomer: Newcomer) -> Path:
    """Confirm the first suggestion, export, and return the file."""
    newcomer.sees("the first suggestion", lambda facts: facts["undecided"] and facts["field"] == "ArticleView")
    newcomer.press("Return")
    newcomer.press("ctrl+e")
    newcomer.sees("the export dialog", lambda facts: facts["window"] == "ExportDialog" and facts["ready"])
    newcomer.press("Return")
    until(lambda: list(newcomer.home.rglob("export-report.json")), "the export", newcomer.process)
    newcomer.sees("the article and the result above it", lambda facts: facts["window"] == "MainWindow")
    (path,) = newcomer.home.rglob("*.conll")
    return path


@pytest.mark.parametrize("newcomer", ["ar_IQ.UTF-8"], indirect=True)
def test_a_newcomer_makes_a_project_of_her_articles_with_ten_actions(newcomer: Newcomer) -> None:
    newcomer.sees("the first page", lambda facts: (facts["title"], facts["field"]) == ("برنامج التوسيم", "QPushButton"))
    newcomer.press("Return")
    newcomer.sees("the question for a name", lambda facts: facts["window"] == "NewProjectDialog" and facts["selected"])
    newcomer.type("Salma")
    newcomer.sees("the name", lambda facts: facts["ready"] and not facts["selected"])
    newcomer.press("Return")
    newcomer.sees("the empty project", lambda facts: "مقالات" in facts["title"] and facts["field"] == "QPushButton")
    newcomer.press("Return")
    newcomer.sees("the file dialog", lambda facts: facts["window"] == "QFileDialog")
    newcomer.type('"1.txt" "2.txt"')
    newcomer.press("Return")
    newcomer.sees("the import dialog", lambda facts: facts["window"] == "ImportDialog" and facts["ready"])
    newcomer.press("Return")
    exported = label_and_export(newcomer)
    newcomer.quit()
    assert newcomer.actions == 10
    (path,) = newcomer.home.glob("*.annot")
    with Project.open(path) as project:
        assert [document.text for document in project.documents.iter()] == list(ARTICLES)
        names = {person.id: person.name for person in project.annotators.all()}
        assert [(edit.kind, names[edit.annotator]) for edit in project.log.edits()] == [(EditKind.CONFIRM, "Salma")]
        confirmed = [a.span.of(ARTICLES[0]) for a in project.log.annotations(next(project.documents.ids()))]
    assert len(confirmed) == 1
    assert len(list(entities(exported))) == 1


@pytest.mark.parametrize("newcomer", ["en_GB.UTF-8"], indirect=True)
def test_a_newcomer_tries_the_sample_project_with_seven_actions(newcomer: Newcomer) -> None:
    newcomer.sees(
        "the first page", lambda facts: (facts["title"], facts["field"]) == ("Annotation editor", "QPushButton")
    )
    for key in ("Tab", "Tab", "Return"):
        newcomer.press(key)
    newcomer.sees("the question for a name", lambda facts: facts["window"] == "IdentityDialog" and facts["ready"])
    newcomer.press("Return")
    exported = label_and_export(newcomer)
    newcomer.quit()
    assert newcomer.actions == 7
    assert len(list(entities(exported))) == 1
