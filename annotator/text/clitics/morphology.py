"""CAMeL Tools' morphology, where its database is installed: how many clitic letters a word's likeliest analysis has.

The database (calima-msa-r13 and its kin) is none of this program's files; people install it with `camel_data -i
morphology-db-msa-r13`. Importing camel_tools.morphology reads a catalogue beside the database and would download it
where there is none, so nothing is imported unless both are there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

_FEATURES = ("prc2", "prc1")
"""The clitics before a noun or verb, outermost first: conjunction, then preposition or future particle."""

_LETTERS = {"wa": "و", "fa": "ف", "bi": "ب", "ka": "ك", "li": "ل", "la": "ل", "sa": "س"}
_UNKNOWN = -99.0
"""What CAMeL gives as the logarithm of an analysis's probability where it was never counted."""


class Analyser(Protocol):
    """Something that analyses words as camel_tools.morphology.analyzer.Analyzer does."""

    def analyze(self, word: str) -> Sequence[Mapping[str, Any]]:
        """Return a word's analyses as CAMeL's features (prc2, prc1, pos_lex_logprob, ...); none where it knows none."""


def camel_data() -> Path:
    """Return CAMeL Tools' own data folder: $CAMELTOOLS_DATA, or .camel_tools in the home folder."""
    chosen = os.environ.get("CAMELTOOLS_DATA")
    return Path(chosen).expanduser().absolute() if chosen else Path.home() / ".camel_tools"


@lru_cache(maxsize=1)
def installed_analyser() -> Analyser | None:
    """Return an analyser on the first database in CAMeL's data folder, those for the standard language first.

    None where there is no database, or where it cannot be read. Loading a real one takes seconds.
    """
    folder = camel_data()
    found = folder.glob("data/morphology_db/*/morphology.db")
    databases = sorted(found, key=lambda path: ("msa" not in path.parent.name, path))
    if not databases or not (folder / "catalogue.json").is_file():
        return None
    try:
        return analyser_from(databases[0])
    except Exception:  # A broken database of somebody else's raises anything; the rule does without it.
        return None


def analyser_from(database: Path) -> Analyser:
    """Return an analyser on a database file; raises what camel_tools raises on a malformed one.

    camel_tools.data is imported, so its catalogue must be in place.
    """
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB

    analyser: Analyser = Analyzer(MorphologyDB(str(database), "a"))
    return analyser


def clitic_letters(analyser: Analyser, word: str) -> str | None:
    """Return the clitics before a word in its likeliest analysis (وب for وبالعراق, empty for none).

    The article is no clitic here. None where the word has no analysis, or one that does not begin as the word does;
    of analyses that are equally likely the one with the fewest clitics counts.
    """
    read = [(_logarithm(analysis), _letters(analysis)) for analysis in analyser.analyze(word)]
    fitting = [(likely, letters) for likely, letters in read if letters is not None and word.startswith(letters)]
    return min(fitting, key=lambda item: (-item[0], len(item[1])))[1] if fitting else None


def _letters(analysis: Mapping[str, Any]) -> str | None:
    """Return the letters of an analysis's clitics; None where it has another one, such as the أ of a question."""
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
    """Return the decimal logarithm of an analysis's probability."""
    try:
        return float(analysis.get("pos_lex_logprob", _UNKNOWN))
    except (TypeError, ValueError):
        return _UNKNOWN
