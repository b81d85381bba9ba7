"""Normalise Arabic spelling for look-ups, with offsets back to the original characters.

Example: أَحمــد and احمد have the same normal form, احمد. camel_normalise.py computes the normal form of each character
once; the table begins with those of the commonest characters.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

from annotator.domain.model.span import Span
from annotator.text.characters import INVISIBLE

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its characters and its end, the offset in the original, in code points.

    offsets has len(text) + 1 entries and never decreases. If one character became several, they have the same offset.
    """

    text: str
    offsets: array[int]
    original: str

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original of a part of the normalised text, including harakat and tatweel.

        Invisible characters after the part are not included. Raises ValueError for an empty part, and IndexError for
        one outside the text.
        """
        if not 0 <= start < end:
            raise ValueError(f"a part needs 0 <= start < end, not {start}:{end}")
        shortest = self.offsets[end - 1] + 1
        stop = max(self.offsets[end], shortest)
        while stop > shortest and self.original[stop - 1] in INVISIBLE:
            stop -= 1
        return Span(self.offsets[start], stop)


def normalise(text: str) -> Normalised:
    """Return the normalised text with its offsets in the original."""
    table = _TABLE
    out = text.translate(table)
    lengths = {len(table[cp]) for cp in set(map(ord, text))}
    if lengths <= {1}:
        return Normalised(out, array("L", range(len(text) + 1)), text)
    if lengths <= {0, 1}:
        kept = array("L", compress(range(len(text)), map(table.__getitem__, map(ord, text))))
        kept.append(len(text))
        return Normalised(out, kept, text)
    return Normalised(out, array("L", _offsets(text)), text)


def normalise_key(text: str) -> str:
    """Return the normalised text with single spaces, and none at the edges, as a dictionary key."""
    return " ".join(text.translate(_TABLE).split())


def normalise_words(text: str) -> str:
    """Return the normalised text with one space for each run of characters that are not letters or digits.

    A part of a text so becomes a part of the normalised text, since spaces at the edges remain.
    """
    return _BETWEEN.sub(" ", text.translate(_TABLE))


def _offsets(text: str) -> Iterable[int]:
    table = _TABLE
    for i, char in enumerate(text):
        length = len(table[ord(char)])
        if length == 1:
            yield i
        else:
            yield from (i,) * length
    yield len(text)


class _Table(dict[int, str]):
    """The normal form of each code point, computed on first access."""

    def __missing__(self, code_point: int) -> str:
        # Imported here, since CAMeL Tools takes a third of a second to import, and most texts need none of it.
        from annotator.text.camel_normalise import normalise_char

        self[code_point] = value = normalise_char(chr(code_point))
        return value


# The characters of the bundled lists and of most news, so that they do not need CAMeL Tools.
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\t\xa0"
_NORMAL = "ءااؤائابهتثجحخدذرزسشصضطظعغفقكلمنهويييك01234567890123456789  "
_REMOVED = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\xad\u200b\u200c\u200d\u200e\u200f\ufeff"
_UNCHANGED = "\n\r،؛؟٪«»“”‘’–—…•″"
_TABLE = _Table(
    {code: chr(code).lower() for code in range(0x20, 0x7F)}
    | dict(zip(map(ord, _LETTERS), _NORMAL, strict=True))
    | dict.fromkeys(map(ord, _REMOVED), "")
    | {ord(char): char for char in _UNCHANGED}
)
