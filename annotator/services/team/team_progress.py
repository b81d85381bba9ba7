"""The progress of a team: who is how far, how fast, how well they agree, and how useful the suggestions are to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from statistics import fmean
from typing import Any

from annotator.domain.corpus.agreement import SpanAgreement, span_agreement
from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.team.curves import (
    Acceptance,
    LearningStep,
    Period,
    acceptance,
    choose_period,
    count_days,
    learning_curve,
    step_size,
)
from annotator.domain.team.work_state import Work, WorkCounts, count_team, count_work
from annotator.services.progress import Progress, no_progress, part_of_progress
from annotator.services.team.agreement import Pair, compared_documents
from annotator.storage.project import Project

_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """The mean F1 of an annotator with each other, or of all pairs.

    documents: how many documents of these pairs were compared, a document counting once for each pair.
    """

    f1: float
    pairs: int
    documents: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How much was decided in how much time.

    decisions: edits that are in force. ms: the working time without pauses. decided, accepted: suggestions. acceptance
    and learning: the same over time.
    """

    decisions: int = 0
    ms: int = 0
    decided: int = 0
    accepted: int = 0
    acceptance: Sequence[Acceptance] = ()
    learning: Sequence[LearningStep] = ()

    @property
    def decisions_per_hour(self) -> float | None:
        """Return the decisions in an hour of work, or None if less than a minute was measured: it would say nothing."""
        return self.decisions * _HOUR_MS / self.ms if self.ms >= _MINUTE_MS else None

    @property
    def accepted_share(self) -> float | None:
        """Return the share of decided suggestions that were accepted as they were, 0 to 1, or None without any."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """The progress of one annotator, or of all together if person is None.

    agreement is None if nothing could be compared.
    """

    person: Annotator | None
    role: Role | None
    counts: WorkCounts
    pace: Pace = field(default_factory=Pace)
    agreement: Agreement | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        who = {"id": self.person.id, "name": self.person.name} if self.person else {"id": None, "name": None}
        counts, pace, agreed = self.counts, self.pace, self.agreement
        return who | {
            "role": self.role.value if self.role else None,
            "assigned": counts.assigned,
            "done": counts.done,
            "begun": counts.begun,
            "left": counts.left,
            "ms": pace.ms,
            "decisions": pace.decisions,
            "decisions_per_hour": _rounded(pace.decisions_per_hour, 1),
            "suggestions_decided": pace.decided,
            "suggestions_accepted": pace.accepted,
            "accepted_share": _rounded(pace.accepted_share, 4),
            "agreement_f1": _rounded(agreed.f1 if agreed else None, 4),
            "agreement_pairs": agreed.pairs if agreed else 0,
            "agreement_documents": agreed.documents if agreed else 0,
            "acceptance": [
                {"from": each.start.isoformat(), "decided": each.decided, "accepted": each.accepted}
                for each in pace.acceptance
            ],
            "learning": [
                {
                    "first": step.first,
                    "last": step.last,
                    "articles": step.articles,
                    "ms": step.ms,
                    "characters": step.characters,
                    "ms_per_1000_characters": _rounded(step.ms_per_1000_characters, 0),
                }
                for step in pace.learning
            ],
        }


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """The progress of every annotator, by name, and of all together.

    anything_assigned: if not, every document is everybody's to label. period: that of the acceptance over time.
    """

    documents: int
    anything_assigned: bool
    period: Period
    people: Sequence[PersonProgress]
    team: PersonProgress

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return {
            "documents": self.documents,
            "anything_assigned": self.anything_assigned,
            "period": self.period.value,
            "annotators": [person.to_json() for person in self.people],
            "team": self.team.to_json(),
        }


def measure_progress(project: Project, progress: Progress = no_progress) -> TeamProgress:
    """Return the progress of a project's annotators. An exception of progress stops the work."""
    counted = count_progress(project, part_of_progress(progress, 0, 2))
    return with_agreement(project, counted, part_of_progress(progress, 1, 2))


