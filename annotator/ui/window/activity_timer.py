"""Measure the time spent on each article, by keys, mouse and decisions, and save it in the project."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.review.stopwatch import Stopwatch, WorkInterval
from annotator.errors import UserError
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.window.article_header import ArticleHeader

_EVERY_MS = 20_000
"""How often the counted time is saved: a power failure loses less than a minute."""
_SOON_MS = 500
"""The delay after a document is left until its time is saved, so that opening the next does not wait for the disk."""
_LIFE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # all that comes of a key that called an action
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


class ActivityTimer(QObject):
    """Counts time for the open document while the program is active."""

    def __init__(
        self, window: QWidget, current: CurrentProject, header: ArticleHeader, stopwatch: Stopwatch | None = None
    ) -> None:
        """Watch a window. Tests pass a stopwatch of their own, so that they need not wait."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._header = header
        self.stopwatch = stopwatch or Stopwatch()
        self._unwritten: list[WorkInterval] = []
        self._session_ms = 0
        self._watched: QObject | None = None
        self._every = QTimer(self, interval=_EVERY_MS)
        self._every.timeout.connect(self.save)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.save)
        current.documentOpened.connect(self._open)
        current.closing.connect(self.close)
        current.outcome.connect(self.stopwatch.touch)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._follow)

    def save(self) -> None:
        """Save the counted time, or leave it for later if another program is writing just now."""
        self._write(wait=False)

    def close(self) -> None:
        """Save the counted time of a project that is about to be closed, and stop counting."""
        self.stopwatch.open("")
        self._write(wait=True)
        self._unwritten.clear()
        self._session_ms = 0
        self._every.stop()
        self._soon.stop()

    def session_ms(self) -> int:
        """Return the time that was counted since the project was opened, in ms."""
        self._take()
        return self._session_ms

    def _take(self) -> None:
        taken = self.stopwatch.take()
        self._unwritten += taken
        self._session_ms += sum(interval.ms for interval in taken)

    def pause(self) -> None:
        """Stop counting for the open document, while a page of the team is shown in its place."""
        self.stopwatch.open("")

    def resume(self) -> None:
        """Count for the open document again."""
        self._open()

    def show_time_spent(self) -> None:
        """Show the time spent on the article in the tooltip of its header."""
        session = self._current.session
        if session is None or session.document is None:
            return
        document = session.document.id
        try:
            written = session.project.time_spent.spent(document, session.annotator.id)
        except UserError:
            return
        spent = written + sum(s.ms for s in self._unwritten if s.document == document)
        set_tooltip(self._header, self.tr("Your time on this article: {0}").format(self.duration_text(spent)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count keys and mouse events as activity.

        The filter is on the native window, which gets them before any widget does.
        """
        if event.type() in _LIFE:
            self.stopwatch.touch()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self._watch()
        session = self._current.session
        if session and session.document and session.document.id != self.stopwatch.document:
            self.stopwatch.open(session.document.id)
            self._take()
            self._every.start()
            self._soon.start()
        self.show_time_spent()

    def _watch(self) -> None:
        """Watch the native window, which exists only after the window was shown."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle

    def _follow(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.stopwatch.touch()
        else:
            self.stopwatch.rest()

    def _write(self, *, wait: bool) -> None:
        self._take()
        session = self._current.session
        if session is None or not self._unwritten:
            return
        try:
            session.project.time_spent.add(session.annotator.id, self._unwritten, wait=wait)
        except UserError:
            return
        self._unwritten = []
        self.show_time_spent()

    def duration_text(self, ms: int) -> str:
        """Return a duration in words: "3 minutes", "1 h 5 min"."""
        minutes = ms // 60_000
        if minutes < 1:
            return self.tr("less than a minute")
        if minutes < 60:
            return digits(self.tr("%n minute(s)", "", minutes))
        return digits(self.tr("{0} h {1} min").format(*divmod(minutes, 60)))
