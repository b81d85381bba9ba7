"""The import dialog shows what files hold, takes no label without an answer, and says what came in and what did not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QTreeWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model.label_map import LabelMap
from annotator.formats.base.label_map_file import read_label_map
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.i18n import set_language
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import LIGHT
from annotator.ui.importing.dialog import ImportDialog, ImportRequest
from annotator.ui.importing.options_page import LabelImport
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, make_project

Open = Callable[..., ImportDialog]


def write(path: Path, count: int = 3) -> Path:
    """Write articles with a label that the tagset has, one whose name is known, and one that is foreign."""
    made = (
        {"text": f"انفجار في بغداد رقم {n}", "spans": [[0, 6, "EVENT"], [10, 15, "LOC"], [7, 9, "gpe"]]}
        for n in range(count)
    )
    path.write_text("".join(json.dumps(m, ensure_ascii=False) + "\n" for m in made), encoding="utf-8")
    return path


@pytest.fixture
def open_dialog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Return the function that opens the dialog on files and waits until it has looked into them."""
    set_language(qapp, "en")
    made: list[ImportDialog] = []

    def open_on(*paths: Path) -> ImportDialog:
        """Open it."""
        settings = Settings(tmp_path / "window.ini")
        dialog = ImportDialog(
            paths, tmp_path / "news.annot", load_tagset("security"), ["سلمى", "Omar"], LIGHT, settings
        )
        qtbot.addWidget(dialog)
        dialog.show()
        looked(qtbot, dialog)
        made.append(dialog)
        return dialog

    yield open_on
    for dialog in made:
        dialog.done(0)


