"""Nothing asks whether to save: what was decided is on the disk, and can be undone without limit after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, SECOND, make_project
from tests.ui.window.test_main_window import labels, press, stored

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MakeWindow = Callable[..., MainWindow]
MANY = tuple(f"خبر {n}: انفجار في بغداد وكركوك" for n in range(12))


def test_ctrl_z_and_ctrl_y_go_over_documents_and_restarts(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    press(window, Key.Key_Return)
    press(window, Key.Key_2)
    press(window, Key.Key_PageDown, CTRL)
    press(window, Key.Key_Return)
    window.close()
    again = make_window("ar", project_path)
    assert again.article.document.text == SECOND
    press(again, Key.Key_Z, CTRL)
    assert (again.article.document.text, labels(again)) == (SECOND, {})
    press(again, Key.Key_Z, CTRL)
    assert (again.article.document.text, labels(again)) == (FIRST, {"العراق": "LOC"})
    again.close()
    third = make_window("ar", project_path)
    press(third, Key.Key_Z, CTRL)
    assert labels(third) == {}
    for _ in range(3):
        press(third, Key.Key_Y, CTRL)
    assert labels(third) == {"بغداد": "LOC"}
    assert stored(project_path, FIRST) == [("العراق", "LOC"), ("داعش", "ORG")]


def test_undo_has_no_limit(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("ar", make_project(tmp_path / "many.annot", MANY))
    project = window.current.project
    assert project is not None
    for _ in MANY:
        press(window, Key.Key_Return)
        press(window, Key.Key_2)
        press(window, Key.Key_PageDown, CTRL)
    made = len(list(project.log.edits()))
    assert made == 2 * len(MANY) and len(project.log.state()) > made
    for _ in range(made):
        press(window, Key.Key_Z, CTRL)
    assert project.log.state() == {}
    assert window.article.document.text == MANY[0]


@pytest.mark.parametrize("way", ["quit", "key", "project closed"])
def test_no_way_out_asks_whether_to_save(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    asked: list[QDialog] = []

    def note(dialog: QDialog) -> int:
        """Note a question, and say no."""
        asked.append(dialog)
        return 0

    for way_to_ask in ("exec", "open", "show"):
        monkeypatch.setattr(QDialog, way_to_ask, note)
    window = make_window("ar", project_path)
    press(window, Key.Key_Return)
    assert stored(project_path, FIRST) == [("العراق", "LOC")], "on the disk before anything else happens"
    if way == "quit":
        window.close()
    elif way == "key":
        press(window, Key.Key_Q, CTRL)
    else:
        press(window, Key.Key_W, CTRL)
    assert asked == []
    assert window.isVisible() is (way == "project closed")
    assert (window.current.project is None) or not window.isVisible()
    assert stored(project_path, FIRST) == [("العراق", "LOC")]
