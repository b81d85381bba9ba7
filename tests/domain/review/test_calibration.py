"""Calibration: between 0 and 1, rising, moved by decisions the right way and by none too many."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import (
    ANY_LABEL,
    IDENTITY_CURVE,
    KNOTS,
    PRIOR_WEIGHT,
    Calibrator,
    Curve,
    ScoreOutcome,
    fit_curve,
    interpolate,
    threshold_effect,
)

scores = st.floats(0, 1)
curves = st.lists(scores, min_size=len(KNOTS), max_size=len(KNOTS)).map(lambda values: tuple(sorted(values)))
decisions = st.lists(
    st.tuples(scores, st.integers(0, 50), st.integers(0, 50)).map(lambda c: (c[0], float(c[1]), float(c[1] + c[2]))),
    max_size=30,
)


@given(curves, decisions, st.lists(scores, min_size=2, max_size=10))
def test_a_curve_rises_and_stays_between_0_and_1(
    prior: Curve, cases: list[tuple[float, float, float]], at: list[float]
) -> None:
    curve = fit_curve(prior, cases)
    assert list(curve) == sorted(curve)
    assert all(0 <= value <= 1 for value in curve)
    worths = [interpolate(curve, score) for score in sorted(at)]
    assert all(a <= b + 1e-12 for a, b in pairwise(worths))
    assert all(0 <= worth <= 1 for worth in worths)


@given(curves)
def test_without_decisions_a_curve_is_its_prior(prior: Curve) -> None:
    assert fit_curve(prior, []) == pytest.approx(prior)


@given(scores)
def test_a_suggester_that_is_taken_at_its_word_keeps_its_score(score: float) -> None:
    assert interpolate(IDENTITY_CURVE, score) == pytest.approx(score)
    assert Calibrator().confidence("any", "LOC", score) == pytest.approx(score)


@given(curves, decisions, scores)
def test_one_more_acceptance_lowers_nothing_and_one_more_rejection_raises_nothing(
    prior: Curve, cases: list[tuple[float, float, float]], score: float
) -> None:
    before = fit_curve(prior, cases)
    better = fit_curve(prior, [*cases, (score, 1.0, 1.0)])
    worse = fit_curve(prior, [*cases, (score, 0.0, 1.0)])
    assert all(b >= a - 1e-9 for a, b in zip(before, better, strict=True))
    assert all(b <= a + 1e-9 for a, b in zip(before, worse, strict=True))


def test_decisions_at_a_knot_are_weighed_against_the_prior() -> None:
    curve = fit_curve(IDENTITY_CURVE, [(0.9, 0.0, PRIOR_WEIGHT)])
    assert curve[KNOTS.index(0.9)] <= 0.45 + 0.2
    many = fit_curve(IDENTITY_CURVE, [(score, 30_000.0, 100_000.0) for score in KNOTS])
    assert many == pytest.approx([0.3] * len(KNOTS), abs=0.01)


def test_a_label_learns_from_its_suggester_and_then_for_itself() -> None:
    all_wrong = [ScoreOutcome("a", "LOC", 0.9, 0, 200)]
    reliability = Calibrator({}, all_wrong)
    assert reliability.confidence("a", "LOC", 0.9) <= reliability.confidence("a", "PERS", 0.9) < 0.5
    assert reliability.confidence("b", "LOC", 0.9) == pytest.approx(0.9)
    tables = {("a", ANY_LABEL): tuple(0.2 for _ in KNOTS), ("a", "PERS"): tuple(0.8 for _ in KNOTS)}
    measured = Calibrator(tables, all_wrong)
    assert measured.confidence("a", "PERS", 0.9) == pytest.approx(0.8)
    assert measured.confidence("a", "LOC", 0.1) <= measured.confidence("a", "ORG", 0.1) < 0.2
    assert measured.confidence("a", "LOC", 0.9) < 0.1


def test_what_suggestions_are_worth_takes_the_place_of_their_scores() -> None:
    reliability = Calibrator({("a", ANY_LABEL): tuple(0.7 for _ in KNOTS)})
    (found,) = reliability.calibrated([Suggestion(Span(0, 3), "LOC", 0.2, "a")])
    assert found.score == pytest.approx(0.7)
    assert (found.raw, found.given) == (0.2, 0.2)
    assert found.key == "0:3:LOC"


def test_what_to_expect_is_what_the_worths_add_up_to() -> None:
    counts = Counter([0.9, 0.9, 0.5, 0.1])
    at_half = threshold_effect(counts, 0.5)
    assert at_half is not None
    assert at_half.precision == pytest.approx((0.9 + 0.9 + 0.5) / 3)
    assert (at_half.shown, at_half.hidden) == (3, 1)
    assert at_half.missed == pytest.approx(0.1)
    everything = threshold_effect(counts, 0.0)
    assert everything is not None
    assert everything.precision == pytest.approx(0.6)
    assert (everything.hidden, everything.missed) == (0, 0)
    nothing = threshold_effect(counts, 0.95)
    assert nothing is not None
    assert (nothing.precision, nothing.shown) == (None, 0)
    assert nothing.missed == pytest.approx(2.4)
    just_under = threshold_effect({0.496: 1}, 0.5)
    assert just_under is not None
    assert (just_under.shown, just_under.hidden) == (0, 1)
    assert threshold_effect({}, 0.5) is None


@given(st.dictionaries(scores, st.integers(1, 50), min_size=1, max_size=20), scores, scores)
def test_a_higher_threshold_never_misses_less_nor_promises_less_precision(
    counts: dict[float, int], one: float, other: float
) -> None:
    low, high = threshold_effect(counts, min(one, other)), threshold_effect(counts, max(one, other))
    assert low is not None and high is not None
    assert high.missed >= low.missed - 1e-9
    assert high.precision is None or (low.precision is not None and high.precision >= low.precision - 1e-9)
    assert high.shown <= low.shown
    assert high.shown + high.hidden == low.shown + low.hidden == sum(counts.values())


@given(curves, scores, scores)
def test_a_score_is_worth_a_threshold_exactly_from_the_least_one_on(
    curve: Curve, threshold: float, score: float
) -> None:
    reliability = Calibrator({("a", "LOC"): curve})
    least = reliability.min_score("a", "LOC", threshold)
    assert (least is not None and score >= least) == (reliability.confidence("a", "LOC", score) >= threshold)
    if least is not None:
        assert reliability.confidence("a", "LOC", least) >= threshold


def test_a_decision_between_two_knots_counts_for_both_by_nearness_and_for_no_other() -> None:
    at, share = 4, 0.25
    score = KNOTS[at] + share * (KNOTS[at + 1] - KNOTS[at])
    # Few, so that no knot is lifted above the next one and pooled with it.
    curve = fit_curve(IDENTITY_CURVE, [(score, 2.0, 2.0)])
    expected = list(IDENTITY_CURVE)
    for knot, part in ((at, 1 - share), (at + 1, share)):
        expected[knot] = (PRIOR_WEIGHT * IDENTITY_CURVE[knot] + part * 2) / (PRIOR_WEIGHT + part * 2)
    assert curve == pytest.approx(expected)
