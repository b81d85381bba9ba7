"""Copies of a project that exchange changes through a folder: in any order, twice, interrupted, with damaged files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, GoldValue, Write, assignment, fold
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.team.roles import peers_write, role_write
from annotator.services.project.merge_copies import merge_copies
from annotator.services.team.segment import SUFFIX
from annotator.services.team.shared_folder import SharedFolder
from annotator.services.team.sync import SyncReport, sync
from annotator.storage.project import Project
from tests.services.project.test_merge_copies import exported
from tests.storage.strategies import (
    PEOPLE,
    TEXTS,
    Action,
    actions,
    contents,
    make_copies,
    make_document,
    make_suggestions,
    work,
)

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
TEAM = (*PEOPLE, Annotator("id-of-Dina", "Dina"), Annotator("id-of-Emad", "Emad"))
WORK: list[Action] = [("confirm", 0, 0), ("annotate", 3, 4), ("open", 1, 0), ("confirm all", 0, 0), ("undo", 0, 0)]


def exchange(path: Path, folder: Path, *, resend: bool = False) -> SyncReport:
    """Exchange the changes of one copy with the folder."""
    with Project.open(path) as project:
        return sync(project, SharedFolder(folder), resend=resend)


def until_in_step(copies: Sequence[Path], folder: Path) -> None:
    """Exchange the changes of all copies until none brings anything to another."""
    for _ in range(5):
        reports = [exchange(copy, folder) for copy in copies]
        if all(report.is_empty and not report.waiting for report in reports):
            return
    raise AssertionError(reports)


def segments(folder: Path) -> list[Path]:
    """Return the files of a folder, hidden ones too."""
    return sorted(folder.iterdir())


def pairs(tmp_path: Path, count: int = 2) -> tuple[list[Path], Path]:
    """Return copies of a project with some work in each, and a folder."""
    copies = make_copies(tmp_path, count=count)
    for copy, person in zip(copies, PEOPLE, strict=False):
        work(copy, person, WORK)
    folder = tmp_path / "shared"
    folder.mkdir()
    return copies, folder


def test_two_copies_are_equal_after_each_has_synchronised(tmp_path: Path) -> None:
    copies, folder = pairs(tmp_path)
    first = exchange(copies[0], folder)
    assert first.sent_edits == 4 and first.sent_documents == 3 and first.received.is_empty
    second = exchange(copies[1], folder)
    assert second.received.edits == second.sent_edits == 4
    assert second.people == {"Ali": 4}
    assert second.sent_documents == 0, "the folder has the documents already"
    third = exchange(copies[0], folder)
    assert third.received.edits == 4 and third.sent_edits == 0
    assert contents(copies[0]) == contents(copies[1])
    before = segments(folder)
    assert exchange(copies[0], folder).is_empty and exchange(copies[1], folder).is_empty
    assert segments(folder) == before and len(before) == 2


def settle(project: Project, person: Annotator, number: int) -> None:
    """Settle one span of an article, and mark the article as settled."""
    document = document_id(TEXTS[number % len(TEXTS)])
    label = ("LOC", "ORG", "")[number % 3]
    value: GoldValue = {"label": label, "by": person.id, "rests": {PEOPLE[0].id: "LOC", PEOPLE[1].id: ""}}
    writes = [Write(document, CellKind.GOLD, f"{number % 4}:5", None, value)]
    if number % 2:
        writes.append(Write(document, CellKind.GOLD, "", None, value | {"label": ""}))
    append(project, person, EditKind.SETTLE, document, writes)


def append(project: Project, person: Annotator, kind: EditKind, document: str, writes: Sequence[Write]) -> None:
    """Append an edit of somebody to the log."""
    project.annotators.add(person)
    project.log.append(Edit(project.log.new_id(), person.id, document, kind, tuple(writes)))


def change_anything(path: Path, person: Annotator, number: int) -> None:
    """Let somebody make a change that is none of the session's actions."""
    with Project.open(path) as project:
        project.annotators.add(replace(person, name=f"{person.name} {number % 2}"))
        document = document_id(TEXTS[number % len(TEXTS)])
        other = TEAM[number % len(TEAM)]
        actions: list[Callable[[], object]] = [
            lambda: settle(project, person, number),
            lambda: append(project, person, EditKind.TEAM, "", [role_write(other.id, list(Role)[number % 3])]),
            lambda: append(project, person, EditKind.TEAM, "", [peers_write(bool(number % 2))]),
            lambda: append(project, person, EditKind.ASSIGN, document, [assignment(document, other.id)]),
            lambda: project.documents.add(make_document(f"نص جديد {number}", f"عنوان {number} {person.name}")),
            lambda: project.suggestions.replace(
                document, "lexicon", "1", make_suggestions(TEXTS[number % len(TEXTS)], "lexicon", seed=number)
            ),
            lambda: project.time_spent.add(person.id, [WorkInterval(document, number, 1 + number)]),
        ]
        actions[number % len(actions)]()


