"""Who worked on which documents, and who marked them as done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.model.edit import VerdictValue
from annotator.domain.review.document_state import DocumentState
from annotator.domain.review.visibility import is_undecided
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import VERDICTS, to_json
from annotator.storage.tables.label_usage import LABELS_GIVEN
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_AT = "document in (select value from json_each(?))"
_DONE = "status = 'done'"
_PEOPLE = "annotator in (select value from json_each(:people))"
_WORKED = f"""
    select document from spans where label in ({LABELS_GIVEN}) and {_PEOPLE}
    union select document from verdicts where {_PEOPLE} and verdict <> 'skipped'
"""  # noqa: S608
_STATES = f"""
    with hidden as (select distinct document from {REMOVED}),
    finished as (select distinct document from statuses where {_DONE} and {_PEOPLE} and document not in hidden)
    select
        (select count(*) from articles) - (select count(*) from hidden),
        (select count(*) from finished),
        (select count(*) from ({_WORKED}) where document not in finished and document not in hidden)
"""  # noqa: S608
_WITH_REJECTIONS = f"""
    select distinct document from verdicts where verdict = 'rejected' and document not in {REMOVED} order by document
"""  # noqa: S608
_OVERLAPPING = f"""
    select distinct document from (
        select document, start, max("end") over (
            partition by document, annotator order by start, "end" rows between unbounded preceding and 1 preceding
        ) as reach from spans where {_AT}
    ) where start < reach order by document
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much an annotator did: documents marked as done, documents with annotations or decisions, and annotations."""

    done: int = 0
    documents: int = 0
    annotations: int = 0


class Contributions:
    """What each annotator did in the documents of a project."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def done(self, document_ids: Sequence[str]) -> dict[str, set[str]]:
        """Return who marked each of the documents as done: annotator ids by document id."""
        found: dict[str, set[str]] = defaultdict(set)
        query = f"select document, annotator from statuses where {_DONE} and {_AT}"  # noqa: S608
        with self._connection.reading() as db:
            for document, annotator in db.execute(query, [to_json(list(document_ids))]):
                found[document].add(annotator)
        return found

    def verdicts(self, document_ids: Sequence[str]) -> dict[str, list[tuple[str, str, VerdictValue]]]:
        """Return the decisions on suggestions by document id, as (annotator id, Suggestion.key, verdict).

        Skipping is none.
        """
        held: dict[tuple[str, str], dict[str, VerdictValue]] = defaultdict(dict)
        with self._connection.reading() as db:
            rows = db.table(VERDICTS.name).rows_where(
                _AT, [to_json(list(document_ids))], order_by="document, annotator, key"
            )
            for row in rows:
                held[row["document"], row["annotator"]][row["key"]] = VERDICTS.value(row)
        found: dict[str, list[tuple[str, str, VerdictValue]]] = defaultdict(list)
        for (document, annotator), verdicts in held.items():
            with translate_decode_errors(self._connection.path):
                decided = {key: value for key, value in verdicts.items() if not is_undecided(value)}
            found[document].extend(
                (annotator, key, value) for key, value in self._labels.current_verdicts(decided).items()
            )
        return found

    def worked(self, document_ids: Sequence[str], annotator_ids: Iterable[str]) -> set[str]:
        """Return the documents in which one of the annotators made an annotation or decided on a suggestion."""
        query = f"select document from ({_WORKED}) where document in (select value from json_each(:ids))"  # noqa: S608
        asked = {"people": to_json(sorted(annotator_ids)), "ids": to_json(list(document_ids))}
        with self._connection.reading() as db:
            return {row[0] for row in db.execute(query, asked)}

    def workers(self, document_ids: Sequence[str]) -> dict[str, set[str]]:
        """Return who worked on each of the documents: annotator ids by document id."""
        query = f"""
            select document, annotator from spans where {_AT}
            union select document, annotator from verdicts where {_AT} and verdict <> 'skipped'
        """  # noqa: S608
        asked, found = to_json(list(document_ids)), defaultdict[str, set[str]](set)
        with self._connection.reading() as db:
            for document, annotator in db.execute(query, [asked, asked]):
                found[document].add(annotator)
        return found

    def states(self, annotator_ids: Iterable[str]) -> Counter[DocumentState]:
        """Return how many documents of the project are in each state, as far as these annotators are concerned."""
        with self._connection.reading() as db:
            row = db.execute(_STATES, {"people": to_json(sorted(annotator_ids))}).fetchone()
        total, finished, begun = map(int, row)
        counts = {DocumentState.FINISHED: finished, DocumentState.BEGUN: begun}
        return Counter(counts | {DocumentState.UNTOUCHED: total - finished - begun})

    def any_done(self) -> bool:
        """Return True if anybody marked a document as done that was not removed."""
        query = f"select exists (select 1 from statuses where {_DONE} and document not in {REMOVED})"  # noqa: S608
        with self._connection.reading() as db:
            return bool(db.execute(query).fetchone()[0])

    def with_rejections(self) -> list[str]:
        """Return the ids of documents in which somebody rejected a suggestion, sorted."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_WITH_REJECTIONS)]

    def with_overlaps(self, document_ids: Sequence[str]) -> list[str]:
        """Return those of some documents in which annotations of one annotator overlap, sorted."""
        with self._connection.reading() as db:
            return [row[0] for row in db.execute(_OVERLAPPING, [to_json(list(document_ids))])]

    def by_annotator(self) -> dict[str, Contribution]:
        """Return how much each annotator did, by id. Those who did nothing are not in it."""
        query = f"""
            select annotator, sum(done), count(distinct document), sum(size) from (
                select annotator, document, 1 as done, 0 as size from statuses where {_DONE}
                union all select annotator, document, 0, count(*) from spans group by 1, 2
                union all select distinct annotator, document, 0, 0 from verdicts
                where verdict in ('accepted', 'corrected', 'rejected')
            ) where document not in {REMOVED} group by annotator
        """  # noqa: S608
        with self._connection.reading() as db:
            return {who: Contribution(*counts) for who, *counts in db.execute(query)}
