"""What stands beside the panes reads in its direction too: tooltips as the language, previews as the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QStyleOptionMenuItem, QToolTip
from pytestqt.qtbot import QtBot

from annotator.ui.exporting.preview_box import PreviewBox
from annotator.ui.shortcuts.menus import KeyMenu
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST

RIGHT_TO_LEFT, LEFT_TO_RIGHT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(
    ("language", "direction", "word"), [("ar", RIGHT_TO_LEFT, "مكان"), ("en", LEFT_TO_RIGHT, "Place")]
)
def test_a_tooltip_reads_in_the_direction_of_the_language(
    make_window: Callable[..., MainWindow],
    project_path: Path,
    language: str,
    direction: Qt.LayoutDirection,
    word: str,
) -> None:
    window = make_window(language, project_path)
    geometry, at = window.article.geometry_now(), FIRST.index("كركوك")
    first, last = geometry.edge_rect(at, trailing=False), geometry.edge_rect(at + 5, trailing=True)
    point = QPointF((first.left() + last.left()) / 2, first.center().y()).toPoint()
    area = window.article.viewport()
    QApplication.sendEvent(area, QHelpEvent(QEvent.Type.ToolTip, point, area.mapToGlobal(point)))
    assert word in QToolTip.text()
    (tip,) = (w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "QTipLabel" and w.isVisible())
    assert tip.layoutDirection() is direction
    QToolTip.hideText()


@pytest.mark.parametrize("reads_right_to_left", [True, False])
def test_the_preview_of_an_export_reads_as_the_file_does(qtbot: QtBot, reads_right_to_left: bool) -> None:
    preview = PreviewBox()
    qtbot.addWidget(preview)
    preview.resize(500, 300)
    preview.show()
    preview.show_lines(["بغداد\tB-LOC", "X\tO"] if reads_right_to_left else ['{"text": "بغداد"}'], reads_right_to_left)
    assert preview.lines.layoutDirection() is (RIGHT_TO_LEFT if reads_right_to_left else LEFT_TO_RIGHT)
    line = preview.lines.document().lastBlock().layout().lineAt(0)
    middle = line.naturalTextRect().center().x()
    assert (middle > preview.lines.viewport().width() / 2) is reads_right_to_left


def test_keys_in_menus_read_from_the_left(make_window: Callable[..., MainWindow], project_path: Path) -> None:
    window = make_window("ar", project_path)
    menu = next(menu for menu in window.findChildren(KeyMenu) if "تكبير" in said(menu))
    asked = QStyleOptionMenuItem()
    menu.initStyleOption(asked, window.menus.actions["look.larger"])
    assert asked.text == "تكبير النص\t\u2066Ctrl++\u2069"
    menu.initStyleOption(asked, window.menus.actions["look.arabic"])
    assert "\u2066" not in asked.text, "an action without a key"


def said(menu: KeyMenu) -> str:
    """Return the names of a menu's actions."""
    return " ".join(action.text() for action in menu.actions())
