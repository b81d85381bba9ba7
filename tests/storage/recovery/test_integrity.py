"""Damage is found before a file is used: in pages, texts, the log, and the state tables."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.domain.corpus.split import Side, SplitPlan
from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.errors import ProjectError
from annotator.services.corpus.export_corpus import export_corpus
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage import project as project_module
from annotator.storage.file.checksums import COLUMNS
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up, restore
from annotator.storage.recovery.integrity import Part
from annotator.storage.rows import TABLES
from tests.roles import store_former_role
from tests.services.exporting.requests import export_as
from tests.storage.file.test_damage import put
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, contents, make_project

FIRST = document_id(TEXTS[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a project on which three people have worked."""
    path = make_project(tmp_path / "p.annot")
    with Project.open(path) as project:
        for number, person in enumerate(PEOPLE):
            session = Session(project, person)
            for text in TEXTS:
                session.open(document_id(text))
                for turn in range(4):
                    ACTIONS["annotate"](session, 5 * turn + number, turn)
                session.set_note("نص", "")
                session.confirm_all()
                session.set_done(True)
    return path


def execute(path: Path, *statements: str) -> None:
    """Change a file as nobody may, without the triggers that keep the log as it is."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("select name, sql from sqlite_master where name like 'edits\\_no%' escape '\\'").fetchall()
        for name, _ in guards:
            db.execute(f"drop trigger {name}")
        for statement in statements:
            assert db.execute(statement).rowcount != 0, statement
        for _, sql in guards:
            db.execute(sql)


def parts(path: Path) -> set[Part]:
    """Return which parts of a file are damaged."""
    return {finding.part for finding in Project.check(path)}


def refused(path: Path, format: str = "jsonl") -> None:
    """Check that a damaged project is not exported, and that the export from before stays as it was."""
    out = path.with_name(f"out.{format}")
    out.write_text("a good export")
    with pytest.raises(ProjectError, match="is damaged"), Project.open(path) as project:
        export_as(project, out, format)
    assert out.read_text() == "a good export"


def test_a_sound_project_has_no_findings(path: Path) -> None:
    before = path.read_bytes()
    assert Project.check(path) == []
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("update spans set label = 'ORG' where rowid = 1", Part.STATE),
        ('update spans set "end" = "end" + 1 where rowid = 1', Part.STATE),
        ("delete from spans where rowid in (2, 3)", Part.STATE),
        ("delete from statuses", Part.STATE),
        ("update notes set doubtful = 1", Part.STATE),
        ("insert into tagset (key, value) values ('PERS:key', '{\"value\":\"7\"}')", Part.STATE),
        ("update edits set payload = replace(payload, 'manual', 'imported') where rowid = 1", Part.STATE),
        ("delete from edits where id = (select max(id) from edits where kind = 'add')", Part.STATE),
        ("update edits set payload = substr(payload, 2) where rowid = 3", Part.LOG),
        ("update edits set payload = replace(payload, 'after', 'aftes') where rowid = 3", Part.LOG),
        ("update edits set kind = 'konfirm' where rowid = 3", Part.LOG),
        ("update edits set payload = replace(payload, '\"label\"', '\"lapel\"') where kind = 'add'", Part.LOG),
        ("update articles set text = replace(text, 'بغداد', 'بغدان') where rowid = 1", Part.DOCUMENTS),
        ("update articles set regions = '[[1, 2' where rowid = 2", Part.DOCUMENTS),
        ("update articles set length = length + 1 where rowid = 2", Part.DOCUMENTS),
        ("delete from annotators where rowid = 1", Part.REFERENCES),
        ("drop table roles", Part.SCHEMA),
        ("update checksum_totals set total = total - 1 where part = 'edits'", Part.CHECKSUMS),
    ],
)
def test_what_sqlite_lets_pass_is_found_and_not_exported(path: Path, statement: str, part: Part) -> None:
    execute(path, statement)
    found = Project.check(path)
    assert part in {finding.part for finding in found}
    for finding in found:
        assert finding.sentence.endswith(".") and "\n" not in finding.sentence
    refused(path)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("articles", "title", "'عنوات'"),
        ("articles", "metadata", "'{\"a\":1}'"),
        ("articles", "stamp", "replace(stamp, '7', '8')"),
        ("annotators", "name", "'Alj'"),
        ("edits", "time", "time + 1"),
        ("edits", "payload", "replace(payload, 'manual', 'imported')"),
        ("meta", "value", "replace(value, '123456', '123457')"),
    ],
)
def test_a_row_that_was_changed_behind_the_program_is_found(path: Path, table: str, column: str, value: str) -> None:
    """Find what bytes on the disk do that no other part of the file contradicts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"drop trigger {name}")
        row = "name = 'tagset'" if table == "meta" else "rowid = 1"
        assert db.execute(f"update {table} set {column} = {value} where {row}").rowcount == 1  # noqa: S608
        for _, sql in guards:
            db.execute(sql)
    assert Part.CHECKSUMS in parts(path)
    refused(path)


