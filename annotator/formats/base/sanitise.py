"""Make quotations from files safe to print: short, on one line, with escapes.

A damaged file may have anything in the place that a message quotes: line ends, lone surrogates, which no terminal
accepts, or ten thousand digits.
"""

from __future__ import annotations

import re
from dataclasses import replace

from annotator.errors import Message
from annotator.formats.base.record import Entity, Record

_LONGEST = 500  # characters quoted
_UNFIT = re.compile("[\x00-\x08\n-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_DAMAGED = re.compile("[\x00\ud800-\udfff]")


def sanitise_message(message: str) -> str:
    """Return a message with short quotations on one line, and escapes for characters that cannot be shown."""
    if len(message) <= _LONGEST and not _UNFIT.search(message):
        return message
    if not isinstance(message, Message) or not message.fields:
        return printable_quote(message)
    return Message(
        message.template,
        **{
            name: sanitise_message(value) if isinstance(value, str) else value for name, value in message.fields.items()
        },
    )


def printable_quote(text: str) -> str:
    """Return a text from a file as a message can quote it: short, on one line, with escapes."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return _UNFIT.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), short)


def sanitise_record(record: Record) -> Record:
    """Return a record without the annotations whose labels cannot be stored; each becomes a problem."""
    labels = {entity.label for entity in record.annotations}
    bad = set(filter(_DAMAGED.search, labels))
    if not record.annotation_problems and not bad:
        return record
    whole = tuple(entity for entity in record.annotations if entity.label not in bad)
    damaged = (entity for entity in record.annotations if entity.label in bad)
    problems = (*record.annotation_problems, *map(_damaged_label, damaged))
    return replace(record, annotations=whole, annotation_problems=tuple(map(sanitise_message, problems)))


def _damaged_label(entity: Entity) -> Message:
    return Message(
        "{start}-{end} has a damaged character in its label {label}",
        start=entity.span.start,
        end=entity.span.end,
        label=entity.label,
    )
