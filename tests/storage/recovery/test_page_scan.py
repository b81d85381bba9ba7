"""Rows are read from pages as the file format of SQLite describes them, whatever the size of a page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.storage.recovery.page_scan import _varint, scan_rows


@pytest.mark.parametrize("size", [512, 1024, 4096, 65536])
def test_rows_are_found_in_pages_of_every_size_and_on_the_first_page(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    rows = [(number, "نص" * number, number / 7, b"\x00\xff" * number) for number in (-1, *range(200))]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"pragma page_size={size}")
        db.execute("create table t (rowid_ integer primary key, text text, share real, bytes blob)")
        db.executemany("insert into t values (?, ?, ?, ?)", rows)
    # The primary key is the rowid, which is not in the record.
    assert sorted(tuple(row) for row in scan_rows(path, 4)) == sorted((None, *row[1:]) for row in rows)
    assert [row[:3] for row in scan_rows(path, 5)] == [["table", "t", "t"]]


def test_an_integer_of_nine_bytes_has_eight_bits_in_the_last() -> None:
    assert _varint(b"\x81" + b"\x80" * 7 + b"\x03", 0) == (1 << 57 | 3, 9)
    assert _varint(b"\xff" * 9, 0) == ((1 << 64) - 1, 9)
