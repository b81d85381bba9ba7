"""The notes and flags of a project as one list: find() returns their numbers, read() reads a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.span import Span
from annotator.domain.review.visibility import span_of_key
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import to_json
from annotator.storage.tables.labels import Labels, translate_label
from annotator.storage.tables.removed_documents import REMOVED
from annotator.text.normalise import normalise_words

_COLUMNS = """
    n.rowid, n.document, d.title, d.length, n.annotator, p.name, n.key, coalesce(n.text, '') as text,
    coalesce(n.doubtful, 0) as doubtful, a.start, a."end", a.label
"""
_START = "coalesce(a.start, cast(n.key as integer))"
_END = """coalesce(a."end", cast(substr(n.key, instr(n.key, ':') + 1) as integer))"""
"""The span of a note: that of its annotation, or the one in the Suggestion.key."""
_SURFACE = f"""
    case when a.start is null and instr(n.key, ':') = 0 then ''
    else substr(d.text, {_START} + 1, {_END} - {_START}) end as surface
"""
_JOINED = """
    from notes n join articles d on d.id = n.document join annotators p on p.id = n.annotator
    left join spans a on a.document = n.document and a.annotator = n.annotator and a.key = n.key
"""
_PAGE = f"select {_COLUMNS}, {_SURFACE} {_JOINED} where n.rowid in (select value from json_each(?))"  # noqa: S608


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note or flag: its document, its annotator, the key of its item ("" for the document), and its text.

    span, label and surface are those of the annotation or suggestion. They are None and "" for a note on the document,
    or if the annotation was removed.
    """

    document: str
    title: str
    annotator: Annotator
    key: str
    text: str
    doubtful: bool
    span: Span | None = None
    label: str = ""
    surface: str = ""


class NoteIndex:
    """Finds notes and flags."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def find(self, annotator_id: str = "", *, doubtful: bool = False, words: str = "") -> list[int]:
        """Return the numbers of notes by import of their document, then by position; notes on the document come first.

        annotator_id limits the annotator, doubtful to flags. Each of the words must occur in the note; harakat and
        forms of alef are ignored.
        """
        query = f"""
            select n.rowid, {"n.text" if words.strip() else "''"}
            from notes n join document_heads h on h.document = n.document
            left join spans a on a.document = n.document and a.annotator = n.annotator and a.key = n.key
            where (:annotator = '' or n.annotator = :annotator) and (:doubtful = 0 or n.doubtful = 1)
            and n.document not in {REMOVED}
            order by h.stamp, n.document, n.key <> '', coalesce(a.start, cast(n.key as integer)), n.annotator, n.key
        """  # noqa: S608
        values = {"annotator": annotator_id, "doubtful": int(doubtful)}
        with self._connection.reading() as db:
            found = db.execute(query, values).fetchall()
        wanted = normalise_words(words).split()
        return [number for number, text in found if all(w in normalise_words(text or "") for w in wanted)]

    def read(self, numbers: Sequence[int]) -> dict[int, NoteEntry]:
        """Return the notes with these numbers. Those that no longer exist are left out."""
        with self._connection.reading() as db:
            rows = list(db.query(_PAGE, [to_json(list(numbers))]))
        with translate_decode_errors(self._connection.path):
            return {row["rowid"]: self._remark(row) for row in rows}

    def _remark(self, row: dict[str, object]) -> NoteEntry:
        key = str(row["key"])
        span, label = None, ""
        if row["start"] is not None:
            span, label = Span(int(str(row["start"])), int(str(row["end"]))), self._labels.ids.now(str(row["label"]))
        elif ":" in key:
            key = translate_label(key, self._labels.ids.now)
            span, label = span_of_key(key), key.split(":", 2)[2]
        return NoteEntry(
            str(row["document"]),
            str(row["title"]),
            Annotator(str(row["annotator"]), str(row["name"])),
            key,
            str(row["text"]),
            bool(row["doubtful"]),
            span,
            label,
            " ".join(str(row["surface"]).split()),
        )
