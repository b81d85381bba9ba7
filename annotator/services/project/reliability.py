"""How reliable each suggester proved in a project: what it said, what was measured beforehand, what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from annotator.domain.review.calibration import KNOTS, Case, Reliability
from annotator.storage.project import Project


def reliability_table(project: Project) -> list[dict[str, Any]]:
    """Return a row of plain values for each suggester and label that was decided on.

    decided and accepted count decisions, share is accepted/decided. score is the mean score that the suggester gave,
    measured what such scores were worth before the project began, and worth what they are worth now.
    """
    return _rows(project, lambda case: (("suggester", case.suggester), ("label", case.label)))


def reliability_by_score(project: Project) -> list[dict[str, Any]]:
    """Return a row as reliability_table() does for each suggester and step of scores, from (included) to."""
    steps = list(pairwise(KNOTS))

    def step(case: Case) -> tuple[tuple[str, Any], ...]:
        """Return the suggester and the step that a case belongs to."""
        low, high = next((s for s in reversed(steps) if s[0] <= case.score), steps[0])
        return ("suggester", case.suggester), ("from", low), ("to", high)

    return _rows(project, step)


def _rows(project: Project, group_of: Callable[[Case], tuple[tuple[str, Any], ...]]) -> list[dict[str, Any]]:
    """Return a row for each group of cases."""
    cases = project.judgements.cases()
    measured = project.judgements.measured()
    before, now = Reliability(measured), Reliability(measured, cases)
    groups: dict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        groups[group_of(case)].append(case)
    return [dict(group_of(group[0])) | _facts(group, before, now) for _, group in sorted(groups.items(), key=str)]


def _facts(cases: Sequence[Case], before: Reliability, now: Reliability) -> dict[str, Any]:
    """Return the numbers of a row."""
    decided = sum(case.decided for case in cases)
    accepted = sum(case.accepted for case in cases)

    def mean(values: Iterable[float]) -> float:
        """Return the mean of one value for each case, by how many decisions it stands for."""
        return round(sum(v * case.decided for v, case in zip(values, cases, strict=True)) / decided, 3)

    return {
        "decided": decided,
        "accepted": accepted,
        "share": round(accepted / decided, 3),
        "score": mean(case.score for case in cases),
        "measured": mean(before.worth(case.suggester, case.label, case.score) for case in cases),
        "worth": mean(now.worth(case.suggester, case.label, case.score) for case in cases),
    }
