"""Files of each earlier version, with work in them: opened, opened by several programs, merged with new ones."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file.connection import APPLICATION_ID
from annotator.storage.file.migrations import FORMER_NAMES, migrations
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.benchmarks.labels import measure_upgrade
from tests.conftest import ROOT
from tests.storage.strategies import PEOPLE, Action, contents, make_project, work

PATIENCE = 60.0  # seconds
WITH_SUGGESTIONS, WITH_TAGSET = 3, 6
"""The steps from which on a file holds suggestions, and changes of the tagset."""

WORK: list[Action] = [
    ("confirm all", 0, 0),
    ("annotate", 1, 2),
    ("note", 1, 1),
    ("open", 1, 0),
    ("confirm", 0, 0),
    ("skip", 0, 0),
    ("undo", 0, 0),
]

OPENING = """
import sys
from annotator.storage.project import Project
for path in sys.stdin:
    with Project.open(path.rstrip(), timeout=60.0) as project:
        edits = len(list(project.log.edits()))
    print(edits, flush=True)
"""


def steps() -> list[str]:
    """Return the names of all steps."""
    with Database(memory=True) as empty:
        return [step.name for step in migrations.pending(empty)]


def as_it_was(whole: Path, path: Path, kept: int) -> Path:
    """Make the file that a program with fewer steps would have left of the same work."""
    with Database(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(db, stop_before=steps()[kept])
        db.attach("whole", whole)
        # Triggers fill the tables with an underscore in their names, and until step 16 also cell_writes.
        tables = """
            select name from main.sqlite_master where type = 'table' and rootpage > 0
                and (name not glob '*[_]*' or name = 'cell_writes' and not exists (
                    select 1 from main.sqlite_master where name = 'edits_write_cells'))
                and name in (select name from whole.sqlite_master)
        """
        now = {former: name for name, former in FORMER_NAMES.items()}
        for (table,) in db.execute(tables).fetchall():
            columns = ", ".join(f'"{row[1]}"' for row in db.execute(f'pragma main.table_info("{table}")'))
            source = now.get(table, table)
            db.execute(f'insert into main."{table}" ({columns}) select {columns} from whole."{source}"')  # noqa: S608
    return path


@pytest.fixture(params=range(2, len(steps())))
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, int]:
    """Return a file of today, the same work as an earlier program left it, and how many steps that one had."""
    kept = request.param
    whole = make_project(tmp_path / "whole.annot")
    work(whole, PEOPLE[0], WORK + ([("tagset", 1, 3)] if kept >= WITH_TAGSET else []))
    return whole, as_it_was(whole, tmp_path / "old.annot", kept), kept


def expected(whole: Path, kept: int) -> dict[str, object]:
    """Return what is to be found after the upgrade."""
    found = contents(whole)
    if kept >= WITH_SUGGESTIONS:
        return found
    with Project.open(whole) as project:
        return found | {"run stamps": {}, "suggestions": {document: [] for document in project.documents.ids()}}


def test_all_that_was_in_a_file_is_there_after_the_upgrade(files: tuple[Path, Path, int]) -> None:
    whole, old, kept = files
    assert contents(old) == expected(whole, kept)


def test_an_older_file_brings_the_same_into_a_merge_whether_it_is_the_target_or_the_source(
    files: tuple[Path, Path, int], tmp_path: Path
) -> None:
    whole, old, _ = files
    before = old.read_bytes()
    work(whole, PEOPLE[1], [("confirm all", 0, 0)])
    one = Path(shutil.copyfile(whole, tmp_path / "one.annot"))
    assert merge_paths(one, [old]).edits == 0
    assert old.read_bytes() == before
    assert merge_paths(old, [whole]).edits == 1
    assert contents(old) == contents(one) == contents(whole)


@pytest.fixture(scope="module")
def programs() -> Iterator[list[subprocess.Popen[str]]]:
    """Return processes that open each file named on their standard input and print how many edits it has."""
    command = [sys.executable, "-c", OPENING]
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(command, text=True, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )
            for _ in range(3)
        ]


def test_several_programs_bring_one_file_up_to_date_at_once(
    files: tuple[Path, Path, int], programs: list[subprocess.Popen[str]]
) -> None:
    whole, old, kept = files
    for program in programs:
        assert program.stdin and program.stdout
        print(old, file=program.stdin, flush=True)
    answers = [program.stdout.readline() for program in programs if program.stdout]
    with closing(sqlite3.connect(whole)) as db:
        (edits,) = db.execute("select count(*) from edits").fetchone()
    assert answers == [f"{edits}\n"] * 3
    assert contents(old) == expected(whole, kept)


def test_the_benchmark_of_an_upgrade_makes_a_file_that_is_upgraded(tmp_path: Path) -> None:
    measure_upgrade(tmp_path, 20)
    with Project.open(tmp_path / "old.annot") as project:
        assert len(list(project.log.edits())) == 20


def test_an_import_has_one_row_in_the_index_of_cell_writes_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "p.annot"
    document = Document(document_id("زار وفد بغداد"), "زار وفد بغداد")
    writes = tuple(
        Write(
            document.id,
            CellKind.ANNOTATION,
            digit * 32,
            None,
            {"start": int(digit), "end": 14, "label": "LOC", "origin": "imported"},
        )
        for digit in "123"
    )
    with Project.create(path, load_tagset("camel")) as project:
        project.documents.add(document)
        project.annotators.add(Annotator("sara", "Sara"))
        project.log.append(Edit(project.log.new_id(), "sara", document.id, EditKind.IMPORT, writes))
        project.log.append(Edit(project.log.new_id(), "sara", document.id, EditKind.REMOVE, (writes[0].inverse(),)))
    old = as_it_was(path, tmp_path / "old.annot", steps().index("0016_fewer_cell_writes"))
    query = "select cell from cell_writes order by edit, cell"
    with closing(sqlite3.connect(old)) as db:
        assert [row[0] for row in db.execute(query)] == [document.id[:8] + n * 12 for n in "1231"]
    Project.open(old).close()
    for file in (old, path):
        with closing(sqlite3.connect(file)) as db:
            assert [row[0] for row in db.execute(query)] == [document.id[:8], document.id[:8] + "1" * 12]
        assert Project.check(file) == []


def test_a_file_without_a_write_ahead_log_waits_for_who_is_writing_when_it_is_opened(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = delete")
    held, going = threading.Event(), threading.Event()

    def hold() -> None:
        """Hold the file until somebody was seen to wait for it."""
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("begin immediate")
            held.set()
            going.wait(PATIENCE)
            db.execute("rollback")

    with ThreadPoolExecutor(1) as pool, pytest.MonkeyPatch.context() as patch:
        holding = pool.submit(hold)
        assert held.wait(PATIENCE)
        patch.setattr("annotator.storage.file.connection.time.sleep", lambda seconds: going.set())
        with Project.open(path) as project:
            assert project.documents.count()
        assert going.is_set()
        holding.result()
