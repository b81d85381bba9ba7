"""Jump to a word by its first letters, to label a name that nobody suggested."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.domain.model.edit import CellKind, EditKind
from annotator.domain.model.span import Span
from annotator.session import Outcome, ReviewItem
from annotator.text.clitics.rule import clitic_length
from annotator.text.word_prefixes import WordPrefixes
from annotator.ui.article.caret import Caret
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import isolate, with_direction_mark
from annotator.ui.base.item_text import label_name
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.shortcuts.menus import Menus
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.window.decision_controller import DecisionController
from annotator.ui.window.workspace import Workspace

_FIELD_WIDTH = 200
"""Device-independent pixels: room for the beginnings of two or three words."""
_SAMPLE = ("وبغداد", "في", "ثم")
"""A word with a clitic, between two others."""
_TYPED = (Qt.Key.Key_Backspace, Qt.Key.Key_Space)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class JumpField(QLineEdit):
    """Takes letters; stepped carries 1 or -1 for the next or the previous match.

    Digits, Shift with an arrow, and other keys that are no letters stay shortcuts of the actions that the field has.
    """

    stepped = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave every key that is no letter to the shortcuts: a line edit would keep digits and arrows for itself.

        Tab goes to the next match, and Shift+Tab to the previous one.
        """
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS:
            is_back = event.key() == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if is_back else 1)
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_letter = event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if is_letter or event.key() in _TYPED:
                event.accept()
            else:
                event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next match on the down arrow, to the previous one on the up arrow; close on Escape."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class JumpBar(Retranslated, QWidget):
    """The line below the article with the letters that were typed, and what Enter does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jump")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = JumpField(self)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self._hint = ElidedLabel(self)
        self._hint.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self.field)
        row.addWidget(self._hint, 1)
        self.retranslate()
        self.hide()

    def show_hint(self, text: str, word: str = "") -> None:
        """Show what the keys do now; screen readers also hear the word that is selected."""
        self._hint.setText(with_direction_mark(text))
        self.field.setAccessibleDescription(" · ".join(filter(None, (word, text))))

    def hint_text(self) -> str:
        """Return what is shown of the keys."""
        return self._hint.text()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.field.setPlaceholderText(self.tr("First letters of a word"))
        self.field.setAccessibleName(self.tr("First letters of a word"))


class WordJump(QObject):
    """Selects the word that the letters in the bar begin, and labels it by Enter or a label's key.

    The nearest visible word that has no span comes first. Labelling closes the bar, and work goes on from there; Escape
    closes it and returns to where the annotator was. label is the one that Enter gives: the last that was given by its
    key, or a label that was chosen for every selection. failed carries the same as Jobs.failed.
    """

    failed = Signal(str, object)

    def __init__(
        self,
        current: CurrentProject,
        workspace: Workspace,
        bar: JumpBar,
        caret: Caret,
        decisions: DecisionController,
        menus: Menus,
    ) -> None:
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        self._article = workspace.article
        self._bar = bar
        self._caret = caret
        self._decisions = decisions
        self._menus = menus
        self._label = ""
        self._prefixes = WordPrefixes("", ())
        self._number: int | None = None
        self._position, self._visible = 0, Span(0, 1)
        self._before: tuple[ReviewItem | None, Span | None, tuple[int, float]] = (None, None, (0, 0.0))
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self._has_loaded = False
        bar.field.textChanged.connect(self._find)
        bar.field.stepped.connect(self._step)
        bar.field.returnPressed.connect(self._enter)
        bar.field.left.connect(self.leave)
        current.outcome.connect(self._follow)
        current.documentOpened.connect(self._close)
        current.documentOpened.connect(self._take_text)
        current.closing.connect(self._close)
        current.closing.connect(self._jobs.cancel_all)

    def advance(self) -> bool:
        """Prepare for some milliseconds a jump in the open document, and return True if there is more to prepare.

        What is known of clitics takes longer to load, so another thread does that, once.
        """
        if self._prefixes.advance():
            return True
        if not self._has_loaded:
            self._has_loaded = True
            self._jobs.run("clitics", lambda _: clitic_length(*_SAMPLE), lambda _: None)
        return False

    def _take_text(self) -> None:
        session = self._current.session
        if session is not None and session.document is not None:
            text, clitics = session.document.text, session.tagset.clitics
            if self._prefixes.text is not text or self._prefixes.clitics != clitics:
                self._prefixes = WordPrefixes(text, session.tokens, clitics)

    def open(self) -> None:
        """Show the bar, empty, for the word to label."""
        session = self._current.session
        if session is None or session.document is None:
            return
        article, bar = self._article, self._bar
        self._before = (session.focus, article.selection, article.reading_place())
        self._position = self._caret.position
        self._visible = article.visible_text() or Span(0, 1)
        self._take_text()
        self._number = None
        # The actions are those of the article: a label is given by its key, and Shift with an arrow extends the word.
        wanted = [action for name, action in self._menus.actions.items() if name.startswith("edges.")]
        bar.field.addActions([*self._menus.label_actions(), *wanted])
        bar.field.clear()
        bar.show()
        bar.field.setFocus()
        self._show_hint()

    def leave(self) -> None:
        """Close the bar, and return to what was in focus, selected and visible before."""
        focus, selection, place = self._before
        self._close()
        session = self._current.session
        if session:
            self._article.show_selection(selection)
            if selection is None:
                session.set_focus(focus)
            self._article.scroll_to_reading_place(*place)

    def _close(self) -> None:
        if self._bar.isHidden():
            return
        for action in self._bar.field.actions():
            self._bar.field.removeAction(action)
        had_focus = self._bar.field.hasFocus()
        self._bar.hide()
        if had_focus:
            self._article.setFocus()

    def _find(self, typed: str) -> None:
        self._number = None
        if self._prefixes.find(typed):
            self._number = self._prefixes.nearest(self._position, self._is_free, self._visible)
        self._select()

    def _step(self, by: int) -> None:
        if self._number is not None:
            self._number = self._prefixes.step(self._number, by)
            self._select()

    def _select(self) -> None:
        span = self._prefixes.span(self._number) if self._number is not None else None
        self._article.set_selection(span)
        self._show_hint()

    def _enter(self) -> None:
        """Label the word, or confirm the suggestion that is there. Without a label to give, only close the bar."""
        selection, session = self._article.selection, self._current.session
        if session is None or selection is None:
            return
        item = self._item_at(selection)
        if item is not None:
            self._decisions.focus(item)
            if item.is_suggestion and item.span == selection:
                self._decisions.confirm()
        elif self._enter_label():
            self._decisions.give_label(self._enter_label())
        self._close()

    def _enter_label(self) -> str:
        session = self._current.session
        return self._label if session and session.tagset.find(self._label) else ""

    def _item_at(self, span: Span) -> ReviewItem | None:
        there = self._article.scene.spans.overlapping(span.start, span.end)
        return next((item for item in there if item.span == span), there[0] if there else None)

    def _is_free(self, span: Span) -> bool:
        there = self._article.scene.spans.overlapping(span.start, span.end)
        return all(item.weak for item in there)

    def _follow(self, outcome: Outcome) -> None:
        """Close the bar after a decision, and remember the label that was given."""
        change = outcome.change
        if change is None:
            return
        if change.edit.kind in (EditKind.ADD, EditKind.RELABEL):
            given = [write.annotations[1] for write in change.writes(CellKind.ANNOTATION)]
            self._label = next((value["label"] for value in given if value), self._label)
        self._close()

    def _show_hint(self) -> None:
        if self._bar.isHidden():
            return
        selection, session = self._article.selection, self._current.session
        if session is None or not self._bar.field.text().strip():
            back = self.tr("{0}: back").format(isolate_key("Esc"))
            self._bar.show_hint(" · ".join((self.tr("Space: with the next word"), back)))
            return
        if selection is None:
            self._bar.show_hint(self.tr("Not found"))
            return
        item, label = self._item_at(selection), self._enter_label()
        if item is not None and item.is_suggestion and item.span == selection:
            enter = self.tr("confirm")
        elif item is not None:
            enter = self.tr("go there")
        elif label:
            enter = isolate(label_name(label, session.tagset))
        else:
            enter = self.tr("select")
        keys = (
            f"{isolate_key('Enter')}: {enter}",
            self.tr("digits: label"),
            self.tr("{0}: next place").format(isolate_key("Tab")),
            self.tr("{0}: longer").format(isolate_key(key_hint(self._workspace, "edges.end_word_forward"))),
        )
        self._bar.show_hint(" · ".join(keys), selection.of(self._article.document.text))
