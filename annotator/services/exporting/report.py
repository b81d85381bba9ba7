"""The report of an export: counts for the screen, and export-report.json with every span that differs."""

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
from annotator.services.exporting.report_lines import PSEUDONYM
from annotator.services.exporting.selection import Selection, SelectionCounts
from annotator.services.exporting.verify import WrittenDocument

REPORT_NAME = "export-report.json"


@dataclass(slots=True)
class PseudonymCounts:
    """What was replaced in a file, and what was not.

    names: words that have a pseudonym. labelled: labelled places that were replaced. mentions: words that were replaced
    elsewhere. unnamed: labelled places without a word that is a name. left: words of names that stayed because they are
    other words too, by key. undecided: suggested names that nobody has decided on, and that stayed. widened: confirmed
    spans with an edge inside a replaced word, which cover all of it now. dropped: documents that lost fields. changed:
    pseudonyms of the key file that had to be replaced.
    """

    labels: tuple[str, ...] = ()
    names: int = 0
    labelled: int = 0
    mentions: int = 0
    unnamed: int = 0
    left: Counter[str] = field(default_factory=Counter)
    undecided: int = 0
    widened: int = 0
    dropped: int = 0
    changed: int = 0

    def add(self, document: PseudonymCounts) -> None:
        """Add the counts of one document."""
        self.labelled += document.labelled
        self.mentions += document.mentions
        self.unnamed += document.unnamed
        self.left.update(document.left)
        self.undecided += document.undecided
        self.widened += document.widened
        self.dropped += document.dropped

    def to_json(self) -> dict[str, Any]:
        """Return the counts as the report holds them, without any name."""
        return {
            "labels": list(self.labels),
            "words_with_stand_ins": self.names,
            "labelled_places_replaced": self.labelled,
            "further_words_replaced": self.mentions,
            "labelled_places_without_a_name": self.unnamed,
            "words_left_being_other_words_too": self.left.total(),
            "undecided_suggestions_left": self.undecided,
            "spans_widened_to_stand_ins": self.widened,
            "documents_with_dropped_fields": self.dropped,
            "stand_ins_given_anew": self.changed,
        }

    def lines(self) -> list[str]:
        """Return the counts as sentences for the screen."""
        lines = [
            f"Names labelled {', '.join(self.labels)} replaced in {pluralise(self.labelled, 'labelled place')} and "
            f"{pluralise(self.mentions, 'further word')}. Words with a pseudonym: {self.names}. Names that nobody "
            "labelled stay."
        ]
        for text, number in (
            ("Labelled places without a name (titles, numbers), not replaced", self.unnamed),
            ("Words of names that are ordinary words too, not replaced where nobody labelled them", self.left.total()),
            ("Undecided suggestions of names, not replaced", self.undecided),
            ("Spans that ended inside a replaced name, and now cover the whole pseudonym", self.widened),
            ("Articles whose address, author, outside id or further fields were dropped", self.dropped),
            ("Pseudonyms of the key file that are names in the project now, and were replaced", self.changed),
        ):
            if number:
                lines.append(f"{text}: {number}.")
        return lines


@dataclass(slots=True)
class ExportReport:
    """The counts of one exported file.

    confirmed: spans of the project. entities: those in the file, as it was read back. reasons: the deviations by kind
    and reason. several: documents with annotations of more than one annotator. chosen: the ids of the annotators that
    the selection names. selected: what the selection took and left out. suggestions_left_out: selected suggestions that
    are not in the file. pseudonyms: None if no names are replaced. notes: those on what is exported. notes_left_out:
    why some are not in the file. unnamed: spans in documents of several annotators, if the format does not hold
    annotators. not_in_tagset: written spans of labels that the tagset does not have, by label. kept: files that
    somebody saved into the replaced folder in the meantime, where they are now.
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
        """Return how many spans have other boundaries in the file than were confirmed."""
        return self.reasons[DeviationKind.ALTERED].total()

    @property
    def left_out(self) -> int:
        """Return how many confirmed spans are not in the file."""
        return self.reasons[DeviationKind.LEFT_OUT].total()

    @property
    def exact(self) -> int:
        """Return how many confirmed spans are in the file unchanged, to the character."""
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
        """Return the counts as sentences for the screen."""
        lines = [
            f"Wrote {self.path}: {pluralise(self.documents, 'article')}, {self.annotated:,} with confirmed spans.",
            f"Confirmed spans: {self.confirmed}. Written exactly: {self.exact}.",
        ]
        said = {
            DeviationKind.ADAPTED: "Written exactly, with adjusted tokens or sentences",
            DeviationKind.ALTERED: "Written with changed boundaries",
            DeviationKind.LEFT_OUT: "Not written",
        }
        for fate, sentence in said.items():
            if reasons := self.reasons[fate]:
                listed = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
                lines.append(f"{sentence}: {reasons.total()} ({listed}).")
        if self.notes:
            listed = ", ".join(f"{reason} {count}" for reason, count in sorted(self.notes_left_out.items()))
            lines.append(
                f"Notes and flags: {self.notes}. Not written: {self.notes_left_out.total()}"
                f"{f' ({listed})' if listed else ''}."
            )
        if self.unnamed:
            lines.append(f"Spans of several annotators, whose names {self.format} cannot store: {self.unnamed}.")
        if self.not_in_tagset:
            lines.append(not_in_tagset_line(self.not_in_tagset))
        if self.several:
            lines.append(
                f"Articles annotated by several annotators: {self.several}. Use --annotator to export one of them, or "
                "--resolve to combine them."
            )
        lines += self.selected.lines()
        if self.suggestions_left_out:
            lines.append(f"Suggestions not written, because they are in page debris: {self.suggestions_left_out}.")
        if self.pseudonyms:
            lines += self.pseudonyms.lines()
        if self.kept:
            lines.append(kept_line(self.kept))
        return [*lines, f"Verified. Differences are listed in {self.report_path}."]

    def to_json(self) -> dict[str, Any]:
        """Return the counts as they are in the report, and on the screen with --json."""
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
        """Return the selection, with annotators named as in the file."""
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
    """Return a sentence about the written spans whose label the tagset does not have."""
    listed = ", ".join(f"{label} {count:,}" for label, count in sorted(counts.items()))
    return (
        f"Spans with a label that was removed from the project: {counts.total():,} ({listed}). They were written with "
        "that label. Relabel them, or add the label again."
    )


def kept_line(kept: Iterable[Path]) -> str:
    """Return a sentence about files that were saved into the replaced folder during the export."""
    return f"Files saved into the folder during the export were kept: {', '.join(map(str, kept))}."


def kept_to_json(kept: Iterable[Path]) -> dict[str, list[str]]:
    """Return an entry with the same files, or nothing if there are none."""
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
