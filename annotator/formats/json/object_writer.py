r"""The base class of JSON writers: one object per document, on one line.

U+0085, U+2028 and U+2029 are written as \u escapes, because some programs take them for line ends.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.formats.base.annotation_filter import exclude_debris, exclude_duplicates
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.writer import WriteOptions

_LINE_ENDS = ("\u0085", "\u2028", "\u2029")


class ObjectWriter(ABC):
    """Writes a file of objects one by one; opening, between and closing make it lines or one array."""

    holds_annotators = True
    holds_document_notes = True
    opening, between, closing = "", "\n", ""

    @abstractmethod
    def to_object(
        self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions
    ) -> dict[str, Any]:
        """Return the object of a document with these of its annotations, and its notes."""

    def to_line(self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions) -> str:
        """Return the object as JSON without a line end.

        A writer may override it with a faster way to the same characters.
        """
        return json.dumps(self.to_object(annotated, annotations, options), ensure_ascii=False)

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document: spans in debris, if it is left out, and duplicates."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(self.opening)
            empty = True
            for annotated in documents:
                kept, deviations = exclude_debris(annotated, options)
                if not self.holds_annotators:
                    kept, doubles = exclude_duplicates(kept)
                    deviations += doubles
                line = _guarded(self.to_line(annotated, kept, options))
                file.write(line if empty else self.between + line)
                empty = False
                yield tuple(deviations)
            file.write(self.closing if empty else "\n" + self.closing)


def _guarded(line: str) -> str:
    """Return the line with characters escaped that some programs take for a line end. Few lines have one."""
    for character in _LINE_ENDS:
        if character in line:
            line = line.replace(character, f"\\u{ord(character):04x}")
    return line