def count_progress(project: Project, progress: Progress = no_progress) -> TeamProgress:
    """Return the progress as measure_progress() does, without the agreement, which takes most of the time."""
    people = project.annotators.all()
    ids = list(project.documents.ids())
    anything_assigned = project.team_work.anything_assigned()
    works = project.team_work.states(ids, is_all=True)
    nothing = bytes(len(ids))
    roles = project.team.facts()
    paces, period = _paces(project, people, progress)
    return TeamProgress(
        len(ids),
        anything_assigned,
        period,
        [
            PersonProgress(
                person,
                roles.role(person.id),
                count_work(works.get(person.id, nothing), anything_assigned=anything_assigned),
                paces[person.id],
            )
            for person in people
        ],
        PersonProgress(
            None,
            None,
            count_team(works, len(ids), anything_assigned=anything_assigned),
            paces[""],
        ),
    )


def with_agreement(project: Project, counted: TeamProgress, progress: Progress = no_progress) -> TeamProgress:
    """Return what count_progress() returned, with the agreement of the annotators."""
    ids = list(project.documents.ids())
    found = _agreements(project, ids, project.team_work.states(ids, is_all=True), progress)
    people = [replace(each, agreement=found.get(each.person.id)) for each in counted.people if each.person]
    return replace(counted, people=people, team=replace(counted.team, agreement=found.get("")))


def _paces(project: Project, people: Sequence[Annotator], progress: Progress) -> tuple[dict[str, Pace], Period]:
    """Return the pace of each annotator by id, and that of all together under ""."""
    work = project.team_work
    decisions, ms = work.decisions(), work.time_spent()
    days, articles = {}, {}
    for number, person in enumerate(people):
        progress(number, len(people))
        days[person.id] = count_days(work.decided_suggestions(person.id))
        articles[person.id] = work.finished_articles(person.id)
    period = choose_period(day for own in days.values() for day in own)
    step = step_size(max(map(len, articles.values()), default=0))
    totals: Counter[int] = Counter()
    accepted: Counter[int] = Counter()
    for own in days.values():
        for day, (decided, yes) in own.items():
            totals[day] += decided
            accepted[day] += yes
    days[""] = {day: (totals[day], accepted[day]) for day in totals}
    decisions[""], ms[""] = sum(decisions.values()), sum(ms.values())
    curves = {who: learning_curve([own], step) for who, own in articles.items()}
    curves[""] = learning_curve(list(articles.values()), step)
    return {
        who: Pace(
            decisions.get(who, 0),
            ms.get(who, 0),
            sum(decided for decided, _ in own.values()),
            sum(yes for _, yes in own.values()),
            acceptance(own, period),
            curves[who],
        )
        for who, own in days.items()
    }, period


def _agreements(
    project: Project, ids: Sequence[str], works: Mapping[str, bytearray], progress: Progress
) -> dict[str, Agreement]:
    """Return the mean agreement of each annotator by id, and that of all pairs under ""."""
    finished = [sum(bool(work & Work.DONE) for work in row) for row in zip(*works.values(), strict=True)]
    both = [document for document, count in zip(ids, finished, strict=False) if count > 1]
    if not both:
        return {}
    spans: dict[Pair, SpanAgreement] = defaultdict(SpanAgreement)
    documents: Counter[Pair] = Counter()
    for compared in compared_documents(project, both, on_progress=lambda done: progress(done, len(both))):
        given = {who: {(a.span, a.label) for a in own} for who, own in compared.given.items()}
        for pair in combinations(given, 2):
            spans[pair] += span_agreement(given[pair[0]], given[pair[1]])
            documents[pair] += 1
    scores: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for pair, agreement in spans.items():
        if agreement.f1 is not None:
            for who in ("", *pair):
                scores[who].append((agreement.f1, documents[pair]))
    return {
        who: Agreement(fmean(f1 for f1, _ in own), len(own), sum(count for _, count in own))
        for who, own in scores.items()
    }


def _rounded(number: float | None, places: int) -> float | int | None:
    return None if number is None else round(number, places or None)
