"""A long document is split into tokens while the program is idle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
