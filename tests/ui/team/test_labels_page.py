"""The labels of another annotator can be looked at, and not changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.team.labels_page import LabelsPage
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST
from tests.ui.team.test_adjudication_page import NOUR, OMAR, make_team_project

MakeWindow = Callable[..., MainWindow]


def open_page(window: MainWindow) -> LabelsPage:
    window.open_peer_labels()
    page = window.pages.shown
    assert isinstance(page, LabelsPage)
    return page


def words(page: LabelsPage) -> list[str]:
    return [item.span.of(FIRST) for item in page.article.scene.spans.items]


def test_each_annotator_can_be_chosen(make_window: MakeWindow, tmp_path: Path) -> None:
    page = open_page(make_window("ar", make_team_project(tmp_path / "team.annot")))

    assert [page.annotator.itemData(row) for row in range(page.annotator.count())] == [OMAR.id, NOUR.id]
    assert words(page) == ["العراق", "داعش", "كركوك", "يحيى رسول"]
    page.annotator.setCurrentIndex(1)
    page.annotator.activated.emit(1)
    assert words(page) == ["العراق", "كركوك", "يحيى"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_1, Qt.Key.Key_Space])
def test_no_key_changes_anything(make_window: MakeWindow, tmp_path: Path, key: Qt.Key) -> None:
    page = open_page(make_window("ar", make_team_project(tmp_path / "team.annot")))
    assert page._session is not None
    before = page._session.project.log.latest_id()
    QTest.keyClick(page.article, key)
    assert page._session.project.log.latest_id() == before


def test_an_annotator_does_not_see_them_in_a_blind_project(make_window: MakeWindow, tmp_path: Path) -> None:
    page = open_page(make_window("en", make_team_project(tmp_path / "team.annot", lead=OMAR)))
    assert page.forbidden.isVisible()
    assert not page.article.isVisible()
    assert words(page) == []
