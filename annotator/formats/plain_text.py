"""Read plain text files: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.errors import InputError
from annotator.formats.base.encoding import read_text
from annotator.formats.base.record import MAX_TEXT, Problem, Record
from annotator.formats.suffixes import SUFFIXES

_RTF = "{\\rtf1"


class TextReader:
    """UTF-8 with or without a byte order mark, UTF-16, UTF-32, Windows-1256 and the older Arabic code pages."""

    name = "text"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the file's text, or a Problem if it cannot be read."""
        place = str(path)
        try:
            size = path.stat().st_size
            if size > MAX_TEXT:
                yield Problem(place, "larger than 50 MB. Split it into its articles.")
                return
            text = read_text(path)
            if text.startswith(_RTF):
                raise InputError("RTF, not plain text. Save it as plain text in UTF-8.")
            yield Record(text, {}, place, size)
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
