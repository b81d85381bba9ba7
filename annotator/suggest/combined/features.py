"""What is known about each candidate: who proposes it, what else they propose there, its words, and its other places.

A row has one number for each of NAMES, or of ARTICLE_NAMES. Candidates are compared by their classes (those of the
`security` tagset), so that a row means the same in every tagset.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.tagset.tagset import OUTSIDE, Tagset
from annotator.suggest.combined.candidates import Candidate, overlapping
from annotator.suggest.registry import KnownName
from annotator.suggest.starter.gazetteer import Gazetteer, fold, stems
from annotator.suggest.suggester_labels import is_coarse, translate

RANKED = ("PERS", "LOC", "ORG")
"""The classes that NewsFANE has. The trees fitted on it judge no others."""

SLOTS = ("starter", "lexicon", "memory", "other")
"""The suggesters that these trees know by name; all others count as one."""

CLASSES = (
    *(*RANKED, "ARMED", "FORCE", "MEDIA", "FAC", "NAT", "PLATFORM"),
    *("WEAPON", "ATTACK", "CASUALTY", "DATE", "TITLE", "MISC"),
)
"""The classes that the trees fitted on labelled articles judge."""

ARTICLE_SLOTS = ("starter", "lexicon", "grammar", "network", "stacked", "memory", "other")
"""The suggesters that the trees fitted on labelled articles know by name."""

_RELATIONS = ("exact", "relabel", "outer_same", "outer_else", "inner_same", "inner_else", "crossing")
_KINDS = ("name", "city", "country", "place", "nationality", "body", "media", "force", "group", "club", "company")
_CUES = ("person", "place", "speech", "state", "body", "company", "medium", "team")
_PREPOSITIONS = frozenset(map(fold, ("في", "من", "إلى", "الى", "عن", "على", "بين", "قرب", "داخل", "خارج", "نحو")))


def _names(slots: Iterable[str], classes: Iterable[str]) -> tuple[str, ...]:
    slots = tuple(slots)
    return (
        *(f"{slot}.{relation}" for slot in slots for relation in _RELATIONS),
        *(f"{slot}.asked" for slot in slots),
        *(f"class.{name}" for name in classes),
        *("agreeing", "words", "article", "clitic", "commonest", "rarest", "first_common"),
        *(f"whole.{kind}" for kind in _KINDS),
        *("given_first", "family_last", "listed_words"),
        *(f"before.{cue}" for cue in _CUES),
        *(f"after.{cue}" for cue in _CUES),
        *("before.preposition", "quoted", "line_start", "after.mark"),
        *("others_same", "others_else", "others_best", "others_bare", "within_longer", "longer_before"),
        *("confirmed", "confirmed_else", "rejected", "knows_names"),
    )


NAMES = _names(SLOTS, RANKED)
ARTICLE_NAMES = _names(ARTICLE_SLOTS, CLASSES)

_WORD_BEFORE = re.compile(r"(\w+)[^\w\n]{0,2}$")
_WORD_AFTER = re.compile(r"[^\w\n]{0,2}(\w+)")
_REACH = 40
"""How many code points before and after a candidate are searched for a word."""


@dataclass(slots=True)
class _Surface:
    """What a document has with one spelling: the best score of each class, and at how many places."""

    best: dict[str, float]
    places: dict[str, int]


@dataclass(frozen=True, slots=True)
class _View:
    """What the rows for some trees distinguish: slots of suggesters, and classes by the tagset's labels."""

    slots: tuple[str, ...]
    names: tuple[str, ...]
    by_label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Described:
    """The candidates of a document: what they share in every view."""

    text: str
    found: Sequence[Candidate]
    asked: frozenset[str]
    keys: Sequence[str]
    others: Sequence[Sequence[int]]
    common: dict[int, list[float]]


class Rows(NamedTuple):
    """The rows of a candidate: by NAMES and by ARTICLE_NAMES, None if its class or tagset is not of that view."""

    ranked: list[float] | None
    article: list[float] | None


