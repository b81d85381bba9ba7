"""Export: what was confirmed in a project leaves as one file, is read back and compared before it takes its name.

Every annotator's annotations leave unless one annotator is asked for. In a format that cannot say
whose a span is, equal spans of several annotators are written once, the longest of those that
share words stands, and the report names the others.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from annotator.domain.annotation import Annotation
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import (
    CLITICS,
    NESTED,
    SCHEMES,
    Entity,
    Fate,
    FolderWriter,
    ReadBack,
    Remark,
    WriteOptions,
    Writer,
    find_writer,
)
from annotator.storage.project import Project
from annotator.work.export_report import REPORT_NAME, ExportReport, remark_to_json, write_report
from annotator.work.pseudonyms import Pseudonyms
from annotator.work.safe_file import digest, replacing, replacing_folder
from annotator.work.selecting import EVERYTHING, Selection

Progress = Callable[[int, int], None]
Written = Callable[[Document, Sequence[Entity]], None]
_PLEASE = "this is a fault of the program, please report it"
_SQLITE = b"SQLite format 3\0"


def export_project(
    project: Project,
    out: Path,
    format: str,
    *,
    clitics: str = "word",
    include_debris: bool = False,
    scheme: str = "IOB2",
    nested: str = "outer",
    docstart: bool = False,
    strict: bool = False,
    selection: Selection = EVERYTHING,
    pseudonyms: Pseudonyms | None = None,
    names: Mapping[str, str] | None = None,
    written: Written | None = None,
    report_path: Path | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Write the confirmed annotations of a project to a file, in a format by its name.

    clitics, include_debris, scheme, nested and docstart are those of WriteOptions. strict refuses an export in which
    a span would not stand exactly. selection says whose labels and which documents leave, pseudonyms which names are
    replaced by stand-ins. names are what annotators are called in the file, by id, where these are not their own
    names. written is told of each document as it is written, with the entities that then stand in the file. The report
    goes to report_path, by default export-report.json beside the file. progress is told (steps done, steps in all); an
    exception that it raises stops the export. Raises ExportError where the file cannot be written or does not read back
    as the project has it; whatever goes wrong, a file that was there before stays as it was.
    """
    writer = find_writer(format)
    _refuse_unknown("clitic policy", clitics, CLITICS)
    _refuse_unknown("scheme of tags", scheme, SCHEMES)
    _refuse_unknown("way with nested spans", nested, NESTED)
    if pseudonyms:
        raise ExportError("Names cannot be replaced yet.")
    chosen = _find_annotator(project, selection.annotators[0]) if selection.annotators else None
    labels = tuple(label.id for label in project.tagset.labels)
    options = WriteOptions(clitics, include_debris, scheme, nested, docstart, dict(names or _names(project)), labels)
    report_path = report_path or out.with_name(REPORT_NAME)
    report = ExportReport(out, report_path, format, options, options.names[chosen] if chosen else "")
    tell = progress or _tell_nobody
    total = 2 * project.documents.count()
    _refuse_dangerous(project.path, out, report_path)
    try:
        with (
            replacing(report_path) as report_part,
            replacing_folder(out, writer.folder) if isinstance(writer, FolderWriter) else replacing(out) as part,
            TemporaryFile("w+", encoding="utf-8") as spool,
        ):
            _write(
                writer,
                _annotated(project, chosen, selection.documents),
                part,
                options,
                report,
                spool,
                lambda n: tell(n, total),
                written,
            )
            if strict and report.altered + report.left_out:
                raise ExportError(_refusal(report))
            half = report.documents
            for checked in _compare(writer, project, part, options, report, spool):
                tell(half + checked, total)
            report.sha256 = digest(part)
            spool.seek(0)
            write_report(report, (remark for line in spool for remark in json.loads(line)["remarks"]), report_part)
    except OSError as error:
        raise ExportError(f"{out} cannot be written: {error.strerror or error}; nothing was replaced.") from error
    except ExportError as error:
        raise ExportError(f"{out} was not written, and nothing was replaced. {error}") from error
    return report


def _tell_nobody(done: int, total: int) -> None:
    """Take the progress where nobody asked for it."""


def _refuse_unknown(what: str, chosen: str, known: Sequence[str]) -> None:
    """Raise ExportError that lists what is known, where what was chosen is not among it."""
    if chosen not in known:
        raise ExportError(f"There is no {what} called {chosen}; choose one of: {', '.join(known)}.")


def _refusal(report: ExportReport) -> str:
    """Say in a sentence what a strict export will not do."""
    lost = report.reasons[Fate.ALTERED] + report.reasons[Fate.LEFT_OUT]
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(lost.items()))
    return (
        f"{lost.total()} of {report.confirmed} confirmed spans cannot stand in {report.format} exactly ({told}); "
        "export without --strict to see them in the report, or as json."
    )


def _refuse_dangerous(project: Path, *paths: Path) -> None:
    """Raise ExportError where an export would write over a project, or over its own report.

    The open project's own file is told by its place alone: reading it here would give up SQLite's locks on it.
    """
    if len({path.absolute() for path in paths}) < len(paths):
        raise ExportError(f"{paths[0]} is where the report of the export goes; name another file.")
    for path in paths:
        if path.is_file() and (path.samefile(project) or _is_database(path)):
            raise ExportError(f"{path} is a project or another database; name another file to export to.")


