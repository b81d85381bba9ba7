"""No text from a file is read as HTML: not in the window, not in a dialog, not in a tooltip."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.tagset.tagset import Example
from annotator.services.document_metrics import metric_inputs
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, available
from annotator.ui.base.item_text import tooltip as item_tooltip
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.plain_text import set_tooltip, tooltip
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import resolve
from annotator.ui.importing.dialog import ImportDialog
from annotator.ui.importing.options_page import LabelImport
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.models.model_jobs import ModelJobs
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.window.main_window import MainWindow
from tests.conftest import ROOT
from tests.ui.conftest import ANNOTATOR, FIRST, SECOND, make_project, suggestions_for
from tests.ui.pictures import MAKERS, Stage
from tests.ui.rich_text import Shown, document_of, seen, shown_in


def hostile(word: str) -> str:
    """Return a text that Qt would read as HTML, with a word to know it by."""
    return f'<img src="file:///nowhere.png"><a href="file:///nowhere">{word}</a> & <b>{word}</b>'


def hostile_name(word: str) -> str:
    """Return the name of a file that Qt would read as HTML."""
    return f"<img src='nowhere.png'>{word}"


class HostileStage(Stage):
    """What the dialogs are about, with hostile texts wherever a file brings texts along."""

    def __init__(self, folder: Path) -> None:
        """Make it in an empty folder."""
        folder = folder / hostile_name("FOLDER")
        folder.mkdir()
        self.folder, self.articles = folder, folder / hostile_name("ARTICLES")
        self.articles.mkdir()
        strange = {
            "title": hostile("SAMPLE TITLE"),
            "source": hostile("SAMPLE SOURCE"),
            "text": f"بغداد {hostile('SAMPLE TEXT')}",
            "spans": [[0, 5, "<b>STRANGE"], [6, 40, "<b>OTHER"]],
        }
        file = self.articles / f"{hostile_name('IMPORTED')}.jsonl"
        file.write_text(json.dumps(strange, ensure_ascii=False), "utf-8")
        self.copy = make_project(folder / f"{hostile_name('COPY')}.annot")
        path = folder / f"{hostile_name('PROJECT')}.annot"
        fill_project(path)
        self.project = Project.open(path)
        me = Annotator(ANNOTATOR.id, hostile("ANNOTATOR"))
        self.session = Session(self.project, me)
        self.session.open(next(self.project.documents.ids()))
        self.session.set_note(hostile("ARTICLE NOTE"))
        for _ in range(3):
            self.session.confirm()
        self.session.set_focus(self.session.items[0])
        self.session.set_note(hostile("SPAN NOTE"), self.session.items[0].key)
        self.settings = Settings(folder / "window.ini")
        self.window = QWidget()
        self.keys = KeyMap(Settings(folder / "keys.ini"), self.window)
        self.work = ModelJobs(folder / "models", self.window)


def fill_project(path: Path) -> None:
    """Make a project whose labels, articles and suggesters have hostile names."""
    tagset = load_tagset("security")
    example = Example(f"في {hostile('EXAMPLE')}", hostile("EXAMPLE"), {"en": hostile("EXAMPLE NOTE")})
    labels = tuple(
        replace(
            label,
            names={"en": hostile(f"LABEL {label.id}"), "ar": hostile(f"LABEL {label.id}")},
            guideline={"en": hostile("GUIDELINE"), "ar": hostile("GUIDELINE")},
            examples=(example,),
            counter_examples=(example,),
        )
        for label in tagset.labels
    )
    with Project.create(path, replace(tagset, labels=labels)) as project:
        for text in (f"{FIRST}\n\n{hostile('TEXT')}", SECOND):
            document = Document(document_id(text), text, title=hostile("TITLE"), source=hostile("SOURCE"))
            project.documents.add(document)
            suggested = [s._replace(suggester="<b>SUGGESTER", version="<i>1") for s in suggestions_for(text)]
            for name in available(SuggesterContext(project.tagset)):
                project.suggestions.replace(document.id, name, "1", [])
            project.suggestions.replace(document.id, "<b>SUGGESTER", "<i>1", suggested)
        ids = list(project.documents.ids())
        project.metrics.update(ids, metric_inputs(project), dict.fromkeys(ids, b""))
        project.metrics.set_repeats({}, len(ids))
        project.annotators.add(Annotator("1" * 32, hostile("COLLEAGUE")))


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[HostileStage]:
    """Return what the dialogs are about."""
    with HostileStage(tmp_path) as made:
        yield made


@pytest.fixture
def open_dialog(qapp: QApplication, stage: HostileStage) -> Iterator[Callable[[str], QWidget]]:
    """Return the function that shows a dialog of a name, with nothing left to look for."""
    shown: list[QWidget] = []

    def open_one(name: str) -> QWidget:
        """Show it."""
        dialog = MAKERS[name][1](stage, resolve("light")) if name != "merge" else merge_dialog(stage)
        if isinstance(dialog, ImportDialog):
            dialog.options.choose(LabelImport.TAKE)
        shown.append(dialog)
        dialog.show()
        stage.settle(dialog)
        return dialog

    yield open_one
    for dialog in shown:
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def merge_dialog(stage: HostileStage) -> MergeDialog:
    """Look into a copy, and into something that is none."""
    dialog = MergeDialog(stage.project.path)
    (file,) = stage.articles.iterdir()
    dialog.add([stage.copy, file])
    return dialog


def check(texts: list[Shown]) -> None:
    """Assert that nothing from outside was read as HTML, and that a screen reader is given none."""
    assert [f"{found} in {shown.said}" for shown in texts for found in shown.foreign()] == []


def words(texts: list[Shown], sort: str) -> str:
    """Return all that is shown by one sort of part."""
    return "\n".join(shown.text for shown in texts if shown.sort == sort)


@pytest.mark.parametrize("name", MAKERS)
def test_dialogs_show_texts_from_files_as_they_are(open_dialog: Callable[[str], QWidget], name: str) -> None:
    dialog = open_dialog(name)
    texts = list(shown_in(dialog))
    check(texts)
    for part in dialog.findChildren(QWidget):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is None or "<p>" not in interface.text(QAccessible.Text.Description)


@pytest.mark.parametrize(
    ("name", "sort", "word"),
    [
        ("import", "page", "SAMPLE TITLE"),
        ("import", "page", "SAMPLE SOURCE"),
        ("import", "tooltip", "IMPORTED"),
        ("import", "tooltip", "nowhere.png"),
        ("merge", "tooltip", "COPY"),
        ("merge", "tooltip", "IMPORTED"),
        ("guideline", "page", "GUIDELINE"),
        ("guideline", "page", "EXAMPLE NOTE"),
        ("guideline", "page", "LABEL"),
        ("notes", "tooltip", "ARTICLE NOTE"),
        ("notes", "tooltip", "SPAN NOTE"),
    ],
)
def test_the_dialogs_do_show_them(open_dialog: Callable[[str], QWidget], name: str, sort: str, word: str) -> None:
    dialog = open_dialog(name)
    if word in ("SPAN NOTE", "ARTICLE NOTE"):
        dialog.whose.setCurrentIndex(1)  # type: ignore[attr-defined]
        dialog.refresh()  # type: ignore[attr-defined]
    assert word in words(list(shown_in(dialog)), sort)


def test_the_window_shows_texts_from_files_as_they_are(
    make_window: Callable[..., MainWindow], stage: HostileStage, tmp_path: Path
) -> None:
    window = make_window("en", stage.project.path)
    window.people.set_name(hostile("ANNOTATOR"))
    window.current.open_document(stage.session.document.id)  # type: ignore[union-attr]
    session = window.current.session
    assert session is not None and session.document is not None
    session.set_note(hostile("ARTICLE NOTE"))
    session.set_focus(session.items[0])
    window.decisions.confirm()
    session.set_note(hostile("SPAN NOTE"), session.items[0].key)
    window.notes.edit_article_note()
    window.workspace.documents.filter.open()
    window.message.show_message(hostile("MESSAGE"), hostile("ACTION"), lambda: None)
    window.status.show_job("job", lambda: hostile("JOB"), 1, 2)
    window.status.show_learning(hostile("LEARNING"))
    texts = list(shown_in(window))
    check(texts)
    for word in ("TITLE", "ARTICLE NOTE", "SPAN NOTE", "GUIDELINE"):
        assert f">{word}</a>" in words(texts, "tooltip")
    for word in ("MESSAGE", "JOB", "LEARNING"):
        assert f">{word}</a>" in words(texts, "label")
    of_item = item_tooltip(session.items[0], session.document.text, session.tagset)
    check([Shown("tooltip", document_of(of_item, is_rich=True), of_item)])
    assert f">LABEL {session.items[0].label}</a>" in seen(of_item)
    window.current.close()
    texts = list(shown_in(window))
    check(texts)
    assert "PROJECT" in words(texts, "tooltip") and "PROJECT" in words(texts, "label")


def test_a_tooltip_shows_its_text_and_wraps(qapp: QApplication) -> None:
    text = f"{hostile('TITLE')}\n\nline & line\n" + "كلمة " * 40
    assert seen(tooltip(text)).replace("\u2029", "\n").split() == text.split()
    # Qt wraps rich text alone.
    assert tooltip("title").startswith("<")
    assert tooltip("") == ""


def test_a_tooltip_covers_no_more_than_a_part_of_the_screen(qapp: QApplication) -> None:
    assert len(seen(tooltip("x" * 1_000_000))) < 3_000


def test_a_screen_reader_is_given_the_text_of_a_tooltip_and_no_tags(qapp: QApplication) -> None:
    part = QWidget()
    set_tooltip(part, hostile("TITLE"))
    interface = QAccessible.queryAccessibleInterface(part)
    assert interface is not None
    assert interface.text(QAccessible.Text.Description) == hostile("TITLE")


def test_an_ampersand_in_a_name_marks_no_key(make_window: Callable[..., MainWindow], stage: HostileStage) -> None:
    window = make_window("en", stage.project.path)
    window.current.switch_annotator(Annotator(ANNOTATOR.id, "A & B"))
    assert "A && B" in window.workspace.side.annotator_text()
    action = next(action for action in window.menus.label_actions() if "LABEL LOC" in action.text())
    assert " && " in action.text()
    commands = CommandPalette([action], window)
    shown = commands.list.topLevelItem(0)
    assert shown is not None and shown.text(0) == hostile("LABEL LOC")


@pytest.mark.parametrize("path", sorted((ROOT / "annotator" / "ui").rglob("*.py")), ids=lambda path: path.stem)
def test_labels_and_tooltips_are_made_in_one_place(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            is_raw = any(isinstance(base, ast.Name) and base.id == "QLabel" for base in node.bases)
        else:
            is_raw = is_call_of(node, "QLabel")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip":
            is_raw = not is_call_of(node.args[-1], "tooltip")
        if is_raw and isinstance(node, ast.ClassDef | ast.Call):
            found.append(f"{path.name}:{node.lineno}")
    assert found == [] or path.name == "plain_text.py"


def is_call_of(node: ast.AST, name: str) -> bool:
    """Tell whether an expression calls a function of a name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
