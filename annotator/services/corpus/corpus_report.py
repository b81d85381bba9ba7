"""The report of a dataset folder: sentences for the screen, and JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.corpus.split import Side, SplitPlan, SplitRule
from annotator.domain.corpus.statistics import Balance, CorpusStatistics, balance
from annotator.domain.plurals import pluralise
from annotator.services.corpus.manifest import MANIFEST
from annotator.services.corpus.split_project import SplitResult
from annotator.services.exporting.report import ExportReport, kept_line, kept_to_json, not_in_tagset_line
from annotator.services.exporting.selection import SelectionCounts

CARD = "README.md"


@dataclass(slots=True)
class CorpusReport:
    """What was written: a report for each split that has documents, the assignments, and what was not selected.

    kept: files that somebody saved into the replaced folder in the meantime, where they are now.
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
        """Return how evenly labels are distributed over the splits, None if it cannot be said."""
        return balance(self.figures, {side: self.plan.share(side) for side in self.figures})

    @property
    def not_in_tagset(self) -> Counter[str]:
        """Return the number of spans of each label that the tagset does not have."""
        return sum((report.not_in_tagset for report in self.reports.values()), Counter[str]())

    def lines(self) -> list[str]:
        """Return the report as sentences for the screen."""
        lines = [_line(report) for report in self.reports.values()]
        if self.not_in_tagset:
            lines.append(not_in_tagset_line(self.not_in_tagset))
        lines += self.selected.lines()
        empty = [side.value for side in self.plan.wanted() if side not in self.reports]
        if empty:
            or_by_label = "" if self.plan.by is SplitRule.LABEL else ", or use --split-by label"
            lines.append(f"No article is in {' or '.join(empty)}. Export more articles{or_by_label}.")
        if left_out := self.splitting.split.left_out:
            lines.append(f"In no split: {pluralise(len(left_out), 'article')}. {MANIFEST} lists them with the reason.")
        if self.splitting.leaks:
            pairs = pluralise(len(self.splitting.leaks), "pair")
            lines.append(f"Near-duplicates in different splits, as in the earlier manifest: {pairs}.")
        found = self.balance
        if found and len(self.figures) > 1:
            lines.append(
                f"Labels deviate from the requested shares by {found.mean:.1%} on average, at most by "
                f"{found.worst:.1%} ({found.label} in {found.side})."
            )
        if self.without_plots:
            lines.append(self.without_plots)
        if self.kept:
            lines.append(kept_line(self.kept))
        return [*lines, f"Verified. {self.path} contains the dataset card {CARD} and {MANIFEST}."]

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
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
    counts = {"with changed boundaries": report.altered, "not written": report.left_out}
    others = "".join(f", {count:,} {words}" for words, count in counts.items() if count)
    exact = f"written exactly {report.exact:,}{others}" if others else "all written exactly"
    return f"Wrote {report.path}: articles {report.documents:,}, spans {report.confirmed:,}, {exact}."
