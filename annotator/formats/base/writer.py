"""The interface of writers, and their options."""

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
    """Options of writers.

    clitics: "word" labels the whole word, "split" makes the clitic a token of its own. include_debris: write page
    debris too. scheme: the tags of CoNLL, one of SCHEMES. nested: which of the spans that share words CoNLL gets, one
    of NESTED. docstart: -DOCSTART- begins a document of CoNLL, and there are no comments. names: the names of
    annotators in the file, by id. labels: those of the tagset in its order, for formats that list them in advance, so
    that all files of a corpus list the same. suggestions: the annotations may include undecided suggestions.
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

    name is that of the entry point, suffix the extension of its files (".conll"). holds_annotators is True if entities
    say who made them, and how, so that equal ones of two annotators are both written. A writer that marks suggestions,
    with their score, also has holds_suggestions = True; no other writer is given any.
    """

    name: str
    suffix: str
    holds_annotators: bool

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write a new file; yield the deviations of each document.

        An annotation without a deviation is in the file exactly. The file is complete when the iterator ends. Never
        holds more than one document. Raises ExportError for what the format cannot hold, and OSError.
        """

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Read the file with code that did not write it, given the documents in order.

        Raises ExportError if the file is not valid in its format, or does not match the documents.
        """


@runtime_checkable
class FolderWriter(Protocol):
    """A writer that makes a folder; folder lists the files in it."""

    folder: tuple[str, ...]


@runtime_checkable
class NoteWriter(Protocol):
    """A writer that writes the notes on spans; holds_document_notes says if it writes those on documents too.

    If holds_annotators is False, the notes of several annotators on one entity are joined (combine_notes()).
    """

    holds_document_notes: bool
