"""Zips with reproducible bytes, and the base class of writers of one XML file per document."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.read_back import read_back
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.zip.reader import ZipReader

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def add_member(archive: ZipFile, name: str, content: str | bytes) -> None:
    """Add a member with a fixed date, so that equal content gives equal bytes. Text is written as UTF-8."""
    member = ZipInfo(name, _LONG_AGO)
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, content)


class XmlZipWriter(ABC):
    """Writes a zip with one XML file per document, which holds everything about its annotations."""

    suffix = ".zip"
    holds_annotators = True
    holds_document_notes = True
    holds_suggestions = True

    @abstractmethod
    def to_xml(self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions) -> str:
        """Return the file of a document with these of its annotations.

        Raises ExportError for a character that XML cannot hold.
        """

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document: spans in debris, if debris is left out.

        Raises what to_xml() raises.
        """
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                kept, deviations = exclude_debris(annotated, options)
                add_member(archive, f"{annotated.document.id}.xml", self.to_xml(annotated, kept, options))
                yield tuple(deviations)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document. Raises ExportError if it does not match."""
        return read_back(ZipReader(), path, documents, annotators=True)
