"""English counts with their nouns: 1 document, 2 documents, 1,000 documents."""

from __future__ import annotations


def pluralise(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun; many is the plural if it is not one + "s"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
