"""A fault's message is the English sentence, and keeps the template and the fields that it was made from."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

from annotator.errors import InputError, Message, UserError, join_messages
from annotator.suggest.models.steps import Cause, InstallError


def test_a_message_is_the_sentence_and_what_it_was_made_from() -> None:
    fault = InputError("{path}, line {line}: {why!r}", path=Path("خبر.txt"), line=3, why="broken")
    assert str(fault) == "خبر.txt, line 3: 'broken'"
    assert fault.message.template == "{path}, line {line}: {why!r}"
    assert fault.message.fields == {"path": "خبر.txt", "line": 3, "why": "broken"}


def test_a_sentence_without_fields_keeps_its_braces_and_a_marked_template_is_filled_in_later() -> None:
    assert str(UserError('give {"en": "Place"}')) == 'give {"en": "Place"}'
    marked = Message("{path} is full.")
    assert marked == "{path} is full."
    assert str(UserError(marked, path="/tmp")) == "/tmp is full."  # noqa: S108 - nothing is written


def test_sentences_hold_sentences_also_those_of_errors() -> None:
    inner = InputError("line {line} is long", line=7)
    outer = Message("{out} was not written. {why}", out="a.conll", why=inner)
    assert outer == "a.conll was not written. line 7 is long"
    assert outer.fields["why"] is inner.message
    assert join_messages([outer, "Plain."]) == f"{outer} Plain."


def test_messages_can_be_copied_and_sent_to_another_process() -> None:
    said = Message("{why} at {place}", why=ValueError("half"), place="x")
    for same in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 - made here
        assert (same, same.template, same.fields) == (said, said.template, {"why": "half", "place": "x"})
    fault = pickle.loads(pickle.dumps(InputError("{n} lines", n=2)))  # noqa: S301
    assert (str(fault), fault.message.fields) == ("2 lines", {"n": 2})


def test_an_installation_error_keeps_its_cause_and_its_message() -> None:
    fault = InstallError(Cause.ROOM, "{free:,} MB free", free=1200)
    assert (fault.cause, str(fault)) == (Cause.ROOM, "1,200 MB free")
