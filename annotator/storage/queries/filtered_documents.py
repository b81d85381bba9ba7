"""Find the documents that match a filter, in any sort order. Reads a small table only, however long the texts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from annotator.domain.review.calibration import Calibrator
from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.rows import to_json
from annotator.storage.tables.document_metrics import ORDERS
from annotator.storage.tables.document_rows import document_rows
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED
from annotator.storage.tables.titles import present_title
from annotator.text.normalise import normalise_words

_CHUNK = 500
_HAS_ANNOTATION = "exists (select 1 from spans a where a.document = h.document and a.annotator = :me)"
_HAS_VERDICT = (
    "exists (select 1 from verdicts v where v.document = h.document and v.annotator = :me and v.verdict <> 'skipped')"
)
_IS_DONE = "exists (select 1 from statuses s where s.document = h.document and s.annotator = :me and s.status = 'done')"
_TOUCHED = f"({_HAS_ANNOTATION} or {_HAS_VERDICT})"
_PROGRESS = {
    Progress.DONE: _IS_DONE,
    Progress.DOING: f"(not {_IS_DONE} and {_TOUCHED})",
    Progress.NOTHING: f"(not {_IS_DONE} and not {_TOUCHED})",
}
_DOUBTFUL = "h.document in (select document from notes where annotator = :me and doubtful = 1)"
_NOTED = "h.document in (select document from notes where annotator = :me and text <> '')"
_PENDING = (
    f"(not {_IS_DONE} and exists (select 1 from best_scores b cross join temp.least_scores l on l.kind = b.kind "  # noqa: S608
    "where b.document = h.document and b.score >= l.score))"
)
_ASSIGNED = "h.document in (select document from assignments where key = :whose)"
_ASSIGNED_ONE = "exists (select 1 from assignments x where x.document = h.document and x.key = :whose)"
"""The same for few documents: the first reads all assignments, this one those of each document."""
_UNBEGUN = """
    not exists (select 1 from spans a where a.document = h.document)
    and not exists (select 1 from verdicts v where v.document = h.document and v.verdict <> 'skipped')
    and not exists (select 1 from statuses s where s.document = h.document and s.status = 'done')
"""
_SOURCES = f"""
    select source, count(*) from document_heads where document not in {REMOVED} group by source order by source
"""  # noqa: S608
_BY_NUMBER = "indexed by idx_document_numbers_document_repeated_date_entities_uncertainty_new_names"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The annotator who filters, with the threshold (0 to 1) and the reliability of scores that apply to them."""

    annotator: str
    threshold: float = 0.0
    reliability: Calibrator | None = None


