"""Tables for the terminal, with Arabic in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from annotator.cli.output import printable

_ISOLATE, _RELEASE = "\u2068", "\u2069"


def render_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, with each column as wide as its widest cell on the screen.

    A cell with right-to-left letters is wrapped in FSI and PDI. Otherwise a terminal with bidi support would move its
    neighbours.
    """
    table = [list(head), *([_isolated(cell) for cell in row] for row in rows)]
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    return ["  ".join(map(_padded, row, widths)).rstrip(" ") for row in table]


def display_width(text: str) -> int:
    """Return the width of a text in terminal columns: 0 for marks and controls, 2 for East Asian wide letters."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _isolated(cell: str) -> str:
    """Return a cell as one line, in a bidi isolate if it has right-to-left letters."""
    line = printable(" ".join(cell.split()))
    strong = any(unicodedata.bidirectional(character) in ("R", "AL") for character in line)
    return f"{_ISOLATE}{line}{_RELEASE}" if strong else line


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - display_width(cell))
