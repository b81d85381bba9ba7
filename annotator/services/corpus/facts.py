"""All that the card and the figures of a corpus are made from, and who gave what in its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.corpus.split import Side, SplitPlan
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.review.document_state import Documents
from annotator.domain.tagset.tagset import Tagset
from annotator.services.corpus.split import SplitResult
from annotator.services.exporting.pseudonyms import PseudonymOptions
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.selection import Selection
from annotator.storage.project import Project

_CHUNK = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """All that card and figures are made from. names: what annotators are called, by id."""

    project: Project
    name: str
    licence: str
    format: str
    files: Mapping[Side, str]
    figures: Mapping[Side, CorpusStatistics]
    tagset: Tagset
    plan: SplitPlan
    splitting: SplitResult
    kept: bool
    selection: Selection
    pseudonyms: PseudonymOptions | None
    reports: Mapping[Side, ExportReport]
    names: Mapping[str, str]
    plots: Mapping[str, str]
    without_plots: str


def selected_annotators(facts: DatasetInfo) -> frozenset[str]:
    """Return the ids of the annotators that were asked for; nobody stands for everybody."""
    wanted = set(facts.selection.annotators)
    return frozenset(p.id for p in facts.project.annotators.all() if wanted & {p.id, p.name})


def contributions_of(facts: DatasetInfo, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return in how many of the documents each annotator gave how many spans, by what the annotator is called.

    If only finished documents are exported, only the work of those who called a document done counts.
    """
    people, documents, spans = selected_annotators(facts), Counter[str](), Counter[str]()
    only_finished = facts.selection.documents is Documents.FINISHED
    for first in range(0, len(ids), _CHUNK):
        chunk = ids[first : first + _CHUNK]
        done = facts.project.contributions.done(chunk) if only_finished else {}
        for document in chunk:
            given = Counter(annotation.annotator for annotation in facts.project.log.annotations(document))
            for who, count in given.items():
                is_done = not only_finished or who in done.get(document, ())
                if is_done and (not people or who in people):
                    documents[facts.names.get(who, who)] += 1
                    spans[facts.names.get(who, who)] += count
    return {who: (documents[who], spans[who]) for who in sorted(documents)}


def display_pair(facts: DatasetInfo, pair: tuple[str, str]) -> tuple[str, str]:
    """Return what two annotators are called."""
    return facts.names.get(pair[0], pair[0]), facts.names.get(pair[1], pair[1])
