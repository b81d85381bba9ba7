"""The filter of the article list, and how it is saved as text; also the dates that people type into it."""

from __future__ import annotations

import calendar
import datetime
import json
import re
from dataclasses import dataclass
from enum import StrEnum


class Progress(StrEnum):
    """How far an annotator is with a document: nothing decided, something decided, marked as done."""

    NOTHING = "nothing"
    DOING = "doing"
    DONE = "done"


MINE, UNBEGUN = "@mine", "@not-begun"
"""Values of DocumentFilter.whose; no annotator has such an id."""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Conditions that a document meets all at once; an empty field is no condition.

    - progress: one of these states.
    - doubtful, noted: the annotator flagged the document or a span in it, or wrote a note on one of them.
    - pending: suggestions are undecided.
    - source: exactly this source.
    - since, until: the first and the last date, inclusive.
    - words: each word is in the title, whatever the harakat and forms of alef.
    - whose: MINE: assigned to the annotator; UNBEGUN: nobody labelled or decided anything, or marked it as done; or
      assigned to the annotator with this id.
    """

    progress: frozenset[Progress] = frozenset()
    doubtful: bool = False
    noted: bool = False
    pending: bool = False
    source: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    words: str = ""
    whose: str = ""

    @property
    def is_on(self) -> bool:
        """Return True if there is any condition."""
        return self != DocumentFilter(words=self.words) or bool(self.words.strip())

    def to_text(self) -> str:
        """Return the filter as one line of JSON, or "" for no condition."""
        asked = {
            "progress": sorted(self.progress),
            "doubtful": self.doubtful,
            "noted": self.noted,
            "pending": self.pending,
            "whose": self.whose,
            "source": self.source,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "words": self.words,
        }
        kept = {name: value for name, value in asked.items() if value}
        return json.dumps(kept, ensure_ascii=False) if kept else ""

    @classmethod
    def from_text(cls, text: str) -> DocumentFilter:
        """Parse what to_text() returned; anything else is a filter without conditions."""
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
                str(asked.get("whose", "")),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()


_DATE = re.compile(r"\s*(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?\s*")


def parse_typed_date(text: str, *, last: bool = False) -> datetime.date | None:
    """Parse a year, month or day as people type it: "2020", "2020-4", "2020/04/17", also in Arabic digits.

    Return the first day of a year or month, or the last one if last is true, and None for an empty text. Raises
    ValueError for anything else.
    """
    if not text.strip():
        return None
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (12 if last else 1)
    if not year or not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not a date")
    return datetime.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
