"""Time spent: one row for each interval of work. Rows never change, so that copies can be merged by adding rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.review.stopwatch import TimeEntry, WorkInterval
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.tables.removed_documents import REMOVED

_CHUNK = 1000


class TimeSpent:
    """The time that annotators spent on documents."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    def add(self, annotator_id: str, stretches: Iterable[WorkInterval], *, wait: bool = True) -> None:
        """Store intervals in which an annotator worked, in one transaction.

        With wait=False, if another program is writing, nothing is stored and ProjectError is raised immediately, so
        that no key press waits. Pass the same intervals again later.
        """
        with self._connection.reading() as db:
            (patience,) = db.execute("PRAGMA busy_timeout").fetchone()
            if not wait:
                db.execute("PRAGMA busy_timeout=0")
            try:
                with self._connection.transaction():
                    self._connection.observe(db.execute("select max(id) from spells").fetchone()[0])
                    db.conn.executemany(
                        "insert into spells (id, annotator, document, started, ms) values (?, ?, ?, ?, ?)",
                        [(self._connection.clock.new(), annotator_id, s.document, s.started, s.ms) for s in stretches],
                    )
            finally:
                db.execute(f"PRAGMA busy_timeout={patience}")

    def spent(self, document_id: str, annotator_id: str) -> int:
        """Return the time that an annotator spent on a document, in ms."""
        query = "select coalesce(sum(ms), 0) from spells where annotator = ? and document = ?"
        with self._connection.reading() as db:
            return int(db.execute(query, [annotator_id, document_id]).fetchone()[0])

    def by_document(self, annotator_id: str) -> list[tuple[int, int]]:
        """Return (ms spent, length in code points) for each document that an annotator worked on."""
        query = f"""
            select s.ms, d.length
            from (select document, sum(ms) as ms from spells where annotator = ? group by document) s
            join articles d on d.id = s.document where d.id not in {REMOVED} order by s.ms
        """  # noqa: S608
        with self._connection.reading() as db:
            return list(db.execute(query, [annotator_id]))

    def all(self) -> Iterator[TimeEntry]:
        """Yield every row in the order of ids. Writing in between is allowed."""
        query = "select id, annotator, document, started, ms from spells where id > ? order by id limit ?"
        last = ""
        while True:
            with self._connection.reading() as db:
                rows = db.execute(query, [last, _CHUNK]).fetchall()
            if not rows:
                return
            yield from (TimeEntry(row[0], row[1], WorkInterval(*row[2:])) for row in rows)
            last = rows[-1][0]

    def union(self, time_spent: Iterable[TimeEntry]) -> None:
        """Add the rows that are not there yet. Their documents and annotators must be in the project."""
        with self._connection.transaction() as db:
            db.conn.executemany(
                "insert or ignore into spells (id, annotator, document, started, ms) values (?, ?, ?, ?, ?)",
                ((s.id, s.annotator, s.stretch.document, s.stretch.started, s.stretch.ms) for s in time_spent),
            )
