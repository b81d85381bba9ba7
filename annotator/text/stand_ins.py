"""Which name stands in for which: the same for the same name, and never one that is somebody's in the corpus.

Every word of a name has a stand-in of its own, whoever bears it. So a surname alone is the surname of the full name,
brothers stay brothers, and محمد is one name everywhere. A stand-in is chosen by a keyed hash (HMAC-SHA-256, RFC 2104)
of the word's key; where it is taken or is a name in the corpus, the next one in the list is. When the list is used up,
names are made by the patterns of Arabic ones.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping

from annotator.text.given_names import Kind, given_names
from annotator.text.normalise import normalise_key
from annotator.text.words import common_words

_ARTICLE = "ال"
_PREFIXES = ("", *(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل") if c + p))
_FIRST, _OTHER = "جحخدرزسشصضطعغمنه", "بجحدرزسشصضطعغفقكلمنه"
_PATTERNS = {
    Kind.DIVINE: "ال1{}ي{}",
    Kind.DIN: "1{}ا{}",
    Kind.GOD: "1{}ا{}",
    Kind.FEMALE: "1{}ي{}ة",
    Kind.MALE: "1{}ي{}",
    Kind.FAMILY_WITH_ARTICLE: "ال1ا{}{}ي",
    Kind.FAMILY: "1{}ا{}ي",
}
_LATIN = ("BDFGHKLMNRSTV", "aeiou", "dlmnrst", "aeo", "ldnrst")


def choose(kinds: Mapping[str, Kind], secret: bytes, kept: Mapping[str, str]) -> dict[str, str]:
    """Return a stand-in for every word of names, by its key; no two have the same.

    kinds are those of the words by their keys, secret decides what is chosen. kept are stand-ins given before, which
    stay, unless one has become a name in the corpus itself.
    """
    names = _Names(kinds)
    chosen = {key: word for key, word in sorted(kept.items()) if names.take(word)}
    for key in sorted(kinds.keys() - chosen.keys(), key=lambda key: (_hash(secret, key), key)):
        kind = kinds[key]
        chosen[key] = next(filter(names.take, _candidates(kind, key, secret)))
    return chosen


class _Names:
    """The names that are nobody's yet."""

    def __init__(self, originals: Iterable[str]) -> None:
        """Begin with the keys of the names in the corpus."""
        self._originals = frozenset(map(_bare, originals))
        self._taken: set[str] = set()

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


def _candidates(kind: Kind, key: str, secret: bytes) -> Iterator[str]:
    """Yield names of a kind without end: those of the list from a place in it, then made ones."""
    pool = given_names().stand_ins[kind]
    begin = _hash(secret, key) % len(pool)
    yield from pool[begin:]
    yield from pool[:begin]
    number = 0
    while True:
        word = _made(kind, _hash(secret, f"{key} {number}"))
        if normalise_key(word) not in common_words():
            yield word
        number += 1


def _made(kind: Kind, number: int) -> str:
    """Return a name made by a pattern, its letters told by a number."""

    def letter(letters: str) -> str:
        """Return the next letter."""
        nonlocal number
        number, at = divmod(number, len(letters))
        return letters[at]

    if kind not in _PATTERNS:
        return "".join(map(letter, _LATIN))
    first = letter(_FIRST)
    return _PATTERNS[kind].replace("1", first).format(letter(_OTHER), letter(_OTHER))
