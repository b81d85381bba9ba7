"""What the network learns, in which order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """What is learnt at once.

    rate is the highest learning rate; that of the classifier, which begins with random numbers, is ten times as high.
    budget is how many word-pieces one batch has, padding included.
    """

    name: str
    epochs: int
    rate: float
    budget: int


CORPUS = Stage("newsfane", 4, 2e-4, 2000)
FOLDS = (Stage("fold-0", 6, 2e-4, 2000), Stage("fold-1", 6, 2e-4, 2000))
"""Trained on the articles whose place in the list is even, and on the others."""

WHOLE = Stage("whole", 5, 2e-4, 2000)
