"""List removed documents, and erase them: content is overwritten, but ids remain, as the log refers to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.domain.model.document import Document
from annotator.domain.model.edit import REMOVED_KEY
from annotator.errors import ProjectError
from annotator.storage.file.checksums import write_checksums
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import LOCKED, translate_decode_errors
from annotator.storage.file.fast_sql import select
from annotator.storage.rows import date_from_text, document_to_row, to_json
from annotator.storage.tables.document_metrics import forget_suggestions
from annotator.storage.tables.document_rows import OPENING
from annotator.storage.tables.titles import present_title

_ERASABLE = "select document from removals where document not in (select document from erased_documents)"
_SOME = "(select value from json_each(?))"
_EMPTY = Document("", "")
# The last edit that writes the cell of a removal is the one that counts. Its cell has a short name in cell_writes: see
# annotator.storage.log.replay.cell_name().
_TITLE = present_title("d")
_LISTED = f"""
    select d.id, {_TITLE} as title, d.date,
        case when trim({_TITLE}) = '' then substr(d.text, 1, {OPENING}) else '' end as opening,
        coalesce(e.annotator, '') as annotator, coalesce(e.time, 0) as time
    from articles d
    left join edits e on e.id = (select max(edit) from cell_writes where cell = substr(d.id, 1, 8) || '{REMOVED_KEY}')
    where d.id in ({_ERASABLE}) order by e.id desc, d.stamp, d.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A removed document that can be restored.

    opening is the start of the text of a document without a title, at most OPENING code points. annotator is the id of
    who removed it and time when, in ms since 1970; they are "" and 0 if the log does not say so.
    """

    id: str
    title: str
    date: datetime.date | None
    opening: str
    annotator: str
    time: int


class Removals:
    """The removed documents of a project."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    def erasable(self) -> list[str]:
        """Return the removed documents that still have their text, in the order of import."""
        query = f"select id from articles where id in ({_ERASABLE}) order by stamp, id"  # noqa: S608
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(query)]

    def restorable(self) -> list[RemovedDocument]:
        """Return the removed documents that still have their text, the last removed first."""
        with self._connection.reading() as db:
            rows = list(db.query(_LISTED))
        with translate_decode_errors(self._connection.path):
            return [RemovedDocument(**{**row, "date": date_from_text(row["date"])}) for row in rows]

    def erase(self) -> list[str]:
        """Overwrite the text, title, source and suggestions of the removed documents; return their ids.

        Ids and decisions remain, so that the log can be read and a merge does not bring the text back. Backups and
        copies of the file are not changed. Raises ProjectError, also if another program is reading the file, so that
        its pages cannot be overwritten.
        """
        with self._connection.reading() as db:
            db.execute("PRAGMA secure_delete=on")
            self._empty_wal(db)
        with self._connection.transaction() as db:
            ids = [row[0] for row in db.execute(_ERASABLE)]
            _erase(db, ids)
        with self._connection.reading() as db:
            # VACUUM rewrites the file, so that no free page holds the text. The write-ahead log is emptied before: if
            # the program is killed meanwhile, log and file can be seen to belong together. And it is emptied after,
            # because it still holds the old pages.
            self._empty_wal(db)
            db.execute("VACUUM")
            self._empty_wal(db)
        return ids

    def _empty_wal(self, db: Database) -> None:
        """Copy the write-ahead log to the file and truncate it.

        Raises ProjectError if another program still reads an earlier state, because then the text remains in the file.
        """
        is_busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise ProjectError(LOCKED, path=self._connection.path)

    def refill(self, documents: Sequence[Document]) -> None:
        """Restore the content of erased documents that were imported again."""
        names = [name for name in document_to_row(_EMPTY, "") if name not in ("id", "stamp")]
        fields = ", ".join(f'"{name}" = ?' for name in names)
        with self._connection.transaction() as db:
            rows = [document_to_row(document, "") for document in documents]
            db.conn.executemany(
                f"update articles set {fields} where id = ?",  # noqa: S608
                [[*(row[name] for name in names), row["id"]] for row in rows],
            )
            _renew_checksums(db, [document.id for document in documents])
            _forget(db, [document.id for document in documents])
            db.conn.executemany("delete from erased_documents where document = ?", [[d.id] for d in documents])


def _erase(db: Database, ids: Sequence[str]) -> None:
    """Overwrite the content of documents, in the open transaction."""
    some = to_json(list(ids))
    empty = document_to_row(_EMPTY, "")
    fields = [name for name in empty if name not in ("id", "stamp")]
    db.execute(f"delete from suggestions where run in (select id from runs where document in {_SOME})", [some])  # noqa: S608
    db.execute(f"delete from runs where document in {_SOME}", [some])  # noqa: S608
    db.execute(
        f"update articles set {', '.join(f'{name} = ?' for name in fields)} where id in {_SOME}",  # noqa: S608
        [*(empty[name] for name in fields), some],
    )
    _renew_checksums(db, ids)
    _forget(db, ids)
    db.conn.executemany("insert into erased_documents (document) values (?)", [[i] for i in ids])


def _renew_checksums(db: Database, ids: Sequence[str]) -> None:
    query = f"select * from articles where id in {_SOME}"  # noqa: S608
    write_checksums(db, "documents", select(db, query, [to_json(list(ids))]))


def _forget(db: Database, ids: Sequence[str]) -> None:
    """Delete what was computed from the texts of documents. It is computed again when it is needed."""
    if not ids:
        return
    some = to_json(list(ids))
    forget_suggestions(db, ids)
    db.execute(
        "update document_numbers set entities = 0, uncertainty = 0, new_names = 0, repeated = 0, first = null, "  # noqa: S608
        f"basis = '', fingerprint = null where document in {_SOME}",
        [some],
    )
    db.execute(f"update document_numbers set repeated = 0, first = null where first in {_SOME}", [some])  # noqa: S608
    # A contentless FTS5 index cannot delete single texts. The next search fills it again.
    db.execute("insert into search_text(search_text) values('delete-all')")
    db.execute("delete from search_documents")
