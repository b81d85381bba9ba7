"""The guided tour: a bar below a practice article says which key comes next, and goes on when it was pressed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.domain.model.edit import EditKind
from annotator.errors import UserError
from annotator.services.tour import make_tour
from annotator.session import Outcome, ReviewItem, Session
from annotator.storage.file.temporary_folder import temporary_folder
from annotator.ui.article.accessible import announce
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate, with_direction_mark
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.base.key_sequences import display_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated

_FILE = "tour.annot"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the name in focus, the kind of edit that ends the step, and the name and label that it leaves.

    keys are the actions whose keys the text names, or "#" and a label whose key it names.
    """

    ends_with: EditKind
    keys: tuple[str, ...]
    name: str = ""
    becomes: tuple[str, str] | None = None


STEPS = (
    Step(EditKind.CONFIRM, ("gestures.confirm",), "كركوك", ("كركوك", "LOC")),
    Step(EditKind.REJECT, ("gestures.reject",), "أعلنت"),
    Step(EditKind.RELABEL, ("#ORG",), "وزارة الداخلية", ("وزارة الداخلية", "ORG")),
    Step(EditKind.RESIZE, ("edges.end_word_forward",), "عبوة", ("عبوة ناسفة", "WEAPON")),
    Step(EditKind.ADD, ("jumping.open", "#PERS"), "", ("سامر الدليمي", "PERS")),
    Step(EditKind.REDO, ("gestures.undo", "gestures.redo")),
    Step(EditKind.STATUS, ("gestures.confirm",)),
)
"""The steps, in the order of the names in resources/tour/article.json."""
_DECISIONS = (EditKind.CONFIRM, EditKind.REJECT, EditKind.RELABEL, EditKind.ADD, EditKind.REMOVE, EditKind.CONFIRM_ALL)


class TourBar(Retranslated, QWidget):
    """Shows what to do next, and buttons to go on without it and to end the tour."""

    nextRequested = Signal()
    endRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._where = PlainLabel(self)
        self._where.setObjectName("quiet")
        self._text = PlainLabel(self)
        self._text.setWordWrap(True)
        self.next, self.end = QPushButton(self), QPushButton(self)
        for button, requested in ((self.next, self.nextRequested), (self.end, self.endRequested)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._where)
        row.addWidget(self._text, 1)
        row.addWidget(self.next)
        row.addWidget(self.end)
        self._number = 0
        self.retranslate()
        self.hide()

    def show_step(self, number: int, text: str) -> None:
        """Show a step, from 0, and what to do in it. A screen reader hears it."""
        self._number = number
        self._text.setText(with_direction_mark(text))
        # Two lines are always free, so that the article keeps its height from step to step.
        self._text.setMinimumHeight(2 * self._text.fontMetrics().lineSpacing())
        self.retranslate()
        self.show()
        announce(self, self._where.text(), text)

    def text(self) -> str:
        """Return what is to be done."""
        return self._text.text()

    def retranslate(self) -> None:
        """Update the texts of the buttons to the current language."""
        is_last = self._number == len(STEPS)
        self._where.setText(digits(self.tr("{0} of {1}").format(self._number + 1, len(STEPS) + 1)))
        self.next.setText(self.tr("Start again") if is_last else self.tr("Skip"))
        self.end.setText(self.tr("End tour"))


