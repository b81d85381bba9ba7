"""Every dialog opens in both languages, says what it should, and answers what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.services.team.identity import Doubt, Identity
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.i18n import set_language
from annotator.ui.base.key_map import with_key
from annotator.ui.base.theme import DARK, LIGHT, Theme
from annotator.ui.projects.new_project_dialog import NewProjectDialog
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from annotator.ui.team.identity_dialog import IdentityDialog
from annotator.ui.team.people_dialog import PeopleDialog
from annotator.ui.widgets.prompts import NumberPrompt, text_prompt
from annotator.ui.widgets.rich_text import about_page, guideline_page
from annotator.ui.widgets.rich_text_dialog import RichTextDialog
from annotator.ui.window.bug_dialog import BugDialog
from annotator.ui.window.main_window import MainWindow

Make = Callable[[QWidget], QDialog]
SALMA = Annotator("s", "Salma")
DIALOGS: dict[str, Make] = {
    "guideline": lambda parent: RichTextDialog("", guideline_page(load_tagset("security").labels[4], LIGHT), parent),
    "about": lambda parent: RichTextDialog("", about_page(DARK), parent),
    "commands": lambda parent: CommandPalette([QAction("Undo", parent)], parent),
    "new": lambda parent: NewProjectDialog(Path("/tmp"), parent),  # noqa: S108 - nothing is written
    "identity": lambda parent: IdentityDialog(Identity(SALMA, Doubt.ELSEWHERE), [SALMA], parent),
    "people": lambda parent: PeopleDialog(parent),
    "bug": lambda parent: BugDialog("Traceback", parent),
    "text": lambda parent: text_prompt(parent, "title", "question", "سلمى"),
    "number": lambda parent: NumberPrompt(parent, "title", "question", 3, 17),
}


@pytest.fixture
def arabic_or_english(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Turn the program to the language that the test asks for, and back."""
    set_language(qapp, request.param)
    yield request.param
    set_language(qapp, "en")


def shown_texts(dialog: QWidget) -> list[str]:
    """Return the texts of all visible labels and buttons."""
    parts = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    return [text for part in parts if part.isVisible() and (text := str(part.property("text")))]


@pytest.mark.parametrize("arabic_or_english", ["ar", "en"], indirect=True)
@pytest.mark.parametrize("name", DIALOGS)
def test_dialog_opens_in_both_languages(qtbot: QtBot, arabic_or_english: str, name: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = DIALOGS[name](parent)
    with qtbot.waitExposed(dialog):
        dialog.show()
    rtl = Qt.LayoutDirection.RightToLeft if arabic_or_english == "ar" else Qt.LayoutDirection.LeftToRight
    assert dialog.layoutDirection() is rtl
    buttons = [b.text() for b in dialog.findChildren(QAbstractButton) if b.isVisible() and b.text()]
    is_arabic = [any("\u0600" <= c <= "\u06ff" for c in text) for text in buttons]
    assert all(is_arabic) if arabic_or_english == "ar" else not any(is_arabic)
    assert dialog.grab().width() > 100
    dialog.close()


@pytest.mark.parametrize("name", list_tagsets())
@pytest.mark.parametrize("arabic_or_english", ["ar", "en"], indirect=True)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_guideline_pages_show_all_of_a_guideline(arabic_or_english: str, theme: Theme, name: str, qtbot: QtBot) -> None:
    for label in load_tagset(name).labels:
        dialog = RichTextDialog("", guideline_page(label, theme))
        qtbot.addWidget(dialog)
        text = " ".join(dialog.text().split())
        assert label.name(arabic_or_english) in text
        assert " ".join(label.guideline.get(arabic_or_english, "").split()) in text
        assert all(example.text in text for example in (*label.examples, *label.counter_examples))


def test_command_list_narrows_walks_and_chooses(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = [QAction(text, owner) for text in ("Undo", "Redo", "إلغاء التحديد")]
    dialog = CommandPalette(actions, owner)
    dialog.show()
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen is actions[1]
    dialog = CommandPalette(actions, owner)
    dialog.field.setText("الغاء")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen is actions[2]
    dialog = CommandPalette(actions, owner)
    dialog.field.setText("no such command")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen is None


def test_new_project_dialog_offers_the_tagsets(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewProjectDialog(tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.tagset().name == "security"
    assert dialog.choice.count() == len(list_tagsets())
    dialog.file.set_path(tmp_path / "iraq")
    assert dialog.path() == tmp_path / "iraq.annot"


def test_help_speaks_of_the_focused_label(
    make_window: Callable[..., MainWindow], project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(dialog: RichTextDialog) -> int:
        """Note what the dialog says instead of waiting for somebody to close it."""
        opened.append(dialog.text())
        return 0

    monkeypatch.setattr(RichTextDialog, "exec", note)
    window = make_window("en", project_path)
    QTest.keyClick(window.article, Qt.Key.Key_F1)
    guide = window.findChild(GuidelineDialog)
    assert guide is not None and guide.isVisible()
    assert guide.page.toPlainText().startswith("■ Place")
    window.help.show_about()
    assert "MIT" in opened[-1]


def test_a_command_chosen_by_name_is_done(make_window: Callable[..., MainWindow], project_path: Path) -> None:
    window = make_window("en", project_path)

    def choose() -> None:
        """Type the name of a command and press Enter, once the list stands there."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, CommandPalette) and dialog.field.hasFocus():
            timer.stop()
            dialog.field.setText("Larger text")
            QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    timer = QTimer(window)
    timer.timeout.connect(choose)
    timer.start(0)
    QTest.keyClick(window.article, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.settings.number("zoom", 1.0) == pytest.approx(1.1)


def test_go_to_opens_the_article_with_a_number(
    make_window: Callable[..., MainWindow], project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: NumberPrompt) -> int:
        """Answer with the second article."""
        dialog.field.setValue(2)
        return 1

    monkeypatch.setattr(NumberPrompt, "exec", answer)
    window = make_window("en", project_path)
    QTest.keyClick(window.article, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.place == 1


def test_language_change_event_reaches_open_windows(make_window: Callable[..., MainWindow]) -> None:
    window = make_window("en")
    assert with_key("New project…", "Ctrl+N") in shown_texts(window.welcome)
    window.appearance.arabic()
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()
    assert with_key("مشروع جديد…", "Ctrl+N") in shown_texts(window.welcome)


def test_a_dialog_that_nobody_answers_fails_its_test(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.ui.conftest.UNANSWERED", 0)
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.captureExceptions() as raised:
        assert not text_prompt(parent, "title", "question", "سلمى").exec()
    assert [str(error) for _, error, _ in raised] == ["nobody answered QInputDialog (title)"]
