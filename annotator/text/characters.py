"""Character classes: invisible characters, joiners, combining marks, line ends."""

from __future__ import annotations

import re

INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that are invisible and do not shape letters.

These are directional marks (copied from right-to-left pages), zero-width spaces, byte order marks and soft hyphens.
"""

BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + "".join(sorted(INVISIBLE))
)
"""All blank characters: those for which str.isspace() returns True, and INVISIBLE."""

JOINERS = frozenset("\u0640\u200c\u200d")
"""Tatweel, zero-width non-joiner (ZWNJ) and joiner (ZWJ). They shape adjacent letters, and so are part of the word."""

MARK = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Combining marks, for a character class in a regular expression, since `\\w` does not match harakat."""

WORD = rf"[\w{MARK}\u200c\u200d]"
"""A regular expression for one character of a word, including harakat and joiners."""

LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""The characters at which str.splitlines() ends a line."""
