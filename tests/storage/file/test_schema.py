"""Files with a changed schema are refused, and changed texts are not merged."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.project import Project
from tests.storage.file.test_older_files import as_it_was
from tests.storage.strategies import PEOPLE, contents, make_project, work


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


def alter(path: Path, *statements: str) -> Path:
    """Do something to a file with the tools of others."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma writable_schema=on")
        for statement in statements:
            db.execute(statement)
    return path


HOSTILE = [
    ("create trigger other after insert on spans begin update spans set label = 'ORG' where rowid = new.rowid; end",),
    ("alter table runs rename to hidden", "create view runs as select * from hidden"),
    ("create view more as select 1",),
    ("drop trigger edits_no_delete",),
    ("drop trigger edits_no_delete", "create trigger edits_no_delete before delete on edits begin select 1; end"),
    ("create unique index few on spans (document)",),
    ("drop index idx_edits_annotator_id",),
    ("create virtual table other using fts5(text)",),
    ("alter table notes add column more text",),
    ("drop table roles",),
    ("update sqlite_master set sql = replace(sql, 'NOT NULL', 'CHECK(0)') where name = 'edits'",),
]


@pytest.mark.parametrize("statements", HOSTILE, ids=lambda statements: statements[-1][:40])
def test_another_schema_is_refused_in_a_sentence_and_nothing_has_changed(
    path: Path, statements: tuple[str, ...]
) -> None:
    alter(path, *statements)
    before = path.read_bytes()
    target = make_project(path.with_name("target.annot"))
    for act in (lambda: Project.open(path), lambda: merge_paths(target, [path])):
        with pytest.raises(
            ProjectError, match=rf"^{path} is damaged or was changed by another program: its \w+ \w+ is "
        ):
            act()
        assert path.read_bytes() == before


@pytest.mark.parametrize("kept", [3, 6, 8])
def test_a_trigger_in_a_file_of_an_earlier_version_is_refused_before_it_is_altered(path: Path, kept: int) -> None:
    work(path, PEOPLE[0], [("confirm", 0, 0)])
    old = as_it_was(path, path.with_name("old.annot"), kept)
    shutil.copyfile(old, path.with_name("good.annot"))
    alter(old, "create trigger other after insert on documents begin delete from annotations; end")
    before = old.read_bytes()
    with pytest.raises(ProjectError, match="its trigger other is not as this program makes it"):
        Project.open(old)
    assert old.read_bytes() == before
    assert contents(path.with_name("good.annot"))["state"]


def test_a_table_of_somebody_s_own_and_the_statistics_of_sqlite_do_no_harm(path: Path) -> None:
    alter(path, "create table mine (x)", "analyze")
    with Project.open(path) as project:
        assert project.integrity() == []


def test_nothing_in_the_schema_of_a_file_is_trusted(path: Path) -> None:
    with Project.open(path) as project:
        db = project._connection.db
        assert db.execute("pragma trusted_schema").fetchone() == (0,)
        assert db.execute("pragma cell_size_check").fetchone() == (1,)
        if sys.version_info >= (3, 12):
            assert db.conn.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)


def test_an_article_with_another_text_than_its_id_says_is_not_merged(path: Path, tmp_path: Path) -> None:
    target = make_project(tmp_path / "target.annot", texts=())
    alter(target, "delete from meta", f"attach '{path}' as other", "insert into meta select * from other.meta")
    altered = Path(shutil.copyfile(path, tmp_path / "altered.annot"))
    alter(altered, "update articles set text = replace(text, 'و', 'ز') where rowid = 2")
    before = contents(target)
    with pytest.raises(ProjectError, match=f"^{altered} is damaged"):
        merge_paths(target, [altered])
    assert contents(target) == before
    assert merge_paths(target, [path]).documents == 3


def test_the_kind_and_the_name_of_one_part_are_named(path: Path) -> None:
    alter(path, "create view aa as select 1", "create trigger zz after insert on runs begin select 1; end")
    with pytest.raises(ProjectError, match="its trigger zz is not as this program makes it"):
        Project.open(path)
