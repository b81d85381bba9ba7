"""How balanced splits of a gold file are, and how many documents change sides when a fifth more come in.

    python -m tests.benchmarks.split_balance corpus.conll --sentences 10

Prints, for each rule: how far the sides' documents are from their parts, how far the spans of each label with at least
20 are on average and at worst (in percent of all documents or spans, over 20 seeds), and which share of the first four
fifths of the documents changed sides or was left out once all were there, without a manifest and with one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from annotator.domain.corpus.split import (
    NO_PREVIOUS_SPLIT,
    NearDuplicates,
    PreviousSplit,
    Split,
    SplitMember,
    SplitPlan,
    SplitRule,
    parse_parts,
)
from annotator.domain.corpus.split_rules import split_documents
from annotator.domain.corpus.statistics import Balance, CorpusStatistics, balance
from annotator.domain.model.label_map import LabelMap
from annotator.formats.base.reader import ReadOptions
from annotator.services.evaluation.gold import read_gold
from annotator.text.duplicates.near_duplicates import find_near_duplicates
from annotator.text.duplicates.reprints import fingerprint

SEEDS = range(20)


def measured(members: Sequence[SplitMember], found: Split, plan: SplitPlan) -> Balance:
    """Return how balanced a split is."""
    figures = {side: CorpusStatistics() for side in plan.wanted()}
    for member in members:
        if member.id in found.sides:
            each = figures[found.sides[member.id]]
            each.documents += 1
            each.entities.update(member.labels)
    result = balance(figures, {side: plan.share(side) for side in figures})
    assert result is not None
    return result


def moved(before: Split, after: Split) -> float:
    """Return which share of the documents that had a side has it no more."""
    return mean(after.sides.get(document) is not side for document, side in before.sides.items())


def row(name: str, found: Sequence[Balance], changed: Sequence[float]) -> None:
    """Print the means over all seeds."""
    figures = (mean(b.documents for b in found), mean(b.mean for b in found), mean(b.worst for b in found))
    print(f"{name:24}" + "".join(f"{100 * value:8.2f}" for value in (*figures, mean(changed))))


def members_of(path: Path, sentences: int) -> tuple[list[SplitMember], NearDuplicates]:
    """Read the documents of a gold file and which of them are alike."""
    gold = read_gold(path, LabelMap(), "conll", ReadOptions(sentences))
    members = [
        SplitMember(each.document.id, labels=Counter(a.label for a in each.annotations)) for each in gold.documents
    ]
    return members, find_near_duplicates((each.document.id, fingerprint(each.document)) for each in gold.documents)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--sentences", type=int, default=10)
    parser.add_argument("--parts", default="80/10/10")
    options = parser.parse_args()
    members, alike = members_of(options.path, options.sentences)
    labels = Counter[str]()
    for member in members:
        labels.update(member.labels)
    print(
        f"{len(members)} documents, {labels.total()} spans of {len(labels)} labels; {len(alike)} have near-duplicates"
    )
    print(f"{'rule':24}{'documents':>8}{'mean':>8}{'worst':>8}{'moved':>8}")
    first = members[: len(members) * 4 // 5]
    for name, by, keep in (
        ("hash", SplitRule.HASH, False),
        ("label", SplitRule.LABEL, False),
        ("label, manifest", SplitRule.LABEL, True),
    ):
        found, changed = [], []
        for seed in SEEDS:
            plan = SplitPlan(parse_parts(options.parts), by, seed)
            before = split_documents(first, alike, plan)
            after = split_documents(members, alike, plan, PreviousSplit(before.sides) if keep else NO_PREVIOUS_SPLIT)
            found.append(measured(members, after, plan))
            changed.append(moved(before, after))
        row(name, found, changed)


if __name__ == "__main__":
    main()
