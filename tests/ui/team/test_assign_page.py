"""The page that hands articles out: it shows the shares first, and one button hands them out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.team.roles import role_write
from annotator.services.team.assign import AssignRequest, assign
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.team import assign_page
from annotator.ui.team.assign_page import AssignPage, ShareColumn
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
OMAR, NOUR = Annotator("1" * 32, "عمر <b>"), Annotator("2" * 32, "نور")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project of twelve articles with three annotators; the one at work is the lead."""
    texts = (FIRST, SECOND, *(f"مقالة رقم {number} من عشر" for number in range(10)))
    made = make_project(tmp_path / "news.annot", texts)
    with Project.open(made) as project:
        for person in (ANNOTATOR, OMAR, NOUR):
            project.annotators.add(person)
        role = role_write(ANNOTATOR.id, Role.LEAD)
        project.log.append(Edit(project.log.new_id(), ANNOTATOR.id, "", EditKind.TEAM, (role,)))
    return made


@pytest.fixture
def window(make_window: MakeWindow, path: Path) -> MainWindow:
    made = make_window("en", path)
    made.suggestions.stop()
    return made


def opened(window: MainWindow, qtbot: QtBot) -> AssignPage:
    """Open the page by its action, and wait until the shares are shown."""
    window.menus.actions["team.hand_out"].trigger()
    page = window.pages.shown
    assert isinstance(page, AssignPage)
    settle(page, qtbot)
    return page


def settle(page: AssignPage, qtbot: QtBot) -> None:
    """Wait until nothing is computed or waits for it."""
    qtbot.waitUntil(lambda: not page._jobs.is_busy() and not page._soon.isActive(), timeout=PATIENCE)


def column(page: AssignPage, which: ShareColumn) -> dict[str, object]:
    return {person.id: page.model.value(row, which) for row, person in enumerate(page.model.people)}


def assigned(path: Path) -> dict[str, int]:
    with Project.open(path) as project:
        return {who: count.assigned for who, count in project.assignments.counts().items()}


