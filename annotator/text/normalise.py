"""Level out spelling for look-ups, with a way back to the exact characters.

CAMeL Tools' own functions are asked for each character once: normalize_unicode for presentation forms, the
"arclean" map for letters of other languages (ڤ, پ, ی), then alef variants, alef maksura, teh marbuta and dediac.
Tatweel, joiners and invisible characters are dropped, digits become ASCII, Latin letters lower-case.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from annotator.domain.span import Span
from annotator.text.characters import INVISIBLE, JOINERS, LINE_END

_BETWEEN = re.compile(r"[\W_]+")
_CLEAN = CharMapper.builtin_mapper("arclean")


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


def _normal(char: str) -> str:
    """Return what stands for one character: one other, several, or nothing."""
    if char in JOINERS or char in INVISIBLE:
        return ""
    if char.isspace():
        return char if LINE_END.match(char) else " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "\ufb50" <= char <= "\ufeff":
        composed = normalize_unicode(char)
        if composed != char:
            return "".join(map(_normal, composed))
    if "\u0600" <= char <= "\u06ff" and char.isalpha() and dediac_ar(char):
        # CAMeL's map would drop the Kurdish and Uighur vowel ە, which is a letter.
        level: str = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(_CLEAN(char) or char)))
        return level
    if "\u0600" <= char <= "\u06ff":
        return "" if unicodedata.category(char) == "Mn" else char
    lower = char.lower()
    return lower if len(lower) == 1 else char


class _Table(dict[int, str]):
    """What stands for each code point, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        """Work out and keep what stands for a code point."""
        self[code_point] = value = _normal(chr(code_point))
        return value


_TABLE = _Table()
