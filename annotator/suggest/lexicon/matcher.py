"""Find listed names in a text as whole words, with the clitics that may precede them.

One Aho-Corasick automaton over the normalised text (annotator.text.normalise) finds every place. A place counts if it
ends at a word boundary, and begins at one or behind a chain of nominal clitics:

- و and ف, then one of ب, ك and ل, stay outside the name: ديالى is found in وديالى.
- A name listed with its article is also found behind لل, where the article's alef is not written. In للقوات the
  preposition stays outside and the article's lam inside: القوات is found as لقوات, and اللجنة in للجنة as لجنة.
- A name listed without an article is found with one only if its class takes one (weapons, ranks: الصاروخ). The article
  then belongs to it. حماس is never found in الحماس.

annotator.text.clitics.rule decides whether letters before a name are clitics: بنان is not found in لبنان. Names of
fewer than three letters take no clitics, because too many words begin or end like them; at most they take و, if the
caller wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.text.clitics.rule import clitic_length
from annotator.text.normalise import Normalised, normalise_key

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SHORTEST_WITH_CLITICS = 3
"""The fewest letters of a name that is found behind clitics."""
_LONGEST_WORD_BEFORE = 16
_OUTSIDE = frozenset(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل")) - {""}
_ARTICLES = {c + p + a: len(a) for c in ("", "و", "ف") for p, a in (("", "ال"), ("ب", "ال"), ("ك", "ال"), ("ل", "ل"))}
"""A chain of clitics that ends in an article, and the length of the article."""
_LONGEST_CHAIN = max(map(len, (*_OUTSIDE, *_ARTICLES)))


@dataclass(frozen=True, slots=True)
class Match(Generic[T_co]):
    """A name at start:end of the normalised text, after prefix characters of clitics."""

    start: int
    end: int
    prefix: int
    value: T_co

    def first(self, clitics: str) -> int:
        """Return where a label begins under a tagset's policy: at the name, or at its clitics."""
        return self.start if clitics == OUTSIDE else self.start - self.prefix

    def __len__(self) -> int:
        """Return the length of the name in characters of the normalised text."""
        return self.end - self.start


class Haystack:
    """A normalised text in which runs of spaces are one space, as in keys, and the way back to the original."""

    def __init__(self, normalised: Normalised) -> None:
        """Take a text; only texts with runs of spaces cost more than their normalisation."""
        self._normalised = normalised
        self._places: list[int] | None = None
        self.text = normalised.text
        if "  " in self.text:
            whole = self.text
            self._places = [i for i, c in enumerate(whole) if c != " " or not i or whole[i - 1] != " "]
            self.text = "".join(whole[i] for i in self._places)

    def span(self, start: int, end: int) -> Span:
        """Return the original span of a part of the searched text."""
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        return self._normalised.span(start, end)


