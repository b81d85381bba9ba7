"""Damage that SQLite does not notice: changed bytes cause an error that names the file, wherever they are.

The cases come from random changes of single bytes.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Role
from annotator.domain.model.document import document_id
from annotator.domain.review.stopwatch import WorkInterval
from annotator.errors import ProjectError
from annotator.services.annotators import summarise_annotators
from annotator.services.project.merge_copies import merge_paths
from annotator.services.project.stats import project_stats
from annotator.services.search.concordance import Concordance, Query, complete_index
from annotator.session import Session
from annotator.storage.project import Project
from tests.roles import store_former_role
from tests.services.exporting.requests import export_as
from tests.storage.strategies import PEOPLE, TEXTS, make_document, make_project

FIRST = document_id(TEXTS[0])
Act = Callable[[Project], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a project in which everything that there can be is there."""
    path = make_project(tmp_path / "p.annot")
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(FIRST)
        assert session.confirm() and session.reject() and session.set_note("نص", session.items[-1].key)
        store_former_role(project, PEOPLE[0].id, Role.ADJUDICATOR)
        project.time_spent.add(PEOPLE[0].id, [WorkInterval(FIRST, 0, 5000)])
        complete_index(project)
    return path


def put(path: Path, table: str, column: str, value: object, where: str = "true") -> None:
    """Put a value into a column that would refuse it, beside the file's own guards."""
    named = [table]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        (sql,) = db.execute("select sql from sqlite_master where name = ?", named).fetchone()
        triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"drop trigger {name}")
        db.execute("pragma writable_schema = on")
        bare = sql.replace("NOT NULL", "").replace("STRICT", "")
        db.execute("update sqlite_master set sql = ? where name = ?", [bare, *named])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        assert db.execute(f'update {table} set "{column}" = ? where {where}', [value]).rowcount > 0  # noqa: S608
        db.execute("pragma writable_schema = on")
        db.execute("update sqlite_master set sql = ? where name = ?", [sql, *named])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for _, trigger in triggers:
            db.execute(trigger)


def describe(path: Path, table: str, old: str, new: str) -> None:
    """Change some bytes of the description of a table."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        (sql,) = db.execute("select sql from sqlite_master where name = ?", [table]).fetchone()
        assert old in sql
        db.execute("pragma writable_schema = on")
        db.execute("update sqlite_master set sql = ? where name = ?", [sql.replace(old, new), table])


def told(path: Path, act: Act) -> None:
    """Use a project, and check that its damage is reported."""
    with pytest.raises(ProjectError) as caught, Project.open(path) as project:
        act(project)
    assert str(caught.value).startswith(f"{path} is damaged")


def export(project: Project) -> None:
    """Export a project as JSON."""
    export_as(project, project.path.with_name("out.json"), "json")


def merge_into_another(project: Project) -> None:
    """Merge a project into a copy that was made of it while it was sound."""
    merge_paths(project.path.with_name("sound.annot"), [project.path])


def search(project: Project) -> None:
    """Search for a word."""
    concordance = Concordance(project, PEOPLE[0].id, Query("بغداد"))
    concordance.page(concordance.candidates(), 0)


def label(project: Project) -> None:
    """Open an article and confirm what is suggested."""
    session = Session(project, PEOPLE[0])
    session.open(FIRST)
    session.confirm_all()


@pytest.mark.parametrize(
    ("table", "column", "value", "act"),
    [
        ("meta", "value", None, summarise_annotators),
        ("verdicts", "verdict", "acceqted", project_stats),
        ("verdicts", "verdict", "acceqted", label),
        ("verdicts", "verdict", None, label),
        ("verdicts", "key", "12:13", label),
        ("verdicts", "suggester", b"\xff", project_stats),
        ("roles", "role", "adjudicatoq", summarise_annotators),
        ("roles", "role", "adjudicatoq", merge_into_another),
        ("suggestions", "end", 0, lambda project: project.suggestions.of(FIRST)),
        ("suggestions", "score", None, label),
        ("articles", "length", "x", export),
        ("articles", "stamp", "{}", lambda project: project.documents.add(make_document("نص جديد"))),
        ("annotators", "name", b"\xff", export),
        ("annotators", "id", None, merge_into_another),
        ("runs", "suggester", None, merge_into_another),
        ("spells", "ms", "x", merge_into_another),
        ("edits", "time", -(10**15), project_stats),
        ("notes", "key", "a:b:c", lambda project: project.note_index.read(project.note_index.find())),
        ("tagset", "key", None, label),
    ],
)
def test_a_value_that_cannot_be_there_is_damage(path: Path, table: str, column: str, value: object, act: Act) -> None:
    if table == "tagset":
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("insert into tagset (key, value) values ('PERS:key', '{\"value\":\"7\"}')")
    shutil.copyfile(path, path.with_name("sound.annot"))
    is_of_one = table == "verdicts" and column in ("key", "suggester")
    put(path, table, column, value, "verdict = 'rejected'" if is_of_one else "true")
    told(path, act)


@pytest.mark.parametrize("act", [merge_into_another, lambda project: project.log.rebuild()])
@pytest.mark.parametrize(
    ("old", "new"),
    [(f'"document":"{FIRST}"', f'"document":"{FIRST[::-1]}"'), ('"label":', '"lapel":'), ('"cell":', '"ceml":')],
)
def test_an_edit_that_says_what_no_edit_says_is_damage(path: Path, old: str, new: str, act: Act) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[1])
        session.open(FIRST)
        shutil.copyfile(path, path.with_name("sound.annot"))
        assert session.confirm()
    with closing(sqlite3.connect(path)) as db:
        (last, payload) = db.execute("select id, payload from edits order by id desc limit 1").fetchone()
    assert old in payload and json.loads(payload.replace(old, new))
    put(path, "edits", "payload", payload.replace(old, new), f"id = '{last}'")
    told(path, act)


@pytest.mark.parametrize(
    ("table", "old", "new", "act"),
    [
        ("meta", '"name"', '"namd"', summarise_annotators),
        ("verdicts", '"suggester"', '"suggesteq"', project_stats),
        ("notes", '"text"', '"tezt"', label),
        ("runs", '"suggester"', '"suggesteq"', label),
        ("search_text", "trigram", "trigrbm", search),
        ("search_text", "content=''", "comtent=''", search),
        ("spans", 'REFERENCES "articles"', 'REFERENCES "articlez"', label),
    ],
)
def test_a_table_that_is_described_otherwise_is_damage(path: Path, table: str, old: str, new: str, act: Act) -> None:
    describe(path, table, old, new)
    told(path, act)


def test_a_number_that_leads_to_no_document_does_not_keep_a_search_going(path: Path) -> None:
    def look(done: int, total: int) -> None:
        """Take the progress, which there is after each look."""
        looks.append(done)
        assert len(looks) < 9

    with Project.open(path) as project:
        looks: list[int] = []
        concordance = Concordance(project, PEOPLE[0].id, Query("في"))
        candidates = [10_000, *concordance.candidates(), 10_001]
        page = concordance.page(candidates, 0, look)
        assert (page.next, looks) == (len(candidates), [len(candidates)])
