"""The panes share the window by themselves, most of it for the article, until somebody shares it otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets import form
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.three_way_splitter import ThreeWaySplitter

MakeWindow = Callable[..., MainWindow]


def shared(qtbot: QtBot, width: int) -> tuple[ThreeWaySplitter, QWidget]:
    """Return panes that are so wide, and the window around them."""
    around = QWidget()
    qtbot.addWidget(around)
    made = ThreeWaySplitter(around)
    around.show()
    for least in (160, 320, 240):
        pane = QWidget(made)
        pane.setMinimumWidth(least)
        made.addWidget(pane)
    made.resize(width, 600)
    made.show()
    QCoreApplication.processEvents()
    return made, around


@pytest.mark.parametrize(("width", "article"), [(780, 340), (1024, 490), (1280, 680), (2560, 1700)])
def test_the_article_gets_the_most(qtbot: QtBot, width: int, article: int) -> None:
    panes, _around = shared(qtbot, width)
    sizes = panes.sizes()
    assert sizes[1] >= article and sizes[1] > sizes[2] >= sizes[0] >= 150


def test_what_somebody_made_of_it_stays(qtbot: QtBot) -> None:
    panes, _around = shared(qtbot, 1280)
    assert panes.saved_sizes().isEmpty()
    panes.setSizes([400, 558, 320])
    made = panes.sizes()
    again, _beside = shared(qtbot, 1280)
    assert again.sizes() != made
    again.restore_sizes(panes.saved_sizes())
    assert again.sizes() == made
    again.resize(1290, 600)
    QCoreApplication.processEvents()
    assert again.sizes()[0] in range(made[0] - 12, made[0] + 12)


def test_panes_that_nobody_touched_fit_the_next_window(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    window.resize(1280, 800)
    QCoreApplication.processEvents()
    window.close()
    again = make_window("ar", project_path)
    again.resize(1024, 700)
    QCoreApplication.processEvents()
    assert again.workspace.splitter.sizes()[1] >= 490


def test_no_window_opens_larger_than_the_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form.resize_to_screen(window, 3000, 2000)
    assert window.size() == QSize(3000, 2000), "pictures are made without a screen"
    monkeypatch.setattr("annotator.ui.widgets.form.QGuiApplication.platformName", lambda: "xcb")
    form.resize_to_screen(window, 3000, 2000)
    free = window.screen().availableSize()
    assert window.width() < free.width() and window.height() < free.height()
    form.resize_to_screen(window, 300, 200)
    assert window.size() == QSize(300, 200)
