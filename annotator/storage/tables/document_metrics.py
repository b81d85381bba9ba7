"""The numbers that documents are sorted by, stored for each document so that any page of any order is read at once."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from sqlite_utils import Database

from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import Calibrator, round_score
from annotator.domain.review.document_order import DocumentMetrics, DocumentOrder, document_metrics
from annotator.domain.review.visibility import visible_suggestions
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.rows import to_json
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED
from annotator.storage.tables.suggestions import Suggestions
from annotator.text.normalise import normalise_key

ORDERS: Mapping[DocumentOrder, str] = {
    DocumentOrder.NEWEST: "date",
    DocumentOrder.ENTITIES: "entities",
    DocumentOrder.UNCERTAIN: "uncertainty",
    DocumentOrder.NEW_NAMES: "new_names",
}
"""The column for each sort order, greatest value first; the order of import has none."""

_STALE = f"""
    select d.id from articles d join document_numbers n on n.document = d.id
    where (n.fingerprint is null or n.basis <> coalesce((select max(stamp) from runs r where r.document = d.id), ''))
    and d.id not in {REMOVED}
    order by d.stamp, d.id
"""  # noqa: S608
_FINGERPRINTS = f"""
    select n.document, n.fingerprint from document_numbers n join articles d on d.id = n.document
    where n.fingerprint is not null and d.id not in {REMOVED} order by d.stamp, d.id
"""  # noqa: S608
_PRINTED = f"""
    select count(*) from document_numbers where fingerprint is not null and document not in {REMOVED}
"""  # noqa: S608
_HIDDEN_SHOWN = f"select shown from document_numbers where shown is not null and document in {REMOVED}"  # noqa: S608
_UPDATE = """
    update document_numbers set entities = ?, uncertainty = ?, new_names = ?, shown = ?, basis = ?,
        fingerprint = coalesce(?, fingerprint)
    where document = ?
"""
_TEXTS = "select id, text from articles where id in (select value from json_each(?))"
_LATEST_RUNS = """
    select document, max(stamp) from runs where document in (select value from json_each(?)) group by document
"""
_ADD_COUNT = """
    insert into score_counts values (?, ?, ?) on conflict (kind, percent) do update set count = count + excluded.count
