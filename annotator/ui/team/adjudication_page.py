"""The page of adjudication: an article with the places where annotators differ, and what each gave there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from annotator.domain.model.document import Document, Token
from annotator.domain.model.edit import Change
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit
from annotator.domain.team.adjudication_state import DifferenceGroup, DifferenceState, Lane
from annotator.errors import UserError
from annotator.services.annotators import display_names
from annotator.services.team.adjudicate import QueuedDifference, difference_queue
from annotator.session import ReviewItem, Session
from annotator.session.adjudication import AdjudicationOutcome, AdjudicationSession, BackgroundSettlement
from annotator.storage.project import Project
from annotator.text.clitics.toggle import toggle_proclitic, toggle_pronoun
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import current_language, digits, isolate, number_text
from annotator.ui.base.item_text import label_name
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_sequences import sequences
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import Theme
from annotator.ui.notes.note_bar import NoteBar
from annotator.ui.team.difference_queue import DifferenceQueue, describe
from annotator.ui.team.labels_page import ForbiddenLabel, may_see_others
from annotator.ui.team.lane_list import LaneList, LaneRow
from annotator.ui.team.page import Page
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.form import push_button
from annotator.ui.widgets.prompts import confirm_prompt

_QUEUE, _EVERYWHERE, _WRITE = "differences", "everywhere", "settlement"
_UNCLEAR = frozenset({DifferenceState.OUTDATED, DifferenceState.COMPETING})
_Turn = Callable[[Span, Sequence[Token]], Span | None]


class AdjudicationPage(Page):
    """The queue at the right; the article in the middle, and below it the lanes of the difference in focus.

    The list of lanes keeps its height within an article, so that no line of the article moves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create the page without a project."""
        super().__init__(parent)
        self.session: AdjudicationSession | None = None
        self._names: Mapping[str, str] = {}
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self._fail)
        self.hide_names = QCheckBox(self)
        self.hide_names.toggled.connect(self._show_names)
        self.controls.addWidget(self.hide_names)
        self.queue = DifferenceQueue(self)
        self.queue.filterChanged.connect(self._read_queue)
        self.queue.opened.connect(self._open_queued)
        self.heading = ElidedLabel(self)
        self.heading.setObjectName("articleTitle")
        self.article = ArticleView(self)
        self.article.setObjectName("article")
        self.article.itemClicked.connect(self._clicked)
        self.article.itemDoubleClicked.connect(self._double_clicked)
        self.article.boundaryDragged.connect(lambda _key, span: self._resize(span))
        self.place = PlainLabel(self)
        self.place.setObjectName("quiet")
        self.lanes = LaneList(self)
        self.lanes.pointed.connect(self._point)
        self.lanes.taken.connect(self._take_row)
        self.note_bar = NoteBar(self)
        self.note_bar.closed.connect(self.article.setFocus)
        self.done = push_button(self, act=self._done)
        self.done.setObjectName("done")
        self.controls.addWidget(self.done)
        self.forbidden = ForbiddenLabel(self)
        for number in range(9):
            for sequence in sequences((f"Ctrl+{number + 1}",)):
                QShortcut(sequence, self).activated.connect(partial(self._take_annotator, number))
        self._lay_out()
        self.setFocusProxy(self.article)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Adjudicate")

    def article_views(self) -> Sequence[ArticleView]:
        """Return the article, which follows the font and the text size."""
        return (self.article,)

    def begin(self, session: Session) -> None:
        """Show the open article if annotators differ in it, otherwise the first in which they do."""
        project = session.project
        self.session = AdjudicationSession(project, session.annotator)
        self.session.subscribe(self._show_outcome)
        self._names = display_names(project.annotators.all())
        self.article.set_tagset(project.tagset, current_language())
        may_look = may_see_others(project, session.annotator.id)
        self._splitter.setVisible(may_look)
        self.forbidden.setVisible(not may_look)
        for control in (self.hide_names, self.done):
            control.setVisible(may_look)
        self._clear()
        if not may_look:
            return
        self._show_names()
        self.queue.set_project(project, self._shown_names())
        self._read_queue()
        here = session.document.id if session.document else ""
        if here in project.gold.to_compare():
            self.session.open(here)
        else:
            self.session.open_next()

    def refresh(self) -> None:
        """Read the open article and the queue again."""
        if self.session is not None and self._splitter.isVisible():
            self.session.refresh()
            self._read_queue()

    def end(self) -> None:
        """Stop searching and writing, and save the note that is being written."""
        self.note_bar.leave()
        self._jobs.wait()
        self._jobs.stop()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the keys of labelling do here."""
        return {
            "gestures.next_span": partial(self._try, lambda s: s.focus_next()),
            "gestures.previous_span": partial(self._try, lambda s: s.focus_previous()),
            "caret.line_down": partial(self._try, lambda s: s.focus_choice(1)),
            "caret.line_up": partial(self._try, lambda s: s.focus_choice(-1)),
            "gestures.confirm": partial(self.press_or, self._take),
            "gestures.reject": partial(self._try, lambda s: s.reject()),
            "gestures.undo": partial(self._revert, redo=False),
            "gestures.redo": partial(self._revert, redo=True),
            "gestures.done": self._done,
            "gestures.leave": self._leave,
            "searching.everywhere": self._settle_everywhere,
            "notes.on_span": self._edit_note,
            "edges.end_word_forward": partial(self._move, "end", 1, "word"),
            "edges.end_word_back": partial(self._move, "end", -1, "word"),
            "edges.start_word_forward": partial(self._move, "start", 1, "word"),
            "edges.start_word_back": partial(self._move, "start", -1, "word"),
            "edges.end_letter_forward": partial(self._move, "end", 1, "char"),
            "edges.end_letter_back": partial(self._move, "end", -1, "char"),
            "edges.start_letter_forward": partial(self._move, "start", 1, "char"),
            "edges.start_letter_back": partial(self._move, "start", -1, "char"),
            "edges.turn_clitic": partial(self._toggle, toggle_proclitic),
            "edges.turn_pronoun": partial(self._toggle, toggle_pronoun),
        }

    def label_handler(self) -> Callable[[str], object] | None:
        """Give the selected words or the span in focus a label."""
        return self._give_label

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.article.set_palette(PagePalette.of(theme))
        self.lanes.set_theme(theme)
        self.queue.set_theme(theme)

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        super().retranslate()
        self.hide_names.setText(self.tr("Hide names"))
        self.done.setText(self.tr("Done, next article"))
        self.lanes.setAccessibleName(self.tr("What each annotator gave"))
        self.forbidden.retranslate()
        direction = Qt.LayoutDirection.RightToLeft if current_language() == "ar" else Qt.LayoutDirection.LeftToRight
        self._middle.setLayoutDirection(direction)
        if self.session is not None:
            self.article.set_tagset(self.session.tagset, current_language())
            self._show()

    def _lay_out(self) -> None:
        self._middle = QWidget(self)
        self._middle.setObjectName("documents")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.heading, self.place):
            label.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.heading)
        column.addWidget(self.article, 1)
        column.addWidget(self.place)
        column.addWidget(self.lanes)
        column.addWidget(self.note_bar)
        self._splitter = QSplitter(self)
        # The queue is where the list of articles is: at the right, in both languages.
        self._splitter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.queue)
        self._splitter.addWidget(self._middle)
        self._splitter.setSizes([300, 900])
        self._splitter.setStretchFactor(1, 1)
        self.body.addWidget(self._splitter, 1)
        self.body.addWidget(self.forbidden, 1)

    # What is shown

    def _clear(self) -> None:
        self.article.set_document(Document("", ""), ())
        self.article.set_items(())
        self.heading.setText("")
        self._show()

    def _show_outcome(self, outcome: AdjudicationOutcome) -> None:
        session = self.session
        if session is None or session.document is None:
            return
        if outcome.opened:
            self.note_bar.leave()
            self.article.set_document(session.document, session.tokens)
            self.article.set_items(self._items())
            self.heading.setText(session.document.title)
            self.lanes.reserve(len(session.voters) + 1)
        if outcome.change is not None:
            self.article.show_selection(None)
            if outcome.change.documents - {session.document.id}:
                self._read_queue()
            self.queue.replace_document(session.document.id, self._queued(session))
        self._show()

    def _show(self) -> None:
        """Show the items, the lanes and the focus of the session."""
        session = self.session
        group = session.focus if session else None
        self.article.update_items(self._items())
        if session is None or session.document is None or group is None:
            self.article.set_matches(())
            self.article.set_focus_item(None)
            self.lanes.show_lanes((), -1, None)
            self.place.setText(self._summary())
            return
        lane = session.lane
        # With a lane that has no span, the words are framed instead.
        self.article.set_matches((group.span,), None if lane else group.span)
        item = next((item for item in self.article.scene.spans.items if item.span == session.span), None)
        self.article.set_focus_item(item if lane else None)
        self.article.bring_into_view(group.span)
        self.lanes.show_lanes(self._lane_rows(group), session.choice, session.tagset)
        self.queue.mark(session.document.id, group.span.start)
        number = session.differences.index(group) + 1
        left, count = session.progress
        said = self.tr("Difference {0} of {1}, {2} left").format(*map(number_text, (number, count, left)))
        self.place.setText(" · ".join(part for part in (said, describe(session.kinds(group), group.state)) if part))
        self.article.announce(self.lanes.lanes.text_of(self.lanes.lanes.lanes[session.choice]), self.place.text())

    def _summary(self) -> str:
        """Return what is said when no difference is in focus."""
        session = self.session
        if session is None or session.document is None:
            return self.tr("No article has been labelled by two annotators yet.")
        if session.is_settled and not session.state.is_outdated:
            return self.tr("This article is settled.")
        return self.tr("Nothing is left to decide here. Done settles the article and opens the next.")

    def _items(self) -> list[ReviewItem]:
        """Return what the article shows: what all gave and what is settled as confirmed, the rest as suggested."""
        session = self.session
        if session is None:
            return []
        items = [_item(span, label, is_open=False) for span, label in session.agreed]
        shown = {item.span for item in items}
        for group in session.differences:
            lane = session.lane if group is session.focus else _shown_lane(group)
            is_open = group.is_left or lane != group.settled
            unclear = group.state in _UNCLEAR
            items += [_item(s, label, is_open=is_open, unclear=unclear) for s, label in lane if s not in shown]
        return sorted(items, key=ReviewItem.order)

    def _lane_rows(self, group: DifferenceGroup) -> list[LaneRow]:
        session = self.session
        assert session is not None and session.document is not None  # noqa: S101 - a group is of an open one
        text = session.document.text

        def parts(lane: Lane) -> tuple[tuple[str, str], ...]:
            return tuple((" ".join(span.of(text).split()), label) for span, label in lane)

        names = self._shown_names()
        settled = group.settled if not group.is_left else None
        rows = [
            LaneRow(number if number < 10 else 0, names.get(who, who), parts(lane), is_settled=lane == settled)
            for number, (who, lane) in enumerate(zip(session.voters, group.lanes, strict=True), 1)
        ]
        if group.has_gold:
            by = {value["by"] for value in group.gold.values()}
            who = self.tr("Settled by {0}").format(isolate("، ".join(sorted(names.get(each, each) for each in by))))
            rows.append(LaneRow(0, who, parts(group.settled), is_settled=True))
        return rows

    def _shown_names(self) -> Mapping[str, str]:
        """Return the names of annotators by id, or their numbers if names are hidden."""
        if not self.hide_names.isChecked():
            return self._names
        return {who: self.tr("Annotator {0}").format(digits(n)) for n, who in enumerate(self._names, 1)}

    def _show_names(self) -> None:
        self.queue.set_names(self._shown_names())
        self._show()
        self.article.setFocus()

    # The queue

    def _read_queue(self) -> None:
        session = self.session
        if session is None:
            return
        path, wanted = session.project.path, self.queue.wanted()
        self.queue.show_rows(None)

        def work(job: Job) -> list[QueuedDifference]:
            with Project.open_to_read(path) as own:
                return [
                    each for _, found in difference_queue(own, wanted, progress=job.report_progress) for each in found
                ]

        self._jobs.run(_QUEUE, work, self._show_queue)

    def _show_queue(self, rows: list[QueuedDifference]) -> None:
        self.queue.show_rows(rows)
        session = self.session
        if session and session.document and session.focus:
            self.queue.mark(session.document.id, session.focus.span.start)

    def _queued(self, session: AdjudicationSession) -> list[QueuedDifference]:
        """Return the rows that the queue has for the open article, as far as they are still left."""
        document = session.document
        assert document is not None  # noqa: S101 - it was opened
        before = {each.group.span: each for each in self.queue.model.rows if each.document == document.id}
        return [
            QueuedDifference(
                document.id, document.title, group.span.of(document.text), group, session.voters, session.kinds(group)
            )
            for group in session.differences
            if group.is_left and (not self.queue.is_filtered or group.span in before)
        ]

    def _open_queued(self, each: QueuedDifference) -> None:
        self._try(lambda session: session.open(each.document, each.group.span))
        self.article.setFocus()

    # Decisions

    def _try(self, act: Callable[[AdjudicationSession], object]) -> None:
        """Call something on the session. An error that a person can mend is shown above the page."""
        if self.session is None or self.session.document is None or self._jobs.running(_WRITE):
            return
        try:
            act(self.session)
        except UserError as error:
            self.message.emit(error_text(error))

    def _take(self) -> None:
        session = self.session
        if session and session.focus is None and session.progress[0] == 0:
            self.statusMessage.emit(self._summary())
            return
        self._try(lambda s: s.take() if s.focus else s.focus_next(left_only=True))

    def _take_annotator(self, number: int) -> None:
        self._try(lambda session: session.take_annotator(number))

    def _take_row(self, row: int) -> None:
        self._point(row)
        self._take()

    def _point(self, row: int) -> None:
        self._try(lambda session: session.set_focus(session.focus, choice=row))
        self.article.setFocus()

    def _give_label(self, label_id: str) -> None:
        selection = self.article.selection
        self._try(lambda session: session.give_label(label_id, selection))

    def _move(self, edge: Edge, step: int, unit: Unit) -> None:
        def move(session: AdjudicationSession) -> Change | None:
            return session.move_start(step, unit) if edge == "start" else session.move_end(step, unit)

        self._try(move)

    def _toggle(self, turn: _Turn) -> None:
        session = self.session
        span = session.span if session else None
        turned = turn(span, session.tokens) if session and span else None
        if turned is not None:
            self._resize(turned)

    def _resize(self, span: Span) -> None:
        self._try(lambda session: session.resize(span))

    def _clicked(self, key: str, _is_suggestion: bool) -> None:
        start, end = map(int, key.split(":"))
        span = Span(start, end)

        def focus(session: AdjudicationSession) -> None:
            group = next((each for each in session.differences if each.span.overlaps(span)), None)
            session.set_focus(group, span)

        self._try(focus)

    def _double_clicked(self, key: str, is_suggestion: bool) -> None:
        self._clicked(key, is_suggestion)
        if is_suggestion:
            self._take()

    def _leave(self) -> None:
        if self.article.selection is not None:
            self.article.set_selection(None)
        else:
            self.left.emit()

    def _done(self) -> None:
        """Settle the article and open the next. If differences are left, focus the next of them instead."""
        session = self.session
        if session is None or session.document is None:
            return
        left = session.progress[0]
        if left:
            self._try(lambda s: s.focus_next(left_only=True))
            self.statusMessage.emit(digits(self.tr("Not settled: %n difference(s) left", "", left)))
            return
        self._try(lambda s: s.set_settled(True))
        if session.is_settled and not session.open_next():
            self.statusMessage.emit(self.tr("All articles that two annotators labelled are settled."))
        self.article.setFocus()

    def _edit_note(self) -> None:
        session = self.session
        group = session.focus if session else None
        if session is None or session.document is None or group is None:
            return
        held = session.note_on(group)
        words = " ".join(group.span.of(session.document.text).split())
        self.note_bar.on_save = lambda text, doubtful: self._try(lambda s: s.set_note(text, doubtful))
        self.note_bar.begin(
            self.tr("Why: {0}").format(isolate(words)), held.text if held else "", bool(held and held.doubtful)
        )

    def _revert(self, *, redo: bool) -> None:
        session = self.session
        if session is None:
            return
        large = session.prepare_redo() if redo else session.prepare_undo()
        if large is not None:
            self._write(large)
            return

        def revert(session: AdjudicationSession) -> None:
            if (session.redo() if redo else session.undo()) is None:
                self.statusMessage.emit(self.tr("Nothing to redo.") if redo else self.tr("Nothing to undo."))

        self._try(revert)

    def _settle_everywhere(self) -> None:
        """Look for the same difference in all articles, ask with their number, and settle it everywhere."""
        session = self.session
        if session is None or session.focus is None or session.document is None:
            return
        found: list[BackgroundSettlement | None] = []
        self._try(lambda s: found.append(s.prepare_settle_everywhere()))
        settlement = found[0] if found else None
        if settlement is None:
            return
        self.statusMessage.emit(self.tr("Searching…"))
        words = " ".join(session.focus.span.of(session.document.text).split())
        lane = session.lane

        def ask(_: None) -> None:
            count = settlement.documents
            self.statusMessage.emit("")
            comma = "، " if current_language() == "ar" else ", "
            given = comma.join(isolate(label_name(label, session.tagset)) for _, label in lane)
            question = self.tr("Settle {0} as {1} in {2} articles?").format(
                isolate(words), given or self.tr("no label"), number_text(count)
            )
            if confirm_prompt(self, self.tr("Settle everywhere"), question, self.tr("Settle everywhere")):
                self._write(settlement)
            self.article.setFocus()

        self._jobs.run(_EVERYWHERE, lambda _job: settlement.build(), ask)

    def _write(self, settlement: BackgroundSettlement) -> None:
        session = self.session

        def take(_: None) -> None:
            if session is not None and session is self.session:
                session.take_over(settlement)
                self._read_queue()

        self._jobs.run(_WRITE, lambda _job: settlement.write(), take)

    def _fail(self, _job: str, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.message.emit(error_text(error))


def _shown_lane(group: DifferenceGroup) -> Lane:
    """Return what the article shows of a difference that is not in focus: what is settled, or the first lane given."""
    if not group.is_left or group.has_gold:
        return group.settled
    return next((lane for lane in group.lanes if lane), ())


def _item(span: Span, label: str, *, is_open: bool, unclear: bool = False) -> ReviewItem:
    return ReviewItem(span, label, is_open, f"{span.start}:{span.end}", doubtful=unclear)
