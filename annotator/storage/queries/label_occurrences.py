"""Where a label was given: a sample of places, and the newest ones.

The time is bounded, however large the project is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.model.edit import CellKind
from annotator.domain.model.place import GivenLabel, Place
from annotator.domain.model.span import Span
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import to_json
from annotator.storage.tables.label_usage import LabelUsage, annotations_with, labels_given
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_SOME = f"""
    select document, start, "end" from spans
    where label = ? and annotator = ? and document not in {REMOVED} order by document limit ?
"""  # noqa: S608
_SURFACES = """
    with spots as materialized (
        select json_extract(value, '$[0]') as document, json_extract(value, '$[1]') as start,
            json_extract(value, '$[2]') as stop
        from json_each(?)
    )
    select d.id, s.start, s.stop, substr(d.text, s.start + 1, s.stop - s.start)
    from spots s join articles d on d.id = s.document
"""
_WITH_LABELS = f"""
    select document, start, "end", annotator, label from spans
    where label in (select value from json_each(?)) and document not in {REMOVED} order by document, start, annotator
"""  # noqa: S608
_NEWEST = "select payload from edits order by id desc limit ?"
_AT = """
    select annotator, start, "end", label from spans
    where document = ? and start < ? and "end" > ? order by annotator, start, "end"
"""


@dataclass(frozen=True, slots=True)
class LabelOccurrence:
    """A place that has the label, with its text. span is in code points."""

    document: str
    span: Span
    surface: str


@dataclass(frozen=True, slots=True)
class OverlappingLabel:
    """The label that an annotator (an id) gave to a span."""

    annotator: str
    span: Span
    label: str


class LabelOccurrences:
    """The places of the labels of a project."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def usage(self, label_id: str) -> LabelUsage:
        """Return how many annotations, documents and annotators have a label, without counting suggestions."""
        with self._connection.reading() as db:
            return annotations_with(db, self._labels.ids.all_in_log(label_id))

    def not_in_tagset(self) -> dict[str, int]:
        """Return how many annotations have a label that the tagset does not have, by stored id.

        Such a label was removed in one copy of the project while it was given in another.
        """
        ids, known = self._labels.ids, {label.id for label in self._labels.tagset.labels}
        with self._connection.reading() as db:
            strange = [stored for stored in labels_given(db) if ids.now(stored) not in known]
            return {stored: annotations_with(db, [stored]).annotations for stored in strange}

    def places_not_in_tagset(self) -> list[Place]:
        """Return the annotations that not_in_tagset() counts, by document and start, without removed documents."""
        stored = to_json(list(self.not_in_tagset()))
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            rows = db.execute(_WITH_LABELS, [stored])
            return [Place(doc, Span(start, end), (GivenLabel(who, label),)) for doc, start, end, who, label in rows]

    def sample(self, label_id: str, most: int) -> list[LabelOccurrence]:
        """Return up to most places of a label, equally many of each annotator.

        They are those with the smallest document ids. As these are hashes of the texts, the sample is random.
        """
        stored = self._labels.ids.all_in_log(label_id)
        with self._connection.reading() as db:
            people = [row[0] for row in db.execute("select id from annotators order by id")]
            share = -(-most // max(1, len(stored) * len(people)))
            places = [row for one in stored for who in people for row in db.execute(_SOME, [one, who, share])][:most]
            rows = db.execute(_SURFACES, [to_json(sorted(places))])
            with translate_decode_errors(self._connection.path):
                return [LabelOccurrence(document, Span(start, end), surface) for document, start, end, surface in rows]

    def newest(self, label_id: str, edits: int) -> Iterator[tuple[str, Span]]:
        """Yield (document id, span) of a label, newest first, from the last edits of the log."""
        wanted = set(self._labels.ids.all_in_log(label_id))
        with self._connection.reading() as db:
            payloads = [row[0] for row in db.execute(_NEWEST, [edits])]
            hidden = {row[0] for row in db.execute(f"select document from {REMOVED}")}  # noqa: S608
        for payload in payloads:
            with translate_decode_errors(self._connection.path):
                places = [
                    (write["document"], Span(write["after"]["start"], write["after"]["end"]))
                    for write in reversed(json.loads(payload))
                    if write["cell"] == CellKind.ANNOTATION.value and write["after"]
                    if write["after"]["label"] in wanted and write["document"] not in hidden
                ]
            yield from places

    def overlapping(self, document_id: str, span: Span) -> list[OverlappingLabel]:
        """Return what all annotators have that overlaps a span."""
        with self._connection.reading() as db:
            rows: Iterable[tuple[str, int, int, str]] = list(db.execute(_AT, [document_id, span.end, span.start]))
        with translate_decode_errors(self._connection.path):
            return [
                OverlappingLabel(who, Span(start, end), self._labels.ids.now(label)) for who, start, end, label in rows
            ]