def _is_database(path: Path) -> bool:
    """Tell whether a file is one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _find_annotator(project: Project, wanted: str) -> str:
    """Return the id of an annotator given by name or id; raises ExportError that lists who there is."""
    people = project.annotators.all()
    found = [person.id for person in people if wanted in (person.id, person.name)]
    if len(found) == 1:
        return found[0]
    everyone = ", ".join(f"{person.name} ({person.id})" for person in people) or "nobody yet"
    if found:
        raise ExportError(f"Several annotators are called {wanted}; give the id of one of: {everyone}.")
    raise ExportError(f"No annotator of this project is called {wanted}; there are: {everyone}.")


def _names(project: Project) -> dict[str, str]:
    """Return the name of each annotator by id, with the id behind it where two bear the same name."""
    people = project.annotators.all()
    names = [person.name for person in people]
    return {p.id: p.name if names.count(p.name) == 1 else f"{p.name} ({p.id})" for p in people}


def _annotated(
    project: Project, annotator: str | None, documents: Container[str] | None
) -> Iterator[AnnotatedDocument]:
    """Yield the documents in import order with their confirmed annotations."""
    for document in project.documents.iter():
        if documents is not None and document.id not in documents:
            continue
        annotations = project.log.annotations(document.id, annotator)
        yield AnnotatedDocument(document, tuple(sorted(annotations, key=_order)))


def _order(annotation: Annotation) -> tuple[int, int, str]:
    """Order annotations by start, then longest first, then id."""
    return annotation.span.start, -annotation.span.end, annotation.id


def _write(
    writer: Writer,
    documents: Iterable[AnnotatedDocument],
    part: Path,
    options: WriteOptions,
    report: ExportReport,
    spool: IO[str],
    tell: Callable[[int], None],
    written: Written | None,
) -> None:
    """Write the file, and to the spool a line for each document: what must be in the file, and the remarks.

    The spool is what lets the comparison be made, and the report be written, without holding the corpus.
    """
    waiting: deque[AnnotatedDocument] = deque()

    def watched() -> Iterator[AnnotatedDocument]:
        """Yield the documents, keeping each until its remarks come."""
        for annotated in documents:
            waiting.append(annotated)
            yield annotated

    for found in writer.write(watched(), part, options):
        annotated = waiting.popleft()
        remarks = sorted(found, key=lambda remark: _order(remark.annotation))
        report.count(annotated.annotations, remarks)
        expected = _expected(annotated.annotations, remarks, writer, options)
        if written:
            written(annotated.document, expected)
        line = {
            "document": annotated.document.id,
            "expected": [_entity_to_json(entity) for entity in expected],
            "remarks": [remark_to_json(remark, annotated.document, options) for remark in remarks],
        }
        spool.write(json.dumps(line) + "\n")
        tell(report.documents)


def _expected(
    annotations: Sequence[Annotation], remarks: Iterable[Remark], writer: Writer, options: WriteOptions
) -> list[Entity]:
    """Return what must be in the file: all that was confirmed, but for what the remarks say is altered or left out.

    Raises ExportError where a remark is not about one of the annotations, or moves one to another place.
    """
    confirmed = {annotation.id: annotation for annotation in annotations}
    lost: dict[str, Span | None] = {}
    for remark in remarks:
        own = confirmed.get(remark.annotation.id) == remark.annotation
        if not own or (remark.written and not remark.written.overlaps(remark.annotation.span)):
            raise ExportError(f"The writer reports a span that was not confirmed: {remark.annotation}; {_PLEASE}.")
        if remark.fate is not Fate.ADAPTED:
            lost[remark.annotation.id] = remark.written
    entities = []
    for annotation in annotations:
        span = lost.get(annotation.id, annotation.span)
        if span is None:
            continue
        name = options.names.get(annotation.annotator, annotation.annotator)
        who = (name, str(annotation.origin)) if writer.holds_annotators else ("", "")
        entities.append(Entity(span, annotation.label, *who))
    return sorted(entities if writer.holds_annotators else set(entities))


def _entity_to_json(entity: Entity) -> list[Any]:
    """Return the entity as the spool holds it."""
    return [entity.span.start, entity.span.end, entity.label, entity.annotator, entity.origin]


def _compare(
    writer: Writer, project: Project, part: Path, options: WriteOptions, report: ExportReport, spool: IO[str]
) -> Iterator[int]:
    """Read the file back and compare it with what must be in it, yielding how many documents were found equal.

    Raises ExportError at the first that is not.
    """
    spool.seek(0)
    waiting: deque[list[list[Any]]] = deque()

    def documents() -> Iterator[Document]:
        """Yield the documents that were written, keeping what must be in each."""
        for line in spool:
            written = json.loads(line)
            waiting.append(written["expected"])
            yield project.documents.get(written["document"])

    for number, found in enumerate(writer.read_back(part, documents(), options), 1):
        _compare_one(found, waiting.popleft(), report)
        yield number


def _compare_one(found: ReadBack, expected: list[list[Any]], report: ExportReport) -> None:
    """Count the entities of one document; raises ExportError where they are not what must be there."""
    entities = [_entity_to_json(entity) for entity in sorted(found.entities)]
    if entities != expected:
        missing = [entity for entity in expected if entity not in entities]
        excess = [entity for entity in entities if entity not in expected]
        raise ExportError(
            f"The document {found.document} reads back with {missing or 'nothing'} missing and "
            f"{excess or 'nothing'} in excess; {_PLEASE}."
        )
    report.entities += len(entities)
