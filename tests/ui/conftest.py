"""A project of two short articles with suggestions, and a window on it whose settings lie in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.services.document_metrics import metric_inputs
from annotator.storage.file.identity import set_own_annotator
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, available
from annotator.ui.base.i18n import set_language
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import load_fonts
from annotator.ui.window.main_window import MainWindow

FIRST = "العراق يسعى للحد من هجمات داعش في كركوك وديالى\n\nقال العميد يحيى رسول إن القوات انتشرت."
SECOND = "انفجار في بغداد\n\nقتل شخصان في بغداد أمس، وفق وزارة الداخلية."
NAMES = {"العراق": "LOC", "داعش": "ARMED", "كركوك": "LOC", "وديالى": "LOC", "يحيى رسول": "PERS", "بغداد": "LOC"}
PATIENCE = 600_000
"""Milliseconds to wait for what other threads and processes do, on however busy a machine."""
UNANSWERED = 300_000
"""Milliseconds after which nobody will answer a dialog; all tests end when one of them takes three times as long."""
ANNOTATOR = Annotator("0" * 32, "سلمى")


def suggestions_for(text: str) -> list[Suggestion]:
    """Suggest every place of the known names."""
    found = []
    for name, label in NAMES.items():
        at = text.find(name)
        while at >= 0:
            found.append(Suggestion(Span(at, at + len(name)), label, 0.9 if label == "LOC" else 0.6, "lexicon", "1"))
            at = text.find(name, at + 1)
    return found


def make_project(path: Path, texts: tuple[str, ...] = (FIRST, SECOND)) -> Path:
    """Make a project of some texts, with suggestions and with every suggester known to have run.

    Projects of the same texts are copies of one file.
    """
    path.write_bytes(_project_file(texts))
    return path


@cache
def _project_file(texts: tuple[str, ...]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "news.annot")
        _create_project(path, texts)
        return path.read_bytes()


def _create_project(path: Path, texts: tuple[str, ...]) -> None:
    with Project.create(path, load_tagset("security")) as project:
        names = available(SuggesterContext(project.tagset))
        for text in texts:
            document = Document(document_id(text), text, title=text.partition("\n")[0], source="اختبار")
            project.documents.add(document)
            # The lexicon's answer is the newest, so that it is shown and not what was combined from it.
            for name in (*(name for name in names if name != "lexicon"), "lexicon"):
                own = suggestions_for(text) if name == "lexicon" else []
                project.suggestions.replace(document.id, name, "1", own)
        # With nothing left to measure no window of a test starts a process for it.
        ids = list(project.documents.ids())
        project.metrics.update(ids, metric_inputs(project), dict.fromkeys(ids, b""))
        project.metrics.set_repeats({}, len(ids))


@pytest.fixture(autouse=True)
def deleted_widgets() -> Iterator[None]:
    """Delete what a test has left to Qt's event loop to delete, and the windows of the whole programs that it ran.

    pytest-qt asks for the deletion of widgets, but outside an event loop Qt does not carry it out. Widgets of hundreds
    of tests would stay, and each change of theme would polish them all.
    """
    yield
    for widget in QApplication.topLevelWidgets() if QApplication.instance() else []:
        if isinstance(widget, MainWindow):
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def bundled_fonts(qapp: QApplication) -> None:
    """Register the program's fonts before any text is measured: Qt keeps a system font that it finds first."""
    load_fonts()


@pytest.fixture(scope="session", autouse=True)
def patient_waiting() -> Iterator[None]:
    """Let qtbot wait as long as a busy machine needs, and not five seconds, where a test gives no time."""
    with pytest.MonkeyPatch.context() as patch:
        for wait in (QtBot.waitActive, QtBot.waitExposed, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil):
            assert wait.__kwdefaults__
            patch.setitem(wait.__kwdefaults__, "timeout", PATIENCE)
        yield


@pytest.fixture(scope="session", autouse=True)
def answered_dialogs() -> Iterator[None]:
    """Close a dialog that nobody answers, and fail the test that waits for it."""
    real = QDialog.exec

    def execute(dialog: QDialog) -> int:
        def give_up() -> None:
            dialog.reject()
            raise AssertionError(f"nobody answered {type(dialog).__name__} ({dialog.windowTitle()})")

        timer = QTimer(singleShot=True, interval=UNANSWERED)
        timer.timeout.connect(give_up)
        timer.start()
        try:
            return real(dialog)
        finally:
            timer.stop()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QDialog, "exec", execute)
        yield


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Return the path of a new project."""
    return make_project(tmp_path / "news.annot")


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Return the function that opens a window in a language, with the settings of this test."""
    windows: list[MainWindow] = []

    def make(language: str = "ar", path: Path | None = None) -> MainWindow:
        """Open a window, and a project in it."""
        settings = Settings(tmp_path / "settings" / "window.ini")
        settings.set("language", language)
        settings.set("theme", settings.text("theme", "light"))
        set_own_annotator(ANNOTATOR, tmp_path / "settings")
        window = MainWindow(qapp, ANNOTATOR, settings, tmp_path / "settings")
        window.article.animated = False
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        if path is not None:
            assert window.open_project(path)
            window.article.setFocus()
        # Keys are heard in the active window alone, and on a busy machine it becomes so later than it is seen.
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
        QCoreApplication.processEvents()
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    set_language(qapp, "en")
