"""All long work behind the window says how far it is, one click stops it, and what is said of that is what happened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.review.document_state import Documents
from annotator.errors import UserError
from annotator.services.exporting.request import ExportRequest
from annotator.storage.project import Project
from annotator.ui.base.jobs import Jobs
from annotator.ui.exporting import controller as exporting
from annotator.ui.exporting.dialog import ExportChoice, ExportDialog
from annotator.ui.importing import controller as importing
from annotator.ui.importing.dialog import ImportDialog, ImportRequest
from annotator.ui.merging import controller as merging
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.suggestions.suggest_controller import SUGGEST
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, make_project

MakeWindow = Callable[..., MainWindow]
Dialog = ImportDialog | ExportDialog | MergeDialog


@dataclass(frozen=True)
class Kind:
    """A kind of long work: where it is called, how it is begun, its dialog, what is said of it in the end."""

    module: Any
    function: str
    begin: Callable[[MainWindow, Path], None]
    open: Callable[[MainWindow, Path], None]
    dialog: Callable[[MainWindow], Dialog | None]
    stopped: str
    done: str
    still: str


KINDS = {
    "import": Kind(
        importing,
        "import_paths",
        lambda window, folder: window.imports.start(ImportRequest((folder / "a.txt",))),
        lambda window, folder: window.imports.open([folder / "a.txt"]),
        lambda window: window.imports.dialog,
        "Import stopped. Articles imported so far were kept.",
        "1 article added.",
        "An import is already running. Wait for it to finish, or stop it.",
    ),
    "export": Kind(
        exporting,
        "export_project",
        lambda window, folder: window.exports.start(ExportChoice(folder / "a.json", ExportRequest("json"))),
        lambda window, folder: window.exports.open(),
        lambda window: window.exports.dialog,
        "Export stopped. Nothing was written.",
        "0 annotations",
        "An export is already running. Wait for it to finish, or stop it.",
    ),
    "merge": Kind(
        merging,
        "merge_copies",
        lambda window, folder: window.merge.start([folder / "copy.annot"]),
        lambda window, folder: window.merge.open([folder / "copy.annot"]),
        lambda window: window.merge.dialog,
        "Merge stopped. Nothing was merged.",
        "0 decisions added.",
        "A merge is already running. Wait for it to finish, or stop it.",
    ),
}


@dataclass
class Held:
    """Work that is held at its first step, or behind its last one, until somebody lets it go."""

    late: bool = False
    at: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Held]]:
    """Return the function that has the real work of a kind held."""
    made: list[Held] = []

    def hold_at(kind: Kind, late: bool = False) -> Held:
        """Hold it at its first step, where it can still be stopped, or behind the last, where all is done."""
        held = Held(late)
        made.append(held)
        real = getattr(kind.module, kind.function)

        def work(*given: Any, progress: Callable[[int, int], None], **options: Any) -> Any:
            """Do the real work, and wait at the place in question."""

            def tell(done: int, total: int) -> None:
                """Wait at the first step."""
                if not late and not held.at.is_set():
                    progress(0, 4)
                    held.at.set()
                    held.go.wait()
                progress(done, total)

            outcome = real(*given, progress=tell, **options)
            if late:
                held.at.set()
                held.go.wait()
            return outcome

        monkeypatch.setattr(kind.module, kind.function, work)
        return held

    yield hold_at
    for held in made:
        held.go.set()


@pytest.fixture
def folder(project_path: Path, tmp_path: Path) -> Path:
    """Return a folder with an article to import and a copy of the project to merge."""
    shutil.copyfile(project_path, tmp_path / "copy.annot")
    (tmp_path / "a.txt").write_text("عاد الهدوء إلى دمشق.", "utf-8")
    return tmp_path


def asked_in(qtbot: QtBot, window: MainWindow, kind: Kind, folder: Path) -> Dialog:
    """Open the dialog of a kind, wait until it has looked, and have it begin."""
    kind.open(window, folder)
    dialog = kind.dialog(window)
    assert dialog
    if isinstance(dialog, ExportDialog):
        # Nobody has begun an article of this project.
        dialog.selection.which.setCurrentIndex(dialog.selection.which.findData(Documents.ALL.value))
        dialog.file.set_path(folder / "a.json")
    qtbot.waitUntil(lambda: not any(jobs.is_busy() for jobs in dialog.findChildren(Jobs)), timeout=PATIENCE)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert not dialog.start_button.isEnabled()
    assert dialog.close_button.text() == "Continue in background"
    return dialog


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_work_tells_how_far_it_is_and_one_click_stops_it(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any, name: str, language: str
) -> None:
    kind = KINDS[name]
    held = hold(kind)
    window = make_window(language, project_path)
    assert window.status.job(name) is None
    kind.begin(window, folder)
    row = window.status.job(name)
    assert row
    qtbot.waitUntil(lambda: (row.bar._done, row.bar._total) == (0, 4), timeout=PATIENCE)
    assert row.stop.isVisible() and row.bar.isVisible()
    assert any("\u0600" <= c <= "\u06ff" for c in row.label.text()) is (language == "ar")
    QTest.mouseClick(row.stop, Qt.MouseButton.LeftButton)
    assert row.label.text() in ("Stopping…", "يجري الإيقاف…") and not row.stop.isVisible()
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job(name) is None, timeout=PATIENCE)
    if language == "en":
        assert window.status.text().endswith(kind.stopped)
    assert not window.message.isVisible(), "what somebody stopped is no fault"
    assert not (folder / "a.json").exists()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("name", KINDS)
def test_the_dialog_says_what_became_of_stop(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any, name: str, late: bool
) -> None:
    kind = KINDS[name]
    held = hold(kind, late)
    window = make_window("en", project_path)
    dialog = asked_in(qtbot, window, kind, folder)
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    assert dialog.hint.text() == "Stopping…" and not dialog.stop_button.isEnabled()
    assert dialog.pages.currentWidget() is not dialog.result_page, "nobody knows yet"
    held.go.set()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=PATIENCE)
    said = dialog.result_page.text()
    assert (kind.stopped.split(".")[0] in said, kind.done in said) == (not late, late), said
    assert (folder / "a.json").exists() is (late and name == "export")
    with Project.open(project_path) as project:
        assert project.documents.count() == (3 if late and name == "import" else 2)
    dialog.done(0)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_stopped_too_late_behind_the_work_is_told_as_done(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any, name: str
) -> None:
    kind = KINDS[name]
    held = hold(kind, late=True)
    window = make_window("en", project_path)
    kind.begin(window, folder)
    row = window.status.job(name)
    assert row
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    row.stop.click()
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job(name) is None, timeout=PATIENCE)
    assert kind.done in window.message.text() and "stopped" not in window.status.text()


@pytest.mark.parametrize("name", KINDS)
def test_a_second_one_waits_for_the_first(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any, name: str
) -> None:
    kind = KINDS[name]
    held = hold(kind)
    window = make_window("en", project_path)
    first = asked_in(qtbot, window, kind, folder)
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    first.close_button.click()
    assert not first.isVisible()
    kind.open(window, folder)
    assert kind.dialog(window) is first and not first.isVisible()
    assert window.message.text().endswith(kind.still)
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job(name) is None, timeout=PATIENCE)
    assert kind.done in window.message.text()


def test_jobs_stand_beside_one_another_and_each_is_stopped_by_itself(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any
) -> None:
    held = hold(KINDS["import"])
    window = make_window("en", project_path)
    window.suggestions.stop()
    KINDS["import"].begin(window, folder)
    alone = window.status.job("import")
    assert alone
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    wide = alone.bar.width()
    window.suggestions.start()
    window.suggestions._follow_progress(1, 2)
    KINDS["export"].begin(window, folder)
    rows = [window.status.job(name) for name in ("import", SUGGEST, "export")]
    assert all(row is not None and row.stop.isVisible() for row in rows)
    assert alone.bar.width() < wide
    export, suggest = window.status.job("export"), window.status.job(SUGGEST)
    assert export and suggest
    export.stop.click()
    assert window.status.job("export") is None, "what had not begun stops at once"
    assert window.status.text().endswith(KINDS["export"].stopped)
    suggest.stop.click()
    assert window.status.job(SUGGEST) is None and window.status.job("import") is alone
    assert alone.stop.isVisible() and alone.label.text() == "Importing…"
    assert alone.bar.width() == wide
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job("import") is None, timeout=PATIENCE)
    assert "1 article added." in window.message.text()
    assert not (folder / "a.json").exists()


def test_work_on_a_project_that_is_left_stops_and_is_told_loudly(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any
) -> None:
    held = hold(KINDS["merge"])
    window = make_window("en", project_path)
    KINDS["merge"].begin(window, folder)
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    other = make_project(folder / "other.annot", ("نص آخر عن بغداد.",))
    assert window.open_project(other)
    row = window.status.job("merge")
    assert row and row.label.text() == "Stopping…"
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job("merge") is None, timeout=PATIENCE)
    assert window.message.isVisible() and window.message.text().endswith(KINDS["merge"].stopped)
    assert window.current.project and window.current.project.path == other


def test_work_goes_on_while_its_project_is_opened_anew(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, hold: Any
) -> None:
    held = hold(KINDS["export"])
    window = make_window("en", project_path)
    KINDS["export"].begin(window, folder)
    qtbot.waitUntil(held.at.is_set, timeout=PATIENCE)
    assert window.open_project(project_path)
    row = window.status.job("export")
    assert row and row.stop.isVisible()
    held.go.set()
    qtbot.waitUntil(lambda: window.status.job("export") is None, timeout=PATIENCE)
    assert (folder / "a.json").exists()


def test_a_merge_that_fails_or_is_stopped_lets_suggestions_go_on(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", project_path)

    def fail(*_given: object, **_options: object) -> None:
        """Fail as the world does."""
        raise UserError("The disk is full.")

    monkeypatch.setattr(merging, "merge_copies", fail)
    KINDS["merge"].open(window, folder)
    dialog = window.merge.dialog
    assert dialog
    qtbot.waitUntil(lambda: dialog.start_button.isEnabled(), timeout=PATIENCE)
    with qtbot.waitSignal(window.merge.leftAlone, timeout=PATIENCE):
        dialog.start_button.click()
    assert window.suggestions._runner.running
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=PATIENCE)
    dialog.done(0)
