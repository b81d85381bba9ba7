"""Suggestions: the latest run of each suggester on each document.

A combined run replaces the older runs, from which it was made, for everybody who asks what is suggested. These stay
stored: the next combined run needs them, and they say who proposed what. A newer run is shown as well until they are
combined. A run without a version came from an imported file; it is never combined, and never replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Run, Suggestion, combined_name
from annotator.domain.review.calibration import Calibrator
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import to_json
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_SELECT = """
    select r.document, s.start, s."end", s.label, s.score, r.suggester, r.version, r.stamp
    from runs r join suggestions s on s.run = r.id
    where r.document in (select value from json_each(?))
    order by r.document, s.start, s."end" desc, r.suggester, s.label
"""

_LACKING = f"""
    select d.id from articles d
    where (select count(*) from runs r where r.document = d.id and r.suggester in (select value from json_each(?1)))
        < json_array_length(?1)
    and d.id not in {REMOVED}
    order by d.stamp, d.id
"""  # noqa: S608
"""Documents that at least one of the suggesters in a JSON array (without repeats) has not run on."""

_AT = "(document, suggester) in (select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?))"
"""Condition for runs, given as a JSON array of (document, suggester)."""


_STALE = f"""
    select r.document from runs r
    left join runs c on c.document = r.document and c.suggester = '{COMBINED}'
    where r.suggester <> '{COMBINED}' and r.version <> '' and (c.stamp is null or r.stamp > c.stamp)
    and r.document in (select value from json_each(?))
"""  # noqa: S608
"""Documents whose runs are newer than what was combined from them."""

_PROPOSING = f"""
    select document, suggester from runs
    where suggester <> '{COMBINED}' and version <> '' and document in (select value from json_each(?))
"""  # noqa: S608

_COMBINED = f"""
    select r.document, r.stamp from runs r
    where r.suggester = '{COMBINED}' and r.document in (select value from json_each(?))
