"""Copies are merged from the window: what each brings is shown first, and the open project shows what came in."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import fold
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import RemoveLabel, RenameLabel
from annotator.session import Session
from annotator.storage.project import Project
from annotator.team.merge import ClockAhead, ConflictingLabels, MergeConflicts, MergeReport, ParallelEdits
from annotator.ui.base.i18n import set_language
from annotator.ui.base.item_text import accessible_text, tooltip
from annotator.ui.base.jobs import Job
from annotator.ui.merging import controller
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.merging.messages import MergeMessages
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project
from tests.ui.rich_text import seen

MakeWindow = Callable[..., MainWindow]
OMAR = Annotator("1" * 32, "عمر")


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Return a project and a copy of it in which another annotator confirmed two names."""
    path = make_project(tmp_path / "news.annot")
    copy = tmp_path / "from-omar.annot"
    shutil.copyfile(path, copy)
    with Project.open(copy) as project:
        session = Session(project, OMAR)
        session.open(next(project.documents.ids()))
        session.confirm()
        session.confirm()
    return path, copy


@dataclass
class Held:
    """A merge that is held after some steps, until somebody lets it go."""

    after: int = 1
    at: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, make_window: MakeWindow) -> Iterator[Held]:
    """Have merges write one edit in each transaction, and wait when some are written."""
    made = Held()
    monkeypatch.setattr("annotator.storage.replica._SHORT", 0)
    monkeypatch.setattr("annotator.team.merge._FEW", 1)
    tell = Job.report_progress

    def wait(job: Job, done: int, total: int) -> None:
        if done == made.after and total == 2:
            made.at.set()
            made.go.wait(PATIENCE / 1000)
        tell(job, done, total)

    monkeypatch.setattr(Job, "report_progress", wait)
    yield made
    made.go.set()


def dialog_of(qtbot: QtBot, window: MainWindow, *paths: Path) -> MergeDialog:
    """Open the dialog on some copies, and wait until it has looked into them."""
    window.merge.open(paths)
    dialog = window.merge.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy(), timeout=600_000)
    return dialog


def test_what_a_copy_brings_is_shown_and_comes_in(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    row = dialog.list.topLevelItem(0)
    assert row
    assert [row.text(n).strip("\u2068\u2069") for n in range(4)] == ["from-omar.annot", "0", "2", "عمر"]
    with qtbot.waitSignal(window.merge.merged, timeout=600_000):
        dialog.start_button.click()
    assert "2 decisions added." in dialog.result_page.text()
    assert not dialog.isVisible() and "2 decisions added." in window.message.text()
    window.message.action.click()
    assert dialog.isVisible() and dialog.pages.currentWidget() is dialog.result_page
    QCoreApplication.processEvents()
    assert dialog.close_button.width() <= dialog.close_button.sizeHint().width() + 1, (
        "no button grows in place of what is gone"
    )
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Return)
    assert not dialog.isVisible(), "Enter leaves"
    with Project.open(path) as project:
        assert len(project.log.annotations(next(project.documents.ids()), OMAR.id)) == 2
    assert window.current.session is not None and window.current.session.document is not None


def test_a_copy_with_a_long_name_leaves_the_other_columns_in_view(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], tmp_path: Path
) -> None:
    path, copy = copies
    long = tmp_path / f"{'نسخة طويلة الاسم ' * 7}.annot"
    shutil.copyfile(copy, long)
    dialog = dialog_of(qtbot, make_window("en", path), long)
    QCoreApplication.processEvents()
    header = dialog.list.header()
    assert header.length() <= dialog.list.viewport().width()
    assert header.sectionSize(1) >= header.sectionSizeHint(1)
    dialog.done(0)


def test_what_cannot_be_merged_is_told_and_left_out(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], tmp_path: Path
) -> None:
    path, copy = copies
    other = tmp_path / "notes.txt"
    other.write_text("نص")
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, other, path, tmp_path / "gone.annot")
    assert not dialog.start_button.isEnabled()
    row = dialog.list.topLevelItem(1)
    assert row and seen(row.toolTip(0)) == row.text(0) and "is not a project" in row.text(0)
    wide = dialog.list.fontMetrics().horizontalAdvance(row.text(0)) / dialog.list.viewport().width()
    assert row.sizeHint(0).height() >= dialog.list.fontMetrics().lineSpacing() * math.ceil(wide)
    narrow = dialog.list.visualItemRect(row).height()
    dialog.resize(6000, dialog.height())
    QCoreApplication.processEvents()
    assert dialog.list.visualItemRect(row).height() < min(narrow, 2 * dialog.list.fontMetrics().lineSpacing() + 12)
    told = [incoming.problem for incoming in dialog.found]
    assert "is not a project" in told[0] and "the open project itself" in told[1] and "Project not found" in told[2]
    dialog.add([copy])
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy(), timeout=600_000)
    assert dialog.start_button.isEnabled() and "3 of them cannot be merged" in dialog.hint.text()
    with qtbot.waitSignal(dialog.startRequested) as asked:
        dialog.start_button.click()
    assert asked.args == [[copy]]
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=600_000)
    dialog.done(0)