def looked(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Wait until the dialog looks into nothing."""
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy(), timeout=600_000)


def cells(tree: QTreeWidget) -> list[list[str]]:
    """Return the texts of a table, without the marks that fence names, with what its boxes show."""
    found = []
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        assert item
        texts = []
        for column in range(tree.columnCount()):
            box = tree.itemWidget(item, column)
            text = box.currentText() if isinstance(box, QComboBox) else item.text(column)
            texts.append(text.strip("\u2068\u2069"))
        found.append(texts)
    return found


def test_files_formats_and_articles_are_shown(open_dialog: Open, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\x00")
    dialog = open_dialog(write(tmp_path / "a.jsonl"), tmp_path / "x.png")
    assert "2 files" in dialog.options.found.text() and "9 annotations" in dialog.options.found.text()
    assert cells(dialog.options.kinds) == [
        ["a.jsonl", "JSON Lines: one article per line", "3", "9"],
        ["x.png", "not supported", "", ""],
    ]
    assert "انفجار في بغداد رقم 0" in dialog.options.samples.toPlainText()


def test_no_label_comes_in_or_is_dropped_without_an_answer(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog(write(tmp_path / "a.jsonl"))
    table = dialog.options.table
    assert dialog.options.what() is LabelImport.SUGGEST
    assert cells(table) == [["EVENT", "3", "انفجار", "choose…"], ["gpe", "3", "في", "Place"]]
    assert not dialog.start_button.isEnabled() and dialog.hint.text() == "Map 1 label to continue."
    table.take(LabelMap({"EVENT": None}))
    assert dialog.start_button.isEnabled() and dialog.hint.text() == ""
    dialog.options.take.click()
    dialog.options.annotator.setCurrentText("  ")
    assert not dialog.start_button.isEnabled() and dialog.hint.text() == "Choose the annotator of the labels."
    dialog.options.annotator.setCurrentText("Omar")
    order = dialog.request()
    assert (order.what, order.annotator) == (LabelImport.TAKE, "Omar")
    assert order.labels == LabelMap({"EVENT": None, "gpe": "LOC"})
    dialog.options.leave.click()
    assert dialog.start_button.isEnabled() and dialog.request().what is LabelImport.LEAVE and not table.isVisible()


def test_a_map_is_loaded_and_saved_as_the_commands_read_it(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog(write(tmp_path / "a.jsonl"))
    given = tmp_path / "given.tsv"
    given.write_text("EVENT\tATTACK\ngpe\tNOWHERE\n", encoding="utf-8")
    dialog.options.load_map(given)
    assert "NOWHERE" in dialog.hint.text()
    assert dialog.options.table.labels() == LabelMap({"EVENT": "ATTACK", "gpe": "LOC"})
    for name in ("saved.tsv", "saved.json"):
        dialog.options.save_map(tmp_path / name)
        assert read_label_map(tmp_path / name) == dialog.options.table.labels()
    dialog.options.load_map(tmp_path / "missing.tsv")
    assert "Label map not found" in dialog.hint.text()
    dialog.options.save_map(tmp_path / "no folder" / "map.tsv")
    assert "Cannot write" in dialog.hint.text()
    (tmp_path / "news.annot").write_bytes(b"the project")
    dialog.options.save_map(tmp_path / "news.annot")
    assert "is a project" in dialog.hint.text()
    assert (tmp_path / "news.annot").read_bytes() == b"the project"


def test_all_labels_are_looked_for_before_any_is_taken(qtbot: QtBot, open_dialog: Open, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", 400)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"text": "آخر مقالة", "spans": [[0, 3, "LATE"]]}) + "\n")
    dialog = open_dialog(path)
    assert [row[:2] for row in cells(dialog.options.table)] == [["EVENT", "400"], ["gpe", "400"], ["LATE", "1"]]
    dialog.options.leave.click()
    dialog.options.kinds.named.emit()
    looked(qtbot, dialog)
    assert "At least" in dialog.options.found.text() and dialog.start_button.isEnabled()


def test_the_format_can_be_named_and_sentences_set(qtbot: QtBot, open_dialog: Open, tmp_path: Path) -> None:
    path = tmp_path / "gold.conll"
    path.write_text("بغداد\tB-LOC\n\nدمشق\tB-LOC\n\n" * 3, encoding="utf-8")
    dialog = open_dialog(path)
    assert dialog.options.sentences.isVisible() and cells(dialog.options.kinds)[0][2] == "1"
    dialog.options.sentences.setValue(2)
    looked(qtbot, dialog)
    assert cells(dialog.options.kinds)[0][2] == "3"
    item = dialog.options.kinds.topLevelItem(0)
    assert item
    box = dialog.options.kinds.itemWidget(item, 1)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("text"))
    box.activated.emit(box.currentIndex())
    looked(qtbot, dialog)
    assert dialog.request().readers == {path: "text"}
    assert cells(dialog.options.kinds)[0][2:] == ["1", "0"] and not dialog.options.sentences.isVisible()


def test_from_the_window_to_the_project(
    qtbot: QtBot, make_window: Callable[..., MainWindow], qapp: QApplication, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "news.annot", ())
    window = make_window("en", path)
    (tmp_path / "x.png").write_bytes(b"\x89PNG\x00")
    window.imports.open([write(tmp_path / "a.jsonl"), tmp_path / "x.png"])
    dialog = window.imports.dialog
    assert dialog is not None
    looked(qtbot, dialog)
    dialog.options.take.click()
    dialog.options.table.take(LabelMap({"EVENT": "ATTACK", "gpe": None}))
    with qtbot.waitSignals([window.imports.ended, window.suggestions.finished], timeout=600_000):
        dialog.start_button.click()
    said = dialog.result_page.text()
    assert "3 articles added." in said and "6 annotations imported." in said
    assert "Dropped as chosen: 3 with the label \u2068gpe\u2069." in said
    assert "1 item could not be imported:" in said and "unsupported file type .png" in said
    dialog.result_page.copy.click()
    assert qapp.clipboard().text() == said
    dialog.done(0)
    with Project.open(path) as project:
        ids = list(project.documents.ids())
        found = [(a.label, a.annotator) for document in ids for a in project.log.annotations(document)]
    assert sorted(found) == sorted([("ATTACK", ANNOTATOR.id), ("LOC", ANNOTATOR.id)] * 3)


def test_after_an_import_without_problems_the_first_new_article_is_open(
    qtbot: QtBot, make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("en", make_project(tmp_path / "news.annot", ("خبر قديم عن بغداد.",)))
    window.imports.open([write(tmp_path / "a.jsonl")])
    dialog = window.imports.dialog
    assert dialog is not None
    looked(qtbot, dialog)
    dialog.options.choose(LabelImport.LEAVE)
    with qtbot.waitSignals([window.imports.ended, window.suggestions.finished], timeout=600_000):
        dialog.start_button.click()
    assert not dialog.isVisible() and "3 articles added." in window.message.text()
    document = window.current.session.document if window.current.session else None
    assert window.current.project is not None and document is not None
    assert document.id == window.current.project.documents.page_ids(1, 1)[0]


def test_labels_that_are_left_out_are_told_of(
    qtbot: QtBot, make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("en", make_project(tmp_path / "news.annot", ()))
    with qtbot.waitSignals([window.imports.message, window.suggestions.finished], timeout=600_000):
        window.imports.start(ImportRequest((write(tmp_path / "a.jsonl"),)))
    assert "9 annotations in the files were not imported." in window.message.text()
