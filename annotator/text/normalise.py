"""Level out spelling for look-ups, with a way back to the exact characters.

text/camel_normalise.py levels out each character once. The table keeps the result, and begins with the commonest
characters.
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
    """A normalised text and, for each of its characters and for its end, the code point of the original it came from.

    offsets has len(text) + 1 entries and never falls; a character that became several stands for each of them.
    """

    text: str
    offsets: array[int]
    original: str

    def span(self, start: int, end: int) -> Span:
        """Return the original characters of a part of the normalised text, their marks and tatweel included.

        Invisible characters behind the part stay outside. Raises ValueError for an empty part,
        IndexError for one that lies outside the text.
        """
        if not 0 <= start < end:
            raise ValueError(f"a part needs 0 <= start < end, not {start}:{end}")
        shortest = self.offsets[end - 1] + 1
        stop = max(self.offsets[end], shortest)
        while stop > shortest and self.original[stop - 1] in INVISIBLE:
            stop -= 1
        return Span(self.offsets[start], stop)


def normalise(text: str) -> Normalised:
    """Return the normalised text with its offsets into the original."""
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
    """Return the normalised text with each run of spaces made one and none at the edges: the key of a dictionary."""
    return " ".join(text.translate(_TABLE).split())


def normalise_words(text: str) -> str:
    """Return the normalised text with each run of what is no letter or digit made one space, also at the edges.

    The form of a part of a text is part of the text's form.
    """
    return _BETWEEN.sub(" ", text.translate(_TABLE))


def _offsets(text: str) -> Iterable[int]:
    """Yield the original place of each normalised character, and of the end."""
    table = _TABLE
    for i, char in enumerate(text):
        length = len(table[ord(char)])
        if length == 1:
            yield i
        else:
            yield from (i,) * length
    yield len(text)


class _Table(dict[int, str]):
    """What stands for each code point, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        """Work out and keep what stands for a code point."""
        # CAMeL Tools takes a third of a second to import, which no program has to wait for that asks for nothing.
        from annotator.text.camel_normalise import normalise_char

        self[code_point] = value = normalise_char(chr(code_point))
        return value


# What this program's own lists and most news are written with stands here, so that little waits for CAMeL Tools.
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\t\xa0"
_LEVELLED = "ءااؤائابهتثجحخدذرزسشصضطظعغفقكلمنهويييك01234567890123456789  "
_DROPPED = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\xad\u200b\u200c\u200d\u200e\u200f\ufeff"
_KEPT = "\n\r،؛؟٪«»“”‘’–—…•″"
_TABLE = _Table(
    {code: chr(code).lower() for code in range(0x20, 0x7F)}
    | dict(zip(map(ord, _LETTERS), _LEVELLED, strict=True))
    | dict.fromkeys(map(ord, _DROPPED), "")
    | {ord(char): char for char in _KEPT}
)
