"""How likely a few places that differ from many others are slips, and not a second use of the same name."""

from __future__ import annotations

from math import exp, lgamma, log

SLIP_RATE = 0.03
"""The mean share of places at which an annotator slips."""
PRIOR_ODDS = 4.0
"""How many names are used in one way only for each one that is used in several."""
_PRIOR = 1 / SLIP_RATE - 1
"""The second parameter of the beta distribution of slip rates, whose first is 1."""


def slip_probability(different: int, total: int, odds: float = PRIOR_ODDS) -> float:
    """Return the probability that the places that differ are slips, if `different` of `total` places do.

    Bayes' rule compares two explanations. If all places should be alike, slips are few: their number has a
    beta-binomial distribution with the mean SLIP_RATE. If both are in use, every number is equally likely. odds are
    those of the first explanation before looking. The result is 0 unless fewer than half of the places differ, or just
    half; then either may be wrong, so it is halved.

    Example: 1 of 31 gives 0.94, 1 of 3 gives 0.37, and 5 of 15 gives 0.06.
    """
    same = total - different
    if not 0 < different <= same:
        return 0.0
    likelihood = log(_PRIOR) + lgamma(total + 1) + lgamma(_PRIOR + same)
    likelihood -= lgamma(same + 1) + lgamma(_PRIOR + total + 1)
    logit = log(odds) + likelihood + log(total + 1)
    return same / total / (1 + exp(min(-logit, 700.0)))
