"""How spans of characters come to stand on whole tokens: one flat reading of a document, and what it cannot hold.

The rules. An annotation that does not begin and end at tokens' edges follows the clitic policy:
"word" widens it to whole words, "split" cuts the word at its edges. Where annotations share
words, the longest stands; an equal one is the same entity. A sentence that an annotation goes on
over is joined to the next one: the annotator's decision outweighs the sentence splitter's guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.annotation import Annotation
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Token
from annotator.domain.iob import TokenRange
from annotator.domain.span import Span
from annotator.formats.debris import annotations_outside_debris
from annotator.formats.registry import Fate, Reason, Remark, WriteOptions
from annotator.text.clitics import proclitic_lengths
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize


@dataclass(frozen=True, slots=True)
class Block:
    """One sentence of a flat file: its tokens, and its entities as ranges of them, which do not overlap."""

    tokens: tuple[Token, ...]
    entities: tuple[TokenRange, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An annotation that stands in the flat reading, and the span of whole tokens that it gets there."""

    span: Span
    annotation: Annotation


def flatten(annotated: AnnotatedDocument, options: WriteOptions) -> tuple[list[Block], list[Remark]]:
    """Return the sentences with their entities, and a remark on each annotation that is not simply there."""
    text = annotated.document.text
    words = tokenize(text)
    sentences = split_sentences(text, words)
    tokens = words
    debris = () if options.include_debris else annotated.document.debris()
    if debris:
        tokens = cut(words, (edge for span in debris for edge in (span.start, span.end)))
        tokens = [token for token in tokens if not any(span.covers(token.span) for span in debris)]
    kept, remarks = annotations_outside_debris(annotated, options)
    places: list[Place] = []
    for annotation in sorted(kept, key=_longest_first):
        remarks += _place(annotation, tokens, places, options.clitics)
    if options.clitics == "split":
        tokens = cut(tokens, (edge for place in places for edge in (place.span.start, place.span.end)))
    blocks, joined = _blocks(tokens, [sentence.span.start for sentence in sentences], places)
    return blocks, remarks + joined


def cut(tokens: Sequence[Token], edges: Iterable[int]) -> list[Token]:
    """Cut the tokens at these places, in code points of the text; an edge outside a token cuts nothing."""
    sorted_edges = sorted(set(edges))
    if not sorted_edges:
        return list(tokens)
    pieces: list[Token] = []
    for token in tokens:
        start, end = token.span.start, token.span.end
        inner = sorted_edges[bisect_right(sorted_edges, start) : bisect_left(sorted_edges, end)]
        if not inner:
            pieces.append(token)
            continue
        for first, last in zip([start, *inner], [*inner, end], strict=True):
            pieces.append(Token(Span(first, last), token.text[first - start : last - start]))
    return pieces


def _longest_first(annotation: Annotation) -> tuple[int, Span, str, str, str]:
    """Order annotations by who has the better claim to shared words."""
    return -len(annotation.span), annotation.span, annotation.label, annotation.annotator, annotation.id


def _place(annotation: Annotation, tokens: Sequence[Token], places: list[Place], clitics: str) -> list[Remark]:
    """Find the annotation's tokens and add it to places, which stay sorted; return what must be said of it."""
    span = annotation.span
    first = bisect_right(tokens, span.start, key=lambda token: token.span.end)
    end = bisect_left(tokens, span.end, key=lambda token: token.span.start)
    if first >= end:
        return [Remark(annotation, Fate.LEFT_OUT, Reason.ONLY_SPACE)]
    head, tail = tokens[first], tokens[end - 1]
    if clitics == "split":
        placed = Span(max(span.start, head.span.start), min(span.end, tail.span.end))
    else:
        placed = Span(head.span.start, tail.span.end)
    spot = bisect_right(places, placed.start, key=lambda place: place.span.end)
    if spot < len(places) and places[spot].span.overlaps(placed):
        return [_refuse(annotation, placed, places[spot])]
    places.insert(spot, Place(placed, annotation))
    reason = _misfit(span, head, tail)
    if reason is None:
        return []
    return [Remark(annotation, Fate.ADAPTED if placed == span else Fate.ALTERED, reason, placed)]


def _refuse(annotation: Annotation, placed: Span, holder: Place) -> Remark:
    """Say that another annotation has the place, or stands for this one too."""
    other = holder.annotation
    if (annotation.span, annotation.label) == (other.span, other.label):
        fate = Fate.ADAPTED if placed == annotation.span else Fate.ALTERED
        return Remark(annotation, fate, Reason.SAME_SPAN, placed, other)
    reason = Reason.OVERLAP if annotation.annotator == other.annotator else Reason.OTHER_ANNOTATOR
    return Remark(annotation, Fate.LEFT_OUT, reason, because=other)


def _misfit(span: Span, head: Token, tail: Token) -> Reason | None:
    """Tell why a span does not meet the edges of its first and last token, or None where it does."""
    before, behind = span.start - head.span.start, tail.span.end - span.end
    if behind > 0 or (before > 0 and before not in proclitic_lengths(head.text)):
        return Reason.INSIDE_WORD
    if before > 0:
        return Reason.CLITIC
    return Reason.EDGE_SPACE if before < 0 or behind < 0 else None


def _blocks(
    tokens: Sequence[Token], sentence_starts: Sequence[int], places: Sequence[Place]
) -> tuple[list[Block], list[Remark]]:
    """Cut the tokens into sentences, but never inside an entity; places are sorted and meet the tokens' edges."""
    blocks: list[Block] = []
    remarks: list[Remark] = []
    ranges = [_token_range(place, tokens) for place in places]
    first, sentence, upcoming = 0, -1, 0
    inside: Place | None = None
    for index, token in enumerate([*tokens, None]):
        while upcoming < len(ranges) and ranges[upcoming][1] <= index:
            upcoming += 1
        inside = places[upcoming] if upcoming < len(ranges) and ranges[upcoming][0] < index else None
        number = bisect_right(sentence_starts, token.span.start) if token else -2
        if number == sentence:
            continue
        sentence = number
        if inside and any(remark.annotation is inside.annotation for remark in remarks[-1:]):
            continue
        if inside:
            remarks.append(Remark(inside.annotation, Fate.ADAPTED, Reason.SENTENCE_BORDER, inside.span))
        elif index > first:
            blocks.append(_block(tokens, first, index, ranges))
            first = index
    return blocks, remarks


def _token_range(place: Place, tokens: Sequence[Token]) -> TokenRange:
    """Return the tokens of a placed annotation."""
    first = bisect_left(tokens, place.span.start, key=lambda token: token.span.start)
    end = bisect_left(tokens, place.span.end, key=lambda token: token.span.start)
    return first, end, place.annotation.label


def _block(tokens: Sequence[Token], first: int, end: int, ranges: Sequence[TokenRange]) -> Block:
    """Make one sentence out of the tokens from first to before end, with the entities that lie in it."""
    low = bisect_left(ranges, first, key=lambda entity: entity[0])
    high = bisect_left(ranges, end, key=lambda entity: entity[0])
    entities = tuple((start - first, stop - first, label) for start, stop, label in ranges[low:high])
    return Block(tuple(tokens[first:end]), entities)