"""  # noqa: S608


_Row = tuple[str, int, int, str, float, str, str, str]
"""What _SELECT returns: document, start, end, label, score, suggester, version, stamp."""


class Suggestions:
    """The suggestions of a project. A new run of a suggester on a document replaces its last one."""

    def __init__(self, connection: ProjectConnection, labels: Labels | None = None) -> None:
        """Use an open connection. Without labels, suggestions have the label ids that are stored."""
        self._connection = connection
        self._labels = labels

    def replace(self, document_id: str, suggester: str, version: str, suggestions: Iterable[Suggestion]) -> None:
        """Store the suggestions of a suggester for a document, instead of its earlier ones.

        Of two with the same span and label the higher score is kept. This is one transaction, unless it is called
        within Project.transaction(). Raises ValueError for a suggestion by another suggester or version.
        """
        self.replace_many([(document_id, suggester, version, suggestions)])

    def replace_many(self, answers: Iterable[tuple[str, str, str, Iterable[Suggestion]]]) -> None:
        """Store several answers (document id, suggester, version, suggestions), as replace() does one."""
        found = [
            (document, suggester, version, self._stored(_best(suggester, version, s)))
            for document, suggester, version, s in answers
        ]
        with self._connection.transaction() as db:
            places = to_json(sorted({(document, suggester) for document, suggester, *_ in found}))
            self._connection.observe(db.execute(f"select max(stamp) from runs where {_AT}", [places]).fetchone()[0])  # noqa: S608
            write_runs(db, [Run(d, suggester, v, self._connection.clock.new(), s) for d, suggester, v, s in found])

    def unanswered_documents(self, suggesters: Iterable[str]) -> list[str]:
        """Return the documents that at least one of some suggesters has not run on, in the order of import."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_LACKING, [to_json(sorted(set(suggesters)))])]

    def count_answered(self, suggester: str, version: str) -> int:
        """Return the number of documents that this version of a suggester has run on."""
        query = f"select count(*) from runs where suggester = ? and version = ? and document not in {REMOVED}"  # noqa: S608
        with self._connection.reading() as db:
            return int(db.execute(query, [suggester, version]).fetchone()[0])

    def of(self, document_id: str, reliability: Calibrator | None = None) -> list[Suggestion]:
        """Return the suggestions for a document by start, longest first; calibrated if a reliability is given.

        If the document has a combined run, these are its suggestions, those of newer runs and those from imported
        files. The suggester of a combined one names those who proposed exactly its span and label:
        "combined:lexicon+starter".
        """
        return self.of_many([document_id], reliability)[document_id]

    def of_many(
        self, document_ids: Sequence[str], reliability: Calibrator | None = None
    ) -> dict[str, list[Suggestion]]:
        """Return of() for each of several documents. Documents without suggestions are left out."""
        plain = self._labels is None or self._labels.ids.is_plain
        # A long document has thousands, so calibrate the score before making the tuple instead of making it twice.
        worth = reliability.confidence if reliability and plain else None
        found: dict[str, list[Suggestion]] = defaultdict(list)
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            asked = [to_json(document_ids)]
            combined = dict(db.execute(_COMBINED, asked))
            rows: Iterable[_Row] = db.execute(_SELECT, asked)
            for document, start, end, label, score, suggester, version, _ in (
                _shown(rows, combined) if combined else rows
            ):
                likely, raw = (worth(suggester, label, score), score) if worth else (score, None)
                found[document].append(Suggestion(Span(start, end), label, likely, suggester, version, raw))
        if self._labels and not plain:
            for document, suggestions in found.items():
                now = self._labels.current_suggestions(suggestions)
                found[document] = reliability.calibrated(now) if reliability else now
        return found

    def proposals(self, document_ids: Sequence[str]) -> dict[str, dict[str, tuple[Suggestion, ...]]]:
        """Return what each suggester proposes for each document, to be combined: by document and suggester.

        A suggester that found nothing has an empty tuple. Imported files are left out.
        """
        found: dict[str, dict[str, list[Suggestion]]] = {document_id: {} for document_id in document_ids}
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            asked = [to_json(list(document_ids))]
            for document, suggester in db.execute(_PROPOSING, asked):
                found[document][suggester] = []
            for document, start, end, label, score, suggester, version, _ in db.execute(_SELECT, asked):
                if suggester in found[document]:
                    made = Suggestion(Span(start, end), label, score, suggester, version)
                    found[document][suggester].append(made)
        now = self._labels.current_suggestions if self._labels and not self._labels.ids.is_plain else tuple
        return {
            document: {suggester: tuple(now(made)) for suggester, made in runs.items()}
            for document, runs in found.items()
        }

    def stale(self, document_ids: Sequence[str]) -> set[str]:
        """Return the documents with proposals that the combined run, if there is one, does not know yet."""
        with self._connection.reading() as db:
            return {row[0] for row in db.execute(_STALE, [to_json(list(document_ids))])}

    def _stored(self, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        if self._labels is None or not self._labels.ids.stored:
            return tuple(suggestions)
        return tuple(s._replace(label=self._labels.ids.in_log(s.label)) for s in suggestions)

    def versions(self, document_id: str) -> dict[str, str]:
        """Return the version of each suggester that has run on a document, by name."""
        with self._connection.reading() as db:
            rows = db.table("runs").rows_where("document = ?", [document_id], select="suggester, version")
            return {row["suggester"]: row["version"] for row in rows}

    def versions_of_many(self, document_ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return versions() for each of several documents."""
        found: dict[str, dict[str, str]] = {document_id: {} for document_id in document_ids}
        query = "select document, suggester, version from runs where document in (select value from json_each(?))"
        with self._connection.reading() as db:
            for document, suggester, version in db.execute(query, [to_json(list(document_ids))]):
                found[document][suggester] = version
        return found

    def counts(self) -> dict[str, int]:
        """Return the number of suggestions of each suggester, by name; 0 if it found nothing."""
        with self._connection.reading() as db:
            query = f"""
                select suggester, sum(size) as size from runs where document not in {REMOVED}
                group by suggester order by suggester
            """  # noqa: S608
            return {row["suggester"]: row["size"] for row in db.query(query)}


def _shown(rows: Iterable[_Row], combined: Mapping[str, str]) -> Iterator[_Row]:
    """Yield what is suggested; combined has the stamps of the combined runs, by document."""
    for document, own in groupby(rows, key=itemgetter(0)):
        latest = combined.get(document)
        if latest is None:
            yield from own
            continue
        shown = []
        proposers: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for row in own:
            _, start, end, label, _, suggester, version, stamp = row
            if suggester == COMBINED or not version or stamp > latest:
                shown.append(row)
            else:
                proposers[start, end, label].append(suggester)
        for row in shown:
            _, start, end, label, score, suggester, version, stamp = row
            name = combined_name(proposers[start, end, label]) if suggester == COMBINED else suggester
            yield document, start, end, label, score, name, version, stamp


def _best(suggester: str, version: str, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    best: dict[str, Suggestion] = {}
    for s in suggestions:
        if (s.suggester, s.version) != (suggester, version):
            raise ValueError(f"a suggestion by {s.suggester} {s.version} in a run of {suggester} {version}")
        if s.key not in best or s.score > best[s.key].score:
            best[s.key] = s
    return tuple(best.values())


def write_runs(db: Database, runs: Sequence[Run]) -> None:
    """Replace the runs of suggesters on documents, in the open transaction. The last of two for one document counts."""
    latest = {(run.document, run.suggester): run for run in runs}
    places = to_json(sorted(latest))
    db.execute(f"delete from suggestions where run in (select id from runs where {_AT})", [places])  # noqa: S608
    db.execute(f"delete from runs where {_AT}", [places])  # noqa: S608
    (last,) = db.execute("select coalesce(max(id), 0) from runs").fetchone()
    numbered = list(enumerate(latest.values(), start=last + 1))
    db.conn.executemany(
        "insert into runs (id, document, suggester, version, stamp, size) values (?, ?, ?, ?, ?, ?)",
        [(n, r.document, r.suggester, r.version, r.stamp, len(r.suggestions)) for n, r in numbered],
    )
    db.conn.executemany(
        'insert into suggestions (run, start, "end", label, score) values (?, ?, ?, ?, ?)',
        [(n, s.span.start, s.span.end, s.label, s.given) for n, r in numbered for s in r.suggestions],
    )
