"""What is known about each candidate: who proposes it, what else they propose there, its words, and its other places.

A row has one number for each of NAMES. Candidates are compared by their classes (those of the `security` tagset), so
that a row means the same in every tagset.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.tagset.tagset import OUTSIDE, Tagset
from annotator.suggest.combined.candidates import Candidate, overlapping
from annotator.suggest.registry import KnownName
from annotator.suggest.starter.gazetteer import Gazetteer, fold, stems
from annotator.suggest.suggester_labels import CAMEL, translate

RANKED = ("PERS", "LOC", "ORG")
"""The classes that the training corpus has. Candidates of others are worth what their suggesters say."""

SLOTS = ("starter", "lexicon", "memory", "other")
"""The suggesters that the features know by name; all others count as one."""

_RELATIONS = ("exact", "relabel", "outer_same", "outer_else", "inner_same", "inner_else", "crossing")
_KINDS = ("name", "city", "country", "place", "nationality", "body", "media", "force", "group", "club", "company")
_CUES = ("person", "place", "speech", "state", "body", "company", "medium", "team")
_PREPOSITIONS = frozenset(map(fold, ("في", "من", "إلى", "الى", "عن", "على", "بين", "قرب", "داخل", "خارج", "نحو")))

NAMES = (
    *(f"{slot}.{relation}" for slot in SLOTS for relation in _RELATIONS),
    *(f"{slot}.asked" for slot in SLOTS),
    *(f"class.{name}" for name in RANKED),
    *("agreeing", "words", "article", "clitic", "commonest", "rarest", "first_common"),
    *(f"whole.{kind}" for kind in _KINDS),
    *("given_first", "family_last", "listed_words"),
    *(f"before.{cue}" for cue in _CUES),
    *(f"after.{cue}" for cue in _CUES),
    *("before.preposition", "quoted", "line_start", "after.mark"),
    *("others_same", "others_else", "others_best", "others_bare", "within_longer", "longer_before"),
    *("confirmed", "confirmed_else", "rejected", "knows_names"),
)

_WORD_BEFORE = re.compile(r"(\w+)[^\w\n]{0,2}$")
_WORD_AFTER = re.compile(r"[^\w\n]{0,2}(\w+)")
_REACH = 40
"""How many code points before and after a candidate are searched for a word."""


@dataclass(slots=True)
class _Surface:
    """What a document has with one spelling: the best score of each class, and at how many places."""

    best: dict[str, float]
    places: dict[str, int]


class FeatureExtractor:
    """Describes candidates for one tagset, with what a project knows about names."""

    def __init__(self, tagset: Tagset, gazetteer: Gazetteer, names: Iterable[KnownName] = ()) -> None:
        self._gazetteer = gazetteer
        self._classes: dict[str, str] = {}
        for name in (*RANKED, "GPE"):
            label = translate(name, tagset)
            if label is not None:
                self._classes.setdefault(label, "LOC" if name == "GPE" else name)
        self._stem_first = tagset.clitics != OUTSIDE
        self.is_coarse = all({label.id, *label.formerly} & set(CAMEL) for label in tagset.labels)
        self._known: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for known in names:
            own = self._known[self._key(known.text)]
            confirmed, rejected = own.get(known.label, (0, 0))
            own[known.label] = confirmed + known.count, rejected + known.rejected
        self._knows_names = float(bool(self._known))

    def ranked_class(self, label: str) -> str | None:
        """Return the class of a label, None if it is not one of RANKED."""
        return self._classes.get(label)

    def rows(self, text: str, found: Sequence[Candidate], asked: Iterable[str]) -> list[list[float] | None]:
        """Return a row for each candidate of a document, None for those whose class is not ranked.

        found is in the order of candidates(). asked has the names of the suggesters that were asked.
        """
        classes = [self.ranked_class(candidate.label) for candidate in found]
        if not any(classes):
            return [None] * len(found)
        slots = {_slot(name) for name in asked}
        present = [float(slot in slots) for slot in SLOTS]
        keys = [self._key(candidate.span.of(text)) for candidate in found]
        surfaces = self._surfaces(found, classes, keys)
        longer = _longer(found, classes, keys)
        others = overlapping(found)
        return [
            None
            if name is None
            else [
                *self._proposed(number, found, others[number]),
                *present,
                *(float(name == each) for each in RANKED),
                *self._words(text, candidate, keys[number]),
                *self._context(text, candidate),
                *self._elsewhere(text, candidate, name, keys[number], surfaces, longer),
                *self._decided(candidate.label, keys[number]),
            ]
            for number, (candidate, name) in enumerate(zip(found, classes, strict=True))
        ]

    def _proposed(self, number: int, found: Sequence[Candidate], others: Sequence[int]) -> list[float]:
        """Return, for each slot, its best score for this candidate and for each relation to another one."""
        own = found[number]
        row = {slot: [0.0] * len(_RELATIONS) for slot in SLOTS}
        for name, score in own.scores.items():
            _raise(row[_slot(name)], 0, score)
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
                _raise(row[_slot(name)], relation, score)
        return [value for slot in SLOTS for value in row[slot]]

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


def _slot(name: str) -> str:
    return name if name in SLOTS else "other"


def _raise(row: list[float], place: int, score: float) -> None:
    row[place] = max(row[place], score)
