"""CoNLL: one token a line with its IOB2 tag behind a tab, one sentence a block, UTF-8, line feeds.

A document begins with a comment line, "# newdoc id = <id>", as in CoNLL-U, which readers that know
comments skip. A token never holds a space, so no line of a token begins with "# ". -DOCSTART- is
not written: it has no place for an id, and readers that do not know it take it for a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.domain.iob import encode_iob2
from annotator.errors import ExportError
from annotator.formats.check_conll import read_back
from annotator.formats.flat import Block, flatten
from annotator.formats.registry import ReadBack, Remark, WriteOptions


class ConllWriter:
    """Writes the flat reading of each document, and reads it back."""

    name = "conll"
    suffix = ".conll"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Remark, ...]]:
        """Write the file, yielding the remarks on each document; raises ExportError for a label with a space in it."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for annotated in documents:
                for annotation in annotated.annotations:
                    _check_label(annotation.label)
                blocks, remarks = flatten(annotated, options)
                file.write(f"# newdoc id = {annotated.document.id}\n")
                file.write("\n".join(map(_sentence, blocks)) or "\n")
                file.write("\n" if blocks else "")
                yield tuple(remarks)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Yield what the file holds of each document; raises ExportError where it does not fit the texts."""
        return read_back(path, documents, include_debris=options.include_debris)


def _sentence(block: Block) -> str:
    """Return the lines of one sentence, each with its line end."""
    tags = encode_iob2(len(block.tokens), block.entities)
    return "".join(f"{token.text}\t{tag}\n" for token, tag in zip(block.tokens, tags, strict=True))


def _check_label(label: str) -> None:
    """Refuse a label that would tear the columns apart."""
    if not label or any(character.isspace() for character in label):
        raise ExportError(
            f"The label {label!r} has a space in it or is empty, which CoNLL cannot hold; "
            "change its id in the tagset, or export as json."
        )
