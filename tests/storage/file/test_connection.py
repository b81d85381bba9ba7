"""The connection to a project file does not trust what is in the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.storage.file.connection import connect
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
