"""What a reader finds: an article with its fields, annotations and notes, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.model.span import Span
from annotator.errors import InputError, Message

MAX_TEXT = 50 * 1024 * 1024
"""The longest text that is imported, in bytes of UTF-8."""


class Entity(NamedTuple):
    """An annotation in a file; annotator and origin are "" if the format has no place for them.

    note and doubtful are its note and flag. score is 0 except for an undecided suggestion, whose origin says so. A
    corpus has very many of them, so they are plain tuples.
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
    """A note on a whole document in a file; annotator is "" if the format has no place for it."""

    text: str
    doubtful: bool = False
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One article in a file.

    text is unchanged. fields has everything else by its name in the file. place is for messages: "news.jsonl, line 12".
    offset is how many bytes of the file were read by then, for a progress bar; 0 if unknown. annotations have spans in
    code points of text. annotation_problems is one sentence, without the place, for each annotation that could not be
    read. notes are those on the document.
    """

    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    offset: int = 0
    annotations: tuple[Entity, ...] = ()
    annotation_problems: tuple[str, ...] = ()
    notes: tuple[FileNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or record that cannot be read: where it is, and one sentence that says what is wrong and what to do."""

    place: str
    message: str

    @classmethod
    def from_error(cls, path: Path, error: InputError | OSError | UnicodeDecodeError) -> Problem:
        """Return the problem of a file that cannot be read at all, in the words of its reader or of the system."""
        if isinstance(error, InputError):
            return cls(str(path), error.message)
        if isinstance(error, OSError):
            return cls(str(path), Message("cannot be read ({why}). Check your permissions.", why=error.strerror))
        return cls(str(path), "damaged characters after the last article that was read. Save it as UTF-8.")
