"""The labels of a project in the window: the editor makes one edit, undo takes it back, others' changes show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import DescribeLabel, MergeLabels, RenameLabel, SetLabelKey, TagsetChange
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.tagset.dialog import TagsetDialog
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

OTHER = Annotator("f" * 32, "عمر")


@pytest.fixture
def window(make_window: Callable[..., MainWindow], project_path: Path) -> MainWindow:
    return make_window("en", project_path)


def session_of(window: MainWindow) -> Session:
    session = window.current.session
    assert session is not None
    return session


def edited(monkeypatch: pytest.MonkeyPatch, act: Callable[[TagsetDialog], object]) -> None:
    """Let somebody do something in the editor and press Apply."""

    def exec_(dialog: TagsetDialog) -> int:
        act(dialog)
        dialog.apply.click()
        return dialog.result()

    monkeypatch.setattr(TagsetDialog, "exec", exec_)


def shown(window: MainWindow) -> dict[str, str]:
    """Return what the article, the chips and the menu say of the labels: names by id."""
    chips = window.workspace.side.labels
    names = {label_id: chips.chip(label_id).accessibleName() for label_id in chips._chips}
    assert [action.text() for action in window.menus.label_actions()] == list(names.values())
    return names


def test_what_was_edited_is_one_edit_that_every_pane_shows_and_undo_takes_back(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    window.menus.actions["gestures.confirm"].trigger()
    held = session.items[0]
    assert held.label == "LOC"
    edited(
        monkeypatch,
        lambda dialog: dialog.steps.do(
            RenameLabel("LOC", "SPOT"),
            DescribeLabel("SPOT", names={"en": "Spot"}),
            MergeLabels("FORCE", "ORG"),
            SetLabelKey("SPOT", "9", True),
        ),
    )
    before = len(list(session.project.log.edits()))
    window.menus.actions["tagsets.open"].trigger()
    assert len(list(session.project.log.edits())) == before + 1
    assert session.items[0].label == "SPOT"
    assert shown(window)["SPOT"] == "Spot"
    assert "FORCE" not in shown(window)
    assert window.article.scene.label_style.tag("SPOT", asks=False).static.text() == "Spot", "as in the list"
    assert window.status.text().endswith("Project labels changed · saved")
    window.menus.actions["gestures.undo"].trigger()
    assert session.items[0].label == "LOC"
    assert shown(window)["LOC"] == "Place"
    assert "FORCE" in shown(window)
    assert "project labels" in window.status.text()
    window.menus.actions["gestures.undo"].trigger()
    assert session.items[0].is_suggestion
    window.menus.actions["gestures.redo"].trigger()
    window.menus.actions["gestures.redo"].trigger()
    assert session.items[0].label == "SPOT"


def test_the_new_key_of_a_label_gives_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(monkeypatch, lambda dialog: dialog.steps.do(SetLabelKey("LOC", "9", take=True)))
    window.tagsets.open()
    window.article.setFocus()
    QTest.keyClick(window.article, Qt.Key.Key_9)
    assert [i.label for i in session_of(window).items if not i.is_suggestion] == ["LOC"]


def test_a_new_label_is_there_at_once_and_how_it_gets_suggestions_is_told(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(monkeypatch, lambda dialog: dialog.side.add_label("BORDER"))
    window.tagsets.open()
    assert shown(window)["BORDER"] == "BORDER"
    assert "Generate suggestions" in window.message.text()
    session_of(window).give_label("BORDER", Span(0, 6))
    assert session_of(window).items[0].label == "BORDER"


def test_nothing_is_written_where_the_editor_is_cancelled(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def exec_(dialog: TagsetDialog) -> int:
        dialog.steps.do(MergeLabels("FORCE", "ORG"))
        dialog.leave.click()
        return dialog.result()

    monkeypatch.setattr(TagsetDialog, "exec", exec_)
    window.tagsets.open()
    assert session_of(window).project.log.latest_id() is None


def meddled(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, mine: TagsetChange, theirs: TagsetChange, times: int = 2
) -> list[str]:
    """Make a change in the editor while another window makes one, press Apply, and return what is said each time."""
    path, said = session_of(window).project.path, []

    def exec_(dialog: TagsetDialog) -> int:
        dialog.steps.do(mine)
        with Project.open(path) as other:
            Session(other, OTHER).change_tagset([theirs])
        for _ in range(times):
            dialog.apply.click()
            said.append(dialog.changes.problem.text().strip("\u200e") if not dialog.result() else "")
        return dialog.result()

    monkeypatch.setattr(TagsetDialog, "exec", exec_)
    window.tagsets.open()
    return said


def test_a_change_that_another_window_makes_impossible_is_told(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = meddled(window, monkeypatch, RenameLabel("LOC", "SPOT"), RenameLabel("ORG", "SPOT"))
    assert said[0].startswith("The labels were changed elsewhere. The current labels are shown.")
    assert "The label SPOT already exists" in said[0] and said[1] == said[0], "there is nothing left to apply"
    tagset = session_of(window).tagset
    assert tagset.find("LOC") is not None and tagset.find("SPOT") == tagset.find("ORG")


def test_changes_that_go_with_those_of_another_window_wait_for_a_second_look(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = DescribeLabel("LOC", names={"en": "Spot"}), DescribeLabel("ORG", names={"en": "Club"})
    said = meddled(window, monkeypatch, mine, theirs)
    assert said == ["The labels were changed elsewhere. Your changes were kept.", ""]
    names = shown(window)
    assert (names["LOC"], names["ORG"]) == ("Spot", "Club")


def test_what_would_replace_the_change_of_another_window_is_told_before(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = DescribeLabel("LOC", names={"en": "Spot"}), DescribeLabel("LOC", names={"en": "Where"})
    said = meddled(window, monkeypatch, mine, theirs, times=1)
    assert "including what you changed in \u2068LOC\u2069." in said[0]
    assert shown(window)["LOC"] == "Where", "one look does not replace it"
    said = meddled(window, monkeypatch, mine, DescribeLabel("LOC", names={"en": "Whereabouts"}))
    assert said[1] == "" and shown(window)["LOC"] == "Spot"


def test_the_open_editor_shows_at_once_what_another_window_changed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = session_of(window).project.path
    seen: list[str] = []

    def exec_(dialog: TagsetDialog) -> int:
        dialog.side.take("LOC")
        dialog.form.names["en"].setText("Spot")
        with Project.open(path) as other:
            Session(other, OTHER).change_tagset([DescribeLabel("ORG", names={"en": "Club"})])
        window.tagsets.read_changes()
        seen.append(dialog.form.names["en"].text())
        seen.extend(label.names["en"] for label in dialog.steps.tagset.labels if label.id in ("LOC", "ORG"))
        dialog.steps.undo()
        seen.extend(label.names["en"] for label in dialog.steps.tagset.labels if label.id in ("LOC", "ORG"))
        return dialog.result()

    monkeypatch.setattr(TagsetDialog, "exec", exec_)
    window.tagsets.open()
    assert seen == ["Spot", "Club", "Spot", "Club", "Place"]


def test_what_another_window_changed_is_taken_over(window: MainWindow, qtbot: QtBot) -> None:
    window.menus.actions["gestures.confirm"].trigger()
    with Project.open(session_of(window).project.path) as other:
        Session(other, OTHER).change_tagset([RenameLabel("LOC", "SPOT"), DescribeLabel("SPOT", names={"en": "Spot"})])
    with qtbot.waitSignal(window.current.tagsetChanged, timeout=PATIENCE):
        pass
    assert session_of(window).items[0].label == "SPOT"
    assert shown(window)["SPOT"] == "Spot"


def test_f1_shows_the_guideline_of_the_focused_label_beside_the_work(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    for _ in range(3):
        window.menus.actions["gestures.confirm"].trigger()
    assert session.focus is not None
    window.menus.actions["tagsets.guideline"].trigger()
    (guide,) = window.findChildren(GuidelineDialog)
    assert guide.label().id == session.focus.label
    guide.show_label("LOC")
    qtbot.waitUntil(lambda: guide.names.rowCount() > 0, timeout=PATIENCE)
    example = guide.names.example(0)
    guide.lists[0].setCurrentIndex(guide.names.index(0))
    guide.lists[0].entered.emit()
    assert session.document is not None
    assert session.document.id == example.document
    assert session.focus is not None
    assert session.focus.span == example.span
    session.change_tagset([DescribeLabel("LOC", names={"en": "Where"}, guideline={"en": "Anywhere at all."})])
    assert "Anywhere at all." in guide.page.toPlainText()
    window.menus.actions["tagsets.guideline"].trigger()
    assert len(window.findChildren(GuidelineDialog)) == 1


def test_the_concordance_offers_the_labels_as_they_stand(window: MainWindow) -> None:
    window.search.concordance()
    dialog = window.search._concordance
    assert dialog is not None
    dialog.give.set_label("LOC")
    session_of(window).change_tagset([RenameLabel("LOC", "SPOT"), DescribeLabel("SPOT", names={"en": "Spot"})])
    assert dialog.give.label() == "SPOT"
    assert dialog.give.currentText() == "Spot"
    assert dialog.question.label.findText("Spot") > 0
