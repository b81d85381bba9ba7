"""Differences between annotators as JSON, as CSV and as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from annotator.domain.model.document import Document
from annotator.domain.team.adjudication_state import Lane
from annotator.formats.tabular.csv_writer import guard_formula
from annotator.services.team.adjudicate import QueuedDifference

TABLE_HEAD = ("text", "kinds", "state", "labels", "article")
_CSV_HEAD = ("document", "title", "start", "end", "text", "state", "kinds", "settled")


class SpanRow(TypedDict):
    """A labelled span: start and end in code points, and its words."""

    start: int
    end: int
    text: str
    label: str


class DifferenceRow(TypedDict):
    """A difference: annotators has what each gave, by name; settled is None if nothing was settled there."""

    document: str
    title: str
    start: int
    end: int
    text: str
    state: str
    kinds: list[str]
    annotators: dict[str, list[SpanRow]]
    settled: list[SpanRow] | None


def to_json(queued: QueuedDifference, document: Document, names: Mapping[str, str]) -> DifferenceRow:
    """Return a difference in a document as JSON; names are those of annotators by id."""

    def spans(lane: Lane) -> list[SpanRow]:
        return [{"start": s.start, "end": s.end, "text": s.of(document.text), "label": label} for s, label in lane]

    group = queued.group
    return {
        "document": document.id,
        "title": document.title,
        "start": group.span.start,
        "end": group.span.end,
        "text": queued.words,
        "state": group.state.value,
        "kinds": sorted(queued.kinds),
        "annotators": {names.get(who, who): spans(lane) for who, lane in zip(queued.voters, group.lanes, strict=True)},
        "settled": spans(group.settled) if group.has_gold else None,
    }


def to_csv(rows: Iterable[DifferenceRow], names: Iterable[str]) -> str:
    """Return differences as CSV, with a column for what each annotator gave.

    The cell of an annotator who did not work on the article is empty. The file
    begins with a byte order mark; without one Excel misreads Arabic.
    """
    names = list(names)
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(map(guard_formula, (*_CSV_HEAD, *names)))
    for row in rows:
        plain = (row["document"], row["title"], str(row["start"]), str(row["end"]), row["text"], row["state"])
        settled = "" if row["settled"] is None else _lane(row["settled"])
        given = (_lane(row["annotators"][name]) if name in row["annotators"] else "" for name in names)
        table.writerow(map(guard_formula, (*plain, " ".join(row["kinds"]), settled, *given)))
    return out.getvalue()


def table_row(row: DifferenceRow) -> tuple[str, ...]:
    """Return the cells of a difference in a table on the terminal, in the order of TABLE_HEAD."""
    given = "; ".join(f"{name}: {_lane(lane)}" for name, lane in row["annotators"].items())
    return row["text"], " ".join(row["kinds"]), row["state"], given, row["title"]


def _lane(lane: Sequence[SpanRow]) -> str:
    return ", ".join(f"{each['text']} {each['label']}" for each in lane) or "nothing"
