"""An IOB2 decoder for tests, independent of the program's own."""

from __future__ import annotations

from collections.abc import Sequence


def entities(tags: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return (label, first word, last word) of each entity; raises AssertionError if the tags are not IOB2."""
    found: list[tuple[str, int, int]] = []
    for word, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "B":
            found.append((label, word, word))
        elif prefix == "I":
            assert found and found[-1] == (label, found[-1][1], word - 1), f"{tag} continues nothing at word {word}"
            found[-1] = (label, found[-1][1], word)
        else:
            assert tag == "O"
    return found
