"""The documents of a project, in the order of import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlite_utils import Database

from annotator.domain.model.document import Document
from annotator.domain.review.calibration import Calibrator
from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.file.checksums import write_checksums
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.file.fast_sql import insert, select
from annotator.storage.rows import Row, document_from_row, document_to_row, to_json
from annotator.storage.tables.document_metrics import DocumentMetricsTable
from annotator.storage.tables.document_rows import DocumentRow, document_rows
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import ERASED, REMOVED
from annotator.storage.tables.titles import present_title
from annotator.text.normalise import normalise_words

_PRESENT = f"select *, {present_title('articles')} as now from articles"  # noqa: S608
_CHUNK = 200
_HELD = 1 << 21  # characters


class Documents:
    """The articles. They never change after import, and each text is stored once.

    Lists and counts skip removed documents. A removed document can still be read by its id.
    """

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels
        self._metrics = DocumentMetricsTable(connection, labels)

    def add(self, document: Document) -> bool:
        """Store a document. Return False, and change nothing, if its text is already stored."""
        return self._add_chunk([document]) == 1

    def add_many(self, documents: Iterable[Document]) -> int:
        """Store documents, 200 in a transaction; return how many were new."""
        added = 0
        chunk: list[Document] = []
        for document in documents:
            chunk.append(document)
            if len(chunk) == _CHUNK:
                added += self._add_chunk(chunk)
                chunk = []
        return added + self._add_chunk(chunk)

    def _add_chunk(self, chunk: list[Document]) -> int:
        with self._connection.transaction() as db:
            query = "select id from articles where id in (select value from json_each(?))"
            there = {row[0] for row in db.execute(query, [to_json([document.id for document in chunk])])}
            new: dict[str, Document] = {}
            for document in chunk:
                if document.id not in there:
                    new.setdefault(document.id, document)
            self._connection.observe(db.execute("select max(stamp) from articles").fetchone()[0])
            stamp = self._connection.clock.new
            insert_documents(db, [document_to_row(document, stamp()) for document in new.values()])
            return len(new)

    def get(self, document_id: str) -> Document:
        """Return a document, removed or not. Raises KeyError if it is not in the project, or was erased."""
        with self._connection.reading() as db:
            rows = select(db, f"{_PRESENT} where id = ? and id not in {ERASED}", [document_id])
        if not rows:
            raise KeyError(document_id)
        with translate_decode_errors(self._connection.path):
            return _document(rows[0])

    def get_many(self, document_ids: Sequence[str]) -> list[Document]:
        """Return documents in the order given. Unknown ids are skipped."""
        query = f"{_PRESENT} where id in (select value from json_each(?)) and id not in {ERASED}"  # noqa: S608
        with self._connection.reading() as db:
            rows = {row["id"]: row for row in select(db, query, [to_json(list(document_ids))])}
        with translate_decode_errors(self._connection.path):
            return [_document(rows[i]) for i in document_ids if i in rows]

    def titles(self, document_id: str) -> tuple[str, str]:
        """Return the present title of a document and its imported one. Raises KeyError if it is not in the project."""
        query = f"select {present_title('articles')}, title from articles where id = ?"  # noqa: S608
        with self._connection.reading() as db:
            found: tuple[str, str] | None = db.execute(query, [document_id]).fetchone()
        if found is None:
            raise KeyError(document_id)
        return found

    def groups(self, document_ids: Iterable[str]) -> Iterator[list[Document]]:
        """Yield documents in the order given, in groups of up to 200 documents and 2 million characters.

        Unknown ids are skipped.
        """
        query = f"select id, length from articles where id in (select value from json_each(?)) and id not in {ERASED}"  # noqa: S608
        waiting = iter(document_ids)
        while chunk := list(islice(waiting, _CHUNK)):
            with self._connection.reading() as db:
                lengths: dict[str, int] = dict(db.execute(query, [to_json(chunk)]))
            some: list[str] = []
            held = 0
            for document_id in chunk:
                held += lengths.get(document_id, 0)
                if some and held > _HELD:
                    yield self.get_many(some)
                    some, held = [], lengths.get(document_id, 0)
                some.append(document_id)
            yield self.get_many(some)

    def each(self, document_ids: Iterable[str]) -> Iterator[Document]:
        """Yield documents in the order given. Unknown ids are skipped."""
        for group in self.groups(document_ids):
            yield from group

    def __contains__(self, document_id: object) -> bool:
        """Return True if a document with this id is in the project and was not removed."""
        with self._connection.reading() as db:
            query = f"select 1 from articles where id = ? and id not in {REMOVED}"  # noqa: S608
            return db.execute(query, [document_id]).fetchone() is not None

    def count(self) -> int:
        """Return the number of documents that were not removed."""
        with self._connection.reading() as db:
            return db.table("articles").count - _count_hidden(db)

    def ids_with_prefix(self, start: str) -> list[str]:
        """Return up to two ids that begin with a text, also of removed documents."""
        query = "select id from articles where id >= ? and id < ? || char(1114111) limit 2"
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(query, [start, start])]

    def count_removed(self) -> int:
        """Return the number of removed documents."""
        with self._connection.reading() as db:
            return _count_hidden(db)

    def removed(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Return those of some documents that were removed or erased."""
        return self._among(document_ids, REMOVED)

    def erased(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Return those of some documents that were erased."""
        return self._among(document_ids, ERASED)

    def present(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Return those of some documents that are in the project and were not removed."""
        return self._among(document_ids, f"(select id from articles) and value not in {REMOVED}")  # noqa: S608

    def _among(self, document_ids: Iterable[str], some: str) -> frozenset[str]:
        query = f"select value from json_each(?) where value in {some}"  # noqa: S608
        with self._connection.reading() as db:
            return frozenset(row[0] for row in db.execute(query, [to_json(list(document_ids))]))

    def ids(self) -> Iterator[str]:
        """Yield the id of every document that was not removed, in the order of import.

        Writing in between is allowed.
        """
        query = f"""
            select id, stamp from articles where (stamp, id) > (?, ?) and id not in {REMOVED}
            order by stamp, id limit ?
        """  # noqa: S608
        last = ("", "")
        while True:
            # Read in chunks: an open cursor would hold a read snapshot, in which nothing can be written.
            with self._connection.reading() as db:
                rows = list(db.query(query, [*last, _CHUNK]))
            if not rows:
                return
            yield from (row["id"] for row in rows)
            last = (rows[-1]["stamp"], rows[-1]["id"])

    def iter(self) -> Iterator[Document]:
        """Yield every document that was not removed, in the order of import."""
        return self.each(self.ids())

    def page(
        self,
        offset: int,
        limit: int,
        annotator_id: str = "",
        threshold: float = 0.0,
        order: DocumentOrder = DocumentOrder.IMPORTED,
        reliability: Calibrator | None = None,
    ) -> list[DocumentRow]:
        """Return up to limit rows of the document list in a sort order, from offset on.

        done, annotations and pending are the annotator's. pending counts the suggestions that the annotator has still
        to decide, if their calibrated score (without a reliability, their score) is at least threshold, 0 to 1.
        """
        ids = self.page_ids(offset, limit, order)
        return document_rows(self._connection, self._labels, ids, annotator_id, threshold, reliability)

    def rows(
        self,
        document_ids: Sequence[str],
        annotator_id: str = "",
        threshold: float = 0.0,
        reliability: Calibrator | None = None,
    ) -> list[DocumentRow]:
        """Return the rows of documents as page() does, in the order given."""
        return document_rows(self._connection, self._labels, document_ids, annotator_id, threshold, reliability)

    def page_ids(self, offset: int, limit: int, order: DocumentOrder = DocumentOrder.IMPORTED) -> list[str]:
        """Return the ids of up to limit documents in a sort order, from offset on."""
        if order is not DocumentOrder.IMPORTED:
            return self._metrics.ids(order, offset, limit)
        query = f"select id from articles where id not in {REMOVED} order by stamp, id limit ? offset ?"  # noqa: S608
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(query, [limit, offset])]

    def row(
        self,
        document_id: str,
        annotator_id: str = "",
        threshold: float = 0.0,
        reliability: Calibrator | None = None,
    ) -> DocumentRow:
        """Return the row of one document as page() does. Raises KeyError if it is not in the project."""
        rows = document_rows(self._connection, self._labels, [document_id], annotator_id, threshold, reliability)
        if not rows:
            raise KeyError(document_id)
        return rows[0]

    def position(self, document_id: str, order: DocumentOrder = DocumentOrder.IMPORTED) -> int:
        """Return the position of a document in a sort order, from 0.

        Raises KeyError if it is not there, or was removed.
        """
        if document_id not in self:
            raise KeyError(document_id)
        return self.count_before(document_id, order)

    def count_before(self, document_id: str, order: DocumentOrder = DocumentOrder.IMPORTED) -> int:
        """Return how many documents precede one in a sort order; that one may be removed.

        Raises KeyError if it is unknown.
        """
        if order is not DocumentOrder.IMPORTED:
            return self._metrics.count_before(document_id, order)
        query = f"""
            select (select count(*) from articles d where (d.stamp, d.id) < (e.stamp, e.id))
                - (select count(*) from articles d where d.id in {REMOVED} and (d.stamp, d.id) < (e.stamp, e.id))
            from articles e where id = ?
        """  # noqa: S608
        with self._connection.reading() as db:
            row = db.execute(query, [document_id]).fetchone()
        if row is None:
            raise KeyError(document_id)
        return int(row[0])


def insert_documents(db: Database, rows: Sequence[Row], *, key: Sequence[str] = ()) -> None:
    """Insert the rows of documents, and a row for each in the tables that they are filtered and sorted by.

    key is that of fast_sql.insert(). Triggers took three times as long as these statements.
    """
    insert(db, "articles", rows, key=key)
    write_checksums(db, "documents", rows)
    heads = [
        (row["id"], row["stamp"], row["date"] or "", row["source"], normalise_words(row["title"]).strip())
        for row in rows
    ]
    into = "insert or ignore into document_heads (document, stamp, date, source, words)"
    db.conn.executemany(f"{into} values (?, ?, ?, ?, ?)", heads)
    numbers = [(row["id"], row["date"] or "") for row in rows]
    db.conn.executemany("insert or ignore into document_numbers (document, date) values (?, ?)", numbers)


def _document(row: Row) -> Document:
    """Return the document of a row of _PRESENT, with its present title."""
    return document_from_row(row | {"title": row["now"]})


def _count_hidden(db: Database) -> int:
    return int(db.execute(f"select count(*) from (select distinct document from {REMOVED})").fetchone()[0])  # noqa: S608
