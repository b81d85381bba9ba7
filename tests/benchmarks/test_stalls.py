"""The longest time for which the window heard no key, while suggestions are computed behind it and while it learns.

pytest -m long -s tests/benchmarks/test_stalls.py
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.resources import resource
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.word_frequencies import first_pairs_of_names
from annotator.ui.suggestions.suggest_controller import MEASURE
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.sizes import Size, make_sized_project, settle
from tests.suggest.model_maker import write_small_model
from tests.ui.conftest import PATIENCE, make_window

__all__ = ["make_window"]

COPIES = 3
DONE = 12
TICK_MS = 5
KEY_MS = 100
LARGE_SPANS = 7_384
MOST_KEYS = 150
"""Enough to know what learning does to keys, however long it takes."""
KEYS = ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))


class Watch:
    """Ticks in the window's event loop and presses a key now and then: confirm, undo, confirm, undo."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._keys = cycle(KEYS)
        self.gaps: list[float] = []
        self.keys: list[float] = []
        self.own: list[float] = []
        self._last, self._worked = 0.0, 0.0
        self._ticks = QTimer(window, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self.tick)
        self._presses = QTimer(window, interval=KEY_MS)
        self._presses.timeout.connect(self._press)

    def __enter__(self) -> Watch:
        # As the program does when its window is shown; without it, a collection visits all objects of pytest too.
        gc.freeze()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._ticks.start()
        self._presses.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ticks.stop()
        self._presses.stop()
        gc.unfreeze()

    def press_no_keys(self) -> None:
        """Only tick."""
        self._presses.stop()

    def tick(self) -> None:
        """Note how long the window's thread heard nothing, and how much of that it worked itself."""
        now, worked = time.perf_counter(), time.thread_time()
        self.own.append((worked - self._worked) * 1000)
        self._worked = worked
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def _press(self) -> None:
        begun = time.perf_counter()
        key, modifier = next(self._keys)
        QTest.keyClick(self._window.article, key, modifier)
        self.keys.append((time.perf_counter() - begun) * 1000)

    def said_of_gaps(self) -> str:
        return (
            f"{sum(self.gaps):.0f} ms in all, longest stall {max(self.gaps):.0f} ms, of own work {max(self.own):.0f} ms"
        )

    def said(self, name: str) -> str:
        gaps, keys = sorted(self.gaps), sorted(self.keys)
        return (
            f"{name:>28}: {sum(gaps) / 1000:5.1f} s watched, longest stall {gaps[-1]:4.0f} ms, "
            f"99th of 100 {gaps[len(gaps) * 99 // 100]:3.0f} ms; {len(keys)} keys, slowest {keys[-1]:4.0f} ms"
        )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Make a project of the bundled articles, several times over."""
    path = tmp_path / "many.annot"
    with Project.create(path, load_tagset("security")) as project:
        for copy in range(COPIES):
            for sample in sorted(resource("samples").glob("*.txt")):
                text = f"{sample.read_text(encoding='utf-8')}\n{copy}\n"
                project.documents.add(Document(document_id(text), text, title=sample.stem))
    return path


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Open the window on the articles, with the keyboard in the first one and nothing running behind it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    made = make_window("ar")
    made.current.open(articles)
    made.navigation.open_at(0)
    made.article.setFocus()
    yield made


def decide(window: MainWindow) -> None:
    """Confirm all that is suggested in some articles far from the first, and call them done, as somebody else."""
    assert window.current.project
    session = Session(window.current.project, Annotator("1" * 32, "عمر"))
    for document in list(window.current.project.documents.ids())[-DONE:]:
        session.open(document)
        session.confirm_all()
        session.set_done(True)


@pytest.mark.long
def test_a_large_edit_stalls_the_window_only_shortly(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotator.ui.window.decision_controller.confirm_prompt", lambda *_: True)
    window = make_window("ar", make_sized_project(tmp_path / "large.annot", Size(LARGE_SPANS * 85, LARGE_SPANS)))
    settle(window)
    ctrl = Qt.KeyboardModifier.ControlModifier
    for _ in range(5):
        watch = Watch(window)
        with watch:
            watch.press_no_keys()
            QTest.keyClick(window.article, Qt.Key.Key_Return, ctrl)
            QCoreApplication.processEvents()
            watch.tick()
        with capsys.disabled():
            print(f"\nconfirm what is visible of {LARGE_SPANS}: {watch.said_of_gaps()}", end="", flush=True)
    assert window.current.session
    while window.current.session.progress[0] < LARGE_SPANS:
        assert window.current.session.undo()
    for name, key, modifiers in (
        ("confirm all", Qt.Key.Key_Return, ctrl | Qt.KeyboardModifier.AltModifier),
        ("undo", Qt.Key.Key_Z, ctrl),
        ("redo", Qt.Key.Key_Y, ctrl),
    ):
        watch = Watch(window)
        with watch, qtbot.waitSignal(window.current.outcome, timeout=PATIENCE):
            watch.press_no_keys()
            QTest.keyClick(window.article, key, modifiers)
        QCoreApplication.processEvents()
        watch.tick()
        with capsys.disabled():
            print(f"\n{name}, {LARGE_SPANS} suggestions: {watch.said_of_gaps()}", end="", flush=True)
        assert window.current.session
        assert window.current.session.progress == (LARGE_SPANS if name == "undo" else 0, LARGE_SPANS)


@pytest.mark.long
def test_stalls(qtbot: QtBot, window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    def tell(line: str) -> None:
        """Print a line at once."""
        with capsys.disabled():
            print(f"\n{line}; load of the machine {os.getloadavg()[0]:.1f}", end="", flush=True)

    with Watch(window) as watch, qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    tell(watch.said("suggesting, no download"))
    qtbot.waitUntil(lambda: not window.jobs.running(MEASURE), timeout=PATIENCE)
    with Watch(window) as watch:
        qtbot.waitUntil(lambda: len(watch.keys) >= 40, timeout=PATIENCE)
    tell(watch.said("nothing behind it"))
    decide(window)
    session = window.current.session
    assert session
    taught: list[object] = []
    window.training.learnt.connect(taught.append)
    with Watch(window) as watch:
        session.confirm_all()
        assert session.set_done(True)
        window.navigation.open_at(1)
        qtbot.waitUntil(lambda: not window.training.busy or len(watch.keys) >= MOST_KEYS, timeout=PATIENCE)
    tell(watch.said("learning"))
    assert any(taught)
    window.training.stop()
    write_small_model(tmp_path / "data" / "annotator" / "models")
    with Watch(window) as watch, qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    tell(watch.said("suggesting, CAMeL too"))


@pytest.mark.long
def test_a_jump_in_a_long_article_stalls_the_window_only_shortly(
    qtbot: QtBot, make_window: Callable[..., MainWindow], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = make_window("ar", make_sized_project(tmp_path / "long.annot", Size(600_000, 5_000)))
    qtbot.waitUntil(lambda: not window.idle_tokenizer.timer.isActive(), timeout=PATIENCE)
    # Loaded last of what is known of clitics.
    qtbot.waitUntil(lambda: first_pairs_of_names.cache_info().currsize > 0, timeout=PATIENCE)
    window.article.setFocus()
    QTest.keyClick(window.article, Qt.Key.Key_Slash)
    for letter in "كر":
        watch = Watch(window)
        with watch:
            watch.press_no_keys()
            window.jump_bar.field.insert(letter)
            QCoreApplication.processEvents()
            watch.tick()
        with capsys.disabled():
            print(f"\njump, {letter!r}: {watch.said_of_gaps()}", end="", flush=True)
    assert window.article.selection