Step = tuple[str, int, list[Action], int]
"""What happens, in which copy, the actions and a number for what there is to choose."""
steps = st.lists(
    st.tuples(
        st.sampled_from(["work", "change", "change", "sync", "sync", "merge", "harm"]),
        st.integers(0, 4),
        st.lists(actions, max_size=4),
        st.integers(0, 59),
    ),
    max_size=16,
)


class Harm:
    """What synchronisers do to the files of a folder: parts, copies, other names, files that come late."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder = folder
        self._aside = aside
        aside.mkdir()

    def do(self, number: int) -> None:
        """Do something to one of the files."""
        files = segments(self._folder)
        if not files:
            return
        file = files[number % len(files)]
        [self._delay, self._duplicate, self._rename, self._truncate, self._swap][number % 5](file, number)

    def heal(self) -> None:
        """Let everything arrive, under other names than before. Parts remain beside the whole files."""
        for file in segments(self._aside):
            file.rename(self._folder / f"arrived {file.name}")

    def _delay(self, file: Path, number: int) -> None:
        if len(segments(self._folder)) > 1:  # an emptied folder is refused
            file.rename(self._aside / f"{number}{file.name[-60:]}")

    def _duplicate(self, file: Path, number: int) -> None:
        shutil.copyfile(file, file.with_name(f"{file.name[:-60]} (conflict copy {number}){SUFFIX}"))

    def _rename(self, file: Path, number: int) -> None:
        file.rename(file.with_name(f"{number} renamed {file.name[-60:]}"))

    def _truncate(self, file: Path, number: int) -> None:
        data = file.read_bytes()
        shutil.copyfile(file, self._aside / f"whole {number}{file.name[-60:]}")
        file.write_bytes(data[: len(data) * (number % 7) // 7])

    def _swap(self, file: Path, number: int) -> None:
        """Give a file the name of another one."""
        other = segments(self._folder)[(number + 1) % len(segments(self._folder))]
        if other != file:
            aside = self._aside / "swapped"
            file.rename(aside)
            other.rename(file)
            aside.rename(other)


def check_union(happens: Sequence[Step], *, nested: bool) -> None:
    """Let five people work, exchange and merge in any order; then all copies and a merge of all must be equal."""
    with TemporaryDirectory() as name:
        root = Path(name)
        copies = make_copies(root, nested, count=len(TEAM))
        folder = root / "shared"
        folder.mkdir()
        harm = Harm(folder, root / "aside")
        made: dict[str, Edit] = {}
        for what, number, done, choice in happens:
            copy, person = copies[number], TEAM[number]
            if what == "work":
                work(copy, person, done)
            elif what == "change":
                change_anything(copy, person, choice)
            elif what == "sync":
                exchange(copy, folder)
            elif what == "harm":
                harm.do(choice)
            else:
                with Project.open(copy) as project:
                    merge_copies(project, [copies[choice % len(copies)]])
            with Project.open(copy) as project:
                made |= {edit.id: edit for edit in project.log.edits()}
        merged = root / "merged.annot"
        shutil.copyfile(copies[0], merged)
        with Project.open(merged) as project:
            merge_copies(project, copies[1:])
        harm.heal()
        until_in_step(copies, folder)
        expected = contents(merged)
        assert all(contents(copy) == expected for copy in copies)
        exports = [exported(path, root / f"export-{number}") for number, path in enumerate([merged, *copies])]
        assert all(export == exports[0] for export in exports)
        with Project.open(copies[0]) as project:
            log = {edit.id: edit for edit in project.log.edits()}
            assert log == made
            team = project.team.facts()
            state = project.log.state()
            assert state == {key: value for key, value in fold(log.values()).items() if key.cell is not CellKind.TEAM}
        with Project.open(copies[-1]) as project:
            assert project.team.facts() == team


@settings(max_examples=4, phases=QUICK)
@given(steps, st.booleans())
def test_any_order_of_exchanges_and_merges_ends_in_the_same_state(happens: list[Step], nested: bool) -> None:
    check_union(happens, nested=nested)


@pytest.mark.long
@settings(max_examples=150, phases=QUICK)
@given(st.lists(steps, max_size=3), st.booleans())
def test_the_same_for_longer_work(happens: list[list[Step]], nested: bool) -> None:
    check_union([step for some in happens for step in some], nested=nested)
