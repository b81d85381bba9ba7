"""The main journey through the real window, by key events alone; and what the frame promises around it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.services.exporting.request import ExportRequest
from annotator.storage.project import Project
from annotator.ui.base.jobs import Jobs
from annotator.ui.exporting.dialog import ExportChoice
from annotator.ui.importing import controller as import_controller
from annotator.ui.importing.dialog import ImportRequest
from annotator.ui.window.bug_dialog import BugDialog
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.window_state import last_project
from tests.ui.conftest import ANNOTATOR, FIRST, SECOND, make_project

Key, Mod = Qt.Key, Qt.KeyboardModifier
MakeWindow = Callable[..., MainWindow]


def press(window: MainWindow, key: Qt.Key | int, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key(key), modifiers)
    QCoreApplication.processEvents()


def type_letters(letters: str) -> None:
    """Type letters where the keyboard is, with the codes that X11 has for those of an Arabic layout."""
    for letter in letters:
        where, click = QApplication.focusWidget(), QTest.KeyAction.Click
        assert where is not None
        QTest.sendKeyEvent(click, where, Qt.Key(ord(letter)), letter, Mod.NoModifier)
    QCoreApplication.processEvents()


def focused(window: MainWindow) -> str:
    """Return the characters of the focused span."""
    session = window.current.session
    assert session and session.document
    return session.focus.span.of(session.document.text) if session.focus else ""


def said(window: MainWindow) -> str:
    """Return what the status line says, without the invisible marks of direction."""
    return "".join(c for c in window.status.text() if unicodedata.category(c) != "Cf")


def labels(window: MainWindow) -> dict[str, str]:
    """Return the label of each annotated surface of the open document."""
    session = window.current.session
    assert session and session.document
    return {i.span.of(session.document.text): i.label for i in session.items if not i.is_suggestion}


def stored(path: Path, text: str) -> list[tuple[str, str]]:
    """Return surface and label of what the project file holds for a document, read anew."""
    with Project.open(path) as project:
        document = next(d for d in project.documents.iter() if d.text == text)
        found: list[Annotation] = project.log.annotations(document.id, ANNOTATOR.id)
        return sorted((a.span.of(text), a.label) for a in found)


def test_first_document_opens_with_first_suggestion_in_focus(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    assert window.article.document.text == FIRST
    assert focused(window) == "العراق"
    assert window.article.focus_item == window.current.session.focus  # type: ignore[union-attr]
    assert window.windowTitle().startswith("news")


def test_journey_by_keys(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Return)
    assert (labels(window), focused(window)) == ({"العراق": "LOC"}, "داعش")
    press(window, Key.Key_Delete)
    assert "داعش" not in labels(window)
    assert focused(window) == "كركوك"
    press(window, Key.Key_2)
    assert labels(window)["كركوك"] == "ORG"
    assert focused(window) == "وديالى"
    press(window, Key.Key_Left, Mod.ControlModifier | Mod.AltModifier | Mod.ShiftModifier)
    assert focused(window) == "ديالى"
    assert labels(window)["ديالى"] == "LOC"
    press(window, Key.Key_Return)
    assert focused(window) == "يحيى رسول"
    press(window, 0x0661)
    assert labels(window)["يحيى رسول"] == "PERS"
    press(window, Key.Key_Right)
    assert window.article.selection is not None
    assert window.article.selection.of(FIRST) == "العميد"
    press(window, Key.Key_Right, Mod.ControlModifier | Mod.ShiftModifier)
    assert window.article.selection.of(FIRST) == "قال العميد"
    press(window, Key.Key_Left, Mod.ControlModifier | Mod.ShiftModifier)
    press(window, 0x0664, Mod.AltModifier)
    assert labels(window)["العميد"] == "TITLE"
    press(window, Key.Key_PageDown, Mod.ControlModifier)
    assert window.article.document.text == SECOND
    press(window, Key.Key_Return, Mod.ControlModifier)
    assert labels(window) == {"بغداد": "LOC"}
    assert len([i for i in window.current.session.items if not i.is_suggestion]) == 2  # type: ignore[union-attr]
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert labels(window) == {}
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert window.article.document.text == FIRST
    assert "العميد" not in labels(window)
    press(window, Key.Key_Y, Mod.ControlModifier)
    assert labels(window)["العميد"] == "TITLE"
    before = labels(window)
    window.close()
    expected = [("العراق", "LOC"), ("العميد", "TITLE"), ("ديالى", "LOC"), ("كركوك", "ORG"), ("يحيى رسول", "PERS")]
    assert stored(project_path, FIRST) == sorted(expected)
    again = make_window(path=project_path)
    assert again.article.document.text == FIRST
    assert labels(again) == before


def test_keypad_backspace_and_arabic_letters_do_the_same(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Enter, Mod.KeypadModifier)
    assert labels(window) == {"العراق": "LOC"}
    press(window, Key.Key_Backspace)
    assert focused(window) == "كركوك"
    press(window, ord("ئ"), Mod.ControlModifier)
    assert focused(window) == "داعش"
    press(window, ord("ئ"), Mod.ControlModifier)
    assert labels(window) == {}
    press(window, ord("غ"), Mod.ControlModifier)
    assert labels(window) == {"العراق": "LOC"}


def test_tab_walks_and_space_skips(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Tab)
    assert focused(window) == "داعش"
    press(window, Key.Key_Backtab, Mod.ShiftModifier)
    assert focused(window) == "العراق"
    press(window, Key.Key_Space)
    assert focused(window) == "داعش"
    for _ in range(4):
        press(window, Key.Key_Return)
    assert focused(window) == "العراق"


def test_escape_leaves_and_enter_comes_back(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Escape)
    assert focused(window) == ""
    press(window, Key.Key_Left)
    assert window.article.selection is not None
    press(window, Key.Key_Escape)
    assert window.article.focus_item is not None
    assert focused(window) == "داعش"


def test_down_and_up_select_words_of_other_lines(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Down)
    first = window.article.selection
    assert first is not None and first.start > FIRST.index("\n")
    press(window, Key.Key_Up)
    assert window.article.selection is not None
    assert window.article.selection.start < FIRST.index("\n")


def test_done_needs_every_suggestion_decided_and_opens_the_next(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    keys = Mod.ControlModifier | Mod.ShiftModifier
    press(window, Key.Key_Return, keys)
    assert window.article.document.text == FIRST
    assert "٥" in window.status.text()
    press(window, Key.Key_Return, Mod.ControlModifier)
    press(window, Key.Key_Return, keys)
    assert window.article.document.text == SECOND
    row = window.workspace.documents.model.row_at(0)
    assert row is not None and row.done and row.pending == 0


def test_status_line_says_what_was_done_in_both_languages(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_Return)
    assert said(window) == "أُكِّد: العراق — مكان · حُفظ"
    window.appearance.english()
    QCoreApplication.processEvents()
    assert said(window) == "Confirmed: العراق — Place · saved"
    press(window, Key.Key_Return)
    assert said(window) == "Confirmed: داعش — Armed group · saved"
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert said(window) == "أُكِّد: داعش — جماعة مسلحة · حُفظ"


def test_no_sentence_of_the_status_line_stays_in_another_language(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    window.decisions.redo()
    assert said(window) == "لا توجد خطوة لإعادتها."
    window.status.show_job("train", lambda: QCoreApplication.translate("ImportController", "Importing…"), 0, 0)
    row = window.status.job("train")
    assert row is not None and row.stop.accessibleName() == "إيقاف: يجري الاستيراد…"
    window.appearance.english()
    QCoreApplication.processEvents()
    assert window.status.text() == ""
    assert row.label.text() == "Importing…" and row.stop.accessibleName() == "Stop: Importing…"
    window.status.show_stopping("train")
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert row.label.text() == "يجري الإيقاف…"


def test_panes_keep_their_order_in_both_languages(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    for choose, direction in (
        (window.appearance.english, Qt.LayoutDirection.LeftToRight),
        (window.appearance.arabic, Qt.LayoutDirection.RightToLeft),
    ):
        choose()
        QCoreApplication.processEvents()
        space = window.workspace
        places = [pane.mapToGlobal(QPoint()).x() for pane in (space.side, space.article, space.documents)]
        assert places == sorted(places)
        assert window.layoutDirection() is direction
        assert space.side.layoutDirection() is direction


def test_window_comes_back_where_it_was(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    window.appearance.english()
    window.appearance.dark()
    window.appearance.larger()
    window.workspace.side.threshold.setValue(70)
    press(window, Key.Key_PageDown, Mod.ControlModifier)
    press(window, Key.Key_Tab)
    key = window.article.focus_item
    window.resize(790, 600)
    window.workspace.splitter.setSizes([180, 340, 268])
    sizes, size = window.workspace.splitter.sizes(), window.size()
    window.close()
    again = make_window("en", project_path)
    assert last_project(again.settings) == project_path
    assert again.article.document.text == SECOND
    assert again.article.focus_item == key
    assert again.appearance.theme.name == "dark"
    assert again.size() == size
    assert again.workspace.splitter.sizes() == sizes
    assert again.workspace.side.threshold.value() == 70
    assert again.settings.number("zoom", 1.0) > 1


def test_threshold_hides_unsure_suggestions_everywhere(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    window.workspace.side.threshold.setValue(80)
    assert window.current.session and {i.label for i in window.current.session.items} == {"LOC"}
    row = window.workspace.documents.model.row_at(0)
    assert row is not None and row.pending == 3
    assert window.workspace.side.items.items.rowCount() == 3


def test_a_fault_of_the_world_is_one_calm_sentence(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    broken = tmp_path / "broken.annot"
    broken.write_text("no project", encoding="utf-8")
    assert not window.open_project(broken)
    assert window.message.isVisible()
    assert "broken.annot" in window.message.text()
    assert window.current.project is None


def test_welcome_page_offers_recent_projects(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    window.projects.close()
    assert window.welcome.isVisible()
    with_project = window.settings.recent()
    assert with_project == [project_path]
    window.welcome.recentChosen.emit(project_path)
    assert window.workspace.isVisible()


def test_renaming_keeps_the_person_and_the_place(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    press(window, Key.Key_PageDown, Mod.ControlModifier)
    window.people.set_name("ليلى")
    assert window.current.annotator.name == "ليلى"
    assert window.article.document.text == SECOND
    assert "ليلى" in window.workspace.side.annotator_text()
    window.people.set_name("  ")
    assert window.message.isVisible()


def test_find_matches_without_harakat_and_hamza(make_window: MakeWindow, tmp_path: Path) -> None:
    path = make_project(tmp_path / "find.annot", ("وصل إلى أَربيل ثم عاد من اربيل.",))
    window = make_window(path=path)
    press(window, Key.Key_F, Mod.ControlModifier)
    assert window.find_bar.field.hasFocus()
    window.find_bar.field.setText("اربيل")
    assert len(window.article.scene.matches) == 2
    press(window, Key.Key_Return)
    press(window, Key.Key_Escape)
    assert not window.find_bar.isVisible()
    assert list(window.article.scene.matches) == []
    assert window.article.hasFocus()


def test_clicks_in_the_lists_lead_to_the_article(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    items = window.workspace.side.items
    place = items.visualRect(items.items.index(2)).center()
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert focused(window) == "كركوك"
    assert window.article.hasFocus()
    documents = window.workspace.documents
    place = documents.view.visualRect(documents.model.index(1)).center()
    QTest.mouseClick(documents.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.article.document.text == SECOND
    assert window.article.hasFocus()


def test_a_click_on_a_label_gives_it(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    window.workspace.side.labels.chosen.emit("ORG")
    assert labels(window) == {"العراق": "ORG"}


def test_right_button_menu_fits_what_was_clicked(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    session = window.current.session
    assert session
    texts = [action.text() for action in window.span_menu.make(session.items[0]).actions()]
    assert texts[:3] == ["Confirm", "Reject or remove", "Skip for now"]
    assert {"Apply label", "Boundaries", "Span note…", "Label all occurrences…"} <= set(texts)
    press(window, Key.Key_Return)
    annotation = next(i for i in session.items if not i.is_suggestion)
    texts = [action.text() for action in window.span_menu.make(annotation).actions()]
    assert "Confirm" not in texts and "Reject or remove" in texts
    texts = [action.text() for action in window.span_menu.make(None).actions()]
    assert "Apply label" not in texts


def test_bugs_and_user_errors_are_reported_differently(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.errors import ProjectError
    from annotator.ui.window import bug_dialog

    window = make_window()
    bugs: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    restore = bug_dialog.install(window.show_message, bugs.append)
    sys.excepthook(ProjectError, ProjectError("the printer is on fire"), None)
    assert "the printer is on fire" in window.message.text()
    sys.excepthook(ValueError, ValueError("oops"), None)
    assert bugs and "ValueError: oops" in bugs[0]
    restore()
    assert sys.excepthook is sys.__excepthook__


def test_next_pane_walks_round_and_comes_back(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    space = window.workspace
    for pane in (space.side.items, space.documents.view, window.article):
        press(window, Key.Key_F6)
        assert pane.hasFocus()
    for pane in (space.documents.view, space.side.items, window.article):
        press(window, Key.Key_F6, Mod.ShiftModifier)
        assert pane.hasFocus()
    space.side.threshold.setFocus()
    press(window, Key.Key_F6)
    assert space.documents.view.hasFocus()


def test_import_and_export_from_the_window(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    path = make_project(tmp_path / "io.annot", ())
    window = make_window("en", path)
    article = tmp_path / "خبر.txt"
    article.write_text("انفجار في بغداد\n\nقتل شخصان في الموصل أمس.", encoding="utf-8")
    with qtbot.waitSignals([window.imports.message, window.suggestions.finished]):
        window.imports.start(ImportRequest((article, tmp_path / "missing.txt")))
    assert "1 article added" in window.message.text()
    assert "missing.txt" in window.message.text()
    assert window.article.document.text.startswith("انفجار")
    assert window.workspace.documents.model.rowCount() == 1
    window.current.session.give_label("LOC", Span(10, 15))  # type: ignore[union-attr]
    out = tmp_path / "labels.json"
    with qtbot.waitSignal(window.exports.message):
        window.exports.start(ExportChoice(out, ExportRequest("json")))
    assert "1 annotations: 1 exact, 0 not" in window.message.text()
    assert "بغداد" in out.read_text(encoding="utf-8")


def test_two_windows_on_one_project_lose_nothing(make_window: MakeWindow, project_path: Path) -> None:
    one, other = make_window(path=project_path), make_window(path=project_path)
    one.decisions.confirm()
    other.decisions.reject()
    one.decisions.confirm()
    assert len(stored(project_path, FIRST)) >= 2


def test_an_empty_project_says_what_to_do_and_shows_nothing_old(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, title: str, *_: object) -> list[Path]:
        asked.append(title)
        return []

    monkeypatch.setattr(import_controller, "ask_open_files", ask)
    window = make_window("en", make_project(tmp_path / "full.annot"))
    assert window.open_project(make_project(tmp_path / "empty.annot", ()))
    assert window.article.document.text == ""
    assert window.workspace.side.items.items.rowCount() == 0
    press(window, Key.Key_Return)
    assert asked == ["Import articles"], "Enter presses the button that imports"
    press(window, Key.Key_1)
    press(window, Key.Key_PageDown, Mod.ControlModifier)
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert said(window) == "Nothing to undo."


def test_one_bug_dialog_stands_at_a_time(make_window: MakeWindow) -> None:
    window = make_window("en")
    standing = BugDialog("first", window)
    window.show_bug("second")
    assert window.findChildren(BugDialog) == [standing]


def test_a_closing_window_is_hidden_before_it_waits_for_jobs(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(path=project_path)
    visible: list[bool] = []
    stop = Jobs.stop

    def stop_and_note(jobs: Jobs) -> None:
        visible.append(window.isVisible())
        stop(jobs)

    monkeypatch.setattr(Jobs, "stop", stop_and_note)
    window.close()
    assert visible and not any(visible)
    assert window.current.project is None


def test_a_result_goes_with_the_next_decision_and_an_error_stays(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    window._show_summary("1 article added.", lambda: None)
    window.decisions.next_span()
    assert window.message.isVisible(), "nothing was decided"
    window.decisions.confirm()
    assert not window.message.isVisible()
    window.show_message("The disk is full.")
    window.decisions.confirm()
    assert window.message.isVisible()
