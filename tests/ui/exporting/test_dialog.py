"""The export dialog asks what matters to a format, counts beforehand, remembers, and says what was written."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from annotator.domain.corpus.split import Side, SplitPlan, SplitRule
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.model.span import Span
from annotator.domain.review.document_state import Documents
from annotator.domain.tagset.changes import RemoveLabel
from annotator.domain.tagset.draft import writes_between
from annotator.errors import ExportError
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import writers
from annotator.services.corpus.corpus_report import CorpusReport
from annotator.services.corpus.split_project import split_project
from annotator.services.exporting.export import export_project
from annotator.services.exporting.request import ExportRequest
from annotator.services.exporting.selection import Resolution, Selection, SelectionCounts
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.i18n import set_language
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.dialog import ExportDialog
from annotator.ui.exporting.messages import result_lines
from annotator.ui.window.main_window import MainWindow
from tests.services.corpus.corpora import finish
from tests.ui.conftest import ANNOTATOR, FIRST, make_project
from tests.ui.rich_text import seen

Open = Callable[[], ExportDialog]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Return the path of a project with three labels, one of which parts a clitic from its word."""
    path = make_project(tmp_path / "news.annot")
    with Project.open(path) as project:
        session = Session(project, ANNOTATOR)
        session.open(next(project.documents.ids()))
        at = FIRST.index("ديالى")
        for span in (Span(0, 6), Span(FIRST.index("كركوك"), FIRST.index("كركوك") + 5), Span(at, at + 5)):
            session.give_label("LOC", span)
    return path


@pytest.fixture
def open_dialog(qtbot: QtBot, qapp: QApplication, tmp_path: Path, labelled: Path) -> Iterator[Open]:
    """Return the function that opens the dialog and waits until it has counted."""
    set_language(qapp, "en")
    with Project.open(labelled) as project:
        made: list[ExportDialog] = []

        def open_it() -> ExportDialog:
            """Open it."""
            dialog = ExportDialog(project, Settings(tmp_path / "window.ini"))
            qtbot.addWidget(dialog)
            dialog.show()
            counted(qtbot, dialog)
            made.append(dialog)
            return dialog

        yield open_it
        for dialog in made:
            dialog.done(0)


def choose(dialog: ExportDialog, which: Documents) -> None:
    """Choose which articles are exported."""
    dialog.selection.which.setCurrentIndex(dialog.selection.which.findData(which.value))


