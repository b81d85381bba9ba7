"""Replace the names of persons in a text by pseudonyms, wherever they are mentioned.

These words are replaced:

- the words of the name (annotator.text.names.person_names) in each labelled span;
- every other mention, labelled or not, of two or more adjacent words of a labelled name, and of its first word followed
  by its last; the first word may have clitics;
- every other mention of a single word of a labelled name, with or without clitics, if the caller says that the word is
  unambiguous. Words that may be something else are counted and not replaced.

Example: with the label on «طارق علي العاني», these are replaced too: «طارق العاني», «وطارق علي», and «للعاني» if العاني
is unambiguous.

A mention consists of whole words with the same keys, so harakat, tatweel and the forms of hamza do not matter.
Ambiguous words must have the same letters too, or else على العاني would be a mention of علي العاني. The ending of an
accusative remains (طارقاً). Mentions in URLs with percent-encoded letters (%D8%B7) count as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
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
"""What may be between the words of a name."""
_LONGEST = 8
"""Of names with up to so many words every part is a mention; of longer ones only the whole, since parts are many."""
_SHORTEST_WITH_CLITICS = 3
_SPELLED = "="
"""The prefix of trie edges that compare letters; no key begins with it."""
_HIDDEN = frozenset((*INVISIBLE, "\u200c"))
_VISIBLE_RUN = re.compile(f"[^{''.join(_HIDDEN)}]+")
_ACCUSATIVE = re.compile(r"(?:\u064b[\u0627\u0649]|\u0627\u064b?)$")
_PERCENT_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2}|(?<=[0-9A-Fa-f])[-_.+](?=%))+")

Parts = tuple[NameWord, ...]


@dataclass(slots=True)
class _Node:
    """A node of the trie of mentions; the edges to it are the words so far.

    following: the nodes after one more word. is_own: if the words so far are a mention, whether each of them is part of
    the name itself, and is replaced.
    """

    following: dict[str, _Node] = field(default_factory=dict)
    is_own: tuple[bool, ...] = ()

    def add(self, edges: Iterable[str], is_own: Sequence[bool]) -> None:
        """Add a mention."""
        node = self
        for edge in edges:
            node = node.following.setdefault(edge, _Node())
        # The same words may be a particle in one name and a name of their own in another.
        before = node.is_own or (False,) * len(is_own)
        node.is_own = tuple(a or b for a, b in zip(before, is_own, strict=True))


@dataclass(frozen=True, slots=True)
class _Beginning:
    """One reading of a word as the beginning of a mention.

    - clitics, ending: how many code points before and after the name are a clitic and a grammatical ending.
    - is_name: the word is a name by itself.
    - node: where longer mentions continue in the trie, or None. With an ending there are none.
    """

    clitics: int
    key: str
    spelling: str
    is_name: bool
    node: _Node | None
    ending: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to replace: its span, and its key, which has the pseudonym."""

    span: Span
    key: str


