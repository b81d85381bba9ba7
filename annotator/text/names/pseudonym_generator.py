"""Which name stands in for which: the same for the same name, and never one that somebody labelled in the corpus bears.

Every word of a name has a stand-in of its own, whoever bears it. So a surname alone is the surname of the full name,
brothers stay brothers, and محمد is one name everywhere. A stand-in is chosen by a keyed hash (HMAC-SHA-256, RFC 2104)
of the word's key; where it is taken or is a name in the corpus, the next one in the list is. When the list is used up,
names are made of roots by the patterns of Arabic ones, and then of two names.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

from annotator.text.names.given_names import NameKind, given_names
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import word_frequencies

_ARTICLE = "ال"
_PREFIXES = ("", *(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل") if c + p))
_PATTERNS: Mapping[NameKind, tuple[str, ...]] = {
    NameKind.DIVINE: ("ال{}{}ي{}", "ال{}ا{}{}"),
    NameKind.DIN: ("{}{}ا{}", "{}{}ي{}"),
    NameKind.GOD: ("{}{}ا{}", "{}{}ي{}"),
    NameKind.FEMALE: ("{}ا{}{}ة", "{}{}ي{}ة", "{}{}ا{}ة", "{}{}{}انة"),
    NameKind.MALE: ("{}ا{}{}", "{}{}ي{}", "{}{}ا{}", "{}{}{}ان", "{}{}و{}", "{}{}{}ون", "{}{}{}ي"),
    NameKind.FAMILY_WITH_ARTICLE: ("ال{}ا{}{}ي", "ال{}{}ي{}ي", "ال{}{}ا{}ي", "ال{}{}{}اني", "ال{}{}{}اوي"),
    NameKind.FAMILY: ("{}ا{}{}ي", "{}{}ي{}ي", "{}{}ا{}ي", "{}{}{}اني", "{}{}{}اوي"),
}
"""How names are made of the three letters of a root: حامد, حميد, حماد, حمدان, حمود, حمدون, حمدي."""


def generate_pseudonyms(kinds: Mapping[str, NameKind], secret: bytes, kept: Mapping[str, str]) -> dict[str, str]:
    """Return a stand-in for every word of names, by its key; no two have the same.

    kinds are those of the words by their keys, secret decides what is chosen. kept are stand-ins given before, which
    stay, unless one has become a name in the corpus itself.
    """
    names = _Names(kinds)
    chosen = {key: word for key, word in sorted(kept.items()) if names.take(word)}
    for key in sorted(kinds.keys() - chosen.keys(), key=lambda key: (_hash(secret, key), key)):
        chosen[key] = names.choose(kinds[key], _hash(secret, key))
    return chosen


class _Names:
    """The names that are nobody's yet."""

    def __init__(self, originals: Iterable[str]) -> None:
        """Begin with the keys of the names in the corpus."""
        self._originals = frozenset(map(_bare, originals))
        self._taken: set[str] = set()
        self._used_up: set[tuple[NameKind, int]] = set()

    def choose(self, kind: NameKind, number: int) -> str:
        """Return a name of a kind, one of those that a number tells to begin with: listed, made, or of two names."""
        for place, names in enumerate((given_names().pseudonyms[kind], _made(kind))):
            if (kind, place) not in self._used_up:
                found = next(filter(self.take, _from(names, number)), None)
                if found:
                    return found
                self._used_up.add((kind, place))
        return next(filter(self.take, _pairs(kind, number)))

    def take(self, word: str) -> bool:
        """Take a stand-in; return False where it is taken, or is a name in the corpus, be it behind a clitic."""
        key = _bare(normalise_key(word))
        if key in self._taken or any(prefix + key in self._originals for prefix in _PREFIXES):
            return False
        self._taken.add(key)
        return True


def _bare(key: str) -> str:
    """Return a key without the article."""
    return key.removeprefix(_ARTICLE)


def _hash(secret: bytes, text: str) -> int:
    """Return a number that only who knows the secret can tell."""
    return int.from_bytes(hmac.digest(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256))


def _pairs(kind: NameKind, number: int) -> Iterator[str]:
    """Yield names of two words, from a place that a number says: thousands of each kind, and then numbered ones."""
    seconds = given_names().pseudonyms[kind]
    firsts = (*seconds, *_made(kind))
    size = len(firsts) * len(seconds)
    for at in range(number, number + size):
        first, second = divmod(at % size, len(seconds))
        if first != second:
            yield f"{firsts[first]} {seconds[second]}"
    yield from (f"{seconds[0]} {at}" for at in count(1))


def _from(names: Sequence[str], number: int) -> Iterator[str]:
    """Yield all of some names, from a place that a number says."""
    for at in range(len(names)):
        yield names[(number + at) % len(names)]


@lru_cache(maxsize=len(NameKind))
def _made(kind: NameKind) -> tuple[str, ...]:
    """Return the names that the roots make by the patterns of a kind, without those that are ordinary words."""
    made = (pattern.format(*root) for root in given_names().roots for pattern in _PATTERNS.get(kind, ()))
    words, known = word_frequencies(), given_names().known
    return tuple(name for name in made if normalise_key(name) not in words or normalise_key(name) in known)
