"""A recent project on the welcome page: its name, how far it is and when it was left, where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.ui.base.i18n import date_text, digits, isolate, led
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.projects.recent_projects import RecentProject
from annotator.ui.widgets.elided_label import ElidedLabel


class RecentRow(QWidget):
    """Opens the project when pressed; one that is gone is grey, and can be taken out of the list."""

    chosen = Signal(Path)
    forgetAsked = Signal(Path)  # noqa: N815

    def __init__(self, recent: RecentProject, parent: QWidget | None = None) -> None:
        """Show what is known of a project."""
        super().__init__(parent)
        self.recent = recent
        self.button = _Wide(self)
        self.button.setObjectName("recent")
        self.button.setEnabled(not recent.gone)
        self.button.clicked.connect(lambda: self.chosen.emit(recent.path))
        self.remove = QPushButton(self)
        self.remove.setObjectName("link")
        self.remove.setVisible(recent.gone)
        self.remove.clicked.connect(lambda: self.forgetAsked.emit(recent.path))
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
        # Not in the button, with which it would be disabled, but over it, beneath the facts.
        row.addWidget(self.remove, 0, 0, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom)
        if not recent.gone:
            self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self._name.setText(led(isolate(self.recent.path.stem)))
        self._facts.setText("   ·   ".join(part for part in (self._how_far(), date_text(self.recent.day)) if part))
        metrics = self._place.fontMetrics()
        place = metrics.elidedText(str(self.recent.path.parent), Qt.TextElideMode.ElideMiddle, 520)
        self._place.setText(led(isolate(place)))
        set_tooltip(self, str(self.recent.path))
        self.remove.setText(self.tr("Remove from the list"))
        said = (self.recent.path.stem, self._facts.text(), str(self.recent.path.parent))
        self.button.setAccessibleName(", ".join(part for part in said if part))

    def _how_far(self) -> str:
        """Say how many articles there are and how many are done, or that the file is gone."""
        recent = self.recent
        if recent.gone:
            return self.tr("not there any more")
        if recent.articles is None:
            return ""
        said = digits(self.tr("%n article(s)", "", recent.articles))
        return self.tr("{0}, {1} done").format(said, digits(recent.done)) if recent.done else said


class _Wide(QPushButton):
    """A button that is as large as the layout in it asks."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for the layout's size."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()
