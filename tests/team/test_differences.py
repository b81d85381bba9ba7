"""The differences of two annotators in a document: their kinds, which spans belong together, and both orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.team.differences import Difference, DifferenceKind, differences
from annotator.text.tokenizer import tokenize

TEXT = "قال وزير الخارجية العراقي في بغداد وديالى إن قيادتهم باقية"
SPANS = st.sets(
    st.tuples(st.builds(lambda s, n: Span(s, s + n), st.integers(0, 40), st.integers(1, 9)), st.sampled_from("AB")),
    max_size=6,
)


def place(words: str, label: str = "LOC") -> tuple[Span, str]:
    """Return the span of words in the text with a label."""
    start = TEXT.index(words)
    return Span(start, start + len(words)), label


def found(first: list[tuple[Span, str]], second: list[tuple[Span, str]]) -> list[Difference]:
    """Return the differences in the text."""
    return differences(first, second, tokenize(TEXT))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (place("بغداد"), place("بغداد", "ORG"), DifferenceKind.LABEL),
        (place("وزير الخارجية"), place("وزير الخارجية العراقي"), DifferenceKind.BOUNDARY),
        (place("وديالى"), place("ديالى"), DifferenceKind.CLITIC),
        (place("قيادتهم"), place("قيادت"), DifferenceKind.CLITIC),
        (place("بغداد وديالى"), place("وديالى"), DifferenceKind.BOUNDARY),
        (place("العراقي"), place("عراقي"), DifferenceKind.BOUNDARY),
        (place("وديالى"), place("ديالى", "ORG"), DifferenceKind.BOTH),
    ],
)
def test_each_difference_has_a_kind(first: tuple[Span, str], second: tuple[Span, str], kind: DifferenceKind) -> None:
    assert found([first], [second]) == [Difference(kind, first, second)]
    assert found([second], [first]) == [Difference(kind, second, first)]


def test_what_only_one_labelled_and_what_both_did() -> None:
    both, one, other = place("بغداد"), place("العراقي"), place("قيادتهم")
    assert found([both, one], [both, other]) == [
        Difference(DifferenceKind.ONE_SIDE, one, None),
        Difference(DifferenceKind.ONE_SIDE, None, other),
    ]
    assert [each.labels for each in found([both, one], [both, other])] == [("LOC", ""), ("", "LOC")]
    assert [each.span for each in found([both, one], [both, other])] == [one[0], other[0]]


def test_spans_with_equal_ends_belong_together_before_longer_overlaps() -> None:
    inner, outer = place("الخارجية", "ORG"), place("وزير الخارجية العراقي", "PERS")
    relabelled, longer = place("الخارجية", "LOC"), place("الخارجية العراقي", "ORG")
    assert found([inner, outer], [relabelled, longer]) == [
        Difference(DifferenceKind.BOTH, outer, longer),
        Difference(DifferenceKind.LABEL, inner, relabelled),
    ]


@given(SPANS, SPANS)
def test_exchanging_the_annotators_exchanges_the_sides(
    first: set[tuple[Span, str]], second: set[tuple[Span, str]]
) -> None:
    made = found(list(first), list(second))
    exchanged = {Difference(each.kind, each.second, each.first) for each in found(list(second), list(first))}
    assert set(made) == exchanged
    # Every span that only one gave is in one difference.
    assert sorted(each.first for each in made if each.first) == sorted(first - second)
    assert sorted(each.second for each in made if each.second) == sorted(second - first)
    for each in made:
        assert (each.kind is DifferenceKind.ONE_SIDE) == (each.first is None or each.second is None)


def test_the_span_of_a_difference_covers_what_both_gave() -> None:
    first, second = (Span(4, 9), "LOC"), (Span(2, 6), "ORG")
    assert Difference(DifferenceKind.BOTH, first, second).span == Span(2, 9)
    assert Difference(DifferenceKind.ONE_SIDE, None, second).span == Span(2, 6)
