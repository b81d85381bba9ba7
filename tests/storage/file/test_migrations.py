"""Old project files open, lose nothing, and are upgraded in complete steps."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import fold
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.tagset.changes import RenameLabel
from annotator.session import Session
from annotator.storage.file.connection import APPLICATION_ID
from annotator.storage.file.migrations import migrations, unknown_steps
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from tests.conftest import ROOT
from tests.storage.strategies import PEOPLE, TEXTS, make_project, make_tagset

DUMPS = sorted((ROOT / "tests" / "data").glob("project-*.sql"))


def restored(dump: Path, path: Path) -> Path:
    """Make a project file from what an earlier version wrote."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.executescript(dump.read_text(encoding="utf-8"))
    return path


def without_last_steps(path: Path, kept: int) -> Path:
    """Make a project file as it was when there were fewer steps."""
    with Database(memory=True) as empty:
        first_missing = migrations.pending(empty)[kept].name
    whole = make_project(path.with_name("whole"), texts=())
    with Database(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(db, stop_before=first_missing)
        db.attach("whole", whole)
        db.execute("insert into meta select * from whole.meta")
    return path


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_a_project_of_an_earlier_version_opens_and_can_be_worked_on(dump: Path, tmp_path: Path) -> None:
    with Project.open(restored(dump, tmp_path / "p.annot")) as project:
        assert project.tagset == make_tagset()
        assert [d.text for d in project.documents.iter()] == list(TEXTS)
        log = list(project.log.edits())
        assert len(log) > 8
        state = project.log.state()
        assert state == fold(log)
        assert project.integrity() == []
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        undone = 0
        while session.undo():
            undone += 1
        assert project.log.state() == {}
        for _ in range(undone):
            session.redo()
        assert project.log.state() == state


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_an_earlier_version_s_documents_can_be_filtered(dump: Path, tmp_path: Path) -> None:
    with Project.open(restored(dump, tmp_path / "p.annot")) as project:
        db = project._connection.db
        heads = {row["document"]: (row["source"], row["date"]) for row in db.table("document_heads").rows}
        assert heads == {d.id: (d.source, d.date.isoformat() if d.date else "") for d in project.documents.iter()}
        best = """
            select r.document, r.suggester, s.label, max(s.score) from runs r join suggestions s on s.run = r.id
            group by 1, 2, 3 order by 1, 2, 3
        """
        kept = """
            select document, suggester, label, score from best_scores join suggestion_kinds on id = kind
            order by 1, 2, 3
        """
        assert list(db.execute(kept)) == list(db.execute(best)) != []
        assert set(project.metrics.stale()) == {i for i in heads if project.suggestions.versions(i)}
        found = project.filtered_documents.ids(
            DocumentFilter(words="عنوان"), DocumentOrder.IMPORTED, Viewer(PEOPLE[0].id)
        )
        assert found == list(project.documents.ids())


@pytest.mark.parametrize("kept", [1, 2])
def test_missing_steps_are_made_up_for_on_opening(tmp_path: Path, kept: int) -> None:
    path = without_last_steps(tmp_path / "old.annot", kept)
    with Project.open(path) as project:
        assert migrations.pending(project._connection.db) == []
        assert project.log.latest_id() is None
        assert project.suggestions.counts() == {}


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = without_last_steps(tmp_path / "old.annot", 1)
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table notes (x)")
    shutil.copyfile(path, tmp_path / "before")
    with pytest.raises(sqlite3.OperationalError, match="notes"):
        Project.open(path)
    with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(tmp_path / "before")) as before:
        assert list(db.iterdump()) == list(before.iterdump())


def test_every_step_has_a_number_in_order_and_none_is_unknown(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        names = [step.name for step in migrations.applied(project._connection.db)]
        numbers = [name[:4] for name in names]
        assert all(number.isdecimal() for number in numbers)
        assert numbers == sorted(set(numbers))
        assert unknown_steps(project._connection.db) == []


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_the_log_of_an_earlier_version_stays_append_only_and_takes_edits_without_a_document(
    dump: Path, tmp_path: Path
) -> None:
    old, new = restored(dump, tmp_path / "old.annot"), make_project(tmp_path / "new.annot")
    with Project.open(old) as project:
        Session(project, PEOPLE[0]).change_tagset([RenameLabel("LOC", "PLACE")])
        assert project.integrity() == []
    with closing(sqlite3.connect(old)) as db, closing(sqlite3.connect(new)) as made:
        query = "select type, name, sql from sqlite_master where tbl_name = 'edits' order by type, name"
        assert db.execute(query).fetchall() == made.execute(query).fetchall()
        assert db.execute("select document from edits where kind = 'tagset'").fetchall() == [(None,)]
        assert db.execute("pragma foreign_key_check").fetchall() == []
        for statement in ("update edits set kind = 'note'", "delete from edits"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(statement)


def test_every_table_has_a_key_and_takes_only_values_of_its_types() -> None:
    with Database(memory=True) as new:
        migrations.apply(new)
        query = "select name, strict from pragma_table_list where schema = 'main' and type = 'table'"
        strict = {name: flag for name, flag in new.execute(query) if not name.startswith(("_", "sqlite_"))}
        keys = {name: [row[1] for row in new.execute(f'pragma table_info("{name}")') if row[5]] for name in strict}
    assert len(keys) > 15
    # One row, and rows that their run leads to.
    assert {name for name, found in keys.items() if not found} == {"file_revision", "suggestions"}
    assert [name for name, flag in strict.items() if not flag] == []
