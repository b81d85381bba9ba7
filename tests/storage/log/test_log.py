"""The log: append-only, equal to the state tables, with unlimited undo and redo."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, NoteValue, StatusValue, Write, fold
from annotator.domain.model.span import Span
from annotator.session import Session
from annotator.storage.file.clock import Clock
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import tagset_to_json
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, Action, actions, edits, make_project, make_tagset

ME = PEOPLE[0]
DOCUMENT = document_id(TEXTS[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        opened.annotators.add(ME)
        yield opened


def status(edit_id: str, done: bool, before: bool = False) -> Edit:
    values = [StatusValue(status="done") if value else None for value in (before, done)]
    write = Write(DOCUMENT, CellKind.STATUS, "", values[0], values[1])
    return Edit(edit_id, ME.id, DOCUMENT, EditKind.STATUS, (write,))


def test_an_edit_is_in_the_log_and_its_cells_are_written(project: Project) -> None:
    change = project.log.append(status(project.log.new_id(), done=True))
    assert list(project.log.edits()) == [change.edit]
    assert project.log.is_done(DOCUMENT, ME.id)
    assert change.edit.time > 0
    assert project.log.counts() == {
        "edits": 1,
        "spans": 0,
        "verdicts": 0,
        "statuses": 1,
        "notes": 0,
        "removals": 0,
        "titles": 0,
        "assignments": 0,
        "label_checks": 0,
        "label_rules": 0,
        "gold": 0,
    }


def test_an_edit_that_was_made_is_never_altered(path: Path, project: Project) -> None:
    project.log.append(status(project.log.new_id(), done=True))
    with sqlite3.connect(path) as other:
        for statement in ("update edits set kind = 'note'", "delete from edits"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)
    other.close()


def test_an_edit_of_a_stranger_or_for_an_unknown_document_is_refused_whole(project: Project) -> None:
    edit = status(project.log.new_id(), done=True)
    for wrong in (
        Edit(edit.id, "nobody", edit.document, edit.kind, edit.writes),
        Edit(edit.id, ME.id, "no document", edit.kind, edit.writes),
        Edit(
            edit.id,
            ME.id,
            edit.document,
            edit.kind,
            (*edit.writes, Write("?", CellKind.STATUS, "", None, {"status": "done"})),
        ),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            project.log.append(wrong)
    assert project.log.latest_id() is None
    assert project.log.state() == {}


def test_a_value_that_has_no_column_is_refused_whole(project: Project) -> None:
    write = Write(DOCUMENT, CellKind.NOTE, "", None, {"text": "a", "colour": "red"})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="colour"):
        project.log.append(Edit(project.log.new_id(), ME.id, DOCUMENT, EditKind.NOTE, (write,)))
    assert project.log.latest_id() is None


def test_what_a_note_doubts_reads_back_as_true_or_false(project: Project) -> None:
    write = Write(DOCUMENT, CellKind.NOTE, "", None, {"text": "أهو هو؟", "doubtful": True})
    project.log.append(Edit(project.log.new_id(), ME.id, DOCUMENT, EditKind.NOTE, (write,)))
    assert project.log.note_values(DOCUMENT, ME.id)[""]["doubtful"] is True
    assert project.log.state() == fold(project.log.edits())


def test_new_ids_are_greater_than_the_log_s_though_the_clock_of_this_machine_is_behind(project: Project) -> None:
    ahead = Clock(lambda: 2**47).new()
    project.log.append(status(ahead, done=True))
    assert ahead < project.log.new_id() < project.log.new_id()


def test_two_that_append_to_one_file_keep_the_order_of_appending(path: Path, project: Project) -> None:
    with Project.open(path) as other:
        early, late = project.log.new_id(), project.log.new_id()
        first = other.log.append(status(late, done=True)).edit
        second = project.log.append(status(early, done=False)).edit
        assert [edit.id for edit in other.log.edits()] == [first.id, second.id]
        assert first.id == late
        assert second.id > late > early
        assert second.writes[0].before == {"status": "done"}
        assert not other.log.is_done(DOCUMENT, ME.id)
        assert other.log.state() == fold(other.log.edits())


def test_one_id_cannot_be_appended_twice(project: Project) -> None:
    edit_id = project.log.new_id()
    ids = {project.log.append(status(edit_id, done)).edit.id for done in (True, False)}
    assert len(ids) == 2


def test_the_writes_of_one_edit_to_one_cell_are_grounded_in_their_order(project: Project) -> None:
    done, todo = status("", done=True).writes[0], status("", done=False).writes[0]
    edit = Edit(project.log.new_id(), ME.id, DOCUMENT, EditKind.STATUS, (done, todo, done))
    written = project.log.append(edit).edit.writes
    assert [w.before for w in written] == [None, {"status": "done"}, None]
    assert project.log.is_done(DOCUMENT, ME.id)


@given(st.lists(edits(), max_size=4), st.lists(edits(), max_size=6))
@settings(max_examples=15)
def test_many_edits_at_once_are_as_many_one_after_the_other(before: list[Edit], many: list[Edit]) -> None:
    with TemporaryDirectory() as folder:
        found = []
        for name in "ab":
            with Project.open(make_project(Path(folder) / f"{name}.annot")) as project:
                for person in PEOPLE[:2]:
                    project.annotators.add(person)
                for edit in before if name == "a" else [*before, *many]:
                    project.log.append(replace(edit, id=project.log.new_id()))
                if name == "a":
                    project.log.append_many(many)
                log = list(project.log.edits())
                assert project.log.state() == fold(log)
                found.append([replace(edit, id="") for edit in log])
        assert found[0] == found[1]


def test_many_edits_are_dated_behind_what_is_there_and_none_may_change_the_tagset(project: Project) -> None:
    ahead = project.log.append(status(Clock(lambda: 2**47).new(), done=True)).edit
    project.log.append_many([status("", done=False), status("", done=True)])
    ids = [edit.id for edit in project.log.edits()]
    assert ids == sorted(set(ids)) and ids[0] == ahead.id and len(ids) == 3
    write = Write("", CellKind.TAGSET, "+/nested", None, {"value": True})
    with pytest.raises(ValueError, match="one at a time"):
        project.log.append_many([status("", done=False), Edit("", ME.id, "", EditKind.TAGSET, (write,))])
    assert len(list(project.log.edits())) == 3


def test_rebuilding_mends_state_tables_that_do_not_agree_with_the_log(path: Path, project: Project) -> None:
    project.log.append(status(project.log.new_id(), done=True))
    with sqlite3.connect(path) as other:
        other.execute("delete from statuses")
    other.close()
    assert not project.log.is_done(DOCUMENT, ME.id)
    project.log.rebuild()
    assert project.log.is_done(DOCUMENT, ME.id)


def test_undo_and_redo_are_each_annotator_s_own(project: Project) -> None:
    project.annotators.add(PEOPLE[1])
    edit = project.log.append(status(project.log.new_id(), done=True)).edit
    assert project.log.undoable(ME.id) == edit
    assert project.log.undoable(PEOPLE[1].id) is None
    project.log.append(edit.undo(project.log.new_id()))
    assert project.log.undoable(ME.id) is None
    assert project.log.redoable(ME.id) == edit
    assert project.log.redoable(PEOPLE[1].id) is None


def check_log(done: list[Action], nested: bool) -> None:
    """Make actions, against a model of undo as two stacks; then undo everything, and redo it."""
    with TemporaryDirectory() as folder:
        path = make_project(Path(folder) / f"{uuid.uuid4().hex}.annot", nested)
        undo: list[str] = []
        redo: list[str] = []
        with Project.open(path) as project:
            session = Session(project, ME)
            session.open(DOCUMENT)
            changes: list[Edit] = []
            session.subscribe(lambda outcome: changes.extend([outcome.change.edit] if outcome.change else []))
            for name, a, b in done:
                changes.clear()
                ACTIONS[name](session, a, b)
                for edit in changes:
                    if edit.kind is EditKind.UNDO:
                        assert edit.reverts == undo[-1]
                        redo.append(undo.pop())
                    elif edit.kind is EditKind.REDO:
                        assert edit.reverts == redo[-1]
                        undo.append(redo.pop())
                    else:
                        undo.append(edit.id)
                        redo.clear()
                assert project.log.state() == fold(project.log.edits())
        with Project.open(path) as project:
            session = Session(project, ME)
            after = project.log.state()
            while session.undo():
                pass
            assert project.log.state() == {}
            for _ in undo:
                assert session.redo()
            assert project.log.state() == after
            assert project.log.undoable(ME.id) == next(
                (e for e in project.log.edits() if undo and e.id == undo[-1]), None
            )
            project.log.rebuild()
            assert project.log.state() == after


@settings(max_examples=15)
@given(st.lists(actions, max_size=25), st.booleans())
def test_state_is_the_fold_of_the_log_and_all_can_be_undone_and_redone_after_a_restart(
    done: list[Action], nested: bool
) -> None:
    check_log(done, nested)


@pytest.mark.long
@settings(max_examples=400)
@given(st.lists(actions, max_size=60), st.booleans())
def test_the_same_for_longer_work(done: list[Action], nested: bool) -> None:
    check_log(done, nested)


def test_annotations_come_by_start_and_longest_first_of_one_or_of_all(project: Project) -> None:
    sessions = [Session(project, person) for person in PEOPLE[:2]]
    for session in sessions:
        session.open(DOCUMENT)
    sessions[0].annotate(Span(6, 10), "LOC")
    sessions[0].annotate(Span(0, 2), "PERS")
    sessions[1].annotate(Span(0, 5), "ORG")
    everyone = project.log.annotations(DOCUMENT)
    assert [(a.span, a.annotator) for a in everyone] == [
        (Span(0, 5), PEOPLE[1].id),
        (Span(0, 2), ME.id),
        (Span(6, 10), ME.id),
    ]
    assert project.log.annotations(DOCUMENT, PEOPLE[1].id) == everyone[:1]
    assert project.annotators.all() == [Annotator(p.id, p.name) for p in PEOPLE[:2]]


def test_what_many_documents_hold_is_what_each_of_them_holds(project: Project) -> None:
    for person, text in ((PEOPLE[1], TEXTS[0]), (ME, TEXTS[0]), (ME, TEXTS[1])):
        session = Session(project, person)
        session.open(document_id(text))
        for start in (4, 0, 2):
            session.annotate(Span(start, start + 2), "LOC")
        session.set_note(f"عن {text[:9]}")
    ids = [document_id(TEXTS[1]), "nothing", DOCUMENT]
    log = project.log
    for who in (None, ME.id, PEOPLE[1].id):
        assert log.annotations_of_many(ids, who) == {i: log.annotations(i, who) for i in ids}
        assert log.notes_of_many(ids, who) == {i: log.notes(i, who) for i in ids}
    assert [len(found) for found in log.annotations_of_many(ids).values()] == [3, 0, 6]
    assert [(n.annotator, n.text[:2]) for n in log.notes_of_many(ids)[DOCUMENT]] == sorted(
        (who.id, "عن") for who in (ME, PEOPLE[1])
    )


def test_late_edits_that_come_with_a_newer_one_leave_the_state_the_fold_of_the_log(
    project: Project,
) -> None:
    clock = Clock()
    first, second, third, newest, last = (clock.new() for _ in range(5))
    project.log.union([status(newest, done=True)])
    late = [status(first, done=False), note_on(second, "old"), status(third, done=False), note_on(last, "new")]
    project.log.union(late)
    assert project.log.is_done(DOCUMENT, ME.id)
    assert [note.text for note in project.log.notes(DOCUMENT)] == ["new"]
    assert project.log.state() == fold(project.log.edits())


def test_a_late_edit_leaves_what_a_later_import_wrote(project: Project) -> None:
    clock = Clock()
    early, imported, newest = (clock.new() for _ in range(3))
    first = Annotation("a" * 32, Span(0, 5), "LOC", ME.id)
    project.log.union([annotates(imported, EditKind.IMPORT, first._replace(label="ORG")), status(newest, done=True)])
    project.log.union([annotates(early, EditKind.ADD, first)])
    assert [each.label for each in project.log.annotations(DOCUMENT)] == ["ORG"]
    assert project.log.state() == fold(project.log.edits())
    assert project.integrity() == []


def annotates(edit_id: str, kind: EditKind, annotation: Annotation) -> Edit:
    write = Write(DOCUMENT, CellKind.ANNOTATION, annotation.id, None, annotation.to_value())
    return Edit(edit_id, ME.id, DOCUMENT, kind, (write,))


def note_on(edit_id: str, text: str) -> Edit:
    value: NoteValue = {"text": text, "doubtful": False}
    return Edit(edit_id, ME.id, DOCUMENT, EditKind.NOTE, (Write(DOCUMENT, CellKind.NOTE, "", None, value),))


def test_an_edit_waits_until_the_disk_has_it(project: Project) -> None:
    assert project._connection.db.execute("PRAGMA synchronous").fetchone()[0] == 2, (
        "FULL: NORMAL may lose it at a power cut"
    )


def test_arabic_is_written_into_the_log_and_into_tagsets_as_it_is(project: Project) -> None:
    """As escapes it would be three times as long, and nobody could read it."""
    change = project.log.append(note_on(project.log.new_id(), "بغداد"))
    (payload,) = project._connection.db.execute("select payload from edits where id = ?", [change.edit.id]).fetchone()
    assert '"text":"بغداد"' in payload
    assert "بغداد" in tagset_to_json(replace(make_tagset(), names={"ar": "بغداد"}))


def test_the_log_stores_each_kind_of_value_as_ever(project: Project) -> None:
    writes = (
        Write(DOCUMENT, CellKind.ANNOTATION, "a1", None, Annotation("a1", Span(0, 5), "LOC", ME.id).to_value()),
        Write(
            DOCUMENT,
            CellKind.VERDICT,
            "0:5:LOC",
            None,
            {"verdict": "accepted", "suggester": "lexicon", "version": "1", "score": 0.5},
        ),
        Write(DOCUMENT, CellKind.NOTE, "a1", None, {"text": "نهر", "doubtful": True}),
        Write(DOCUMENT, CellKind.STATUS, "", None, {"status": "done"}),
    )
    project.log.append(Edit(project.log.new_id(), ME.id, DOCUMENT, EditKind.CONFIRM, writes))
    (row,) = project._connection.db.query("select payload from edits")
    assert row["payload"].replace(DOCUMENT, "D") == (
        '[{"after":{"end":5,"label":"LOC","origin":"manual","start":0},"before":null,"cell":"annotation",'
        '"document":"D","key":"a1"},'
        '{"after":{"score":0.5,"suggester":"lexicon","verdict":"accepted","version":"1"},"before":null,"cell":"verdict",'
        '"document":"D","key":"0:5:LOC"},'
        '{"after":{"doubtful":true,"text":"نهر"},"before":null,"cell":"note","document":"D","key":"a1"},'
        '{"after":{"status":"done"},"before":null,"cell":"status","document":"D","key":""}]'
    )
