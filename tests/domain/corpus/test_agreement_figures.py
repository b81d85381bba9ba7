"""Figures of agreement against others: seqeval's F1, kappa by its definition in fractions, tags word by word."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.corpus.agreement import SpanAgreement, kappa, span_agreement, token_tags
from annotator.domain.model.span import Span
from annotator.suggest.metrics import Report, Score, compare

WORDS = 12
TOKENS = [Span(3 * n, 3 * n + 2) for n in range(WORDS)]
Flat = list[tuple[int, int, str]]
"""Spans by their first word and the one behind their last, none overlapping, with labels."""


@st.composite
def flat(draw: st.DrawFn) -> Flat:
    """Draw spans of whole words that do not overlap."""
    edges = sorted(draw(st.sets(st.integers(0, WORDS), max_size=WORDS)))
    chosen = [(a, b, draw(st.sampled_from("ABC"))) for a, b in pairwise(edges)]
    return [span for span in chosen if draw(st.booleans())]


documents = st.lists(st.tuples(flat(), flat()), min_size=1, max_size=4)


def tags(spans: Flat) -> list[str]:
    """Write spans as IOB2."""
    out = ["O"] * WORDS
    for start, end, label in spans:
        out[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return out


def placed(spans: Flat) -> list[tuple[Span, str]]:
    """Return spans with their places in the text."""
    return [(Span(TOKENS[start].start, TOKENS[end - 1].end), label) for start, end, label in spans]


def by_definition(pairs: list[tuple[Flat, Flat]]) -> tuple[float, ...]:
    """Return micro precision, recall and F1 of equal spans, 0 if there is nothing to divide by."""
    agreed = sum(len(set(a) & set(b)) for a, b in pairs)
    given, found = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    precision, recall = (agreed / total if total else 0.0 for total in (found, given))
    return precision, recall, 2 * agreed / (given + found) if given + found else 0.0


def by_seqeval(pairs: list[tuple[Flat, Flat]]) -> tuple[float, ...]:
    """Return micro precision, recall and F1 as seqeval counts them; skip the test if it is not installed."""
    metrics, scheme = (
        pytest.importorskip(f"seqeval.{name}", reason="seqeval is not installed; make interop runs this test")
        for name in ("metrics", "scheme")
    )
    gold, made = [tags(a) for a, _ in pairs], [tags(b) for _, b in pairs]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = {"mode": "strict", "scheme": scheme.IOB2, "average": "micro", "zero_division": 0}
        figures = (metrics.precision_score, metrics.recall_score, metrics.f1_score)
        return tuple(float(figure(gold, made, **wanted)) for figure in figures)


@pytest.mark.parametrize("figures", [by_definition, by_seqeval])
@given(pairs=documents)
@example(pairs=[([], [])])
@example(pairs=[([(0, 2, "A")], [(0, 2, "A")])])
@example(pairs=[([(0, 2, "A")], [])])
@example(pairs=[([(0, 2, "A"), (2, 4, "A")], [(0, 4, "A")])])
def test_f1_is_the_micro_f1_of_equal_spans(
    figures: Callable[[list[tuple[Flat, Flat]]], tuple[float, ...]], pairs: list[tuple[Flat, Flat]]
) -> None:
    precision, recall, f1 = figures(pairs)
    agreed = sum((span_agreement(placed(a), placed(b)) for a, b in pairs), SpanAgreement())
    assert (agreed.f1 or 0.0) == pytest.approx(f1)
    assert (agreed.f1 is None) == all(not a and not b for a, b in pairs)
    scores: dict[str, Score] = {}
    for a, b in pairs:
        for label, score in compare(placed(a), placed(b)).items():
            scores[label] = scores.get(label, Score()) + score
    micro = Report(scores).micro()
    assert (micro.precision, micro.recall, micro.f1) == pytest.approx((precision, recall, f1))


@given(flat())
def test_tags_of_flat_spans_are_iob2(spans: Flat) -> None:
    assert token_tags(TOKENS, placed(spans)) == tags(spans)


@given(
    st.sets(
        st.tuples(st.builds(lambda s, n: Span(s, s + n), st.integers(0, 38), st.integers(1, 9)), st.sampled_from("AB")),
        max_size=6,
    )
)
def test_tags_are_those_of_each_word_by_itself(spans: set[tuple[Span, str]]) -> None:
    ordered = sorted(spans, key=lambda s: (s[0].start, -s[0].end, s[1]))
    expected = []
    for number, token in enumerate(TOKENS):
        parts = []
        for span, label in ordered:
            begun = any(span.start < earlier.end and earlier.start < span.end for earlier in TOKENS[:number])
            if span.start < token.end and token.start < span.end:
                parts.append(f"{'I' if begun else 'B'}-{label}")
        expected.append("|".join(parts) or "O")
    assert token_tags(TOKENS, spans) == expected


@given(st.lists(st.tuples(st.sampled_from("OABC"), st.sampled_from("OABC")), max_size=40))
@example([])
@example([("A", "A")])
@example([("A", "B")] * 5)
@example([("A", "A"), ("B", "B")])
def test_kappa_is_what_its_definition_says(pairs: list[tuple[str, str]]) -> None:
    value = kappa(pairs)
    total = len(pairs)
    if not total:
        assert value is None
        return
    observed = Fraction(sum(a == b for a, b in pairs), total)
    chance = sum(
        (
            Fraction(sum(a == tag for a, _ in pairs), total) * Fraction(sum(b == other for _, b in pairs), total)
            for tag, other in product("OABC", repeat=2)
            if tag == other
        ),
        Fraction(0),
    )
    assert value == (None if chance == 1 else pytest.approx(float((observed - chance) / (1 - chance))))
