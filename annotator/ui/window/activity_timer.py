"""Time spent on each document: signs of life at the window go to a stopwatch, and what it counted into the project."""

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
"""How often what was counted is written: what is lost when the power fails is well under a minute."""
_SOON_MS = 500
"""How long after a document was left it is written, so that opening the next one does not wait for the disk."""
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
    """Counts for the open document while the program is the active one."""

    def __init__(
        self, window: QWidget, current: CurrentProject, header: ArticleHeader, stopwatch: Stopwatch | None = None
    ) -> None:
        """Serve a window; stopwatch is given by tests, which do not wait."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._header = header
        self.stopwatch = stopwatch or Stopwatch()
        self._unwritten: list[WorkInterval] = []
        self._watched: QObject | None = None
        self._every = QTimer(self, interval=_EVERY_MS)
        self._every.timeout.connect(self.keep)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)
        current.documentOpened.connect(self._open)
        current.closing.connect(self.close)
        current.outcome.connect(self.stopwatch.touch)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._follow)

    def keep(self) -> None:
        """Write what was counted, unless another program is just writing: then later."""
        self._write(wait=False)

    def close(self) -> None:
        """Write what was counted for a project that is about to be closed, and count no more."""
        self.stopwatch.open("")
        self._write(wait=True)
        self._unwritten.clear()
        self._every.stop()
        self._soon.stop()

    def show(self) -> None:
        """Show over the article how much time it has taken."""
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take keys and the mouse as signs of life; they come to the system's window before they come to a widget."""
        if event.type() in _LIFE:
            self.stopwatch.touch()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        """Count for the document that was opened."""
        self._watch()
        session = self._current.session
        if session and session.document and session.document.id != self.stopwatch.document:
            self.stopwatch.open(session.document.id)
            self._unwritten += self.stopwatch.take()
            self._every.start()
            self._soon.start()
        self.show()

    def _watch(self) -> None:
        """Listen at the system's window, which is there once the window was shown."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle

    def _follow(self, state: Qt.ApplicationState) -> None:
        """Count no more when the user goes to another program, until there is a sign of life again."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.stopwatch.touch()
        else:
            self.stopwatch.rest()

    def _write(self, *, wait: bool) -> None:
        """Write what was counted; what could not be written stays for the next time."""
        self._unwritten += self.stopwatch.take()
        session = self._current.session
        if session is None or not self._unwritten:
            return
        try:
            session.project.time_spent.add(session.annotator.id, self._unwritten, wait=wait)
        except UserError:
            return
        self._unwritten = []
        self.show()

    def duration_text(self, ms: int) -> str:
        """Say how long something took: "3 minutes", "1 h 5 min"."""
        minutes = ms // 60_000
        if minutes < 1:
            return self.tr("less than a minute")
        if minutes < 60:
            return digits(self.tr("%n minute(s)", "", minutes))
        return digits(self.tr("{0} h {1} min").format(*divmod(minutes, 60)))
