"""Figures of agreement against others: F1, kappa and alpha of five libraries, their definitions, tags word by word."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.corpus.agreement import (
    SpanAgreement,
    count_ratings,
    disagreement,
    fleiss_kappa,
    kappa,
    krippendorff_alpha,
    span_agreement,
    token_tags,
)
from annotator.domain.model.span import Span
from annotator.suggest.metrics import Report, Score, compare

EXACT = 1e-12
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
    assert (agreed.f1 or 0.0) == pytest.approx(f1, abs=EXACT)
    assert (agreed.f1 is None) == all(not a and not b for a, b in pairs)
    scores: dict[str, Score] = {}
    for a, b in pairs:
        for label, score in compare(placed(a), placed(b)).items():
            scores[label] = scores.get(label, Score()) + score
    micro = Report(scores).micro()
    assert (micro.precision, micro.recall, micro.f1) == pytest.approx((precision, recall, f1))


def library(name: str) -> Any:
    """Return a module that make interop installs; skip the test without it."""
    return pytest.importorskip(name, reason=f"{name} is not installed; make interop runs this test")


@pytest.mark.parametrize("labelled", [True, False])
@given(pairs=documents)
def test_f1_is_nervaluates_with_labels_and_without(labelled: bool, pairs: list[tuple[Flat, Flat]]) -> None:
    evaluator = library("nervaluate").Evaluator
    sides = [
        [[{"label": label, "start": start, "end": end - 1} for start, end, label in pair[side]] for pair in pairs]
        for side in (0, 1)
    ]
    theirs = evaluator(*sides, tags=list("ABC"), loader="dict").evaluate()["overall"]["strict" if labelled else "exact"]
    bare = [
        tuple([(span, label if labelled else "") for span, label in placed(side)] for side in pair) for pair in pairs
    ]
    agreed = sum((span_agreement(a, b) for a, b in bare), SpanAgreement())
    assert (agreed.f1 or 0.0) == pytest.approx(theirs.f1, abs=EXACT)


@given(st.lists(st.tuples(st.sampled_from("OABC"), st.sampled_from("OABC")), min_size=1, max_size=40))
@example([("A", "A")])
@example([("A", "B")] * 5)
def test_kappa_is_that_of_scikit_learn_and_of_statsmodels(pairs: list[tuple[str, str]]) -> None:
    metrics, rater = library("sklearn.metrics"), library("statsmodels.stats.inter_rater")
    value, labels = kappa(pairs), sorted({tag for pair in pairs for tag in pair})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Where kappa is undefined, they divide by 0.
        first, second = zip(*pairs, strict=True)
        table = [[sum(pair == (a, b) for pair in pairs) for b in labels] for a in labels]
        theirs = float(metrics.cohen_kappa_score(first, second))
        others = float(rater.cohens_kappa(table, return_results=False)) if len(labels) > 1 else theirs
    if value is None:
        assert theirs != theirs
    else:
        assert value == pytest.approx(theirs, abs=EXACT)
        assert value == pytest.approx(others, abs=EXACT)


def fleiss_by_definition(table: list[list[int]]) -> float:
    """Return Fleiss' kappa of a table of subjects x categories in fractions."""
    raters, values = sum(table[0]), sum(map(sum, table))
    observed = sum(Fraction(sum(n * (n - 1) for n in row), raters * (raters - 1)) for row in table) / len(table)
    chance = sum(Fraction(sum(column), values) ** 2 for column in zip(*table, strict=True))
    return float((observed - chance) / (1 - chance)) if chance != 1 else float("nan")


def fleiss_by_statsmodels(table: list[list[int]]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(library("statsmodels.stats.inter_rater").fleiss_kappa(table))


@pytest.mark.parametrize("figures", [fleiss_by_definition, fleiss_by_statsmodels])
@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from("OABC"), min_size=n, max_size=n), min_size=1, max_size=25)
    )
)
def test_fleiss_kappa_is_that_of(figures: Callable[[list[list[int]]], float], units: list[list[str]]) -> None:
    (found,) = count_ratings(units)
    value = fleiss_kappa(found.raters, found.agreeing, list(found.totals.values()))
    theirs = figures([[unit.count(name) for name in "OABC"] for unit in units])
    assert theirs != theirs if value is None else value == pytest.approx(theirs, abs=EXACT)


def alpha_by_definition(units: list[list[str]]) -> float:
    """Return alpha from the matrix of coincidences, pair by pair in fractions."""
    coincidences: dict[tuple[str, str], Fraction] = {}
    for unit in units:
        for a, b in permutations([value for value in unit if value], 2):
            weight = Fraction(1, len([value for value in unit if value]) - 1)
            coincidences[a, b] = coincidences.get((a, b), Fraction(0)) + weight
    sums = {a: sum((n for (one, _), n in coincidences.items() if one == a), Fraction(0)) for a in "OABC"}
    values = sum(sums.values())
    observed = sum((n for (a, b), n in coincidences.items() if a != b), Fraction(0))
    expected = sum((sums[a] * sums[b] for a, b in permutations("OABC", 2)), Fraction(0))
    return float(1 - (values - 1) * observed / expected) if expected else float("nan")


def alpha_by_krippendorff(units: list[list[str]]) -> float:
    alpha, numpy = library("krippendorff").alpha, library("numpy")
    used = {value for unit in units if len([v for v in unit if v]) > 1 for value in unit if value}
    if len(used) < 2:
        return float("nan")  # The library raises an error.
    codes = {"": numpy.nan, "O": 0, "A": 1, "B": 2, "C": 3}
    data = numpy.array([[codes[value] for value in unit] for unit in units], float).T
    return float(alpha(reliability_data=data, level_of_measurement="nominal"))


@pytest.mark.parametrize("figures", [alpha_by_definition, alpha_by_krippendorff])
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from(["", *"OABC"]), min_size=n, max_size=n), min_size=1, max_size=25)
    )
)
def test_alpha_with_missing_values_is_that_of(
    figures: Callable[[list[list[str]]], float], units: list[list[str]]
) -> None:
    ratings = count_ratings([value for value in unit if value] for unit in units)
    value = krippendorff_alpha(
        sum(disagreement(each.raters, each.agreeing, sum(each.totals.values())) for each in ratings),
        [sum(each.totals.get(name, 0) for each in ratings) for name in "OABC"],
    )
    theirs = figures(units)
    assert theirs != theirs if value is None else value == pytest.approx(theirs, abs=EXACT)


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