class FilteredDocuments:
    """Finds the documents that match a filter."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def ids(
        self,
        asked: DocumentFilter,
        order: DocumentOrder,
        viewer: Viewer,
        among: Sequence[str] | None = None,
    ) -> list[str]:
        """Return the ids of all documents that match a filter, in a sort order. among limits the documents."""
        if asked.words.strip():
            self._spell_titles()
        query, values = _query(asked, order, viewer, among)
        with self._connection.reading() as db:
            if asked.pending:
                self._write_least(db, viewer)
            found = db.execute(query, values).fetchall()
        if not asked.pending:
            return [document for document, _ in found]
        begun = [document for document, touched in found if touched]
        undecided = self._undecided(begun, viewer)
        return [document for document, touched in found if not touched or document in undecided]

    def in_order(self, document_ids: Sequence[str], order: DocumentOrder) -> list[str]:
        """Return documents in a sort order."""
        return self.ids(DocumentFilter(), order, Viewer(""), among=document_ids)

    def sources(self) -> list[tuple[str, int]]:
        """Return (source, number of documents) by source; the source "" means none."""
        with self._connection.reading() as db:
            return list(db.execute(_SOURCES))

    def _write_least(self, db: Database, viewer: Viewer) -> None:
        """Write the lowest visible score of each kind of suggestion to a temporary table.

        The reliability of scores changes with every decision, so this is computed for each query.
        """
        least = []
        for kind, suggester, label in db.execute("select id, suggester, label from suggestion_kinds").fetchall():
            if not self._labels.is_removed(label):
                score: float | None = viewer.threshold
                if viewer.reliability:
                    score = viewer.reliability.min_score(suggester, self._labels.ids.now(label), viewer.threshold)
                if score is not None:
                    least.append((kind, score))
        db.execute("create temporary table if not exists least_scores (kind integer primary key, score real not null)")
        db.execute("delete from temp.least_scores")
        db.conn.executemany("insert into temp.least_scores (kind, score) values (?, ?)", least)

    def _undecided(self, document_ids: Sequence[str], viewer: Viewer) -> set[str]:
        """Return those of some documents in which the viewer has visible undecided suggestions."""
        left: set[str] = set()
        for start in range(0, len(document_ids), _CHUNK):
            chunk = document_ids[start : start + _CHUNK]
            rows = document_rows(
                self._connection, self._labels, chunk, viewer.annotator, viewer.threshold, viewer.reliability
            )
            left.update(row.id for row in rows if row.pending)
        return left

    def _spell_titles(self) -> None:
        """Store the searchable form of titles that do not have one yet."""
        with self._connection.reading() as db:
            waiting = bool(db.execute("select 1 from document_heads where words is null limit 1").fetchone())
        if waiting:
            with self._connection.transaction() as db:
                db.conn.executemany("update document_heads set words = ? where document = ?", list(_titles(db)))


def _titles(db: Database) -> Iterator[tuple[str, str]]:
    heads = "document_heads h join articles d on d.id = h.document"
    query = f"select {present_title('d')}, h.document from {heads} where h.words is null"  # noqa: S608
    for title, document in db.execute(query):
        yield normalise_words(title).strip(), document


def _query(
    asked: DocumentFilter, order: DocumentOrder, viewer: Viewer, among: Sequence[str] | None
) -> tuple[str, dict[str, Any]]:
    """Return the query for (id, touched) of the documents that match a filter, and its values."""
    values: dict[str, Any] = {"me": viewer.annotator}
    where = [f"h.document not in {REMOVED}"]
    if among is not None:
        where.append("h.document in (select value from json_each(:among))")
        values["among"] = to_json(list(among))
    if asked.progress:
        where.append(f"({' or '.join(_PROGRESS[progress] for progress in sorted(asked.progress))})")
    if asked.whose == UNBEGUN:
        where.append(_UNBEGUN)
    elif asked.whose:
        where.append(_ASSIGNED if among is None else _ASSIGNED_ONE)
        values["whose"] = viewer.annotator if asked.whose == MINE else asked.whose
    conditions = ((asked.doubtful, _DOUBTFUL), (asked.noted, _NOTED), (asked.pending, _PENDING))
    where += [condition for wanted, condition in conditions if wanted]
    for name, compare, value in (
        # The plus keeps SQLite from using the index on sources. A table scan is as fast, and faster for one document.
        ("source", "+h.source = :source", asked.source),
        ("since", "h.date >= :since", asked.since.isoformat() if asked.since else ""),
        ("until", "h.date <> '' and h.date <= :until", asked.until.isoformat() if asked.until else ""),
    ):
        if value:
            where.append(compare)
            values[name] = value
    for number, word in enumerate(normalise_words(asked.words).split()):
        where.append(f"instr(h.words, :word{number}) > 0")
        values[f"word{number}"] = word
    column = ORDERS.get(order)
    joined = f"join document_numbers n {_BY_NUMBER} on n.document = h.document" if column else ""
    ordered = f"n.repeated, n.{column} desc, n.rowid" if column else "h.stamp, h.document"
    touched = _TOUCHED if asked.pending else "0"
    chosen = f"where {' and '.join(where)}"
    # The query consists of the constant conditions above; the values are bound.
    return f"select h.document, {touched} from document_heads h {joined} {chosen} order by {ordered}", values  # noqa: S608
