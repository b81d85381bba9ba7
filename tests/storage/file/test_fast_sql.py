"""Rows that are written fast get their checksums with them."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.file.checksums import checksum
from annotator.storage.file.fast_sql import insert
from annotator.storage.project import Project
from tests.storage.strategies import make_project


def test_a_row_is_written_with_its_checksum(tmp_path: Path) -> None:
    row = {"id": "a", "name": "Ali", "stamp": ""}
    with Project.open(make_project(tmp_path / "p.annot")) as project, project._connection.transaction() as db:
        insert(db, "annotators", [row])
        stored = db.execute("select checksum from checksums where part = 'annotators' and id = 'a'").fetchone()
        assert stored == (checksum("annotators", row),)
