"""Which documents are worked on: what a filter asks of each, and how it is remembered and read from what is typed."""

from __future__ import annotations

import calendar
import datetime
import json
import re
from dataclasses import dataclass
from enum import StrEnum


class Progress(StrEnum):
    """How far an annotator is with a document: nothing decided, something decided, called done."""

    NOTHING = "nothing"
    DOING = "doing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What is asked of a document, all at once; what is left empty asks nothing.

    progress: one of these. doubtful, noted: the annotator doubts it, or noted something in it, as a whole or some span.
    pending: suggestions are left to decide. source: exactly this one. since, until: the first and the last date, both
    included. words: each word stands somewhere in the title, harakat and forms of alef left out of account.
    """

    progress: frozenset[Progress] = frozenset()
    doubtful: bool = False
    noted: bool = False
    pending: bool = False
    source: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    words: str = ""

    @property
    def is_on(self) -> bool:
        """Tell whether anything is asked."""
        return self != DocumentFilter(words=self.words) or bool(self.words.strip())

    def to_text(self) -> str:
        """Write the filter as one line; "" where it asks nothing."""
        asked = {
            "progress": sorted(self.progress),
            "doubtful": self.doubtful,
            "noted": self.noted,
            "pending": self.pending,
            "source": self.source,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "words": self.words,
        }
        kept = {name: value for name, value in asked.items() if value}
        return json.dumps(kept, ensure_ascii=False) if kept else ""

    @classmethod
    def from_text(cls, text: str) -> DocumentFilter:
        """Read back what to_text wrote; what cannot be read asks nothing."""
        try:
            asked = json.loads(text or "{}")
            since, until = (asked.get(name) for name in ("since", "until"))
            return cls(
                frozenset(map(Progress, asked.get("progress", ()))),
                bool(asked.get("doubtful")),
                bool(asked.get("noted")),
                bool(asked.get("pending")),
                str(asked.get("source", "")),
                datetime.date.fromisoformat(since) if since else None,
                datetime.date.fromisoformat(until) if until else None,
                str(asked.get("words", "")),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()


_DATE = re.compile(r"\s*(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?\s*")


def parse_typed_date(text: str, *, last: bool = False) -> datetime.date | None:
    """Read a year, a month or a day as people type it: "2020", "2020-4", "2020/04/17", in Arabic digits too.

    Of a year or month it is the first day, or the last where last is true. Raises ValueError for anything
    else but nothing, which is None.
    """
    if not text.strip():
        return None
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (12 if last else 1)
    if not year or not 1 <= month <= 12:
        raise ValueError(f"{text!r} is no date")
    return datetime.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