"""

_KINDS = 128
"""A suggestion is stored as kind * _KINDS + score in percent, in one number."""

_GROUPED = "repeats-among"
"""Name in the meta table for the number of documents among which repeats were searched."""


@dataclass(frozen=True, slots=True)
class MetricInputs:
    """What the metrics of documents depend on: how reliable suggesters are, and which names are confirmed."""

    reliability: Calibrator
    is_known: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Measured:
    """The metrics of a document, its visible suggestions as kind and score, and the best score of each kind."""

    document: str
    metrics: DocumentMetrics
    shown: list[int]
    best: dict[int, float]


class DocumentMetricsTable:
    """The metrics of every document, and which document repeats which."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def update(
        self, document_ids: Sequence[str], by: MetricInputs, fingerprints: Mapping[str, bytes | None] | None = None
    ) -> None:
        """Measure documents from their present suggestions, in one transaction.

        fingerprints are for finding repeats, by document id. A document without one keeps its old one.
        """
        ids = to_json(list(document_ids))
        with self._connection.transaction() as db:
            # Read in the write transaction. Suggestions that came in between would seem to be measured, and never be.
            found = Suggestions(self._connection, self._labels).of_many(document_ids)
            texts = dict(db.execute(_TEXTS, [ids]))
            stamps = dict(db.execute(_LATEST_RUNS, [ids]))
            kinds = _Kinds(db, self._labels)
            measured = [self._measure(i, text, found.get(i, ()), by, kinds) for i, text in texts.items()]
            forget_suggestions(db, list(texts))
            _write(db, measured, stamps, fingerprints or {})

    def _measure(
        self, document_id: str, text: str, suggestions: Sequence[Suggestion], by: MetricInputs, kinds: _Kinds
    ) -> _Measured:
        calibrated = by.reliability.calibrated(suggestions)
        shown = visible_suggestions(calibrated, (), {}, 0.0, self._labels.tagset.nested)
        return _Measured(
            document_id,
            document_metrics(shown, partial(_name, text), by.is_known),
            [_KINDS * kinds.of(s) + round(round_score(s.given) * 100) for s in shown],
            kinds.best(suggestions),
        )

    def scores(self) -> Counter[tuple[str, str, float]]:
        """Return how many suggestions there are of each suggester, label and score (to two places).

        Only visible suggestions count, in measured documents that were not removed.
        """
        query = (
            "select kind, suggester, label, percent, count from score_counts join suggestion_kinds on id = kind "
            "where count > 0"
        )
        counts: Counter[tuple[int, int]] = Counter()
        kinds: dict[int, tuple[str, str]] = {}
        with self._connection.reading() as db:
            for kind, suggester, label, percent, count in db.execute(query):
                kinds[kind] = suggester, label
                counts[kind, percent] = count
            for (hidden,) in db.execute(_HIDDEN_SHOWN):
                counts.subtract(divmod(number, _KINDS) for number in _unpacked(hidden))
        found: Counter[tuple[str, str, float]] = Counter()
        for (kind, percent), count in (+counts).items():
            suggester, label = kinds[kind]
            if not self._labels.is_removed(label):
                found[suggester, self._labels.ids.now(label), percent / 100] += count
        return found

    def stale(self) -> list[str]:
        """Return the documents that got new suggestions since they were measured, in the order of import."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_STALE)]

    def without_fingerprint(self, document_ids: Sequence[str]) -> frozenset[str]:
        """Return those of some documents that have no fingerprint."""
        query = (
            "select document from document_numbers "
            "where fingerprint is null and document in (select value from json_each(?))"
        )
        with self._connection.reading() as db:
            return frozenset(row[0] for row in db.execute(query, [to_json(list(document_ids))]))

    def fingerprints(self) -> list[tuple[str, bytes]]:
        """Return (document id, fingerprint) in the order of import."""
        with self._connection.reading() as db:
            return list(db.execute(_FINGERPRINTS))

    def repeats_are_current(self) -> bool:
        """Return True if repeats were searched among all documents that have a fingerprint."""
        with self._connection.reading() as db:
            (printed,) = db.execute(_PRINTED).fetchone()
            looked_at = db.execute("select value from meta where name = ?", [_GROUPED]).fetchone()
        return int(printed) == int(looked_at[0] if looked_at else 0)

    def set_repeats(self, firsts: Mapping[str, str], among: int) -> int:
        """Store which documents repeat an earlier one, instead of what was stored; return how many changed.

        among is the number of documents with a fingerprint that were compared.
        """
        before = self.repeats()
        changed = {i for i in before.keys() | firsts.keys() if before.get(i) != firsts.get(i)}
        rows = [(firsts.get(document), int(document in firsts), document) for document in sorted(changed)]
        with self._connection.transaction() as db:
            db.conn.executemany("update document_numbers set first = ?, repeated = ? where document = ?", rows)
            db.table("meta").upsert({"name": _GROUPED, "value": str(among)}, pk="name")
        return len(changed)

    def repeats(self) -> dict[str, str]:
        """Return the document that each repeated one repeats: the first of its group to be imported."""
        with self._connection.reading() as db:
            return dict(db.execute("select document, first from document_numbers where repeated = 1"))

    def ids(self, order: DocumentOrder, offset: int, limit: int) -> list[str]:
        """Return up to limit documents in a sort order, from offset on."""
        column = ORDERS[order]
        query = f"""
            select document from document_numbers where document not in {REMOVED}
            order by repeated, {column} desc, rowid limit ? offset ?
        """  # noqa: S608
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(query, [limit, offset])]

    def count_before(self, document_id: str, order: DocumentOrder) -> int:
        """Return how many documents precede one in a sort order. Raises KeyError if it is not in the project."""
        column = ORDERS[order]
        with self._connection.reading() as db:
            query = f"select repeated, {column}, rowid from document_numbers where document = ?"  # noqa: S608
            row = db.execute(query, [document_id]).fetchone()
            if row is None:
                raise KeyError(document_id)
            repeated, value, number = row
            before = [
                ("repeated < ?", [repeated]),
                (f"repeated = ? and {column} > ?", [repeated, value]),
                (f"repeated = ? and {column} = ? and rowid < ?", [repeated, value, number]),
            ]
            counts = (
                db.execute(
                    f"""
                    select (select count(*) from document_numbers where {where})
                        - (
                            select count(*) from (select distinct document as hidden from {REMOVED})
                            cross join document_numbers on document = hidden where {where}
                        )
                    """,  # noqa: S608
                    [*args, *args],
                ).fetchone()[0]
                for where, args in before
            )
            return int(sum(counts))


def _write(
    db: Database, measured: Sequence[_Measured], stamps: Mapping[str, str], fingerprints: Mapping[str, bytes | None]
) -> None:
    """Store what was measured, and add the visible suggestions to the counts."""
    rows = []
    for each in measured:
        metrics, name = each.metrics, each.document
        values = (metrics.entities, metrics.uncertainty, metrics.new_names, _packed(each.shown))
        rows.append((*values, stamps.get(name, ""), fingerprints.get(name), name))
    db.conn.executemany(_UPDATE, rows)
    best = [(each.document, kind, score) for each in measured for kind, score in each.best.items()]
    db.conn.executemany("insert into best_scores (document, kind, score) values (?, ?, ?)", best)
    counts = Counter(number for each in measured for number in each.shown)
    db.conn.executemany(_ADD_COUNT, [(*divmod(number, _KINDS), count) for number, count in counts.items()])


def forget_suggestions(db: Database, ids: Sequence[str]) -> None:
    """Subtract the suggestions of some documents from all counts, in the open transaction."""
    some = to_json(list(ids))
    query = (
        "select shown from document_numbers where shown is not null and document in (select value from json_each(?))"
    )
    gone = Counter(number for (shown,) in db.execute(query, [some]) for number in _unpacked(shown))
    db.conn.executemany(
        "update score_counts set count = count - ? where kind = ? and percent = ?",
        [(count, *divmod(number, _KINDS)) for number, count in gone.items()],
    )
    db.execute("delete from best_scores where document in (select value from json_each(?))", [some])
    db.execute("update document_numbers set shown = null where document in (select value from json_each(?))", [some])


class _Kinds:
    """The numbers of suggestion kinds (suggester and label); a new kind gets a number when it is first used."""

    def __init__(self, db: Database, labels: Labels) -> None:
        self._db = db
        self._labels = labels
        rows = db.execute("select suggester, label, id from suggestion_kinds")
        self._known: dict[tuple[str, str], int] = {(suggester, label): number for suggester, label, number in rows}

    def of(self, suggestion: Suggestion) -> int:
        """Return the number of a suggestion's kind."""
        key = (suggestion.suggester, self._labels.ids.in_log(suggestion.label))
        number = self._known.get(key)
        if number is None:
            query = "insert into suggestion_kinds (suggester, label) values (?, ?) returning id"
            number = self._known[key] = int(self._db.execute(query, key).fetchone()[0])
        return number

    def best(self, suggestions: Iterable[Suggestion]) -> dict[int, float]:
        """Return the highest score of each kind."""
        best: dict[int, float] = {}
        for suggestion in suggestions:
            kind = self.of(suggestion)
            best[kind] = max(best.get(kind, 0.0), suggestion.given)
        return best


def _packed(numbers: Sequence[int]) -> bytes:
    """Return numbers as little-endian 32-bit integers, the same on every machine."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _unpacked(packed: bytes) -> Iterator[int]:
    return (number for (number,) in struct.iter_unpack("<I", packed))


def _name(text: str, suggestion: Suggestion) -> str:
    return _key(suggestion.span.of(text))


@lru_cache(maxsize=50_000)
def _key(surface: str) -> str:
    """Return the normal form of a name, cached because the same names occur in many articles."""
    return normalise_key(surface)
