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
        mentions: dict[str, set[Parts]] = defaultdict(set)
        for name in names:
            for word in name:
                self._spelt[word.key].add(word.spelt)
            for part in _mentions(name):
                mentions[part[0].key].add(part)
        self._mentions = {key: sorted(parts, key=_keys) for key, parts in mentions.items()}

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

    def _mentioned(
        self, text: str, tokens: Sequence[Span], number: int, also: Container[str]
    ) -> Iterator[tuple[Span, str]]:
        """Yield the words to replace of the mentions that begin with a token, each with its key."""
        token = tokens[number]
        word = token.of(text)
        for clitics, key in stems(word):
            for part in self._mentions.get(key, ()):
                places = [Span(token.start + clitics, token.end), *tokens[number + 1 : number + len(part)]]
                if not self._are(text, places, part):
                    continue
                yield from ((place, w.key) for place, w in zip(places, part, strict=True) if w.is_own)
            is_asked = key in self._alone or (key in self._stand_ins and spelling(word[clitics:]) in also)
            if is_asked and self._is_alone(word, clitics, key):
                yield Span(token.start + clitics, token.end), key
                return

    def _are(self, text: str, places: Sequence[Span], part: Parts) -> bool:
        """Tell whether the words at some places are those of a part of a name, one after the other."""
        if len(places) < len(part):
            return False
        before: Span | None = None
        for place, word in zip(places, part, strict=True):
            written = place.of(text)
            if before and not (key_of(written) == word.key and _GAP.fullmatch(text, before.end, place.start)):
                return False
            if word.key not in self._alone and spelling(written) not in (word.spelt, word.spelt[1:]):
                return False
            before = place
        return True

    def _is_alone(self, word: str, clitics: int, key: str) -> bool:
        """Tell whether a name stands behind clitics in a word that may also be another word altogether."""
        if not clitics:
            return True
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


def _keys(part: Parts) -> tuple[str, ...]:
    """Return the keys and spellings of the words, for an order that is always the same."""
    return tuple(f"{word.key} {word.spelt}" for word in part)


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
