"""Who is to label which documents, and who has begun or finished them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.domain.team.shares import Divisible
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.tables.removed_documents import REMOVED

_DIVISIBLE = f"""
    select h.document, coalesce(n.first, h.document), h.source, h.date, d.length
    from document_heads h join articles d on d.id = h.document
    left join document_numbers n on n.document = h.document and n.repeated = 1
    where h.document not in {REMOVED} order by h.stamp, h.document
"""  # noqa: S608
_BEGUN = """
    select document, annotator from spans
    union select document, annotator from verdicts where verdict <> 'skipped'
"""
_FINISHED = "select document, annotator from statuses where status = 'done'"
_ASSIGNED = f"select document, key from assignments where document not in {REMOVED}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class AssignmentCount:
    """How many documents an annotator has: assigned in all, those among them that are finished, and only begun."""

    assigned: int = 0
    finished: int = 0
    begun: int = 0


class Assignments:
    """The documents that were handed out to annotators, and how far each is with them. Removed ones do not count."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    def any(self) -> bool:
        """Return True if a document is assigned to anybody."""
        with self._connection.reading() as db:
            return bool(db.execute("select exists (select 1 from assignments)").fetchone()[0])

    def people(self) -> list[str]:
        """Return the ids of the annotators who have documents, sorted."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute("select distinct key from assignments order by key")]

    def by_document(self) -> dict[str, list[str]]:
        """Return the ids of the annotators who have each document, sorted, by document id."""
        with self._connection.reading() as db:
            return _grouped(db, f"{_ASSIGNED} order by document, key")

    def of(self, annotator_id: str) -> list[str]:
        """Return the ids of an annotator's documents, in the order of import."""
        query = f"""
            select a.document from assignments a join document_heads h on h.document = a.document
            where a.key = ? and a.document not in {REMOVED} order by h.stamp, h.document
        """  # noqa: S608
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(query, [annotator_id])]

    def begun(self) -> dict[str, list[str]]:
        """Return the ids of the annotators who labelled something or decided in a document, by document id."""
        with self._connection.reading() as db:
            return _grouped(db, _BEGUN)

    def finished(self) -> dict[str, list[str]]:
        """Return the ids of the annotators who marked a document as done, by document id."""
        with self._connection.reading() as db:
            return _grouped(db, _FINISHED)

    def counts(self) -> dict[str, AssignmentCount]:
        """Return how many documents each annotator has, by annotator id. Those without documents are left out."""
        query = f"""
            with finished as ({_FINISHED}), begun as ({_BEGUN})
            select a.key, count(*), count(f.document), count(case when f.document is null then b.document end)
            from ({_ASSIGNED}) a
            left join finished f on f.document = a.document and f.annotator = a.key
            left join begun b on b.document = a.document and b.annotator = a.key
            group by a.key
        """  # noqa: S608
        with self._connection.reading() as db:
            return {who: AssignmentCount(*counts) for who, *counts in db.execute(query)}

    def divisible(self) -> list[Divisible]:
        """Return all documents with what counts for handing them out, in the order of import; held is empty."""
        with self._connection.reading() as db:
            return [Divisible(*row) for row in db.execute(_DIVISIBLE)]


def _grouped(db: Database, query: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for document, annotator in db.execute(query):
        found[document].append(annotator)
    return dict(found)
