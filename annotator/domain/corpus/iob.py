"""Conversion between token ranges and tags in the schemes that corpora use: the only place that makes or reads tags.

A scheme puts a letter before the label: B begins an entity, I (M in BMES) continues it, E (L in BILOU) ends it, and S
(U in BILOU) is an entity of a single token. IO has only I, or the bare label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from annotator.domain.model.span import Span

TokenRange = tuple[int, int, str]
"""(first token, token after the last, label)."""

OUTSIDE = "O"
_TAG = re.compile(r"([BIMELSU])-(\S+)")


class Scheme(StrEnum):
    """How tags are written. IO cannot separate adjacent entities with one label; IOB1 uses B only for these."""

    IO = "IO"
    IOB1 = "IOB1"
    IOB2 = "IOB2"
    IOBES = "IOBES"
    BILOU = "BILOU"


_LETTERS = {  # only token, first token, token between, last token
    Scheme.IO: ("I", "I", "I", "I"),
    Scheme.IOB1: ("I", "I", "I", "I"),
    Scheme.IOB2: ("B", "B", "I", "I"),
    Scheme.IOBES: ("S", "B", "I", "E"),
    Scheme.BILOU: ("U", "B", "I", "L"),
}


def encode(length: int, entities: Iterable[TokenRange], scheme: Scheme = Scheme.IOB2) -> list[str]:
    """Return one tag for each token, from entities that do not overlap, in any order.

    Raises ValueError if two entities share a token or one lies outside the sentence.
    """
    tags = [OUTSIDE] * length
    only, begin, inside, last = _LETTERS[scheme]
    for first, end, label in sorted(entities):
        if not 0 <= first < end <= length:
            raise ValueError(f"entity {first}:{end} lies outside a sentence of {length} tokens")
        if any(tag != OUTSIDE for tag in tags[first:end]):
            raise ValueError(f"entity {first}:{end} shares a token with another one")
        letters = only if end - first == 1 else begin + inside * (end - first - 2) + last
        if scheme is Scheme.IOB1 and first and tags[first - 1].partition("-")[2] == label:
            letters = "B" + letters[1:]
        tags[first:end] = [f"{letter}-{label}" for letter in letters]
    return tags


def encode_iob2(length: int, entities: Iterable[TokenRange]) -> list[str]:
    """Return one IOB2 tag for each token; raises ValueError like encode()."""
    return encode(length, entities)


def decode(cells: Iterable[Iterable[str]]) -> list[TokenRange]:
    """Return the entities of a sentence by start, longest first; each token can have several tags.

    The same rules serve every scheme. B, S and U begin an entity. I, M, E, L and a bare label continue the outermost
    open entity of their label, or begin one if none is open (as conlleval does). E, L, S and U end an entity, and so
    does a token that does not continue it. An entity that begins inside another one is nested in it.
    """
    found: list[TokenRange] = []
    open_ones: list[tuple[int, str]] = []
    length = 0
    for length, cell in enumerate(cells, 1):
        if not open_ones and all(tag == OUTSIDE for tag in cell):
            continue
        here, going = length - 1, []
        for tag in cell:
            if tag == OUTSIDE:
                continue
            letter, label = split_tag(tag)
            entity = None if letter in "BSU" else next((e for e in open_ones if e[1] == label), None)
            if entity:
                open_ones.remove(entity)
            entity = entity or (here, label)
            if letter in "ELSU":
                found.append((entity[0], length, label))
            else:
                going.append(entity)
        found += [(first, here, label) for first, label in open_ones]
        open_ones = sorted(going, key=lambda e: e[0])
    found += [(first, length, label) for first, label in open_ones]
    return sorted(found, key=lambda e: (e[0], -e[1]))


def decode_iob2(tags: Sequence[str]) -> list[TokenRange]:
    """Return the entities of a sentence with one tag for each token; an I- that continues nothing begins an entity."""
    return decode(() if tag == OUTSIDE else (tag,) for tag in tags)


def is_tag(text: str) -> bool:
    """Return True if a text is O, or a letter of a scheme with a label."""
    return text == OUTSIDE or _TAG.fullmatch(text) is not None


def split_tag(tag: str) -> tuple[str, str]:
    """Return the letter and label of a tag other than O; a bare label has the letter I."""
    match = _TAG.fullmatch(tag)
    return (match[1], match[2]) if match else ("I", tag)


def detect_scheme(letters: Iterable[str], *, plain_b: bool) -> Scheme:
    """Return the scheme of a file that uses these letters.

    plain_b: a B somewhere follows a token without its label, which IOB1 never writes.
    """
    used = set(letters)
    if used & set("LU"):
        return Scheme.BILOU
    if used & set("ESM"):
        return Scheme.IOBES
    if "B" not in used:
        return Scheme.IO
    return Scheme.IOB2 if plain_b else Scheme.IOB1


def ranges_to_spans(tokens: Sequence[Span], entities: Iterable[TokenRange]) -> list[tuple[Span, str]]:
    """Return the span and label of each token range, from the start of its first token to the end of its last."""
    return [(Span(tokens[first].start, tokens[end - 1].end), label) for first, end, label in entities]
