"""The page of the label check: one key for each decision, one undo for each, and nothing that is out of date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.label_check.case import CaseKind
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import EditKind
from annotator.services.label_check.check import CheckRequest, LabelCheck
from annotator.services.label_check.checked_cases import PlaceState
from annotator.services.progress import Progress
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.label_check import page as page_module
from annotator.ui.label_check.page import LabelCheckPage
from annotator.ui.label_check.rules_dialog import RulesDialog
from annotator.ui.window.main_window import MainWindow
from tests.services.label_check.projects import parse
from tests.ui.conftest import ANNOTATOR, PATIENCE
from tests.ui.label_check.projects import labelled_project
from tests.ui.test_every_dialog import cut_off, unnamed

MakeWindow = Callable[..., MainWindow]
Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL = Mod.ControlModifier
HOSTILE = '<b>عاجل</b> <img src="file:///nowhere.png">'
TEXTS = (
    *(f"قال [LOC بغداد] رقم {number}" for number in range(6)),
    f"{HOSTILE} [ORG بغداد] أمس",
    "زار [ORG بغداد] اليوم",
    "وصل [LOC البصرة ]مساء",
)


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for two kinds of cases only: what the others find in these texts is tested elsewhere."""
    monkeypatch.setattr(page_module, "KINDS", frozenset({CaseKind.LABELS, CaseKind.EDGE}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return labelled_project(tmp_path / "news.annot", TEXTS)


@pytest.fixture
def window(make_window: MakeWindow, path: Path) -> MainWindow:
    made = make_window("en", path)
    made.suggestions.stop()
    return made


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> LabelCheckPage:
    return opened(window, qtbot)


def opened(window: MainWindow, qtbot: QtBot) -> LabelCheckPage:
    """Open the page by its key, and wait for the cases."""
    QTest.keyClick(window.focusWidget(), Key.Key_F7)
    page = window.pages.shown
    assert isinstance(page, LabelCheckPage)
    page.article.animated = False
    settle(page, qtbot)
    return page


def settle(page: LabelCheckPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.jobs.is_busy(), timeout=PATIENCE)


def press(page: LabelCheckPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    QTest.keyClick(page.places, key, modifier)


def shown(page: LabelCheckPage) -> list[str]:
    """Return the kinds and names of the cases that are listed."""
    return [
        f"{case.kind.value} {case.name}" for case in (page.cases.model.checked.cases[n] for n in page.cases.model.rows)
    ]


def choose(page: LabelCheckPage, kind: CaseKind) -> int:
    """Make the case of a kind current, and return its number."""
    number = next(n for n, case in enumerate(page.cases.model.checked.cases) if case.kind is kind)
    page.cases.mark_case(number)
    assert page.cases.current() == number
    return number


def states(page: LabelCheckPage, number: int) -> list[PlaceState]:
    return list(page.cases.model.checked.states(number))


def label_of(window: MainWindow, text: str) -> dict[str, str]:
    """Return the labels in an article, by their words."""
    assert window.current.session is not None
    plain = parse(text)[0]
    given = window.current.session.project.log.annotations(document_id(plain), ANNOTATOR.id)
    return {each.span.of(plain): each.label for each in given}


def edits(window: MainWindow) -> int:
    assert window.current.session is not None
    return sum(1 for _ in window.current.session.project.log.edits())


def test_the_key_lists_cases_with_their_places(page: LabelCheckPage) -> None:
    assert shown(page) == ["edge البصرة", "labels بغداد"]
    assert page.cases.heading.text() == "Cases left: 2"
    assert "Articles checked: 9 · annotations: 9" in page.said.text()
    choose(page, CaseKind.LABELS)
    model = page.places.places
    assert model is not None and model.rowCount() == 5
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    QAbstractItemModelTester(page.cases.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    said = [str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(5)]
    assert all("→" in each for each in said[:2]) and all("elsewhere" in each for each in said[2:])
    assert page.name.text() == "بغداد" and "6 other place" in page.reason.text()
    assert page.article.document.text == parse(TEXTS[6])[0]


def test_enter_fixes_a_place_and_undo_brings_it_back(window: MainWindow, page: LabelCheckPage) -> None:
    number, before = choose(page, CaseKind.LABELS), edits(window)
    press(page, Key.Key_Return)
    assert label_of(window, TEXTS[6]) == {"بغداد": "LOC"}
    assert states(page, number) == [PlaceState.FIXED, PlaceState.OPEN]
    assert page.places.currentIndex().row() == 1 and edits(window) == before + 1
    press(page, Key.Key_Return)
    assert shown(page) == ["edge البصرة"] and page.cases.current() != number
    for row in (1, 0):
        press(page, Key.Key_Z, CTRL)
        assert window.pages.shown is page and page.cases.current() == number
        assert page.places.currentIndex().row() == row
    assert states(page, number) == [PlaceState.OPEN] * 2 and label_of(window, TEXTS[6]) == {"بغداد": "ORG"}
    press(page, Key.Key_Y, CTRL)
    assert states(page, number) == [PlaceState.FIXED, PlaceState.OPEN]


def test_a_boundary_is_moved_as_proposed(window: MainWindow, page: LabelCheckPage) -> None:
    choose(page, CaseKind.EDGE)
    assert label_of(window, TEXTS[8]) == {"البصرة ": "LOC"}
    press(page, Key.Key_Return)
    assert label_of(window, TEXTS[8]) == {"البصرة": "LOC"}
    assert page.article.document.text == parse(TEXTS[6])[0], "the next case is shown"


@pytest.mark.parametrize("large", [False, True])
def test_all_places_of_a_case_are_fixed_by_one_edit(
    window: MainWindow, page: LabelCheckPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr(page_module, "LARGE", 1)
    number, before = choose(page, CaseKind.LABELS), edits(window)
    assert page.fix_all.text() == "Fix all (2)"
    press(page, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not window.background_edits.busy, timeout=PATIENCE)
    assert edits(window) == before + 1 and states(page, number) == [PlaceState.FIXED] * 2
    assert shown(page) == ["edge البصرة"]
    press(page, Key.Key_Z, CTRL)
    assert states(page, number) == [PlaceState.OPEN] * 2 and page.cases.current() == number


def test_a_place_that_is_right_is_never_reported_again(window: MainWindow, page: LabelCheckPage, qtbot: QtBot) -> None:
    number = choose(page, CaseKind.LABELS)
    press(page, Key.Key_Delete)
    assert states(page, number) == [PlaceState.RIGHT, PlaceState.OPEN]
    assert label_of(window, TEXTS[6]) == {"بغداد": "ORG"}
    page.again.click()
    settle(page, qtbot)
    number = choose(page, CaseKind.LABELS)
    assert len(states(page, number)) == 1 and "kept earlier: 1" in page.said.text()
    press(page, Key.Key_Delete, CTRL)
    assert shown(page) == ["edge البصرة"]
    press(page, Key.Key_Z, CTRL)
    assert states(page, number) == [PlaceState.OPEN]


def test_all_places_of_a_case_are_kept_by_one_edit(window: MainWindow, page: LabelCheckPage) -> None:
    number, before = choose(page, CaseKind.LABELS), edits(window)
    press(page, Key.Key_Delete, CTRL)
    assert states(page, number) == [PlaceState.RIGHT] * 2 and edits(window) == before + 1


def test_a_digit_gives_another_label(window: MainWindow, page: LabelCheckPage) -> None:
    number = choose(page, CaseKind.LABELS)
    assert window.current.session is not None
    label = window.current.session.tagset.labels[0].id
    press(page, Key.Key_1)
    assert label_of(window, TEXTS[6]) == {"بغداد": label}
    assert states(page, number)[0] is (PlaceState.FIXED if label == "LOC" else PlaceState.OUTDATED)


def test_arrows_move_among_places_and_cases(page: LabelCheckPage) -> None:
    first, second = page.cases.model.rows
    assert page.cases.current() == first and page.places.hasFocus()
    press(page, Key.Key_Down)
    assert (page.cases.current(), page.places.currentIndex().row()) == (second, 0)
    press(page, Key.Key_Down)
    assert page.places.currentIndex().row() == 1
    press(page, Key.Key_Down)
    assert (page.cases.current(), page.places.currentIndex().row()) == (second, 1), "examples are not chosen"
    press(page, Key.Key_Right)
    assert page.cases.current() == first
    press(page, Key.Key_Left)
    assert (page.cases.current(), page.places.currentIndex().row()) == (second, 0)
    press(page, Key.Key_Up)
    assert page.cases.current() == first
    press(page, Key.Key_End)
    press(page, Key.Key_Home)
    assert page.places.currentIndex().row() == 0


def test_a_place_opens_in_its_article_and_the_cases_are_still_there(
    window: MainWindow, page: LabelCheckPage, qtbot: QtBot
) -> None:
    number = choose(page, CaseKind.LABELS)
    press(page, Key.Key_G, CTRL)
    session = window.current.session
    assert session is not None and session.document is not None
    assert window.pages.shown is None and session.document.text == parse(TEXTS[6])[0]
    assert session.focus is not None and session.focus.span.of(session.document.text) == "بغداد"
    session.give_label("LOC")
    again = opened(window, qtbot)
    assert again is page and states(page, number) == [PlaceState.FIXED, PlaceState.OPEN]


def test_the_check_can_be_stopped(
    window: MainWindow, page: LabelCheckPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_project: Project, _request: object, progress: Progress) -> LabelCheck:
        while True:
            progress(1, 2)

    monkeypatch.setattr(page_module, "check_labels", endless)
    page.again.click()
    qtbot.waitUntil(page.stop.isVisible, timeout=PATIENCE)
    assert not page.again.isEnabled() and page.bar.isVisible()
    page.stop.click()
    settle(page, qtbot)
    assert page.said.text().endswith("Stopped.") and page.again.isEnabled() and len(shown(page)) == 2
    page.again.click()
    window.pages.close()
    settle(page, qtbot)


def test_the_edits_of_another_window_are_shown_and_never_overwritten(
    window: MainWindow, page: LabelCheckPage, path: Path
) -> None:
    number = choose(page, CaseKind.LABELS)
    with Project.open(path) as other:
        session = Session(other, ANNOTATOR)
        session.open(document_id(parse(TEXTS[6])[0]))
        session.set_focus(session.items[0])
        session.give_label("PERS")
        before = edits(window)
        said: list[str] = []
        page.statusMessage.connect(said.append)
        press(page, Key.Key_Return)
        assert edits(window) == before and label_of(window, TEXTS[6]) == {"بغداد": "PERS"}
        assert said and said[-1].startswith("Nothing changed")
        assert states(page, number) == [PlaceState.OUTDATED, PlaceState.OPEN]
        session.open(document_id(parse(TEXTS[7])[0]))
        session.set_focus(session.items[0])
        session.reject()
    window.file_watcher.check()
    assert states(page, number) == [PlaceState.OUTDATED] * 2
    assert shown(page) == ["edge البصرة"] and window.pages.shown is page


def test_filters_choose_kinds_and_labels(page: LabelCheckPage) -> None:
    for choice, row, expected in ((page.cases.kind, 1, ["labels بغداد"]), (page.cases.kind, 2, ["edge البصرة"])):
        choice.setCurrentIndex(row)
        choice.activated.emit(row)
        assert shown(page) == expected
    press(page, Key.Key_Return)
    assert shown(page) == [] and page.empty.text() == "No case is left here. Choose another filter."
    page.cases.kind.setCurrentIndex(0)
    page.cases.kind.activated.emit(0)
    row = page.cases.label.findData("PERS")
    page.cases.label.setCurrentIndex(row)
    page.cases.label.activated.emit(row)
    assert shown(page) == []


def test_it_says_when_all_is_decided_and_when_nothing_was_found(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window("en", labelled_project(tmp_path / "good.annot", TEXTS[7:9]))
    window.suggestions.stop()
    page = opened(window, qtbot)
    press(page, Key.Key_Return)
    assert page.empty.isVisible() and page.empty.text() == "All cases are decided."
    press(page, Key.Key_Return)
    press(page, Key.Key_Delete, CTRL)
    page.again.click()
    settle(page, qtbot)
    assert page.empty.text().startswith("No case was found")


def test_rules_are_added_corrected_and_removed(window: MainWindow, page: LabelCheckPage, qtbot: QtBot) -> None:
    session = window.current.session
    assert session is not None
    dialog = RulesDialog((), session.tagset, window.appearance.theme, page)
    qtbot.addWidget(dialog)
    dialog.show()
    first = dialog.rows[0]
    assert dialog.writes() == [] and dialog.focusWidget() is first.pattern
    for wrong, why in (("(", "is not valid"), ("(a{1000}){1000}", "too large")):
        first.pattern.setText(wrong)
        dialog.accept()
        assert dialog.isVisible() and first.error.isVisible() and why in first.error.text()
    QTest.keyClicks(first.pattern, "x")
    assert not first.error.isVisible()
    first.pattern.setText("وزارة .+")
    first.label.set_label("ORG")
    dialog.add.click()
    dialog.rows[1].pattern.setText(HOSTILE)
    dialog.accept()
    assert not dialog.isVisible()
    session.apply(EditKind.RULE, dialog.writes())
    rules = session.project.label_checks.rules()
    assert {(rule.pattern, rule.label) for rule in rules} == {("وزارة .+", "ORG"), (HOSTILE, "")}
    again = RulesDialog(rules, session.tagset, window.appearance.theme, page)
    qtbot.addWidget(again)
    assert again.writes() == []
    next(row for row in again.rows if row.rule.pattern == HOSTILE).remove.click()
    again.rows[0].pattern.setText("وزارة")
    session.apply(EditKind.RULE, again.writes())
    assert [rule.pattern for rule in session.project.label_checks.rules()] == ["وزارة"]
    session.undo()
    assert len(session.project.label_checks.rules()) == 2


def test_changed_rules_start_a_check(
    window: MainWindow, page: LabelCheckPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: RulesDialog) -> int:
        dialog.rows[0].pattern.setText("بغداد")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(RulesDialog, "exec", fill)
    before = page.cases.model.checked
    page.rules.click()
    settle(page, qtbot)
    assert window.current.session is not None
    assert [rule.pattern for rule in window.current.session.project.label_checks.rules()] == ["بغداد"]
    assert page.cases.model.checked is not before


def test_the_model_is_asked_on_request(page: LabelCheckPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[CheckRequest] = []

    def check(_project: Project, request: CheckRequest, _progress: Progress) -> LabelCheck:
        asked.append(request)
        return LabelCheck()

    monkeypatch.setattr(page_module, "check_labels", check)
    for box in (page.model, page.unfinished):
        box.click()
        settle(page, qtbot)
    assert [CaseKind.MODEL in request.kinds for request in asked] == [True, True]
    assert [request.include_unfinished for request in asked] == [False, True]


def test_texts_of_files_are_no_markup_and_every_control_has_a_name(
    window: MainWindow, page: LabelCheckPage, qtbot: QtBot
) -> None:
    choose(page, CaseKind.LABELS)
    assert HOSTILE in page.heading.text()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert unnamed(page) == []
    for language in (window.appearance.arabic, window.appearance.english):
        language()
        qtbot.waitUntil(lambda: cut_off(page) == [], timeout=PATIENCE)
    window.appearance.dark()
    assert page.places.accessibleName() and page.cases.list.accessibleName()
    for button in (page.fix, page.fix_all, page.keep, page.keep_all, page.show_place):
        assert button.toolTip() and button.accessibleDescription()


def test_a_page_of_a_closed_project_reads_nothing(window: MainWindow, page: LabelCheckPage) -> None:
    choose(page, CaseKind.LABELS)
    window.projects.close()
    window.appearance.arabic()
    window.appearance.dark()
    assert page.title() == "فحص الوسوم"


def test_enter_on_a_button_presses_it(window: MainWindow, page: LabelCheckPage) -> None:
    before = edits(window)
    page.back.setFocus()
    QTest.keyClick(page.back, Key.Key_Return)
    assert window.pages.shown is None and edits(window) == before
