"""What suggesters proposed: for each document and suggester the last run, whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from annotator.domain.span import Span
from annotator.domain.suggestion import Run, Suggestion
from annotator.storage.rows import to_json
from annotator.storage.store import Store

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
        called inside Project.batch(). Raises ValueError for a suggestion by another suggester or version.
        """
        best: dict[str, Suggestion] = {}
        for s in suggestions:
            if (s.suggester, s.version) != (suggester, version):
                raise ValueError(f"a suggestion by {s.suggester} {s.version} in a run of {suggester} {version}")
            if s.key not in best or s.score > best[s.key].score:
                best[s.key] = s
        with self._store.writing() as db:
            for row in db.table("runs").rows_where("document = ? and suggester = ?", [document_id, suggester]):
                self._store.clock.observe(row["stamp"])
            write_run(db, Run(document_id, suggester, version, self._store.clock.new(), tuple(best.values())))

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


def write_run(db: Database, run: Run) -> None:
    """Write one run over the suggester's run that the document had."""
    runs, suggestions = db.table("runs"), db.table("suggestions")
    where, args = "document = ? and suggester = ?", [run.document, run.suggester]
    for old in list(runs.rows_where(where, args, select="id")):
        suggestions.delete_where("run = ?", [old["id"]])
    runs.delete_where(where, args)
    row = {"document": run.document, "suggester": run.suggester, "version": run.version, "stamp": run.stamp}
    run_id = runs.insert(row | {"size": len(run.suggestions)}).last_pk
    rows = [(run_id, s.span.start, s.span.end, s.label, s.score) for s in run.suggestions]
    if rows:
        suggestions.insert_all([("run", "start", "end", "label", "score"), *rows])
