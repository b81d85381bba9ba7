"""The guided tour: by the keys that it names, to its end and again, and nothing of it is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.resources import resource
from annotator.ui.base.i18n import digits
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.tour import STEPS
from tests.ui.conftest import make_project

MakeWindow = Callable[..., MainWindow]
KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window.article, key, modifier)


def jump(window: MainWindow, words: str) -> None:
    press(window, KEY.Key_Slash)
    field = QApplication.focusWidget()
    assert isinstance(field, QWidget) and field is window.jump_bar.field
    for letter in words:  # as an input method sends them
        QTest.keyClicks(field, letter) if letter == " " else window.jump_bar.field.insert(letter)


def step(window: MainWindow) -> int:
    return window.tour._step


def folder(window: MainWindow) -> Path:
    project = window.current.project
    assert project is not None and window.current.is_practice
    return project.path.parent


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_keys_that_it_names_lead_to_the_end(make_window: MakeWindow, language: str) -> None:
    window = make_window(language)
    window.welcome.tour.click()
    assert window.tour_bar.isVisible() and window.article.hasFocus()
    keys = ["Enter", "Delete", "2", "Shift+←", "1", "Ctrl+Y", "Enter", "Ctrl+K"]
    said = []
    for number, key in enumerate(keys):
        assert step(window) == number
        said.append(window.tour_bar.text())
        shown = digits(key) if key.isdecimal() else key
        assert f"\u2066{shown}\u2069" in said[-1], (key, said[-1])
        if number == 0:
            press(window, KEY.Key_Return)
        elif number == 1:
            press(window, KEY.Key_Delete)
        elif number == 2:
            press(window, KEY.Key_2)
        elif number == 3:
            press(window, KEY.Key_Left, SHIFT)
        elif number == 4:
            jump(window, "سامر الد")
            press(window, KEY.Key_1)
        elif number == 5:
            press(window, KEY.Key_Z, CONTROL)
            assert step(window) == 5
            press(window, KEY.Key_Y, CONTROL)
        elif number == 6:
            while step(window) == 6:
                press(window, KEY.Key_Return)
    assert len(set(said)) == len(STEPS) + 1
    assert window.current.session is not None and window.current.session.is_done
    place = folder(window)
    window.tour_bar.next.click()
    assert step(window) == 0 and folder(window) != place and not place.exists()
    window.tour_bar.end.click()
    assert window.welcome.isVisible() and not window.tour_bar.isVisible()
    assert window.recents.all() == []


def test_another_decision_is_taken_back(make_window: MakeWindow) -> None:
    window = make_window("en")
    window.menus.actions["helping.tour"].trigger()
    first = window.tour_bar.text()
    press(window, KEY.Key_Delete)
    assert step(window) == 0 and "Ctrl+Z" in window.tour_bar.text() and first[1:] in window.tour_bar.text()
    press(window, KEY.Key_Z, CONTROL)
    assert window.tour_bar.text() == first
    press(window, KEY.Key_Return)
    assert step(window) == 1


def test_a_step_can_be_skipped_and_the_language_changed(make_window: MakeWindow) -> None:
    window = make_window("en")
    window.tour.start()
    for number in range(len(STEPS)):
        assert step(window) == number
        window.tour_bar.next.click()
    window.appearance.use_language("ar")
    QApplication.processEvents()
    assert "انتهت الجولة" in window.tour_bar.text()
    window.tour.end()


def test_a_key_of_ones_own_is_the_one_that_is_named(make_window: MakeWindow) -> None:
    window = make_window("en")
    window.keys.assign("gestures.confirm", ("F9",))
    window.tour.start()
    assert "F9" in window.tour_bar.text()
    window.tour.end()


def test_the_project_before_is_opened_again_and_nothing_is_remembered(make_window: MakeWindow, tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot")
    window = make_window("en", path)
    window.tour.start()
    place = folder(window)
    press(window, KEY.Key_Return)
    window.window_state.save()
    assert [recent.path for recent in window.recents.all()] == [path]
    assert window.settings.text("open") in ("", str(path))
    window.tour.start()
    window.tour.end()
    assert window.current.project is not None and window.current.project.path == path
    assert not window.current.is_practice and not place.exists()
    window.tour.start()
    place = folder(window)
    window.open_project(path)
    assert not window.tour_bar.isVisible() and not place.exists()
    window.tour.start()
    place = folder(window)
    window.close()
    assert not place.exists()


def test_the_article_has_every_name_of_the_steps() -> None:
    content = json.loads(resource("tour", "article.json").read_text("utf-8"))
    suggested = [suggestion["name"] for suggestion in content["suggestions"]]
    assert [each.name for each in STEPS if each.name] == suggested[: len([each for each in STEPS if each.name])]
    for each in STEPS:
        assert each.name in content["text"] and (each.becomes is None or each.becomes[0] in content["text"])
