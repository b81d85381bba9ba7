"""What a writer must be able to do, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.document import Document
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.record import Entity, FileNote

CLITICS = ("word", "split")
SCHEMES = ("IOB2", "IOBES", "BILOU", "IO")
NESTED = ("outer", "inner", "columns")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What the user may ask of a writer.

    clitics: "word" labels the whole word, "split" makes the clitic a token of its own.
    include_debris: page debris is written too. scheme: the tags of CoNLL, one of SCHEMES. nested: which of the spans
    that share words stand in CoNLL, one of NESTED. docstart: -DOCSTART- begins a document of CoNLL, and no comment
    stands in the file. names: annotator id -> the name that stands in the file. labels: the tagset's, in its order, for
    formats that list them beforehand, so that the files of one corpus list the same. suggestions: among the annotations
    may be suggestions that nobody confirmed.
    """

    clitics: str = "word"
    include_debris: bool = False
    scheme: str = "IOB2"
    nested: str = "outer"
    docstart: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    suggestions: bool = False


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file holds of one document: its id, its entities in the order of the file, and the notes on it."""

    document: str
    entities: tuple[Entity, ...]
    notes: tuple[FileNote, ...] = ()


class Writer(Protocol):
    """A format that can be written.

    name is the entry point's; suffix is what its files end in (".conll"); holds_annotators says
    whether entities carry who made them and how, so that equal ones of two annotators both stand. A writer that marks
    suggestions as such, with their score, has holds_suggestions = True besides; no other is given any.
    """

    name: str
    suffix: str
    holds_annotators: bool

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write a new file, yielding after each document what must be said of its annotations.

        An annotation without a remark stands in the file exactly. The file is complete when the
        iterator ends. Never holds more than one document. Raises ExportError for what the format
        cannot take at all, and OSError.
        """

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Read the file by other code than wrote it, with the documents it was written from, in order.

        Raises ExportError if the file is not what the format asks, or does not fit the documents.
        """


@runtime_checkable
class FolderWriter(Protocol):
    """A writer that makes a folder; folder names what stands in it."""

    folder: tuple[str, ...]


@runtime_checkable
class NoteWriter(Protocol):
    """A writer whose files hold what is noted on spans; holds_document_notes says whether also on whole documents.

    If holds_annotators is False, the notes of several annotators on one entity are written as one (combine_notes()).
    """

    holds_document_notes: bool