class NameReplacer:
    """Replaces names in texts.

    - pseudonyms: by the key of the word that each replaces.
    - names: the labelled names.
    - unambiguous: the keys of the words that are replaced when they are mentioned alone.
    - is_name: what name_words() was called with.
    """

    def __init__(
        self, pseudonyms: Mapping[str, str], names: Iterable[Parts], unambiguous: Container[str], is_name: IsName
    ) -> None:
        self._pseudonyms = pseudonyms
        self._unambiguous = unambiguous
        self._is_name = is_name
        self._spellings: dict[str, set[str]] = defaultdict(set)
        self._trie = _Node()
        self._longest = 0
        for name in names:
            self._longest = max(self._longest, len(name))
            for word in name:
                self._spellings[word.key].add(word.spelling)
            for mention in _mentions(name):
                edges = [self._edge(word.key, word.spelling) for word in mention]
                self._trie.add(edges, [word.is_own for word in mention])
        self._beginnings = lru_cache(maxsize=1 << 16)(self._find_beginnings)

    def _edge(self, key: str, spelled: str) -> str:
        """Return what a word of a mention must equal: its key, or its letters if it may be another word."""
        return key if key in self._unambiguous else f"{_SPELLED}{spelled}"

    def replace(self, text: str, labelled: Iterable[Span] = (), also: Container[str] = ()) -> ReplacedText:
        """Return a text with pseudonyms in its labelled spans and wherever else a labelled name is mentioned.

        also: spellings (person_names.spelling) of words that are replaced when they are mentioned alone in this text,
        even if they are ambiguous.
        """
        words = self._words(text)
        found = {word.span: word.key for word in self._labelled(text, labelled)}
        for word in self._mentioned(text, words, also):
            found.setdefault(word.span, word.key)
        pseudonyms = {span: self._pseudonyms[key] for span, key in found.items()}
        replacements = merge_replacements(text, self._percent_encoded(text) | pseudonyms)
        remaining = self._count_unreplaced(text, words, replacements)
        return ReplacedText(apply_replacements(text, replacements), replacements, remaining)

    def _words(self, text: str) -> list[Span]:
        """Return the words of a text; words that only an invisible character separates are split if one is a name."""
        words = list(split_words(text))
        if _HIDDEN.isdisjoint(text):
            return words
        return [piece for word in words for piece in self._split_at_invisible(text, word)]

    def _split_at_invisible(self, text: str, word: Span) -> list[Span]:
        pieces = [Span(*match.span()) for match in _VISIBLE_RUN.finditer(text, word.start, word.end)]
        if len(pieces) < 2 or self._beginnings(word.of(text)):
            return [word]
        return pieces if any(self._beginnings(piece.of(text)) for piece in pieces) else [word]

    def _labelled(self, text: str, spans: Iterable[Span]) -> Iterator[_Word]:
        for span in spans:
            yield from (_Word(word.span, word.key) for word in name_words(text, span, self._is_name) if word.is_own)

    def _mentioned(self, text: str, words: Sequence[Span], also: Container[str]) -> Iterator[_Word]:
        """Yield the words to replace of all mentions."""
        for number, word in enumerate(words):
            for beginning in self._beginnings(word.of(text)):
                first = _Word(Span(word.start + beginning.clitics, word.end), beginning.key)
                if beginning.node:
                    yield from self._continued(text, words, number, first, beginning.node)
                if beginning.is_name and (beginning.key in self._unambiguous or beginning.spelling in also):
                    yield _Word(Span(first.span.start, first.span.end - beginning.ending), beginning.key)
                    break

    def _percent_encoded(self, text: str) -> dict[Span, str]:
        """Return the replacements of percent-encoded names in URLs, encoded in the same way."""
        found = {}
        for match in _PERCENT_ENCODED.finditer(text) if "%" in text else ():
            decoded = self.replace(unquote(match[0]))
            if decoded.replacements:
                found[Span(*match.span())] = quote(decoded.text, safe="+")
        return found

    def _continued(self, text: str, words: Sequence[Span], number: int, first: _Word, node: _Node) -> Iterator[_Word]:
        """Yield the words to replace of mentions of several words that begin with the first, words[number]."""
        found = [first]
        for before, span in pairwise(words[number : number + self._longest]):
            if not node.following or not _GAP.fullmatch(text, before.end, span.start):
                return
            word = span.of(text)
            key = word_key(word)
            following = node.following.get(self._edge(key, spelling(word)))
            if following is None:
                return
            node = following
            found.append(_Word(span, key))
            if node.is_own:
                yield from (each for each, is_own in zip(found, node.is_own, strict=True) if is_own)

    def _find_beginnings(self, word: str) -> tuple[_Beginning, ...]:
        """Return all readings of a word as the beginning of a mention, without clitics first."""
        found = []
        for clitics, key in possible_stems(word):
            bare = spelling(word[clitics:])
            # After ل the alef of the article is not written: للعاني is ل and العاني.
            spelled = f"ا{bare}" if word_key(word[clitics:]) != key else bare
            node = self._trie.following.get(self._edge(key, spelled))
            if node or key in self._pseudonyms:
                found.append(_Beginning(clitics, key, spelled, self._is_name_alone(word, clitics, key), node))
        ending = _ACCUSATIVE.search(word)
        return tuple(found) or (self._accusatives(word, ending[0]) if ending else ())

    def _accusatives(self, word: str, ending: str) -> tuple[_Beginning, ...]:
        """Return the readings of a word as the accusative of a single name; the tanwin is not always written."""
        wholes = {word_key(word), word_key(f"{word}ء")}  # سامرا is سامراء, and no accusative of سامر
        if len(ending) == 1 and any(whole in word_frequencies() or whole in given_names().known for whole in wholes):
            return ()
        found = self._find_beginnings(word.removesuffix(ending))
        return tuple(replace(each, node=None, ending=len(ending)) for each in found if each.is_name)

    def _is_name_alone(self, word: str, clitics: int, key: str) -> bool:
        """Return True if a word is a name by itself, even if with clitics it may be another word."""
        if not clitics or key not in self._pseudonyms:
            return key in self._pseudonyms
        whole = word_key(word)
        if len(key) < _SHORTEST_WITH_CLITICS or whole in self._pseudonyms or whole in given_names().known:
            return False
        return whole not in word_frequencies() or clitics_before(word, lambda stem: stem == key) == clitics

    def _count_unreplaced(self, text: str, words: Iterable[Span], replacements: Sequence[Replacement]) -> Counter[str]:
        """Count, by key, the words of names that were not replaced because they may be something else."""
        replaced_ends = {each.span.end for each in replacements}
        counts: Counter[str] = Counter()
        for word in words:
            for beginning in self._beginnings(word.of(text)):
                if word.end - beginning.ending in replaced_ends:
                    break
                if beginning.is_name and beginning.spelling in self._spellings[beginning.key]:
                    counts[beginning.key] += 1
                    break
        return counts


def _mentions(name: Parts) -> Iterator[Parts]:
    """Yield what counts as a mention of a name: its parts of several words, and its first word with its last."""
    bare = tuple(NameWord(Span(0, 1), word.key, word.spelling, word.is_own) for word in name)
    for first in range(len(bare)):
        for end in range(first + 2, len(bare) + 1):
            part = bare[first:end]
            if any(word.is_own for word in part) and (len(bare) <= _LONGEST or part == bare):
                yield part
    own = [word for word in bare if word.is_own]
    if len(own) > 1:
        yield own[0], own[-1]
