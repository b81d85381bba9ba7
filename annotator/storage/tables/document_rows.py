"""The rows of the document list: facts about each document, and an annotator's progress in it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.model.edit import NoteValue
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.span import Span
from annotator.domain.review.calibration import Calibrator
from annotator.domain.review.visibility import visible_suggestions
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import ANNOTATIONS, NOTES, STATUSES, VERDICTS, CellTable, Row, V, date_from_text, to_json
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED
from annotator.storage.tables.suggestions import Suggestions
from annotator.storage.tables.titles import present_title


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the document list. length is in code points; done, annotations and pending are those of one annotator.

    opening is the start of the text, at most OPENING code points. repeats and repeats_title are id and title of the
    earlier document that this one nearly equals, or empty. note is the annotator's note on the document; notes and
    doubts count their notes and flags on the document and its spans.
    """

    id: str
    title: str
    date: datetime.date | None
    source: str
    length: int
    done: bool
    annotations: int
    pending: int
    repeats: str = ""
    repeats_title: str = ""
    note: str = ""
    notes: int = 0
    doubts: int = 0
    opening: str = ""


def note_counts(cells: Mapping[str, NoteValue]) -> tuple[str, int, int]:
    """Return a document's own note, the number of notes in it, and the number of flags, from its cells by key."""
    texts = sum(bool(note_text(value)) for value in cells.values())
    return note_text(cells.get("")), texts, sum(map(is_doubtful, cells.values()))


OPENING = 200
"""How many code points of the text a row carries: an article without a title is recognised by its first words."""
_FACTS = f"""
    select d.id, {present_title("d")} as title, d.date, d.source, d.length, substr(d.text, 1, {OPENING}) as opening,
        coalesce(n.first, '') as repeats, coalesce({present_title("f")}, '') as repeats_title
    from articles d
    left join document_numbers n on n.document = d.id and n.repeated = 1 and n.first not in {REMOVED}
    left join articles f on f.id = n.first
    where d.id in (select value from json_each(?))
"""  # noqa: S608


def document_rows(
    connection: ProjectConnection,
    labels: Labels,
    document_ids: Sequence[str],
    annotator_id: str,
    threshold: float,
    reliability: Calibrator | None = None,
) -> list[DocumentRow]:
    """Return the rows of documents in the order given. Unknown ids are skipped."""
    suggestions = Suggestions(connection, labels).of_many(document_ids, reliability)
    annotations = _cells(connection, ANNOTATIONS, document_ids, annotator_id)
    verdicts = _cells(connection, VERDICTS, document_ids, annotator_id)
    statuses = _cells(connection, STATUSES, document_ids, annotator_id)
    remarks = _cells(connection, NOTES, document_ids, annotator_id)
    with connection.reading() as db:
        found = {row["id"]: row for row in db.query(_FACTS, [to_json(document_ids)])}

    def row_of(row: Row) -> DocumentRow:
        own = [Span(value["start"], value["end"]) for value in annotations[row["id"]].values()]
        offered = suggestions.get(row["id"], [])
        decided = labels.current_verdicts(verdicts[row["id"]])
        pending = visible_suggestions(offered, own, decided, threshold, labels.tagset.nested)
        note, notes, doubts = note_counts(remarks[row["id"]])
        return DocumentRow(
            id=row["id"],
            title=row["title"],
            date=date_from_text(row["date"]),
            source=row["source"],
            length=row["length"],
            done=any(value["status"] == "done" for value in statuses[row["id"]].values()),
            annotations=len(own),
            pending=len(pending),
            repeats=row["repeats"],
            repeats_title=row["repeats_title"],
            note=note,
            notes=notes,
            doubts=doubts,
            opening=row["opening"],
        )

    with translate_decode_errors(connection.path):
        return [row_of(found[i]) for i in document_ids if i in found]


def _cells(
    connection: ProjectConnection, table: CellTable[V], document_ids: Sequence[str], annotator_id: str
) -> dict[str, dict[str, V]]:
    """Return one annotator's cells of one kind by document and key."""
    where = "document in (select value from json_each(?)) and annotator = ?"
    held: dict[str, dict[str, V]] = defaultdict(dict)
    with connection.reading() as db:
        for row in db.table(table.name).rows_where(where, [to_json(document_ids), annotator_id]):
            held[row["document"]][row["key"]] = table.value(row)
    return held
