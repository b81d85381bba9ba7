"""The words of a person's name in a text: which of them are part of the name itself, and which only accompany it.

These are not part of the name itself, and are not replaced:

- clitics written onto the name: و in ومحمد, ل in لمحمد and in للأسد, where the alef of the article is not written;
- bundled titles and nationalities before it (الرئيس السوري, العميد الركن), and alone, unless the word
  is known from other names;
- particles: بن, أبو, أم, آل and similar; عبد before another word or written onto it; أبو written onto a well-known
  name; الدين and الله after one;
- numbers, and single letters (initials) next to another word.
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
"""Returns True if the word with a key is a name."""

_INVISIBLE = "".join(sorted(INVISIBLE))
_LETTER = r"[^\W_]"
WORD = re.compile(
    rf"{_LETTER}(?:{_LETTER}|[{MARK}{''.join(sorted(JOINERS))}]|[{_INVISIBLE}]+(?=[{MARK}]*{_LETTER}))*[{MARK}]*"
)
"""A word as it is written: letters and digits, with harakat, joiners and invisible characters in between."""
_ARABIC = re.compile(r"[ء-ي]")

_SERVANT, _ARTICLE = "عبد", "ال"
_OF_FAITH, _OF_GOD = "الدين", "الله"
_PARTICLES = frozenset(
    map(normalise_key, ("بن", "ابن", "بنت", "أبو", "أبا", "أبي", "أم", "آل", "ولد", "عبد", "الدين", "الله"))
) | {"al", "el", "bin", "ben", "ibn", "abu", "umm", "de", "del", "da", "di", "van", "von", "der", "la", "le"}
_FATHER = "ابو"
_LONGEST = 64
"""Particles written onto a name are not searched for in longer words than this, in code points."""
_OUTSIDE = frozenset(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل")) - {""}


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name: its span, without clitics, its key (normalise_key()) and its spelling (spelling()).

    is_own: it is part of the name itself, not a particle. kind: what sort of word it seems to be here. After ل, where
    the alef of the article is not written, key and spelling have it.
    """

    span: Span
    key: str
    spelling: str
    is_own: bool = True
    kind: NameKind = NameKind.MALE


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Return the keys of the words of titles and nationalities, except first names such as آية of آية الله."""
    found: set[str] = set()
    for place in (("names", "titles.tsv"), ("lexicons", "nationalities.tsv")):
        lines = resource(*place).read_text(encoding="utf-8").splitlines()
        surfaces = (line.split("\t")[0] for line in lines if line and not line.startswith("#"))
        found.update(normalise_key(word) for surface in surfaces for word in surface.split())
    first_names = (key for key, kind in given_names().known.items() if kind in (NameKind.FEMALE, NameKind.MALE))
    return frozenset(found.difference(first_names))


def split_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words between two offsets; عبد or أبو written onto a name is a separate word."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        cut = _after_particle(match[0]) if "ع" in match[0] or "و" in match[0] else 0
        if cut:
            yield Span(match.start(), match.start() + cut)
        yield Span(match.start() + cut, match.end())


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return the key of a word; empty if it has no letter or digit."""
    return normalise_key(word)


def spelling(word: str) -> str:
    """Return a word without harakat, tatweel, invisible characters and hamza on alef, in lower case; ى and ة remain."""
    return "".join("ا" if word_key(char) == "ا" else char.casefold() for char in word if word_key(char))


