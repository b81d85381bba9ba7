"""What suggesters proposed: for each document and suggester the last run, whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from annotator.domain.span import Span
from annotator.domain.suggestion import Suggestion
from annotator.storage.rows import Row, to_json
from annotator.storage.store import Store

Proposed = tuple[int, int, str, float]
"""(start, end, label, score)."""

_SELECT = """
    select r.document, s.start, s."end", s.label, s.score, r.suggester, r.version
    from runs r join suggestions s on s.run = r.id
    where r.document in (select value from json_each(?))
    order by r.document, s.start, s."end" desc, r.suggester, s.label
"""


class SuggestionStore:
    """The suggestions of a project; a suggester's new run on a document takes the place of its last."""

    def __init__(self, store: Store) -> None:
        """Read and write through an open store."""
        self._store = store

    def replace(self, document_id: str, suggester: str, version: str, suggestions: Iterable[Suggestion]) -> None:
        """Store what a suggester proposes for a document, in place of what it proposed before.

        Of two with the same place and label the higher score is kept. One transaction, unless it is
        called inside Project.batch(). Raises ValueError for a suggestion by another suggester.
        """
        best: dict[tuple[int, int, str], float] = {}
        for s in suggestions:
            if s.suggester != suggester:
                raise ValueError(f"a suggestion by {s.suggester} in a run of {suggester}")
            place = (s.span.start, s.span.end, s.label)
            best[place] = max(s.score, best.get(place, 0.0))
        rows = [(*place, score) for place, score in sorted(best.items())]
        with self._store.writing() as db:
            for run in db.table("runs").rows_where("document = ? and suggester = ?", [document_id, suggester]):
                self._store.clock.observe(run["stamp"])
            write_run(db, document_id, suggester, version, self._store.clock.new(), rows)

    def of(self, document_id: str) -> list[Suggestion]:
        """Return all suggestions for a document, by start, longest first."""
        return self.of_many([document_id])[document_id]

    def of_many(self, document_ids: Sequence[str]) -> dict[str, list[Suggestion]]:
        """Return the suggestions for each of the documents, by start, longest first."""
        found: dict[str, list[Suggestion]] = defaultdict(list)
        with self._store.reading() as db:
            for document, start, end, label, score, suggester, version in db.execute(_SELECT, [to_json(document_ids)]):
                found[document].append(Suggestion(Span(start, end), label, score, suggester, version))
        return found

    def versions(self, document_id: str) -> dict[str, str]:
        """Return the version of each suggester that has run on a document, by its name."""
        with self._store.reading() as db:
            rows = db.table("runs").rows_where("document = ?", [document_id], select="suggester, version")
            return {row["suggester"]: row["version"] for row in rows}

    def counts(self) -> dict[str, int]:
        """Return how many suggestions each suggester has in the project, by its name; 0 where it found nothing."""
        with self._store.reading() as db:
            query = "select suggester, sum(size) as size from runs group by suggester order by suggester"
            return {row["suggester"]: row["size"] for row in db.query(query)}


def write_run(
    db: Database, document_id: str, suggester: str, version: str, stamp: str, rows: Sequence[Proposed]
) -> None:
    """Write one run and what it proposed over the run that was there."""
    runs, suggestions = db.table("runs"), db.table("suggestions")
    where = "document = ? and suggester = ?"
    for run in list(runs.rows_where(where, [document_id, suggester], select="id")):
        suggestions.delete_where("run = ?", [run["id"]])
    runs.delete_where(where, [document_id, suggester])
    row: Row = {"document": document_id, "suggester": suggester, "version": version, "stamp": stamp, "size": len(rows)}
    run_id = runs.insert(row).last_pk
    if rows:
        suggestions.insert_all([("run", "start", "end", "label", "score"), *((run_id, *r) for r in rows)])
