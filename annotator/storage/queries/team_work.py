"""Who is how far with which document, and what the log says about the pace of the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from annotator.domain.model.edit import CellKind, EditKind
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.visibility import is_uncounted
from annotator.domain.team.curves import Decided, FinishedArticle
from annotator.domain.team.work_state import Work
from annotator.storage.file.clock import timestamp_ms
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.log.log import IN_FORCE
from annotator.storage.rows import to_json
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED
from annotator.storage.tables.titles import present_title

DECISION_KINDS = (
    EditKind.CONFIRM,
    EditKind.CONFIRM_ALL,
    EditKind.REJECT,
    EditKind.ADD,
    EditKind.RELABEL,
    EditKind.RESIZE,
    EditKind.REMOVE,
    EditKind.PROPAGATE,
    EditKind.FIX,
)
"""The edits that count as a decision. Skipping, marking as done, notes and imports are none."""

_WORK = (
    ("assignments", "key", Work.ASSIGNED, ""),
    ("spans", "annotator", Work.BEGUN, ""),
    ("verdicts", "annotator", Work.BEGUN, "verdict <> 'skipped'"),
    ("statuses", "annotator", Work.DONE, "status = 'done'"),
)
_DECISIONS = f"""
    select annotator, count(*) from edits e
    where kind in (select value from json_each(?)) and document not in {REMOVED} and {IN_FORCE} group by annotator
"""  # noqa: S608
# The payload is searched as text, because parsing those without a verdict would take most of the time.
_WITH_VERDICTS = """select id, time, payload from edits where annotator = ? and instr(payload, '"cell":"verdict"')"""
_REFUSED = f"""
    select document, key from verdicts
    where annotator = ? and verdict in ('corrected', 'rejected') and document not in {REMOVED}
"""  # noqa: S608
_FINISHED = f"""
    select s.ms, d.length from (
        select document, min(started) as began, sum(ms) as ms from spells where annotator = :who group by document
    ) s join articles d on d.id = s.document
    where s.document in (select document from statuses where annotator = :who and status = 'done')
        and s.document not in {REMOVED}
    order by s.began, s.document
"""  # noqa: S608
_MS = f"select annotator, sum(ms) from spells where document not in {REMOVED} group by annotator"  # noqa: S608
_DECIDED = frozenset({Verdict.ACCEPTED.value, Verdict.CORRECTED.value, Verdict.REJECTED.value})


class TeamWork:
    """The work of all annotators of a project. Removed documents do not count."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def anything_assigned(self) -> bool:
        """Return True if any document was assigned to anybody."""
        query = f"select exists (select 1 from assignments where document not in {REMOVED})"  # noqa: S608
        with self._connection.reading() as db:
            return bool(db.execute(query).fetchone()[0])

    def states(self, document_ids: Sequence[str], *, is_all: bool = False) -> dict[str, bytearray]:
        """Return the flags of Work for each of some documents, in their order, by annotator id.

        Annotators without any work are missing. Set is_all if these are all documents of the project: that is faster.
        """
        at = {document: number for number, document in enumerate(document_ids)}
        found: dict[str, bytearray] = {}
        asked = to_json(list(document_ids))
        with self._connection.reading() as db:
            for table, annotator, work, condition in _WORK:
                some = "" if is_all else "document in (select value from json_each(?))"
                where = " and ".join(filter(None, (some, condition))) or "true"
                query = f"select distinct {annotator}, document from {table} where {where}"  # noqa: S608
                for who, document in db.execute(query, [] if is_all else [asked]):
                    number = at.get(document)
                    if number is not None:
                        own = found.get(who)
                        if own is None:
                            own = found[who] = bytearray(len(at))
                        own[number] |= work
        return found

    def titles(self, document_ids: Sequence[str]) -> list[str]:
        """Return the titles of documents, in their order; "" for an unknown one."""
        query = f"select id, {present_title('articles')} from articles where id in (select value from json_each(?))"  # noqa: S608
        with self._connection.reading() as db:
            found: dict[str, str] = dict(db.execute(query, [to_json(list(document_ids))]))
        return [found.get(document, "") for document in document_ids]

    def decisions(self) -> dict[str, int]:
        """Return how many decisions of each annotator are in force: edits of DECISION_KINDS that were not undone."""
        with self._connection.reading() as db:
            return dict(db.execute(_DECISIONS, [to_json(DECISION_KINDS)]))

    def time_spent(self) -> dict[str, int]:
        """Return the working time of each annotator in ms, without pauses."""
        with self._connection.reading() as db:
            return dict(db.execute(_MS))

    def decided_suggestions(self, annotator_id: str) -> Iterator[Decided]:
        """Yield the suggestions that an annotator has accepted, corrected or rejected, each once; none uncounted.

        The time is that of the last decision, or that of the edit's id for an edit of an early version.
        """
        last: dict[tuple[str, str], tuple[int, str]] = {}
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            removed = {row[0] for row in db.execute(f"select document from {REMOVED}")}  # noqa: S608
            for edit, time, payload in db.execute(f"{_WITH_VERDICTS} order by id", [annotator_id]):
                for write in orjson.loads(payload):
                    if write["cell"] == CellKind.VERDICT and write["document"] not in removed:
                        after = write["after"]
                        verdict = "" if is_uncounted(after) else (after or {}).get("verdict", "")
                        last[write["document"], write["key"]] = (time or timestamp_ms(edit), verdict)
        for time, verdict in last.values():
            if verdict in _DECIDED:
                yield Decided(time, verdict == Verdict.ACCEPTED)

    def refused_suggestions(self, annotator_id: str) -> list[tuple[str, Span, str]]:
        """Return the suggestions that an annotator corrected or rejected, as (document id, span, label)."""
        found = []
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            for document, key in db.execute(_REFUSED, [annotator_id]):
                start, end, label = key.split(":", 2)
                found.append((document, Span(int(start), int(end)), self._labels.ids.now(label)))
        return sorted(found, key=lambda one: (one[0], one[1].start, one[1].end))

    def finished_articles(self, annotator_id: str) -> list[FinishedArticle]:
        """Return the documents that an annotator marked as done and spent time on, in the order of the first work."""
        with self._connection.reading() as db:
            return [FinishedArticle(*row) for row in db.execute(_FINISHED, {"who": annotator_id})]
