"""The names that annotators decided on in a project."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.storage.file.connection import ProjectConnection
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_DECIDED = f"""
    with now as materialized (
        select key as id, value as label from json_each(?)
    ), rejections as (
        select document, cast(key as integer) as start, substr(key, instr(key, ':') + 1) as rest
        from verdicts where verdict in ('rejected', 'corrected')
    ), decisions as (
        select document, start, "end", coalesce(now.label, spans.label) as label, 1 as confirmed
        from spans left join now on now.id = spans.label
        union -- two annotators' same decision at one place is one decision
        select document, start, cast(rest as integer), coalesce(now.label, substr(rest, instr(rest, ':') + 1)), 0
        from rejections left join now on now.id = substr(rest, instr(rest, ':') + 1)
    )
    select substr(d.text, s.start + 1, s."end" - s.start) as text, s.label as label,
        sum(s.confirmed) as confirmed, sum(1 - s.confirmed) as rejected
    from decisions s join articles d on d.id = s.document where d.id not in {REMOVED}
    group by 1, 2 order by 1, 2
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class DecidedName:
    """A name with a label: in how many places it was confirmed, and in how many a suggestion of it was rejected.

    A corrected suggestion counts as rejected.
    """

    text: str
    label: str
    confirmed: int
    rejected: int


def decided_names(connection: ProjectConnection, labels: Labels) -> list[DecidedName]:
    """Return every name that was decided on, by text and label."""
    with connection.reading() as db:
        return [DecidedName(*row) for row in db.execute(_DECIDED, [labels.current_ids()])]
