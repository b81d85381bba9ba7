"""Split words into clitics and stems, and give each the classes of words that rules name.

A class is a list of words in resources/grammar, with the forms that the list asks for, or a shape: a regular expression
for the key of one word or number. Words are compared by their keys (annotator.text.normalise).

Example: with a class noun = "هجوم", the word وبالهجوم is three morphemes: و, ب and الهجوم, the last of class noun.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.domain.model.document import Token
from annotator.text.characters import LINE_END
from annotator.text.clitics.proclitics import hides_article, proclitic_lengths
from annotator.text.clitics.rule import clitic_length
from annotator.text.normalise import normalise_key

DUAL = "dual"
PRONOUN = "pronoun"
FEATURES = (DUAL, PRONOUN)
"""What the forms have that the functions below make: duals, and nouns with a pronoun written onto them."""

RARE = "rare"
"""The class of the words that texts hardly have, so that where a name is expected they are names."""

LINE_BREAK = "\n"
"""The morpheme between the last word of a line and the first of the next; no rule goes past it."""

_ARTICLE = "ال"
_TATWEEL, _DASH = "ـ", "-"
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم")
_NUMBER = re.compile(r"([وف]?)([بكل]?)(ال)?(\d.*)", re.DOTALL)


def feature_class(name: str, feature: str) -> str:
    """Return the class of the words of a class that have a feature."""
    return f"{name} {feature}"


Form = tuple[str, str]
"""A form of a word, and the feature that it has, or ""."""


def _as_it_is(word: str) -> Iterator[Form]:
    yield word, ""


def _noun(word: str) -> Iterator[Form]:
    """Yield a noun with the article, in the accusative, in the dual, and with pronouns."""
    yield word, ""
    yield _ARTICLE + word, ""
    bound = word[:-1] + "ت" if word.endswith("ه") else word
    if bound == word and word[-1] not in "اءي":
        yield word + "ا", ""
    for ending in ("ان", "ين"):
        yield bound + ending, DUAL
        yield _ARTICLE + bound + ending, DUAL
    # Before a genitive: قذيفتا هاون. At the end of a masculine noun the letters mean other things.
    if bound != word:
        yield bound + "ا", DUAL
        yield bound + "ي", DUAL
    for pronoun in _PRONOUNS:
        if pronoun != "ي" and (pronoun != "ك" or bound != word):
            yield bound + pronoun, PRONOUN


def _adjective(word: str) -> Iterator[Form]:
    """Yield an adjective in both genders and all numbers, with and without the article."""
    for article in ("", _ARTICLE):
        for ending in ("", "ه", "ات", "ون", "ين"):
            yield article + word + ending, ""
        for ending in ("ان", "ين", "تان", "تين"):
            yield article + word + ending, DUAL
    yield word + "ا", ""


def _verb(word: str) -> Iterator[Form]:
    """Yield a verb of the third person, given in the singular masculine, in all genders and numbers."""
    if word[0] == "ي":
        for start in ("ي", "ت"):
            for ending in ("", "ان", "ون", "وا", "ا"):
                yield start + word[1:] + ending, ""
        return
    stem = word[:-1] if word[-1] == "ي" else word
    yield word, ""
    for ending in ("ت", "ا", "تا", "وا", "ن"):
        yield stem + ending, ""
    if stem != word:
        for ending in ("يت", "يا", "يتا"):
            yield stem + ending, ""


FORMS: Mapping[str, Callable[[str], Iterator[Form]]] = {
    "as-is": _as_it_is,
    "noun": _noun,
    "adjective": _adjective,
    "verb": _verb,
}
"""How the forms of the words in a list are made, by name."""


class Morpheme(NamedTuple):
    """A clitic or a stem: its key, and its place in its word, in code points."""

    key: str
    start: int
    end: int


class Vocabulary:
    """The words of all classes, and the shapes of words and numbers."""

    def __init__(
        self,
        shapes: Mapping[str, re.Pattern[str]],
        numbers: Mapping[str, re.Pattern[str]],
        marks: Mapping[str, re.Pattern[str]],
        is_rare: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Take the shapes of what begins with a letter, of what begins with a digit, and of all else.

        is_rare returns True for the key of a word that is of the class RARE. Every set of shapes of one kind is a set
        of classes, so that each shape doubles the time that loading takes.
        """
        self._is_rare = is_rare
        self._shapes = tuple(shapes.items())
        self._numbers = tuple(numbers.items())
        self._marks = tuple(marks.items())
        self._classes: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str, words: Iterable[str], forms: str = "as-is") -> None:
        """Add words to a class, given as keys, in the forms of that name.

        A form that is itself among the words has no feature: مدنيين is the plural if the words have it, and no dual.
        """
        given = frozenset(words)
        for word in given:
            for key, feature in FORMS[forms](word):
                self._classes[key].add(name)
                if feature and key.removeprefix(_ARTICLE) not in given:
                    self._classes[key].add(feature_class(name, feature))

    def __contains__(self, key: str) -> bool:
        """Return True if a list has the word."""
        return key in self._classes

    def classes(self, key: str) -> frozenset[str]:
        """Return the classes of a word, shapes included."""
        first = key[:1]
        shapes = self._numbers if first.isdecimal() else self._shapes if first.isalpha() else self._marks
        found = {*self._classes.get(key, ()), *(name for name, shape in shapes if shape.fullmatch(key))}
        if first.isalpha() and self._is_rare(key):
            found.add(RARE)
        return frozenset(found)

    def all_classes(self) -> set[frozenset[str]]:
        """Return every set of classes that a word can have."""
        found = {self.classes(key) for key in self._classes}
        for shapes in (self._shapes, self._numbers, self._marks):
            sets: list[frozenset[str]] = [frozenset()]
            for name in (*(name for name, _ in shapes), *((RARE,) if shapes is self._shapes else ())):
                sets += [names | {name} for names in sets]
            found.update(sets)
        return found

    def split(self, word: str) -> tuple[Morpheme, ...]:
        """Return the clitics and the stem of a word; nothing for a word of invisible characters.

        A lone tatweel is a dash, as much of the press writes it. وإلى is never the title والي, whose key is the same.
        The article is part of the stem. In للقوات the clitic is ل and the key of the stem القوات. Before digits the
        article is a morpheme of its own: الـ48.
        """
        key = normalise_key(word)
        if not key:
            return (Morpheme(_DASH, 0, len(word)),) if _TATWEEL in word else ()
        if (key in self._classes and not word.startswith("وإ")) or not key[0].isalpha():
            return (Morpheme(key, 0, len(word)),)
        if number := _NUMBER.fullmatch(key):
            return _split_number(word, [part for part in number.groups() if part])
        length = clitic_length(word, known=self.__contains__)
        if not length:
            return (Morpheme(key, 0, len(word)),)
        ends = [end for end in proclitic_lengths(word) if end <= length]
        clitics = tuple(Morpheme(key[i], ends[i], ends[i + 1]) for i in range(len(ends) - 1))
        stem = normalise_key(word[length:])
        if hides_article(word, length):
            # Of three lams one is left out: للواء is ل and اللواء.
            stem = next((full for full in ("ا" + stem, "ال" + stem, stem) if full in self), "ا" + stem)
        return (*clitics, Morpheme(stem, length, len(word)))


def _split_number(word: str, parts: list[str]) -> tuple[Morpheme, ...]:
    """Return the parts of a word that ends in a number; what is between two letters belongs to the first."""
    letters = [i for i, char in enumerate(word) if normalise_key(char)]
    found, first = [], 0
    for part in parts[:-1]:
        found.append(Morpheme(part, letters[first], letters[first + len(part)]))
        first += len(part)
    return (*found, Morpheme(parts[-1], letters[first], len(word)))


def line_breaks(text: str, tokens: Iterable[Token]) -> Iterator[Token | None]:
    """Yield the tokens, and None between two tokens that are on different lines."""
    breaks = [match.start() for match in LINE_END.finditer(text)]
    breaks.reverse()
    for token in tokens:
        passed = False
        while breaks and breaks[-1] < token.start:
            breaks.pop()
            passed = True
        if passed:
            yield None
        yield token
