"""Convert character spans to token spans, flat or in levels, and report what the result cannot hold.

For ديالى in وديالى the policy `word` tags the token وديالى; `split` makes two tokens, و (O) and ديالى (B-LOC). Of
annotations that share words the longest wins ("outer"), or the shortest ("inner"), or each is one level below those
that it shares words with ("columns"). In "columns" only one of two that cross and have the same label is kept: readers
that take the columns as one set of tags could not tell which one continues. ("all" is for writers without that
problem.) Equal annotations are one entity. A sentence that ends inside an annotation is joined to the next one: the
annotator's decision outweighs the guess of the sentence splitter. IO has no tag for a beginning, so neighbours of one
label become one entity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import Scheme, TokenRange
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.writer import WriteOptions
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Block:
    """One sentence: its tokens, and for each level its entities as ranges of tokens, which do not overlap."""

    tokens: tuple[Token, ...]
    levels: tuple[tuple[TokenRange, ...], ...]

    @property
    def entities(self) -> tuple[TokenRange, ...]:
        """Return the entities of all levels in order."""
        return tuple(sorted(entity for level in self.levels for entity in level))


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation, its span on whole tokens, and its level from 0."""

    span: Span
    annotation: Annotation
    level: int = 0


def flatten(annotated: AnnotatedDocument, options: WriteOptions) -> tuple[list[Block], list[Deviation]]:
    """Return the sentences with their entities, and a deviation for each annotation that is not exact."""
    text = annotated.document.text
    words = tokenize(text)
    sentences = split_sentences(text, words)
    tokens = words
    debris = () if options.include_debris else annotated.document.debris()
    if debris:
        tokens = cut(words, (edge for span in debris for edge in (span.start, span.end)))
        for span in debris:
            del tokens[bisect_left(tokens, span.start, key=_start) : bisect_right(tokens, span.end, key=_end)]
    kept, deviations = exclude_debris(annotated, options)
    places: list[PlacedAnnotation] = []
    for annotation in sorted(kept, key=_shortest_first if options.nested == "inner" else _longest_first):
        deviations += _place(annotation, tokens, places, options)
    if options.clitics == "split":
        tokens = cut(tokens, (edge for place in places for edge in (place.span.start, place.span.end)))
    places.sort(key=lambda place: (place.span.start, place.level))
    blocks, joined = _blocks(tokens, [sentence.span.start for sentence in sentences], places)
    deviations += joined
    return blocks, _unite(blocks, places, deviations) if options.scheme == Scheme.IO else deviations


def cut(tokens: Sequence[Token], edges: Iterable[int]) -> list[Token]:
    """Cut tokens at these offsets, in code points of the text. An offset outside of tokens cuts nothing."""
    sorted_edges = sorted(set(edges))
    if not sorted_edges:
        return list(tokens)
    pieces: list[Token] = []
    for token in tokens:
        start, end = token.start, token.end
        inner = sorted_edges[bisect_right(sorted_edges, start) : bisect_left(sorted_edges, end)]
        if not inner:
            pieces.append(token)
            continue
        for first, last in zip([start, *inner], [*inner, end], strict=True):
            pieces.append(Token(first, last, token.text[first - start : last - start]))
    return pieces


def _longest_first(annotation: Annotation) -> tuple[int, Span, str, str, str]:
    """Sort key: of annotations that share words, the first one gets them."""
    return -len(annotation.span), annotation.span, annotation.label, annotation.annotator, annotation.id


def _shortest_first(annotation: Annotation) -> tuple[int, Span, str, str, str]:
    """Sort key for "inner": of annotations that share words, the first one gets them."""
    return len(annotation.span), annotation.span, annotation.label, annotation.annotator, annotation.id


def _place(
    annotation: Annotation, tokens: Sequence[Token], places: list[PlacedAnnotation], options: WriteOptions
) -> list[Deviation]:
    """Find the annotation's tokens and add it to places, which stay sorted by end; return its deviations."""
    span = annotation.span
    first = bisect_right(tokens, span.start, key=_end)
    end = bisect_left(tokens, span.end, key=_start)
    if first >= end:
        return [Deviation(annotation, DeviationKind.LEFT_OUT, Reason.ONLY_SPACE)]
    head, tail = tokens[first], tokens[end - 1]
    if options.clitics == "split":
        placed = Span(max(span.start, head.start), min(span.end, tail.end))
    else:
        placed = Span(head.start, tail.end)
    spot = bisect_right(places, placed.start, key=lambda place: place.span.end)
    levels = options.nested in ("columns", "all")
    near = places[spot:] if levels else places[spot : spot + 1]  # flat: only the next can collide
    rivals = [place for place in near if place.span.overlaps(placed)]
    holder = _holder(annotation, placed, rivals, options.nested)
    if holder:
        return [_refuse(annotation, placed, holder)]
    level = 1 + max((place.level for place in rivals), default=-1)
    places.insert(
        bisect_right(places, placed.end, key=lambda p: p.span.end), PlacedAnnotation(placed, annotation, level)
    )
    reason = edge_reason(span, head, tail)
    if reason is None:
        return []
    return [Deviation(annotation, DeviationKind.ADAPTED if placed == span else DeviationKind.ALTERED, reason, placed)]


