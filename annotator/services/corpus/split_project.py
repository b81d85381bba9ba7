"""Split the selected documents: near-duplicates stay together, and the assignments of an earlier split are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.corpus.split import (
    NO_PREVIOUS_SPLIT,
    PreviousSplit,
    Side,
    Split,
    SplitMember,
    SplitPlan,
    SplitRule,
    find_leaks,
)
from annotator.domain.corpus.split_rules import split_documents
from annotator.errors import ExportError
from annotator.services.document_metrics import group_repeats, measure_stale
from annotator.services.exporting.selection import Selection, SelectionCounts, Selector
from annotator.services.progress import Progress
from annotator.storage.project import Project
from annotator.text.duplicates.near_duplicates import find_near_duplicates


@dataclass(frozen=True, slots=True)
class SplitResult:
    """The split of the selected documents.

    documents: the ids in each split that has any, in the order of import. leaks: pairs of near-duplicates in different
    splits, which only an earlier manifest can cause. remembered: the splits of documents that the manifest lists and
    the export does not select. alike: how many documents have a near-duplicate in the splits.
    """

    split: Split
    documents: Mapping[Side, Sequence[str]]
    leaks: Sequence[tuple[str, str]]
    remembered: Mapping[str, Side]
    alike: int


def selected_members(project: Project, selection: Selection, counts: SelectionCounts) -> list[SplitMember]:
    """Return what a split needs to know of the selected documents, in the order of import, adding to counts.

    Equal annotations of several annotators count once.
    """
    members = []
    for annotated in Selector(project, selection).documents(counts):
        document = annotated.document
        spans = {(annotation.span, annotation.label) for annotation in annotated.annotations}
        labels = Counter(label for _, label in spans)
        members.append(SplitMember(document.id, document.date, document.source, labels))
    return members


def split_project(
    project: Project,
    members: Sequence[SplitMember],
    plan: SplitPlan,
    kept: PreviousSplit = NO_PREVIOUS_SPLIT,
    progress: Progress | None = None,
) -> SplitResult:
    """Split members, which are documents of the project, by a plan.

    Stale documents are measured first, with progress, so that all near-duplicates are known. A split by hash considers
    all documents of the project, so that the selection does not change assignments. Raises ExportError as
    split_documents() does.
    """
    measure_stale(project, progress)
    group_repeats(project)
    # Repeats in the list of articles also stay together, even if the finer search does not find them.
    alike = find_near_duplicates(project.metrics.fingerprints(), project.metrics.repeats().items())
    everything = (
        [SplitMember(document) for document in project.documents.ids()] if plan.by is SplitRule.HASH else members
    )
    whole = split_documents(everything, alike, plan, kept)
    ids = {member.id for member in members}
    sides = {document: side for document, side in whole.sides.items() if document in ids}
    found = Split(sides, {document: why for document, why in whole.left_out.items() if document in ids}, whole.starts)
    documents = {side: [member.id for member in members if sides.get(member.id) is side] for side in Side}
    return SplitResult(
        found,
        {side: listed for side, listed in documents.items() if listed},
        find_leaks(sides, alike),
        {document: side for document, side in kept.sides.items() if document not in ids},
        sum(any(other in sides for other in alike.get(document, ())) for document in sides),
    )


def check_assignments_kept(before: PreviousSplit, sides: Mapping[str, Side], manifest: Path, keep: Path | None) -> None:
    """Raise ExportError if documents are in other splits than in the manifest that is to be replaced.

    before is what that manifest says. keep is the manifest to name in the message, None if there is none to keep to.
    """
    moved = sum(sides.get(document, side) is not side for document, side in before.sides.items())
    if moved and keep:
        raise ExportError(
            "{moved} articles would change splits compared with {manifest}. Add --manifest {keep}, or choose "
            "another folder for a new split.",
            moved=moved,
            manifest=manifest,
            keep=keep,
        )
    if moved:
        raise ExportError(
            "{moved} articles would change splits compared with {manifest}. Choose another folder for a new split.",
            moved=moved,
            manifest=manifest,
        )
