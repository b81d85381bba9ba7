"""A combo box of labels with their colours, and the shortcuts that choose one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.tagset.tagset import Tagset
from annotator.ui.base.i18n import current_language
from annotator.ui.base.key_sequences import sequences
from annotator.ui.base.label_style import UNKNOWN
from annotator.ui.base.painting import swatch
from annotator.ui.base.theme import Theme

_ICON = 14


class LabelChoice(QComboBox):
    """The labels of a tagset after an empty first row, then labels that it lacks, by their ids.

    chosen carries the id of a label, or "".
    """

    chosen = Signal(str)

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tagset, self._theme = tagset, theme
        self._others: tuple[str, ...] = ()
        self._listening: QWidget | None = None
        self._keys: list[QShortcut] = []
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItem("", "")
        self.set_tagset(tagset)
        self.retranslate("")
        self.activated.connect(lambda _row: self.chosen.emit(self.label()))

    def label(self) -> str:
        """Return the id of the chosen label, or ""."""
        return str(self.currentData())

    def set_label(self, label_id: str) -> None:
        """Choose a label, or none if there is no such id; chosen is not emitted."""
        self.setCurrentIndex(max(0, self.findData(label_id)))

    def set_tagset(self, tagset: Tagset, others: Iterable[str] = ()) -> None:
        """Offer the labels of a tagset, and others that it lacks by their ids.

        The chosen label stays chosen, by whatever id it has now.
        """
        chosen = self.label()
        held = tagset.find(chosen)
        self._tagset, self._others = tagset, tuple(others)
        while self.count() > 1:
            self.removeItem(1)
        for label in tagset.labels:
            self.addItem(label.name(current_language()), label.id)
        for other in self._others:
            self.addItem(other, other)
        self.set_theme(self._theme)
        self.set_label(held.id if held else chosen)
        if self._listening is not None:
            self.add_shortcuts(self._listening)

    def set_theme(self, theme: Theme) -> None:
        """Show the colours that labels have in a theme."""
        self._theme = theme
        colours = [label.colour[theme.scheme] for label in self._tagset.labels] + [UNKNOWN] * len(self._others)
        for row, colour in enumerate(colours, start=1):
            self.setItemIcon(row, label_icon(colour, self.devicePixelRatioF()))

    def retranslate(self, none: str) -> None:
        """Set the names in the current language; none is the text of the first row."""
        self.setItemText(0, none)
        for row, label in enumerate(self._tagset.labels, start=1):
            self.setItemText(row, label.name(current_language()))

    def add_shortcuts(self, widget: QWidget) -> None:
        """Let the shortcuts of labels choose while a widget has the focus."""
        self._listening = widget
        for old in self._keys:
            old.setParent(None)
            old.deleteLater()
        self._keys = []
        for label in self._tagset.labels:
            for sequence in sequences((label.key,) if label.key else ()):
                shortcut = QShortcut(sequence, widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda label_id=label.id: self._choose(label_id))
                self._keys.append(shortcut)

    def _choose(self, label_id: str) -> None:
        self.set_label(label_id)
        self.chosen.emit(label_id)


def label_icon(colour: str, ratio: float) -> QIcon:
    """Return an icon in the colour of a label."""
    pixmap = QPixmap(round(_ICON * ratio), round(_ICON * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    swatch(painter, QRectF(1, 1, _ICON - 2, _ICON - 2), colour, solid=True)
    painter.end()
    return QIcon(pixmap)
