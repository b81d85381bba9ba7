"""What the starter knows about words beforehand: names, places, bodies, cue words, and word frequency.

The tables are in resources/models/starter; the README there gives their sources. Keys are folded further than
normalise_key() does, because the training corpus was written without hamza.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from annotator.domain.model.document import Token
from annotator.errors import ResourceError
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.clitics.rule import name_start
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import word_frequencies

_HAMZA = str.maketrans({"ؤ": "و", "ئ": "ي", "ء": None})
_CHAINS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_ARTICLES = ("لل", "ولل", "فلل")
_SHORTEST_STEM = 3
_DECADES = 8
_KNOWN_BONUS = 3
"""How many decades of frequency a stem gains if it is a listed name."""

_KINDS = {
    "PERS": frozenset(("given", "given+", "family", "family+")),
    **dict.fromkeys(("LOC", "GPE"), frozenset(("city", "country", "location", "place"))),
    "ORG": frozenset(("body", "company", "club")),
    "MEDIA": frozenset(("media",)),
    "ARMED": frozenset(("group",)),
    "FORCE": frozenset(("force",)),
    "FAC": frozenset(("facility",)),
}
"""The kinds of names by class of the tagset `security`."""

GAZETTEER, CUES = "gazetteer.tsv", "cues.tsv"


Begun = tuple[tuple[str, ...], tuple[str, ...]]
"""The rest of a sequence after its first word, and the sequence's kinds."""


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the key of a word: normalised and without hamza, whatever carries it. A hamza alone stays."""
    key = normalise_key(word)
    return key.translate(_HAMZA) or key


@lru_cache(maxsize=100_000)
def stems(key: str) -> tuple[str, ...]:
    """Return what a folded word may be without its clitics, not including the word itself.

    After ل the article's alef is restored: للحكومه gives الحكومه, too.
    """
    found = [key[len(c) :] for c in _CHAINS if key.startswith(c) and len(key) - len(c) >= _SHORTEST_STEM]
    found += ["ال" + key[len(c) :] for c in _ARTICLES if key.startswith(c) and len(key) - len(c) >= _SHORTEST_STEM]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Kinds of listed words and sequences by key, and frequencies in decades (2: at least once in a million words)."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sequences: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    frequency: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Gazetteer:
        """Read the tables of a model's folder; raises ResourceError if one is missing or malformed."""
        gazetteer = cls()
        for key, kinds in _rows(folder / GAZETTEER):
            first, *rest = key.split(" ")
            if rest:
                gazetteer.sequences.setdefault(first, {})[(first, *rest)] = tuple(kinds.split(" "))
            else:
                gazetteer.words[key] = tuple(kinds.split(" "))
        gazetteer.cues.update((key, tuple(kinds.split(" "))) for key, kinds in _rows(folder / CUES))
        shares: dict[str, float] = defaultdict(float)
        for word, commonness in word_frequencies().items():
            shares[fold(word)] += 10**commonness.share
        gazetteer.frequency.update((key, int(math.log10(share) + _DECADES)) for key, share in shares.items())
        return gazetteer

    def stem(self, key: str) -> str:
        """Return the most frequent reading of a folded word, with or without its clitics; listed ones are preferred."""
        best, most = key, self._weight(key)
        for candidate in stems(key):
            weight = self._weight(candidate)
            if weight > most:
                best, most = candidate, weight
        return best

    def is_listed(self, word: str) -> bool:
        """Return True if a word is a listed name or the first word of one."""
        key = fold(word)
        return key in self.words or key in self.sequences

    def name_start(self, tokens: Sequence[Token], first: int, policy: str, name_class: str = "") -> int:
        """Return the offset in a text at which a name begins that begins in a token of the text.

        policy is the tagset's for clitics; name_class is the name's class in `security`. A word that is listed as a
        name of the class is whole, unless what follows its first letters is listed or begins one, too: لحج for places,
        and in ولحج.
        """
        token = tokens[first]
        before = tokens[first - 1].text if first else ""
        behind = tokens[first + 1].text if first + 1 < len(tokens) else ""
        length = name_start(token.text, policy, before, behind, self.is_listed)
        kinds = _KINDS.get(name_class, frozenset())
        shorter = (n for n in proclitic_lengths(token.text) if n < length)
        return token.start + next((n for n in shorter if self._is_whole(fold(token.text[n:]), kinds)), length)

    def _is_whole(self, key: str, kinds: frozenset[str]) -> bool:
        return not kinds.isdisjoint(self.words.get(key, ())) and all(
            kinds.isdisjoint(own)
            for stem in stems(key)
            for own in (self.words.get(stem, ()), *self.sequences.get(stem, {}).values())
        )

    def _weight(self, key: str) -> int:
        return self.frequency.get(key, 0) + (_KNOWN_BONUS if key in self.words else 0)

    def find(self, keys: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield (first, end, kinds) of every listed sequence in folded words; the first may have clitics."""
        for i, key in enumerate(keys):
            for rest, kinds in self.begun_by(key):
                if tuple(keys[i + 1 : i + 1 + len(rest)]) == rest:
                    yield i, i + 1 + len(rest), kinds

    def begun_by(self, key: str) -> tuple[Begun, ...]:
        """Return the listed sequences that begin with a folded word, with or without its clitics."""
        return tuple(
            (sequence[1:], kinds)
            for candidate in (key, *stems(key))
            for sequence, kinds in self.sequences.get(candidate, {}).items()
        )


@lru_cache(maxsize=2)
def read_gazetteer(folder: Path) -> Gazetteer:
    """Return Gazetteer.read() of a folder, read once: it takes 0.3 s, and suggesters that run together share it."""
    return Gazetteer.read(folder)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the two columns of a table; raises ResourceError with the number of a malformed line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as e:
        raise ResourceError(
            "Cannot read the starter's table {path} ({why}). Reinstall the program.", path=path, why=e
        ) from e
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            key, tab, value = line.partition("\t")
            if not tab:
                raise ResourceError(
                    "{path}: line {number} has no tab. Reinstall the program.", number=number, path=path
                )
            yield key, value
