"""Ctrl+D by the keys alone: places with their ticks, the whole corpus, one edit, one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import EditKind
from annotator.domain.model.span import Span
from annotator.errors import ProjectError
from annotator.services.search.occurrences import Occurrence
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow
from annotator.ui.base.theme import LIGHT
from annotator.ui.search import label_all_dialog as everywhere_dialog
from annotator.ui.search.label_all_dialog import LabelAllDialog
from annotator.ui.search.occurrence_model import OccurrenceModel
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project

TEXTS = (
    "هدوء في بغداد بعد انفجار\n\nقالت مصادر في بغداد وضواحي بغداد إن القوات انتشرت.",
    "وفد يصل إلى بغداد\n\nأفاد مراسل ببغداد أن البغدادي وصل.",
    "خبر آخر\n\nلا شيء هنا.",
)
CONTROL = Qt.KeyboardModifier.ControlModifier
Act = Callable[[LabelAllDialog], None]


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path, request: pytest.FixtureRequest) -> MainWindow:
    """Return a window on three articles, in the language that the test asks for."""
    return make_window(getattr(request, "param", "ar"), make_project(tmp_path / "news.annot", TEXTS))


@pytest.fixture
def with_dialog(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Callable[[Act], list[LabelAllDialog]]:
    """Return the function that says what is done when the dialog opens, and lists the dialogs that were opened."""
    opened: list[LabelAllDialog] = []

    def prepare(act: Act) -> list[LabelAllDialog]:
        """Act instead of waiting for somebody."""

        def execute(dialog: LabelAllDialog) -> int:
            """Show the dialog, act, and return what it ended with."""
            opened.append(dialog)
            dialog.setModal(True)
            dialog.show()
            qtbot.waitUntil(dialog.list.hasFocus, timeout=PATIENCE)
            act(dialog)
            dialog.close()
            return dialog.result()

        monkeypatch.setattr(LabelAllDialog, "exec", execute)
        return opened

    return prepare


def press(dialog: LabelAllDialog, key: Qt.Key) -> None:
    """Press a key on the list of a dialog."""
    QTest.keyClick(dialog.list, key)


def search_corpus(dialog: LabelAllDialog, qtbot: QtBot) -> None:
    """Ask for the whole corpus by its key, and wait until it was looked through."""
    QTest.keyClick(dialog.list, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: not dialog._jobs.running("everywhere"), timeout=PATIENCE)


def annotated(window: MainWindow) -> list[list[tuple[int, str]]]:
    """Return start and label of every annotation, article by article."""
    project = window.current.project
    assert project is not None
    return [[(a.span.start, a.label) for a in project.log.annotations(document_id(text))] for text in TEXTS]


@pytest.mark.parametrize("window", ["ar", "en"], indirect=True)
def test_a_name_is_labelled_in_all_articles_and_one_undo_takes_it_back(
    window: MainWindow, with_dialog: Callable[[Act], list[LabelAllDialog]], qtbot: QtBot
) -> None:
    starts = [[i for i in range(len(text)) if text.startswith("بغداد", i)] for text in TEXTS]

    def act(dialog: LabelAllDialog) -> None:
        """Look through the corpus, leave the second place out, and apply."""
        assert dialog.list.hasFocus() and dialog.label() == "LOC"
        assert [span.start for _, span in dialog.ticked_places()] == starts[0]
        search_corpus(dialog, qtbot)
        press(dialog, Qt.Key.Key_Down)
        press(dialog, Qt.Key.Key_Space)
        press(dialog, Qt.Key.Key_Return)

    with_dialog(act)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    first = [starts[0][0], *starts[0][2:]]
    assert annotated(window) == [[(at, "LOC") for at in first], [(at, "LOC") for at in starts[1][:2]], []]
    project, session = window.current.project, window.current.session
    assert project is not None and session is not None
    assert [edit.kind for edit in project.log.edits()] == [EditKind.PROPAGATE]
    assert session.focus is not None and session.focus.span.start == starts[0][1]
    window.activateWindow()
    qtbot.waitUntil(window.article.hasFocus, timeout=PATIENCE)
    QTest.keyClick(window.article, Qt.Key.Key_Z, CONTROL)
    assert annotated(window) == [[], [], []]


def test_with_nothing_ticked_the_button_says_so_and_looks_as_if_it_could_not_be_pressed(
    window: MainWindow, with_dialog: Callable[[Act], list[LabelAllDialog]]
) -> None:
    grounds = []

    def act(dialog: LabelAllDialog) -> None:
        """Take every tick away, and look at the ground of the button before and after."""
        button = dialog._apply

        def look() -> None:
            """Note the ground of the button."""
            QCoreApplication.processEvents()
            grounds.append(button.grab().toImage().pixelColor(4, button.height() // 2).name())

        look()
        dialog.model.toggle(range(dialog.model.rowCount()))
        look()
        assert button.text() == "لا يوجد ما يُوسَم" and not button.isEnabled()

    with_dialog(act)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    assert tuple(grounds) == (LIGHT.accent, LIGHT.pill)


def test_a_search_that_cannot_be_made_is_told_and_the_article_stays(
    window: MainWindow,
    with_dialog: Callable[[Act], list[LabelAllDialog]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        """Find the disk full."""
        raise ProjectError("The disk that holds {path} is full. Free some space and try again.", path="/corpus.annot")

    monkeypatch.setattr(everywhere_dialog, "complete_index", fail)

    def act(dialog: LabelAllDialog) -> None:
        """Search the corpus."""
        search_corpus(dialog, qtbot)
        qtbot.waitUntil(lambda: "/corpus.annot" in dialog._hint.text(), timeout=PATIENCE)
        assert dialog.in_article.isChecked() and dialog._apply.isEnabled() and dialog.ticked_places()

    with_dialog(act)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)


def test_a_selection_gets_the_label_of_a_digit(
    window: MainWindow, with_dialog: Callable[[Act], list[LabelAllDialog]]
) -> None:
    at = TEXTS[0].index("القوات")

    def act(dialog: LabelAllDialog) -> None:
        """Try to apply without a label, then choose the fourth."""
        press(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible() and dialog.label() == ""
        press(dialog, Qt.Key.Key_4)
        press(dialog, Qt.Key.Key_Return)

    with_dialog(act)
    window.article.set_selection(Span(at, at + 6))
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    assert annotated(window)[0] == [(at, load_tagset("security").labels[3].id)]
    assert window.article.selection is None


def test_cancelling_changes_nothing_and_without_a_focus_it_is_told(
    window: MainWindow, with_dialog: Callable[[Act], list[LabelAllDialog]], qtbot: QtBot
) -> None:
    def act(dialog: LabelAllDialog) -> None:
        """Widen, narrow again, and leave."""
        here = dialog.model.rowCount()
        search_corpus(dialog, qtbot)
        assert dialog.model.rowCount() > here
        QTest.keyClick(dialog.list, Qt.Key.Key_D, CONTROL)
        assert dialog.model.rowCount() == here
        press(dialog, Qt.Key.Key_Escape)

    opened = with_dialog(act)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    assert annotated(window) == [[], [], []] and len(opened) == 1
    window.activateWindow()
    qtbot.waitUntil(window.article.hasFocus, timeout=PATIENCE)
    QTest.keyClick(window.article, Qt.Key.Key_Escape)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    assert len(opened) == 1
    assert "اختر موضعاً" in window.status.text()


@pytest.mark.parametrize("window", ["ar", "en"], indirect=True)
def test_every_text_is_in_the_language_in_use(
    window: MainWindow, with_dialog: Callable[[Act], list[LabelAllDialog]], request: pytest.FixtureRequest
) -> None:
    is_arabic = request.node.callspec.params["window"] == "ar"
    said: list[str] = []

    def act(dialog: LabelAllDialog) -> None:
        """Note what the dialog says."""
        rtl = Qt.LayoutDirection.RightToLeft
        assert (dialog.layoutDirection() is rtl) == is_arabic and dialog.list.layoutDirection() is rtl
        said.extend([dialog.windowTitle(), dialog.in_article.text(), dialog._hint.text(), dialog._apply.text()])
        said.extend([dialog.list.accessibleName(), dialog.choice.accessibleName(), dialog.choice.currentText()])
        assert not dialog.grab().isNull()

    with_dialog(act)
    QTest.keyClick(window.article, Qt.Key.Key_D, CONTROL)
    assert len(said) == 7
    assert all(any("\u0600" <= c <= "\u06ff" for c in text) == is_arabic for text in said), said


def place(
    label: str = "", *, same: bool = True, refused: bool = False, article: bool = False, at: int = 4
) -> Occurrence:
    """Make a place, with a label of somebody's there, or beside it."""
    span = Span(at, at + 5)
    rival = Annotation("x", span if same else Span(at - 4, at + 5), label, ANNOTATOR.id)
    context = Context("قرب بغداد", Span(4, 9))
    return Occurrence("d", "عنوان", span, context, (rival,) if label else (), refused, article)


