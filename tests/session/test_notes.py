"""Notes and doubts at the desk: on the document, on annotations and on suggestions, and where they go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Change, Edit, EditKind, NoteValue, Write, fold
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.changes import MergeLabels
from annotator.services.search.label_all import clear_all, label_all
from annotator.session import ReviewItem, Session
from annotator.storage.project import Project
from tests.storage.strategies import make_document, make_tagset

ME = Annotator("me", "Ali")
#       0   4    9   13  17  22  26
TEXT = "قال احمد في وديالى ان بغداد آمنة"
AHMAD, DIYALA, BAGHDAD = Span(4, 8), Span(12, 18), Span(22, 27)
HERE = document_id(TEXT)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Project.create(tmp_path / "p.annot", make_tagset(False)) as project:
        project.documents.add(make_document(TEXT))
        names = ((AHMAD, "PERS"), (DIYALA, "LOC"), (BAGHDAD, "LOC"))
        offered = [Suggestion(span, label, 0.9, "lexicon", "1") for span, label in names]
        project.suggestions.replace(HERE, "lexicon", "1", offered)
        made = Session(project, ME)
        made.open(HERE)
        yield made
        assert project.log.state() == fold(project.log.edits())
        notes, items = dict(made.notes), made.items
        made.refresh()
        assert (made.notes, made.items) == (notes, items)


def noted(session: Session) -> dict[str, tuple[str, bool]]:
    """Return the notes that the project holds, by key."""
    cells = session.project.log.note_values(HERE, ME.id)
    assert cells == session.notes
    return {key: (value["text"], value["doubtful"]) for key, value in cells.items()}


def item_at(session: Session, span: Span) -> ReviewItem:
    return next(item for item in session.items if item.span == span)


def doubt_ahmad(session: Session) -> ReviewItem:
    """Doubt the first suggestion, with a note, and return its item."""
    key = item_at(session, AHMAD).key
    session.set_doubtful(True, key)
    session.set_note("أهو هو؟", key)
    return item_at(session, AHMAD)


def test_the_document_keeps_a_note_and_a_doubt_apart(session: Session) -> None:
    assert session.set_doubtful(False) is None
    session.set_note("  انظر\nالمصدر ")
    session.set_doubtful(True)
    assert (session.note, session.is_doubtful) == ("انظر\nالمصدر", True)
    session.set_note("")
    assert noted(session) == {"": ("", True)}
    session.set_doubtful(False)
    assert noted(session) == {}
    session.undo()
    session.undo()
    assert noted(session) == {"": ("انظر\nالمصدر", True)}


def test_a_note_shows_on_its_item_and_leaves_focus_and_the_rest_alone(session: Session) -> None:
    session.set_focus(session.items[1])
    item = doubt_ahmad(session)
    assert (item.note, item.doubtful, item.is_suggestion) == ("أهو هو؟", True, True)
    assert session.focus == item_at(session, DIYALA)
    assert session.progress == (3, 3)
    assert [i.note for i in session.items] == ["أهو هو؟", "", ""]


def test_an_item_that_is_not_there_takes_no_note(session: Session) -> None:
    assert session.set_note("x", "0:1:LOC") is None
    assert session.set_note("x", "no annotation") is None


@pytest.mark.parametrize("way", ["confirm", "relabel", "resize", "confirm all", "draw", "everywhere"])
def test_the_note_of_a_suggestion_follows_it_in_the_edit_that_decides_and_undo_is_exact(
    session: Session, way: str
) -> None:
    before = doubt_ahmad(session)
    session.set_focus(before)
    ways: dict[str, Callable[[], Change | None]] = {
        "confirm": session.confirm,
        "relabel": lambda: session.give_label("ORG"),
        "resize": lambda: session.resize(Span(0, 8)),
        "confirm all": session.confirm_all,
        "draw": lambda: session.give_label("LOC", AHMAD),
        "everywhere": lambda: session.apply(
            EditKind.PROPAGATE, label_all(session.project, ME.id, [(HERE, AHMAD)], "PERS")
        ),
    }
    change = ways[way]()
    assert change is not None
    assert len(change.keys(CellKind.NOTE, HERE)) == 2
    after = session.items[0]
    assert not after.is_suggestion
    assert noted(session) == {after.key: ("أهو هو؟", True)}
    assert (after.note, after.doubtful) == ("أهو هو؟", True)
    session.undo()
    assert session.items[0] == before
    assert session.focus == before
    session.redo()
    assert noted(session) == {after.key: ("أهو هو؟", True)}


def test_putting_off_keeps_the_note_and_rejecting_takes_it_away_until_undo(session: Session) -> None:
    doubt_ahmad(session)
    session.set_focus(session.items[0])
    session.skip()
    assert item_at(session, AHMAD).doubtful
    session.set_focus(item_at(session, AHMAD))
    session.reject()
    assert noted(session) == {}
    session.undo()
    assert noted(session) == {"4:8:PERS": ("أهو هو؟", True)}


def test_the_note_of_an_annotation_stays_through_changes_and_goes_with_it(session: Session) -> None:
    session.confirm()
    item = item_at(session, AHMAD)
    session.set_note("أكيد", item.key)
    session.set_focus(item_at(session, AHMAD))
    session.resize(Span(0, 8))
    session.give_label("ORG")
    assert item_at(session, Span(0, 8)).note == "أكيد"
    session.set_focus(item_at(session, Span(0, 8)))
    session.reject()
    assert noted(session) == {}
    session.undo()
    assert item_at(session, Span(0, 8)).note == "أكيد"
    session.apply(EditKind.REMOVE, clear_all(session.project, ME.id, [(HERE, Span(0, 8))]))
    assert noted(session) == {}
    session.undo()
    assert item_at(session, Span(0, 8)).note == "أكيد"


def test_notes_that_come_together_are_joined(session: Session) -> None:
    doubt_ahmad(session)
    session.annotate(Span(0, 3), "PERS")
    session.set_note("أولا", item_at(session, Span(0, 3)).key)
    session.set_focus(item_at(session, Span(0, 3)))
    session.resize(AHMAD)
    assert [(i.note, i.doubtful) for i in session.items if i.span == AHMAD] == [("أولا\nأهو هو؟", True)]


def test_of_notes_that_labels_merged_by_somebody_else_join_undo_takes_back_its_own_alone(session: Session) -> None:
    project, log, place = session.project, session.project.log, f"{BAGHDAD.start}:{BAGHDAD.end}"

    def held() -> dict[str, str]:
        """Return the notes by the keys that the log has for them."""
        return {at.key: str(value.get("text")) for at, value in log.state().items() if at.cell is CellKind.NOTE}

    for label, text in (("LOC", "مكان"), ("ORG", "منظمة")):
        value: NoteValue = {"text": text, "doubtful": False}
        write = Write(HERE, CellKind.NOTE, f"{place}:{label}", None, value)
        log.append(Edit(log.new_id(), ME.id, HERE, EditKind.NOTE, (write,)))
    Session(project, Annotator("other", "Basma")).change_tagset([MergeLabels("ORG", "LOC")])
    session.read_tagset()
    session.refresh()
    both = {f"{place}:LOC": "مكان", f"{place}:ORG": "منظمة"}
    assert held() == both
    session.undo()
    assert held() == {f"{place}:LOC": "مكان"}
    session.redo()
    assert held() == both
    session.set_note("معا", f"{place}:LOC")
    assert held() == {f"{place}:LOC": "معا"}
    session.undo()
    assert held() == both
    session.redo()
    assert held() == {f"{place}:LOC": "معا"}
