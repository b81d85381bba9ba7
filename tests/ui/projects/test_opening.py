"""Opening a project: what cannot be opened leaves what is open as it is, and is said in the window."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import app as program
from annotator.domain.model.annotation import Annotator
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.errors import ProjectError, UserError
from annotator.session import Session
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from annotator.ui.base import current_project as desk_module
from annotator.ui.base.settings import Settings
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import make_project

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """Return a project that opens, but whose articles cannot be read: the pages of their texts are overwritten."""
    path = make_project(tmp_path / "unreadable.annot")
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        db.execute("pragma journal_mode = delete")
        pages = [row[0] for row in db.execute("select rootpage from sqlite_master where tbl_name = 'articles'")]
        size = db.execute("pragma page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * size : page * size] = bytes(size)
    path.write_bytes(data)
    return path


def open_documents(window: MainWindow) -> list[str]:
    """Return the titles that the list of documents shows."""
    model = window.workspace.documents.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def is_usable(window: MainWindow, path: Path) -> bool:
    """Tell whether a project is open, its articles are shown, and a decision is written to its file."""
    session, project = window.current.session, window.current.project
    assert project is not None and project.path == path
    assert session is not None and session.document is not None
    before = project.log.latest_id()
    window.decisions.confirm()
    return len(open_documents(window)) == 2 and project.log.latest_id() != before


def test_the_project_before_stays_when_a_session_cannot_begin(
    make_window: MakeWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_project(tmp_path / "other.annot")
    window = make_window("en", project_path)
    project, session = window.current.project, window.current.session
    opened: list[Project] = []

    def refuse(project: Project, annotator: Annotator) -> Session:
        """Fail as a session does on a damaged or locked file."""
        opened.append(project)
        raise ProjectError("{path} is locked by another program; close it and try again.", path=project.path)

    with monkeypatch.context() as patched:
        patched.setattr(desk_module, "Session", refuse)
        assert not window.open_project(other)
    assert "other.annot is locked" in window.message.text()
    assert (window.current.project, window.current.session) == (project, session)
    assert is_usable(window, project_path)
    with pytest.raises(sqlite3.ProgrammingError):
        opened[0].documents.count()
    assert window.open_project(other)


def test_the_project_before_comes_back_when_the_articles_cannot_be_read(
    make_window: MakeWindow, project_path: Path, unreadable: Path
) -> None:
    window = make_window("en", project_path)
    window.navigation.next()
    place = window.workspace.place
    assert not window.open_project(unreadable)
    assert "unreadable.annot" in window.message.text() and window.message.isVisible()
    assert window.workspace.place == place
    assert is_usable(window, project_path)


@pytest.mark.parametrize("error", [KeyError("a" * 32), ProjectError("other.annot is damaged.")])
def test_the_project_before_comes_back_when_the_article_that_was_left_cannot_be_read(
    make_window: MakeWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    other = make_project(tmp_path / "other.annot")
    window = make_window("en", project_path)
    open_document = window.current.open_document

    def refuse(document_id: str, focus: str | None = None) -> None:
        """Fail to open any article of the other project."""
        if window.current.project is not None and window.current.project.path == other:
            raise error
        open_document(document_id, focus)

    monkeypatch.setattr(window.current, "open_document", refuse)
    assert not window.open_project(other)
    assert "other.annot is damaged" in window.message.text() and window.message.isVisible()
    assert is_usable(window, project_path)


def test_a_first_project_whose_articles_cannot_be_read_leaves_the_first_page(
    make_window: MakeWindow, unreadable: Path
) -> None:
    window = make_window("en")
    assert not window.open_project(unreadable)
    assert window.current.project is None
    assert window.welcome.isVisible()
    assert "unreadable.annot" in window.message.text() and window.message.isVisible()


def test_another_name_keeps_the_session_when_it_cannot_be_written(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", project_path)
    session = window.current.session

    def refuse(project: Project, annotator: Annotator) -> Session:
        """Fail as a session does on a locked file."""
        raise ProjectError("{path} is locked by another program.", path=project.path)

    with monkeypatch.context() as patched:
        patched.setattr(desk_module, "Session", refuse)
        window.people.set_name("ليلى")
    assert "is locked" in window.message.text()
    assert window.current.session is session
    assert is_usable(window, project_path)


def test_another_name_keeps_the_threshold(make_window: MakeWindow, project_path: Path, tmp_path: Path) -> None:
    window = make_window("en", project_path)
    side = window.workspace.side
    assert side.threshold.value() == round(DEFAULT_THRESHOLD * 100)
    side.threshold.setValue(80)
    window.people.set_name("ليلى")
    assert window.current.session is not None and window.current.session.threshold == 0.8
    assert side.threshold.value() == 80 and "80%" in side.threshold_text()
    assert len(window.current.session.items) == 3, "those that are less sure than that stay hidden"
    window.close()
    again = make_window("en", make_project(tmp_path / "another.annot"))
    assert again.workspace.side.threshold.value() == 80


@pytest.fixture
def run(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., MainWindow]:
    """Return the function that runs the program as its command does, and returns its window, closed by then."""
    monkeypatch.setattr(program, "no_window_reason", lambda: "")
    current_annotator(tmp_path / "settings")  # A first start would ask for the name.

    def run_once(project: Path | None = None) -> MainWindow:
        """Run it, look at the window, and close it."""
        found: list[MainWindow] = []

        def close() -> None:
            """Note the window, and close it."""
            shown = (one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
            found.append(next(shown))
            found[0].setProperty("welcomed", found[0].welcome.isVisible())
            found[0].setProperty("said", found[0].message.text() if found[0].message.isVisible() else "")
            found[0].close()

        QTimer.singleShot(0, close)
        assert program.run(project, config_dir=tmp_path / "settings") == 0
        return found[0]

    return run_once


@pytest.mark.parametrize("harm", ["gone", "damaged", "unreadable"])
def test_the_first_page_opens_when_the_last_project_cannot(
    run: Callable[..., MainWindow], project_path: Path, unreadable: Path, harm: str
) -> None:
    run(project_path)
    if harm == "gone":
        project_path.unlink()
    elif harm == "damaged":
        project_path.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    else:
        shutil.copy(unreadable, project_path)
    window = run()
    assert window.property("welcomed") is True
    assert "news.annot" in window.property("said")


def test_a_project_that_is_named_and_cannot_be_opened_ends_the_program(
    qapp: QApplication, run: Callable[..., MainWindow], project_path: Path, unreadable: Path, tmp_path: Path
) -> None:
    run(project_path)
    for path in (tmp_path / "none.annot", unreadable):
        with pytest.raises(UserError, match=path.name):
            program.run(path, config_dir=tmp_path / "settings")
        assert not any(isinstance(one, MainWindow) and one.isVisible() for one in qapp.topLevelWidgets())
    assert run().current.project is None, "closed by then"
    assert Settings(tmp_path / "settings" / "window.ini").text("open") == str(project_path)


def test_the_last_project_is_found_from_every_folder(
    run: Callable[..., MainWindow], project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(Path(project_path.name))
    monkeypatch.chdir(Path(tmp_path.anchor))
    assert run().property("welcomed") is False
