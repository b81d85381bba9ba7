"""The page that is shown while no project is open: begin, drop files, or go on with one of the last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.projects.drop_area import DropArea
from annotator.ui.projects.recent_projects import RecentProject
from annotator.ui.projects.recent_row import RecentRow

_WIDTH = 600


class WelcomePage(Retranslated, QWidget):
    """Ways to begin, and the recent projects. dropped carries paths; forgetAsked a project that is not to be listed."""

    newAsked = Signal()  # noqa: N815
    openAsked = Signal()  # noqa: N815
    recentChosen = Signal(Path)  # noqa: N815
    forgetAsked = Signal(Path)  # noqa: N815
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page without recent projects."""
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._what = PlainLabel(self), PlainLabel(self)
        self._title.setObjectName("title")
        self._what.setObjectName("quiet")
        self._what.setWordWrap(True)
        self._new, self._open = QPushButton(self), QPushButton(self)
        self._new.setObjectName("primary")
        self._new.clicked.connect(self.newAsked)
        self._open.clicked.connect(self.openAsked)
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
        """Offer these projects, newest first."""
        for old in self.rows:
            self._recent.removeWidget(old)
            old.deleteLater()
        self.rows = [RecentRow(recent, self) for recent in recents]
        for row in self.rows:
            row.chosen.connect(self.recentChosen)
            row.forgetAsked.connect(self.forgetAsked)
            self._recent.addWidget(row)
        self._recent_heading.setVisible(bool(recents))

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self._title.setText(self.tr("annotator"))
        self._what.setText(self.tr("Label the names in Arabic security news: suggestion by suggestion, by keyboard."))
        self._new.setText(with_key(self.tr("New project…"), key_hint(self, "projects.new")))
        self._open.setText(with_key(self.tr("Open project…"), key_hint(self, "projects.open")))
        self._recent_heading.setText(self.tr("Recent projects"))
        for row in self.rows:
            row.retranslate()

    def _lay_out(self) -> None:
        """Put the parts beneath one another, in the middle."""
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self._new, self._open):
            buttons.addWidget(button, 1)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._what)
        column.addSpacing(24)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.drop)
        column.addSpacing(28)
        column.addWidget(self._recent_heading)
        column.addLayout(self._recent)
        frame = QWidget(self)
        frame.setFixedWidth(_WIDTH)
        frame.setLayout(column)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
