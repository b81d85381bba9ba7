"""The dialogs for files speak the language in use and run as it does, while names and paths run as they are written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QColorDialog,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.i18n import set_language
from annotator.ui.widgets.file_dialogs import ask_folder, ask_open, ask_open_files, ask_save
from tests.file_locks import locks_in, needs_locks
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project

KINDS = "المشاريع (*.annot *.db);;كل الملفات (*)"
ASK: dict[str, Callable[[QWidget, Path], object]] = {
    "save": lambda parent, folder: ask_save(parent, "حفظ", folder / "news.annot", KINDS),
    "open": lambda parent, folder: ask_open(parent, "فتح", folder, KINDS),
    "several": lambda parent, folder: ask_open_files(parent, "فتح", folder, KINDS),
    "folder": lambda parent, folder: ask_folder(parent, "مجلد", folder),
}
Asked = list[QFileDialog]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a project and a folder in it."""
    (tmp_path / "__old__.annot").write_bytes(b"x")
    (tmp_path / "articles").mkdir()
    return tmp_path


@pytest.fixture
def parent(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    """Return a window in Arabic."""
    set_language(qapp, "ar")
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    set_language(qapp, "en")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return the dialogs that were shown instead of waited for; nobody chose anything in them."""
    shown: Asked = []

    def stand(dialog: QFileDialog) -> int:
        """Show it."""
        dialog.show()
        QCoreApplication.processEvents()
        shown.append(dialog)
        return 0

    monkeypatch.setattr(QFileDialog, "exec", stand)
    monkeypatch.setattr(QFileDialog, "deleteLater", lambda _dialog: None)
    return shown


def foreign(texts: list[str]) -> list[str]:
    """Return the texts in which a Latin letter stands."""
    return [text for text in texts if any("a" <= letter.lower() <= "z" for letter in text)]


def words_in(dialog: QWidget) -> list[str]:
    """Return what stands on a dialog's labels and buttons, and what is told of them."""
    texts = []
    for label in dialog.findChildren(QLabel):
        texts += [label.text(), label.toolTip(), label.accessibleName()]
    for button in dialog.findChildren(QAbstractButton):
        texts += [button.text(), button.toolTip(), button.accessibleName()]
    return texts


@pytest.mark.parametrize("way", ASK)
def test_every_word_of_it_is_arabic(qtbot: QtBot, parent: QWidget, folder: Path, asked: Asked, way: str) -> None:
    assert not ASK[way](parent, folder)
    dialog = asked[0]
    assert dialog.layoutDirection() is Qt.LayoutDirection.RightToLeft
    texts = [dialog.windowTitle(), *words_in(dialog)]
    box = dialog.findChild(QComboBox, "fileTypeCombo")
    assert isinstance(box, QComboBox)
    texts += [box.itemText(at) for at in range(box.count()) if way != "folder"]
    table = dialog.findChild(QTreeView, "treeView")
    assert isinstance(table, QTreeView)
    model = table.model()
    texts += [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(4)]
    qtbot.waitUntil(lambda: model.rowCount(table.rootIndex()) > 0, timeout=PATIENCE)
    kinds = [str(model.index(row, 2, table.rootIndex()).data()) for row in range(model.rowCount(table.rootIndex()))]
    assert "مجلد" in kinds
    assert foreign(texts) == []
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    assert {button.text() for button in buttons.buttons()} == {
        {"save": "حفظ", "folder": "اختيار"}.get(way, "فتح"),
        "إلغاء",
    }


def test_names_and_paths_run_as_they_are_written(qtbot: QtBot, parent: QWidget, folder: Path, asked: Asked) -> None:
    ask_save(parent, "حفظ", folder / "news.annot", KINDS)
    dialog = asked[0]
    table, field = dialog.findChild(QTreeView, "treeView"), dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(table, QTreeView) and isinstance(field, QLineEdit)
    where = dialog.findChild(QComboBox, "lookInCombo")
    assert isinstance(where, QComboBox) and where.layoutDirection() is Qt.LayoutDirection.LeftToRight
    model, names = table.model(), table.itemDelegate()
    assert isinstance(names, QStyledItemDelegate)
    qtbot.waitUntil(lambda: model.rowCount(table.rootIndex()) == 2, timeout=PATIENCE)
    rows = [model.index(row, 0, table.rootIndex()) for row in range(model.rowCount(table.rootIndex()))]
    shown = []
    for index in rows:
        option = QStyleOptionViewItem()
        names.initStyleOption(option, index)
        shown.append(option.text)
    assert set(shown) == {"\u2068articles\u2069", "\u2068__old__.annot\u2069"}
    assert field.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert field.text() == "news.annot"
    assert dialog.nameFilters() == ["المشاريع (*.annot *.db)", "كل الملفات (*)"]


def test_what_was_chosen_is_the_answer(parent: QWidget, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    assert ask_save(parent, "حفظ", folder / "news.annot", KINDS) == folder / "news.annot"
    assert ask_save(parent, "حفظ", folder / "corpus", "") == folder / "corpus"
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(folder / "a"), str(folder / "b")])
    assert ask_open(parent, "فتح", folder, KINDS) == folder / "a"
    assert ask_open_files(parent, "فتح", folder, KINDS) == [folder / "a", folder / "b"]
    assert ask_folder(parent, "مجلد", folder) == folder / "a"


def test_the_dialog_for_colours_is_arabic_too(qtbot: QtBot, parent: QWidget) -> None:
    dialog = QColorDialog(parent)
    dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
    dialog.show()
    assert foreign(words_in(dialog)) == ["&HTML:"]


@needs_locks
@pytest.mark.parametrize("way", ASK)
def test_no_dialog_gives_up_the_locks_on_the_open_project(
    qtbot: QtBot, parent: QWidget, folder: Path, asked: Asked, way: str
) -> None:
    path = make_project(folder / "open.annot")
    with Project.open(path) as project:
        session = Session(project, ANNOTATOR)
        session.open(next(project.documents.ids()))
        held = locks_in(folder)
        assert {name for name, *_ in held} >= {"open.annot", "open.annot-shm"}
        ASK[way](parent, folder)
        table = asked[0].findChild(QTreeView, "treeView")
        assert isinstance(table, QTreeView)
        model = table.model()
        qtbot.waitUntil(lambda: model.rowCount(table.rootIndex()) > 0, timeout=PATIENCE)
        # What kind a file is, is told behind its name, from a thread of Qt's.
        qtbot.waitUntil(lambda: bool(model.index(0, 2, table.rootIndex()).data()), timeout=PATIENCE)
        QCoreApplication.processEvents()
        assert locks_in(folder) == held

        close_it_elsewhere = f"from annotator.storage.project import Project; Project.open({str(path)!r}).close()"
        subprocess.run([sys.executable, "-c", close_it_elsewhere], check=True)
        assert session.confirm()
        count = (
            f"from annotator.storage.project import Project; print(len(list(Project.open({str(path)!r}).log.edits())))"
        )
        told = subprocess.run([sys.executable, "-c", count], check=True, capture_output=True, text=True)
        assert told.stdout.strip() == "1", "what was decided is on the disk"
