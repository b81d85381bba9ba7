"""Edits can be added to the log in any order: the state tables are always the fold of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import (
    Address,
    CellKind,
    Edit,
    EditKind,
    NoteValue,
    TagsetValue,
    Write,
    assignment,
    fold,
)
from annotator.storage.file.clock import Clock
from annotator.storage.log.cells import write_cells
from annotator.storage.log.replay import _last_written
from annotator.storage.project import Project
from annotator.storage.rows import edit_from_row
from tests.storage.file.test_migrations import DUMPS, restored
from tests.storage.strategies import PEOPLE, TEXTS, edits, make_document, make_project

DOCUMENT = document_id(TEXTS[0])
OTHER = document_id(TEXTS[1])


@st.composite
def tagset_edits(draw: st.DrawFn) -> Edit:
    """Return an edit without an id, of one of two people, that changes a few shared cells of the tagset."""
    keys = draw(st.sets(st.sampled_from(["+/nested", "LOC:key", "LOC:names"]), min_size=1))
    values = {"+/nested": st.booleans(), "LOC:key": st.sampled_from("123"), "LOC:names": st.just({"en": "Place"})}
    writes = [
        Write("", CellKind.TAGSET, key, None, draw(st.none() | values[key].map(lambda value: TagsetValue(value=value))))
        for key in sorted(keys)
    ]
    return Edit("", draw(st.sampled_from(PEOPLE[:2])).id, "", EditKind.TAGSET, tuple(writes))


@st.composite
def logs(draw: st.DrawFn) -> list[Edit]:
    """Return edits in the order of their ids, some of which take earlier ones back or do them again."""
    clock = Clock()
    made: list[Edit] = []
    for edit in draw(st.lists(edits() | tagset_edits(), min_size=2, max_size=12)):
        earlier = draw(st.none() | st.sampled_from(made)) if made else None
        if earlier is None:
            made.append(replace(edit, id=clock.new()))
        else:
            made.append(draw(st.sampled_from([earlier.undo, earlier.redo]))(clock.new()))
    return made


@contextmanager
def project_of_two() -> Iterator[Project]:
    """Give a new project with two annotators."""
    with TemporaryDirectory() as folder, Project.open(make_project(Path(folder) / "p.annot")) as project:
        for person in PEOPLE[:2]:
            project.annotators.add(person)
        yield project


@given(st.data(), logs(), st.sampled_from([1, 2, 500]))
@settings(max_examples=60)
def test_the_state_is_the_fold_of_the_log_whatever_order_edits_come_in(
    data: st.DataObject, made: list[Edit], chunk: int
) -> None:
    mixed = data.draw(st.permutations(made))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(mixed)), max_size=3)))
    with (
        patch("annotator.storage.log.log._CHUNK", chunk),
        project_of_two() as project,
    ):
        for start, end in pairwise([0, *cuts, len(mixed)]):
            project.log.union(mixed[start:end])
            assert project.log.state() == fold(project.log.edits())
        assert project.log.union(mixed) == 0
        assert list(project.log.edits()) == made
        project.log.rebuild()
        assert project.log.state() == fold(made)


def test_of_a_merge_only_the_cells_that_it_writes_are_worked_out_anew() -> None:
    clock = Clock()

    def note(edit_id: str, key: str, text: str) -> Edit:
        """Return an edit that notes a text."""
        value: NoteValue = {"text": text, "doubtful": False}
        return Edit(edit_id, PEOPLE[0].id, DOCUMENT, EditKind.NOTE, (Write(DOCUMENT, CellKind.NOTE, key, None, value),))

    first, second, third = (clock.new() for _ in range(3))
    with project_of_two() as project:
        project.log.union([note(first, "", "old"), note(third, "other", "stays")])
        with patch("annotator.storage.log.replay.write_cells", wraps=write_cells) as written:
            project.log.union([note(second, "", "new")])
        assert [[write.key for write in call.args[2]] for call in written.call_args_list] == [[""]]
        assert project.log.state() == fold(project.log.edits())


def noting(edit_id: str, who: int, document: str, key: str, text: str) -> Edit:
    """Return an edit of somebody that notes a text."""
    value: NoteValue = {"text": text, "doubtful": False}
    write = Write(document, CellKind.NOTE, key, None, value)
    return Edit(edit_id, PEOPLE[who].id, document, EditKind.NOTE, (write,))


def test_of_one_older_edit_only_the_last_write_to_each_of_its_cells_is_read() -> None:
    clock = Clock()
    first, *ids = (clock.new() for _ in range(401))
    log = [noting(i, n % 2, OTHER if n % 4 else DOCUMENT, f"key {n % 40}", "text") for n, i in enumerate(ids)]
    with (
        project_of_two() as project,
        patch("annotator.storage.log.replay.json.loads", wraps=json.loads) as read,
        patch("annotator.storage.file.connection.edit_from_row", wraps=edit_from_row) as parsed,
    ):
        project.log.union(log)
        assert read.call_count == 0
        project.log.union([noting(first, 0, DOCUMENT, "key 8", "old")])
        assert read.call_count == 1
        assert parsed.call_count == 0
        assert project.log.state() == fold(project.log.edits())


def test_an_edit_that_writes_in_other_documents_counts_there_too() -> None:
    clock = Clock()
    old, everywhere, tagset = (clock.new() for _ in range(3))
    with project_of_two() as project:
        spread = noting(everywhere, 0, OTHER, "key", "everywhere")
        writes = (*spread.writes, *noting("", 0, DOCUMENT, "key", "everywhere").writes)
        shared = Write("", CellKind.TAGSET, "+/nested", None, {"value": True})
        project.log.union([replace(spread, writes=writes), replace(spread, id=tagset, writes=(*writes, shared))])
        project.log.union([noting(old, 0, DOCUMENT, "key", "old")])
        project.log.union([Edit(clock.new(), PEOPLE[1].id, "", EditKind.TAGSET, (shared._replace(after=None),))])
        project.log.union([replace(spread, id=f"00{old[2:]}", writes=(shared._replace(after={"value": False}),))])
        assert project.log.state() == fold(project.log.edits())
        assert project.log.note_values(DOCUMENT, PEOPLE[0].id)["key"]["text"] == "everywhere"


def test_cells_that_are_much_alike_are_told_apart() -> None:
    clock = Clock()
    ids = [clock.new() for _ in range(6)]
    keys = ("1234567890123", "2234567890123", "ش" * 20, f"س{'ش' * 19}")
    newer = [noting(edit_id, 0, DOCUMENT, key, "newer") for edit_id, key in zip(ids[2:], keys, strict=True)]
    alike = Annotator(PEOPLE[0].id + " too", "alike")
    with project_of_two() as project:
        project.annotators.add(alike)
        project.log.union([*newer, *(replace(edit, id=clock.new(), annotator=alike.id) for edit in newer[1:])])
        late = [
            replace(noting(ids[n], 0, DOCUMENT, keys[n], "late"), annotator=(PEOPLE[0], alike)[n].id) for n in (0, 1)
        ]
        project.log.union(late)
        assert project.log.state() == fold(project.log.edits())


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_a_project_of_an_earlier_version_knows_which_edits_write_which_cells(dump: Path, tmp_path: Path) -> None:
    with Project.open(restored(dump, tmp_path / "old.annot")) as project:
        log = list(project.log.edits())
        by_place = {Address.of(edit.annotator, write) for edit in log for write in edit.writes}
        assert len(by_place) > 5
        for place in by_place:
            assert _last_written(project._connection.db, place, {}) == fold(log).get(place)


def spreading(edit_id: str, who: int, text: str) -> Edit:
    """Return an edit of somebody that notes a text in both documents, and belongs to the other one."""
    writes = (w for document in (OTHER, DOCUMENT) for w in noting("", who, document, "key", text).writes)
    return Edit(edit_id, PEOPLE[who].id, OTHER, EditKind.NOTE, tuple(writes))


def test_what_somebody_else_notes_on_the_same_is_not_taken_for_one_s_own() -> None:
    clock = Clock()
    old, one, two, newest = (clock.new() for _ in range(4))
    with project_of_two() as project:
        project.log.union([noting(one, 0, DOCUMENT, "unlike", "mine"), spreading(two, 1, "theirs")])
        project.log.union([noting(newest, 0, OTHER, "unlike", "mine")])
        project.log.union([spreading(old, 0, "mine")])
        assert project.log.state() == fold(project.log.edits())
        for document in (DOCUMENT, OTHER):
            notes = [project.log.note_values(document, PEOPLE[who].id)["key"]["text"] for who in (0, 1)]
            assert notes == ["mine", "theirs"]


def test_a_large_edit_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that hands out 100 documents to each of three is not decoded again for each of its cells."""
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        documents = [make_document(f"خبر {number}") for number in range(100)]
        project.documents.add_many(documents)
        lead = PEOPLE[0].id
        edits = [
            Edit(project.log.new_id(), lead, "", EditKind.ASSIGN, tuple(assignment(d.id, who.id) for d in documents))
            for who in PEOPLE
        ]
        back = tuple(assignment(d.id, lead, assigned=False) for d in documents[:50])
        decoded = []

        def count(payload: str) -> object:
            decoded.append(payload)
            return json.loads(payload)

        monkeypatch.setattr("annotator.storage.log.replay.json", SimpleNamespace(loads=count))
        project.log.union([*edits, Edit(project.log.new_id(), lead, "", EditKind.ASSIGN, back)])

        assert len(decoded) == 4
        assert {who: each.assigned for who, each in project.assignments.counts().items()} == {
            lead: 50,
            PEOPLE[1].id: 100,
            PEOPLE[2].id: 100,
        }
        assert project.log.state() == fold(project.log.edits())