@lru_cache(maxsize=1 << 16)
def possible_stems(word: str) -> tuple[tuple[int, str], ...]:
    """Return (length of the clitics, key of the rest) for every way to split a word, the one without clitics first.

    After ل the key is given twice, without and with an article. Whether the letters are clitics is not judged.
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
    """Return the words of the name in a labelled span, without leading titles; known helps to recognise clitics.

    Return an empty list if no word in the span can be a name, as in a span of numbers.
    """
    found = [_word(text, place) for place in split_words(text, span.start, span.end)]
    found = [word for word in found if word.key]
    if not found:
        return []
    found[0] = _without_clitics(text, found[0], known)
    letters = [word for word in found if not word.key.isdecimal()]
    name = list(dropwhile(lambda word: word.key in _titles(), letters))
    return _classified(text, name or [word for word in letters if known(word.key)])


def _word(text: str, place: Span) -> NameWord:
    word = place.of(text)
    return NameWord(place, word_key(word), spelling(word))


def _without_clitics(text: str, first: NameWord, known: IsName) -> NameWord:
    """Return the first word of a name without its clitics, whether the labelled span includes them or not."""
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
    return key in given_names().known


def clitics_before(word: str, known: IsName) -> int:
    """Return the length of the clitics before a name in its first word, in code points, whatever the next words are."""
    if _is_bundled(word_key(word)):
        return 0
    return name_start(word, OUTSIDE, known=lambda key: _is_bundled(key) or known(key))


def word_start(text: str, at: int) -> int:
    """Return the offset at which the word around an offset begins, without عبد or أبو written onto it."""
    begin = at
    while begin and at - begin < _LONGEST and WORD.fullmatch(text, begin - 1, at + 1):
        begin -= 1
    word = WORD.match(text, begin)
    cut = _after_particle(word[0]) if word else 0
    return begin + cut if 0 < cut <= at - begin else begin


@lru_cache(maxsize=1 << 14)
def _after_particle(word: str) -> int:
    """Return where in a word the name after عبد or أبو begins: 3 in عبدالله, 4 in وعبدالله; 0 if there is none."""
    for length, key in possible_stems(word) if len(word) < _LONGEST else ():
        is_servant = key.startswith(_SERVANT + _ARTICLE) and len(key) > len(_SERVANT + _ARTICLE) + 1
        if is_servant or (key.startswith(_FATHER) and _is_bundled(key.removeprefix(_FATHER))):
            particle, whole = _SERVANT if is_servant else _FATHER, range(length + 1, len(word))
            return next(i for i in whole if word_key(word[length:i]) == particle and word_key(word[i]))
    return 0


def _classified(text: str, found: list[NameWord]) -> list[NameWord]:
    """Return the words with is_own and kind."""
    keys = ["", *(word.key for word in found), ""]
    own_words = [_is_own(keys[i], keys[i - 1], keys[i + 1]) for i in range(1, len(keys) - 1)]
    own = [word.key for word, is_own in zip(found, own_words, strict=True) if is_own]
    classified: list[NameWord] = []
    for i, word in enumerate(found):
        written = word.span.of(text)
        # The keys of ألفريد and آلان begin like an article, but there is none.
        has_article = written.startswith(_ARTICLE) or word_key(written) != word.key
        is_last = len(own) > 1 and word.key == own[-1]
        kind = _kind(word.key, keys[i], keys[i + 2], is_last=is_last, has_article=has_article)
        classified.append(replace(word, is_own=own_words[i] or not own, kind=kind))
    return classified


def _is_own(key: str, previous: str, following: str) -> bool:
    """Return True if a word between two others of a name is part of the name itself, and no particle or initial."""
    if previous == _SERVANT:
        return True
    if key in (_OF_FAITH, _OF_GOD):
        return not previous
    if key == _SERVANT:
        return not following
    return key not in _PARTICLES and len(key) > 1


def _kind(key: str, previous: str, following: str, *, is_last: bool, has_article: bool) -> NameKind:
    """Return the kind of a word of a name, from its neighbours, the bundled names, and its form."""
    if previous == _SERVANT:
        return NameKind.DIVINE
    if following in (_OF_FAITH, _OF_GOD):
        return NameKind.DIN if following == _OF_FAITH else NameKind.GOD
    known = given_names().known.get(key)
    if not _ARABIC.search(key):
        return known or (NameKind.LATIN_FAMILY if is_last else NameKind.LATIN_MALE)
    if known:
        return known
    if has_article and len(key) > len(_ARTICLE) + 1:
        return NameKind.FAMILY_WITH_ARTICLE
    return NameKind.FAMILY if key.endswith("ي") else NameKind.MALE
