"""The revision of a file is stored with the checksums in a form that every version of the program reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_project


def test_the_last_twelve_hexadecimal_digits_are_stored_as_a_number(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with Project.open(path) as project:
        project.annotators.add(PEOPLE[0])
    with closing(sqlite3.connect(path)) as db:
        (value,) = db.execute("select value from file_revision").fetchone()
        (total,) = db.execute("select total from checksum_totals where part = 'file_revision'").fetchone()
    assert f"{total:012x}" == value[-12:]
