"""The sides of a corpus: each is one export, counted as it is written and told of as part of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.model.document import Document
from annotator.errors import ExportError, Message
from annotator.formats.base.record import Entity
from annotator.services.corpus.report import CorpusReport
from annotator.services.exporting.export import export_project
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.selection import Selection
from annotator.storage.project import Project
from annotator.text.token_counts import content_tokens, count_touched

Progress = Callable[[int, int], None]
REPORTS = "reports"
_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides that are to be written: sides has the ids of each one's documents, files each one's path in the folder.

    The folder is made at part and is called out when it is whole.
    """

    part: Path
    out: Path
    format: str
    sides: Mapping[Side, Sequence[str]]
    files: Mapping[Side, str]


def write_sides(
    project: Project,
    wanted: Sides,
    report: CorpusReport,
    *,
    selection: Selection,
    progress: Progress,
    **options: Any,
) -> dict[Side, list[str]]:
    """Write each side as export_project() does with these options; return the ids of the documents in its file.

    report is given the reports and figures.
    """
    for path in (REPORTS, *wanted.files.values()):
        (wanted.part / path).parent.mkdir(parents=True, exist_ok=True)
    (wanted.part / REPORTS).mkdir(exist_ok=True)
    written: dict[Side, list[str]] = {}
    for number, (side, ids) in enumerate(wanted.sides.items()):
        figures = report.figures[side] = CorpusStatistics()
        listed = written[side] = []
        report.reports[side] = _export(
            project,
            wanted,
            side,
            selection=replace(selection, document_ids=frozenset(ids)),
            written=_counting(figures, listed, bool(options.get("include_debris"))),
            progress=partial_progress(progress, number, len(wanted.sides)),
            **options,
        )
    return written


def _export(project: Project, wanted: Sides, side: Side, **options: Any) -> ExportReport:
    """Export one side; what goes wrong is told of the folder, and not of the place where it is written aside."""
    part, out = wanted.part, wanted.out
    path, report_path = part / wanted.files[side], part / REPORTS / f"{side}.json"
    try:
        report = export_project(project, path, wanted.format, report_path=report_path, **options)
    except ExportError as error:
        raise ExportError(_told_of(error.message, str(part), str(out))) from error
    report.path, report.report_path = out / path.relative_to(part), out / report_path.relative_to(part)
    return report


def _told_of(said: Message, part: str, out: str) -> Message:
    """Return a sentence with another place in it wherever it names one."""
    fields: dict[str, object] = {}
    for name, value in said.fields.items():
        if isinstance(value, Message):
            fields[name] = _told_of(value, part, out)
        else:
            fields[name] = value.replace(part, out) if isinstance(value, str) else value
    return Message(said.template, **fields)


def _counting(
    figures: CorpusStatistics, listed: list[str], include_debris: bool
) -> Callable[[Document, Sequence[Entity]], None]:
    """Return what lists and counts each document that is written; an entity that several gave counts once."""

    def count(document: Document, entities: Sequence[Entity]) -> None:
        """Count one document."""
        listed.append(document.id)
        tokens = content_tokens(document, include_debris)
        spans = sorted({(entity.span, entity.label) for entity in entities})
        figures.add(document, len(tokens), ((label, count_touched(tokens, span)) for span, label in spans))

    return count


def partial_progress(progress: Progress, number: int, parts: int) -> Progress:
    """Return what tells the progress of one of some parts as progress of the whole."""

    def tell(done: int, total: int) -> None:
        """Tell it in steps of our own."""
        progress(number * _STEPS + min(_STEPS, done * _STEPS // max(1, total)), parts * _STEPS)

    return tell