PLACES = [
    place(),
    place("LOC", at=20),
    place("ORG", at=40),
    place("ORG", same=False, at=60),
    place(refused=True, at=80),
    place(article=True, at=100),
]


def test_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = OccurrenceModel(load_tagset("security"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_label("LOC")
    model.add(PLACES)
    model.toggle([0])
    model.cut(2)


def test_only_free_places_are_ticked_and_the_others_say_why(qapp: QApplication) -> None:
    model = OccurrenceModel(load_tagset("security"))
    model.set_label("LOC")
    model.add(PLACES)
    rows: list[KwicRow] = [model.index(i).data(KWIC_ROLE) for i in range(len(PLACES))]
    assert [row.ticked for row in rows] == [True, False, False, False, False, False]
    assert [bool(row.note) for row in rows] == [False, True, True, True, True, True]
    assert [row.tickable for row in rows] == [True, False, True, True, True, True]
    assert len({row.note for row in rows}) == 6
    assert all(model.index(i).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(len(PLACES)))
    model.toggle([0, 1, 2])
    assert model.ticked() == [PLACES[0], PLACES[2]]
    model.toggle([0, 2])
    assert model.ticked() == []
    assert not model.setData(model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.setData(model.index(4), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked() == [PLACES[4]]
    model.set_label("ORG")
    assert [model.can_tick(row) for row in range(len(PLACES))] == [True, True, False, True, True, True]
    assert model.data(QModelIndex()) is None


def test_the_mouse_ticks_at_the_edge(qtbot: QtBot, tmp_path: Path) -> None:
    from annotator.ui.base.theme import LIGHT
    from annotator.ui.search.label_all_dialog import LabelAllQuery

    with Project.open(make_project(tmp_path / "p.annot", TEXTS)) as project:
        document = project.documents.get(document_id(TEXTS[0]))
        errand = LabelAllQuery("بغداد", "LOC", document, Span(0, 3))
        dialog = LabelAllDialog(project, ANNOTATOR, errand, LIGHT)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        box = dialog.list.visualRect(dialog.model.index(1))
        before = dialog.ticked_places()
        QTest.mouseClick(
            dialog.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center()
        )
        assert dialog.ticked_places() == before
        edge = box.center()
        edge.setX(box.right() - 20)
        QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
        assert len(dialog.ticked_places()) == len(before) - 1
        dialog.close()
