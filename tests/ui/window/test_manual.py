"""The manual in the window: pages in the language of the interface, links, and nothing loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument, QTextFormat, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.resources import resource
from annotator.ui.base.i18n import set_language
from annotator.ui.base.theme import apply_theme, resolve
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.manual import ManualDialog
from tests.conftest import ROOT

MARKDOWN = QTextDocument.ResourceType.MarkdownResource


@pytest.fixture
def manual(qapp: QApplication, qtbot: QtBot) -> Iterator[ManualDialog]:
    set_language(qapp, "en")
    dialog = ManualDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    set_language(qapp, "en")
    apply_theme(qapp, resolve("light"))


def listed(manual: ManualDialog) -> list[str]:
    rows = (manual.contents.topLevelItem(row) for row in range(manual.contents.topLevelItemCount()))
    return [row.data(0, Qt.ItemDataRole.UserRole) for row in rows if row is not None]


def selected(manual: ManualDialog) -> str:
    item = manual.contents.currentItem()
    return item.text(0) if item else ""


def test_every_page_is_in_the_contents_of_its_language(manual: ManualDialog, qapp: QApplication) -> None:
    for language in ("en", "ar"):
        set_language(qapp, language)
        QCoreApplication.processEvents()
        pages = {path.name for path in (resource("manual") / language).glob("*.md")}
        assert sorted(listed(manual)) == sorted(pages)
        for name in pages:
            manual.open_page(name)
            assert manual.page.page() == f"{language}/{name}"
            assert manual.page.toPlainText().strip()


@pytest.mark.parametrize("name", ["en/editor.md", "ar/editor.md", "en/getting-started.md", "ar/getting-started.md"])
def test_pictures_of_the_manual_are_shown_and_no_others(manual: ManualDialog, name: str) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    manual.page.follow(QUrl.fromLocalFile(str(resource("manual") / name)))
    (picture,) = re.findall(r"\]\(([^)]+\.png)\)", (resource("manual") / name).read_text("utf-8"))
    shown = manual.page.loadResource(kind, manual.page.source().resolved(QUrl(picture)))
    assert 400 < shown.width() / shown.devicePixelRatio() <= manual.page.viewport().width() - 48
    assert manual.page.loadResource(kind, QUrl.fromLocalFile(str(ROOT / "resources/pictures/editor.png"))) is None


def test_links_between_pages_and_back(manual: ManualDialog) -> None:
    manual.page.follow(manual.page.source().resolved(QUrl("editor.md")))
    assert manual.page.page() == "en/editor.md"
    assert selected(manual) == "The editor"
    manual.page.follow(manual.page.source().resolved(QUrl("../ar/index.md")))
    assert manual.page.page() == "ar/index.md"
    manual.back.click()
    manual.back.click()
    assert manual.page.page() == "en/index.md"
    assert not manual.back.isEnabled() and manual.forward.isEnabled()


def test_a_change_of_language_shows_the_same_page(manual: ManualDialog, qapp: QApplication) -> None:
    manual.open_page("keys.md")
    set_language(qapp, "ar")
    QCoreApplication.processEvents()
    assert manual.page.page() == "ar/keys.md"
    assert manual.layoutDirection() is Qt.LayoutDirection.RightToLeft
    set_language(qapp, "en")
    QCoreApplication.processEvents()
    manual.open_page("plugins.md")
    set_language(qapp, "ar")
    QCoreApplication.processEvents()
    assert manual.page.page() == "ar/index.md", "this page is only in English"


def test_arabic_reads_from_the_right_and_code_from_the_left(manual: ManualDialog, qapp: QApplication) -> None:
    set_language(qapp, "ar")
    QCoreApplication.processEvents()
    manual.open_page("backups.md")
    found = set()
    block = manual.page.document().begin()
    while block.isValid():
        code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)
        found.add((code, block.text().startswith("annotator "), block.textDirection()))
        block = block.next()
    assert found == {(True, True, Qt.LayoutDirection.LeftToRight), (False, False, Qt.LayoutDirection.RightToLeft)}
    manual.open_page("keys.md")
    table = next(frame for frame in manual.page.document().rootFrame().childFrames() if isinstance(frame, QTextTable))
    assert "Enter" in table.cellAt(1, 1).firstCursorPosition().block().text()


def test_the_web_opens_in_the_browser_and_only_on_a_click(
    manual: ManualDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    other = tmp_path / "other.md"
    other.write_text("# other", "utf-8")
    for address in (other, resource("tagsets", "camel.json")):
        manual.page.follow(QUrl.fromLocalFile(str(address)))
    manual.page.follow(QUrl("javascript:1"))
    assert (manual.page.page(), opened) == ("en/index.md", [])
    for kind in (MARKDOWN, QTextDocument.ResourceType.ImageResource):
        assert manual.page.loadResource(kind.value, QUrl("https://example.org/a.md")) is None
        assert manual.page.loadResource(kind.value, QUrl.fromLocalFile(str(other))) is None
    manual.page.follow(QUrl("https://example.org/"))
    assert opened == ["https://example.org/"]


def test_words_are_found_in_the_page_and_from_its_beginning_again(manual: ManualDialog) -> None:
    manual.open_page("team.md")
    manual.field.setText("adjudicator")
    places = set()
    for _ in range(20):
        manual.find_next()
        assert manual.page.textCursor().selectedText().lower() == "adjudicator"
        places.add(manual.page.textCursor().position())
    assert 3 < len(places) < 20


def test_a_heading_in_the_contents_scrolls_to_it(manual: ManualDialog) -> None:
    manual.open_page("formats.md")
    item = manual.contents.currentItem()
    assert item is not None
    assert item.childCount() > 3
    before = manual.page.verticalScrollBar().value()
    manual.contents.itemClicked.emit(item.child(1), 0)
    assert manual.page.textCursor().block().text() == "Read only"
    assert manual.page.verticalScrollBar().value() > before


def test_another_theme_colours_the_page_again(manual: ManualDialog, qapp: QApplication) -> None:
    def code_background() -> str:
        block = manual.page.document().begin()
        while not block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value):
            block = block.next()
        return block.blockFormat().background().color().name()

    manual.open_page("plugins.md")
    light = code_background()
    apply_theme(qapp, resolve("dark"))
    QCoreApplication.processEvents()
    assert code_background() != light
    assert manual.page.page() == "en/plugins.md"


def test_the_help_menu_opens_one_manual_beside_the_work(make_window: Callable[..., MainWindow]) -> None:
    window = make_window("en")
    window.menus.actions["helping.manual"].trigger()
    window.menus.actions["helping.manual"].trigger()
    (manual,) = window.findChildren(ManualDialog)
    assert manual.isVisible() and not manual.isModal()
