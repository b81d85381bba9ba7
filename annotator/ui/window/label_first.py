"""Label first: choose a label, and every drag or double-click gives it until Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.domain.tagset.tagset import Label, Tagset
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import with_direction_mark
from annotator.ui.base.key_map import with_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.sidebar.label_chips import LabelChip
from annotator.ui.widgets.elided_label import ElidedLabel


class LabelFirstBar(Retranslated, QWidget):
    """The line below the article that shows which label every selection gets, or asks for one."""

    endRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labelFirst")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label: Label | None = None
        self._theme: Theme = LIGHT
        self._name = PlainLabel(self)
        self._chip: LabelChip | None = None
        self._text = ElidedLabel(self)
        self._text.setObjectName("quiet")
        self.end = QPushButton(self)
        self.end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end.clicked.connect(self.endRequested)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 16, 4)
        self._row.setSpacing(12)
        self._row.addWidget(self._name)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.end)
        self.retranslate()
        self.hide()

    def show_label(self, label: Label | None) -> None:
        """Show a label, or for None that one is to be chosen."""
        self._label = label
        if self._chip is not None:
            self._row.removeWidget(self._chip)
            self._chip.deleteLater()
            self._chip = None
        if label is not None:
            self._chip = LabelChip(label, self)
            self._chip.theme = self._theme
            self._chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._chip.setFixedWidth(self._chip.wanted())
            self._row.insertWidget(1, self._chip)
        self.retranslate()
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        if self._chip is not None:
            self._chip.theme = theme
            self._chip.update()

    def text(self) -> str:
        """Return what is said about the label."""
        return self._text.text()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self._name.setText(self.tr("Label first:"))
        if self._label is None:
            said = self.tr("choose a label by its key or a click")
        else:
            said = self.tr("every drag or double-click gives it")
        self._text.setText(with_direction_mark(said))
        self.end.setText(with_key(self.tr("End"), "Esc"))
        self.end.setAccessibleName(self.tr("End label first"))


class LabelFirst(QObject):
    """The label that every selection by mouse gets; "" if there is none.

    changed is emitted when the mode begins, gets another label, or ends.
    """

    changed = Signal()

    def __init__(self, current: CurrentProject, bar: LabelFirstBar, focus_article: Callable[[], object]) -> None:
        super().__init__(bar)
        self._current = current
        self._bar = bar
        self._focus_article = focus_article
        self.is_on = False
        self.label = ""
        bar.endRequested.connect(self.end)
        current.sessionChanged.connect(lambda _session: self.end())
        current.tagsetChanged.connect(self._check)

    @property
    def is_choosing(self) -> bool:
        """Return True if the mode was begun and no label is chosen yet."""
        return self.is_on and not self.label

    def begin(self) -> None:
        """Ask for the label; if there is one already, for another."""
        if self._current.session is None or self._current.session.document is None:
            return
        self.is_on, self.label = True, ""
        self._bar.show_label(None)
        self._focus_article()
        self.changed.emit()

    def choose(self, label_id: str) -> None:
        """Give this label to every selection from now on."""
        session = self._current.session
        label = session.tagset.find(label_id) if session else None
        if label is not None:
            self.is_on, self.label = True, label.id
            self._bar.show_label(label)
            self._focus_article()
            self.changed.emit()

    def end(self) -> None:
        """Let selections be labelled afterwards again."""
        if self.is_on:
            self.is_on, self.label = False, ""
            self._bar.hide()
            self._focus_article()
            self.changed.emit()

    def _check(self, tagset: Tagset) -> None:
        """Show the label as it is now, or end if it was removed."""
        if self.label:
            label = tagset.find(self.label)
            if label is None:
                self.end()
            else:
                self.choose(label.id)
