"""Breaks are forgiven: the program opens again exactly where it was, also when it was killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from annotator.domain.review.document_filter import DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.window_state import last_project
from tests.ui.conftest import FIRST, make_project

MakeWindow = Callable[..., MainWindow]
OPEN = DocumentFilter(progress=frozenset({Progress.NOTHING, Progress.DOING}), words="خبر")


@pytest.fixture
def long_project(tmp_path: Path) -> Path:
    """Return a project of articles that are longer than the window is high."""
    return make_project(tmp_path / "long.annot", tuple(f"خبر {n}\n\n" + "\n\n".join([FIRST] * 12) for n in range(4)))


def position_in(window: MainWindow) -> dict[str, object]:
    """Return all that makes a place."""
    session = window.current.session
    assert session is not None
    assert session.document is not None
    return {
        "document": session.document.id,
        "focus": session.focus.key if session.focus else None,
        "scroll": window.article.verticalScrollBar().value(),
        "order": window.current.order,
        "filter": window.current.filter,
        "filter shown": window.workspace.documents.filter.field.text(),
        "threshold": session.threshold,
        "slider": window.workspace.side.threshold.value(),
        "panes": window.workspace.splitter.sizes(),
        "size": window.size(),
        "heading": window.workspace.documents.heading(),
        "find bar": window.find_bar.isVisible(),
    }


def go_somewhere(window: MainWindow) -> dict[str, object]:
    """Work somewhere in the project, and return the place."""
    window.resize(780, 700)  # the screen of the tests is 800 wide
    window.workspace.splitter.setSizes([180, 340, 258])
    window.workspace.set_order(DocumentOrder.NEWEST)
    window.document_list.set_filter(OPEN)
    window.workspace.side.threshold.setValue(30)
    window.navigation.next()
    window.navigation.next()
    for _ in range(9):
        window.decisions.next_span()
    QCoreApplication.processEvents()
    bar = window.article.verticalScrollBar()
    bar.setValue(bar.maximum() * 2 // 3 + 7)
    QCoreApplication.processEvents()
    return position_in(window) | {"find bar": False}


@pytest.mark.parametrize("way", ["quit", "closed", "killed"])
def test_the_program_opens_again_exactly_where_it_was(make_window: MakeWindow, long_project: Path, way: str) -> None:
    window = make_window("ar", long_project)
    place = go_somewhere(window)
    window.find_bar.open()
    QCoreApplication.processEvents()
    if way == "quit":
        window.close()
    elif way == "closed":
        window.projects.close()
        window.window_state.save()
    else:
        assert window.window_state._soon.isActive(), "what was last done is kept soon after"
        window.window_state._soon.timeout.emit()
    again = make_window("ar")
    assert last_project(again.settings) == (None if way == "closed" else long_project)
    again.open_project(long_project)
    QCoreApplication.processEvents()
    assert position_in(again) == place
    assert place["scroll"]
    assert again.article.hasFocus()


def test_each_project_has_its_own_place(make_window: MakeWindow, long_project: Path, project_path: Path) -> None:
    window = make_window("ar", long_project)
    place = go_somewhere(window)
    window.open_project(project_path)
    assert not window.current.filter.is_on
    assert window.workspace.documents.model.rowCount() == 2
    window.open_project(long_project)
    QCoreApplication.processEvents()
    assert position_in(window) == place


def test_who_left_the_spans_alone_finds_none_in_focus(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    window.decisions.clear_selection()
    window.close()
    again = make_window("ar", project_path)
    assert again.current.session is not None
    assert again.current.session.focus is None


def test_a_document_that_the_filter_does_not_let_through_is_opened_all_the_same(
    make_window: MakeWindow, project_path: Path
) -> None:
    window = make_window("en", project_path)
    window.resize(780, 700)
    QCoreApplication.processEvents()
    window.document_list.set_filter(DocumentFilter(words="nowhere"))
    place = position_in(window)
    assert "0 of 2" in str(place["heading"])
    window.close()
    assert position_in(make_window("en", project_path)) == place
