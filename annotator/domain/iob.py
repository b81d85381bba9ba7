"""Spans to IOB2 tags and back: the only place where tags are made or read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.span import Span

TokenRange = tuple[int, int, str]
"""(first token, token behind the last, label)."""


def encode_iob2(length: int, entities: Iterable[TokenRange]) -> list[str]:
    """Return one IOB2 tag a token for entities that do not overlap.

    Raises ValueError where two entities share a token or one lies outside the sentence.
    """
    tags = ["O"] * length
    for first, end, label in entities:
        if not 0 <= first < end <= length:
            raise ValueError(f"entity {first}:{end} lies outside a sentence of {length} tokens")
        if any(tag != "O" for tag in tags[first:end]):
            raise ValueError(f"entity {first}:{end} shares a token with another one")
        tags[first] = f"B-{label}"
        tags[first + 1 : end] = [f"I-{label}"] * (end - first - 1)
    return tags


def decode_iob2(tags: Sequence[str]) -> list[TokenRange]:
    """Return the entities of IOB2 tags; an I- that continues nothing begins an entity (the conlleval rule)."""
    entities: list[TokenRange] = []
    first, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if first >= 0 and not (prefix == "I" and name == label):
            entities.append((first, i, label))
            first, label = -1, ""
        if first < 0 and prefix in ("B", "I"):
            first, label = i, name
    return entities


def ranges_to_spans(tokens: Sequence[Span], entities: Iterable[TokenRange]) -> list[tuple[Span, str]]:
    """Return the character span of each token range, from its first token's start to its last one's end."""
    return [(Span(tokens[first].start, tokens[end - 1].end), label) for first, end, label in entities]
