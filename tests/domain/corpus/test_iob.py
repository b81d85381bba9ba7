"""IOB2: what is written can be read back, and what cannot be written is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.corpus.iob import (
    Scheme,
    TokenRange,
    decode,
    decode_iob2,
    detect_scheme,
    encode,
    encode_iob2,
    is_tag,
    ranges_to_spans,
)
from annotator.domain.model.span import Span

tags = st.sampled_from(["O", "B-PERS", "I-PERS", "B-LOC", "I-LOC"])


@st.composite
def disjoint_entities(draw: st.DrawFn) -> tuple[int, list[TokenRange]]:
    """Draw a number of tokens and entities that do not share one."""
    position, entities = 0, []
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["PERS", "LOC"])))
    ):
        entities.append((position + gap, position + gap + length, label))
        position += gap + length
    return position + draw(st.integers(0, 2)), entities


@given(disjoint_entities())
def test_decoding_gives_back_what_was_encoded(drawn: tuple[int, list[TokenRange]]) -> None:
    length, entities = drawn
    assert decode_iob2(encode_iob2(length, entities)) == entities


@given(st.lists(tags))
def test_any_tags_decode_to_entities_that_encode_again(given_tags: list[str]) -> None:
    entities = decode_iob2(given_tags)
    assert decode_iob2(encode_iob2(len(given_tags), entities)) == entities
    assert sum(end - first for first, end, _ in entities) == sum(tag != "O" for tag in given_tags)


def test_an_inside_tag_that_continues_nothing_begins_an_entity() -> None:
    assert decode_iob2(["I-LOC", "I-PERS", "O", "I-PERS"]) == [(0, 1, "LOC"), (1, 2, "PERS"), (3, 4, "PERS")]


def test_neighbours_of_one_label_stay_apart() -> None:
    assert encode_iob2(3, [(0, 1, "LOC"), (1, 3, "LOC")]) == ["B-LOC", "B-LOC", "I-LOC"]


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ([(0, 4, "LOC")], "outside"),
        ([(-1, 1, "LOC")], "outside"),
        ([(1, 1, "LOC")], "outside"),
        ([(0, 2, "LOC"), (1, 2, "PERS")], "shares"),
        ([(0, 2, "LOC"), (1, 3, "PERS")], "shares"),
    ],
)
def test_what_cannot_be_tagged_is_refused(entities: list[TokenRange], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        encode_iob2(3, entities)


def test_token_ranges_become_spans_from_first_start_to_last_end() -> None:
    tokens = [Span(0, 3), Span(4, 9), Span(9, 10)]
    assert ranges_to_spans(tokens, [(0, 1, "PERS"), (1, 3, "LOC")]) == [(Span(0, 3), "PERS"), (Span(4, 10), "LOC")]


@given(disjoint_entities(), st.sampled_from([s for s in Scheme if s is not Scheme.IO]))
def test_every_scheme_but_io_gives_back_what_was_encoded(drawn: tuple[int, list[TokenRange]], scheme: Scheme) -> None:
    length, entities = drawn
    tags = encode(length, entities, scheme)
    assert all(map(is_tag, tags))
    assert decode([tag] for tag in tags) == entities


@given(disjoint_entities())
def test_io_joins_neighbours_of_one_label_and_loses_nothing_else(drawn: tuple[int, list[TokenRange]]) -> None:
    length, entities = drawn
    joined: list[TokenRange] = []
    for first, end, label in entities:
        if joined and joined[-1][1:] == (first, label):
            first = joined.pop()[0]
        joined.append((first, end, label))
    assert decode([tag] for tag in encode(length, entities, Scheme.IO)) == joined


@st.composite
def nested_entities(draw: st.DrawFn) -> list[TokenRange]:
    """Draw entities of which none cross; of two with one label the inner one begins and ends apart from the outer."""
    found: list[TokenRange] = []
    for first, length, label in draw(
        st.lists(st.tuples(st.integers(0, 8), st.integers(1, 6), st.sampled_from(["ORG", "GPE", "OCC"])), max_size=6)
    ):
        new = (first, first + length, label)
        if all(_can_stand(new, old) for old in found):
            found.append(new)
    return sorted(found, key=lambda e: (e[0], -e[1]))


def _can_stand(new: TokenRange, old: TokenRange) -> bool:
    (a, b, label), (c, d, other) = new, old
    apart = b <= c or d <= a
    within = (a < c and d <= b) or (c < a and b <= d) or (label != other and a == c)
    return apart or within


@given(nested_entities())
def test_nested_entities_come_back_from_a_list_of_tags_a_token(entities: list[TokenRange]) -> None:
    cells: list[list[str]] = [[] for _ in range(15)]
    for first, end, label in entities:
        for i in range(first, end):
            cells[i].append(f"{'B' if i == first else 'I'}-{label}")
    assert sorted(decode(cells)) == sorted(entities)


@pytest.mark.parametrize(
    ("letters", "plain_b", "scheme"),
    [("BI", True, "IOB2"), ("BI", False, "IOB1"), ("I", False, "IO"), ("BIES", True, "IOBES"), ("ULBI", True, "BILOU")],
)
def test_schemes_are_named_by_their_letters(letters: str, plain_b: bool, scheme: str) -> None:
    assert detect_scheme(letters, plain_b=plain_b) == scheme
