"""Where there is nothing to show the window says so, and why: no article, an article without text or title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from annotator.domain.model.document import Document, document_id
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, make_project
from tests.ui.rich_text import seen

MakeWindow = Callable[..., MainWindow]
BLANK = " \n "


def plain(text: str) -> str:
    """Return a text without marks of direction."""
    return "".join(c for c in text if c not in "\u200e\u200f\u2066\u2068\u2069")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "لا توجد مقالة مفتوحة. استورد مقالات (Ctrl+I)، أو أفلت ملفات هنا."),
        ("en", "No article is open. Import articles (Ctrl+I), or drop files here."),
    ],
)
def test_an_empty_project_says_what_to_do_in_the_middle_of_the_page(
    make_window: MakeWindow, tmp_path: Path, language: str, said: str
) -> None:
    path = tmp_path / "empty.annot"
    Project.create(path, load_tagset("security")).close()
    window = make_window(language, path)
    note = window.workspace.empty
    assert note.isVisible() and plain(note.text()) == said
    middle = note.geometry().center()
    assert abs(middle.x() - window.article.viewport().width() / 2) <= 1
    assert plain(window.status.text()) == "", "keys that decide are of no use here"
    high = window.workspace.header.height()
    with Project.open(path) as project:
        project.documents.add(Document(document_id(FIRST), FIRST, title="خبر"))
    window.current.open_document(document_id(FIRST))
    QCoreApplication.processEvents()
    assert not note.isVisible() and window.status.text()
    assert window.workspace.header.height() == high, "nothing jumps when the first article opens"


def test_an_article_without_text_or_title_is_named_and_explained(make_window: MakeWindow, tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot", (FIRST, BLANK))
    window = make_window("en", path)
    model = window.workspace.documents.model
    assert model.index(1).data() == "Untitled"
    assert "Untitled" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    window.navigation.next()
    assert window.workspace.empty.isVisible() and window.workspace.empty.text() == "This article has no text."
    window.navigation.previous()
    assert not window.workspace.empty.isVisible()


def test_an_article_without_a_title_is_named_by_its_first_words(make_window: MakeWindow, tmp_path: Path) -> None:
    text = "قال  ناطق\nباسم القوة إن الطريق فُتح."
    with Project.create(tmp_path / "news.annot", load_tagset("security")) as project:
        project.documents.add(Document(document_id(text), text, title=" "))
    window = make_window("en", tmp_path / "news.annot")
    model = window.workspace.documents.model
    assert model.index(0).data() == "قال ناطق باسم القوة إن الطريق فُتح."


def test_a_long_source_is_cut_at_its_end(make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "long.annot"
    source = "وكالة أنباء ذات اسم طويل لا يتسع له السطر " * 9
    with Project.create(path, load_tagset("security")) as project:
        project.documents.add(Document(document_id(FIRST), FIRST, title="خبر", source=source))
    window = make_window("ar", path)
    facts = window.workspace.header._facts
    assert plain(facts.shown()).startswith("وكالة أنباء") and "…" in facts.shown()
    assert plain(seen(facts.toolTip())).startswith("وكالة أنباء")
