"""The interface of readers, and their options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.formats.base.record import Problem, Record


class Reader(Protocol):
    """A format that can be read: name is that of the entry point, suffixes have the dot, in lower case (".jsonl")."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the articles of a file one by one, and a Problem for each that cannot be read.

        Never raises for what is wrong with the file, and never holds more than one article.
        """


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of readers.

    sentences: how many make a document, if a file of sentences does not say where documents begin; 0 for all. inside:
    the name of the reader for the files in a zip; "" to detect each.
    """

    sentences: int = 20
    inside: str = ""


@runtime_checkable
class Configurable(Protocol):
    """A reader that ReadOptions make a difference to."""

    def with_options(self, options: ReadOptions) -> Reader:
        """Return a reader with these options."""