def counted(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Wait until the dialog counts nothing and is not about to."""
    idle = dialog.dry_runs
    qtbot.waitUntil(lambda: not idle._jobs.is_busy() and not idle._soon.isActive(), timeout=600_000)


def test_labels_that_the_project_has_no_more_are_named_before(qtbot: QtBot, labelled: Path, open_dialog: Open) -> None:
    with Project.open(labelled) as project:
        draft, log = project.labels.draft, project.log
        # As a merge leaves it, where a colleague removed the label that was given here.
        removed = writes_between(draft, RemoveLabel("LOC").apply(draft))
        log.append(Edit(log.new_id(), ANNOTATOR.id, "", EditKind.TAGSET, removed))
    dialog = open_dialog()
    assert "With a label that is no longer in the project: \u2068LOC\u2069 (3)" in dialog.preview.lost.text()


def test_what_cannot_be_written_exactly_is_counted_before(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    assert dialog.preview.exact.text().endswith("3 annotations: 2 exact, 1 not")
    assert "Changed boundaries: clitic (1)" in dialog.preview.lost.text()
    dialog.format.split.click()
    counted(qtbot, dialog)
    assert dialog.preview.exact.text().endswith("3 annotations: 3 exact, 0 not")
    choose(dialog, Documents.FINISHED)
    counted(qtbot, dialog)
    assert dialog.preview.exact.text().endswith("0 annotations: 0 exact, 0 not")
    assert "Articles not exported: in progress (1), not started (1)" in dialog.preview.lost.text()
    choose(dialog, Documents.ALL)
    counted(qtbot, dialog)
    assert "Articles not exported" not in dialog.preview.lost.text()


def test_articles_that_are_done_are_offered_second_and_labelled_ones_where_none_is(
    qtbot: QtBot, labelled: Path, open_dialog: Open
) -> None:
    dialog = open_dialog()
    assert dialog.request().request.selection.documents is Documents.LABELLED
    assert dialog.format.format.nextInFocusChain() is dialog.selection.which
    assert "Articles not exported: not started (1)" in dialog.preview.lost.text()
    with Project.open(labelled) as project:
        finish(project, next(project.documents.ids()), ANNOTATOR.id)
    again = open_dialog()
    assert again.request().request.selection.documents is Documents.FINISHED
    assert again.preview.exact.text().endswith("3 annotations: 2 exact, 1 not")


def test_the_first_lines_are_those_of_the_file(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    assert "العراق\tB-LOC" in dialog.preview.lines.toPlainText()
    dialog.format.choose("json")
    counted(qtbot, dialog)
    assert '"label": "LOC"' in dialog.preview.lines.toPlainText()


def test_what_cannot_be_written_at_all_is_told(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.format.scheme.setCurrentText("IO")
    dialog.format.nested.setCurrentIndex(dialog.format.nested.findData("columns"))
    counted(qtbot, dialog)
    assert "IO cannot separate nested spans" in dialog.preview.lost.text()


def test_counting_can_be_stopped_and_begun_again(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.dry_runs.begin()
    dialog.preview.stop.click()
    assert dialog.preview.exact.text() == "Not counted." and dialog.start_button.isEnabled()
    dialog.preview.again.click()
    counted(qtbot, dialog)
    assert dialog.preview.exact.text().endswith("2 exact, 1 not")


def test_a_selection_without_an_article_is_said_to_be_one(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    assert "\t" in dialog.preview.lines.toPlainText()
    dialog.selection.dated.click()
    counted(qtbot, dialog)
    said = "Articles not exported: in progress (1), not started (1)\n\u200eReasons: without a date (2)"
    assert said in dialog.preview.lost.text()
    assert dialog.preview.lines.toPlainText() == "No article matches. The file would be empty."


def test_the_file_and_the_options_follow_the_format(open_dialog: Open, labelled: Path) -> None:
    dialog = open_dialog()
    dialog.more.click()
    for name, writer in writers().items():
        dialog.format.choose(name)
        assert dialog.request().request.format == name
        suffix = "" if hasattr(writer, "folder") else writer.suffix
        assert dialog.request().path == labelled.with_suffix(suffix)
        assert dialog.format.scheme.isVisible() is (name == "conll")
        assert dialog.selection.suggestions.isEnabled() is bool(getattr(writer, "holds_suggestions", False))
    dialog.format.choose("conll")
    dialog.format.debris.click()
    dialog.format.strict.click()
    assert dialog.request().request.options == WriteOptions(include_debris=True)
    assert dialog.request().request.strict


def test_whose_labels_which_articles_and_which_names(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog()
    assert dialog.request().request.selection == Selection(documents=Documents.LABELLED)
    assert dialog.request().request.pseudonyms is None
    box = dialog.selection
    box.whose.setCurrentIndex(box.whose.findData(Resolution.MAJORITY.value))
    choose(dialog, Documents.FINISHED)
    box.dated.click()
    box.since.setDate(QDate(2020, 4, 17))
    box.undated.click()
    dialog.format.choose("json")
    box.suggestions.click()
    box.replace_names("PERS")
    chosen = dialog.request().request
    day = datetime.date(2020, 4, 17)
    assert chosen.selection == Selection(
        (), Resolution.MAJORITY, Documents.FINISHED, day, include_undated=True, include_suggestions=True
    )
    assert chosen.pseudonyms and chosen.pseudonyms.labels == ("PERS",)
    assert chosen.pseudonyms.key_file == tmp_path / "news-names.json"


def test_a_corpus_is_split(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert dialog.request().request.corpus is None
    dialog.split.corpus.click()
    dialog.split.parts.setText("90/10")
    dialog.split.by.setCurrentIndex(dialog.split.by.findData("label"))
    corpus = dialog.request().request.corpus
    assert corpus and corpus.plan.by is SplitRule.LABEL and corpus.plan.wanted() == (Side.TRAIN, Side.TEST)
    assert dialog.request().path.suffix == ""
    dialog.split.parts.setText("half")
    with pytest.raises(ExportError):
        dialog.request()
    dialog.start_button.click()
    assert "is not a valid split" in dialog.hint.text()


def test_format_articles_annotators_and_file_come_first_and_the_rest_under_more(open_dialog: Open) -> None:
    dialog = open_dialog()
    rest = (dialog.format.scheme, dialog.format.strict, dialog.selection.replaced, dialog.split.corpus)
    asked = (dialog.format.format, dialog.selection.which, dialog.selection.whose, dialog.file.field)
    assert all(each.isVisible() for each in asked) and not any(each.isVisible() for each in rest)
    order = (dialog.format.format, dialog.selection.which, dialog.selection.whose, dialog.more)
    assert all(first.nextInFocusChain() is second for first, second in pairwise(order))
    dialog.more.click()
    assert all(each.isVisible() for each in rest)


@pytest.mark.parametrize("name", ["strict", "debris", "split", "corpus"])
def test_an_option_of_the_last_export_is_never_hidden(open_dialog: Open, name: str) -> None:
    first = open_dialog()
    first.more.click()
    button = first.split.corpus if name == "corpus" else getattr(first.format, name)
    button.click()
    first.start_button.click()
    again = open_dialog()
    assert again.more.isChecked()
    assert (again.split.corpus if name == "corpus" else getattr(again.format, name)).isVisible()


def test_the_last_choices_are_offered_again(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.format.choose("jsonl")
    dialog.format.strict.click()
    with qtbot.waitSignal(dialog.startRequested):
        dialog.start_button.click()
    again = open_dialog()
    assert again.format.name() == "jsonl" and again.format.strict.isChecked()


def test_from_the_window_to_the_file(
    qtbot: QtBot, make_window: Callable[..., MainWindow], labelled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "annotator.ui.exporting.dialog.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    window = make_window("en", labelled)
    window.exports.open()
    dialog = window.exports.dialog
    assert dialog is not None
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=600_000)
    said = dialog.result_page.text()
    assert "The file was written and verified: \u2068news.conll\u2069" in said
    assert "3 annotations: 2 exact, 1 not" in said and "export-report.json" in said
    dialog.open_folder.click()
    assert opened == [str(labelled.parent)]
    dialog.done(0)
    assert "العراق\tB-LOC" in labelled.with_suffix(".conll").read_text("utf-8")


def test_an_exact_export_is_a_message_with_a_way_to_the_rest(
    qtbot: QtBot, make_window: Callable[..., MainWindow], labelled: Path
) -> None:
    window = make_window("en", labelled)
    window.exports.open()
    dialog = window.exports.dialog
    assert dialog is not None
    dialog.format.choose("json")
    dialog.start_button.click()
    qtbot.waitUntil(lambda: window.message.isVisible(), timeout=600_000)
    assert not dialog.isVisible()
    assert window.message.text().splitlines() == [
        "\u200eThe file was written and verified: \u2068news.json\u2069",
        "\u200e3 annotations, all exact.",
        "\u200eArticles not exported: not started (1)",
    ]
    window.message.action.click()
    assert dialog.isVisible() and dialog.pages.currentWidget() is dialog.result_page
    assert "Report:" in dialog.result_page.text() and dialog.open_folder.isVisible()
    dialog.done(0)


@pytest.mark.parametrize(
    ("language", "names"), [("en", ("Train", "Dev", "Test")), ("ar", ("التدريب", "التطوير", "الاختبار"))]
)
def test_the_parts_of_a_corpus_have_names_in_each_language(
    qapp: QApplication, labelled: Path, tmp_path: Path, language: str, names: tuple[str, ...]
) -> None:
    with Project.open(labelled) as project:
        report = export_project(project, tmp_path / "out.json", ExportRequest("json"))
        plan = SplitPlan({Side.TRAIN: 8})
        split = split_project(project, [], plan)
    corpus = CorpusReport(Path("corpus"), plan, split, SelectionCounts(), dict.fromkeys(Side, report))
    set_language(qapp, language)
    try:
        said = result_lines(corpus)
    finally:
        set_language(qapp, "en")
    assert [line.partition(":")[0] for line in said[1:4]] == list(names)


def test_the_result_names_files_that_were_kept(qapp: QApplication, labelled: Path, tmp_path: Path) -> None:
    set_language(qapp, "en")
    with Project.open(labelled) as project:
        report = export_project(project, tmp_path / "out.json", ExportRequest("json"))
    assert not any("Other files" in line for line in result_lines(report))
    report.kept = (tmp_path / "<b>.txt",)
    (said,) = (line for line in result_lines(report) if "Other files" in line)
    assert said == f"Other files saved in the folder during the export (kept): \u2068{tmp_path}/<b>.txt\u2069"


def test_a_refusal_is_said_in_the_dialog(qtbot: QtBot, make_window: Callable[..., MainWindow], labelled: Path) -> None:
    window = make_window("ar", labelled)
    window.exports.open()
    dialog = window.exports.dialog
    assert dialog is not None
    dialog.file.set_path(labelled)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=600_000)
    assert "مشروع أو قاعدة بيانات أخرى" in dialog.result_page.text()
    dialog.done(0)


def test_many_names_to_replace_widen_nothing(open_dialog: Open) -> None:
    dialog = open_dialog()
    box = dialog.selection
    box.replace_names("PERS")
    few = box.replaced.sizeHint()
    QCoreApplication.processEvents()
    assert box.replaced.shown() == box.replaced.text()
    for label in ("ORG", "ARMED", "FORCE", "LOC", "FAC", "WEAPON", "ATTACK", "CASUALTY", "DATE", "MEDIA"):
        box.replace_names(label)
    QCoreApplication.processEvents()
    assert box.replaced.sizeHint() == few and box.replaced.shown().endswith("…")
    assert seen(box.replaced.toolTip()) == box.replaced.text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_bar_that_scrolls_covers_no_field(open_dialog: Open, qapp: QApplication, language: str) -> None:
    set_language(qapp, language)
    dialog = open_dialog()
    dialog.more.click()
    area = dialog.findChild(QScrollArea, "asked")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    dialog.resize(dialog.width(), 420)
    QCoreApplication.processEvents()
    assert bar.isVisible()
    box = dialog.selection.whose
    field = box.rect().translated(box.mapTo(dialog, QPoint()))
    edge = bar.rect().translated(bar.mapTo(dialog, QPoint()))
    apart = field.left() - edge.right() if language == "ar" else edge.left() - field.right()
    assert apart >= 8
    set_language(qapp, "en")
