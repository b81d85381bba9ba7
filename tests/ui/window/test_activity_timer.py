"""Time spent: keys at the window count for the open document, and come into the project without anybody waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.domain.review.stopwatch import IDLE_MS, Stopwatch
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.i18n import set_language
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR

MakeWindow = Callable[..., MainWindow]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 0

    def __call__(self) -> int:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which every window of the test counts."""
    made = Clock()
    monkeypatch.setattr("annotator.ui.window.activity_timer.Stopwatch", lambda: Stopwatch(made, made))
    return made


def opened(make_window: MakeWindow, path: Path) -> tuple[MainWindow, Session]:
    window = make_window("en", path)
    assert window.current.session is not None
    return window, window.current.session


def press_after(
    window: MainWindow,
    clock: Clock,
    ms: int,
    key: Qt.Key = Qt.Key.Key_F6,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    clock.time += ms
    QTest.keyClick(window.windowHandle(), key, modifiers)
    QCoreApplication.processEvents()


def keep(window: MainWindow) -> None:
    """Have the time written, which waits for nobody who is just writing, as the work behind a new window does."""
    window.activity_timer.save()
    while window.activity_timer._unwritten:
        QCoreApplication.processEvents()
        window.activity_timer.save()


def spent(project: Project) -> list[int]:
    return [project.time_spent.spent(document, ANNOTATOR.id) for document in project.documents.ids()]


def test_keys_count_pauses_do_not_and_the_time_is_written_at_the_next_turn(
    make_window: MakeWindow, project_path: Path, clock: Clock
) -> None:
    window, session = opened(make_window, project_path)
    window.activity_timer._soon.stop()  # On a busy machine it would write between two keys.
    press_after(window, clock, 30_000)
    press_after(window, clock, IDLE_MS + 1)
    press_after(window, clock, 45_000)
    assert spent(session.project) == [0, 0]
    keep(window)
    assert spent(session.project) == [75_000, 0]
    assert "1 minute" in window.workspace.header.toolTip()
    assert window.activity_timer._every.interval() <= 60_000
    assert window.activity_timer._every.isActive()


def test_a_document_that_is_left_gets_its_time_and_the_next_begins_at_nothing(
    make_window: MakeWindow, project_path: Path, clock: Clock
) -> None:
    window, session = opened(make_window, project_path)
    press_after(window, clock, 10_000, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    press_after(window, clock, 4_000)
    assert window.activity_timer._soon.isActive()
    keep(window)
    assert spent(session.project) == [10_000, 4_000]


@pytest.mark.parametrize("way", ["close the project", "quit"])
def test_nothing_is_lost_at_the_end(make_window: MakeWindow, project_path: Path, clock: Clock, way: str) -> None:
    window, _ = opened(make_window, project_path)
    clock.time += 7_000
    {"close the project": window.projects.close, "quit": window.close}[way]()
    with Project.open(project_path) as project:
        assert spent(project) == [7_000, 0]


def test_nothing_counts_while_another_program_is_used(
    make_window: MakeWindow, project_path: Path, clock: Clock
) -> None:
    window, session = opened(make_window, project_path)
    clock.time += 5_000
    window.activity_timer._follow(Qt.ApplicationState.ApplicationInactive)
    clock.time += 20_000
    window.activity_timer._follow(Qt.ApplicationState.ApplicationActive)
    press_after(window, clock, 1_000)
    keep(window)
    assert spent(session.project) == [6_000, 0]


def test_while_another_program_writes_the_time_waits_and_no_key_does(
    make_window: MakeWindow, project_path: Path, clock: Clock
) -> None:
    window, session = opened(make_window, project_path)
    window.activity_timer._soon.stop()  # On a busy machine it would write before the other program does.
    press_after(window, clock, 9_000)
    with Project.open(project_path) as other, other.transaction():
        window.activity_timer.save()
    assert spent(session.project) == [0, 0]
    press_after(window, clock, 1_000)
    keep(window)
    assert spent(session.project) == [10_000, 0]


@pytest.mark.parametrize(
    ("ms", "arabic", "english"),
    [
        (59_999, "أقل من دقيقة", "less than a minute"),
        (60_000, "دقيقة واحدة", "1 minute"),
        (3 * 60_000, "٣ دقائق", "3 minutes"),
        (65 * 60_000, "١ س ٥ د", "1 h 5 min"),
    ],
)
def test_durations_are_said_in_both_languages(
    make_window: MakeWindow, ms: int, arabic: str, english: str, qapp: object
) -> None:
    window = make_window("en")
    assert window.activity_timer.duration_text(ms) == english
    set_language(qapp, "ar")  # type: ignore[arg-type]
    assert window.activity_timer.duration_text(ms) == arabic
