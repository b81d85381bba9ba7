"""Agreement between two annotators, against numbers worked out by hand and against its own symmetry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.corpus.agreement import (
    OverlapAgreement,
    Ratings,
    SpanAgreement,
    cohen_kappa,
    count_ratings,
    disagreement,
    fleiss_kappa,
    kappa,
    krippendorff_alpha,
    span_agreement,
    token_tags,
)
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


# Fleiss 1971, table 1: 30 patients, each diagnosed by six psychiatrists with one of five categories.
DIAGNOSES = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"""


def alpha_of(*observers: str) -> float | None:
    """Return alpha of the values that observers gave each unit, "." for none."""
    ratings = count_ratings([value for value in unit if value != "."] for unit in zip(*observers, strict=True))
    values = sorted({value for observer in observers for value in observer})
    return krippendorff_alpha(
        sum(disagreement(each.raters, each.agreeing, sum(each.totals.values())) for each in ratings),
        [sum(each.totals.get(value, 0) for each in ratings) for value in values],
    )


def test_cohens_kappa_is_that_of_his_paper() -> None:
    # Cohen 1960, table 2: 200 patients, three diagnoses; observed .70, by chance .41.
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    assert cohen_kappa(88 + 40 + 12, rows, columns) == pytest.approx(0.29 / 0.59)


def test_fleiss_kappa_is_that_of_his_paper() -> None:
    (found,) = count_ratings(DIAGNOSES.split())
    assert (found.raters, sum(found.totals.values())) == (6, 180)
    assert [found.totals[name] for name in "12345"] == [26, 26, 30, 55, 43]
    value = fleiss_kappa(found.raters, found.agreeing, list(found.totals.values()))
    assert value == pytest.approx(0.430, abs=5e-4)
    assert fleiss_kappa(3, 0, []) is None
    assert fleiss_kappa(3, 6, [3]) is None


def test_alpha_is_that_of_krippendorffs_paper() -> None:
    # Krippendorff 2011, sections A, B and C: two values, five values, and four observers with missing values.
    assert alpha_of("0100000010", "1110010000") == pytest.approx(0.095, abs=5e-4)
    assert alpha_of("aabbdcccedda", "babbbcccedd.".replace(".", "d")) == pytest.approx(0.692, abs=5e-4)
    four = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    assert alpha_of(*four) == pytest.approx(0.743, abs=5e-4)
    assert alpha_of("a.", ".b") is None
    assert alpha_of("aa", "aa") is None


def test_units_are_counted_by_how_many_values_they_have() -> None:
    found = count_ratings([["A", "A", "B"], ["A", "B"], ["C"], [], ["B", "B"]])
    assert found == [Ratings(3, 2, {"A": 2, "B": 1}), Ratings(2, 2, {"A": 1, "B": 3})]


def test_overlaps_count_from_both_sides() -> None:
    assert OverlapAgreement().f1 is None
    assert OverlapAgreement(0, 0, 0, 2).f1 == 0.0
    assert OverlapAgreement(0, 1, 0, 2).f1 == 0.0
    # One long span of the first overlaps both of the second.
    assert (OverlapAgreement(1, 1, 2, 2) + OverlapAgreement(0, 1, 0, 0)).f1 == pytest.approx(2 * 0.5 / 1.5)


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
