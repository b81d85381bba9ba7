"""Agreement between two annotators, against numbers worked out by hand and against its own symmetry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.corpus.agreement import SpanAgreement, kappa, span_agreement, token_tags
from annotator.domain.model.span import Span

SPANS = st.sets(
    st.tuples(st.builds(lambda s, n: Span(s, s + n), st.integers(0, 20), st.integers(1, 6)), st.sampled_from("AB")),
    max_size=6,
)
TAGS = st.lists(st.tuples(st.sampled_from("OAB"), st.sampled_from("OAB")), max_size=30)


def test_spans_agree_to_the_character_and_the_label() -> None:
    first = [(Span(0, 4), "PERS"), (Span(5, 9), "LOC"), (Span(5, 9), "LOC")]
    second = [(Span(0, 4), "PERS"), (Span(5, 9), "ORG"), (Span(5, 8), "LOC")]
    assert span_agreement(first, second) == SpanAgreement(both=1, first=2, second=3)
    assert span_agreement(first, second).f1 == pytest.approx(2 / 5)
    assert span_agreement([], []).f1 is None
    assert span_agreement(first, []).f1 == 0.0


def test_agreement_adds_up_over_documents() -> None:
    total = SpanAgreement(1, 2, 2) + SpanAgreement(1, 1, 2)
    assert total.f1 == pytest.approx(4 / 7)


def test_tokens_bear_the_tags_of_all_spans_over_them() -> None:
    tokens = [Span(0, 5), Span(6, 11), Span(11, 12), Span(13, 18)]
    spans = [(Span(7, 11), "LOC"), (Span(0, 11), "ORG"), (Span(13, 18), "LOC")]
    assert token_tags(tokens, spans) == ["B-ORG", "I-ORG|B-LOC", "O", "B-LOC"]
    assert token_tags([], spans) == []


def test_kappa_is_that_of_the_textbook() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5, kappa .4.
    counted = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    assert kappa(pair for pair, count in counted.items() for _ in range(count)) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("O", "O")] * 3) is None
    assert kappa([("O", "A"), ("A", "O")]) == pytest.approx(-1.0)


@given(SPANS, SPANS)
def test_it_does_not_matter_who_is_first(first: set[tuple[Span, str]], second: set[tuple[Span, str]]) -> None:
    f1 = span_agreement(first, second).f1
    assert f1 == span_agreement(second, first).f1
    assert f1 is None or (0 <= f1 <= 1 and (f1 == 1) == (first == second))


@given(TAGS)
def test_kappa_is_symmetric_and_at_most_one(seen: list[tuple[str, str]]) -> None:
    value = kappa(seen)
    assert value == kappa((b, a) for a, b in seen)
    assert value is None or (value <= 1 and (value == 1) == all(a == b for a, b in seen))


@given(SPANS)
def test_a_token_is_outside_exactly_where_no_span_is(spans: set[tuple[Span, str]]) -> None:
    tokens = [Span(n, n + 2) for n in range(0, 30, 3)]
    for token, tag in zip(tokens, token_tags(tokens, spans), strict=True):
        over = [label for span, label in spans if span.overlaps(token)]
        assert (tag == "O") == (not over)
        assert sorted(part[2:] for part in tag.split("|") if tag != "O") == sorted(over)
