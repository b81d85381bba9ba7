"""Examples of a label in the project: its most frequent names, and where annotators disagree about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.model.span import Span
from annotator.services.search.places import read_contexts
from annotator.storage.project import Project
from annotator.storage.queries.label_occurrences import LabelOccurrence, OverlappingLabel
from annotator.text.context import Context
from annotator.text.normalise import normalise_key

MOST_NAMES = 12
MOST_DISAGREEMENTS = 6
SAMPLE = 3000
"""The most annotations to look at; of a label with more, a random sample of this size is taken."""
_LOOK_BACK = 1500
"""How many of the newest edits are searched for disagreements."""


@dataclass(frozen=True, slots=True)
class Example:
    """One place, with the words around it."""

    document: str
    title: str
    span: Span
    context: Context


@dataclass(frozen=True, slots=True)
class NameInUse:
    """A name with the label, how many of the sampled annotations have it, and one place."""

    text: str
    count: int
    example: Example


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where one annotator gave the label and others did not; held is what each has there."""

    example: Example
    held: tuple[OverlappingLabel, ...]


@dataclass(frozen=True, slots=True)
class LabelInUse:
    """How a label is used: annotations, documents, how many annotations were sampled, names, and disagreements."""

    label: str
    annotations: int
    documents: int
    looked_at: int
    names: tuple[NameInUse, ...]
    disagreements: tuple[Disagreement, ...]


def label_in_use(project: Project, label_id: str) -> LabelInUse:
    """Return how a label is used in a project. It takes about the same time however large the project is."""
    usage = project.label_occurrences.usage(label_id)
    uses = project.label_occurrences.sample(label_id, SAMPLE)
    names = _names(project, uses)
    differing = _disagreements(project, label_id) if usage.annotations else ()
    return LabelInUse(label_id, usage.annotations, usage.documents, len(uses), names, tuple(differing))


def _names(project: Project, uses: Sequence[LabelOccurrence]) -> tuple[NameInUse, ...]:
    """Return the most frequent names; spellings that differ only in diacritics and hamza count as one."""
    alike: dict[str, list[LabelOccurrence]] = defaultdict(list)
    for use in uses:
        alike[normalise_key(use.surface)].append(use)
    ranked = sorted(alike.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_NAMES]
    shown = []
    for _, group in ranked:
        ((surface, _),) = Counter(use.surface for use in group).most_common(1)
        shown.append((surface, len(group), next(use for use in group if use.surface == surface)))
    examples = _examples(project, [(use.document, use.span) for _, _, use in shown])
    return tuple(
        NameInUse(" ".join(text.split()), count, example)
        for (text, count, _), example in zip(shown, examples, strict=True)
    )


def _disagreements(project: Project, label_id: str) -> list[Disagreement]:
    """Return the newest places with the label at which another annotator has something else or nothing alike."""
    if len(project.annotators.all()) < 2:
        return []
    found: dict[tuple[str, Span], tuple[OverlappingLabel, ...]] = {}
    looked: set[tuple[str, Span]] = set()
    for place in project.label_occurrences.newest(label_id, _LOOK_BACK):
        if place in looked:
            continue
        looked.add(place)
        held = project.label_occurrences.overlapping(*place)
        if _differ(held, place[1], label_id):
            found[place] = tuple(held)
            if len(found) == MOST_DISAGREEMENTS:
                break
    return [
        Disagreement(example, held)
        for example, held in zip(_examples(project, list(found)), found.values(), strict=True)
    ]


def _differ(held: Iterable[OverlappingLabel], span: Span, label_id: str) -> bool:
    """Return True if one annotator has the label at a place and another has something else that overlaps it."""
    sayings: dict[str, set[tuple[Span, str]]] = defaultdict(set)
    for each in held:
        sayings[each.annotator].add((each.span, each.label))
    with_it = [who for who, said in sayings.items() if (span, label_id) in said]
    return bool(with_it) and len(with_it) < len(sayings)


def _examples(project: Project, places: Sequence[tuple[str, Span]]) -> list[Example]:
    read = zip(places, read_contexts(project, places), strict=True)
    return [Example(document, title, span, words) for (document, span), (title, words) in read]
