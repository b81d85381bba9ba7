"""What a screen reader is told of the article: each span with its number, what is in focus, where it lies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest

from annotator.ui.article import accessible
from annotator.ui.window.main_window import MainWindow
from tests.conftest import ROOT
from tests.ui.conftest import FIRST

MakeWindow = Callable[..., MainWindow]
Name = QAccessible.Text.Name


def children(window: MainWindow) -> list[QAccessibleInterface]:
    """Return the accessible spans of the article."""
    page = QAccessible.queryAccessibleInterface(window.article)
    return [page.child(number) for number in range(page.childCount())]


@pytest.mark.parametrize(
    ("language", "third", "after"),
    [
        ("en", "suggestion, Place, كركوك, 3 of 5", "annotation, Place, كركوك, 3 of 5"),
        ("ar", "اقتراح، مكان، كركوك، ٣ من ٥", "وسم مؤكد، مكان، كركوك، ٣ من ٥"),
    ],
)
def test_every_span_is_a_child_with_name_role_and_place(
    make_window: MakeWindow, project_path: Path, language: str, third: str, after: str
) -> None:
    window = make_window(language, project_path)
    spans = children(window)
    assert len(spans) == 5
    assert spans[2].text(Name) == third
    assert {span.role() for span in spans} == {QAccessible.Role.ListItem}
    assert [bool(span.state().selected) for span in spans] == [True, False, False, False, False]
    page = QAccessible.queryAccessibleInterface(window.article)
    middle = spans[2].rect().center()
    assert page.childAt(middle.x(), middle.y()) is spans[2]
    assert page.indexOfChild(spans[2]) == 2 and page.child(5) is None
    assert spans[2].parent().role() is QAccessible.Role.Document
    QTest.keyClick(window.article, Qt.Key.Key_Tab)
    QTest.keyClick(window.article, Qt.Key.Key_Tab)
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    assert children(window)[2].text(Name) == after
    window.projects.close()
    assert children(window) == [] and not spans[2].isValid() and spans[2].text(Name) == ""


@pytest.mark.parametrize(
    ("language", "expected", "left"),
    [
        ("en", "suggestion, Armed group, داعش, 2 of 5", "4 of 5 left"),
        ("ar", "اقتراح، جماعة مسلحة، داعش، ٢ من ٥", "بقي ٤ من ٥"),
    ],
)
def test_what_is_in_focus_is_announced_with_its_number(
    make_window: MakeWindow,
    project_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    expected: str,
    left: str,
) -> None:
    told: list[str] = []

    class Listener:
        """Stands for the way to the screen reader."""

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:
            """Note what is to be spoken."""
            if isinstance(event, QAccessibleAnnouncementEvent):
                told.append(event.message())

        def __getattr__(self, name: str) -> object:
            """Leave everything else to Qt."""
            return getattr(QAccessible, name)

    window = make_window(language, project_path)
    monkeypatch.setattr(accessible, "QAccessible", Listener())
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    assert told[-1] == f"{expected}. {left}"
    monkeypatch.undo()
    page = QAccessible.queryAccessibleInterface(window.article)
    assert page.text(Name) == expected
    assert page.text(QAccessible.Text.Description) == left
    assert page.text(QAccessible.Text.Value) == FIRST


def test_a_skipped_suggestion_says_so(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    QTest.keyClick(window.article, Qt.Key.Key_Space)
    assert children(window)[0].text(Name) == "suggestion, skipped, Place, العراق, 1 of 5"


SCRIPT = """
import gc, sys
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from annotator.ui.article.article_view import ArticleView
from tests.ui.article.page_texts import SENTENCES, TAGSET, items_over, make_document, words

app = QApplication([])
text = "\\n".join(SENTENCES)
ids = []
for _ in range(3):
    view = ArticleView()
    view.set_tagset(TAGSET, "ar")
    view.set_document(make_document(text), words(text))
    view.set_items(items_over(words(text), 20))
    view.show()
    page = QAccessible.queryAccessibleInterface(view)
    ids += [QAccessible.uniqueId(page.child(n)) for n in range(page.childCount())]
    view.set_items(())
    assert page.childCount() == 0
    view.deleteLater()
    del page, view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
assert ids
for number in ids:
    span = QAccessible.accessibleInterface(number)
    assert span is None or not span.isValid()
print("lived")
"""


def test_spans_that_qt_was_told_of_do_not_harm_when_the_page_is_gone() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "lived\n"), ended.stderr