def test_shares_are_shown_before_they_are_handed_out(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    page = opened(window, qtbot)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert set(page.model.chosen()) == {OMAR, NOUR}
    assert column(page, ShareColumn.GETS) == {ANNOTATOR.id: None, OMAR.id: 6, NOUR.id: 6}
    page.overlap.setValue(50)
    assert not page.hand_out.isEnabled(), "the shares of before no longer hold"
    settle(page, qtbot)
    assert column(page, ShareColumn.AFTERWARDS) == {ANNOTATOR.id: None, OMAR.id: 9, NOUR.id: 9}
    assert page.said.text().endswith("Articles to hand out: 12. To two people: 6.")
    assert assigned(path) == {}

    said: list[str] = []
    window.pages.statusMessage.connect(said.append)
    QTest.mouseClick(page.hand_out, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert assigned(path) == {OMAR.id: 9, NOUR.id: 9}
    assert said == ["Articles handed out: 12. To two people: 6."]
    assert column(page, ShareColumn.ASSIGNED) == {ANNOTATOR.id: 0, OMAR.id: 9, NOUR.id: 9}
    assert "not handed out: 0" in page._summary.text()
    assert not page.hand_out.isEnabled()
    # What this window wrote itself is not announced as another window's.
    window.file_watcher.check()
    assert window.pages.shown is page


def test_boxes_and_terms_choose_who_gets_what(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    row = [person.id for person in page.model.people].index(OMAR.id)
    place = page.view.visualRect(page.model.index(row, 0))
    box = place.center()
    box.setX(place.left() + 18)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box)
    settle(page, qtbot)
    assert page.model.chosen() == [NOUR]
    for _ in range(2):
        page.view.setCurrentIndex(page.model.index(row, 0))
        QTest.keyClick(page.view, Qt.Key.Key_Space)
    settle(page, qtbot)
    assert page.model.chosen() == [NOUR]
    assert column(page, ShareColumn.GETS)[NOUR.id] == 12
    page.per_person.setValue(5)
    settle(page, qtbot)
    assert column(page, ShareColumn.GETS)[NOUR.id] == 5
    assert "Left for later: 7." in page.said.text()
    page.overlap.setValue(10)
    settle(page, qtbot)
    assert "An overlap needs two people" in page.said.text()
    assert not page.hand_out.isEnabled()
    page.view.setCurrentIndex(page.model.index(row, 1))
    page.view.opened.emit(row, 1)
    settle(page, qtbot)
    assert set(page.model.chosen()) == {OMAR, NOUR}
    page.view.opened.emit(row, 1)
    page.view.opened.emit([person.id for person in page.model.people].index(NOUR.id), 1)
    settle(page, qtbot)
    assert page.said.text() == "Tick the annotators who are to get articles."


def test_what_nobody_has_begun_is_shared_again_only_if_ticked(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with Project.open(path) as project:
        assign(project, AssignRequest((OMAR.id,)), ANNOTATOR)
    page = opened(window, qtbot)
    assert "No articles are left" in page.said.text()
    page.again.click()
    settle(page, qtbot)
    assert column(page, ShareColumn.RETURNS)[OMAR.id] == 6
    assert column(page, ShareColumn.GETS)[NOUR.id] == 6


def test_unfinished_articles_are_taken_back_after_a_question(
    window: MainWindow, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path) as project:
        assign(project, AssignRequest((OMAR.id, NOUR.id)), ANNOTATOR)
        session = Session(project, OMAR)
        session.open(project.assignments.of(OMAR.id)[0])
        session.confirm_all()
        session.set_done(True)
    page = opened(window, qtbot)
    asked: list[str] = []

    def answer(_parent: object, _title: str, question: str, _yes: str) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(assign_page, "confirm_prompt", answer)
    page.take_back.click()
    assert assigned(path) == {OMAR.id: 6, NOUR.id: 6}
    page.take_back.click()
    settle(page, qtbot)
    assert assigned(path) == {OMAR.id: 1}
    assert "(11)" in asked[0]
    assert page.said.text() == "Articles taken back: 11."


def test_packs_are_written_in_the_background(window: MainWindow, qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        assign(project, AssignRequest((OMAR.id, NOUR.id)), ANNOTATOR)
    page = opened(window, qtbot)
    page.blind.setChecked(True)
    page.start_packs(tmp_path / "packs")
    settle(page, qtbot)
    assert len(list((tmp_path / "packs").glob("*.annot"))) == 2
    assert "Packs written: 2" in page.said.text()
    with Project.open(next((tmp_path / "packs").glob("*.annot"))) as pack:
        assert sum(bool(person.name) for person in pack.annotators.all()) == 1

    page.start_packs(tmp_path / "packs")
    settle(page, qtbot)
    assert "already exists" in window.message.text()


def test_who_is_no_lead_sees_why_nothing_can_be_handed_out(make_window: MakeWindow, path: Path, qtbot: QtBot) -> None:
    with Project.open(path) as project:
        for person, role in ((OMAR, Role.LEAD), (ANNOTATOR, Role.ANNOTATOR)):
            write = role_write(person.id, role)
            project.log.append(Edit(project.log.new_id(), ANNOTATOR.id, "", EditKind.TEAM, (write,)))
    window = make_window("en", path)
    window.suggestions.stop()
    page = opened(window, qtbot)
    assert "Only a lead" in page.said.text()
    assert not page.hand_out.isEnabled()
    assert not page.take_back.isEnabled()


def test_undo_takes_back_from_the_last_person(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    page = opened(window, qtbot)
    page.hand_out.click()
    settle(page, qtbot)
    last = page.model.chosen()[-1]
    page.left.emit()
    window.menus.actions["gestures.undo"].trigger()
    qtbot.waitUntil(lambda: not window.background_edits.busy, timeout=PATIENCE)
    assert assigned(path) == {person.id: 6 for person in (OMAR, NOUR) if person != last}
    window.menus.actions["gestures.redo"].trigger()
    qtbot.waitUntil(lambda: not window.background_edits.busy, timeout=PATIENCE)
    assert assigned(path) == {OMAR.id: 6, NOUR.id: 6}


def test_leaving_the_page_while_it_hands_out_finishes_that(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    page = opened(window, qtbot)
    page.hand_out.click()
    page.left.emit()
    settle(page, qtbot)
    assert assigned(path) == {OMAR.id: 6, NOUR.id: 6}
    assert window.pages.shown is None
    assert not window.findChildren(QMessageBox)
