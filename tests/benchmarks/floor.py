"""Time the least that a Python program could do for an import and an export: python -m tests.benchmarks.floor 2000

What beside_others times is set against a program that checks nothing and keeps no log: it decodes the same file with
json, puts texts and spans into two SQLite tables as durably as ours, writes them out again as JSON Lines, and reads
those back to compare them. Seconds are the wall clock's.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from tests.benchmarks.beside_others import articles

_TABLES = """
pragma journal_mode = wal;
pragma synchronous = full;
create table texts (id text primary key, text text);
create table spans (id text, start integer, "end" integer, label text, annotator text,
                    primary key (id, start, "end", label, annotator));
"""
_KEYS = ("start", "end", "label", "annotator")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a block takes."""
    began = time.perf_counter()
    yield
    print(f"{what} {time.perf_counter() - began:.2f} s")


def take_in(source: Path, db: sqlite3.Connection) -> None:
    """Store the texts and spans of JSON Lines, in one transaction."""
    texts, spans = [], []
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts.append((record["id"], record["text"]))
            spans += [(record["id"], *map(span.get, _KEYS)) for span in record["spans"]]
    with db:
        db.executemany("insert into texts values (?, ?)", texts)
        db.executemany("insert into spans values (?, ?, ?, ?, ?)", spans)


def write_out(db: sqlite3.Connection, target: Path) -> None:
    """Write the texts and spans as JSON Lines, and compare what is read back."""
    texts: list[tuple[str, str]] = db.execute("select id, text from texts").fetchall()
    spans: dict[str, list[dict[str, Any]]] = {document: [] for document, _ in texts}
    for document, *values in db.execute("select * from spans order by id, start"):
        spans[document].append(dict(zip(_KEYS, values, strict=True)))
    with target.open("w", encoding="utf-8") as file:
        for document, text in texts:
            record = {"id": document, "text": text, "spans": spans[document]}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with target.open(encoding="utf-8") as lines:
        for line, (document, text) in zip(lines, texts, strict=True):
            if json.loads(line) != {"id": document, "text": text, "spans": spans[document]}:
                raise SystemExit(f"{document} does not read back as it was written")


def main(count: int, rounds: int) -> None:
    """Print what each takes, some times."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.jsonl")
        list(find_writer("jsonl").write(articles(count), source, WriteOptions(include_debris=True)))
        for number in range(rounds):
            with closing(sqlite3.connect(Path(folder, f"{number}.sqlite3"))) as db:
                db.executescript(_TABLES)
                with timed("import"):
                    take_in(source, db)
                with timed("json"):
                    write_out(db, Path(folder, "out.jsonl"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    main(given.count, given.rounds)
