"""What the export of a corpus says of itself: for the screen, and as one object."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.corpus.split import Side, SplitPlan, SplitRule
from annotator.domain.corpus.statistics import Balance, CorpusStatistics, balance
from annotator.domain.plurals import pluralise
from annotator.services.corpus.manifest import MANIFEST
from annotator.services.corpus.split import SplitResult
from annotator.services.exporting.report import ExportReport, kept_line, kept_to_json, not_in_tagset_line
from annotator.services.exporting.selection import SelectionCounts

CARD = "README.md"


@dataclass(slots=True)
class CorpusReport:
    """What was written: a report for each side that has documents, the split, and what was not selected.

    kept are files that somebody saved into the replaced folder while the new one was written, where they are now.
    """

    path: Path
    plan: SplitPlan
    splitting: SplitResult
    selected: SelectionCounts
    reports: dict[Side, ExportReport] = field(default_factory=dict)
    figures: dict[Side, CorpusStatistics] = field(default_factory=dict)
    without_plots: str = ""
    kept: tuple[Path, ...] = ()

    @property
    def balance(self) -> Balance | None:
        """Return how balanced the sides are."""
        return balance(self.figures, {side: self.plan.share(side) for side in self.figures})

    @property
    def not_in_tagset(self) -> Counter[str]:
        """Return how many spans have each label that the project's tagset lacks."""
        return sum((report.not_in_tagset for report in self.reports.values()), Counter[str]())

    def lines(self) -> list[str]:
        """Return what there is to say, in sentences, for the screen."""
        told = [_line(report) for report in self.reports.values()]
        if self.not_in_tagset:
            told.append(not_in_tagset_line(self.not_in_tagset))
        told += self.selected.lines()
        empty = [side.value for side in self.plan.wanted() if side not in self.reports]
        if empty:
            or_by_label = "" if self.plan.by is SplitRule.LABEL else ", or split them by label"
            told.append(f"No document is in {' or '.join(empty)}; give more documents{or_by_label}.")
        if left := self.splitting.split.left_out:
            told.append(f"On no side: {pluralise(len(left), 'document')}; {MANIFEST} says which and why.")
        if self.splitting.leaks:
            pairs = pluralise(len(self.splitting.leaks), "pair")
            told.append(f"Near-duplicates that the manifest put on different sides: {pairs}.")
        found = self.balance
        if found and len(self.figures) > 1:
            told.append(
                f"Labels are {found.mean:.1%} off their parts on average; most, by {found.worst:.1%}, "
                f"{found.label} in {found.side}."
            )
        if self.without_plots:
            told.append(self.without_plots)
        if self.kept:
            told.append(kept_line(self.kept))
        return [*told, f"Read back and found equal. {self.path} holds the card, {CARD}, and {MANIFEST}."]

    def to_json(self) -> dict[str, Any]:
        """Return the same as one object of plain values."""
        found = self.balance
        return {
            "folder": str(self.path),
            "documents": {side.value: len(ids) for side, ids in self.splitting.documents.items()},
            "left_out": len(self.splitting.split.left_out),
            "near_duplicates_on_different_sides": len(self.splitting.leaks),
            "label_balance": {"mean": found.mean, "worst": found.worst} if found else None,
            "selection": self.selected.to_json(),
            "reports": {side.value: report.to_json() for side, report in self.reports.items()},
            **kept_to_json(self.kept),
        }


def _line(report: ExportReport) -> str:
    """Say in a sentence what a file holds."""
    lost = {"with other borders": report.altered, "left out": report.left_out}
    told = "".join(f", {count:,} {words}" for words, count in lost.items() if count)
    exact = f"written exactly {report.exact:,}{told}" if told else "all written exactly"
    return f"Wrote {report.path}: documents {report.documents:,}, spans {report.confirmed:,}, {exact}."
