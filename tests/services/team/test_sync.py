"""Copies of a project that exchange changes through a folder: in any order, twice, interrupted, with damaged files."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import (
    SHARED,
    CellKind,
    Edit,
    EditKind,
    GoldValue,
    NoteValue,
    StatusValue,
    Write,
    assignment,
    fold,
)
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.team.roles import peers_write, role_write
from annotator.errors import ProjectError, UserError
from annotator.services.project.merge_copies import merge_copies
from annotator.services.team.pack import PackRequest, make_packs
from annotator.services.team.segment import (
    SUFFIX,
    IncompleteSegmentError,
    NewerSegmentError,
    read_segment,
    write_segment,
)
from annotator.services.team.shared_folder import SharedFolder
from annotator.services.team.sync import SyncReport, sync
from annotator.session import Session
from annotator.storage.changeset import Changeset
from annotator.storage.file.clock import Clock, wall_ms
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
    make_project,
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
        """Let everything arrive, under other names than before. Parts remain next to the whole files."""
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


CHILD = """
import sys
from pathlib import Path
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.services.team import sync as module
from annotator.services.team.shared_folder import SharedFolder
from annotator.storage.project import Project

module.SENT_AT_ONCE = 300
with Project.open(sys.argv[1], timeout=60.0) as project:
    ids = list(project.documents.ids())
    print("ready", flush=True)
    number = 0
    while True:
        number += 1
        document = ids[number % len(ids)]
        writes = (Write(document, CellKind.NOTE, "", None, {"text": str(number)}),)
        edit = Edit(project.log.new_id(), "id-of-Ali", document, EditKind.NOTE, writes)
        print(project.log.append(edit).edit.id, flush=True)
        if number % 4 == 0:
            module.sync(project, SharedFolder(Path(sys.argv[2])))
