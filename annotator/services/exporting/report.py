"""What an export says of itself: the counts for the screen, and export-report.json with every span that differs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.domain.model.annotation import OriginKind
from annotator.domain.plurals import pluralise
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.writer import WriteOptions
from annotator.services.exporting.pseudonyms import PseudonymCounts
from annotator.services.exporting.report_lines import PSEUDONYM
from annotator.services.exporting.selection import Selection, SelectionCounts
from annotator.services.exporting.verify import WrittenDocument

REPORT_NAME = "export-report.json"


@dataclass(slots=True)
class ExportReport:
    """The counts of one export.

    confirmed spans are those of the project; entities those that stand in the file. reasons counts the
    remarks by fate and reason. several is the number of documents with work of more than one annotator. chosen are the
    ids of the annotators whom the selection names, selected what it took and left out, suggestions_left_out those taken
    that are not in the file. pseudonyms counts the names that were replaced, None where none were to be.

    kept are files that somebody saved into the replaced folder while the new one was written, where they are now.

    notes are those on what leaves, notes_left_out says why some are not in the file. unnamed are the spans in documents
    of several annotators where the format cannot say whose they are. not_in_tagset counts the written spans of each
    label that the project's tagset lacks.
    """

    path: Path
    report_path: Path
    format: str
    options: WriteOptions
    selection: Selection
    chosen: tuple[str, ...]
    names_annotators: bool
    documents: int = 0
    annotated: int = 0
    several: int = 0
    confirmed: int = 0
    entities: int = 0
    sha256: str = ""
    notes: int = 0
    unnamed: int = 0
    notes_left_out: Counter[str] = field(default_factory=Counter)
    not_in_tagset: Counter[str] = field(default_factory=Counter)
    suggestions_left_out: int = 0
    selected: SelectionCounts = field(default_factory=SelectionCounts)
    pseudonyms: PseudonymCounts | None = None
    kept: tuple[Path, ...] = ()
    reasons: dict[DeviationKind, Counter[str]] = field(
        default_factory=lambda: {fate: Counter() for fate in DeviationKind}
    )

    @property
    def altered(self) -> int:
        """Return how many spans stand in the file with other borders than were confirmed."""
        return self.reasons[DeviationKind.ALTERED].total()

    @property
    def left_out(self) -> int:
        """Return how many confirmed spans are not in the file."""
        return self.reasons[DeviationKind.LEFT_OUT].total()

    @property
    def exact(self) -> int:
        """Return how many confirmed spans stand in the file as they are, to the character."""
        return self.confirmed - self.altered - self.left_out

    def add(self, written: WrittenDocument) -> None:
        """Count a document that was written.

        Suggestions that nobody confirmed are not among the confirmed spans: the selection counts those it took, and
        suggestions_left_out those that are not in the file.
        """
        confirmed = [a for a in written.annotated.annotations if a.origin.kind is not OriginKind.SUGGESTION]
        annotators = [a.annotator for a in confirmed]
        self.documents += 1
        self.annotated += bool(annotators)
        self.several += len(set(annotators)) > 1
        self.confirmed += len(annotators)
        if strange := {a.label for a in confirmed}.difference(self.options.labels):
            left_out = {each.annotation.id for each in written.deviations if each.kind is DeviationKind.LEFT_OUT}
            self.not_in_tagset.update(a.label for a in confirmed if a.label in strange and a.id not in left_out)
        for deviation in written.deviations:
            if deviation.annotation.origin.kind is OriginKind.SUGGESTION:
                self.suggestions_left_out += deviation.kind is not DeviationKind.ADAPTED
            else:
                self.reasons[deviation.kind][deviation.reason.value] += 1
        if written.widened:
            self.reasons[DeviationKind.ALTERED][PSEUDONYM] += len(written.widened)
        self.notes += len(written.annotated.notes)
        self.notes_left_out.update(why for _, why in written.lost_notes)
        if not self.names_annotators and len({a.annotator for a in written.annotated.annotations}) > 1:
            self.unnamed += len(written.annotated.annotations)

    def lines(self) -> list[str]:
        """Return the counts in sentences, for the screen."""
        lines = [
            f"Wrote {self.path}: {pluralise(self.documents, 'document')}, {self.annotated:,} with confirmed spans.",
            f"Spans confirmed: {self.confirmed}. Written exactly: {self.exact}.",
        ]
        said = {
            DeviationKind.ADAPTED: "Written exactly, though tokens or sentences had to give way",
            DeviationKind.ALTERED: "Written with other borders",
            DeviationKind.LEFT_OUT: "Left out",
        }
        for fate, sentence in said.items():
            if reasons := self.reasons[fate]:
                listed = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
                lines.append(f"{sentence}: {reasons.total()} ({listed}).")
        if self.notes:
            listed = ", ".join(f"{reason} {count}" for reason, count in sorted(self.notes_left_out.items()))
            lines.append(
                f"Notes and doubts: {self.notes}. Left out: {self.notes_left_out.total()}"
                f"{f' ({listed})' if listed else ''}."
            )
        if self.unnamed:
            lines.append(f"Spans whose annotator {self.format} cannot name, beside others': {self.unnamed}.")
        if self.not_in_tagset:
            lines.append(not_in_tagset_line(self.not_in_tagset))
        if self.several:
            lines.append(
                f"Documents with the work of several annotators: {self.several}; --annotator takes one's alone, "
                "--whose what they agree on."
            )
        lines += self.selected.lines()
        if self.suggestions_left_out:
            lines.append(f"Of these suggestions left out, lying in page debris: {self.suggestions_left_out}.")
        if self.pseudonyms:
            lines += self.pseudonyms.lines()
        if self.kept:
            lines.append(kept_line(self.kept))
        return [*lines, f"Read back and found equal. Report, with every span that differs: {self.report_path}."]

    def to_json(self) -> dict[str, Any]:
        """Return the counts as they stand in the report and on the screen with --json."""
        return {
            "program": f"annotator {__version__}",
            "file": self.path.name,
            "format": self.format,
            "sha256": self.sha256,
            "options": {
                "clitics": self.options.clitics,
                "include_debris": self.options.include_debris,
                "scheme": self.options.scheme,
                "nested": self.options.nested,
                "docstart": self.options.docstart,
            }
            | self._selection(),
            "documents": self.documents,
            "documents_with_spans": self.annotated,
            "documents_of_several_annotators": self.several,
            "spans_confirmed": self.confirmed,
            "spans_written_exactly": self.exact,
            "spans_altered": dict(sorted(self.reasons[DeviationKind.ALTERED].items())),
            "spans_left_out": dict(sorted(self.reasons[DeviationKind.LEFT_OUT].items())),
            "spans_adapted_to": dict(sorted(self.reasons[DeviationKind.ADAPTED].items())),
            "spans_without_their_annotator": self.unnamed,
            "spans_with_a_label_not_in_the_tagset": dict(sorted(self.not_in_tagset.items())),
            "entities_in_file": self.entities,
            "notes": self.notes,
            "notes_left_out": dict(sorted(self.notes_left_out.items())),
            **self.selected.to_json(),
            "suggestions_left_out": self.suggestions_left_out,
            "pseudonyms": self.pseudonyms.to_json() if self.pseudonyms else None,
            **kept_to_json(self.kept),
        }

    def _selection(self) -> dict[str, Any]:
        """Return what was asked for, as it stands in the report; annotators are called as in the file."""
        asked = self.selection
        return {
            "annotators": [self.options.names.get(who, who) for who in self.chosen] or None,
            "whose": asked.resolution.value,
            "documents": asked.documents.value,
            "since": asked.since.isoformat() if asked.since else None,
            "undated": asked.include_undated,
            "suggestions": asked.include_suggestions,
        }


def not_in_tagset_line(counts: Counter[str]) -> str:
    """Say how many spans stand in a file with a label that the project's tagset lacks."""
    listed = ", ".join(f"{label} {count:,}" for label, count in sorted(counts.items()))
    return (
        f"Spans whose label the project does not have any more: {counts.total():,} ({listed}); they are written with "
        "it. Give them another label, or add the label again."
    )


def kept_line(kept: Iterable[Path]) -> str:
    """Say which files were saved into a replaced folder while the export was written, and are kept."""
    return f"Saved into the folder by somebody else meanwhile, and kept: {', '.join(map(str, kept))}."


def kept_to_json(kept: Iterable[Path]) -> dict[str, list[str]]:
    """Return the same as an entry of an object, which there is only for files that were kept."""
    listed = [str(path) for path in kept]
    return {"kept": listed} if listed else {}


def write_report(report: ExportReport, lines: Iterable[dict[str, Any]], path: Path) -> None:
    """Write the report to path. The lines are written one by one, and never all in memory; raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
        file.write(head.removesuffix("\n}") + ',\n "remarks": [')
        between = "\n"
        for line in lines:
            file.write(between + "  " + json.dumps(line, ensure_ascii=False))
            between = ",\n"
        file.write("\n ]\n}\n")
