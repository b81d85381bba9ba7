"""Generate pseudonyms: one for each name, always the same, and never a name that is labelled in the corpus.

Each word of a name has its own pseudonym, whoever has that name. So a surname alone matches the surname of the full
name, brothers remain brothers, and محمد has one pseudonym everywhere. The pseudonym is chosen from a list by a keyed
hash (HMAC-SHA-256, RFC 2104) of the word's key. If it is taken, or is a name in the corpus, the next in the list is
chosen. When the list is used up, names are formed from roots by Arabic patterns, and then from two names.
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
"""The patterns that form names from the three letters of a root: حامد, حميد, حماد, حمدان, حمود, حمدون, حمدي."""


def generate_pseudonyms(kinds: Mapping[str, NameKind], secret: bytes, kept: Mapping[str, str]) -> dict[str, str]:
    """Return a different pseudonym for each word, by the word's key.

    kinds has the kind of each word by its key. secret is the key of the hash. kept are earlier pseudonyms, which remain
    unless one is now a name in the corpus itself.
    """
    names = _Names(kinds)
    chosen = {key: word for key, word in sorted(kept.items()) if names.take(word)}
    for key in sorted(kinds.keys() - chosen.keys(), key=lambda key: (_hash(secret, key), key)):
        chosen[key] = names.choose(kinds[key], _hash(secret, key))
    return chosen


class _Names:
    """The names that are still free; originals are the keys of the names in the corpus."""

    def __init__(self, originals: Iterable[str]) -> None:
        self._originals = frozenset(map(_bare, originals))
        self._taken: set[str] = set()
        self._used_up: set[tuple[NameKind, int]] = set()

    def choose(self, kind: NameKind, number: int) -> str:
        """Take and return a free name of a kind, from number on: a listed one, a formed one, or one of two words."""
        for place, names in enumerate((given_names().pseudonyms[kind], _formed(kind))):
            if (kind, place) not in self._used_up:
                found = next(filter(self.take, _from(names, number)), None)
                if found:
                    return found
                self._used_up.add((kind, place))
        return next(filter(self.take, _pairs(kind, number)))

    def take(self, word: str) -> bool:
        """Take a name; return False if it is taken, or is a name in the corpus, even after a clitic."""
        key = _bare(normalise_key(word))
        if key in self._taken or any(prefix + key in self._originals for prefix in _PREFIXES):
            return False
        self._taken.add(key)
        return True


def _bare(key: str) -> str:
    return key.removeprefix(_ARTICLE)


def _hash(secret: bytes, text: str) -> int:
    """Return a number that cannot be computed without the secret."""
    return int.from_bytes(hmac.digest(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256))


def _pairs(kind: NameKind, number: int) -> Iterator[str]:
    """Yield names of two words, starting at number: thousands of each kind, and then numbered ones."""
    seconds = given_names().pseudonyms[kind]
    firsts = (*seconds, *_formed(kind))
    size = len(firsts) * len(seconds)
    for at in range(number, number + size):
        first, second = divmod(at % size, len(seconds))
        if first != second:
            yield f"{firsts[first]} {seconds[second]}"
    yield from (f"{seconds[0]} {at}" for at in count(1))


def _from(names: Sequence[str], number: int) -> Iterator[str]:
    """Yield all names, starting at number and wrapping around."""
    for at in range(len(names)):
        yield names[(number + at) % len(names)]


@lru_cache(maxsize=len(NameKind))
def _formed(kind: NameKind) -> tuple[str, ...]:
    """Return the names that the patterns of a kind form from the roots, without ordinary words."""
    formed = (pattern.format(*root) for root in given_names().roots for pattern in _PATTERNS.get(kind, ()))
    words, known = word_frequencies(), given_names().known
    return tuple(name for name in formed if normalise_key(name) not in words or normalise_key(name) in known)
