"""CoNLL: one token and its tag per line with a tab between, an empty line after each sentence; UTF-8, line feeds.

Tags are IOB2, IOBES, BILOU or IO. A line has one tag or, for nested spans in columns, one for each level of the corpus,
outer ones first. A document begins with a comment, "# newdoc id = <id>", as in CoNLL-U, which readers that know
comments skip. A token has no space, so no line of a token begins with "# ". -DOCSTART- replaces the comment if asked
for. It has no place for an id, and readers that do not know it take it for a word.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import OUTSIDE, Scheme, encode
from annotator.domain.model.document import Document
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.conll.read_back import DOCSTART, DOCUMENT, read_back
from annotator.formats.tokens.flatten import Block, flatten


class ConllWriter:
    """Writes the tags that the options ask for, and reads them back."""

    name = "conll"
    suffix = ".conll"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document.

        Raises ExportError for a label with a space in it, and for IO in columns.
        """
        if options.nested != "columns":
            with path.open("w", encoding="utf-8", newline="\n") as file:
                yield from _write(documents, file, options, 0)
            return
        if options.scheme == Scheme.IO:
            raise ExportError("IO cannot separate nested spans of one label. Choose another scheme for columns.")
        with TemporaryFile("w+", encoding="utf-8", newline="\n") as spool:
            deepest = yield from _write(documents, spool, options, 1)
            spool.seek(0)
            with path.open("w", encoding="utf-8", newline="\n") as file:
                for line in spool:
                    lacking = deepest - line.count("\t") if "\t" in line else 0
                    file.write(line.removesuffix("\n") + f"\t{OUTSIDE}" * lacking + "\n")

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Yield what the file holds of each document. Raises ExportError if it does not match the texts."""
        return read_back(path, documents, options)


def _write(
    documents: Iterable[AnnotatedDocument], file: IO[str], options: WriteOptions, deepest: int
) -> Generator[tuple[Deviation, ...], None, int]:
    """Write the documents with as many columns as each sentence needs; return the largest number of columns."""
    for annotated in documents:
        for annotation in annotated.annotations:
            check_label(annotation.label)
        head = f"{DOCSTART}\t{OUTSIDE}\n\n" if options.docstart else f"{DOCUMENT}{annotated.document.id}\n"
        blocks, deviations = flatten(annotated, options)
        deepest = max([deepest, *(len(block.levels) for block in blocks)])
        file.write(head + _lines(blocks, Scheme(options.scheme)))
        yield tuple(deviations)
    return deepest


def _lines(blocks: Iterable[Block], scheme: Scheme) -> str:
    """Return the lines of a document with an empty line after each sentence, or one empty line if it has none."""
    return "".join(f"{_sentence(block, scheme)}\n" for block in blocks) or "\n"


def _sentence(block: Block, scheme: Scheme) -> str:
    words = [token.text for token in block.tokens]
    if not any(block.levels):
        empty = f"\t{OUTSIDE}" * len(block.levels) + "\n"
        return empty.join([*words, ""])
    columns = [encode(len(words), level, scheme) for level in block.levels]
    return "\n".join([*map("\t".join, zip(words, *columns, strict=True)), ""])


@lru_cache(maxsize=1024)
def check_label(label: str) -> None:
    """Raise ExportError for a label with a space, which would break the columns."""
    if not label or any(character.isspace() for character in label):
        raise ExportError(
            "This format cannot hold the label {label!r}: it is empty or has a space. Change its id in the "
            "tagset, or export as json.",
            label=label,
        )
