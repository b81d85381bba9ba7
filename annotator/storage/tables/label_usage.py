"""Count how much labels are used: what a change of a label affects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from annotator.storage.rows import to_json

_ANNOTATIONS = """
    select count(*), count(distinct document), count(distinct annotator) from spans
    where label in (select value from json_each(?))
"""
_ALL_SUGGESTIONS = "select label, count(*) from suggestions group by label"
LABELS_GIVEN = """
    with recursive steps(label) as (
        select min(label) from spans
        union all select (select min(label) from spans where label > steps.label) from steps where label not null
    )
    select label from steps where label not null
"""
"""A query for every stored label that annotations have. It skips from one to the next in the index on labels."""
_SUGGESTIONS = "select count(*) from suggestions where label in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class LabelUsage:
    """How many annotations have a label, in how many documents, by how many annotators; and how many suggestions."""

    annotations: int = 0
    documents: int = 0
    annotators: int = 0
    suggestions: int = 0


def labels_given(db: Database) -> list[str]:
    """Return every stored label id that annotations have, sorted."""
    return [row[0] for row in db.execute(LABELS_GIVEN)]


def annotations_with(db: Database, stored: Sequence[str]) -> LabelUsage:
    """Return the usage of a label by its stored ids, from the index on labels. Suggestions are not counted."""
    return LabelUsage(*db.execute(_ANNOTATIONS, [to_json(list(stored))]).fetchone())


def usage(db: Database, stored: Sequence[str]) -> LabelUsage:
    """Return the usage of a label by its stored ids. Reads all suggestions."""
    (suggestions,) = db.execute(_SUGGESTIONS, [to_json(list(stored))]).fetchone()
    return replace(annotations_with(db, stored), suggestions=suggestions)


def all_usages(db: Database) -> dict[str, LabelUsage]:
    """Return the usage of every stored label id. Reads all suggestions once."""
    suggested = dict(db.execute(_ALL_SUGGESTIONS))
    labels = suggested.keys() | labels_given(db)
    return {
        label: replace(annotations_with(db, [label]), suggestions=suggested.get(label, 0)) for label in sorted(labels)
    }
