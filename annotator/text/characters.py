"""Characters that need care: the invisible ones, the joining ones, the ends of lines."""

from __future__ import annotations

import re

INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that show nothing and shape nothing: directions, zero-width spaces, byte order marks, soft hyphens."""

BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + "".join(sorted(INVISIBLE))
)
"""All that a line may begin or end with and show nothing: what str.isspace calls space, and what is INVISIBLE."""

JOINERS = frozenset("\u0640\u200c\u200d")
"""Tatweel, zero-width non-joiner and joiner: they shape the letters beside them and belong to the word."""

MARK = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Combining marks, for use inside a class of a regular expression: `\\w` leaves harakat out."""

WORD = rf"[\w{MARK}\u200c\u200d]"
"""One character of a word, harakat and joiners included, as a regular expression."""

LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""The characters at which str.splitlines ends a line."""
