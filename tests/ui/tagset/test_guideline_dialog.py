"""The guidelines beside the work: what a label means, how the corpus uses it, and the way to each place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.errors import ProjectError
from annotator.services.search import label_examples
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.article.kwic_delegate import KWIC_ROLE
from annotator.ui.base.i18n import set_language
from annotator.ui.base.theme import DARK, LIGHT
from annotator.ui.tagset import guideline_dialog
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND

OMAR = Annotator("f" * 32, "عمر")


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    """Open a project that two people labelled, and differ about بغداد once."""
    with Project.open(project_path) as opened:
        for person in (ANNOTATOR, OMAR):
            session = Session(opened, person)
            for text in (FIRST, SECOND):
                session.open(document_id(text))
                session.confirm_all()
        first = next(item for item in session.items if item.label == "LOC")
        session.set_focus(first)
        session.give_label("ORG")
        yield opened


def opened(project: Project, qtbot: QtBot, label: str = "LOC") -> GuidelineDialog:
    """Return the window when the corpus was looked at."""
    made = GuidelineDialog(project, LIGHT)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.stop())
    with qtbot.waitSignal(made.looked, timeout=PATIENCE), qtbot.waitExposed(made):
        made.show_label(label)
        made.show()
    qtbot.waitUntil(lambda: made.label().id in made._known, timeout=PATIENCE)
    return made


def head(dialog: GuidelineDialog, number: int) -> str:
    return dialog._heads[number].text()


def test_it_shows_guideline_key_examples_and_the_corpus(project: Project, qtbot: QtBot, qapp: QApplication) -> None:
    set_language(qapp, "en")
    dialog = opened(project, qtbot)
    page = dialog.page.toPlainText()
    assert "Place LOC · shortcut 5" in page
    assert "A country or capital stays Place (LOC)" in page
    assert "Not like this" in page
    rows = [dialog.names.data(dialog.names.index(n), KWIC_ROLE) for n in range(dialog.names.rowCount())]
    assert [(row.context.word, row.note) for row in rows][:2] == [("بغداد", "3 times"), ("العراق", "2 times")]
    assert "Most frequent first: 9 annotations" in head(dialog, 0)
    differing = dialog.differing.data(dialog.differing.index(0), KWIC_ROLE)
    assert differing.note == "\u2068سلمى\u2069: \u2068Place\u2069 · \u2068عمر\u2069: \u2068Organisation\u2069"
    assert dialog.lists[1].isVisible()


def test_the_guideline_has_all_the_room_where_the_corpus_has_nothing(project: Project, qtbot: QtBot) -> None:
    dialog = opened(project, qtbot)
    shared = dialog.page.height()
    for label, has_all in (("WEAPON", True), ("LOC", False), ("WEAPON", True)):
        with qtbot.waitSignal(dialog.looked, timeout=PATIENCE):
            dialog.show_label(label)
        QCoreApplication.processEvents()
        room = dialog._parts.height()
        assert dialog.page.height() > 0.9 * room if has_all else dialog.page.height() == shared
        assert dialog._heads[0].isVisible() and dialog._heads[0].height() >= dialog._heads[0].fontMetrics().height()


def test_a_corpus_that_cannot_be_looked_at_is_told(
    project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        """Find the disk gone."""
        raise ProjectError("Cannot read or write {path}. Check that its disk is connected and works.", path="/p")

    monkeypatch.setattr(guideline_dialog, "label_in_use", fail)
    dialog = GuidelineDialog(project, LIGHT)
    qtbot.addWidget(dialog, before_close_func=lambda widget: widget.stop())
    dialog.show()
    dialog.show_label("LOC")
    qtbot.waitUntil(lambda: "Cannot read or write" in head(dialog, 0), timeout=PATIENCE)
    assert dialog.names.rowCount() == dialog.differing.rowCount() == 0
    assert dialog.page.toPlainText().strip(), "the guideline itself can be read"


def test_enter_and_a_click_ask_for_the_place(project: Project, qtbot: QtBot) -> None:
    dialog = opened(project, qtbot)
    with qtbot.waitSignal(dialog.openRequested) as asked:
        dialog.lists[0].setFocus()
        dialog.lists[0].setCurrentIndex(dialog.names.index(0))
        QTest.keyClick(dialog.lists[0], Qt.Key.Key_Return)
    assert asked.args == [dialog.names.example(0)]
    assert dialog.names.example(0).document == document_id(SECOND)
    with qtbot.waitSignal(dialog.openRequested) as asked:
        box = dialog.lists[0].visualRect(dialog.names.index(1))
        QTest.mouseClick(dialog.lists[0].viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked.args == [dialog.names.example(1)]


def test_another_label_is_looked_up_once(project: Project, qtbot: QtBot) -> None:
    dialog = opened(project, qtbot)
    with qtbot.waitSignal(dialog.looked, timeout=PATIENCE):
        dialog.labels.setCurrentRow(0)
    assert dialog.label().id == "PERS"
    assert not dialog.lists[1].isVisible()
    dialog.labels.setCurrentRow(4)
    assert dialog.names.rowCount() > 1
    assert not dialog._jobs.running("look")
    with qtbot.waitSignal(dialog.editRequested) as asked:
        dialog.edit.click()
    assert asked.args == ["LOC"]


def test_a_label_that_nobody_gave_says_so(project: Project, qtbot: QtBot) -> None:
    dialog = opened(project, qtbot, "WEAPON")
    assert "This label has not been used" in head(dialog, 0)
    assert not dialog.lists[0].isVisible()


def test_of_many_annotations_it_says_that_it_drew_some(
    project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_examples, "SAMPLE", 4)
    assert "in a sample of 4 of 9 annotations" in head(opened(project, qtbot), 0)


def test_it_turns_with_language_and_theme(project: Project, qtbot: QtBot, qapp: QApplication) -> None:
    set_language(qapp, "ar")
    dialog = opened(project, qtbot)
    assert "دليل" in dialog.windowTitle()
    assert "٣" in dialog.names.data(dialog.names.index(0), KWIC_ROLE).note
    set_language(qapp, "en")
    QCoreApplication.processEvents()
    assert dialog.windowTitle() == "Guideline"
    dialog.set_theme(DARK)
    assert dialog.grab().width() > 800


def test_the_models_keep_qt_s_rules(project: Project, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    dialog = opened(project, qtbot)
    assert "بغداد" in dialog.names.data(dialog.names.index(0), Qt.ItemDataRole.AccessibleTextRole)
    qtmodeltester.check(dialog.names)  # type: ignore[no-untyped-call]
    qtmodeltester.check(dialog.differing)  # type: ignore[no-untyped-call]
