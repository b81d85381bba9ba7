"""The words of a person's name in a text: which of them are the name, and which only stand beside it.

Not the name's own, and so left as they are, are

- clitics written onto the name: و in ومحمد, ل in لمحمد and in للأسد, whose article's alef is then not written;
- titles and nationalities before it (the bundled lexicons': الرئيس السوري, العميد الركن), and alone, unless the word is
  known from other names;
- particles: بن, أبو, أم, آل and their like, عبد before another word or written onto it, أبو written onto a well-known
  name, الدين and الله behind one;
- numbers, and single letters (initials) beside another word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.resources import resource
from annotator.text.characters import INVISIBLE, JOINERS, MARK
from annotator.text.clitics.proclitics import hides_article, proclitic_lengths
from annotator.text.clitics.rule import name_start
from annotator.text.names.given_names import NameKind, given_names
from annotator.text.normalise import normalise_key

IsName = Callable[[str], bool]
"""Tells, by its key, whether a word is a name."""

_INVISIBLE = "".join(sorted(INVISIBLE))
_LETTER = r"[^\W_]"
WORD = re.compile(
    rf"{_LETTER}(?:{_LETTER}|[{MARK}{''.join(sorted(JOINERS))}]|[{_INVISIBLE}]+(?=[{MARK}]*{_LETTER}))*[{MARK}]*"
)
"""A word as it is written: letters and digits, with marks, joiners and invisible characters between them."""
_ARABIC = re.compile(r"[ء-ي]")

_SERVANT, _ARTICLE = "عبد", "ال"
_OF_FAITH, _OF_GOD = "الدين", "الله"
_PARTICLES = frozenset(
    map(normalise_key, ("بن", "ابن", "بنت", "أبو", "أبا", "أبي", "أم", "آل", "ولد", "عبد", "الدين", "الله"))
) | {"al", "el", "bin", "ben", "ibn", "abu", "umm", "de", "del", "da", "di", "van", "von", "der", "la", "le"}
_FATHER = "ابو"
_LONGEST = 64
"""Code points of a word beyond which nobody looks for what is written onto a name."""
_OUTSIDE = frozenset(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل")) - {""}


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name: its place, without clitics, its key (annotator.text.normalise.normalise_key) and its spelling.

    is_own says that it is the name's own and not a particle; kind is what it looks like here. Where the article's alef
    is not written, behind ل, key and spelling have it.
    """

    span: Span
    key: str
    spelling: str
    is_own: bool = True
    kind: NameKind = NameKind.MALE


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Return the keys of the words that titles and nationalities are made of; آية, of آية الله, is a first name too."""
    found: set[str] = set()
    for name in ("titles.tsv", "nationalities.tsv"):
        lines = resource("lexicons", name).read_text(encoding="utf-8").splitlines()
        surfaces = (line.split("\t")[0] for line in lines if line and not line.startswith("#"))
        found.update(normalise_key(word) for surface in surfaces for word in surface.split())
    first_names = (key for key, kind in given_names().known.items() if kind in (NameKind.FEMALE, NameKind.MALE))
    return frozenset(found.difference(first_names))


def split_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words between two places; عبد or أبو written onto a name is a word of its own."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        cut = _behind_particle(match[0]) if "ع" in match[0] or "و" in match[0] else 0
        if cut:
            yield Span(match.start(), match.start() + cut)
        yield Span(match.start() + cut, match.end())


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return the key of a word, empty for one that has no letter and no digit."""
    return normalise_key(word)


def spelling(word: str) -> str:
    """Return a word without harakat, tatweel, capitals, invisible characters and hamza on alef, but with ى and ة."""
    return "".join("ا" if word_key(char) == "ا" else char.casefold() for char in word if word_key(char))


@lru_cache(maxsize=1 << 16)
def possible_stems(word: str) -> tuple[tuple[int, str], ...]:
    """Return what a word may be a name with: the length of the clitics before it, and its key; no clitics first.

    After ل the key is given without and with an article whose alef is not written. Nothing says that they are clitics.
    """
    found = [(0, word_key(word))]
    for length in proclitic_lengths(word)[1:]:
        if word_key(word[:length]) not in _OUTSIDE:
            continue
        found.append((length, word_key(word[length:])))
        if hides_article(word, length):
            found.append((length, "ا" + word_key(word[length:])))
    return tuple(found)


def name_words(text: str, span: Span, known: IsName = lambda _: False) -> list[NameWord]:
    """Return the words of the name that a span labels, leading titles left out; known helps to tell clitics.

    Empty where the span covers no word that can be a name: nothing but numbers, say.
    """
    found = [_word(text, place) for place in split_words(text, span.start, span.end)]
    found = [word for word in found if word.key]
    if not found:
        return []
    found[0] = _without_clitics(text, found[0], known)
    letters = [word for word in found if not word.key.isdecimal()]
    name = list(dropwhile(lambda word: word.key in _titles(), letters))
    return _told_apart(text, name or [word for word in letters if known(word.key)])


