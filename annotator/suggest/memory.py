"""The memory suggester: names that were confirmed earlier in this project.

A name that was rejected more often than confirmed is not suggested. After the full name of a person, parts of it are
found in the same document, too: محمد عبد الرزاق الجبوري and later الجبوري.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.suggest.lexicon.matcher import Haystack, Match, Matcher, longest
from annotator.suggest.lexicon.suggester import BEHIND_CLITICS, TAKES_ARTICLE
from annotator.suggest.registry import KnownName, SuggesterContext, outside_debris
from annotator.suggest.suggester_labels import translate
from annotator.text.normalise import normalise, normalise_key

_Value = tuple[str, float, bool]
"""Label, score, and whether the name is a person's."""

PART = 0.7
"""The factor on the score of a part of a person's name."""

_SHORTEST_PART = 4
_BINDS_NEXT = frozenset(map(normalise_key, ("عبد", "أبو", "أبي", "ابن", "بن", "آل", "أم", "بنت", "ذو")))


class MemorySuggester:
    """Suggestions from the project's own decisions."""

    name = "memory"

    def __init__(self, context: SuggesterContext) -> None:
        """Take the context's names. Of several labels for a name the one confirmed most often counts."""
        self._persons = translate("PERS", context.tagset)
        self._nested = context.tagset.nested
        self._clitics = context.tagset.clitics
        labels = {label.id: {label.id, *label.formerly} for label in context.tagset.labels}
        names = [name for name in context.names if name.label in labels]
        takes_article = {label for label, ids in labels.items() if not TAKES_ARTICLE.isdisjoint(ids)}
        self._matcher = Matcher(self._best(names), takes_article=lambda value: value[0] in takes_article)
        known = sorted((name.text, name.label, name.count, name.rejected) for name in names)
        self.version = hashlib.sha256(repr(known).encode()).hexdigest()[:12]

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text."""
        haystack = Haystack(normalise(text))
        found = longest(self._matcher.find(haystack.text), nested=self._nested)
        parts = list(_in_part(haystack.text, found))
        if parts:
            found = longest([*found, *parts], nested=self._nested)
        return tuple(
            Suggestion(
                haystack.span(match.first(self._clitics), match.end),
                match.value[0],
                round(match.value[1] * (BEHIND_CLITICS if match.prefix else 1), 3),
                self.name,
                self.version,
            )
            for match in found
        )

    def close(self) -> None:
        """Do nothing: there is no process or file to close."""

    def _best(self, names: Sequence[KnownName]) -> Iterator[tuple[str, _Value]]:
        """Yield each name with its label and score.

        The score is the share of confirmations among all decisions on the spelling, with one more doubt added: 1 of 1
        is worth 0.5, 9 of 9 is worth 0.9.
        """
        decisions: dict[str, list[KnownName]] = defaultdict(list)
        for name in names:
            decisions[normalise_key(name.text)].append(name)
        for alike in decisions.values():
            confirmed: dict[str, int] = defaultdict(int)
            for name in alike:
                confirmed[name.label] += name.count - name.rejected
            label, margin = max(confirmed.items(), key=lambda item: (item[1], item[0]))
            if margin < 0 or not any(name.count for name in alike if name.label == label):
                continue
            for_it = sum(name.count for name in alike if name.label == label)
            total = sum(name.count + name.rejected for name in alike)
            yield alike[0].text, (label, for_it / (total + 1), label == self._persons)


def _in_part(text: str, whole: Sequence[Match[_Value]]) -> Iterator[Match[_Value]]:
    """Yield the places, after a person's full name, of the family name, the last two names, and the first and last."""
    first: dict[str, tuple[int, _Value]] = {}
    for match in whole:
        label, score, is_person = match.value
        if is_person:
            for part in parts_of_name(text[match.start : match.end]):
                first.setdefault(part, (match.end, (label, score * PART, True)))
    if not first:
        return
    matcher: Matcher[tuple[int, _Value]] = Matcher(first.items(), takes_article=lambda _: False)
    for found in matcher.find(text):
        behind, value = found.value
        if found.start >= behind:
            yield Match(found.start, found.end, found.prefix, value)


def parts_of_name(name: str) -> tuple[str, ...]:
    """Return the parts by which a person may be named again; name and parts are normalised.

    عبد, أبو, ابن and the like are never separated from the next name. A name of one part has none. A family name of
    fewer than four letters is not a part, because it is too often another word.
    """
    units: list[str] = []
    joined = ""
    for word in name.split():
        joined = f"{joined} {word}" if joined else word
        if word not in _BINDS_NEXT:
            units.append(joined)
            joined = ""
    if joined:
        units.append(joined)
    if len(units) < 2:
        return ()
    parts = [f"{units[-2]} {units[-1]}", f"{units[0]} {units[-1]}"] if len(units) > 2 else []
    return (*parts, units[-1]) if len(units[-1]) >= _SHORTEST_PART else tuple(parts)


def create(context: SuggesterContext) -> MemorySuggester:
    """Make the suggester from the context's names."""
    return MemorySuggester(context)
