"""Put stand-ins into a text in the place of names, and tell where every place of the text has gone.

Replaced are

- the name's own words (annotator.text.names.person_names) in each labelled place;
- every further mention, labelled or not, of two or more words of a labelled name that stand together, and of its first
  with its last word; the first may bear clitics;
- every further mention of a single word of a labelled name, with or without clitics, unless it is an ordinary word or
  another name too, as the caller says: those are counted.

A mention is whole words with the same keys, so harakat, tatweel and the forms of hamza make no difference; words that
are not looked for by themselves must have the same letters too, or على العاني would be taken for علي العاني. The ending
of an accusative stays (طارقاً), and mentions in addresses whose letters are written by their bytes (%D8%B7) count too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, unquote

from annotator.domain.model.span import Span
from annotator.text.characters import INVISIBLE
from annotator.text.names.given_names import given_names
from annotator.text.names.person_names import (
    IsName,
    NameWord,
    clitics_before,
    name_words,
    possible_stems,
    spelling,
    split_words,
    word_key,
)
from annotator.text.names.replacements import ReplacedText, Replacement, apply_replacements, merge_replacements
from annotator.text.word_frequencies import word_frequencies

_GAP = re.compile(rf"(?!.*\n.*\n)[\s_.·'’‐–\-{''.join(INVISIBLE)}]{{0,4}}", re.DOTALL)
"""What may stand between the words of a name."""
_LONGEST = 8
"""Words of a name of which every part is looked for; of a longer one only the whole."""
_SHORTEST_WITH_CLITICS = 3
_SPELT = "="
"""Before the letters of a word that must be spelt as it is; no key begins with it."""
_HIDDEN = frozenset((*INVISIBLE, "\u200c"))
_BETWEEN_HIDDEN = re.compile(f"[^{''.join(_HIDDEN)}]+")
_ACCUSATIVE = re.compile(r"(?:\u064b[\u0627\u0649]|\u0627\u064b?)$")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2}|(?<=[0-9A-Fa-f])[-_.+](?=%))+")

Parts = tuple[NameWord, ...]


class _Node:
    """What may follow some words of a name; is_own says of each of them, where they are a mention, if it is its own."""

    __slots__ = ("behind", "is_own")

    def __init__(self) -> None:
        """Begin with nothing behind."""
        self.behind: dict[str, _Node] = {}
        self.is_own: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    """What may begin in a word of a text, behind so many code points of clitics: a name by itself, or a longer one.

    ending is how many code points of a grammatical ending are behind it; then it is a name by itself at most.
    """

    clitics: int
    key: str
    spelling: str
    is_alone: bool
    node: _Node | None
    ending: int = 0


class NameReplacer:
    """Puts stand-ins into texts."""

    def __init__(
        self, pseudonyms: Mapping[str, str], names: Iterable[Parts], alone: Container[str], known: IsName
    ) -> None:
        """Take the stand-ins by the keys of what they stand for, the names that were labelled, and what is a name.

        alone holds the keys of the words that are looked for by themselves; known is what name_words() was given.
        """
        self._pseudonyms = pseudonyms
        self._alone = alone
        self._known = known
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._root = _Node()
        for name in names:
            for word in name:
                self._spelt[word.key].add(word.spelling)
            for mention in _mentions(name):
                self._look_for(mention)
        self._starts = lru_cache(maxsize=1 << 16)(self._find_starts)

    def _look_for(self, mention: Parts) -> None:
        """Have the words of a mention found where they stand together."""
        node = self._root
        for word in mention:
            node = node.behind.setdefault(self._edge(word.key, word.spelling), _Node())
        # The same words may be a particle in one name and a name of their own in another.
        before = node.is_own or (False,) * len(mention)
        node.is_own = tuple(one or word.is_own for one, word in zip(before, mention, strict=True))

    def _edge(self, key: str, spelling: str) -> str:
        """Return what a word of a mention must equal: the key, or its letters too where it may be another word."""
        return key if key in self._alone else f"{_SPELT}{spelling}"

    def replace(self, text: str, labelled: Iterable[Span] = (), also: Container[str] = ()) -> ReplacedText:
        """Return a text with stand-ins in its labelled places and wherever else a labelled name is mentioned.

        also holds words as they are spelt (person_names.spelling) that are looked for by themselves in this text,
        whatever else they may be.
        """
        own = (word for span in labelled for word in name_words(text, span, self._known) if word.is_own)
        found = {word.span: word.key for word in own}
        tokens = self._tokens(text)
        for number in range(len(tokens)):
            for place, key in self._mentioned(text, tokens, number, also):
                found.setdefault(place, key)
        replacements = merge_replacements(
            text, self._encoded(text) | {place: self._pseudonyms[key] for place, key in found.items()}
        )
        return ReplacedText(
            apply_replacements(text, replacements), replacements, self._left(text, tokens, replacements)
        )

    def _tokens(self, text: str) -> list[Span]:
        """Return the words of a text; where something invisible stands between names, they are words of their own."""
        tokens = list(split_words(text))
        if _HIDDEN.isdisjoint(text):
            return tokens
        return [piece for token in tokens for piece in self._pieces(text, token)]

    def _pieces(self, text: str, token: Span) -> list[Span]:
        """Return the pieces of a word that are names, or else the word as it is."""
        pieces = [Span(*match.span()) for match in _BETWEEN_HIDDEN.finditer(text, token.start, token.end)]
        if len(pieces) < 2 or self._starts(token.of(text)):
            return [token]
        return pieces if any(self._starts(piece.of(text)) for piece in pieces) else [token]

    def _encoded(self, text: str) -> dict[Span, str]:
        """Return what stands in for the places of addresses that name somebody in letters written by their bytes."""
        found = {}
        for match in _ENCODED.finditer(text) if "%" in text else ():
            renamed = self.replace(unquote(match[0]))
            if renamed.replacements:
                found[Span(*match.span())] = quote(renamed.text, safe="+")
        return found

    def _find_starts(self, word: str) -> tuple[_Start, ...]:
        """Return what may begin with a word of a text."""
        found = []
        for clitics, key in possible_stems(word):
            bare = spelling(word[clitics:])
            spelt = f"ا{bare}" if word_key(word[clitics:]) != key else bare
            node = self._root.behind.get(self._edge(key, spelt))
            if node or key in self._pseudonyms:
                found.append(_Start(clitics, key, spelt, self._is_alone(word, clitics, key), node))
        ending = _ACCUSATIVE.search(word)
        return tuple(found) or (self._accusatives(word, ending[0]) if ending else ())

    def _accusatives(self, word: str, ending: str) -> tuple[_Start, ...]:
        """Return what may be a name by itself in a word that ends as an accusative, which is not always marked."""
        wholes = {word_key(word), word_key(f"{word}ء")}  # سامرا is سامراء, and no accusative of سامر
        if len(ending) == 1 and any(whole in word_frequencies() or whole in given_names().known for whole in wholes):
            return ()
        starts = self._find_starts(word.removesuffix(ending))
        return tuple(replace(start, node=None, ending=len(ending)) for start in starts if start.is_alone)

    def _mentioned(
        self, text: str, tokens: Sequence[Span], number: int, also: Container[str]
    ) -> Iterator[tuple[Span, str]]:
        """Yield the words to replace of the mentions that begin with a token, each with its key."""
        token = tokens[number]
        for start in self._starts(token.of(text)):
            first = Span(token.start + start.clitics, token.end)
            if start.node:
                yield from self._followed(text, tokens, number, (first, start.key), start.node)
            if start.is_alone and (start.key in self._alone or start.spelling in also):
                yield Span(first.start, first.end - start.ending), start.key
                return

    def _followed(
        self, text: str, tokens: Sequence[Span], number: int, first: tuple[Span, str], node: _Node
    ) -> Iterator[tuple[Span, str]]:
        """Yield the words to replace of the mentions of several words, given the first and what may be behind it."""
        found = [first]
        for at in range(number + 1, len(tokens)):
            place = tokens[at]
            if not node.behind or not _GAP.fullmatch(text, tokens[at - 1].end, place.start):
                return
            key = word_key(place.of(text))
            behind = node.behind.get(self._edge(key, spelling(place.of(text))))
            if behind is None:
                return
            node = behind
            found.append((place, key))
            if node.is_own:
                yield from (word for word, is_own in zip(found, node.is_own, strict=True) if is_own)

    def _is_alone(self, word: str, clitics: int, key: str) -> bool:
        """Tell whether a word is a name by itself, also where it may be another word behind clitics, or altogether."""
        if not clitics or key not in self._pseudonyms:
            return key in self._pseudonyms
        whole = word_key(word)
        if len(key) < _SHORTEST_WITH_CLITICS or whole in self._pseudonyms or whole in given_names().known:
            return False
        return whole not in word_frequencies() or clitics_before(word, lambda stem: stem == key) == clitics

    def _left(self, text: str, tokens: Iterable[Span], replacements: Sequence[Replacement]) -> Counter[str]:
        """Count the words that are the keys of names and stand where nothing was replaced."""
        replaced = {each.span.end for each in replacements}
        left: Counter[str] = Counter()
        for token in tokens:
            for start in self._starts(token.of(text)):
                if token.end - start.ending in replaced:
                    break
                if start.is_alone and start.spelling in self._spelt[start.key]:
                    left[start.key] += 1
                    break
        return left


def _mentions(name: Parts) -> Iterator[Parts]:
    """Yield what of a name is looked for as a whole: its parts of several words, and its first word with its last."""
    bare = tuple(NameWord(Span(0, 1), word.key, word.spelling, word.is_own) for word in name)
    for first in range(len(bare)):
        for end in range(first + 2, len(bare) + 1):
            part = bare[first:end]
            if any(word.is_own for word in part) and (len(bare) <= _LONGEST or part == bare):
                yield part
    own = [word for word in bare if word.is_own]
    if len(own) > 1:
        yield own[0], own[-1]
