"""The features that the starter sees: strings that describe each word of a sentence and its neighbours.

Everything that depends on one word alone is computed once and cached, so that a token costs little more than joining
lists.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

from annotator.domain.corpus.iob import OUTSIDE, decode_iob2
from annotator.suggest.starter.gazetteer import Begun, Gazetteer, fold, read_gazetteer, stems

_NUMBER = re.compile(r"[.,٫٬%٪/:-]*\d[\d.,٫٬%٪/:-]*")
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0621-\u064a]")
_LONGEST_AFFIX = 4
_LONGEST_LENGTH = 9
_WORDS_KEPT = 30_000
"""About 2 kB each. Nearly all words of a day of news are among the last ones of this number."""

_TOO_COMMON = 4
"""Words of this decade of frequency or more say nothing about names elsewhere in the document."""

Features = list[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """The features of one word: for itself, and for its neighbours (see _OFFSETS)."""

    key: str
    stem: str
    here: tuple[str, ...]
    around: tuple[tuple[str, ...], ...]
    begins: tuple[Begun, ...]


_OFFSETS = ("-2", "-1", "1", "2")
"""The position of a neighbour, relative to the word that is described."""

_EDGE = _Word("", "", (), tuple((f"{offset}edge",) for offset in _OFFSETS), ())
"""The neighbour before the first word and after the last."""


class FeatureExtractor:
    """Computes features with a gazetteer, and caches those of each word."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._word = lru_cache(maxsize=_WORDS_KEPT)(self._describe)

    def sentence(self, words: Sequence[str]) -> list[Features]:
        """Return the features of each word of one sentence."""
        known = [self._word(word) for word in words]
        row = [_EDGE, _EDGE, *known, _EDGE, _EDGE]
        result = [
            [*word.here, *row[i].around[0], *row[i + 1].around[1], *row[i + 3].around[2], *row[i + 4].around[3]]
            for i, word in enumerate(known)
        ]
        for i, marks in self._marks(known).items():
            for offset in (-1, 0, 1):
                if 0 <= i - offset < len(known):
                    result[i - offset] += [f"{offset}m={mark}" for mark in sorted(marks)]
        return result

    def _marks(self, known: Sequence[_Word]) -> dict[int, set[str]]:
        """Return the position of words in listed sequences: Bkind for the first, Ekind for the last, Ikind between."""
        marks: dict[int, set[str]] = defaultdict(set)
        keys = [word.key for word in known]
        for i, word in enumerate(known):
            for rest, kinds in word.begins:
                end = i + 1 + len(rest)
                if end <= len(keys) and keys[i + 1] == rest[0] and tuple(keys[i + 1 : end]) == rest:
                    for kind in kinds:
                        marks[i].add("B" + kind)
                        for at in range(i + 1, end):
                            marks[at].add(("E" if at == end - 1 else "I") + kind)
        return marks

    def document(self, sentences: Sequence[Sequence[str]], tags: Sequence[Sequence[str]]) -> list[list[Features]]:
        """Return, for each word, features of its other places in the document, from the first CRF's IOB2 tags."""
        places: dict[str, Counter[str]] = defaultdict(Counter)
        seen = []
        for words, row in zip(sentences, tags, strict=True):
            roles = _roles(row)
            sure = [self._word(word).stem for word in words]
            seen.append((sure, roles))
            for stem, role in zip(sure, roles, strict=True):
                if self._is_telling(stem):
                    places[stem][role] += 1
        return [
            [_elsewhere(places.get(stem), role) for stem, role in zip(sure, roles, strict=True)] for sure, roles in seen
        ]

    def _is_telling(self, stem: str) -> bool:
        """Return True if a word is rare enough to be a name wherever it occurs."""
        return len(stem) > 2 and self.gazetteer.frequency.get(stem, 0) < _TOO_COMMON

    def _describe(self, text: str) -> _Word:
        gazetteer = self.gazetteer
        key = fold(text) or text
        stem = gazetteer.stem(key)
        shape = _shape(key)
        kinds = self._kinds(key, stem)
        cues = sorted({cue for form in (key, *stems(key)) for cue in gazetteer.cues.get(form, ())})
        listed = [*(f"g={kind}" for kind in kinds), *(f"q={cue}" for cue in cues)]
        here = ["bias", f"w={key}", f"t={stem}", f"sh={shape}", "g|" + "|".join(kinds), *listed]
        near = [f"sh={shape}"]
        if shape == "arabic":
            here += _letters(key, stem)
            if len(key) > 2:
                near += [f"p2={key[:2]}", f"s2={key[-2:]}", f"s1={key[-1]}"]
            if len(key) > 3:
                near.append(f"s3={key[-3:]}")
            rarity = f"fr={gazetteer.frequency.get(stem, 0)}"
            here.append(rarity)
            near.append(rarity)
        far = [f"w={key}", *listed]
        near = [*far, f"t={stem}", *near]
        around = tuple(
            tuple([intern(offset + feature) for feature in features])
            for offset, features in zip(_OFFSETS, (far, near, near, far), strict=True)
        )
        return _Word(key, stem, tuple(map(intern, here)), around, gazetteer.begun_by(key))

    def _kinds(self, key: str, stem: str) -> list[str]:
        """Return the kinds under which a word is listed: as written, without its clitics ('), or perhaps so (?)."""
        listed = self.gazetteer.words
        kinds = set(listed.get(key, ()))
        if stem != key:
            kinds |= {kind + "'" for kind in listed.get(stem, ())}
        elif not kinds:
            kinds |= {kind + "?" for candidate in stems(key) for kind in listed.get(candidate, ())}
        return sorted(kinds)


