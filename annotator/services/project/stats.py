"""Statistics of a project: documents, annotations, suggestions, verdicts, edits, time, and suggester reliability."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import Any

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import VerdictValue
from annotator.domain.review.calibration import KNOTS, Calibrator, ScoreOutcome
from annotator.domain.review.visibility import combined_verdicts, visible_suggestions
from annotator.storage.project import Project

_CHUNK = 200


def project_stats(project: Project) -> dict[str, Any]:
    """Return the counts as plain values; the project is read once, some documents at a time.

    done is the number of documents that at least one annotator marked as done; pending the number of suggestions that
    no annotator has decided. Times are ISO 8601 in UTC, None in an empty log.
    """
    people = project.annotators.all()
    tally = _Tally(people)
    for ids in _chunks(project):
        suggestions = project.suggestions.of_many(ids)
        for document_id in ids:
            document = project.documents.get(document_id)
            tally.characters += len(document.text)
            tally.regions.update(region.kind.value for region in document.regions)
            annotations = project.log.annotations(document_id)
            tally.by_label.update(annotation.label for annotation in annotations)
            given: list[tuple[str, VerdictValue]] = []
            done = False
            for person in people:
                own = project.log.verdicts(document_id, person.id)
                done_here = project.log.is_done(document_id, person.id)
                tally.add(person.id, own, done_here, sum(a.annotator == person.id for a in annotations))
                given += own.items()
                done |= done_here
            tally.done += done
            spans = [annotation.span for annotation in annotations]
            verdicts, offered = combined_verdicts(given), suggestions.get(document_id, ())
            open_ones = visible_suggestions(offered, spans, verdicts, 0.0, project.tagset.nested)
            tally.pending += len(open_ones)
    counts = tally.to_json(project, people) | _edits(project) | _repeats(project)
    return counts | {"time_spent": time_spent(project)} | _reliability(project)


def time_spent(project: Project) -> list[dict[str, Any]]:
    """Return how long each annotator worked, without pauses, by name; annotators without working time are missing.

    ms: all milliseconds. documents: in how many documents. median_ms: the median per document. ms_per_1000_characters:
    ms per 1,000 code points of these documents, finished or not.
    """
    rows = []
    for person in project.annotators.all():
        times = project.time_spent.by_document(person.id)
        if times:
            total, characters = sum(ms for ms, _ in times), sum(length for _, length in times)
            rows.append(
                {
                    "id": person.id,
                    "name": person.name,
                    "ms": total,
                    "documents": len(times),
                    "median_ms": round(median(ms for ms, _ in times)),
                    "ms_per_1000_characters": round(1000 * total / characters) if characters else None,
                }
            )
    return rows


class _Tally:
    def __init__(self, people: Sequence[Annotator]) -> None:
        self.characters = 0
        self.done = 0
        self.pending = 0
        self.regions: Counter[str] = Counter()
        self.by_label: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self._by_person: dict[str, Counter[str]] = {person.id: Counter() for person in people}

    def add(self, annotator: str, verdicts: dict[str, VerdictValue], done: bool, annotations: int) -> None:
        """Count what one annotator has in one document."""
        kinds = [str(value["verdict"]) for value in verdicts.values()]
        self.verdicts.update(kinds)
        self._by_person[annotator].update({"annotations": annotations, "done": int(done), "verdicts": len(kinds)})

    def to_json(self, project: Project, people: Sequence[Annotator]) -> dict[str, Any]:
        suggestions = project.suggestions.counts()
        return {
            "project": str(project.path),
            "tagset": project.tagset.name,
            "documents": project.documents.count(),
            "done": self.done,
            "characters": self.characters,
            "regions": dict(sorted(self.regions.items())),
            "annotations": self.by_label.total(),
            "annotations_by_label": dict(sorted(self.by_label.items())),
            "annotators": [{"id": p.id, "name": p.name} | _person(self._by_person[p.id]) for p in people],
            "suggestions": sum(suggestions.values()),
            "suggestions_by_suggester": suggestions,
            "pending": self.pending,
            "verdicts": dict(sorted(self.verdicts.items())),
        }


def _person(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in ("annotations", "done", "verdicts")}


def _chunks(project: Project) -> Iterator[list[str]]:
    ids = project.documents.ids()
    while chunk := list(islice(ids, _CHUNK)):
        yield chunk


def _repeats(project: Project) -> dict[str, Any]:
    """Count the articles that repeat an earlier one, and list the groups, each in the order of import."""
    groups: dict[str, list[str]] = {}
    repeats = project.metrics.repeats()
    removed = project.documents.removed(repeats.keys() | repeats.values())
    for document_id, first in repeats.items():
        if removed & {document_id, first}:
            continue  # The others are grouped again when the project is measured the next time.
        groups.setdefault(first, [first]).append(document_id)
    return {
        "repeated": sum(len(group) - 1 for group in groups.values()),
        "repeat_groups": [groups[first] for first in sorted(groups)],
    }


def _reliability(project: Project) -> dict[str, Any]:
    return {"reliability": reliability_table(project), "reliability_by_score": reliability_by_score(project)}


def _edits(project: Project) -> dict[str, Any]:
    number, times = 0, [0, 0]
    for edit in project.log.edits():
        times = [edit.time if number == 0 else min(times[0], edit.time), max(times[1], edit.time)]
        number += 1
    first, last = (_iso(time) if number else None for time in times)
    return {"edits": number, "first_edit": first, "last_edit": last}


def _iso(milliseconds: int) -> str:
    """Return milliseconds since 1970 as ISO 8601 in UTC."""
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).isoformat(timespec="seconds")


def reliability_table(project: Project) -> list[dict[str, Any]]:
    """Return a row of plain values for each suggester and label with decisions.

    decided and accepted count decisions, and share is accepted/decided. score is the mean score that the suggester
    gave. measured is what such scores were worth before the project began, and worth what they are worth now.
    """
    return _reliability_rows(project, lambda case: (("suggester", case.suggester), ("label", case.label)))


def reliability_by_score(project: Project) -> list[dict[str, Any]]:
    """Return rows as reliability_table() does, for each suggester and step of scores, from (inclusive) to."""
    steps = list(pairwise(KNOTS))

    def step(case: ScoreOutcome) -> tuple[tuple[str, Any], ...]:
        low, high = next((s for s in reversed(steps) if s[0] <= case.score), steps[0])
        return ("suggester", case.suggester), ("from", low), ("to", high)

    return _reliability_rows(project, step)


def _reliability_rows(
    project: Project, group_of: Callable[[ScoreOutcome], tuple[tuple[str, Any], ...]]
) -> list[dict[str, Any]]:
    cases = project.decisions.cases()
    measured = project.decisions.curves()
    before, now = Calibrator(measured), Calibrator(measured, cases)
    groups: dict[Hashable, list[ScoreOutcome]] = defaultdict(list)
    for case in cases:
        groups[group_of(case)].append(case)
    return [
        dict(group_of(group[0])) | _reliability_row(group, before, now) for _, group in sorted(groups.items(), key=str)
    ]


def _reliability_row(cases: Sequence[ScoreOutcome], before: Calibrator, now: Calibrator) -> dict[str, Any]:
    decided = sum(case.decided for case in cases)
    accepted = sum(case.accepted for case in cases)

    def mean(values: Iterable[float]) -> float:
        """Return the mean of one value per case, weighted by the number of decisions."""
        return round(sum(v * case.decided for v, case in zip(values, cases, strict=True)) / decided, 3)

    return {
        "decided": decided,
        "accepted": accepted,
        "share": round(accepted / decided, 3),
        "score": mean(case.score for case in cases),
        "measured": mean(before.confidence(case.suggester, case.label, case.score) for case in cases),
        "worth": mean(now.confidence(case.suggester, case.label, case.score) for case in cases),
    }
