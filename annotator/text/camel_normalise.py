"""Normalise single characters with the functions of CAMeL Tools.

These are normalize_unicode for presentation forms, the "arclean" map for letters of other languages (ڤ, پ, ی), and then
those for alef variants, alef maksura, teh marbuta and harakat. In addition, tatweel, joiners and invisible characters
are removed, digits become ASCII, and Latin letters lower case.
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
    """Return the normal form of a character: one character, several, or none."""
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
        # CAMeL's map would remove the vowel ە of Kurdish and Uighur, which is a letter.
        normal: str = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(_CLEAN(char) or char)))
        return normal
    if "\u0600" <= char <= "\u06ff":
        return "" if unicodedata.category(char) == "Mn" else char
    lower = char.lower()
    return lower if len(lower) == 1 else char
