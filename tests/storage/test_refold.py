"""Edits that come into the log in any order leave the state tables the fold of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.document import document_id
from annotator.domain.edit import CellKind, Edit, EditKind, Write, fold
from annotator.storage.cells import write_cells
from annotator.storage.clock import Clock
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, edits, make_project

DOCUMENT = document_id(TEXTS[0])
NESTED = st.booleans().map(
    lambda nested: Edit(
        "", PEOPLE[0].id, "", EditKind.TAGSET, (Write("", CellKind.TAGSET, "+/nested", None, {"value": nested}),)
    )
)


@contextmanager
def project_of_two() -> Iterator[Project]:
    """Give a new project with two annotators."""
    with TemporaryDirectory() as folder, Project.open(make_project(Path(folder) / "p.annot")) as project:
        for person in PEOPLE[:2]:
            project.annotators.add(person)
        yield project


@given(st.data(), st.sampled_from([0, 3, 1000]), st.sampled_from([1, 2, 500]))
@settings(max_examples=25)
def test_the_state_is_the_fold_of_the_log_whatever_order_edits_come_in(
    data: st.DataObject, most_cells: int, chunk: int
) -> None:
    clock = Clock()
    made = [replace(edit, id=clock.new()) for edit in data.draw(st.lists(edits() | NESTED, min_size=2, max_size=8))]
    mixed = data.draw(st.permutations(made))
    cut = data.draw(st.integers(0, len(mixed)))
    with (
        patch("annotator.storage.refold._MOST_CELLS", most_cells),
        patch("annotator.storage.log._CHUNK", chunk),
        project_of_two() as project,
    ):
        for part in (mixed[:cut], mixed[cut:], mixed):
            project.log.union(part)
            assert project.log.state() == fold(project.log.edits())
        assert list(project.log.edits()) == sorted(made, key=lambda edit: edit.id)


def test_of_a_merge_only_the_cells_that_it_writes_are_worked_out_anew() -> None:
    clock = Clock()

    def note(edit_id: str, key: str, text: str) -> Edit:
        """Return an edit that notes a text."""
        value = {"text": text, "doubtful": False}
        return Edit(edit_id, PEOPLE[0].id, DOCUMENT, EditKind.NOTE, (Write(DOCUMENT, CellKind.NOTE, key, None, value),))

    first, second, third = (clock.new() for _ in range(3))
    with project_of_two() as project:
        project.log.union([note(first, "", "old"), note(third, "other", "stays")])
        with patch("annotator.storage.refold.write_cells", wraps=write_cells) as written:
            project.log.union([note(second, "", "new")])
        assert [[write.key for write in call.args[2]] for call in written.call_args_list] == [[""]]
        assert project.log.state() == fold(project.log.edits())
