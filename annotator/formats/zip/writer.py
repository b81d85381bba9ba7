"""What writers of zips have in common: members that do not depend on the day, and a file of XML for each document."""

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
    """Add a member whose bytes do not depend on the day; text is written as UTF-8."""
    member = ZipInfo(name, _LONG_AGO)
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, content)


class XmlZipWriter(ABC):
    """Writes a zip with a file of XML for each document, which holds all that is known of its annotations."""

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
        """Write the file, yielding the remarks on each document: spans in debris, where it is left out.

        Raises as to_xml() does.
        """
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                kept, deviations = exclude_debris(annotated, options)
                add_member(archive, f"{annotated.document.id}.xml", self.to_xml(annotated, kept, options))
                yield tuple(deviations)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document; raises ExportError if it does not fit."""
        return read_back(ZipReader(), path, documents, annotators=True)
