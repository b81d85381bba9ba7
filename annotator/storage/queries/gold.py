"""The gold layer: what adjudicators settled, who settled it, and which documents there are to settle."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.domain.model.edit import GoldValue
from annotator.domain.team.adjudication_state import DOCUMENT_KEY, AdjudicationState, voters
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.log.log import IN_FORCE, Log
from annotator.storage.log.replay import cell_name
from annotator.storage.queries.contributions import Contributions
from annotator.storage.rows import GOLD, to_json
from annotator.storage.tables.annotators import Annotators
from annotator.storage.tables.labels import Labels, translate_gold
from annotator.storage.tables.removed_documents import REMOVED

_CHUNK = 100  # documents in memory
_AT = "document in (select value from json_each(?))"
# Correlated with a document d, so that a query that wants only the first documents reads no others.
_DONE = "(select annotator from statuses where document = d.id and status = 'done')"
_WORKERS = """
    (select annotator from spans where document = d.id
    union select annotator from verdicts where document = d.id and verdict <> 'skipped')
"""
_DIFFERS = f"""
    exists (
        select 1 from spans a where a.document = d.id and (not exists {_DONE} or a.annotator in {_DONE})
        group by a.start, a."end", a.label having count(distinct a.annotator) <
            case when exists {_DONE} then (select count(*) from {_DONE}) else (select count(*) from {_WORKERS}) end
    )
"""  # noqa: S608
_TO_COMPARE = f"""
    select d.id from articles d
    where d.id not in {REMOVED} and (exists (select 1 from gold where document = d.id) or {_DIFFERS})
    order by d.stamp, d.id
"""  # noqa: S608
_NEXT_OPEN = f"""
    select d.id from articles d
    where d.id not in {REMOVED} and not exists (select 1 from gold where document = d.id and key = '') and {_DIFFERS}
    and (d.stamp, d.id) > (select coalesce(max(stamp), ''), coalesce(max(id), '') from articles where id = ?)
    order by d.stamp, d.id limit 1
"""  # noqa: S608
_FINISHED_BY_SEVERAL = f"""
    select id from articles where id not in {REMOVED}
    and id in (select document from statuses where status = 'done' group by document having count(*) > 1)
    order by stamp, id
"""  # noqa: S608
_FINISHED_BY = f"""
    select id from articles where id not in {REMOVED}
    and id in (select document from statuses where status = 'done' and annotator = ?) order by stamp, id
"""  # noqa: S608
_WITH_GOLD = f"""
    select id from articles where id not in {REMOVED} and id in (select document from gold) order by stamp, id
"""  # noqa: S608
_WRITES = """
    select e.id, w.key as number, e.annotator, w.value ->> 'document' as document, w.value ->> 'key' as place,
        w.value -> 'before' as before, w.value -> 'after' as after
    from edits e, json_each(e.payload) w
    where e.kind = 'settle' and w.value ->> 'cell' = 'gold' and w.value ->> 'key' <> ''
"""
_CONTESTED = f"""
    with writes as materialized ({_WRITES} and {IN_FORCE}),
    contested as (select document, place from writes group by document, place having count(distinct annotator) > 1)
    select w.* from writes w join contested using (document, place) order by w.id, w.number
"""  # noqa: S608
_CONTESTED_AT = f"""
    {_WRITES} and e.id in (select edit from cell_writes where cell in (select value from json_each(:cells)))
    and document = :document and {IN_FORCE} order by e.id, w.key
