"""IOB2: what is written can be read back, and what cannot be written is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.iob import TokenRange, decode_iob2, encode_iob2, ranges_to_spans
from annotator.domain.span import Span

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
    [([(0, 3, "LOC")], "outside"), ([(1, 1, "LOC")], "outside"), ([(0, 2, "LOC"), (1, 2, "PERS")], "shares")],
)
def test_what_cannot_be_tagged_is_refused(entities: list[TokenRange], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        encode_iob2(2, entities)


def test_token_ranges_become_spans_from_first_start_to_last_end() -> None:
    tokens = [Span(0, 3), Span(4, 9), Span(9, 10)]
    assert ranges_to_spans(tokens, [(0, 1, "PERS"), (1, 3, "LOC")]) == [(Span(0, 3), "PERS"), (Span(4, 10), "LOC")]
