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
FIRST_LOT, SECOND_LOT, THIRD_LOT, FOURTH_LOT = 3160, 5440, 9106, 14118
"""The numbers of the last articles of these lots. Each lot was written when the earlier ones had been learnt."""

FIRST_FOLDS = (Stage("first-fold-0", 6, 2e-4, 2000), Stage("first-fold-1", 6, 2e-4, 2000))
"""From the corpus to the first lot's articles whose place in the list is even, and to the others."""

FOLDS = (Stage("fold-0", 2, 1.5e-4, 2000), Stage("fold-1", 2, 1.5e-4, 2000))
"""From the first folds to the articles of the first two lots whose place is even, and to the others."""

FIRST_WHOLE = Stage("first-whole", 5, 2e-4, 2000)
"""From the corpus to the first lot."""

SECOND_WHOLE = Stage("second-whole", 2, 1.5e-4, 2000)
"""From the first lot to the first two, and to NewsFANE with the labels of `security`."""

THIRD_WHOLE = Stage("third-whole", 2, 1.5e-4, 2000)
"""From the first two lots to the first three, and to NewsFANE again."""

FOURTH_WHOLE = Stage("fourth-whole", 1, 1.5e-4, 2000)
"""From the first three lots to the first four, the articles of the fourth twice, and to NewsFANE again."""

AGAIN = Stage("again", 1, 1.5e-4, 2000)
"""The first four lots once more, because labels in them were mended after they had been learnt."""

WHOLE = Stage("whole", 1, 1.5e-4, 2000)
"""On to the last lot's articles, each twice, to every other of the earlier ones, and to NewsFANE again."""

MEAN = "mean"
"""The folder of the network that the program has: its weights are the mean of FOURTH_WHOLE's and WHOLE's."""
