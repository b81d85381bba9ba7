"""Prepare an export: the one path by which the export, the dry run and each file of a dataset folder get documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.document import Document
from annotator.formats.base.record import Entity
from annotator.formats.base.writer import WriteOptions, Writer
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.request import ExportRequest
from annotator.services.exporting.selection import Selector
from annotator.services.exporting.verify import ExportVerifier, SourceDocument
from annotator.storage.project import Project

if TYPE_CHECKING:
    from annotator.services.exporting.pseudonyms import Pseudonymiser

OnWritten = Callable[[Document, Sequence[Entity]], None]


@dataclass(frozen=True, slots=True)
class PreparedExport:
    """A request that the project and the format can fulfil: what is selected, and how it is written."""

    project: Project
    request: ExportRequest
    writer: Writer
    options: WriteOptions
    selector: Selector

    def new_report(self, out: Path, report_path: Path) -> ExportReport:
        """Return the report of a file to which nothing was written yet."""
        return ExportReport(
            out,
            report_path,
            self.request.format,
            self.options,
            self.request.selection,
            self.selector.chosen,
            self.writer.holds_annotators,
        )

    def pseudonymiser(self, progress: Callable[[int], None] = lambda _number: None) -> Pseudonymiser | None:
        """Collect the names to replace, None if the request replaces none.

        progress is called with the number of documents read. Raises ExportError as Pseudonymiser does.
        """
        if self.request.pseudonyms is None:
            return None
        # Imported here, since most exports do not need the modules that find names.
        from annotator.services.exporting.pseudonyms import Pseudonymiser

        return Pseudonymiser(self.project, self.request.pseudonyms, self.request.selection, progress)

    def write(
        self,
        part: Path,
        spool: IO[bytes],
        report: ExportReport,
        *,
        pseudonymiser: Pseudonymiser | None = None,
        on_selected: Callable[[int], None] = lambda _number: None,
        on_written: OnWritten = lambda _document, _entities: None,
    ) -> ExportVerifier:
        """Write the selected documents to a new file at part, count them in report, and return the file's verifier.

        on_selected is called with the number of documents of the project looked at, on_written with each document and
        the entities that the file holds of it.
        """
        verifier = ExportVerifier(self.writer, self.options, spool, pseudonymised=pseudonymiser is not None)
        documents = self._sources(self.selector.documents(report.selected, on_selected), report, pseudonymiser)
        for written in verifier.write(documents, part):
            report.add(written)
            on_written(written.annotated.document, written.entities)
        return verifier

    @staticmethod
    def _sources(
        documents: Iterable[AnnotatedDocument], report: ExportReport, pseudonymiser: Pseudonymiser | None
    ) -> Iterator[SourceDocument]:
        if pseudonymiser is None:
            return map(SourceDocument, documents)
        report.pseudonyms = pseudonymiser.new_counts()
        return pseudonymiser.rename_documents(documents, report.pseudonyms)


def prepare_export(project: Project, request: ExportRequest) -> PreparedExport:
    """Return a request with the writer and the documents it needs.

    Raises ExportError if the format does not exist or cannot do what the options ask, and UserError if an annotator of
    the selection is not in the project.
    """
    writer = request.find_writer()
    selector = Selector(project, request.selection)
    options = replace(
        request.options,
        names=selector.names | dict(request.options.names),
        labels=tuple(label.id for label in project.tagset.labels),
        suggestions=request.selection.include_suggestions,
    )
    return PreparedExport(project, request, writer, options, selector)
