"""Measure the reliability of suggesters that have no calibration.

Run it with `python -m annotator.services.evaluation.measure_reliability FILE`. FILE is newsfane-train.conll (NewsFANE
Gold, CC BY-SA 3.0); the result is resources/reliability.json.

The corpus is read as natural text, BLOCK sentences as one document. A suggestion is right if the corpus has a name that
ends at the same place, begins at the same place except for clitics, and has a class that may have the label. Labels
without a class in the corpus are not measured. The memory suggester starts empty: after each document it knows the
names in it and its own wrong suggestions.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import ANY_LABEL, IDENTITY_CURVE, Curve, fit_curve
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import KnownName, SuggesterContext, create
from annotator.suggest.starter.newsfane import Tagged, natural, read

BLOCK = 25
_LEAST = 100
"""The fewest suggestions on which a label is measured."""

_CLITICS = 3
"""How many letters before a name may be clitics."""

_MAY_BE = {
    "PERS": "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Engineer Lawyer Police",
    "LOC GPE": "Nation Population-Center State-or-Province County-or-District GPE-Cluster Continent Water-Body "
    "Land-Region-Natural",
    "ORG ARMED FORCE": "Government Non-Governmental Sports Educational Commercial Entertainment Medical-Science "
    "Religious_ORG",
    "MEDIA ORG": "Media",
    "FAC": "Building-Grounds Path Airport Subarea-Facility",
}
_LABELS: dict[str, frozenset[str]] = {
    fine: frozenset(labels.split()) for labels, classes in _MAY_BE.items() for fine in classes.split()
}
_PREFERRED = ("PERS", "LOC", "ORG", "MEDIA", "ARMED", "FORCE", "FAC")
"""Of several labels that a class may have, the first of these is what an annotator is assumed to give."""

_MEASURED = frozenset(label for labels in _LABELS.values() for label in labels) - {"FAC"}

_Case = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document and its names in the corpus, each with the labels that it may have."""

    document: Document
    names: dict[Span, frozenset[str]]

    def is_right(self, suggestion: Suggestion) -> bool:
        """Return True if a suggestion is one of the names."""
        span = suggestion.span
        return any(
            span.end == name.end and 0 <= span.start - name.start <= _CLITICS and suggestion.label in labels
            for name, labels in self.names.items()
        )


def gold_documents(sentences: Iterable[Tagged]) -> Iterator[GoldDocument]:
    """Yield the corpus as documents."""
    source = iter(sentences)
    while block := list(islice(source, BLOCK)):
        text, names = "", {}
        for sentence in map(natural, block):
            places = []
            for word, _ in sentence:
                places.append(Span(len(text), len(text) + len(word)))
                text += f"{word} "
            text += "\n"
            for first, end, fine in decode_iob2([tag for _, tag in sentence]):
                if fine in _LABELS:
                    names[Span(places[first].start, places[end - 1].end)] = _LABELS[fine]
        yield GoldDocument(Document(document_id(text), text), names)


def lexicon_cases(corpus: Sequence[GoldDocument], context: SuggesterContext) -> dict[str, list[_Case]]:
    """Return the lexicon's suggestions with whether each is right, by label."""
    cases: dict[str, list[_Case]] = defaultdict(list)
    answers = create("lexicon", context).suggest_many(gold.document for gold in corpus)
    for gold, (_, found) in zip(corpus, answers, strict=True):
        for s in found:
            if s.label in _MEASURED:
                cases[s.label].append((s.score, float(gold.is_right(s)), 1.0))
    return cases


def memory_cases(corpus: Sequence[GoldDocument], context: SuggesterContext) -> dict[str, list[_Case]]:
    """Return the memory's suggestions with whether each is right; it learns from document to document."""
    cases: dict[str, list[_Case]] = {ANY_LABEL: []}
    own = {label.id for label in context.tagset.labels}
    confirmed: Counter[tuple[str, str]] = Counter()
    rejected: Counter[tuple[str, str]] = Counter()
    for gold in corpus:
        known = [KnownName(t, label, confirmed[t, label], rejected[t, label]) for t, label in confirmed | rejected]
        memory = create("memory", SuggesterContext(context.tagset, known))
        for _, found in memory.suggest_many([gold.document]):
            for s in found:
                right = gold.is_right(s)
                cases[ANY_LABEL].append((s.score, float(right), 1.0))
                if not right:
                    rejected[s.span.of(gold.document.text), s.label] += 1
        for name, labels in gold.names.items():
            confirmed[name.of(gold.document.text), min(labels & own, key=_PREFERRED.index)] += 1
    return cases


def row(cases: Sequence[_Case]) -> dict[str, object]:
    """Return what is stored about a label's cases."""
    curve: Curve = fit_curve(IDENTITY_CURVE, cases)
    right = sum(case[1] for case in cases)
    return {"curve": [round(v, 3) for v in curve], "suggestions": len(cases), "right": round(right / len(cases), 3)}


def main(corpus: Path, out: Path) -> None:
    """Measure, and write the table."""
    documents = list(gold_documents(read(corpus)))
    context = SuggesterContext(load_tagset("security"))
    found = {"lexicon": lexicon_cases(documents, context), "memory": memory_cases(documents, context)}
    table = {
        name: {label: row(cases) for label, cases in sorted(by_label.items()) if len(cases) >= _LEAST}
        for name, by_label in found.items()
    }
    about = (
        "What scores are worth, for the scores 0, .1 ... .9, .95, 1: measured by "
        "`python -m annotator.services.evaluation.measure_reliability` "
        "on NewsFANE Gold (CC BY-SA 3.0). Suggesters and labels that are missing are taken at their word."
    )
    out.write_text(json.dumps({"about": about, "suggesters": table}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="newsfane-train.conll")
    parser.add_argument("out", type=Path, nargs="?", default=resource("reliability.json"))
    arguments = parser.parse_args()
    main(arguments.corpus, arguments.out)
