"""Characters that Qt would alter, or that nobody can see: what is shown in their place, and how they are marked.

Qt drops U+FEFF at the start of a string, turns bytes round after U+FFFE and starts new lines at separators;
an override (U+202D, U+202E) would show letters in another order than they are stored. The text itself is never touched:
only the copy for Qt has replacements, one for one, so that offsets stay the same.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

OTHER_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
"""Characters other than the newline that end a line."""

LINE_ENDS = re.compile(f"[\n{OTHER_LINE_ENDS}]+")
"""A run of characters that end a line. They are never passed to Qt."""

_STAND_INS: dict[int, int | str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0), *range(0xD800, 0xE000)], "\ufffd"),
    **dict.fromkeys([0xFFFC, 0xFFFE, 0xFFFF, 0x2028, 0x2029], "\ufffd"),
    0x09: "\u2003",
    0xFEFF: "\u2060",
    0x202D: "\u202a",
    0x202E: "\u202b",
}
_ALTERED = re.compile(
    "[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff\ufffc\ufffe\uffff\u2028\u2029\ufeff\u202d\u202e]",
)


class Mark(Enum):
    """The shape of the mark that shows an invisible character."""

    LEFTWARD = "leftward"
    RIGHTWARD = "rightward"
    POINT = "point"
    SPACE = "space"


_KINDS = {
    **dict.fromkeys("\u200f\u061c\u202b\u202e\u2067", Mark.LEFTWARD),
    **dict.fromkeys("\u200e\u202a\u202d\u2066", Mark.RIGHTWARD),
    **dict.fromkeys("\u00a0\u202f\u2007", Mark.SPACE),
}
_PICTOGRAPH = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_MARKED = re.compile(
    "[\u00a0\u2007\u202f\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    f"|(?<![{_PICTOGRAPH}])\u200d"
)


def display_text(text: str) -> str:
    """Return the text for Qt, with replacements for what it alters. Its length is the same, also in UTF-16."""
    return text.translate(_STAND_INS) if _ALTERED.search(text) else text


def find_marks(text: str) -> list[tuple[int, Mark]]:
    """Return the offset in code points and the mark of each character to be marked."""
    return [(found.start(), _KINDS.get(found.group(), Mark.POINT)) for found in _MARKED.finditer(text)]


def describe(character: str) -> str:
    """Return the Unicode name of a character: "U+200F RIGHT-TO-LEFT MARK"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
