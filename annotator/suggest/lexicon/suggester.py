"""The lexicon suggester: bundled names of places, forces, groups, media, weapons and ranks.

A lexicon is a table in resources/lexicons. Its tab-separated columns are name, class of the `security` tagset, score
and flags; lines that begin with # are comments. The flag "ambiguous" marks a name that is also an ordinary word: it is
suggested only if the words around it support it. "nature" marks a place that is not a state, town or district.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annotator import __version__
from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.suggest.lexicon.cue_words import is_listed_beside, is_supported
from annotator.suggest.lexicon.matcher import Haystack, Match, Matcher, longest
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.suggester_labels import translate
from annotator.text.normalise import normalise, normalise_key

AMBIGUOUS = "ambiguous"
NATURE = "nature"
TAKES_ARTICLE = frozenset(("WEAPON", "TITLE", "NAT", "ATTACK", "FAC", "FORCE"))
"""Classes named by common nouns, which mean the same with the article: صاروخ, الصاروخ."""

BEHIND_CLITICS = 0.9
"""The factor on the score of a reading with clitics: بان may be ب + ان or a word of its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon."""

    surface: str
    label: str
    score: float
    flags: frozenset[str] = frozenset()

    @property
    def fine_label(self) -> str:
        """Return the class for tagsets that distinguish states and towns (GPE) from seas and rivers (LOC)."""
        return "GPE" if self.label == "LOC" and NATURE not in self.flags else self.label


_Reading = tuple[Entry, str]
"""An entry and the label that it has in the project's tagset."""


@lru_cache(maxsize=1)
def bundled_entries() -> tuple[tuple[Entry, ...], str]:
    """Return the entries of all bundled lexicons, ambiguous ones first, and eight hexadecimal digits of their hash.

    Raises ResourceError if a lexicon is malformed.
    """
    digest = hashlib.sha256()
    entries: list[Entry] = []
    for path in sorted(resource("lexicons").glob("*.tsv")):
        digest.update(path.read_bytes())
        entries += read_lexicon(path)
    entries.sort(key=lambda entry: (AMBIGUOUS not in entry.flags, -entry.score))
    return tuple(entries), digest.hexdigest()[:8]


def read_lexicon(path: Path) -> Iterator[Entry]:
    """Yield the entries of one table; raises ResourceError with the number of a malformed line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        surface, label, score, flags, *_ = (*line.split("\t"), "", "", "")
        try:
            value = float(score)
        except ValueError:
            value = -1.0
        if not normalise_key(surface) or not label or not 0 <= value <= 1:
            raise ResourceError(
                "Line {number} of the lexicon {path} is malformed. It needs a name, a class and a score from 0 to 1, "
                "separated by tabs, and optional flags.",
                number=number,
                path=path,
            )
        yield Entry(surface, label, value, frozenset(filter(None, flags.replace(",", " ").split())))


class LexiconSuggester:
    """Suggestions from the bundled lexicons, in this process."""

    name = "lexicon"

    def __init__(self, entries: Iterable[Entry], version: str, tagset: Tagset) -> None:
        """Take entries and a tagset; entries without a label in the tagset are dropped.

        Of several readings of a name the first that applies is taken, so ambiguous ones must come before others.
        """
        self.version = version
        self._nested = tagset.nested
        self._clitics = tagset.clitics
        classes: dict[str, str | None] = {}
        readings: dict[str, list[_Reading]] = defaultdict(list)
        for entry in entries:
            label = classes.setdefault(entry.fine_label, translate(entry.fine_label, tagset))
            if label is not None:
                readings[normalise_key(entry.surface)].append((entry, label))
        self._matcher = Matcher(readings.items(), takes_article=lambda value: value[-1][0].label in TAKES_ARTICLE)

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text: the longest names; ambiguous ones only if something supports them."""
        haystack = Haystack(normalise(text))
        found = list(self._matcher.find(haystack.text))
        sure = [match for match in found if AMBIGUOUS not in match.value[-1][0].flags]
        read = [_read(haystack.text, match, sure) for match in found]
        return tuple(
            Suggestion(
                haystack.span(match.first(self._clitics), match.end),
                match.value[1],
                round(match.value[0].score * (BEHIND_CLITICS if match.prefix else 1), 3),
                self.name,
                self.version,
            )
            for match in longest(filter(None, read), nested=self._nested)
        )

    def close(self) -> None:
        """Do nothing: there is no process or file to close."""


def _read(text: str, match: Match[list[_Reading]], sure: list[Match[list[_Reading]]]) -> Match[_Reading] | None:
    """Return a match with one reading: an ambiguous one that the context supports, otherwise an unambiguous one."""
    for reading in match.value:
        entry = reading[0]
        backed = AMBIGUOUS not in entry.flags or is_supported(text, match, entry.label)
        if backed or is_listed_beside(text, match, [m for m in sure if m.value[-1][0].label == entry.label]):
            return Match(match.start, match.end, match.prefix, reading)
    return None


def create(context: SuggesterContext) -> LexiconSuggester:
    """Make the suggester from the bundled lexicons."""
    entries, digest = bundled_entries()
    return LexiconSuggester(entries, f"{__version__}+{digest}", context.tagset)
