"""Cue words: words around a listed name that support a reading, such as مدينة before a city, or rule it out.

The words are in resources/lexicons/context.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from annotator.resources import resource
from annotator.suggest.lexicon.matcher import Match
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.normalise import normalise_key

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[\n.:؛؟!()،,]")
_JOINT = frozenset(" ،,و/-")
_OPENING, _CLOSING = frozenset("«\"“'"), frozenset("»\"”'")
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_PREPOSITIONS = frozenset("بكل")
_REACH = 24
"""Code points before a name in which a cue word may begin."""

Words = Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def _context() -> Mapping[str, Words]:
    """Return the keys of the words of context.toml, by section and label."""
    tables = tomllib.loads((resource("lexicons") / "context.toml").read_text(encoding="utf-8"))
    return {
        section: {label: frozenset(map(normalise_key, words.split())) for label, words in table.items()}
        for section, table in tables.items()
    }


def is_supported(text: str, match: Match[object], label: str, *, common: bool = False) -> bool:
    """Return True if one of the two words before a match, in the normalised text, supports the label.

    A common word is supported by a word of kind directly before it only. A medium is also supported by quotation marks
    around it.
    """
    if label == "MEDIA" and is_quoted(text, match):
        return True
    words = _words_before(text, match)
    if common:
        return _has_cue(words[-1:], "kinds", label)
    return _has_cue(words[-2:], "kinds", label) or _has_cue(words[-2:], "before", label)


def is_ruled_out(text: str, match: Match[object], label: str) -> bool:
    """Return True if the word before a match excludes the label."""
    return not _context()["not_after"].get(label, frozenset()).isdisjoint(_words_before(text, match)[-1:])


def is_quoted(text: str, match: Match[object]) -> bool:
    """Return True if quotation marks enclose a match and nothing else."""
    place = match.start - match.prefix
    return text[place - 1 : place] in _OPENING and text[match.end : match.end + 1] in _CLOSING


def is_cited(text: str, match: Match[object], label: str) -> bool:
    """Return True if quotation marks enclose a match, and what precedes them cites it as one of the label.

    That is the clitic ل (قال لـ«الرياض»), one of the two words before, or the start of a line.
    """
    if not is_quoted(text, match):
        return False
    before = text[max(0, match.start - _REACH) : match.start - 1]
    if not before.rstrip(" ") or before.rstrip(" ")[-1] == "\n":
        return True
    words = _WORD.findall(before)[-2:]
    return words[-1:] in (["ل"], ["ول"]) or _has_cue(words, "cites", label) or _has_cue(words, "before", label)


def is_adjective(text: str, match: Match[object], others: Sequence[Match[object]]) -> bool:
    """Return True if what may be a country or a feminine adjective is an adjective here.

    It is one after a definite noun (الحكومة السعودية), a name in quotation marks, or another name (others), but not
    after a preposition, a verb, or a noun in the construct state (جنوب السعودية, حكومة السعودية).
    """
    place = match.start - match.prefix
    if match.prefix and text[match.start - 1] in _PREPOSITIONS:
        return False
    before = text[max(0, place - _REACH) : place].rstrip(" ")
    if before[-1:] in _CLOSING:
        return True
    words = _words_before(text, match)[-1:]
    if not words:
        return False
    if any(other.end == place - 1 for other in others):
        return True
    return (
        _ARTICLE.match(words[0]) is not None
        and not words[0].endswith("ون")
        and words[0] not in _context()["not_agreeing"]["words"]
    )


def is_listed_beside(text: str, match: Match[object], others: Sequence[Match[object]]) -> bool:
    """Return True if only commas, slashes and و separate a match from one of the others, as in a list."""
    return any(_is_joint(text, other.end, match.start) or _is_joint(text, match.end, other.start) for other in others)


def _is_joint(text: str, start: int, end: int) -> bool:
    if not 0 < end - start <= len(" ، و"):
        return False
    between = text[start:end]
    return not between.isspace() and not set(between) - _JOINT


def _has_cue(words: Sequence[str], section: str, label: str) -> bool:
    """Return True if one of some words, with or without clitics, is among the cue words of a label."""
    cues = _context()[section].get(label, frozenset())
    return any(word[length:] in cues for word in words for length in proclitic_lengths(word))


def _words_before(text: str, match: Match[object]) -> list[str]:
    """Return the words before a match in its clause, as far as cue words reach."""
    place = match.start - match.prefix
    return _WORD.findall(_BREAK.split(text[max(0, place - _REACH) : place])[-1])
