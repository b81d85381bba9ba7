"""The bundled names of persons: known names, and names that serve as pseudonyms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.text.normalise import normalise_key

_CLITICS = "وفبكل"
_ROOT = "root"


class NameKind(StrEnum):
    """The sort of a word of a name; if a word occurs as several, the first here counts."""

    DIVINE = "divine"  # after عبد
    DIN = "din"  # before الدين
    GOD = "god"  # before الله
    LATIN_FEMALE = "latin-female"
    LATIN_MALE = "latin-male"
    LATIN_FAMILY = "latin-family"
    FEMALE = "female"
    MALE = "male"
    FAMILY_WITH_ARTICLE = "family-with-article"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class GivenNames:
    """The bundled names.

    - known: the kind of each known name, by its key.
    - common: the keys of known names that are ordinary words too.
    - pseudonyms: the names of each kind that can replace another, as they are written.
    - roots: three letters each, from which names can be formed.
    """

    known: dict[str, NameKind]
    common: frozenset[str]
    pseudonyms: dict[NameKind, tuple[str, ...]]
    roots: tuple[str, ...]


@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """Return the bundled names; raises ResourceError if their table is missing or damaged.

    A name that begins with the letter of a clitic is not used as a pseudonym: the و of وهيب would be read as "and".
    """
    known: dict[str, NameKind] = {}
    common: set[str] = set()
    pseudonyms: dict[NameKind, list[str]] = defaultdict(list)
    roots: list[str] = []
    path = resource("names", "names.tsv")
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line:
                continue
            name, kind, *flags = line.split("\t")
            if kind == _ROOT:
                roots.append(name)
                continue
            if kind == NameKind.FAMILY and name.startswith("ال"):
                kind = NameKind.FAMILY_WITH_ARTICLE
            key = normalise_key(name)
            if kind not in (NameKind.DIVINE, NameKind.DIN, NameKind.GOD):
                known.setdefault(key, NameKind(kind))
            if "common" in flags:
                common.add(key)
            if not flags and name[0] not in _CLITICS:
                pseudonyms[NameKind(kind)].append(name)
        if pseudonyms.keys() != set(NameKind) or not roots:
            raise ValueError("it lacks kinds of names")
    except (OSError, ValueError) as e:
        raise ResourceError(
            "The bundled table {path} is damaged ({why}). Reinstall annotator.",
            path=path,
            why=e,
        ) from e
    listed = {kind: tuple(names) for kind, names in pseudonyms.items()}
    return GivenNames(known, frozenset(common), listed, tuple(roots))