class Tour(QObject):
    """Opens a practice article in a temporary folder and follows what is decided in it.

    Nothing of it is kept. At the end, openRequested asks for the project that was open before. message carries an
    error.
    """

    openRequested = Signal(object)
    message = Signal(str)

    def __init__(
        self, current: CurrentProject, bar: TourBar, focus: Callable[[ReviewItem | None], object], window: QWidget
    ) -> None:
        """Show the steps in a bar; focus puts an item into focus."""
        super().__init__(bar)
        self._current = current
        self._bar = bar
        self._focus = focus
        self._window = window
        self._folder = ExitStack()
        self._before: object = None
        self._step = 0
        self._is_mistake = False
        bar.nextRequested.connect(self._go_on)
        bar.endRequested.connect(self.end)
        current.outcome.connect(self._follow)
        current.sessionChanged.connect(self._leave)

    def start(self) -> None:
        """Begin with the first step, in a new practice article."""
        if not self._current.is_practice:
            self._before = self._current.project.path if self._current.project else None
        try:
            with ExitStack() as stack:
                folder = stack.enter_context(temporary_folder())
                project = make_tour(folder / _FILE, self._current.annotator)
                if not self._current.use(project, is_practice=True):
                    return
                self._folder.close()
                self._folder = stack.pop_all()
        except UserError as error:
            self.message.emit(error_text(error))
            return
        self._current.open_document(next(project.documents.ids()))
        self._show(0)

    def end(self) -> None:
        """Close the practice article, and return to the project that was open before."""
        before, self._before = self._before, None
        self._current.close()
        if before is not None:
            self.openRequested.emit(before)

    def retranslate(self) -> None:
        """Show the step in the current language."""
        if self._current.is_practice:
            self._say(mistake=self._is_mistake)

    def _go_on(self) -> None:
        if self._step < len(STEPS):
            self._show(self._step + 1)
        else:
            self.start()

    def _show(self, step: int) -> None:
        self._step = step
        session = self._session()
        if session and step < len(STEPS) and STEPS[step].name:
            self._focus(_find(session, STEPS[step].name))
        self._say()

    def _say(self, *, mistake: bool = False) -> None:
        self._is_mistake = mistake
        said = self.tr("That was another decision: {0} takes it back.").format(self._key("gestures.undo"))
        self._bar.show_step(self._step, f"{said} {self._text()}" if mistake else self._text())

    def _session(self) -> Session | None:
        return self._current.session if self._current.is_practice else None

    def _follow(self, outcome: Outcome) -> None:
        """Go on if a decision was that of the step; if it was another, say how to take it back."""
        session = self._session()
        if session is None or outcome.change is None or self._step == len(STEPS):
            return
        step, kind = STEPS[self._step], outcome.change.edit.kind
        if kind is step.ends_with and (step.becomes is None or step.becomes in _labelled(session)):
            self._show(self._step + 1)
        elif kind is EditKind.UNDO:
            self._say()
        elif step.name and kind in _DECISIONS:
            self._say(mistake=True)

    def _leave(self) -> None:
        """Forget the practice article when another project is open, or none."""
        if not self._current.is_practice:
            self._bar.hide()
            self._folder.close()

    def _key(self, name: str) -> str:
        if not name.startswith("#"):
            return isolate_key(key_hint(self._window, name))
        session = self._session()
        label = session.tagset.find(name[1:]) if session else None
        return isolate_key(digits(display_key(label.key or ""))) if label else ""

    def _text(self) -> str:
        texts = (
            self.tr("The name in the frame is a place, as the program suggests. Press {0} to confirm it."),
            self.tr("{name} is a verb and not a name. Press {0} to reject the suggestion."),
            self.tr("{name} is an organisation, not a place. Press its key: {0}."),
            self.tr("The weapon has two words: {becomes}. Press {0} to include the second."),
            self.tr(
                "Nobody suggested the person {becomes}. Select both words with the mouse, or press {0} and type the "
                "first letters of each; then press {1}."
            ),
            self.tr("Every decision can be taken back, also tomorrow. Press {0}, then {1} to make it again."),
            self.tr("Decide on what is left. Then {0} once more marks the article as done."),
            self.tr(
                "That was all. {0} shows what belongs to a label, {1} lists all commands. Only what you confirmed is "
                "exported."
            ),
        )
        if self._step == len(STEPS):
            return texts[-1].format(self._key("tagsets.guideline"), self._key("helping.commands"))
        step = STEPS[self._step]
        becomes = isolate(step.becomes[0]) if step.becomes else ""
        return texts[self._step].format(*map(self._key, step.keys), name=isolate(step.name), becomes=becomes)


def _find(session: Session, name: str) -> ReviewItem | None:
    text = session.document.text if session.document else ""
    return next((item for item in session.items if item.is_suggestion and item.span.of(text) == name), None)


def _labelled(session: Session) -> set[tuple[str, str]]:
    text = session.document.text if session.document else ""
    return {(item.span.of(text), item.label) for item in session.items if not item.is_suggestion}
