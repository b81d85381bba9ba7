"""The file formats that can be read and written, and what a reader and a writer must be able to do.

Readers are entry points of the group "annotator.readers", writers of "annotator.writers"; each
names a class (or function) that makes one without arguments. The built-in ones are declared the
same way in pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from annotator.domain.annotation import Annotation
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.errors import ExportError, InputError, Sentence
from annotator.formats.plugins import Plugins, load_plugins
from annotator.formats.recognise import recognise

READERS = "annotator.readers"
WRITERS = "annotator.writers"
_ZIP = ".zip"
MAX_TEXT = 50 * 1024 * 1024
"""The longest text that is taken, in bytes of UTF-8."""


class Entity(NamedTuple):
    """An annotation as a file holds it; annotator and origin are empty where the format has no place for them.

    note and doubtful are what is noted on it. score is 0 but for a suggestion that nobody confirmed, whose origin says
    so. A corpus has very many of them, so they are plain tuples.
    """

    span: Span
    label: str
    annotator: str = ""
    origin: str = ""
    note: str = ""
    doubtful: bool = False
    score: float = 0.0


@dataclass(frozen=True, slots=True, order=True)
class FileNote:
    """A note on a whole document as a file holds it; annotator is empty where the format has no place for it."""

    text: str
    doubtful: bool = False
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a reader found it: text is untouched, fields is all else by its name in the file.

    place says where it stood, fit for a message: "news.jsonl, line 12". offset is how many bytes of
    the file were read by then, for a progress bar; 0 where the reader does not know. annotations are those of the
    file, with spans in code points of text as it is here; misfits says in a sentence each, without its place, which
    could not be read, and matters only to who wants annotations. notes are those on the document.
    """

    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    offset: int = 0
    annotations: tuple[Entity, ...] = ()
    misfits: tuple[str, ...] = ()
    notes: tuple[FileNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or record that cannot be taken: where it is, and one sentence saying what is wrong and what to do."""

    place: str
    message: str


class Reader(Protocol):
    """A format that can be read. name is the entry point's; suffixes are lower-case with the dot (".jsonl")."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the articles of a file one after the other, and a Problem for each that cannot be taken.

        Never raises for what is wrong with the file, and never holds more than one article.
        """


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user may ask of readers.

    sentences: how many make a document where a file of sentences does not say where its documents begin; 0 for all.
    inside: the reader for the files in a zip, by its name; empty where each is recognised.
    """

    sentences: int = 20
    inside: str = ""


@runtime_checkable
class Adjustable(Protocol):
    """A reader to which ReadOptions make a difference."""

    def adjusted(self, options: ReadOptions) -> Reader:
        """Return a reader that does as asked."""


class Fate(StrEnum):
    """What became of an annotation that a writer remarks on."""

    ADAPTED = "adapted"  # written exactly, but the tokens or sentences around it had to give way
    ALTERED = "altered"  # written with other borders than were confirmed
    LEFT_OUT = "left-out"  # not in the file


class Reason(StrEnum):
    """Why an annotation was not simply written as it is."""

    CLITIC = "clitic"  # an edge lies between a word and the clitic written onto it
    INSIDE_WORD = "inside-word"  # an edge lies inside a word, and not at a clitic
    SENTENCE_BORDER = "sentence-border"  # the span goes on over the end of a sentence
    OVERLAP = "overlap"  # another annotation of the same annotator has the same words
    OTHER_ANNOTATOR = "other-annotator"  # an annotation of another annotator has the same words
    NEIGHBOUR = "neighbour"  # the scheme cannot tell it from its neighbour of the same label
    SAME_SPAN = "same-span"  # an equal annotation stands for this one too
    DEBRIS = "debris"  # the span lies in page debris, which was not asked for
    EDGE_SPACE = "edge-space"  # the span begins or ends with a space, which no token holds
    ONLY_SPACE = "only-space"  # the span covers nothing but spaces


@dataclass(frozen=True, slots=True)
class Remark:
    """What a report must say of one annotation; written is the span that stands in the file, or None.

    because is the annotation that took its place, where there is one.
    """

    annotation: Annotation
    fate: Fate
    reason: Reason
    written: Span | None = None
    because: Annotation | None = None


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
    ) -> Iterator[tuple[Remark, ...]]:
        """Write a new file, yielding after each document what must be said of its annotations.

        An annotation without a remark stands in the file exactly. The file is complete when the
        iterator ends. Never holds more than one document. Raises ExportError for what the format
        cannot take at all, and OSError.
        """

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Read the file by other code than wrote it, with the documents it was written from, in order.

        Raises ExportError where the file is not what the format asks, or does not fit the documents.
        """


@runtime_checkable
class FolderWriter(Protocol):
    """A writer that makes a folder; folder names what stands in it."""

    folder: tuple[str, ...]


@runtime_checkable
class NoteWriter(Protocol):
    """A writer whose files hold what is noted on spans; holds_document_notes says whether also on whole documents.

    Where holds_annotators is False, the notes of several annotators on one entity stand as one (domain/notes.in_one).
    """

    holds_document_notes: bool


@cache
def _made(group: str) -> Plugins:
    """Make each reader or writer once; one that cannot be made joins the broken ones."""
    loaded = load_plugins(group)
    found: dict[str, Any] = {}
    broken = list(loaded.broken)
    for name, make in loaded.found.items():
        try:
            found[name] = make()
        except Exception as error:  # foreign code: whatever it raises is one message
            broken.append(
                Sentence(
                    "The plug-in {name} ({group}) cannot be started ({why}); reinstall or remove it.",
                    name=name,
                    group=group,
                    why=error,
                )
            )
    return Plugins(found, tuple(broken))


def readers() -> dict[str, Reader]:
    """Return the readers by name."""
    return dict(_made(READERS).found)


def writers() -> dict[str, Writer]:
    """Return the writers by name."""
    return dict(_made(WRITERS).found)


def broken_formats() -> tuple[str, ...]:
    """Return one sentence for each plug-in that cannot be used."""
    return _made(READERS).broken + _made(WRITERS).broken


def find_reader(name: str) -> Reader:
    """Return the reader with this name; raises InputError that lists what exists."""
    found = readers()
    if name not in found:
        raise InputError("There is no reader called {name}; choose one of: {known}.", name=name, known=", ".join(found))
    return found[name]


def find_writer(name: str) -> Writer:
    """Return the writer with this name; raises ExportError that lists what exists."""
    found = writers()
    if name not in found:
        raise ExportError(
            "There is no export format called {name}; choose one of: {known}.", name=name, known=", ".join(found)
        )
    return found[name]


def reader_for(path: Path, name: str | None = None, options: ReadOptions | None = None) -> Reader:
    """Return the reader for a file, adjusted to the options: by its name, or else as the file is recognised.

    A file is what its content is beyond doubt (formats/recognise.py), or else what the end of its name says; a plug-in
    is asked for all files whose names end as it says. A reader that is named for a zip reads the files in it. Raises
    InputError that lists what can be read.
    """
    by_suffix = {suffix: reader for reader in readers().values() for suffix in reader.suffixes}
    reader = find_reader(name) if name else by_suffix.get(path.suffix.lower())
    if name and reader and _ZIP not in reader.suffixes and recognise(path) == ("zip",):
        reader, options = by_suffix[_ZIP], replace(options or ReadOptions(), inside=name)
    if not name and (reader is None or _is_own(reader)):
        likely = [readers()[each] for each in recognise(path) if each in readers()]
        reader = reader if reader in likely or not likely else likely[0]
    if reader is None:
        suffix, known = path.suffix or Sentence("nothing"), ", ".join(sorted(by_suffix))
        said = Sentence(
            "files that end in {suffix} cannot be read; give one that ends in {known}.", suffix=suffix, known=known
        )
        raise InputError(_OF_A_FILE, path=path, problem=said)
    return reader.adjusted(options) if options and isinstance(reader, Adjustable) else reader


def _is_own(reader: Reader) -> bool:
    """Tell whether a reader is the program's own, and none of a plug-in."""
    return type(reader).__module__.partition(".")[0] == "annotator"


_OF_A_FILE = Sentence("{path}: {problem}")


def without_path(error: InputError) -> str:
    """Return what reader_for() said of a file without the path before it, or any other message as it is."""
    said = error.sentence
    problem = said.fields.get("problem")
    return problem if isinstance(problem, Sentence) else said
