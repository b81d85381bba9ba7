"""Following the last decisions from the end of the log gives the same as reading all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Change, Edit
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.session import Session
from annotator.storage.file import connection
from annotator.storage.project import Project
from annotator.storage.queries import suggestion_decisions as recent
from annotator.storage.rows import Row, edit_from_row
from annotator.storage.tables.tagsets import load_tagset

TEXT = " ".join(["بغداد"] * 60)
ME = Annotator("me", "A")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        project.documents.add(Document(document_id(TEXT), TEXT))
        found = [Suggestion(Span(6 * n, 6 * n + 5), "LOC", 0.8, "fake", "1") for n in range(60)]
        project.suggestions.replace(document_id(TEXT), "fake", "1", found)
        made = Session(project, ME)
        made.open(document_id(TEXT))
        yield made


def by_definition(session: Session, last: int) -> tuple[int, int]:
    """Read the whole log from its end: each place counts once, as it stands now."""
    newest: dict[tuple[str, str], str | None] = {}
    for edit in reversed(list(session.project.log.edits())):
        for write in reversed(edit.writes):
            if write.cell is CellKind.VERDICT:
                newest.setdefault((write.document, write.key), (write.after or {}).get("verdict"))
    decided = [verdict for verdict in newest.values() if verdict not in (None, "skipped", "pending")][:last]
    return decided.count("accepted"), len(decided)


@pytest.mark.parametrize("seed", range(3))
def test_kept_decisions_are_those_of_the_whole_log(
    session: Session, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "_CHUNK", 7)
    kept = session.project.decisions.recent(ME.id)
    chance = random.Random(seed)
    actions: list[Callable[[], object]] = [session.confirm, session.reject, session.skip]
    actions += [lambda: session.give_label("ORG"), session.undo, session.undo, session.redo]
    assert kept.agreement(5) == (0, 0)
    for _ in range(80):
        if session.focus is None:
            session.focus_next()
        chance.choice(actions)()
        assert kept.agreement(5) == by_definition(session, 5) == session.project.decisions.agreement(ME.id, 5)
    assert kept.agreement(5)[1] == 5


def test_only_what_is_new_is_read_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def note(row: Row) -> Edit:
        """Note which edit is read."""
        read.append(row["id"])
        return edit_from_row(row)

    monkeypatch.setattr(connection, "edit_from_row", note)
    session.confirm(), session.reject(), session.confirm()
    assert session.confidence.agreement() == (2, 3)
    read.clear()
    change = session.confirm()
    assert isinstance(change, Change)
    assert session.confirm()
    assert session.confidence.agreement() == (4, 5)
    assert read == [change.edit.id], "the edit before the last one, which is still known"


def test_edits_that_a_merge_put_in_between_are_counted(session: Session) -> None:
    session.confirm(), session.reject()
    assert session.confidence.agreement() == (1, 2)
    edit = next(session.project.log.edits())
    writes = tuple(w._replace(key=f"300:305:{w.key.split(':')[2]}") for w in edit.writes if w.cell is CellKind.VERDICT)
    session.project.log.union([replace(edit, id=f"00{edit.id[2:]}", writes=writes)])
    session.confidence.refresh()
    assert session.confidence.agreement() == (2, 3)


def test_edits_of_others_are_not_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.confirm(), session.reject()
    assert session.confidence.agreement() == (1, 2)
    other = Annotator("somebody else", "else")
    session.project.annotators.add(other)
    theirs = Session(session.project, other)
    theirs.open(document_id(TEXT))
    theirs.confirm(), theirs.confirm()
    monkeypatch.setattr(connection, "edit_from_row", lambda _row: pytest.fail("an edit of somebody else is read"))
    assert session.confidence.agreement() == (1, 2)


def test_of_many_edits_that_a_merge_brought_only_the_last_decisions_are_read(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.confirm(), session.reject()
    assert session.confidence.agreement() == (1, 2)
    log = session.project.log
    edit = next(log.edits())
    other = Annotator("somebody else", "else")
    session.project.annotators.add(other)
    late = [replace(edit, id=session.project._connection.clock.new(), annotator=other.id) for _ in range(300)]
    log.union(late)
    read: list[str] = []

    def note(row: Row) -> Edit:
        """Note which edit is read."""
        read.append(row["id"])
        return edit_from_row(row)

    monkeypatch.setattr(connection, "edit_from_row", note)
    session.confidence.refresh()
    assert session.confidence.agreement() == (1, 2)
    assert set(read).isdisjoint(each.id for each in late)
