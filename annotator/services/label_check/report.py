"""The cases of a check of labels as JSON, as CSV and as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TypedDict

from annotator.domain.label_check.case import Case
from annotator.domain.model.span import Span
from annotator.formats.tabular.csv_writer import guard_formula
from annotator.services.label_check.check import LabelCheck
from annotator.services.search.places import read_contexts
from annotator.storage.project import Project

TABLE_HEAD = ("score", "kind", "name", "label", "better", "place", "context")
_CSV_HEAD = ("case", "score", "kind", "name", "document", "title", "start", "end", "text", "label", "better", "context")
_SHOWN = 24
"""Code points of context on each side in the table on the terminal."""


class AnnotationRow(TypedDict):
    """An annotation: start and end in code points, its text, and its label."""

    start: int
    end: int
    text: str
    label: str


class PlaceRow(TypedDict):
    """A place: the annotation there, with label "" for none, and the words around it.

    fix is the annotation that would be right, with label "" if there should be none; None if nothing is proposed.
    """

    document: str
    title: str
    start: int
    end: int
    text: str
    label: str
    context: str
    fix: AnnotationRow | None


class CaseRow(TypedDict):
    """A case; see annotator.domain.label_check.case.Case."""

    kind: str
    name: str
    labels: list[str]
    score: float
    agreeing: int
    places: list[PlaceRow]
    examples: list[PlaceRow]


class CheckRow(TypedDict):
    """A whole check: what was checked, and the cases by rank."""

    articles: int
    annotations: int
    unfinished: int
    right: int
    cases: list[CaseRow]


def to_json(project: Project, result: LabelCheck) -> CheckRow:
    """Return the result of a check as JSON."""
    return {
        "articles": result.documents,
        "annotations": result.annotations,
        "unfinished": result.unfinished,
        "right": result.right,
        "cases": [_case(project, case) for case in result.cases],
    }


def to_csv(rows: Iterable[CaseRow]) -> str:
    """Return cases as CSV, a row for each place. A byte order mark comes first; without it Excel misreads Arabic."""
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(_CSV_HEAD)
    for number, row in enumerate(rows, 1):
        for place in row["places"]:
            where = (place["document"], place["title"], str(place["start"]), str(place["end"]), place["text"])
            cells = (str(number), f"{row['score']:.3f}", row["kind"], row["name"], *where)
            words = (*cells, place["label"], _better(place), place["context"])
            table.writerow(guard_formula(" ".join(word.split())) for word in words)
    return out.getvalue()


def table_rows(rows: Iterable[CaseRow]) -> list[tuple[str, ...]]:
    """Return the cells of each place on the terminal, in the order of TABLE_HEAD. The place is title:offset."""
    return [
        (
            f"{row['score']:.2f}",
            row["kind"],
            row["name"],
            place["label"] or "none",
            _better(place),
            f"{place['title'] or place['document'][:8]}:{place['start']}",
            _shortened(place),
        )
        for row in rows
        for place in row["places"]
    ]


def _case(project: Project, case: Case) -> CaseRow:
    places = [(place.document, place.span) for place in case.places]
    examples = [(example.document, example.span) for example in case.examples]
    fixes = [(place.document, place.fix.span if place.fix else place.span) for place in case.places]
    read = read_contexts(project, [*places, *examples, *fixes])
    words = [found.word for _, found in read[len(places) + len(examples) :]]
    rows: list[PlaceRow] = []
    for (document, span), (title, around), place, text in zip(places, read, case.places, words, strict=False):
        row = _place(document, span, title, around.line, around.word, place.label)
        if place.fix:
            start, end = place.fix.span
            row["fix"] = {"start": start, "end": end, "text": text, "label": place.fix.label}
        rows.append(row)
    shown = zip(case.examples, read[len(places) :], strict=False)
    return {
        "kind": case.kind.value,
        "name": case.name,
        "labels": list(case.labels),
        "score": round(case.score, 3),
        "agreeing": case.agreeing,
        "places": rows,
        "examples": [
            _place(each.document, each.span, title, around.line, around.word, each.label)
            for each, (title, around) in shown
        ],
    }


def _place(document: str, span: Span, title: str, line: str, text: str, label: str) -> PlaceRow:
    start, end = span
    return {
        "document": document,
        "title": title,
        "start": start,
        "end": end,
        "text": text,
        "label": label,
        "context": line,
        "fix": None,
    }


def _better(place: PlaceRow) -> str:
    """Return what would be right at a place, as label and text; the text only if it changes."""
    fix = place["fix"]
    if fix is None:
        return ""
    if not fix["label"]:
        return "none"
    same = (fix["start"], fix["end"]) == (place["start"], place["end"])
    return fix["label"] if same else f"{fix['label']} {fix['text']}"


def _shortened(place: PlaceRow) -> str:
    """Return the nearest words around a place, which itself is in brackets."""
    before, _, behind = place["context"].partition(place["text"])
    first = before[-_SHOWN:].partition(" ")[2] if len(before) > _SHOWN else before
    last = behind[:_SHOWN].rpartition(" ")[0] if len(behind) > _SHOWN else behind
    return f"{first}[{place['text']}]{last}"