def test_a_merge_that_goes_wrong_is_told_and_nothing_comes_in(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    copy.unlink()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=600_000)
    assert "Nothing was merged." in dialog.result_page.text() and "Project not found" in dialog.result_page.text()
    dialog.done(0)


def test_a_label_that_the_project_has_no_more_is_told_found_and_given_up(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    with Project.open(copy) as project:
        first = next(project.documents.ids())
        apart = Session(project, ANNOTATOR)
        apart.open(first)
        assert apart.annotate(Span(0, 4), "WEAPON")
    with Project.open(path) as project:
        assert Session(project, OMAR).change_tagset([RemoveLabel("WEAPON")])
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    with qtbot.waitSignal(window.merge.merged, timeout=PATIENCE):
        dialog.start_button.click()
    assert "1 annotation has a label that is no longer in the project: \u2068WEAPON\u2069." in (
        dialog.result_page.text()
    )
    dialog.done(0)

    session = window.current.session
    assert session is not None and session.document is not None and session.document.id == first
    strange = session.items[0]
    session.set_focus(strange)
    assert "The label \u2068WEAPON\u2069 is no longer in the project" in window.workspace.side.guideline_text()
    for said in (accessible_text, tooltip):
        assert "\u2068WEAPON\u2069 (label removed from the project)" in said(
            strange, session.document.text, session.tagset
        )

    window.search.concordance()
    concordance = window.search._concordance
    assert concordance is not None
    concordance.question.label.set_label("WEAPON")
    concordance.search()
    qtbot.waitUntil(lambda: not concordance._jobs.is_busy(), timeout=PATIENCE)
    assert [hit.span for hit in concordance.model.hits] == [Span(0, 4)]
    concordance.list.selectAll()
    concordance.labelRequested.emit(concordance.model.hits, "LOC")
    assert session.items[0].label == "LOC"
    concordance.ask()
    assert concordance.question.label.findData("WEAPON") == -1


def test_labels_that_were_all_removed_on_one_copy_or_another_are_told_to_stay(qtbot: QtBot) -> None:
    report = MergeReport(unsettled=MergeConflicts(labels_kept=("PERS", "LOC")))
    assert "Each label was deleted in some copy, so all were kept" in MergeMessages().lines(report)[-1]


def test_places_that_were_labelled_and_rejected_are_told(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    with Project.open(copy) as project:
        (label, other) = project.log.annotations(next(project.documents.ids()), OMAR.id)
    with Project.open(path) as project:
        for person, wanted in ((ANNOTATOR, label), (OMAR, other)):
            session = Session(project, person)
            session.open(next(project.documents.ids()))
            session.set_focus(next(item for item in session.items if item.span == wanted.span))
            assert session.reject()
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    with qtbot.waitSignal(window.merge.merged, timeout=PATIENCE):
        dialog.start_button.click()
    assert "1 place was labelled by one annotator and rejected by another." in dialog.result_page.text()
    assert "1 place was confirmed and rejected by one annotator in different copies." in dialog.result_page.text()
    dialog.done(0)


def test_every_count_opens_its_places_beside_the_result(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    with Project.open(path) as project:
        session = Session(project, ANNOTATOR)
        session.open(next(project.documents.ids()))
        session.reject()
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    with qtbot.waitSignal(window.merge.merged, timeout=600_000):
        dialog.start_button.click()
    links = [b for b in dialog.result_page.findChildren(QPushButton) if b.objectName() == "link"]
    assert [button.text().strip("\u200e") for button in links] == ["Labelled by one annotator, rejected by another: 1"]
    assert dialog.isVisible() and not dialog.isModal()
    links[0].click()
    places = window.search._places
    assert places is not None and places.isVisible() and places.model.rowCount() == 1
    window.current.close()
    assert not dialog.isVisible()


def test_a_merge_that_was_stopped_midway_says_what_came_in_and_shows_it(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = copies
    monkeypatch.setattr("annotator.storage.replica._SHORT", 0)
    monkeypatch.setattr("annotator.team.merge._FEW", 1)
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)
    tell = Job.report_progress

    def stop_later(job: Job, done: int, total: int) -> None:
        if done == 1:
            job.cancel()
        tell(job, done, total)

    monkeypatch.setattr(Job, "report_progress", stop_later)
    with qtbot.waitSignal(window.merge.merged, timeout=PATIENCE):
        dialog.start_button.click()
    said = dialog.result_page.text()
    assert "Merge stopped." in said and "1 decision added." in said
    assert "What was merged so far was kept. Merge the copies again to add the rest." in said
    assert window.current.project and window.current.project.log.counts()["edits"] == 1
    dialog.done(0)


def test_learning_and_the_look_at_others_pause_while_a_merge_runs(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    path, copy = copies
    window = make_window("en", path)
    window.suggestions.stop()
    learnt: list[Sequence[str]] = []
    told: list[str] = []
    monkeypatch.setattr(window.training, "_learn_from", learnt.append)
    window.file_watcher.statusMessage.connect(told.append)
    held.after = 2
    window.merge.start([copy])
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    session = window.current.session
    assert session and session.document
    here = session.document.id
    session.confirm_all()
    assert session.set_done(True)
    window.file_watcher.check()
    assert (learnt, told) == ([], [])
    with qtbot.waitSignal(window.merge.ended, timeout=PATIENCE):
        held.go.set()
    assert learnt == [[here]]
    window.file_watcher.check()
    assert told == [], "the merge itself has said what came in"
    assert window.current.session is session and session.document and session.document.id == here


def test_a_decision_is_written_at_once_while_a_merge_runs(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], held: Held
) -> None:
    path, copy = copies
    window = make_window("en", path)
    session = window.current.session
    assert session
    held.after = 1
    window.merge.start([copy])
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    with Project.open(path) as project:
        assert project.log.counts()["edits"] == 1, "half of the copy is in"
        assert session.confirm()
        assert project.log.counts()["edits"] == 2
    with qtbot.waitSignal(window.merge.merged, timeout=PATIENCE):
        held.go.set()
    with Project.open(path) as project:
        assert project.log.state() == fold(project.log.edits())
        assert project.log.counts()["edits"] == 3


def test_two_people_with_one_id_are_told_apart_in_the_result(qapp: QApplication) -> None:
    set_language(qapp, "en")
    place = ConflictingLabels("1", "عنوان", "بغداد", ("LOC", "ORG"), "سلمى")
    report = MergeReport(
        divided=(ParallelEdits("سلمى", 3, 1200),),
        ahead=(ClockAhead("عمر", 90),),
        unsettled=MergeConflicts(doubled=(place,) * 22),
    )
    _, _, divided, ahead, doubled, *places, rest = MergeMessages().lines(report)
    assert divided.startswith(
        "\u2068سلمى\u2069 made decisions in two copies at the same time: 3 here and 1,200 in a copy."
    )
    assert "Team › People" in divided
    assert ahead.startswith("The clock on the computer of \u2068عمر\u2069 is 90 minutes fast")
    assert doubled.startswith("22 places have more than one label by one annotator.")
    assert len(places) == 20 and rest == "And 2 more."
    assert places[0] == "\u2068عنوان\u2069: \u2068بغداد\u2069 (\u2068LOC\u2069, \u2068ORG\u2069), by \u2068سلمى\u2069"


def test_articles_and_labels_that_came_in_are_shown_and_the_open_article_stays_open(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path]
) -> None:
    path, copy = copies
    text = "وصل الوفد إلى بغداد صباح اليوم."
    with Project.open(copy) as project:
        project.documents.add(Document(document_id(text), text, title="جديد"))
        assert Session(project, OMAR).change_tagset([RenameLabel("LOC", "PLACE")])
    window = make_window("en", path)
    session = window.current.session
    assert session and session.document
    here, rows = session.document.id, window.workspace.document_list._pane.model.rowCount()
    with qtbot.waitSignal(window.merge.merged, timeout=PATIENCE):
        window.merge.start([copy])
    assert window.workspace.document_list._pane.model.rowCount() == rows + 1
    assert session.tagset.find("PLACE") is not None
    assert "PLACE" in [label.id for label in session.tagset.labels]
    assert window.current.session is session and session.document.id == here


def test_a_bug_in_a_merge_closes_its_dialog_and_lets_other_work_go_on(
    qtbot: QtBot, make_window: MakeWindow, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = copies
    window = make_window("en", path)
    dialog = dialog_of(qtbot, window, copy)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(controller, "merge_copies", fail)
    with qtbot.capture_exceptions() as bugs, qtbot.waitSignal(window.merge.ended, timeout=PATIENCE):
        dialog.start_button.click()
    assert [kind for kind, *_ in bugs] == [ZeroDivisionError]
    assert not dialog.isVisible()
    assert not window.merge.is_running
