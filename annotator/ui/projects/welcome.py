"""The page that is shown while no project is open: create, open, drop files, sample project, recent projects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.base.i18n import current_language, date_text, digits, isolate, with_direction_mark
from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.projects.recent_projects import RecentProject
from annotator.ui.widgets.elided_label import ElidedLabel

_WIDTH = 600
_OTHER_LANGUAGE = {"ar": ("en", "English"), "en": ("ar", "العربية")}
"""The language to switch to, by its own name: whoever reads the page in the wrong one looks for that."""


class DropArea(Retranslated, QWidget):
    """Accepts dropped files and folders; dropped carries their paths."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the area; the style sheet draws its dashed border."""
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._text = PlainLabel(self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 20)
        column.addWidget(self._text)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self._text.setText(self.tr("Drop a project here to open it, or articles to create a project from them"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Highlight the area for files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Remove the highlight."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit the dropped paths."""
        self._light(False)
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _light(self, on: bool) -> None:
        self.setProperty("lit", on)
        self.style().unpolish(self)
        self.style().polish(self)


class RecentRow(QWidget):
    """Opens a project when pressed; if its file does not exist, it is disabled and can be removed from the list."""

    chosen = Signal(Path)
    forgetRequested = Signal(Path)

    def __init__(self, recent: RecentProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = recent
        self.button = _Wide(self)
        self.button.setObjectName("recent")
        self.button.setAutoDefault(True)
        self.button.setEnabled(not recent.gone)
        self.button.clicked.connect(lambda: self.chosen.emit(recent.path))
        self.remove = QPushButton(self)
        self.remove.setObjectName("link")
        self.remove.setVisible(recent.gone)
        self.remove.clicked.connect(lambda: self.forgetRequested.emit(recent.path))
        self._name = ElidedLabel(self.button)
        self._facts, self._place = PlainLabel(self.button), PlainLabel(self.button)
        self._name.setObjectName("recentName")
        for label in (self._facts, self._place):
            label.setObjectName("quietFact")
        first, inner = QHBoxLayout(), QVBoxLayout(self.button)
        first.setSpacing(12)
        first.addWidget(self._name, 1)
        first.addWidget(self._facts)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.setSpacing(2)
        inner.addLayout(first)
        inner.addWidget(self._place)
        for label in (self._name, self._facts, self._place):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setEnabled(not recent.gone)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, 0)
        # Over the button and not in it, because a disabled button disables its children.
        row.addWidget(self.remove, 0, 0, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom)
        if not recent.gone:
            self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self._name.setText(with_direction_mark(isolate(self.recent.path.stem)))
        self._facts.setText("   ·   ".join(part for part in (self._how_far(), date_text(self.recent.day)) if part))
        metrics = self._place.fontMetrics()
        place = metrics.elidedText(str(self.recent.path.parent), Qt.TextElideMode.ElideMiddle, 520)
        self._place.setText(with_direction_mark(isolate(place)))
        set_tooltip(self, str(self.recent.path))
        self.remove.setText(self.tr("Remove from list"))
        said = (self.recent.path.stem, self._facts.text(), str(self.recent.path.parent))
        self.button.setAccessibleName(", ".join(part for part in said if part))

    def _how_far(self) -> str:
        recent = self.recent
        if recent.gone:
            return self.tr("file not found")
        if recent.articles is None:
            return ""
        said = digits(self.tr("%n article(s)", "", recent.articles))
        return self.tr("{0}, {1} done").format(said, digits(recent.done)) if recent.done else said


class _Wide(QPushButton):
    """A button as large as the layout inside it."""

    def sizeHint(self) -> QSize:
        """Return the size of the layout."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()


class WelcomePage(Retranslated, QWidget):
    """Buttons, a drop area and the recent projects.

    dropped carries paths, forgetRequested a project to remove from the list, languageRequested "ar" or "en".
    """

    languageRequested = Signal(str)
    newRequested = Signal()
    openRequested = Signal()
    sampleRequested = Signal()
    tourRequested = Signal()
    recentChosen = Signal(Path)
    forgetRequested = Signal(Path)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._what = PlainLabel(self), PlainLabel(self)
        self._title.setObjectName("title")
        self._what.setObjectName("quiet")
        self._what.setWordWrap(True)
        self._new, self._open, self.sample = QPushButton(self), QPushButton(self), QPushButton(self)
        self._new.setObjectName("primary")
        self.tour, self.language = QPushButton(self), QPushButton(self)
        for link in (self.sample, self.tour, self.language):
            link.setObjectName("link")
            link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.language.clicked.connect(lambda: self.languageRequested.emit(_OTHER_LANGUAGE[current_language()][0]))
        # Enter presses a button outside a dialog only if it is an automatic default.
        for button in (self._new, self._open, self.tour, self.sample, self.language):
            button.setAutoDefault(True)
        self._new.clicked.connect(self.newRequested)
        self._open.clicked.connect(self.openRequested)
        self.sample.clicked.connect(self.sampleRequested)
        self.tour.clicked.connect(self.tourRequested)
        self.drop = DropArea(self)
        self.drop.dropped.connect(self.dropped)
        self._recent_heading = PlainLabel(self)
        self._recent_heading.setObjectName("heading")
        self._recent_heading.setIndent(0)
        self.rows: list[RecentRow] = []
        self._lay_out()
        self.set_recent(())
        self.retranslate()

    def set_recent(self, recents: Sequence[RecentProject]) -> None:
        """Show recent projects, newest first."""
        for old in self.rows:
            self._recent.removeWidget(old)
            old.deleteLater()
        self.rows = [RecentRow(recent, self) for recent in recents]
        for row in self.rows:
            row.chosen.connect(self.recentChosen)
            row.forgetRequested.connect(self.forgetRequested)
            self._recent.addWidget(row)
        self._recent_heading.setVisible(bool(recents))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self._title.setText(self.tr("Annotation editor"))
        self._what.setText(
            self.tr("Label the names in Arabic security news, suggestion by suggestion, with the keyboard.")
        )
        self._new.setText(with_key(self.tr("New project…"), key_hint(self, "projects.new")))
        self._open.setText(with_key(self.tr("Open project…"), key_hint(self, "projects.open")))
        self.language.setText(_OTHER_LANGUAGE[current_language()][1])
        self.tour.setText(self.tr("New here? Take the guided tour"))
        self.sample.setText(self.tr("Open the sample project"))
        self._recent_heading.setText(self.tr("Recent projects"))
        for row in self.rows:
            row.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self._new, self._open):
            buttons.addWidget(button, 1)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(8)
        heading = QHBoxLayout()
        heading.addWidget(self._title, 1)
        heading.addWidget(self.language, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(heading)
        column.addWidget(self._what)
        column.addSpacing(24)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.drop)
        column.addSpacing(4)
        links = QHBoxLayout()
        links.addStretch(1)
        links.addWidget(self.tour)
        links.addSpacing(16)
        links.addWidget(self.sample)
        links.addStretch(1)
        column.addLayout(links)
        column.addSpacing(24)
        column.addWidget(self._recent_heading)
        column.addLayout(self._recent)
        frame = QWidget(self)
        frame.setFixedWidth(_WIDTH)
        frame.setLayout(column)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
