"""The lexicon suggester: bundled names of places, forces, groups, media, weapons and ranks.

A lexicon is a table in resources/lexicons. Its tab-separated columns are name, class of the `security` tagset, score
and flags; lines that begin with # are comments. Some flags mark names that are also ordinary words, and are suggested
only if something supports them: "ambiguous" a word next to them, "common" a word of kind (مدينة), "quoted" quotation
marks (لـ«الرياض»). "nature" marks a place that is not a state, town or district. "development" marks an entry that was
added after reading a text by which the suggester is measured.

The class NONE is for phrases that hold a listed name but are none, such as النيل من.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annotator import __version__
from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.suggest.lexicon.cue_words import is_adjective, is_cited, is_listed_beside, is_ruled_out, is_supported
from annotator.suggest.lexicon.matcher import Haystack, Match, Matcher, longest
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.suggester_labels import translate
from annotator.text.normalise import normalise, normalise_key

AMBIGUOUS = "ambiguous"
COMMON = "common"
QUOTED = "quoted"
NATURE = "nature"
DEVELOPMENT = "development"
NONE = "NONE"
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

    @property
    def needs_support(self) -> bool:
        """Return True if the name is suggested only if the words around it support it."""
        return not self.flags.isdisjoint((AMBIGUOUS, COMMON, QUOTED))


_Reading = tuple[Entry, str | None]
"""An entry and the label that it has in the project's tagset; None for a NONE."""

_OWNERS = ("MEDIA", "ORG", "FORCE", "FAC", "ARMED")
"""Classes of names that an adjective of nationality may follow: صحيفة عكاظ السعودية."""


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
    entries.sort(key=lambda entry: (not entry.needs_support, QUOTED not in entry.flags, -entry.score))
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
            name = entry.fine_label
            if name not in classes:
                classes[name] = translate(name, tagset)
            label = classes[name]
            if label is not None or entry.label == NONE:
                readings[normalise_key(entry.surface)].append((entry, label))
        for key in [key for key in readings if key.startswith("ال")]:
            readings[key] += _with_article(readings.get(key[2:], ()), {entry.label for entry, _ in readings[key]})
        self._matcher = Matcher(
            readings.items(),
            takes_article=lambda value: value[-1][0].label in TAKES_ARTICLE,
            joins=lambda value: value[-1][0].needs_support,
        )

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text: the longest names; ambiguous ones only if something supports them."""
        haystack = Haystack(normalise(text))
        read = longest(_read_all(haystack.text, list(self._matcher.find(haystack.text))), nested=self._nested)
        return tuple(
            Suggestion(
                haystack.span(match.first(self._clitics), match.end),
                label,
                round(entry.score * (BEHIND_CLITICS if match.prefix else 1), 3),
                self.name,
                self.version,
            )
            for match in read
            for entry, label in (match.value,)
            if label is not None
        )

    def close(self) -> None:
        """Do nothing: there is no process or file to close."""


def _with_article(readings: Sequence[_Reading], labels: Collection[str]) -> list[_Reading]:
    """Return the readings of a name without article that it also has with one, unless their labels are known."""
    return [one for one in readings if one[0].label in TAKES_ARTICLE and one[0].label not in labels]


def _read_all(text: str, found: Sequence[Match[list[_Reading]]]) -> list[Match[_Reading]]:
    """Return the matches that have a reading, each with one.

    Names that need support are read in two passes, because one in a list may support another: لحج وذمار وإب.
    """
    read: dict[int, Match[_Reading]] = {}
    for _ in range(2):
        known: dict[str, list[Match[_Reading]]] = defaultdict(list)
        for number, match in enumerate(found):
            sure = read.get(number) or _plain(match)
            if sure is not None:
                known[sure.value[0].label].append(sure)
        for number, match in enumerate(found):
            if number not in read:
                reading = _read(text, match, known)
                if reading is not None:
                    read[number] = reading
    return [read[number] for number in sorted(read)]


def _plain(match: Match[list[_Reading]]) -> Match[_Reading] | None:
    """Return a match with its reading that needs no support, None if there is none."""
    reading = match.value[-1]
    return None if reading[0].needs_support else Match(match.start, match.end, match.prefix, reading)


def _read(
    text: str, match: Match[list[_Reading]], known: Mapping[str, Sequence[Match[_Reading]]]
) -> Match[_Reading] | None:
    """Return a match with one reading: one that needs support and has it, otherwise one that needs none."""
    labels = [entry.label for entry, _ in match.value]
    for reading in match.value:
        entry = reading[0]
        if is_ruled_out(text, match, entry.label):
            continue
        if entry.label == "LOC" and "NAT" in labels:
            names = [name for label in _OWNERS for name in known.get(label, ())]
            listed = is_listed_beside(text, match, known.get("LOC", ()))
            backed = listed or not is_adjective(text, match, names)
        elif QUOTED in entry.flags:
            backed = is_cited(text, match, entry.label)
        elif entry.needs_support:
            backed = is_supported(text, match, entry.label, common=COMMON in entry.flags)
            backed = backed or is_listed_beside(text, match, known.get(entry.label, ()))
        else:
            backed = True
        if backed:
            return Match(match.start, match.end, match.prefix, reading)
    return None


def create(context: SuggesterContext) -> LexiconSuggester:
    """Make the suggester from the bundled lexicons."""
    entries, digest = bundled_entries()
    return LexiconSuggester(entries, f"{__version__}+{digest}", context.tagset)
