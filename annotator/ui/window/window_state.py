"""Save and restore the window, its panes, the open document, its focus and its scroll position."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.settings import Settings
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.window.workspace import Workspace

_FIRST_SIZE = (1280, 860)
_GEOMETRY, _PANES = "window/geometry", "window/panes"
_SOON_MS = 5_000
"""The maximum delay after a decision until the state is saved, so that it survives a crash."""


class WindowState(QObject):
    """Saves the state whenever a document is left and soon after each decision, so that it survives a crash."""

    def __init__(self, window: QMainWindow, current: CurrentProject, workspace: Workspace, settings: Settings) -> None:
        """Connect to the signals after which the state is saved."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._workspace = workspace
        self._settings = settings
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.save)
        self._left: dict[tuple[Path, str], tuple[str, int, float]] = {}
        current.leaving.connect(self._remember_place)
        current.documentOpened.connect(self._return)
        current.outcome.connect(self._save_soon)
        current.closing.connect(self._save_work)

    def restore_window(self) -> None:
        """Restore the size and position of the window."""
        geometry = self._settings.state(_GEOMETRY)
        if geometry.isEmpty() or not self._window.restoreGeometry(geometry):
            resize_to_screen(self._window, *_FIRST_SIZE)

    def restore_project(self) -> None:
        """Restore the panes and the document that was open last in the project, or open the first."""
        project, session = self._current.project, self._current.session
        if project is None or session is None:
            return
        settings, path = self._settings, project.path
        settings.add_recent(path)
        self._workspace.splitter.restore_sizes(settings.state(_PANES))
        session.threshold = _number(
            settings.project_value(path, "threshold"), settings.number("threshold", DEFAULT_THRESHOLD)
        )
        self._workspace.side.set_threshold(session.threshold)
        asked = DocumentFilter.from_text(settings.project_value(path, "filter"))
        self._workspace.document_list.restore(
            _order(settings.project_value(path, "order", settings.text("order"))), asked
        )
        document_id, focus = settings.project_value(path, "document"), settings.project_value(path, "focus")
        if document_id not in project.documents:
            first = self._current.queue.at(0) if self._current.queue else None
            first = first or next(project.documents.ids(), None)
            if first is not None:
                self._current.open_document(first)
            return
        self._current.open_document(document_id, "" if settings.project_value(path, "left-focus") else focus or None)
        self._scroll_to(settings.project_value(path, "scroll"))

    def _save_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def save(self) -> None:
        """Save the state now."""
        self._soon.stop()
        self._settings.set(_GEOMETRY, self._window.saveGeometry())
        project = self._current.project
        if not self._current.is_practice:
            self._settings.set("open", str(project.path.absolute()) if project else "")
        self._save_work()
        self._settings.sync()

    def _save_work(self) -> None:
        project, session = self._current.project, self._current.session
        if project is None or session is None or self._current.is_practice:
            return
        self._settings.set(_PANES, self._workspace.splitter.saved_sizes())
        self._settings.set("threshold", session.threshold)
        self._settings.set("order", self._current.order.value)
        self._settings.set_project_values(
            project.path,
            threshold=str(session.threshold),
            order=self._current.order.value,
            filter=self._current.filter.to_text(),
        )
        if session.document:
            held, past = self._workspace.article.reading_place()
            left = session.focus is None and session.progress[0] > 0
            self._settings.set_project_values(
                project.path,
                document=session.document.id,
                focus=session.focus.key if session.focus else "",
                scroll=f"{held} {past:.4f}",
                **{"left-focus": "1" if left else ""},
            )

    def _remember_place(self) -> None:
        project, session = self._current.project, self._current.session
        if project and session and session.document:
            focus = session.focus.key if session.focus else ""
            self._left[project.path, session.document.id] = (focus, *self._workspace.article.reading_place())

    def _return(self) -> None:
        """Scroll to where the document was left, unless it was opened for another span."""
        project, session = self._current.project, self._current.session
        if project and session and session.document:
            focus, held, past = self._left.get((project.path, session.document.id), (None, 0, 0.0))
            article = self._workspace.article
            if focus == (session.focus.key if session.focus else "") and article.reading_place() != (held, past):
                article.scroll_to_reading_place(held, past)

    def _scroll_to(self, place: str) -> None:
        held, _, past = place.partition(" ")
        if held.isdecimal():
            self._workspace.article.scroll_to_reading_place(int(held), _number(past, 0.0))


def last_project(settings: Settings) -> Path | None:
    """Return the project that was open when the window was last closed; the file may be missing now."""
    name = settings.text("open")
    return Path(name) if name else None


def _order(name: str) -> DocumentOrder:
    return DocumentOrder(name) if name in list(DocumentOrder) else DocumentOrder.IMPORTED


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default
