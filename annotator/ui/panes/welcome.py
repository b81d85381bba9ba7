"""The page that is shown while no project is open: begin, or go on with one of the last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.ui.i18n import isolate

_WIDTH = 420


class WelcomePage(QWidget):
    """Three ways to begin, and the recent projects."""

    newAsked = Signal()  # noqa: N815
    openAsked = Signal()  # noqa: N815
    recentChosen = Signal(Path)  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page without recent projects."""
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._what = QLabel(self)
        self._what.setObjectName("quiet")
        self._what.setWordWrap(True)
        self._new = QPushButton(self)
        self._new.setObjectName("primary")
        self._new.clicked.connect(self.newAsked)
        self._open = QPushButton(self)
        self._open.clicked.connect(self.openAsked)
        self._recent_heading = QLabel(self)
        self._recent_heading.setObjectName("heading")
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget, space in ((self._title, 0), (self._what, 24), (self._new, 0), (self._open, 32)):
            column.addWidget(widget)
            column.addSpacing(space)
        column.addWidget(self._recent_heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        frame = QWidget(self)
        frame.setFixedWidth(_WIDTH)
        frame.setLayout(column)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.set_recent(())
        self.retranslate()

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer these projects, newest first."""
        while (entry := self._recent.takeAt(0)) is not None:
            old = entry.widget()
            if old is not None:
                old.deleteLater()
        for path in paths:
            button = QPushButton(f"{path.stem}   {isolate(str(path.parent))}", self)
            button.setObjectName("recent")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, chosen=path: self.recentChosen.emit(chosen))
            self._recent.addWidget(button)
        self._recent_heading.setVisible(bool(paths))

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self._title.setText(self.tr("annotator"))
        self._what.setText(self.tr("Label the names in Arabic security news: suggestion by suggestion, by keyboard."))
        self._new.setText(self.tr("New project…"))
        self._open.setText(self.tr("Open project…"))
        self._recent_heading.setText(self.tr("Recent projects"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Retranslate when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
