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
FIRST_LOT = 3160
"""The number of the last article of the first lot. The later ones were written when it had been learnt."""

FIRST_FOLDS = (Stage("first-fold-0", 6, 2e-4, 2000), Stage("first-fold-1", 6, 2e-4, 2000))
"""From the corpus to the first lot's articles whose place in the list is even, and to the others."""

FIRST_WHOLE = Stage("first-whole", 5, 2e-4, 2000)
FOLDS = (Stage("fold-0", 2, 1.5e-4, 2000), Stage("fold-1", 2, 1.5e-4, 2000))
"""From the first folds to the articles of both lots whose place is even, and to the others."""

WHOLE = Stage("whole", 2, 1.5e-4, 2000)
"""From the first lot to all articles, and to NewsFANE with the labels of `security`."""
