"""One character levelled out, by CAMeL Tools' own functions.

normalize_unicode for presentation forms, the "arclean" map for letters of other languages (ڤ, پ, ی), then alef
variants, alef maksura, teh marbuta and dediac. Tatweel, joiners and invisible characters are dropped, digits become
ASCII, Latin letters lower-case.
"""

from __future__ import annotations

import unicodedata

from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from annotator.text.characters import INVISIBLE, JOINERS, LINE_END

_CLEAN = CharMapper.builtin_mapper("arclean")


def normalise_char(char: str) -> str:
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
            return "".join(map(normalise_char, composed))
    if "\u0600" <= char <= "\u06ff" and char.isalpha() and dediac_ar(char):
        # CAMeL's map would drop the Kurdish and Uighur vowel ە, which is a letter.
        levelled: str = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(_CLEAN(char) or char)))
        return levelled
    if "\u0600" <= char <= "\u06ff":
        return "" if unicodedata.category(char) == "Mn" else char
    lower = char.lower()
    return lower if len(lower) == 1 else char