class FeatureExtractor:
    """Describes candidates for one tagset, with what a project knows about names."""

    def __init__(self, tagset: Tagset, gazetteer: Gazetteer, names: Iterable[KnownName] = ()) -> None:
        self._gazetteer = gazetteer
        self._ranked = _View(SLOTS, RANKED, _classes(RANKED, tagset))
        self._article = _View(ARTICLE_SLOTS, CLASSES, _classes(CLASSES, tagset))
        self._stem_first = tagset.clitics != OUTSIDE
        self.is_coarse = is_coarse(tagset)
        self._known: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for known in names:
            own = self._known[self._key(known.text)]
            confirmed, rejected = own.get(known.label, (0, 0))
            own[known.label] = confirmed + known.count, rejected + known.rejected
        self._knows_names = float(bool(self._known))

    def ranked_class(self, label: str) -> str | None:
        """Return the class of a label, None if it is not one of RANKED."""
        return self._ranked.by_label.get(label)

    def rows(self, text: str, found: Sequence[Candidate], asked: Iterable[str]) -> list[Rows]:
        """Return the rows of each candidate of a document.

        found is in the order of candidates(). asked has the names of the suggesters that were asked.
        """
        keys = [self._key(candidate.span.of(text)) for candidate in found]
        described = _Described(text, found, frozenset(asked), keys, overlapping(found), {})
        ranked = self._view(described, self._ranked)
        article = [None] * len(found) if self.is_coarse else self._view(described, self._article)
        return list(map(Rows, ranked, article))

    def _view(self, described: _Described, view: _View) -> Sequence[list[float] | None]:
        found, keys = described.found, described.keys
        classes = [view.by_label.get(candidate.label) for candidate in found]
        if not any(classes):
            return [None] * len(found)
        asked = {_slot(name, view.slots) for name in described.asked}
        present = [float(slot in asked) for slot in view.slots]
        surfaces = self._surfaces(found, classes, keys)
        longer = _longer(found, classes, keys)
        return [
            None
            if name is None
            else [
                *self._proposed(number, found, described.others[number], view.slots),
                *present,
                *(float(name == each) for each in view.names),
                *self._common(described, number),
                *self._elsewhere(described.text, candidate, name, keys[number], surfaces, longer),
                *self._decided(candidate.label, keys[number]),
            ]
            for number, (candidate, name) in enumerate(zip(found, classes, strict=True))
        ]

    def _common(self, described: _Described, number: int) -> list[float]:
        """Return what the words of a candidate and those around it say, the same in every view."""
        row = described.common.get(number)
        if row is None:
            candidate = described.found[number]
            row = [
                *self._words(described.text, candidate, described.keys[number]),
                *self._context(described.text, candidate),
            ]
            described.common[number] = row
        return row

    def _proposed(
        self, number: int, found: Sequence[Candidate], others: Sequence[int], slots: tuple[str, ...]
    ) -> list[float]:
        """Return, for each slot, its best score for this candidate and for each relation to another one."""
        own = found[number]
        row = {slot: [0.0] * len(_RELATIONS) for slot in slots}
        for name, score in own.scores.items():
            _raise(row[_slot(name, slots)], 0, score)
        for other in (found[other] for other in others):
            same = other.label == own.label
            if other.span == own.span:
                relation = 1
            elif other.span.start <= own.span.start and own.span.end <= other.span.end:
                relation = 2 if same else 3
            elif own.span.start <= other.span.start and other.span.end <= own.span.end:
                relation = 4 if same else 5
            else:
                relation = 6
            for name, score in other.scores.items():
                _raise(row[_slot(name, slots)], relation, score)
        return [value for slot in slots for value in row[slot]]

    def _key(self, surface: str) -> str:
        """Return the folded words of a name, joined by spaces; without clitics if the tagset puts them inside."""
        words = list(map(fold, surface.split()))
        if words and self._stem_first:
            words[0] = self._gazetteer.stem(words[0])
        return " ".join(words) or surface

    def _words(self, text: str, candidate: Candidate, key: str) -> list[float]:
        """Return what the words of a candidate say, and whether they are listed."""
        gazetteer = self._gazetteer
        words = key.split(" ")
        frequencies = [gazetteer.frequency.get(word, 0) for word in words]
        listed = [gazetteer.words.get(word, ()) for word in words]
        whole = set(listed[0]) if len(words) == 1 else set(gazetteer.sequences.get(words[0], {}).get(tuple(words), ()))
        start = candidate.span.start
        return [
            float(len(candidate.scores)),
            float(len(words)),
            float(key.startswith("ال")),
            float(start > 0 and text[start - 1].isalpha()),
            float(max(frequencies)),
            float(min(frequencies)),
            float(frequencies[0]),
            *(float(kind in whole) for kind in _KINDS),
            float("given" in listed[0] or "given+" in listed[0]),
            float("family" in listed[-1] or "family+" in listed[-1]),
            sum(map(bool, listed)) / len(words),
        ]

    def _context(self, text: str, candidate: Candidate) -> list[float]:
        """Return what the words around a candidate say."""
        start, end = candidate.span
        before = text[max(0, start - _REACH) : start]
        after = text[end : end + _REACH]
        previous, following = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
        word = fold(previous[1]) if previous else ""
        cues = self._cues(word)
        next_cues = self._cues(fold(following[1])) if following else frozenset()
        return [
            *(float(cue in cues) for cue in _CUES),
            *(float(cue in next_cues) for cue in _CUES),
            float(word in _PREPOSITIONS),
            float(before.rstrip(" ")[-1:] in tuple('"«“(')) if before.strip() else 0.0,
            float(not before.strip(" ") or before.rstrip(" ")[-1] in "\n.؟!"),
            float(after.lstrip(" ")[:1] in tuple(",،.؛:")) if after.strip() else 1.0,
        ]

    def _cues(self, key: str) -> frozenset[str]:
        cues = self._gazetteer.cues
        return frozenset(cue for form in (key, *stems(key)) for cue in cues.get(form, ()))

    def _surfaces(
        self, found: Sequence[Candidate], classes: Sequence[str | None], keys: Sequence[str]
    ) -> dict[str, _Surface]:
        surfaces: dict[str, _Surface] = {}
        for candidate, name, key in zip(found, classes, keys, strict=True):
            surface = surfaces.setdefault(key, _Surface({}, {}))
            kind = name or candidate.label
            surface.best[kind] = max(surface.best.get(kind, 0.0), *candidate.scores.values())
            surface.places[kind] = surface.places.get(kind, 0) + 1
        return surfaces

    def _elsewhere(
        self,
        text: str,
        candidate: Candidate,
        name: str,
        key: str,
        surfaces: Mapping[str, _Surface],
        longer: Mapping[tuple[str, str], tuple[int, float]],
    ) -> list[float]:
        """Return how the document's other places with the same spelling, or a longer name, were proposed."""
        surface = surfaces[key]
        same = surface.places[name] - 1
        different = sum(count for kind, count in surface.places.items() if kind != name)
        proposed = max(surface.places.values())
        bare = text.count(candidate.span.of(text)) - proposed
        first, score = longer.get((key, name), (len(text), 0.0))
        return [
            float(min(same, 5)),
            float(min(different, 5)),
            surface.best[name] if same else 0.0,
            float(max(0, min(bare, 5))),
            score,
            float(first < candidate.span.start),
        ]

    def _decided(self, label: str, key: str) -> list[float]:
        """Return how often the name was confirmed with this label and others, and rejected, in the project."""
        known = self._known.get(key)
        if not known:
            return [0.0, 0.0, 0.0, self._knows_names]
        confirmed, rejected = known.get(label, (0, 0))
        other = sum(count for each, (count, _) in known.items() if each != label)
        return [*map(math.log1p, (confirmed, other, rejected)), self._knows_names]


def _longer(
    found: Sequence[Candidate], classes: Sequence[str | None], keys: Sequence[str]
) -> dict[tuple[str, str], tuple[int, float]]:
    """Return, for the first and last words of longer names, where such a name first is, and its best score."""
    parts: dict[tuple[str, str], tuple[int, float]] = {}
    for candidate, name, key in zip(found, classes, keys, strict=True):
        words = key.split(" ")
        if name is None or len(words) < 2:
            continue
        score = max(candidate.scores.values())
        for part in {words[0], words[-1], " ".join(words[-2:])} - {key}:
            first, best = parts.get((part, name), (candidate.span.start, 0.0))
            parts[part, name] = min(first, candidate.span.start), max(best, score)
    return parts


def _slot(name: str, slots: tuple[str, ...]) -> str:
    return name if name in slots else "other"


def _classes(names: Iterable[str], tagset: Tagset) -> dict[str, str]:
    """Return the class of each label that the tagset has for one of some classes."""
    found: dict[str, str] = {}
    for name in (*names, "GPE"):
        label = translate(name, tagset)
        if label is not None:
            found.setdefault(label, "LOC" if name == "GPE" else name)
    return found


def _raise(row: list[float], place: int, score: float) -> None:
    row[place] = max(row[place], score)
