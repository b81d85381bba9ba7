"""An annotator who turns what is suggested in a document into what is settled, by the editor's own actions.

It drives a Session and does nothing else, so it counts what the editor really needs. What it does, and what it costs:

It reads the text once. Missing spans before a suggestion are labelled first: by Enter, or the label's digit, if a weak
suggestion has the span, and otherwise selected and given their digit. At each suggestion, as the session puts it in
focus,
- span and label right: Enter;
- span right, label wrong: the label's digit;
- span wrong, but it overlaps a settled span that is still missing: one move of an edge, by word or letter, and Enter
  (or the digit) if that is enough; otherwise the right span is selected over it, which takes its place, and a digit;
- else: Delete.
When no suggestion is left, the spans that are still missing are added.

A decision is one action: Enter, Delete, a digit, one move of an edge, one selection (a drag of the mouse, or its
keys). To put a span in focus that is marked in the text, by a click or Tab, is none. Key presses are those of a person
who never touches the mouse. She reaches a weak suggestion by Shift+Tab, and the first word of a missing span in the
cheaper of two ways: by the arrows from where the hands were last, or by a jump, which takes one key, as many first
letters of the word as are needed, with or without ال or a clitic, and Tab for each match in between. Shift with an
arrow adds each further word; a chord such as Alt+2 is one press. Calling the document done, and going on to the next,
is counted as neither. Nothing is confirmed unseen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, Token
from annotator.domain.model.edit import Change
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit, move_edge
from annotator.domain.review.review_state import ReviewItem
from annotator.session import Session
from annotator.text.word_prefixes import WordPrefixes

Labelled = tuple[Span, str]
Move = tuple[Edge, int, Unit]
"""One key press that moves an edge: which edge, 1 forward or -1 back, by word or letter."""

_DRAW_OVER = 2
"""The decisions to select the right span over a suggestion and to label it."""


class Action(StrEnum):
    """A kind of decision."""

    ENTER = "enter"
    DELETE = "delete"
    DIGIT = "digit"
    BOUNDARY = "boundary"
    SELECTION = "selection"
    JUMP = "jump"
    """A selection whose first word is reached by its first letters."""


@dataclass(slots=True)
class DocumentEffort:
    """What one document took: its entities and tokens, actions by kind, and key presses without a mouse.

    offered counts the suggestions that came up, right those that were right as offered.
    """

    document: str
    entities: int
    tokens: int
    actions: Counter[Action] = field(default_factory=Counter)
    presses: int = 0
    offered: int = 0
    right: int = 0

    @property
    def decisions(self) -> int:
        """Return the number of actions."""
        return self.actions.total()


class SimulatedAnnotator:
    """Labels the document that is open in a session."""

    def __init__(self, session: Session, document: Document, settled: Sequence[Annotation]) -> None:
        """Take the annotations to reach, which one annotator must be able to have together."""
        self._session = session
        self._text = document.text
        self._tokens = session.tokens
        self._words = [t.start for t in self._tokens if any(map(str.isalnum, t.text))]
        self._missing = {annotation.span: annotation.label for annotation in settled}
        self._settled = {(annotation.span, annotation.label) for annotation in settled}
        self._prefixes = WordPrefixes(self._text, self._tokens, session.tagset.clitics)
        self._at = -1  # the number of the word at which the last action was made
        self.effort = DocumentEffort(document.id, len(settled), len(self._tokens))

    def label_document(self) -> DocumentEffort:
        """Decide on every suggestion, add what is missing, and return the effort.

        Raises AssertionError if the annotator's annotations are then not exactly the settled ones.
        """
        while (item := self._session.focus) is not None:
            self._at = self._last_word(item.span)
            self._add_before(item.span.start)
            if self._session.focus != item:
                continue
            self.effort.offered += 1
            self._decide(item)
        self._add_before(len(self._text))
        held = {(item.span, item.label) for item in self._session.items}
        if held != self._settled:
            raise AssertionError(f"{self.effort.document}: the session ends with {held ^ self._settled} amiss")
        self._session.set_done(True)
        return self.effort

    def _decide(self, item: ReviewItem) -> None:
        label = self._missing.get(item.span)
        if label is not None:
            self.effort.right += label == item.label
            self._label(item.span, label, item.label)
            return
        aim = self._aim(item.span)
        if aim is None:
            self._do(Action.DELETE, self._session.reject())
        elif self._cost(item.span, aim) <= _DRAW_OVER and self._moved(item.span, aim):
            self._label(aim, self._missing[aim], item.label)
        else:
            self._add(aim, self._missing.pop(aim))

    def _label(self, span: Span, label: str, held: str) -> None:
        """Settle the item in focus, whose span is right: by Enter if its label is right, otherwise by a digit."""
        del self._missing[span]
        if label == held:
            self._session.confirm()
            self._count(Action.ENTER)
        else:
            self._do(Action.DIGIT, self._session.give_label(label))

    def _aim(self, span: Span) -> Span | None:
        """Return the missing span that a wrong one can best be changed into; None if there is none.

        A span that another suggestion offers does not count.
        """
        offered = {item.span for item in self._session.items if item.is_suggestion}
        aims = (aim for aim in self._missing if aim.overlaps(span) and aim not in offered)
        return min(aims, key=lambda aim: (self._cost(span, aim), aim), default=None)

    def _cost(self, span: Span, aim: Span) -> int:
        """Return the decisions to change a span into another by moves of its edges, and to confirm it."""
        return len(list(self._moves(span, aim))) + 1

    def _moved(self, span: Span, aim: Span) -> bool:
        """Move the edges of the item in focus; return False if another annotation is in the way."""
        for edge, step, unit in self._moves(span, aim):
            move = self._session.move_start if edge == "start" else self._session.move_end
            change = move(step, unit)
            self._count(Action.BOUNDARY)
            if change is None:
                return False
        return self._session.focus is not None and self._session.focus.span == aim

    def _moves(self, span: Span, aim: Span) -> Iterator[Move]:
        """Yield the key presses that change a span into one that it overlaps: by word, then by letter."""
        for edge in ("start", "end"):
            yield from moves(span, edge, aim, self._text, self._tokens)
            span = Span(aim.start, max(span.end, aim.start + 1)) if edge == "start" else aim

    def _add_before(self, place: int) -> None:
        """Label the missing spans that end at a position or before it."""
        for span in sorted(span for span in self._missing if span.end <= place):
            weak = next((item for item in self._session.marked if item.weak and item.span == span), None)
            if weak is None:
                self._add(span, self._missing.pop(span))
            else:
                self._go_to(weak)
                self._at = self._last_word(span)
                self._label(span, self._missing[span], weak.label)

    def _go_to(self, item: ReviewItem) -> None:
        """Focus an item by as many presses of Shift+Tab as it takes."""
        while self._session.focus != item:
            self._session.focus_previous()
            self.effort.presses += 1

    def _add(self, span: Span, label: str) -> None:
        first = self._first_word(span)
        walk = max(abs(self._last_word(first) - self._at), 1) + len(list(self._moves(first, span)))
        jump = self._jump(first, span, walk)
        self.effort.presses += min(walk, jump)
        self.effort.actions[Action.JUMP if jump < walk else Action.SELECTION] += 1
        self._at = self._last_word(span)
        self._do(Action.DIGIT, self._session.give_label(label, span))

    def _jump(self, first: Span, span: Span, most: int) -> int:
        """Return the presses of a jump that selects a span, or most if it takes no fewer; first is its first token."""
        here = self._words[self._at] if self._at >= 0 else 0
        spans = [item.span for item in self._session.items]
        stem = span.start + 2 * self._text.startswith("ال", span.start)
        for start in {first.start, span.start, stem}:
            for count in range(1, min(first.end - start, most - 2) + 1):
                if not self._prefixes.find(self._text[start : start + count]):
                    break
                nearest = self._prefixes.nearest(here, lambda word: not any(map(word.overlaps, spans)))
                for step in (1, -1) if nearest is not None else ():
                    most = min(most, 1 + count + self._steps(nearest, step, first, span, most - 1 - count))
        return most

    def _steps(self, number: int | None, step: int, first: Span, span: Span, most: int) -> int:
        """Return the presses from one match to a span: Tab to the one at its first token, then moves of its edges."""
        for steps in range(most):
            word = None if number is None else self._prefixes.span(number)
            if word is None or number is None:
                break
            if word.overlaps(first):
                return steps + len(list(self._moves(word, span)))
            number = self._prefixes.step(number, step)
        return most

    def _last_word(self, span: Span) -> int:
        """Return the number of the last word that begins before the end of a span."""
        return bisect_left(self._words, span.end) - 1

    def _first_word(self, span: Span) -> Span:
        """Return the token in which a span begins."""
        at = bisect_left(self._tokens, span.start + 1, key=lambda token: token.end)
        return self._tokens[at].span if at < len(self._tokens) else span

    def _do(self, action: Action, change: Change | None) -> None:
        """Count an action, which must have changed something."""
        if change is None:
            raise AssertionError(f"{self.effort.document}: {action} did nothing")
        self._count(action)

    def _count(self, action: Action) -> None:
        self.effort.actions[action] += 1
        self.effort.presses += 1


def moves(span: Span, edge: Edge, aim: Span, text: str, tokens: Sequence[Token]) -> Iterator[Move]:
    """Yield the key presses that move one edge of a span to that of aim: by word as far as possible, then by letter."""
    goal = aim.start if edge == "start" else aim.end
    place = span.start if edge == "start" else span.end
    while place != goal:
        step = 1 if goal > place else -1
        for unit in ("word", "char"):
            to = move_edge(span, edge, step, unit, text, tokens)
            there = None if to is None else to.start if edge == "start" else to.end
            if to is not None and there is not None and (goal - there) * step >= 0:
                yield edge, step, unit
                span, place = to, there
                break
        else:
            return
