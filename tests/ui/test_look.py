"""The look of the article: its font is a choice, and stays chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.ui.look import FONTS
from annotator.ui.main_window import MainWindow

MakeWindow = Callable[..., MainWindow]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_articles_font_is_a_choice_that_stays(make_window: MakeWindow, project_path: Path, language: str) -> None:
    window = make_window(language, project_path)
    naskh, plain = (window.menus.actions[f"look.{name}"] for name in ("naskh", "plain"))
    assert naskh.isChecked() and not plain.isChecked()
    before = window.article.viewport().grab().toImage()
    plain.trigger()
    assert plain.isChecked() and not naskh.isChecked()
    assert window.article.scene.page.style.family == FONTS["plain"]
    assert window.article.viewport().grab().toImage() != before
    window.close()
    again = make_window(language, project_path)
    assert again.article.scene.page.style.family == FONTS["plain"]
    assert again.menus.actions["look.plain"].isChecked()