"""  # noqa: S608


class Gold:
    """What adjudicators settled in the documents of a project."""

    def __init__(self, connection: ProjectConnection, labels: Labels, log: Log, contributions: Contributions) -> None:
        self._connection = connection
        self._labels = labels
        self._log = log
        self._contributions = contributions
        self._annotators = Annotators(connection)

    def of_many(self, document_ids: Sequence[str]) -> dict[str, dict[str, GoldValue]]:
        """Return the gold layer of each of several documents, by key."""
        found: dict[str, dict[str, GoldValue]] = {document: {} for document in document_ids}
        now = self._labels.ids.now
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            for row in db.table(GOLD.name).rows_where(_AT, [to_json(list(document_ids))], order_by="document, key"):
                found[row["document"]][row["key"]] = translate_gold(GOLD.value(row), now)
        return found

    def settled(self) -> dict[str, str]:
        """Return who settled each settled document: annotator id by document id, without removed documents."""
        query = f'select document, "by" from gold where key = ? and document not in {REMOVED}'  # noqa: S608
        with self._connection.reading() as db:
            return dict(db.execute(query, [DOCUMENT_KEY]).fetchall())

    def is_empty(self) -> bool:
        """Return True if nothing was settled."""
        with self._connection.reading() as db:
            return not db.execute("select exists (select 1 from gold)").fetchone()[0]

    def to_compare(self) -> list[str]:
        """Return the documents, in the order of import, in which annotators differ or something was settled.

        If labels were merged, a few are in it in which annotators no longer differ.
        """
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_TO_COMPARE)]

    def next_to_settle(self, after: str) -> str | None:
        """Return the next document in the order of import that is not settled and in which annotators differ, or None.

        after is a document id, "" for the first one. Unlike to_compare(), this takes milliseconds in a large project.
        """
        with self._connection.reading() as db:
            row = db.execute(_NEXT_OPEN, [after]).fetchone()
        return row[0] if row else None

    def finished_by_several(self) -> list[str]:
        """Return the documents that at least two annotators marked as done, in the order of import."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_FINISHED_BY_SEVERAL)]

    def finished_by(self, annotator_id: str) -> list[str]:
        """Return the documents that an annotator marked as done, in the order of import."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_FINISHED_BY, [annotator_id])]

    def state(self, document_id: str) -> AdjudicationState:
        """Return the state of adjudication in a document."""
        return next(self.states([document_id]))

    def states(self, document_ids: Iterable[str]) -> Iterator[AdjudicationState]:
        """Yield the state of adjudication in each document, in the order given. Never holds more than 100."""
        names = {person.id: number for number, person in enumerate(self._annotators.all())}
        ids = iter(document_ids)
        competing: Mapping[str, Mapping[str, list[GoldValue]]] | None = None
        while chunk := list(islice(ids, _CHUNK)):
            done, worked = self._contributions.done(chunk), self._contributions.workers(chunk)
            annotations, gold = self._log.annotations_of_many(chunk), self.of_many(chunk)
            if competing is None and any(gold.values()):
                competing = self._competing(chunk[0] if len(chunk) == 1 else None)
            for document in chunk:
                voting = voters(done.get(document, ()), worked.get(document, ()))
                yield AdjudicationState(
                    document,
                    sorted(voting, key=lambda who: names.get(who, len(names))),
                    annotations[document],
                    gold[document],
                    nested=self._labels.tagset.nested,
                    competing=(competing or {}).get(document),
                )

    def in_question(self, on_read: Callable[[], None] = lambda: None) -> Iterator[AdjudicationState]:
        """Yield the states of documents in which gold is outdated or competes, in the order of import.

        on_read is called for each document with gold; an exception that it raises stops this.
        """
        with self._connection.reading() as db:
            ids = [row[0] for row in db.execute(_WITH_GOLD)]
        for state in self.states(ids):
            on_read()
            if state.is_outdated or state.competes:
                yield state

    def _competing(self, document: str | None) -> dict[str, dict[str, list[GoldValue]]]:
        """Return the values that compete with the present ones, by document and key; of one document, or of all."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            if document is None:
                authors = db.execute("select count(distinct annotator) from edits where kind = 'settle'").fetchone()[0]
                if authors < 2:
                    return {}
                rows = db.execute(_CONTESTED).fetchall()
            else:
                keys = [row[0] for row in db.execute("select key from gold where document = ?", [document])]
                cells = to_json([cell_name(document, key) for key in keys])
                rows = db.execute(_CONTESTED_AT, {"cells": cells, "document": document}).fetchall()
            writes: dict[tuple[str, str], list[_SettledWrite]] = defaultdict(list)
            for _, _, annotator, place, key, before, after in rows:
                writes[place, key].append(_SettledWrite(annotator, self._value(before), self._value(after)))
        found: dict[str, dict[str, list[GoldValue]]] = defaultdict(dict)
        for (place, key), made in writes.items():
            if others := _unseen(made):
                found[place][key] = others
        return found

    def _value(self, text: str) -> GoldValue | None:
        value: GoldValue | None = json.loads(text)
        return translate_gold(value, self._labels.ids.now) if value else None


@dataclass(frozen=True, slots=True)
class _SettledWrite:
    annotator: str
    before: GoldValue | None
    after: GoldValue | None


def _unseen(writes: Sequence[_SettledWrite]) -> list[GoldValue]:
    """Return what others gave a cell that no later write has seen, if it differs from the last write.

    A write has seen another one if its "before" is what the other wrote. writes are in the order of the log.
    """
    *earlier, last = writes
    if last.after is None:
        return []
    found: list[GoldValue] = []
    for number, write in enumerate(earlier):
        value = write.after
        if value is None or write.annotator == last.annotator or value["label"] == last.after["label"]:
            continue
        if all(later.before != value for later in writes[number + 1 :]) and value not in found:
            found.append(value)
    return found