def _word(text: str, place: Span) -> NameWord:
    """Return the word at a place."""
    word = place.of(text)
    return NameWord(place, word_key(word), spelling(word))


def _without_clitics(text: str, first: NameWord, known: IsName) -> NameWord:
    """Return the first word of a name without clitics, also where the label begins at or behind them."""
    begin = word_start(text, first.span.start)
    whole = text[begin : first.span.end]
    length = max(clitics_before(whole, known), first.span.start - begin)
    word = _word(text, Span(begin + length, first.span.end))
    if not word.key:
        return first
    if hides_article(whole, length) and not known(word.key) and word.key not in given_names().known:
        return replace(word, key="ا" + word.key, spelling="ا" + word.spelling)
    return word


@lru_cache(maxsize=1 << 14)
def _is_bundled(key: str) -> bool:
    """Tell whether a word is a bundled name."""
    return key in given_names().known


def clitics_before(word: str, known: IsName) -> int:
    """Return how many code points before a name in its first word are clitics, whatever stands beside the word."""
    if _is_bundled(word_key(word)):
        return 0
    return name_start(word, OUTSIDE, known=lambda key: _is_bundled(key) or known(key))


def word_start(text: str, at: int) -> int:
    """Return where the word begins that a place lies in; عبد or أبو before it does not count."""
    begin = at
    while begin and at - begin < _LONGEST and WORD.fullmatch(text, begin - 1, at + 1):
        begin -= 1
    word = WORD.match(text, begin)
    cut = _behind_particle(word[0]) if word else 0
    return begin + cut if 0 < cut <= at - begin else begin


@lru_cache(maxsize=1 << 14)
def _behind_particle(word: str) -> int:
    """Return where in a word the name behind عبد or أبو begins: 3 in عبدالله, 4 in وعبدالله, 0 where there is none."""
    for length, key in possible_stems(word) if len(word) < _LONGEST else ():
        is_servant = key.startswith(_SERVANT + _ARTICLE) and len(key) > len(_SERVANT + _ARTICLE) + 1
        if is_servant or (key.startswith(_FATHER) and _is_bundled(key.removeprefix(_FATHER))):
            particle, whole = _SERVANT if is_servant else _FATHER, range(length + 1, len(word))
            return next(i for i in whole if word_key(word[length:i]) == particle and word_key(word[i]))
    return 0


def _told_apart(text: str, found: list[NameWord]) -> list[NameWord]:
    """Return the words with what each is: the name's own or not, and of which kind."""
    keys = ["", *(word.key for word in found), ""]
    stands = [_stands_for_itself(keys[i], keys[i - 1], keys[i + 1]) for i in range(1, len(keys) - 1)]
    own = [word.key for word, alone in zip(found, stands, strict=True) if alone]
    told = []
    for i, word in enumerate(found):
        written = word.span.of(text)
        # ألفريد and آلان have the key of an article, and none.
        has_article = written.startswith(_ARTICLE) or word_key(written) != word.key
        is_last = len(own) > 1 and word.key == own[-1]
        kind = _kind(word.key, keys[i], keys[i + 2], is_last=is_last, has_article=has_article)
        told.append(replace(word, is_own=stands[i] or not own, kind=kind))
    return told


def _stands_for_itself(key: str, before: str, behind: str) -> bool:
    """Tell whether a word, beside others of a name, is its own: no particle, and no initial."""
    if before == _SERVANT:
        return True
    if key in (_OF_FAITH, _OF_GOD):
        return not before
    if key == _SERVANT:
        return not behind
    return key not in _PARTICLES and len(key) > 1


def _kind(key: str, before: str, behind: str, *, is_last: bool, has_article: bool) -> NameKind:
    """Return what kind of word of a name it is, by the words beside it, the bundled names, and its form."""
    if before == _SERVANT:
        return NameKind.DIVINE
    if behind in (_OF_FAITH, _OF_GOD):
        return NameKind.DIN if behind == _OF_FAITH else NameKind.GOD
    known = given_names().known.get(key)
    if not _ARABIC.search(key):
        return known or (NameKind.LATIN_FAMILY if is_last else NameKind.LATIN_MALE)
    if known:
        return known
    if has_article and len(key) > len(_ARTICLE) + 1:
        return NameKind.FAMILY_WITH_ARTICLE
    return NameKind.FAMILY if key.endswith("ي") else NameKind.MALE
