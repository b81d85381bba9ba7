"""Messages about an export: what the file will and will not hold, and what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.domain.corpus.split import Side
from annotator.formats.base.deviation import DeviationKind
from annotator.services.corpus.export_corpus import CorpusReport
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.selection import ExclusionReason, SelectionCounts
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, digits, isolate

_REASONS = {
    "clitic": QT_TRANSLATE_NOOP("exports", "clitic"),
    "inside-word": QT_TRANSLATE_NOOP("exports", "inside a word"),
    "sentence-border": QT_TRANSLATE_NOOP("exports", "across the end of a sentence"),
    "overlap": QT_TRANSLATE_NOOP("exports", "nested"),
    "other-annotator": QT_TRANSLATE_NOOP("exports", "words of another annotator"),
    "neighbour": QT_TRANSLATE_NOOP("exports", "merges with its neighbour"),
    "same-span": QT_TRANSLATE_NOOP("exports", "by several annotators"),
    "debris": QT_TRANSLATE_NOOP("exports", "page debris"),
    "edge-space": QT_TRANSLATE_NOOP("exports", "space at a boundary"),
    "only-space": QT_TRANSLATE_NOOP("exports", "only spaces"),
    "stand-in": QT_TRANSLATE_NOOP("exports", "boundary inside a replaced name"),
    "removed": QT_TRANSLATE_NOOP("exports", "removed from the project"),
    "not-asked": QT_TRANSLATE_NOOP("exports", "not selected"),
    "too-old": QT_TRANSLATE_NOOP("exports", "too old"),
    "undated": QT_TRANSLATE_NOOP("exports", "without a date"),
    "finished": QT_TRANSLATE_NOOP("exports", "done"),
    "begun": QT_TRANSLATE_NOOP("exports", "in progress"),
    "untouched": QT_TRANSLATE_NOOP("exports", "not started"),
    "not-done": QT_TRANSLATE_NOOP("exports", "not done"),
    "not-adjudicated": QT_TRANSLATE_NOOP("exports", "not adjudicated"),
    "no-majority": QT_TRANSLATE_NOOP("exports", "no majority"),
    "not-adjudicator": QT_TRANSLATE_NOOP("exports", "settled otherwise"),
}

_SIDES = {
    Side.TRAIN: QT_TRANSLATE_NOOP("exports", "Train"),
    Side.DEV: QT_TRANSLATE_NOOP("exports", "Dev"),
    Side.TEST: QT_TRANSLATE_NOOP("exports", "Test"),
}

_BY_STATE = (ExclusionReason.NOT_DONE, ExclusionReason.UNTOUCHED, ExclusionReason.REMOVED)
"""Reasons that the state of an article already says."""


def count_lines(report: ExportReport) -> list[str]:
    """Return how many annotations are exact, and a line for each other fate, notes, and what is not exported."""
    translate = QCoreApplication.translate
    lost = report.confirmed - report.exact
    said = translate("exports", "{0} annotations: {1} exact, {2} not")
    lines = [said.format(*(digits(f"{n:,}") for n in (report.confirmed, report.exact, lost)))]
    for fate, text in (
        (DeviationKind.ALTERED, translate("exports", "Changed boundaries: {0}")),
        (DeviationKind.LEFT_OUT, translate("exports", "Not exported: {0}")),
        (DeviationKind.ADAPTED, translate("exports", "Exact, with adjusted tokens or sentences: {0}")),
    ):
        if reasons := report.reasons[fate]:
            lines.append(text.format(_listed(reasons)))
    if report.unnamed:
        said = translate("exports", "Without annotator names: {0}")
        lines.append(said.format(digits(f"{report.unnamed:,}")))
    lines += _label_lines(report.not_in_tagset)
    if report.notes:
        said = translate("exports", "Notes and flags: {0}, not exported: {1}")
        lost_notes = report.notes_left_out.total()
        lines.append(said.format(digits(f"{report.notes:,}"), digits(f"{lost_notes:,}")))
    return [*lines, *selection_lines(report.selected)]


def selection_lines(selected: SelectionCounts) -> list[str]:
    """Return what is not exported: the states of the articles, and reasons that a state does not already say."""
    translate = QCoreApplication.translate
    lines = []
    if selected.states:
        lines.append(translate("exports", "Articles not exported: {0}").format(_listed(selected.states)))
    if any(why not in _BY_STATE for why in selected.documents):
        lines.append(translate("exports", "Reasons: {0}").format(_listed(selected.documents)))
    if selected.labels:
        lines.append(translate("exports", "Annotations not exported: {0}").format(_listed(selected.labels)))
    for text, count in (
        (translate("exports", "Settled articles that have changed since: {0}"), selected.outdated),
        (translate("exports", "Articles that adjudicators settled differently: {0}"), selected.competing),
    ):
        if count:
            lines.append(text.format(digits(f"{count:,}")))
    if selected.suggestions:
        said = translate("exports", "Including suggestions (marked): {0}")
        lines.append(said.format(digits(f"{selected.suggestions:,}")))
    return lines


def result_lines(report: ExportReport | CorpusReport) -> list[str]:
    """Return what was written, and where the report is."""
    translate = QCoreApplication.translate
    if isinstance(report, CorpusReport):
        lines = []
        for side, each in report.reports.items():
            said = translate("exports", "{0}: {1} articles, {2} annotations, {3} of them exact")
            numbers = (digits(f"{n:,}") for n in (each.documents, each.confirmed, each.exact))
            lines.append(said.format(translate("exports", _SIDES[side]), *numbers))
        written = translate("exports", "The folder was written and every file verified: {0}")
        lines = [written.format(isolate(report.path.name)), *lines, *_label_lines(report.not_in_tagset)]
        return [*lines, *selection_lines(report.selected), *_kept_lines(report.kept)]
    written = translate("exports", "The file was written and verified: {0}")
    lines = [written.format(isolate(report.path.name)), *count_lines(report)]
    if any(report.reasons.values()):
        listed = translate("exports", "Differences are listed in {0}")
    else:
        listed = translate("exports", "Report: {0}")
    return [*lines, *_kept_lines(report.kept), listed.format(isolate(report.report_path.name))]


def exact_count(report: ExportReport | CorpusReport) -> int | None:
    """Return how many annotations were written, or None if any of them or a note needs a look."""
    reports = list(report.reports.values()) if isinstance(report, CorpusReport) else [report]
    for each in reports:
        if each.exact < each.confirmed or any(each.reasons.values()) or each.unnamed or each.notes_left_out.total():
            return None
    if report.kept or report.not_in_tagset or report.selected.outdated or report.selected.competing:
        return None
    return sum(each.confirmed for each in reports)


def _kept_lines(kept: Sequence[Path]) -> list[str]:
    """Return the files that someone saved in the replaced folder during the export; the new folder has them."""
    said = QCoreApplication.translate("exports", "Other files saved in the folder during the export (kept): {0}")
    return [said.format("\n".join(isolate(str(path)) for path in kept))] if kept else []


def _label_lines(counts: Mapping[str, int]) -> list[str]:
    said = QCoreApplication.translate("exports", "With a label that is no longer in the project: {0}")
    return [said.format(_listed({isolate(label): count for label, count in counts.items()}))] if counts else []


def _listed(reasons: Mapping[Any, int]) -> str:
    translate = QCoreApplication.translate
    parts = []
    for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        name = translate("exports", _REASONS[str(reason)]) if str(reason) in _REASONS else str(reason)
        # In brackets: an Arabic reason followed by a bare number reads as one phrase.
        parts.append(f"{name} ({digits(f'{count:,}')})")
    return translate("exports", ", ").join(parts)
