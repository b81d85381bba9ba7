"""The clitics of a word by CAMeL Tools' morphology, if its database is installed.

The database (such as calima-msa-r13) is not part of this program; people install it with `camel_data -i
morphology-db-msa-r13`. Importing camel_tools.morphology reads the catalogue next to the database, and would download a
missing one. So it is imported only if both files exist.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

_FEATURES = ("prc2", "prc1")
"""CAMeL's features for clitics before a noun or verb: the conjunction, then a preposition or the future particle."""

_LETTERS = {"wa": "و", "fa": "ف", "bi": "ب", "ka": "ك", "li": "ل", "la": "ل", "sa": "س"}
_UNKNOWN = -99.0
"""CAMeL's logarithm of the probability of an analysis that was never counted."""


class Analyser(Protocol):
    """Something that analyses words as camel_tools.morphology.analyzer.Analyzer does."""

    def analyze(self, word: str) -> Sequence[Mapping[str, Any]]:
        """Return the analyses of a word, each as CAMeL's features (prc2, prc1, pos_lex_logprob, ...)."""


def camel_data() -> Path:
    """Return CAMeL Tools' own data folder: $CAMELTOOLS_DATA, or .camel_tools in the home folder."""
    chosen = os.environ.get("CAMELTOOLS_DATA")
    return Path(chosen).expanduser().absolute() if chosen else Path.home() / ".camel_tools"


@lru_cache(maxsize=1)
def installed_analyser() -> Analyser | None:
    """Return an analyser for the first database in CAMeL's data folder, one for Modern Standard Arabic if there is one.

    Return None if there is no database, or it cannot be read. Loading a real one takes seconds.
    """
    folder = camel_data()
    found = folder.glob("data/morphology_db/*/morphology.db")
    databases = sorted(found, key=lambda path: ("msa" not in path.parent.name, path))
    if not databases or not (folder / "catalogue.json").is_file():
        return None
    try:
        return analyser_from(databases[0])
    except Exception:  # A broken database can raise anything, and the rule works without one.
        return None


def analyser_from(database: Path) -> Analyser:
    """Return an analyser for a database file; raises what camel_tools raises for a malformed one.

    It imports camel_tools.data, so the catalogue must exist.
    """
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB

    analyser: Analyser = Analyzer(MorphologyDB(str(database), "a"))
    return analyser


def clitic_letters(analyser: Analyser, word: str) -> str | None:
    """Return the clitics before a word in its likeliest analysis: وب for وبالعراق, "" for none.

    The article does not count as a clitic. Of equally likely analyses, the one with the fewest clitics counts. Return
    None if there is no analysis whose clitics are the first letters of the word.
    """
    read = [(_logarithm(analysis), _letters(analysis)) for analysis in analyser.analyze(word)]
    fitting = [(likely, letters) for likely, letters in read if letters is not None and word.startswith(letters)]
    return min(fitting, key=lambda item: (-item[0], len(item[1])))[1] if fitting else None


def _letters(analysis: Mapping[str, Any]) -> str | None:
    """Return the letters of the clitics of an analysis; None if it has another one, such as the أ of a question."""
    if analysis.get("prc3", "0") not in ("0", "na"):
        return None
    found = ""
    for feature in _FEATURES:
        value = str(analysis.get(feature, "0"))
        if value in ("0", "na"):
            continue
        letter = _LETTERS.get(value.partition("_")[0])
        if letter is None:
            return None
        found += letter
    return found


def _logarithm(analysis: Mapping[str, Any]) -> float:
    try:
        return float(analysis.get("pos_lex_logprob", _UNKNOWN))
    except (TypeError, ValueError):
        return _UNKNOWN