"""


def check_kills(tmp_path: Path, kills: int) -> None:
    """Kill a program again and again while it works and exchanges; nothing may be lost or doubled."""
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    exchange(two, folder)
    chance = random.Random(kills)
    written: set[str] = set()
    for number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(one), str(folder)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            for _ in range(chance.randrange(1, 12)):
                written.add(child.stdout.readline().strip())
            time.sleep(chance.random() * 0.05)
            child.send_signal(signal.SIGKILL)
            # A line can be cut off by the kill; then the edit need not be durable.
            written |= {line.strip() for line in child.stdout if line.endswith("\n")}
        if number % 3 == 0:
            work(two, PEOPLE[1], [("note", number % 3, 0), ("doubt", number, 0)])
            exchange(two, folder)
    until_in_step([one, two], folder)
    assert contents(one) == contents(two)
    with Project.open(two) as project:
        log = [edit.id for edit in project.log.edits()]
    assert written <= set(log) and len(log) == len(set(log))
    for path in segments(folder):
        if not path.name.startswith("."):
            read_segment(path.read_bytes())


def test_nothing_is_lost_or_doubled_when_the_program_is_killed(tmp_path: Path) -> None:
    check_kills(tmp_path, 4)


@pytest.mark.long
def test_the_same_for_50_kills(tmp_path: Path) -> None:
    check_kills(tmp_path, 50)


def the_segment(folder: Path) -> Path:
    """Return the only file of a folder."""
    (path,) = segments(folder)
    return path


def test_edits_that_arrive_before_their_documents_wait_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one, two), folder = pairs(tmp_path)
    with Project.open(one) as project:
        project.documents.add(make_document("نص جديد وصل متأخرا"))
        new = document_id("نص جديد وصل متأخرا")
        for document in (new, document_id(TEXTS[0])):
            append(project, PEOPLE[0], EditKind.STATUS, document, [Write(document, CellKind.STATUS, "", None, DONE)])
        project.time_spent.add(PEOPLE[0].id, [WorkInterval(new, 5, 7)])
    monkeypatch.setattr("annotator.services.team.sync.SENT_AT_ONCE", 1)
    exchange(one, folder)
    late = [path for path in segments(folder) if new in read_text(path) and '"documents",{' in read_text(path)]
    for path in late:
        path.rename(tmp_path / path.name)
    report = exchange(two, folder)
    assert report.waiting == 2, "the edit of the article and the time spent on it"
    assert report.received.edits == 5
    with Project.open(two) as project:
        assert project.integrity() == []
        assert not list(project.time_spent.all())
    assert exchange(two, folder).waiting == 2
    for path in late:
        (tmp_path / path.name).rename(path)
    report = exchange(two, folder)
    assert (report.waiting, report.received.edits, report.received.documents) == (0, 1, 1)
    until_in_step([one, two], folder)
    assert contents(one) == contents(two)


DONE: StatusValue = {"status": "done"}


def read_text(path: Path) -> str:
    """Return the lines of a segment."""
    return gzip.decompress(path.read_bytes()).decode()


def test_a_damaged_file_is_silent_at_first_then_reported_and_the_folder_heals_when_it_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    path = the_segment(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert exchange(two, folder).problems == [], "it may still be arriving"
    monkeypatch.setattr("annotator.services.team.shared_folder.PATIENCE_MS", -1)
    (problem,) = exchange(two, folder).problems
    assert str(problem).startswith(f"{path} is incomplete or damaged and was skipped.")
    path.unlink()
    report = exchange(one, folder)
    assert report.sent_edits == 4, "it noticed that the folder lost what it had sent"
    until_in_step([one, two], folder)
    assert contents(one) == contents(two)


def test_no_part_of_a_segment_is_taken_for_a_whole_one(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    exchange(one, folder)
    data = the_segment(folder).read_bytes()
    whole = read_segment(data)
    for place in range(len(data)):
        with pytest.raises(IncompleteSegmentError):
            read_segment(data[:place])
        flipped = bytearray(data)
        flipped[place] ^= 1 << place % 8
        try:
            # Some bits at the start of a gzip file, such as those of its time, say nothing about its content.
            assert read_segment(bytes(flipped)) == whole, place
        except (IncompleteSegmentError, NewerSegmentError):
            continue


@pytest.mark.parametrize("kept", [0, 50, 99])
def test_a_damaged_segment_changes_nothing_not_even_in_part(tmp_path: Path, kept: int) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    path = the_segment(folder)
    data, before = path.read_bytes(), contents(two)
    path.write_bytes(data[: len(data) * kept // 100])
    assert exchange(two, folder).received.is_empty
    assert contents(two) == before
    flipped = bytearray(data)
    flipped[len(data) * kept // 100 + 12] ^= 0x10
    path.write_bytes(flipped)
    assert exchange(two, folder).received.is_empty
    assert contents(two) == before
    path.write_bytes(data)
    assert exchange(two, folder).received.edits == 4


def test_a_segment_of_equal_changes_is_equal_bytes_and_holds_them(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    exchange(one, folder)
    data = the_segment(folder).read_bytes()
    with Project.open(one) as project:
        assert write_segment(read_segment(data), project.id) == data


def hostile(path: Path, project_id: str, **changes: object) -> None:
    """Write a segment of one edit with other values in some columns."""
    row: dict[str, object] = {"id": Clock().new(), "annotator": PEOPLE[0].id, "document": None, "kind": "note"}
    row |= {"reverts": None, "time": 1, "payload": "[]"}
    made = Changeset()
    made.rows["edits"].append(row | changes)
    path.write_bytes(write_segment(made, project_id))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "steal"}, "is damaged and was skipped"),
        ({"payload": "[{}]"}, "is damaged and was skipped"),
        ({"payload": '[{"document":"","cell":"tagset","key":"x","before":null,"after":{"x":1}}]'}, "is damaged"),
        ({"id": "nonsense"}, "is damaged and was skipped"),
        ({"time": -1}, "is damaged and was skipped"),
        ({"id": Clock(lambda: wall_ms() + 3 * 86_400_000).new()}, "more than a day ahead"),
    ],
)
def test_a_segment_with_impossible_values_is_skipped_in_one_sentence(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    with Project.open(one) as project:
        hostile(folder / f"x{SUFFIX}", project.id, **changes)
    report = exchange(two, folder)
    (problem,) = report.problems
    assert said in str(problem) and report.received.edits == 4
    with Project.open(two) as project:
        assert project.integrity() == []


@pytest.mark.parametrize(
    ("suggestion", "is_sound"),
    [
        ([0, 3, "LOC", 0.5], True),
        ([0, 3, 7, 0.5], False),
        ([0, 3, "LOC", 1], False),
        ([0, 3, "LOC", None], False),
        ([3, 3, "LOC", 0.5], False),
    ],
)
def test_a_segment_with_an_impossible_suggestion_is_skipped(
    tmp_path: Path, suggestion: list[object], is_sound: bool
) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    made = Changeset()
    run = {"document": document_id(TEXTS[0]), "suggester": "s", "version": "1", "stamp": Clock().new()}
    made.rows["runs"].append(run | {"suggestions": [suggestion]})
    with Project.open(one) as project:
        (folder / f"x{SUFFIX}").write_bytes(write_segment(made, project.id))
    assert [("is damaged" in str(problem)) for problem in exchange(two, folder).problems] == [True] * (not is_sound)
    with Project.open(two) as project:
        assert any(each.suggester == "s" for each in project.suggestions.of(document_id(TEXTS[0]))) == is_sound


def test_an_edit_that_differs_from_the_one_here_is_refused(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    exchange(one, folder)
    with Project.open(one) as project:
        mine = next(project.log.edits())
        hostile(folder / f"x{SUFFIX}", project.id, id=mine.id)
    (problem,) = exchange(one, folder).problems
    assert "differs between them" in str(problem)


def test_files_of_other_projects_newer_versions_and_strangers_do_no_harm(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    other = make_project(tmp_path / "other.annot")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    exchange(other, elsewhere)
    shutil.copyfile(the_segment(elsewhere), folder / f"other{SUFFIX}")
    with Project.open(one) as project:
        newer = gzip.decompress(write_segment(Changeset(), project.id)).replace(b'"version":1', b'"version":2')
    (folder / f"newer{SUFFIX}").write_bytes(gzip.compress(newer))
    (folder / "holiday.jpg").write_bytes(b"\xff" * 1000)
    (folder / f".syncthing.half{SUFFIX}.tmp").write_bytes(b"\x1f\x8b")
    (folder / f"zeros{SUFFIX}").write_bytes(bytes(4096))
    (folder / f"folder{SUFFIX}").mkdir()
    report = exchange(two, folder)
    assert report.received.edits == 4
    assert [str(problem).partition(" in ")[0] for problem in report.problems] == [
        "Files of another project",
        "Files of a newer annotator",
    ]


def test_a_small_file_that_expands_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.services.team.segment._LARGEST_CONTENT", 1 << 16)
    changes = Changeset()
    changes.rows["annotators"] += [{"id": "a", "name": "n" * 1000, "stamp": "s"}] * 1000
    bomb = write_segment(changes, "1" * 32)
    assert len(bomb) < 1 << 14
    with pytest.raises(IncompleteSegmentError):
        read_segment(bomb)


def test_a_folder_that_cannot_be_reached_or_written_is_one_sentence_and_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one, _), folder = pairs(tmp_path)
    before = contents(one)
    with pytest.raises(UserError, match="Cannot reach"):
        exchange(one, tmp_path / "missing")
    with pytest.raises(UserError, match="is a file"):
        exchange(one, one)
    with Project.open(one) as project:
        monkeypatch.setattr(os, "access", lambda *_, **__: False)
        with pytest.raises(UserError, match="Cannot write to"):
            sync(project, SharedFolder(folder))
    monkeypatch.undo()
    assert contents(one) == before
    with Project.open(one) as project:
        assert project.outbox.carrier == "" and project.outbox.count() == 0

    def full(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="the disk is full"):
        exchange(one, folder)
    assert segments(folder) == []
    monkeypatch.undo()
    assert exchange(one, folder).sent_edits == 4


def test_an_emptied_folder_is_refused_until_everything_is_to_be_sent_again(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    until_in_step([one, two], folder)
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(UserError, match="is empty, but this project exchanged its work there before"):
        exchange(one, folder)
    assert segments(folder) == []
    assert exchange(one, folder, resend=True).sent_edits == 8
    assert exchange(two, folder).is_empty


def test_a_row_that_changes_while_it_is_sent_is_sent_again(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    until_in_step([one, two], folder)
    with Project.open(one) as project:
        outbox = project.outbox
        project.annotators.add(Annotator(PEOPLE[0].id, "first name"))
        changes = next(outbox.changesets(1_000))
        project.annotators.add(Annotator(PEOPLE[0].id, "second name"))
        outbox.settle(changes, {})
        assert [row["name"] for row in next(outbox.changesets(1_000)).rows["annotators"]] == ["second name"]
    until_in_step([one, two], folder)
    with Project.open(two) as project:
        assert project.replica.stamped_annotators()[PEOPLE[0].id][0].name == "second name"


@pytest.mark.parametrize(
    "damage",
    [
        "update edits set time = time + 1",
        "update articles set title = title || 'x'",
        "update articles set text = text || 'x'",
        "update annotators set name = name || 'x'",
    ],
)
def test_a_damaged_row_is_not_sent(tmp_path: Path, damage: str) -> None:
    (one, _), folder = pairs(tmp_path)
    with closing(sqlite3.connect(one, isolation_level=None)) as db:
        # Damage runs no triggers.
        triggers = db.execute(
            "select name, sql from sqlite_master where type = 'trigger' and tbl_name = ?", [damage.split()[1]]
        ).fetchall()
        for name, _ in triggers:
            db.execute(f"drop trigger {name}")
        assert db.execute(damage).rowcount
        for _, sql in triggers:
            db.execute(sql)
    with pytest.raises(ProjectError, match="damaged"):
        exchange(one, folder)
    assert segments(folder) == []


def test_what_is_sent_at_once_is_limited_by_suggestions_too(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    exchange(one, folder)
    with Project.open(one) as project:
        for text in TEXTS[:2]:
            many = [Suggestion(Span(0, end), "LOC", 0.5, "s", "1") for end in range(1, 40)]
            project.suggestions.replace(document_id(text), "s", "1", many)
        assert [len(next(project.outbox.changesets(limit)).rows["runs"]) for limit in (1_000, 4_000)] == [1, 2]


def test_what_a_merge_brings_in_is_sent_and_what_the_folder_brings_is_not(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    with Project.open(one) as project:
        merge_copies(project, [two])
        assert project.outbox.count() == 4
    assert exchange(one, folder).sent_edits == 4
    assert exchange(two, folder).sent_edits == 0


def test_another_folder_gets_everything_and_a_copy_of_the_file_goes_on_where_it_was(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    until_in_step([one, two], folder)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert exchange(one, stick).sent_edits == 8
    backup = tmp_path / "backup.annot"
    shutil.copyfile(two, backup)
    work(two, PEOPLE[1], [("note", 1, 0)])
    assert exchange(two, folder).sent_edits == 1
    assert exchange(backup, folder).received.edits == 1
    assert contents(backup) == contents(two)


def test_a_stop_keeps_what_came_in_and_the_next_exchange_continues(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)

    class StopError(Exception):
        """The user pressed Stop."""

    seen = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) > 4:
            raise StopError

    with Project.open(two) as project, pytest.raises(StopError):
        sync(project, SharedFolder(folder), progress=stop)
    with Project.open(two) as project:
        assert project.integrity() == []
    until_in_step([one, two], folder)
    assert contents(one) == contents(two)


def test_a_clock_that_is_ahead_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (one, two), folder = pairs(tmp_path)
    with Project.open(one) as project:
        document = document_id(TEXTS[0])
        writes = (Write(document, CellKind.STATUS, "", None, DONE),)
        ahead = Clock(lambda: wall_ms() + 3_600_000).new()
        project.log.append(Edit(ahead, PEOPLE[0].id, document, EditKind.STATUS, writes))
    exchange(one, folder)
    report = exchange(two, folder)
    assert [clock.annotator for clock in report.received.ahead] == ["Ali"]
    assert any("clock" in line for line in report.lines())


def test_the_facts_of_a_copy_do_not_travel(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    exchange(one, folder)
    with Project.open(two) as project:
        assert project.outbox.carrier == ""
        merge_copies(project, [one])
        assert project.outbox.carrier == "" and project.outbox.count() == 0, "a merge brings no carrier"
    assert "carrier" not in read_text(the_segment(folder)).replace('"format"', "")


def test_a_project_file_in_the_folder_is_warned_about(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    assert SharedFolder(folder).warning(one) is None
    inside = folder / "sub" / "x.annot"
    assert "is inside the shared folder" in str(SharedFolder(folder).warning(inside))


def test_a_blind_pack_receives_nothing_of_others_and_sends_its_own_work(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    secret = "سر لا تراه"
    with Project.open(one) as project:
        lead = PEOPLE[0]
        project.annotators.add(PEOPLE[2])
        project.annotators.add(Annotator(PEOPLE[1].id, "Hind"))
        documents = [document_id(text) for text in TEXTS]
        for document in documents[:2]:
            append(project, lead, EditKind.ASSIGN, document, [assignment(document, PEOPLE[2].id)])
        (pack,) = make_packs(project, [PEOPLE[2].id], tmp_path / "packs", PackRequest(blind=True))
        note: NoteValue = {"text": secret}
        append(project, lead, EditKind.NOTE, documents[0], [Write(documents[0], CellKind.NOTE, "", None, note)])
        append(project, lead, EditKind.TEAM, "", [peers_write(True)])
        append(project, lead, EditKind.ASSIGN, documents[1], [assignment(documents[1], PEOPLE[1].id)])
        settle(project, lead, 1)
        project.annotators.add(Annotator(lead.id, "Ghassan"))
        project.time_spent.add(lead.id, [WorkInterval(documents[0], 1, 2)])
        project.suggestions.replace(documents[0], "memory", "9", [])
    until_in_step([one, two], folder)
    work(pack.path, PEOPLE[2], WORK)
    report = exchange(pack.path, folder)
    assert report.sent_edits == 4 and report.received.edits == 1, "only that the lead allowed something"
    with Project.open(pack.path) as project:
        edits = list(project.log.edits())
        own = {edit.annotator for edit in edits if not {w.cell for w in edit.writes} <= SHARED}
        assert own == {PEOPLE[2].id}
        assert {person.name for person in project.annotators.all()} == {"Carmen", ""}
        assert project.documents.count() == 2
        assert {entry.annotator for entry in project.time_spent.all()} <= {PEOPLE[2].id}
        assert project.integrity() == []
    held = pack.path.read_bytes()
    assert not any(word.encode() in held for word in (secret, "Ghassan", "Hind"))
    assert exchange(pack.path, folder).is_empty
    until_in_step([one, two], folder)
    with Project.open(one) as project:
        assert {edit.id for edit in edits} <= {edit.id for edit in project.log.edits()}
        assert "Carmen" in {person.name for person in project.annotators.all()}
    assert contents(one) == contents(two)


def test_a_blind_pack_hears_of_the_removal_of_an_article_that_it_has(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    documents, lead = [document_id(text) for text in TEXTS], PEOPLE[0]
    with Project.open(one) as project:
        project.annotators.add(PEOPLE[2])
        append(project, lead, EditKind.ASSIGN, documents[0], [assignment(documents[0], PEOPLE[2].id)])
        (pack,) = make_packs(project, [PEOPLE[2].id], tmp_path / "packs", PackRequest(blind=True))
    for path in (one, pack.path):
        exchange(path, folder)
    with Project.open(one) as project:
        for document in documents[:2]:
            Session(project, lead).remove_articles([document])
    exchange(one, folder)
    assert exchange(pack.path, folder).received.edits == 1
    with Project.open(pack.path) as project:
        assert [edit.document for edit in project.log.edits() if edit.kind is EditKind.REMOVE_ARTICLE] == [documents[0]]


def test_a_blind_pack_hears_of_a_new_title(tmp_path: Path) -> None:
    (one, _), folder = pairs(tmp_path)
    documents, lead = [document_id(text) for text in TEXTS], PEOPLE[0]
    with Project.open(one) as project:
        project.annotators.add(PEOPLE[2])
        append(project, lead, EditKind.ASSIGN, documents[0], [assignment(documents[0], PEOPLE[2].id)])
        Session(project, lead).rename_article(documents[0], "عنوان قبل الحزمة")
        (pack,) = make_packs(project, [PEOPLE[2].id], tmp_path / "packs", PackRequest(blind=True))
    with Project.open(pack.path) as project:
        assert project.documents.get(documents[0]).title == "عنوان قبل الحزمة"
    for path in (one, pack.path):
        exchange(path, folder)
    with Project.open(one) as project:
        for document in documents[:2]:
            Session(project, lead).rename_article(document, "عنوان بعدها")
    exchange(one, folder)
    assert exchange(pack.path, folder).received.edits == 1
    with Project.open(pack.path) as project:
        assert project.documents.get(documents[0]).title == "عنوان بعدها"


def test_a_name_alone_counts_as_something_that_was_sent(tmp_path: Path) -> None:
    (one, two), folder = pairs(tmp_path)
    until_in_step([one, two], folder)
    with Project.open(one) as project:
        project.annotators.add(Annotator(PEOPLE[0].id, "renamed"))
    report = exchange(one, folder)
    assert not report.is_empty and (report.sent_rows, report.sent_edits) == (1, 0)
    until_in_step([one, two], folder)
    assert contents(one) == contents(two)
