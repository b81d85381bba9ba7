"""The tagset editor: every field is a step, judged at once, and all steps are told before they are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RenameLabel,
    SetLabelKey,
)
from annotator.domain.tagset.tagset import Example
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.i18n import set_language
from annotator.ui.base.theme import DARK, LIGHT
from annotator.ui.tagset import dialog as tagset_dialog
from annotator.ui.tagset.dialog import TagsetDialog
from annotator.ui.tagset.label_form import examples_text, read_examples
from annotator.ui.tagset.label_model import LABEL_ROLE
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    """Open a project in which a place is labelled."""
    with Project.open(project_path) as opened:
        session = Session(opened, ANNOTATOR)
        session.open(document_id(FIRST))
        session.annotate(Span(0, 6), "LOC")
        yield opened


@pytest.fixture
def dialog(project: Project, qtbot: QtBot, qapp: QApplication) -> TagsetDialog:
    set_language(qapp, "en")
    return opened(project, qtbot)


def opened(project: Project, qtbot: QtBot, label: str = "LOC") -> TagsetDialog:
    """Return the editor when it knows what is used."""
    made = TagsetDialog(project, LIGHT, None, label)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    with qtbot.waitSignal(made.counted, timeout=PATIENCE), qtbot.waitExposed(made):
        made.show()
    return made


def ids(dialog: TagsetDialog) -> list[str]:
    return [label.id for label in dialog.steps.tagset.labels]


def test_it_begins_with_the_label_in_hand_and_nothing_to_apply(dialog: TagsetDialog) -> None:
    assert dialog.form.id.text() == "LOC"
    assert dialog.form.names["en"].text() == "Place"
    assert not dialog.apply.isEnabled()
    assert dialog.changes.headline.text().endswith("No changes yet.")
    row = dialog.side.model.data(dialog.side.list.currentIndex(), LABEL_ROLE)
    assert (row.label.id, row.annotations, row.changed) == ("LOC", 1, False)
    assert not dialog.side.remove.isEnabled()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_is_cut_on_a_screen_of_1024_by_700(
    project: Project, qtbot: QtBot, qapp: QApplication, language: str
) -> None:
    set_language(qapp, language)
    dialog = opened(project, qtbot)
    dialog.resize(1008, 652)
    QCoreApplication.processEvents()
    area = dialog.form.parentWidget()
    assert area is not None and dialog.form.width() <= area.width()
    dialog.form.colours.chosen.emit({"light": "#f5f5d0", "dark": "#ffffff"})
    QCoreApplication.processEvents()
    assert dialog.form.width() <= area.width(), "nor when more is told of the colours"
    assert dialog.rect().contains(dialog.apply.geometry())
    set_language(qapp, "en")


def test_a_written_name_and_id_are_steps_and_the_preview_says_what_they_concern(dialog: TagsetDialog) -> None:
    dialog.form.names["en"].setText("Spot")
    dialog.form.id.setText("SPOT")
    dialog.accept()
    assert dialog.steps.changes() == [
        RenameLabel("LOC", "SPOT"),
        DescribeLabel("LOC", names={"ar": "مكان", "en": "Spot"}),
    ]
    lines = dialog.changes.text().splitlines()
    assert "ID \u2066SPOT\u2069 instead of \u2066LOC\u2069 — 1 annotation in 1 article, 5 suggestions" in lines[0]
    assert dialog.result() == 1


def test_an_id_that_is_taken_is_refused_at_once_and_the_field_shows_what_stands(dialog: TagsetDialog) -> None:
    dialog.form.id.setText("ORG")
    dialog.form.id.editingFinished.emit()
    assert "The label ORG already exists" in dialog.changes.problem.text()
    assert dialog.form.id.text() == "LOC"
    dialog.form.id.setText("a b")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.steps.changes() == []


def test_a_key_that_another_label_has_is_taken_and_told(dialog: TagsetDialog) -> None:
    at = dialog.form.key.findData("1")
    assert "Person" in dialog.form.key.itemText(at)
    dialog.form.key.setCurrentIndex(at)
    dialog.form.key.activated.emit(at)
    assert "1 was the shortcut of \u2068Person\u2069" in dialog.changes.problem.text()
    assert dialog.steps.changes() == [SetLabelKey("PERS", "", take=True), SetLabelKey("LOC", "1", take=True)]


def test_colours_are_judged_and_distinct_ones_offered(dialog: TagsetDialog) -> None:
    row = dialog.form.colours
    assert "Easy to see" in row.judgement()
    person = dialog.steps.tagset.labels[0].colour
    row.chosen.emit(dict(person))
    assert "Similar to \u2068Person\u2069" in row.judgement()
    row.chosen.emit({"light": "#f5f5d0", "dark": person["dark"]})
    assert "Low contrast on the light page" in row.judgement()
    row.chosen.emit({"light": person["light"], "dark": "#ffffff"})
    assert "Too strong on the dark page" in row.judgement() and "contrast" not in row.judgement()
    row.offers[0].click()
    assert dialog.steps.tagset.labels[4].colour == row.offers[0].pair or "Similar to" not in row.judgement()
    assert [type(change) for change in dialog.steps.changes()] == [DescribeLabel]


def test_guidelines_and_examples_are_written_as_lines(dialog: TagsetDialog) -> None:
    dialog.form.guidelines["en"].setPlainText("Anywhere.")
    dialog.form.examples.setPlainText("زار الوفد [بغداد] أمس.")
    dialog.form.commit()
    label = dialog.steps.tagset.labels[4]
    assert label.guideline["en"] == "Anywhere."
    assert label.guideline["ar"].startswith("اسم مكان")
    assert label.examples == (Example("زار الوفد بغداد أمس.", "بغداد"),)
    dialog.form.examples.setPlainText("بلا قوسين")
    assert not dialog.form.commit()
    assert "must occur exactly once in the example" in dialog.changes.problem.text()
    assert dialog.form.examples.toPlainText() == "بلا قوسين"


def test_labels_are_merged_and_the_other_is_in_hand(dialog: TagsetDialog) -> None:
    dialog.side.merge_into("ORG")
    current = dialog.side.current()
    assert current is not None
    assert current.id == "ORG"
    assert dialog.steps.changes() == [MergeLabels("LOC", "ORG")]
    assert "Place is merged into" in dialog.changes.text().replace("\u2068", "").replace("\u2069", "")
    assert "1 annotation in 1 article" in dialog.changes.text()
    assert dialog.side.model.annotations(current) == 1


def test_a_label_is_added_with_a_free_key_and_can_be_removed(
    dialog: TagsetDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "exec", lambda asked: asked.setTextValue("BORDER") or 1)
    dialog.side.add.click()
    current = dialog.side.current()
    assert current is not None
    assert (current.id, current.key) == ("BORDER", "Alt+6")
    assert dialog.form.names["en"].text() == "BORDER"
    assert [type(change) for change in dialog.steps.changes()] == [AddLabel, SetLabelKey]
    assert dialog.changes.text().replace("\u2068", "").replace("\u2069", "").splitlines() == ["\u200eNew label: BORDER"]
    dialog.side.add_label("ORG")
    assert "The label ORG already exists" in dialog.changes.problem.text()
    dialog.side.remove.click()
    assert dialog.steps.changes() == []


def test_labels_are_moved_by_keys_buttons_and_dragging(dialog: TagsetDialog) -> None:
    QTest.keyClick(dialog.side.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ids(dialog)[3:5] == ["LOC", "FORCE"]
    dialog.side.down.click()
    assert dialog.steps.changes() == []
    model = dialog.side.model
    data = model.mimeData([model.index(4)])
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert ids(dialog)[0] == "LOC"
    data = model.mimeData([model.index(0)])
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, len(ids(dialog)), 0, QModelIndex())
    assert ids(dialog)[-1] == "LOC"
    assert dialog.steps.changes() == [MoveLabel("FAC", 4)] or isinstance(dialog.steps.changes()[0], MoveLabel)
    assert dialog.changes.text().endswith("The order of the labels changes.")


def test_steps_are_taken_back_and_made_again_within_the_editor(dialog: TagsetDialog) -> None:
    dialog.side.merge_into("ORG")
    dialog.side.nested.click()
    QTest.keyClick(dialog.side.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.steps.changes() == [MergeLabels("LOC", "ORG")]
    assert not dialog.side.nested.isChecked()
    dialog.steps.undo()
    assert ids(dialog)[4] == "LOC"
    dialog.steps.redo()
    dialog.steps.redo()
    dialog.steps.redo()
    assert dialog.steps.changes()[-1] == ChangeTagset(nested=True)
    dialog.side.clitics.click()
    assert dialog.steps.tagset.clitics == "inside"


def test_labels_come_from_a_file_and_go_to_one(
    dialog: TagsetDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "own.json"
    monkeypatch.setattr(tagset_dialog, "ask_save", lambda *_: out)
    dialog.steps.do(RenameLabel("LOC", "SPOT"))
    dialog.export_button.click()
    assert load_tagset(out).labels[4].formerly == ("LOC",)
    assert "own.json" in dialog.changes.problem.text()
    dialog.import_labels(out)
    assert "as in the file" in dialog.changes.problem.text()
    dialog.steps.undo()
    dialog.import_labels(out)
    assert dialog.steps.changes() == [RenameLabel("LOC", "SPOT")]
    dialog.import_labels("wojood")
    assert len(ids(dialog)) > 21
    out.write_text("{}", encoding="utf-8")
    dialog.import_labels(out)
    assert "has no field" in dialog.changes.problem.text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_speaks_both_languages_and_turns_while_it_stands(
    project: Project, qtbot: QtBot, qapp: QApplication, language: str
) -> None:
    set_language(qapp, language)
    made = opened(project, qtbot)
    rtl = Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight
    assert made.layoutDirection() is rtl
    made.side.merge_into("ORG")
    told = made.changes.text()
    assert any("\u0600" <= c <= "\u06ff" for c in told) is (language == "ar")
    set_language(qapp, "en" if language == "ar" else "ar")
    QCoreApplication.processEvents()
    assert any("\u0600" <= c <= "\u06ff" for c in made.windowTitle()) is (language == "en")
    set_language(qapp, "en")


def test_the_model_keeps_qt_s_rules_and_is_spoken(dialog: TagsetDialog, qtmodeltester: ModelTester) -> None:
    model = dialog.side.model
    spoken = model.data(model.index(4), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Place, LOC, shortcut 5, 1 labelled"
    dialog.steps.do(MergeLabels("FAC", "LOC"), MoveLabel("LOC", 0))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_it_is_painted_in_the_dark_too(project: Project, qtbot: QtBot) -> None:
    made = TagsetDialog(project, DARK)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    with qtbot.waitSignal(made.counted, timeout=PATIENCE):
        made.show()
    assert made.grab().width() > 800


def test_examples_go_to_lines_and_back_with_their_notes() -> None:
    held = (Example("زار الوفد بغداد.", "بغداد", {"en": "A city."}), Example("في ديالى.", "ديالى"))
    text = examples_text(held)
    assert text == "زار الوفد [بغداد].\nفي [ديالى]."
    assert read_examples(text, held) == held
    assert read_examples("في [كركوك].\n\n", held) == (Example("في كركوك.", "كركوك"),)
    assert read_examples("بلا", held) == (Example("بلا", ""),)