def test_a_row_that_was_written_by_other_means_than_the_program_is_no_damage(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("update annotators set name = 'Ali Hasan' where rowid = 1")
        db.execute("delete from roles")
    assert Project.check(path) == []


def test_all_that_is_written_has_checksums(path: Path) -> None:
    with Project.open(path) as project:
        store_former_role(project, PEOPLE[0].id, Role.ADJUDICATOR)
        project.annotators.add(Annotator(PEOPLE[1].id, "Basma H."))
    merge_paths(make_project(path.with_name("target.annot")), [path])
    for file in (path, path.with_name("target.annot")):
        with closing(sqlite3.connect(file)) as db:
            for table, (key, *_) in COLUMNS.items():
                some = "where name in ('id', 'tagset')" if table == "meta" else ""
                there = {row[0] for row in db.execute(f"select {key} from {TABLES.get(table, table)} {some}")}  # noqa: S608
                assert {row[0] for row in db.execute("select id from checksums where part = ?", [table])} == there
                assert there or table == "roles"  # the merge does not write it


def test_a_finding_names_the_articles_in_which_labels_differ(path: Path) -> None:
    execute(path, f"delete from spans where document = '{FIRST}'")  # noqa: S608
    (finding,) = Project.check(path)
    assert finding.documents == (FIRST,)
    assert FIRST in finding.sentence


def test_a_value_of_another_type_is_found(path: Path) -> None:
    put(path, "articles", "title", b"\xff")
    assert Part.PAGES in parts(path)
    refused(path)


def test_a_page_that_a_sync_program_left_behind_is_found_whichever_it_is(path: Path, tmp_path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        session = Session(project, PEOPLE[1])
        session.open(FIRST)
        session.set_focus(session.items[0])
        assert session.give_label("ORG") and session.set_note("غيره", session.items[0].key)
    new = path.read_bytes()
    assert len(new) == len(old)
    stale = tmp_path / "stale.annot"
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("pragma page_size").fetchone()[0]
        counters = {1}  # The first page holds a counter of changes and nothing else that differs.
    pages = [n for n in range(len(new) // size) if new[n * size : (n + 1) * size] != old[n * size : (n + 1) * size]]
    changed = [page for page in pages if page + 1 not in counters]
    assert len(changed) > 4
    for page in changed:
        stale.write_bytes(new[: page * size] + old[page * size : (page + 1) * size] + new[(page + 1) * size :])
        assert Project.check(stale), page
        refused(stale)


def test_an_edit_that_cannot_be_found_by_its_cells_is_found(path: Path) -> None:
    execute(path, "delete from cell_writes where edit = (select max(edit) from cell_writes)")
    assert parts(path) == {Part.INDEXES}
    refused(path)


def test_an_index_that_is_not_that_of_its_table_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma writable_schema = on")
        (sql,) = db.execute("select sql from sqlite_master where name = 'idx_edits_annotator_id'").fetchone()
        other = sql.replace("[annotator]", "[kind]").replace('"annotator"', '"kind"')
        assert other != sql
        db.execute("update sqlite_master set sql = ? where name = 'idx_edits_annotator_id'", [other])
    assert Part.INDEXES in parts(path)
    refused(path)


def test_a_merge_takes_nothing_from_a_damaged_copy_and_brings_nothing_into_one(path: Path, tmp_path: Path) -> None:
    good, other = tmp_path / "good.annot", tmp_path / "other.annot"
    shutil.copyfile(path, good)
    shutil.copyfile(path, other)
    with Project.open(other) as project:
        session = Session(project, PEOPLE[0])
        session.open(FIRST)
        assert session.set_note("غيره", "")
    with Project.open(path) as project:
        session = Session(project, PEOPLE[1])
        session.open(FIRST)
        assert session.set_note("جديد", "")
    execute(path, "delete from spans where rowid = 1")
    damaged = path.read_bytes()
    before = contents(good)
    with pytest.raises(ProjectError, match="is damaged") as caught:
        merge_paths(good, [path])
    assert str(caught.value).startswith(str(path))
    assert contents(good) == before
    with pytest.raises(ProjectError, match="is damaged") as caught:
        merge_paths(path, [other])
    assert str(caught.value).startswith(str(path))
    assert path.read_bytes() == damaged


def test_a_damaged_file_is_not_brought_up_to_date(path: Path) -> None:
    step = "delete from _sqlite_migrations where name like '%roles'"
    execute(path, "drop table roles", step, "delete from statuses")
    before = path.read_bytes()
    assert Project.check(path)
    with pytest.raises(ProjectError, match="is damaged"):
        Project.open(path)
    assert path.read_bytes() == before


def test_no_backup_is_made_of_a_damaged_project_nor_put_back(path: Path) -> None:
    assert back_up(path)
    execute(path, "delete from spans where rowid = 1")
    with pytest.raises(ProjectError, match="is damaged, so it was not backed up"):
        back_up(path)
    damaged = Path(shutil.copyfile(path, path.with_name("damaged.annot")))
    with pytest.raises(ProjectError, match="is damaged or not a project"):
        restore(path, damaged)
    restore(path)
    assert Project.check(path) == []


def test_a_corpus_of_several_files_is_checked_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    def look(*args: object) -> list[object]:
        looks.append(args)
        return []

    monkeypatch.setattr(project_module, "find_damage", look)
    with Project.open(path) as project:
        export_corpus(
            project,
            path.with_name("corpus"),
            ExportRequest("jsonl", corpus=CorpusOptions(plan=SplitPlan({Side.TRAIN: 1, Side.TEST: 1}), plots=False)),
        )
        assert len(looks) == 1
        with project.read_transaction():
            project.refuse_damage()
            project.refuse_damage()
        assert len(looks) == 2
        project.refuse_damage()
        assert len(looks) == 3
        with project.read_transaction(is_checked=True):
            project.refuse_damage()
        assert len(looks) == 3


def test_a_project_that_others_write_to_is_checked_as_it_is_at_one_moment(path: Path) -> None:
    with Project.open(path) as project, Project.open(path) as window:
        session = Session(window, PEOPLE[2])
        session.open(FIRST)
        kept: list[object] = []

        def write_meanwhile() -> None:
            kept.append(session.set_note(f"نص {len(kept)}", ""))

        assert project.integrity(write_meanwhile) == []
        assert len(kept) > 4 and all(kept)
        assert Project.check(path) == []


def test_a_check_can_be_stopped(path: Path) -> None:
    class Stop(Exception):  # noqa: N818
        """Somebody asked for it."""

    def stop() -> None:
        raise Stop

    with Project.open(path) as project:
        with pytest.raises(Stop):
            project.integrity(stop)
        assert project.integrity() == []


def test_the_command_says_what_it_checked_and_what_it_found(path: Path) -> None:
    sound = CliRunner().invoke(main, ["check", str(path)], catch_exceptions=False)
    assert sound.exit_code == 0
    assert sound.output.endswith(f"{path} is sound.\n")
    execute(path, "delete from statuses", "update articles set regions = '['")
    before = path.read_bytes()
    damaged = CliRunner().invoke(main, ["check", str(path)], catch_exceptions=False)
    assert damaged.exit_code == 1
    assert "differ from the log" in damaged.output and "cannot be read as imported" in damaged.output
    told = CliRunner().invoke(main, ["check", str(path), "--json"], catch_exceptions=False)
    report = json.loads(told.output)
    assert told.exit_code == 1
    assert report["sound"] is False
    assert {finding["part"] for finding in report["findings"]} == {"documents", "state"}
    assert set(report["checked"]) == set(Part)
    assert path.read_bytes() == before


def test_what_cannot_be_read_is_no_finding(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("create table t (x)")
    for what in (tmp_path / "none.annot", tmp_path, other):
        result = CliRunner().invoke(main, ["check", str(what)], catch_exceptions=False)
        assert result.exit_code == 2
        assert len(result.output.splitlines()) == 1


def test_a_file_whose_table_of_contents_is_broken_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'CREATE TABLE "articles"', b'CREATE TABLE "article\xff"', 1))
    result = CliRunner().invoke(main, ["check", str(path)], catch_exceptions=False)
    assert result.exit_code == 1


def test_a_name_in_the_table_of_contents_that_is_no_text_is_damage(path: Path) -> None:
    step = b"0013_checksums"
    content = path.read_bytes()
    assert b"idx_runs_document_suggester" in content and step in content
    path.write_bytes(content.replace(b"idx_runs_document_suggester", b"idx_runs_document_suggeste\xff"))
    refused(path)
    assert Project.check(path)
    path.write_bytes(path.read_bytes().replace(step, b"0013_checksum\xff"))
    refused(path)


def test_an_erased_article_is_no_damage(path: Path) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).remove_articles([FIRST])
        project.removals.erase()
    assert Project.check(path) == []


def test_a_row_that_nothing_refers_to_is_missed(path: Path) -> None:
    with Project.open(path) as project:
        project.annotators.add(Annotator("id-of-nobody", "Dana"))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # A lost page takes the row along, and no trigger hears of it.
        name = "annotators_unchecked_delete"
        (trigger,) = db.execute("select sql from sqlite_master where name = ?", [name]).fetchone()
        db.execute(f"drop trigger {name}")
        db.execute("delete from annotators where id = 'id-of-nobody'")
        db.execute(trigger)
    assert parts(path) == {Part.CHECKSUMS}
