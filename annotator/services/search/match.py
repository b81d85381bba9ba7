"""Find a text in an article: a name with its clitics, any spelling, exact characters, or a regular expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import UserError
from annotator.suggest.lexicon.matcher import SHORTEST_WITH_CLITICS, Haystack, Matcher, longest
from annotator.text.normalise import normalise, normalise_key
from annotator.text.regex_literals import required_literals

_PATIENCE = 1.0
"""Seconds that a regular expression may take in one text."""
_ARTICLE = "ال"
_COUNT = re.compile(r"\{(\d+)")
_MOST_COPIES = 100_000
"""regex compiles x{500} to 500 copies of x, and nested counts multiply: a million take seconds and 280 MB."""


class Mode(StrEnum):
    """How the search text is compared with an article.

    name: whole words, with or without clitics before them, ignoring diacritics and forms of hamza. spelling: anywhere,
    ignoring the same. exact: anywhere, as typed. regex: a regular expression.
    """

    NAME = "name"
    SPELLING = "spelling"
    EXACT = "exact"
    REGEX = "regex"


class PatternError(UserError):
    """A regular expression that is invalid or takes too long."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place, in code points. with_article says that it has an article which the name lacks: الصاروخ for صاروخ."""

    span: Span
    with_article: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds non-overlapping places in a text, in order.

    literals are strings that every text with a place contains, in the form that the search index compares.
    """

    literals: tuple[str, ...]
    find: Callable[[str], Iterator[Found]]


def finder(wanted: str, mode: Mode, tagset: Tagset) -> Finder:
    """Return a Finder for a text; the tagset says whether names include the clitics before them.

    Raises PatternError for an invalid regular expression, and ValueError for a text without letters.
    """
    if mode is Mode.REGEX:
        return _expression(wanted)
    if mode is Mode.EXACT and wanted:
        return Finder((wanted,), lambda text: _exact(text, wanted))
    key = normalise_key(wanted)
    if not key:
        raise ValueError("there is nothing to search for")
    if mode is Mode.SPELLING:
        return Finder((key,), lambda text: _spelling(text, key))
    matcher = Matcher([(key, key)], takes_article=lambda _: True)
    # After ل the article is written without its alef: للقوات.
    stem = key.removeprefix(_ARTICLE)
    border = " " if len(key) < SHORTEST_WITH_CLITICS else ""
    return Finder((f"{border}{stem or key} ",), lambda text: _name(text, matcher, tagset.clitics))


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """Compile a regular expression. Raises PatternError if it is invalid, or too large to be compiled."""
    copies = 1
    for count in _COUNT.findall(pattern):
        copies *= max(1, int(count[:9]))
    try:
        if copies <= _MOST_COPIES:
            return regex.compile(pattern)
    except regex.error as e:
        raise PatternError("The pattern {pattern} is not valid ({why}). Correct it.", pattern=pattern, why=e) from e
    except RecursionError:
        pass
    raise PatternError("The pattern {pattern} is too large. Simplify it.", pattern=pattern)


def _expression(pattern: str) -> Finder:
    compiled = compile_pattern(pattern)

    def find(text: str) -> Iterator[Found]:
        try:
            for match in compiled.finditer(text, timeout=_PATIENCE, concurrent=True):
                if match.end() > match.start():
                    yield Found(Span(match.start(), match.end()))
        except TimeoutError as e:
            raise PatternError("The pattern {pattern} takes too long. Simplify it.", pattern=pattern) from e

    return Finder(tuple(required_literals(pattern)), find)


def _exact(text: str, wanted: str) -> Iterator[Found]:
    at = text.find(wanted)
    while at >= 0:
        yield Found(Span(at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))


def _spelling(text: str, key: str) -> Iterator[Found]:
    """Yield the places of a normalised text, also inside words."""
    haystack = Haystack(normalise(text))
    at = haystack.text.find(key)
    while at >= 0:
        yield Found(haystack.span(at, at + len(key)))
        at = haystack.text.find(key, at + len(key))


def _name(text: str, matcher: Matcher[str], clitics: str) -> Iterator[Found]:
    """Yield the places of a name as whole words, with or without an article or clitics before it."""
    haystack = Haystack(normalise(text))
    for match in longest(matcher.find(haystack.text)):
        # The second lam of للقوات belongs to the name القوات, which has the article itself.
        bare = len(match) <= len(match.value)
        yield Found(haystack.span(match.first(clitics), match.end), not bare)
