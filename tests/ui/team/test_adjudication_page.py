"""Adjudication by keys: each key is one decision of the gold layer, and the article does not move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.model.span import Span
from annotator.domain.team.roles import peers_write
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.team import adjudication_page
from annotator.ui.team.adjudication_page import AdjudicationPage
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
Key = Qt.Key
KeyModifier = Qt.KeyboardModifier
OMAR, NOUR = Annotator("1" * 32, "<b>Omar</b>"), Annotator("2" * 32, "نور")
GIVEN: dict[str, dict[Annotator, dict[str, str]]] = {
    FIRST: {
        OMAR: {"العراق": "LOC", "كركوك": "LOC", "داعش": "ARMED", "يحيى رسول": "PERS"},
        NOUR: {"العراق": "LOC", "كركوك": "ORG", "يحيى": "PERS"},
    },
    SECOND: {OMAR: {"بغداد": "LOC"}, NOUR: {"بغداد": "ORG"}},
}


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def label(project: Project, person: Annotator, text: str, given: dict[str, str]) -> None:
    session = Session(project, person)
    session.open(document_id(text))
    for item in [item for item in session.items if item.is_suggestion]:
        session.set_focus(item)
        session.reject()
    for words, name in given.items():
        session.annotate(place(text, words), name)
    assert session.set_done(True)


def make_team_project(path: Path, lead: Annotator = ANNOTATOR) -> Path:
    """Make a project whose founder is the lead, and in which Omar and Nour finished two articles."""
    with Project.open(make_project(path)) as project:
        for person in (ANNOTATOR, OMAR, NOUR):
            project.annotators.add(person)
        project.log.append(Edit(project.log.new_id(), lead.id, "", EditKind.TEAM, (peers_write(False),)))
        for text, given in GIVEN.items():
            for person, names in given.items():
                label(project, person, text, names)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_team_project(tmp_path / "team.annot")


def open_page(window: MainWindow, qtbot: QtBot) -> AdjudicationPage:
    """Open the page by its key, and wait for the queue."""
    press(window, Key.Key_J, KeyModifier.ControlModifier)
    page = window.pages.shown
    assert isinstance(page, AdjudicationPage)
    page.article.animated = False
    qtbot.waitUntil(lambda: not page._jobs.is_busy(), timeout=PATIENCE)
    return page


@pytest.fixture
def page(make_window: MakeWindow, path: Path, qtbot: QtBot) -> AdjudicationPage:
    return open_page(make_window("ar", path), qtbot)


def press(window: MainWindow, key: Qt.Key, modifier: KeyModifier = KeyModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget(), key, modifier)


def click(page: AdjudicationPage, key: Qt.Key, modifier: KeyModifier = KeyModifier.NoModifier) -> None:
    QTest.keyClick(page.article, key, modifier)


def gold(page: AdjudicationPage, text: str = FIRST) -> dict[str, str]:
    assert page.session is not None
    found = page.session.project.gold.of_many([document_id(text)])[document_id(text)]
    return {(Span(*map(int, key.split(":"))).of(text) if key else ""): value["label"] for key, value in found.items()}


def focus(page: AdjudicationPage) -> str:
    assert page.session is not None
    group = page.session.focus
    return group.span.of(FIRST) if group else ""


def test_the_page_opens_the_open_article_at_its_first_difference(page: AdjudicationPage) -> None:
    assert focus(page) == "داعش"
    assert [row.who for row in page.lanes.lanes.lanes] == ["<b>Omar</b>", "نور"]
    assert page.lanes.lanes.lanes[1].parts == ()
    assert [each.words for each in page.queue.model.rows] == ["داعش", "كركوك", "يحيى رسول", "بغداد"]
    shown = {item.span.of(FIRST): item.is_suggestion for item in page.article.scene.spans.items}
    assert shown == {"العراق": False, "داعش": True, "كركوك": True, "يحيى رسول": True}


def test_every_key_is_one_decision(page: AdjudicationPage) -> None:
    click(page, Key.Key_Return)
    assert gold(page) == {"داعش": "ARMED"}
    assert focus(page) == "كركوك"
    click(page, Key.Key_Down)
    click(page, Key.Key_Return)
    assert gold(page)["كركوك"] == "ORG"
    click(page, Key.Key_2, KeyModifier.ControlModifier)
    assert (gold(page)["يحيى"], gold(page)["يحيى رسول"]) == ("PERS", "")
    assert focus(page) == ""
    for _ in range(3):
        click(page, Key.Key_Z, KeyModifier.ControlModifier)
    assert gold(page) == {}
    click(page, Key.Key_Y, KeyModifier.ControlModifier)
    assert gold(page) == {"داعش": "ARMED"}


def test_nothing_here_a_label_and_boundaries(page: AdjudicationPage) -> None:
    click(page, Key.Key_Delete)
    assert gold(page) == {"داعش": ""}
    assert focus(page) == "كركوك"
    click(page, Key.Key_1)
    first = page.session.tagset.labels[0].id if page.session else ""
    assert gold(page)["كركوك"] == first
    click(page, Key.Key_Left, KeyModifier.ShiftModifier)
    assert gold(page)["يحيى رسول إن"] == "PERS"


def test_tab_goes_round_and_the_lanes_keep_their_height(page: AdjudicationPage) -> None:
    top, height = page.article.verticalScrollBar().value(), page.lanes.height()
    seen = []
    for _ in range(4):
        seen.append(focus(page))
        click(page, Key.Key_Tab)
        assert (page.article.verticalScrollBar().value(), page.lanes.height()) == (top, height)
    assert seen == ["داعش", "كركوك", "يحيى رسول", "داعش"]
    click(page, Key.Key_Backtab, KeyModifier.ShiftModifier)
    assert focus(page) == "داعش"


def test_done_waits_for_all_differences_then_opens_the_next(page: AdjudicationPage) -> None:
    said: list[str] = []
    page.statusMessage.connect(said.append)
    done = KeyModifier.ControlModifier | KeyModifier.ShiftModifier
    click(page, Key.Key_Return, done)
    assert "٣" in said[-1]
    for _ in range(3):
        click(page, Key.Key_1, KeyModifier.ControlModifier)
    click(page, Key.Key_Return, done)

    assert page.session is not None
    assert page.session.document is not None
    assert page.session.document.text == SECOND
    assert gold(page)[""] == ""
    assert gold(page)["العراق"] == "LOC"
    assert [each.words for each in page.queue.model.rows] == ["بغداد"]
    click(page, Key.Key_1, KeyModifier.ControlModifier)
    click(page, Key.Key_Return, done)
    assert page.queue.model.rows == []


def test_nobodys_own_labels_change(page: AdjudicationPage) -> None:
    assert page.session is not None
    before = page.session.project.log.annotations(document_id(FIRST))
    for _ in range(3):
        click(page, Key.Key_2, KeyModifier.ControlModifier)
    assert page.session.project.log.annotations(document_id(FIRST)) == before


def test_hidden_names_are_numbers_everywhere(page: AdjudicationPage) -> None:
    page.hide_names.setChecked(True)
    texts = [row.who for row in page.lanes.lanes.lanes]
    texts += [page.queue.pair.itemText(row) for row in range(page.queue.pair.count())]
    assert not any(name in text for text in texts for name in ("Omar", "نور", "سلمى"))


def test_a_note_says_why(page: AdjudicationPage) -> None:
    click(page, Key.Key_F2, KeyModifier.ShiftModifier)
    QTest.keyClicks(page.note_bar.field, "why")
    QTest.keyClick(page.note_bar.field, Key.Key_Return)
    assert page.session is not None
    group = page.session.focus
    assert group is not None
    assert [note.text for note in page.session.notes_on(group)] == ["why"]


def test_settling_everywhere_asks_with_the_number_of_articles(
    page: AdjudicationPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_parent: QWidget, _title: str, question: str, _yes: str) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(adjudication_page, "confirm_prompt", agree)
    click(page, Key.Key_D, KeyModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(asked) and not page._jobs.is_busy(), timeout=PATIENCE)
    assert "داعش" in asked[0]
    assert "١" in asked[0]
    assert gold(page) == {"داعش": "ARMED"}
    click(page, Key.Key_Z, KeyModifier.ControlModifier)
    assert gold(page) == {}


def test_filters_select_from_the_queue(page: AdjudicationPage, qtbot: QtBot) -> None:
    page.queue.words.setText("كركوك")
    page.queue.words.returnPressed.emit()
    qtbot.waitUntil(lambda: [each.words for each in page.queue.model.rows] == ["كركوك"], timeout=PATIENCE)
    page.queue.words.clear()
    qtbot.waitUntil(lambda: len(page.queue.model.rows) == 4, timeout=PATIENCE)
    page.queue.kind.setCurrentIndex(page.queue.kind.findData("boundary"))
    page.queue.kind.activated.emit(0)
    qtbot.waitUntil(lambda: [each.words for each in page.queue.model.rows] == ["يحيى رسول"], timeout=PATIENCE)
    click(page, Key.Key_Return)
    assert [each.words for each in page.queue.model.rows] == ["يحيى رسول"]


def test_a_row_of_the_queue_opens_its_article(page: AdjudicationPage) -> None:
    page.queue.opened.emit(page.queue.model.rows[-1])
    assert page.session is not None
    assert page.session.document is not None
    assert page.session.document.text == SECOND


def test_the_mouse_chooses_a_lane_and_a_second_click_takes_it(page: AdjudicationPage) -> None:
    page.lanes.pointed.emit(1)
    assert page.session is not None
    assert page.session.choice == 1
    page.lanes.taken.emit(1)
    assert gold(page) == {"داعش": ""}


def test_escape_returns_to_the_article(page: AdjudicationPage) -> None:
    click(page, Key.Key_Escape)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.pages.shown is None
    assert window.article.hasFocus()


def test_enter_presses_the_button_that_has_the_keyboard(page: AdjudicationPage) -> None:
    page.hide_names.setFocus()
    QTest.keyClick(page.hide_names, Key.Key_Return)
    assert page.hide_names.isChecked()
    page.back.setFocus()
    QTest.keyClick(page.back, Key.Key_Return)
    assert not page.isVisible()
    assert gold(page) == {}


@pytest.mark.parametrize("allowed", [False, True])
def test_an_annotator_sees_others_only_if_the_lead_allows_it(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, allowed: bool
) -> None:
    path = make_team_project(tmp_path / "mine.annot", lead=OMAR)
    if allowed:
        with Project.open(path) as project:
            project.log.append(Edit(project.log.new_id(), OMAR.id, "", EditKind.TEAM, (peers_write(True),)))
    page = open_page(make_window("en", path), qtbot)
    assert page.forbidden.isVisible() is not allowed
    assert bool(page.article.document.text) is allowed
    said: list[str] = []
    page.message.connect(said.append)
    click(page, Key.Key_Return)
    assert gold(page) == {} if page.session else True
    assert len(said) == allowed
