"""Put stand-ins into a text in the place of names, and tell where every place of the text has gone.

Replaced are

- the name's own words (annotator.text.person_names) in each labelled place;
- every further mention, labelled or not, of two or more words of a labelled name that stand together, and of its first
  with its last word; the first may bear clitics;
- every further mention of a single word of a labelled name, with or without clitics, unless it is an ordinary word or
  another name too, as the caller says: those are counted.

A mention is whole words with the same keys, so harakat, tatweel and the forms of hamza make no difference; words that
are not looked for by themselves must have the same letters too, or على العاني would be taken for علي العاني.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.domain.span import Span
from annotator.text.characters import INVISIBLE, JOINERS
from annotator.text.given_names import given_names
from annotator.text.person_names import Known, NameWord, clitics_before, key_of, name_words, spelling, stems, words
from annotator.text.words import common_words

_GAP = re.compile(rf"(?!.*\n.*\n)[\s_.·'’‐–\-{''.join(INVISIBLE)}]{{0,4}}", re.DOTALL)
"""What may stand between the words of a name."""
_LONGEST = 8
"""Words of a name of which every part is looked for; of a longer one only the whole."""
_SHORTEST_WITH_CLITICS = 3
_SPELT = "="
"""Before the letters of a word that must be spelt as it is; no key begins with it."""
_LAM = re.compile(rf"ل[{''.join(JOINERS)}\u064b-\u0652]*$")

Parts = tuple[NameWord, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A place of the original, what stands there now, and by how much the text has grown up to its end."""

    span: Span
    word: str
    grown: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text with its stand-ins, and the way there.

    cuts are the replaced places in order. left counts, by key, the single words that were not replaced because they may
    be something else.
    """

    text: str
    cuts: tuple[Cut, ...] = ()
    left: Counter[str] = field(default_factory=Counter)

    def place(self, span: Span) -> tuple[Span, bool]:
        """Return where a place of the original is now, and whether its edges are between the same characters.

        An edge within a replaced word goes to that word's edge, so that the place covers all of the stand-in.
        """
        start, kept_start = self._moved(span.start, to_end=False)
        end, kept_end = self._moved(span.end, to_end=True)
        return Span(start, end), kept_start and kept_end

    def _moved(self, at: int, *, to_end: bool) -> tuple[int, bool]:
        """Return where a place between characters is now, and whether it lies outside all replaced words."""
        number = bisect_right(self.cuts, at, key=lambda cut: cut.span.start)
        if not number:
            return at, True
        cut = self.cuts[number - 1]
        end = cut.span.end + cut.grown
        if at >= cut.span.end:
            return at + cut.grown, True
        begin = end - len(cut.word)
        return (begin, True) if at == cut.span.start else (end if to_end else begin, False)


class _Node:
    """What may follow some words of a name; is_own says of each of them, where they are a mention, if it is its own."""

    __slots__ = ("behind", "is_own")

    def __init__(self) -> None:
        """Begin with nothing behind."""
        self.behind: dict[str, _Node] = {}
        self.is_own: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    """What may begin in a word of a text, behind so many code points of clitics: a name by itself, or a longer one."""

    clitics: int
    key: str
    is_alone: bool
    node: _Node | None


class Renamer:
    """Puts stand-ins into texts."""

    def __init__(
        self, stand_ins: Mapping[str, str], names: Iterable[Parts], alone: Container[str], known: Known
    ) -> None:
        """Take the stand-ins by the keys of what they stand for, the names that were labelled, and what is a name.

        alone holds the keys of the words that are looked for by themselves; known is what name_words() was given.
        """
        self._stand_ins = stand_ins
        self._alone = alone
        self._known = known
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._root = _Node()
        for name in names:
            for word in name:
                self._spelt[word.key].add(word.spelt)
            for mention in _mentions(name):
                self._look_for(mention)
        self._starts = lru_cache(maxsize=1 << 16)(self._find_starts)

    def _look_for(self, mention: Parts) -> None:
        """Have the words of a mention found where they stand together."""
        node = self._root
        for word in mention:
            node = node.behind.setdefault(self._edge(word.key, word.spelt), _Node())
        # The same words may be a particle in one name and a name of their own in another.
        before = node.is_own or (False,) * len(mention)
        node.is_own = tuple(one or word.is_own for one, word in zip(before, mention, strict=True))

    def _edge(self, key: str, spelt: str) -> str:
        """Return what a word of a mention must equal: the key, or its letters too where it may be another word."""
        return key if key in self._alone else f"{_SPELT}{spelt}"

    def rename(self, text: str, labelled: Iterable[Span] = (), also: Container[str] = ()) -> Renamed:
        """Return a text with stand-ins in its labelled places and wherever else a labelled name is mentioned.

        also holds words as they are spelt (annotator.text.person_names.spelling) that are looked for by themselves in
        this text, whatever else they may be.
        """
        own = (word for span in labelled for word in name_words(text, span, self._known) if word.is_own)
        found = {word.span: word.key for word in own}
        tokens = list(words(text))
        for number in range(len(tokens)):
            for place, key in self._mentioned(text, tokens, number, also):
                found.setdefault(place, key)
        cuts = _cut(text, {place: self._stand_ins[key] for place, key in found.items()})
        return Renamed(_with(text, cuts), cuts, self._left(text, tokens, cuts))

    def _find_starts(self, word: str) -> tuple[_Start, ...]:
        """Return what may begin with a word of a text."""
        found = []
        for clitics, key in stems(word):
            bare = spelling(word[clitics:])
            spelt = f"ا{bare}" if key_of(word[clitics:]) != key else bare
            node = self._root.behind.get(self._edge(key, spelt))
            if node or key in self._stand_ins:
                found.append(_Start(clitics, key, self._is_alone(word, clitics, key), node))
        return tuple(found)

    def _mentioned(
        self, text: str, tokens: Sequence[Span], number: int, also: Container[str]
    ) -> Iterator[tuple[Span, str]]:
        """Yield the words to replace of the mentions that begin with a token, each with its key."""
        token = tokens[number]
        for start in self._starts(token.of(text)):
            first = Span(token.start + start.clitics, token.end)
            if start.node:
                yield from self._followed(text, tokens, number, (first, start.key), start.node)
            if start.is_alone and (start.key in self._alone or spelling(first.of(text)) in also):
                yield first, start.key
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
            key = key_of(place.of(text))
            behind = node.behind.get(self._edge(key, spelling(place.of(text))))
            if behind is None:
                return
            node = behind
            found.append((place, key))
            if node.is_own:
                yield from (word for word, is_own in zip(found, node.is_own, strict=True) if is_own)

    def _is_alone(self, word: str, clitics: int, key: str) -> bool:
        """Tell whether a word is a name by itself, also where it may be another word behind clitics, or altogether."""
        if not clitics or key not in self._stand_ins:
            return key in self._stand_ins
        whole = key_of(word)
        if len(key) < _SHORTEST_WITH_CLITICS or whole in self._stand_ins or whole in given_names().known:
            return False
        return whole not in common_words() or clitics_before(word, lambda stem: stem == key) == clitics

    def _left(self, text: str, tokens: Iterable[Span], cuts: Sequence[Cut]) -> Counter[str]:
        """Count the words that are the keys of names and stand where nothing was replaced."""
        replaced = {cut.span.end for cut in cuts}
        left: Counter[str] = Counter()
        for token in tokens:
            key = key_of(token.of(text))
            if key in self._stand_ins and token.end not in replaced and spelling(token.of(text)) in self._spelt[key]:
                left[key] += 1
        return left


def _mentions(name: Parts) -> Iterator[Parts]:
    """Yield what of a name is looked for as a whole: its parts of several words, and its first word with its last."""
    bare = tuple(NameWord(Span(0, 1), word.key, word.spelt, word.is_own) for word in name)
    for first in range(len(bare)):
        for end in range(first + 2, len(bare) + 1):
            part = bare[first:end]
            if any(word.is_own for word in part) and (len(bare) <= _LONGEST or part == bare):
                yield part
    own = [word for word in bare if word.is_own]
    if len(own) > 1:
        yield own[0], own[-1]


def _cut(text: str, places: Mapping[Span, str]) -> tuple[Cut, ...]:
    """Return what to replace in order; places that overlap are one, with the stand-in of the longest."""
    united: list[list[Span]] = []
    reach = 0
    for place in sorted(places):
        if place.start >= reach:
            united.append([])
        united[-1].append(place)
        reach = max(reach, place.end)
    cuts: list[Cut] = []
    grown = 0
    for group in united:
        whole = Span(group[0].start, max(place.end for place in group))
        word = places[max(group, key=len)]
        if word.startswith("ال") and _LAM.search(text, max(0, whole.start - 4), whole.start):
            word = word[1:]
        grown += len(word) - len(whole)
        cuts.append(Cut(whole, word, grown))
    return tuple(cuts)


def _with(text: str, cuts: Iterable[Cut]) -> str:
    """Return the text with what stands in the cuts now."""
    parts = []
    at = 0
    for cut in cuts:
        parts += [text[at : cut.span.start], cut.word]
        at = cut.span.end
    return "".join([*parts, text[at:]])