class Matcher(Generic[T]):
    """Finds any of its names in a text in one pass, however many there are."""

    def __init__(
        self,
        names: Iterable[tuple[str, T]],
        takes_article: Callable[[T], bool],
        joins: Callable[[T], bool] = lambda _: False,
    ) -> None:
        """Take names, each with a value. Of names with the same spelling the first one counts.

        joins returns True for the value of a name that is found behind و even if it has only two letters.
        """
        self._takes_article = takes_article
        self._joins = joins
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        for name, value in names:
            key = normalise_key(name)
            if key and key not in self._automaton:
                self._automaton.add_word(key, (len(key), 0, value))
            if key.startswith("ال") and len(key) > SHORTEST_WITH_CLITICS + 1:
                # Of three lams one is left out: ل and اللجنة are للجنة. Not everybody knows that.
                for written in {"لل" + key[2:], "لل" + key[2:].removeprefix("ل")}:
                    self._automaton.add_word(written, (len(written), 1, value))
        self._empty = not len(self._automaton)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Match[T]]:
        """Yield every place of every name, by end, also overlapping ones; text is a Haystack's."""
        if self._empty:
            return
        length = len(text)
        for last, (size, inner, value) in self._automaton.iter(text):
            end = last + 1
            if end < length and (text[end].isalnum() or _runs_on(text, end)):
                continue
            match = self._begin(text, end - size, end, inner, value)
            if match is not None and not self._is_listed_with_article(text, match, size):
                yield match

    def _begin(self, text: str, at: int, end: int, inner: int, value: T) -> Match[T] | None:
        """Return the match for a key found at:end, or None if it begins inside a word.

        inner is the number of clitic letters in the key itself: 1 for the ل of للقوات.
        """
        word = at
        while word and at - word <= _LONGEST_CHAIN and text[word - 1].isalnum():
            word -= 1
        if word and _runs_in(text, word):
            return None
        chain = text[word:at]
        prefix = self._prefix(chain, end - at, inner, value)
        if prefix is None or (
            prefix and end - at >= SHORTEST_WITH_CLITICS and not _are_clitics(text, word, prefix, end)
        ):
            return None
        return Match(word + prefix, end, prefix, value)

    def _is_listed_with_article(self, text: str, match: Match[T], size: int) -> bool:
        """Return True if a match has taken an article, and the name with its article is listed, too."""
        return len(match) > size and f"ال{text[match.end - size : match.end]}" in self._automaton

    def _prefix(self, chain: str, length: int, inner: int, value: T) -> int | None:
        """Return how many letters of the chain before a name would be clitics; None if it is not a chain of clitics."""
        if not chain:
            return inner
        if inner:
            return len(chain) + inner if chain in ("و", "ف") else None
        if length < SHORTEST_WITH_CLITICS:
            return 1 if chain == "و" and self._joins(value) else None
        if chain in _OUTSIDE:
            return len(chain)
        article = _ARTICLES.get(chain)
        return len(chain) - article if article and self._takes_article(value) else None


def _are_clitics(text: str, word: int, prefix: int, end: int) -> bool:
    """Return True if the first letters of the word at a position are clitics before the name that ends at end.

    Before a name of several words they always are.
    """
    name = text[word + prefix : end]
    if " " in name:
        return True
    before = text[max(0, word - _LONGEST_WORD_BEFORE) : word].split(" ")[-2:-1]
    behind = text[end : end + _LONGEST_WORD_BEFORE].split(" ")[1:2] if text[end : end + 1] == " " else []
    return clitic_length(text[word:end], "".join(before), "".join(behind), lambda stem: stem == name) == prefix


def longest(matches: Iterable[Match[T]], *, nested: bool = False) -> list[Match[T]]:
    """Return the matches that no longer one overlaps, by start; nested keeps those that a longer one covers."""
    kept: list[Match[T]] = []
    cluster: list[Match[T]] = []
    reach = 0
    for match in sorted(matches, key=lambda m: m.start):
        if match.start >= reach:
            kept += _resolved(cluster, nested)
            cluster = []
        cluster.append(match)
        reach = max(reach, match.end)
    return kept + _resolved(cluster, nested)


def _resolved(cluster: list[Match[T]], nested: bool) -> list[Match[T]]:
    """Choose among overlapping matches: the longest first, then the one with fewer clitics."""
    if len(cluster) < 2:
        return cluster
    kept: list[Match[T]] = []
    for match in sorted(cluster, key=lambda m: (-len(m), m.prefix, m.start)):
        if all(_may_stay(match, longer, nested) for longer in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, -m.end))


def _may_stay(match: Match[T], longer: Match[T], nested: bool) -> bool:
    """Return True if a match can be kept together with one that is at least as long."""
    if match.end <= longer.start or longer.end <= match.start:
        return True
    return nested and longer.start <= match.start and match.end <= longer.end and len(match) < len(longer)


def _runs_on(text: str, end: int) -> bool:
    """Return True if a web address or hashtag continues after end, so that no name ends there."""
    return (
        text[end] in "_@./"
        and end + 1 < len(text)
        and (text[end] == "_" or text[end + 1].isascii())
        and (text[end + 1].isalnum())
    )


def _runs_in(text: str, start: int) -> bool:
    """Return True if a web address or hashtag precedes start, so that no name begins there."""
    before = text[start - 1]
    return before in "_@#" or (before in "./" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum())