def _holder(
    annotation: Annotation, placed: Span, rivals: Sequence[PlacedAnnotation], nested: str
) -> PlacedAnnotation | None:
    """Return the annotation that already has the words, or equals this one; None if the words are free."""
    for place in rivals:
        alike = place.annotation.label == annotation.label
        crossing = nested == "columns" and place.span.crosses(placed)
        if nested not in ("columns", "all") or (alike and (place.span == placed or crossing)):
            return place
    return None


def _refuse(annotation: Annotation, placed: Span, holder: PlacedAnnotation) -> Deviation:
    """Return the deviation of an annotation that has lost its words to another, or equals it."""
    other = holder.annotation
    if (placed, annotation.label) == (holder.span, other.label):
        kind = DeviationKind.ADAPTED if placed == annotation.span else DeviationKind.ALTERED
        return Deviation(annotation, kind, Reason.SAME_SPAN, placed, other)
    reason = Reason.OVERLAP if annotation.annotator == other.annotator else Reason.OTHER_ANNOTATOR
    return Deviation(annotation, DeviationKind.LEFT_OUT, reason, because=other)


def edge_reason(span: Span, head: Token, tail: Token) -> Reason | None:
    """Return why a span does not match the edges of its first and last token, or None if it does."""
    before, behind = span.start - head.start, tail.end - span.end
    if behind > 0 or (before > 0 and before not in proclitic_lengths(head.text)):
        return Reason.INSIDE_WORD
    if before > 0:
        return Reason.CLITIC
    return Reason.EDGE_SPACE if before < 0 or behind < 0 else None


def _blocks(
    tokens: Sequence[Token], sentence_starts: Sequence[int], places: Sequence[PlacedAnnotation]
) -> tuple[list[Block], list[Deviation]]:
    """Cut the tokens into sentences, but never inside an entity. places match the tokens' edges, sorted by start."""
    blocks: list[Block] = []
    deviations: dict[str, Deviation] = {}
    ranges = [(*_token_range(place, tokens), place) for place in places]
    first, upcoming = 0, 0
    inside: list[tuple[int, PlacedAnnotation]] = []
    for border in _borders(tokens, sentence_starts):
        while upcoming < len(ranges) and ranges[upcoming][0] < border:
            inside.append((ranges[upcoming][1], ranges[upcoming][2]))
            upcoming += 1
        inside = [(end, place) for end, place in inside if end > border]
        for _, place in inside:
            found = Deviation(place.annotation, DeviationKind.ADAPTED, Reason.SENTENCE_BORDER, place.span)
            deviations.setdefault(place.annotation.id, found)
        if not inside:
            blocks.append(_block(tokens, first, border, ranges))
            first = border
    return blocks, list(deviations.values())


def _borders(tokens: Sequence[Token], sentence_starts: Sequence[int]) -> list[int]:
    """Return the number of the token after each sentence, in order; a sentence without tokens has none."""
    ends = (bisect_left(tokens, start, key=_start) for start in sentence_starts)
    return sorted({*ends, len(tokens)} - {0})


def _token_range(place: PlacedAnnotation, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the numbers of the first token of a placed annotation, and of the one after its last."""
    first = bisect_left(tokens, place.span.start, key=_start)
    return first, bisect_left(tokens, place.span.end, key=_start)


def _block(tokens: Sequence[Token], first: int, end: int, ranges: Sequence[tuple[int, int, PlacedAnnotation]]) -> Block:
    """Return the sentence of the tokens from first to before end, with the entities in it."""
    low = bisect_left(ranges, first, key=lambda entity: entity[0])
    high = bisect_left(ranges, end, key=lambda entity: entity[0])
    here = ranges[low:high]
    levels: list[list[TokenRange]] = [[] for _ in range(1 + max((place.level for _, _, place in here), default=0))]
    for start, stop, place in here:
        levels[place.level].append((start - first, stop - first, place.annotation.label))
    return Block(tuple(tokens[first:end]), tuple(map(tuple, levels)))


def _unite(
    blocks: Sequence[Block], places: Sequence[PlacedAnnotation], deviations: Iterable[Deviation]
) -> list[Deviation]:
    """Return the deviations if neighbours of one label become one entity."""
    united: dict[tuple[Span, str], Span] = {}
    for block in blocks:
        run: list[TokenRange] = []
        for entity in (*block.entities, (-1, -1, "")):
            if run and (entity[0], entity[2]) != (run[-1][1], run[-1][2]):
                whole = Span(block.tokens[run[0][0]].span.start, block.tokens[run[-1][1] - 1].span.end)
                for first, end, label in run[: len(run) * (len(run) > 1)]:
                    span = Span(block.tokens[first].start, block.tokens[end - 1].end)
                    united[span, label] = whole
                run = []
            run.append(entity)
    spans_in_file = {place.annotation.id: place.span for place in places}
    united_deviations: dict[str, Deviation] = {}
    for deviation in [
        *deviations,
        *(Deviation(p.annotation, DeviationKind.ADAPTED, Reason.NEIGHBOUR, p.span) for p in places),
    ]:
        written = deviation.written or spans_in_file.get(deviation.annotation.id)
        whole_span = united.get((written, deviation.annotation.label)) if written else None
        if whole_span:
            reason = deviation.reason if deviation.kind is DeviationKind.ALTERED else Reason.NEIGHBOUR
            united_deviations.setdefault(
                deviation.annotation.id,
                replace(deviation, kind=DeviationKind.ALTERED, reason=reason, written=whole_span),
            )
    kept = [deviation for deviation in deviations if deviation.annotation.id not in united_deviations]
    return [*kept, *united_deviations.values()]
