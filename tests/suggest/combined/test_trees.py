"""Boosted trees: what they learn, and that a file holds all of them."""

from __future__ import annotations

import json
import random

import pytest

from annotator.suggest.combined.trees import BoostedTrees, Options, fit

Rows = list[list[float]]


def examples(count: int) -> tuple[list[float], Rows, list[bool]]:
    chance = random.Random(2)
    rows = [[chance.random(), chance.random(), float(chance.random() < 0.5)] for _ in range(count)]
    return [0.5] * count, rows, [(row[0] > 0.6) != (row[2] > 0) for row in rows]


def test_a_question_that_two_features_decide_together_is_learnt() -> None:
    priors, rows, right = examples(600)
    trees = fit(priors, rows, right)
    guesses = [trees.probability(0.5, row) > 0.5 for row in rows]
    assert sum(guess == truth for guess, truth in zip(guesses, right, strict=True)) > 580


def test_features_that_say_nothing_leave_a_prior_that_is_true_as_it_is() -> None:
    trees = fit([0.3] * 100, [[1.0]] * 100, [i < 30 for i in range(100)])
    assert trees.probability(0.3, [1.0]) == pytest.approx(0.3, abs=0.001)


def test_a_prior_that_is_too_low_everywhere_is_raised() -> None:
    trees = fit([0.3] * 100, [[1.0]] * 100, [i < 80 for i in range(100)])
    assert 0.7 < trees.probability(0.3, [1.0]) <= 0.8


def test_certainty_can_be_corrected_too() -> None:
    assert 0 < BoostedTrees(()).probability(0.0, []) < BoostedTrees(()).probability(1.0, []) < 1


def test_the_same_examples_give_the_same_trees_and_json_keeps_them() -> None:
    priors, rows, right = examples(200)
    trees = fit(priors, rows, right, Options(trees=5))
    assert fit(priors, rows, right, Options(trees=5)) == trees
    assert BoostedTrees.from_json(json.loads(json.dumps(trees.to_json()))) == trees


@pytest.mark.parametrize("value", [[[1, 2]], ["x"], 1])
def test_other_json_is_refused(value: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        BoostedTrees.from_json(value)
