"""A team from end to end: hand out, label by real keys, merge, compare, settle by real keys, export, read back.

Keys and decisions are counted, because one key per decision is a promise.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.storage.project import Project
from tests.test_x_server import Screen, display, entities, until
from tests.ui.conftest import FIRST, SECOND, suggestions_for

__all__ = ["display"]

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("Xvfb", "xdotool", "setxkbmap")),
    reason="Xvfb, xdotool and setxkbmap are not installed",
)
THIRD = "هدوء في كركوك\n\nعاد الهدوء إلى العراق."
TEXTS = (FIRST, SECOND, THIRD)
PEOPLE = ("Basma", "Carmen", "Dana")
_PATIENCE = 600
"""Seconds after which nothing is hoped for any more, on however busy a machine."""


class Computer:
    """A computer with its own settings: runs commands, and the window with real keys."""

    def __init__(self, config: Path, display: str) -> None:
        """Use a settings folder and a display."""
        self._env = {**os.environ, "ANNOTATOR_CONFIG": str(config), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._display = display
        self.keys = 0

    def run(self, *arguments: str | Path) -> str:
        """Run a command of the program and return what it printed."""
        command = [sys.executable, "-m", "annotator", *map(str, arguments)]
        done = subprocess.run(command, env=self._env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def work(self, project: Path, act: Callable[[Screen, Callable[..., None]], None], title: str) -> None:
        """Open a project in the window, wait for a window with a title, act, and quit.

        act gets the screen, and a function that presses keys and waits until they have made some edits.
        """
        process = subprocess.Popen([sys.executable, "-m", "annotator", "open", str(project)], env=self._env)
        screen = Screen(self._display, process)

        def edits() -> int:
            with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as db:
                return int(db.execute("select count(*) from edits").fetchone()[0])

        def step(*keys: str, makes: int) -> None:
            wanted = edits() + makes
            self.keys += len(keys)
            screen.press(*keys)
            until(lambda: edits() >= wanted, f"what {keys} do", process)
            assert edits() == wanted

        try:
            screen.turn_to(title)
            act(screen, step)
            screen.press("ctrl+q")
            assert process.wait(_PATIENCE) == 0
        finally:
            process.kill()
            process.wait()


def make_project(lead: Computer, path: Path) -> None:
    """Make a project of three articles with suggestions, and add three people."""
    lead.run("new", path, "--tagset", "security", "--annotator", "Ali")
    with Project.open(path) as project:
        for text in TEXTS:
            document = Document(document_id(text), text, title=text.partition("\n")[0], source="اختبار")
            project.documents.add(document)
            project.suggestions.replace(document.id, "lexicon", "1", suggestions_for(text))
    lead.run("team", "add", path, *PEOPLE)


def label_all(*first: str) -> Callable[[Screen, Callable[..., None]], None]:
    """Return what an annotator does: a key on the first suggestion of each article, accept the rest, done."""

    def act(screen: Screen, step: Callable[..., None]) -> None:
        screen.press("Return")  # "Are you ...?"
        screen.turn_to("^[A-Za-z]")
        for key in first:
            step(key, makes=1)
            step("ctrl+Return", makes=1)
            step("ctrl+shift+Return", makes=1)

    return act


def test_a_team_hands_out_labels_settles_and_exports(display: str, tmp_path: Path) -> None:
    lead = Computer(tmp_path / "lead", display)
    path = tmp_path / "news.annot"
    make_project(lead, path)
    said = json.loads(lead.run("assign", path, "--to", ",".join(PEOPLE), "--overlap", "100%", "--json"))
    assert said
    packs = tmp_path / "packs"
    lead.run("pack", path, "--for", ",".join(PEOPLE), "--out", packs, "--blind", "--suggestions", "lexicon")
    files = sorted(packs.glob("*.annot"))
    assert len(files) == 3

    people = [Computer(tmp_path / name, display) for name in PEOPLE]
    for computer, file, key in zip(people, files, ("Delete", "2", "Return"), strict=True):
        computer.work(file, label_all(key, key), "من يعمل هنا")

    lead.run("merge", path, *files)
    with Project.open(path) as project:
        given = {who.name: project.contributions.by_annotator()[who.id] for who in project.annotators.all()[1:]}
        assert {name: work.done for name, work in given.items()} == dict.fromkeys(PEOPLE, 2)
        own = {d: project.log.annotations(d) for d in project.documents.ids()}
        left = [len(state.differences) for state in project.gold.states(project.gold.to_compare())]
    assert min(left) > 0
    agreement = json.loads(lead.run("agreement", path, "--json"))
    assert agreement["documents"] == len(TEXTS)

    def settle(screen: Screen, step: Callable[..., None]) -> None:
        screen.press("ctrl+j")
        for count in left:
            for _ in range(count):
                step("Return", makes=1)  # takes a lane, and the focus goes to the next difference
            step("ctrl+shift+Return", makes=1)  # done, and the next article opens

    lead.keys = 0
    lead.work(path, settle, "^news")
    assert lead.keys == sum(left) + len(TEXTS)

    lead.run("export", path, tmp_path / "gold.conll", "--resolve", "adjudicated")
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("select d.text, g.key, g.label from gold g join articles d on d.id = g.document")
        gold = [(text[slice(*map(int, key.split(":")))], label) for text, key, label in rows if label]
    assert sorted(entities(tmp_path / "gold.conll")) == sorted(gold)
    with Project.open(path) as project:
        assert {d: project.log.annotations(d) for d in project.documents.ids()} == own
        assert not project.integrity()