@lru_cache(maxsize=2)
def read_extractor(folder: Path) -> FeatureExtractor:
    """Return the extractor for a model's folder; suggesters that run together share it and what it knows of words."""
    return FeatureExtractor(read_gazetteer(folder))


def _letters(key: str, stem: str) -> list[str]:
    found = []
    for n in range(1, min(len(key), _LONGEST_AFFIX + 1)):
        found += [f"p{n}={key[:n]}", f"s{n}={key[-n:]}"]
    if stem != key:
        found += [f"cl={key[: len(key) - len(stem)]}", f"p2={stem[:2]}", f"p3={stem[:3]}"]
    found.append(f"len={min(len(stem), _LONGEST_LENGTH)}")
    if stem.startswith("ال"):
        found.append("article")
    return found


def _shape(key: str) -> str:
    """Return what a token consists of: number, latin, arabic, mixed (Arabic with digits), or mark with its start."""
    if _NUMBER.fullmatch(key):
        return "number"
    if _LATIN.search(key):
        return "latin"
    if not _ARABIC.search(key):
        return "mark" + key[:2]
    return "mixed" if any(map(str.isdigit, key)) else "arabic"


def _roles(tags: Sequence[str]) -> list[str]:
    """Return the role of each word: O, or class and position (1 alone, b first, i inside, e last)."""
    roles = [OUTSIDE] * len(tags)
    if roles == list(tags):
        return roles
    for first, end, label in decode_iob2(tags):
        kind = label.partition(".")[0]
        for i in range(first, end):
            place = "1" if end - first == 1 else "b" if i == first else "e" if i == end - 1 else "i"
            roles[i] = kind + place
    return roles


def _elsewhere(roles: Counter[str] | None, own: str) -> Features:
    """Return features of a word's roles at its other places; own is its role here, which roles includes."""
    if roles is None:
        return []
    others = {role: count for role, count in roles.items() if count > (role == own)}
    if not others:
        return []
    kinds: Counter[str] = Counter()
    for role, count in others.items():
        kinds[role if role == OUTSIDE else role[:-1]] += count - (role == own)
    (best, votes) = min(kinds.items(), key=lambda item: (-item[1], item[0]))
    unanimous = "!" if votes == sum(kinds.values()) else ""
    return [f"D={best}{unanimous}", *(f"d={role}" for role in sorted(others))]
