"""What a reader must be able to do, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.formats.base.record import Problem, Record


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
    inside: the reader for the files in a zip, by its name; empty if each is recognised.
    """

    sentences: int = 20
    inside: str = ""


@runtime_checkable
class Configurable(Protocol):
    """A reader to which ReadOptions make a difference."""

    def with_options(self, options: ReadOptions) -> Reader:
        """Return a reader that does as asked."""
