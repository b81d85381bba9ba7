"""A long document is split into tokens while the program is idle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.text import lazy_tokens
from annotator.text.tokenizer import tokenize
from annotator.ui.window.main_window import MainWindow
from tests.ui.article.page_texts import long_text
from tests.ui.conftest import make_project


def test_tokens_are_cut_part_by_part_until_all_are_there(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    text = long_text(4 * lazy_tokens.CHUNK_LENGTH)
    window = make_window("ar", make_project(tmp_path / "long.annot", (text,)))
    session, timer = window.current.session, window.idle_tokenizer.timer
    assert session
    assert timer.isActive()
    qtbot.waitUntil(lambda: not timer.isActive())
    assert not session.tokens.advance()
    assert list(session.tokens) == tokenize(text)
    window.current.close()
    assert not timer.isActive()


def test_a_decision_puts_off_the_next_part(
    make_window: Callable[..., MainWindow], qtbot: QtBot, project_path: Path
) -> None:
    window = make_window("ar", project_path)
    session, timer = window.current.session, window.idle_tokenizer.timer
    assert session
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(600_000)
    qtbot.wait(20)
    before = timer.remainingTime()
    session.confirm()
    assert timer.remainingTime() > before
    timer.stop()
    session.confirm()
    assert not timer.isActive()
