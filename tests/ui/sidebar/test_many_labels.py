"""A tagset may have as many labels as a project needs: each is shown, named by command, and given by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.storage.project import Project
from annotator.ui.sidebar.label_chips import LabelChip
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.span_menu import LabelGrid
from tests.ui.conftest import FIRST
from tests.ui.window.test_main_window import labels, press

MANY = Tagset(
    "many",
    tuple(
        Label(f"L{n}", {"ar": f"وسم {n}", "en": f"Label {n}"}, {"light": "#1f4e9a", "dark": "#8fb4f0"})
        for n in range(80)
    ),
)


def test_the_last_of_eighty_labels_is_given_by_keyboard(make_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "many.annot"
    with Project.create(path, MANY) as project:
        project.documents.add(Document(document_id(FIRST), FIRST))
    window = make_window("en", path)
    chips = window.workspace.side.labels.findChildren(LabelChip)
    assert [chip.label.id for chip in chips] == [label.id for label in MANY.labels]
    assert [action.text() for action in window.menus.label_actions()][-1] == "Label 79"
    window.resize(1024, 700)
    QCoreApplication.processEvents()
    assert (window.width(), window.height()) == (1024, 700), "many labels make no window higher than a screen"
    assert window.workspace.side.items.height() >= 96
    press(window, Qt.Key.Key_Left)
    surface = window.article.selection.of(FIRST)  # type: ignore[union-attr]
    chips[0].setFocus()
    QTest.keyClick(chips[0], Qt.Key.Key_Up)
    assert not chips[-1].visibleRegion().isEmpty(), "what has the keyboard is in view"
    QTest.keyClick(chips[-1], Qt.Key.Key_Return)
    assert labels(window) == {surface: "L79"}


def test_many_labels_have_a_menu_of_their_own(make_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "many.annot"
    with Project.create(path, MANY) as project:
        project.documents.add(Document(document_id(FIRST), FIRST))
    window = make_window("en", path)
    window.article.set_selection(Span(0, 6))
    menu = window.span_menu.make(None)
    (grid,) = menu.findChildren(LabelGrid)
    assert [chip.label for chip in grid.chips] == list(MANY.labels)
    assert grid.sizeHint().height() < 300
    assert len(menu.actions()) < 10
    menu.deleteLater()
