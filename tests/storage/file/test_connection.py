"""The connection to a project file does not trust what is in the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.storage.file.connection import connect
from annotator.storage.project import Project
from tests.storage.strategies import make_project


def test_a_view_in_a_file_cannot_call_a_function_of_the_program(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with closing(sqlite3.connect(path)) as db:
        db.execute("create view other as select act() as acted")
    calls: list[int] = []
    with closing(connect(path, 1.0)) as db:
        db.create_function("act", 0, lambda: calls.append(1))
        with pytest.raises(sqlite3.OperationalError, match="unsafe use of act"):
            db.execute("select * from other").fetchall()
    assert calls == []


def test_a_transaction_renews_the_revision_only_for_changes_that_others_display(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        connection = project._connection

        def revision() -> object:
            return connection.db.execute("select value from file_revision").fetchone()

        def write(sql: str, *, is_new_state: bool) -> bool:
            """Return True if a statement in a transaction renews the revision."""
            before = revision()
            with connection.transaction(is_new_state=is_new_state) as db:
                db.execute(sql)
            return revision() != before

        change, nothing = "update articles set title = title || 'x'", "update articles set title = '' where false"
        assert write(change, is_new_state=True)
        assert not write(change, is_new_state=False)
        assert not write(nothing, is_new_state=True)


def test_after_a_transaction_reading_still_waits_for_a_lock(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot"), timeout=2.5) as project:
        with project.transaction():
            pass
        assert project._connection.db.execute("PRAGMA busy_timeout").fetchone() == (2500,)


def test_limits_for_large_transactions_end_with_the_block_and_the_log_is_copied_to_the_file(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    names = ("cache_size", "wal_autocheckpoint")
    with Project.open(path) as project:
        db = project._connection.db

        def limits() -> list[int]:
            return [db.execute(f"pragma {name}").fetchone()[0] for name in names]

        before = limits()
        with pytest.raises(KeyError), project.bulk_writing():
            assert all(abs(now) > abs(then) for now, then in zip(limits(), before, strict=True))
            project.annotators.add(Annotator("nur", "Nur"))
            raise KeyError
        assert limits() == before
        assert b"Nur" in path.read_bytes()
