"""The look of the article: its font is a choice, and stays chosen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.article.appearance import FONTS
from annotator.ui.base.plain_text import LinkLabel
from annotator.ui.base.theme import THEMES, Theme, apply_theme
from annotator.ui.window.main_window import MainWindow
from tests.ui.pictures import Stage
from tests.ui.pixels import pixels

MakeWindow = Callable[..., MainWindow]


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(THEMES, 2)))
def test_a_link_takes_the_colour_of_another_theme(qtbot: QtBot, qapp: QApplication, before: str, after: str) -> None:
    apply_theme(qapp, THEMES[before])
    label = LinkLabel()
    qtbot.addWidget(label)
    label.setText('<a href="#">more</a>')
    label.show()
    label.grab()
    apply_theme(qapp, THEMES[after])
    QCoreApplication.processEvents()
    fresh = LinkLabel()
    qtbot.addWidget(fresh)
    fresh.setText(label.text())
    fresh.resize(label.size())
    same = label.grab().toImage() == fresh.grab().toImage()
    apply_theme(qapp, THEMES["light"])
    assert same and label.text() == '<a href="#">more</a>'


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_link_to_a_guideline_can_be_read_in_a_theme_that_is_turned_to(
    make_window: MakeWindow, project_path: Path, theme: Theme
) -> None:
    window = make_window("en", project_path)
    choose = {
        "light": window.appearance.light,
        "dark": window.appearance.dark,
        "light-contrast": window.appearance.light_contrast,
        "dark-contrast": window.appearance.dark_contrast,
    }
    other = "light" if theme.scheme == "dark" else "dark-contrast"
    for name in (other, theme.name):
        choose[name]()
        QCoreApplication.processEvents()
    link = window.workspace.side._guideline
    assert "<a href" in link.text()
    shown = {QColor(pixel).name() for pixel in np.unique(pixels(link.grab().toImage())).tolist()}
    assert theme.accent in shown and THEMES[other].accent not in shown


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


def texts(window: QWidget) -> dict[tuple[int, str, str], str]:
    """Return every text of a window by the number, class and property of the part that has it."""
    names = ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "windowTitle")
    parts: list[QObject] = [window, *window.findChildren(QWidget), *window.findChildren(QAction)]
    return {
        (number, type(part).__name__, name): value
        for number, part in enumerate(parts)
        for name in names
        if isinstance(value := part.property(name), str) and value
    }


@pytest.mark.parametrize(("before", "after"), [("ar", "en"), ("en", "ar")])
def test_after_a_change_of_language_every_text_is_that_of_a_new_window(
    make_window: MakeWindow, project_path: Path, before: str, after: str
) -> None:
    make_window(before, project_path).close()  # So that both windows know of the project.
    window = make_window(before, project_path)
    getattr(window.appearance, {"ar": "arabic", "en": "english"}[after])()
    Stage.settle(window)
    turned = texts(window)
    window.close()
    new = make_window(after, project_path)
    Stage.settle(new)
    fresh = texts(new)
    assert len(fresh) > 200
    assert {part: text for part, text in turned.items() if fresh.get(part) != text} == {}
    assert turned.keys() == fresh.keys()


@pytest.mark.parametrize("after", THEMES)
def test_after_a_change_of_theme_the_window_looks_like_a_new_one(
    make_window: MakeWindow, project_path: Path, after: str
) -> None:
    before = "light" if THEMES[after].scheme == "dark" else "dark-contrast"
    make_window("ar", project_path).close()  # So that both windows come back with the same size.
    images = []
    for theme in (before, after):
        window = make_window("ar", project_path)
        for choice in (theme, after):
            getattr(window.appearance, choice.replace("-", "_"))()
        Stage.settle(window)
        images.append(window.grab().toImage())
        window.close()
    assert images[0] == images[1]
