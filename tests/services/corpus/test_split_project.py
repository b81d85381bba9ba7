"""Splits of real projects: repeats are found first, wherever they were imported, and manifests are read and refused."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.corpus.split import PreviousSplit, Side, SplitPlan, SplitRule, parse_parts
from annotator.errors import ExportError
from annotator.services.corpus.manifest import read_manifest
from annotator.services.corpus.split_project import SplitResult, selected_members, split_project
from annotator.services.exporting.selection import EVERYTHING, Selection, SelectionCounts
from annotator.storage.project import Project
from tests.formats.marks import marked
from tests.services.corpus.corpora import make_project
from tests.text.duplicates.test_reprints import story

PLAN = SplitPlan(parse_parts("50/25/25"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project of 30 stories, of which ten were printed again with another beginning."""
    with make_project(tmp_path / "news.annot") as made:
        made.documents.add_many(marked(story(seed)).document for seed in range(30))
        made.documents.add_many(marked(f"بغداد - واع {story(seed)}").document for seed in range(10))
        yield made


def split_it(
    project: Project, plan: SplitPlan, kept: PreviousSplit | None = None, selection: Selection = EVERYTHING
) -> SplitResult:
    """Split what a selection takes."""
    return split_project(
        project, selected_members(project, selection, SelectionCounts()), plan, kept or PreviousSplit()
    )


@pytest.mark.parametrize("by", [SplitRule.HASH, SplitRule.LABEL])
def test_repeats_are_found_before_and_stand_on_the_side_of_their_story(project: Project, by: SplitRule) -> None:
    assert project.metrics.repeats() == {}, "nothing was suggested, so nothing was measured"
    found = split_it(project, SplitPlan(PLAN.parts, by))
    repeats = project.metrics.repeats()
    assert len(repeats) == 10
    assert all(found.split.sides[later] is found.split.sides[first] for later, first in repeats.items())
    assert found.leaks == []
    assert found.alike == 20
    placed = [document for ids in found.documents.values() for document in ids]
    assert sorted(placed) == sorted(project.documents.ids())


def test_by_hash_no_selection_and_no_later_document_moves_another(project: Project) -> None:
    everything = split_it(project, PLAN).split.sides
    some = frozenset(random.Random(1).sample(sorted(everything), 12))
    assert split_it(project, PLAN, selection=Selection(document_ids=some)).split.sides == {
        document: side for document, side in everything.items() if document in some
    }
    project.documents.add_many(marked(story(seed)).document for seed in range(100, 120))
    later = split_it(project, PLAN).split.sides
    assert {document: later[document] for document in everything} == everything
    assert len(later) == len(everything) + 20


def manifest(tmp_path: Path, **changes: object) -> Path:
    """Write a small manifest."""
    told = {"split": {"first_days": {"test": "2020-05-01"}}, "documents": {"train": ["a"], "test": ["b"]}} | changes
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_a_manifest_is_read_with_what_it_remembers(tmp_path: Path) -> None:
    kept = read_manifest(manifest(tmp_path, remembered={"dev": ["c"]})).kept
    assert kept.sides == {"a": Side.TRAIN, "b": Side.TEST, "c": Side.DEV}
    assert str(kept.starts[Side.TEST]) == "2020-05-01"


@pytest.mark.parametrize(
    "changes",
    [
        {"documents": {"train": ["a"], "test": ["a"]}},
        {"documents": {"valid": ["a"]}},
        {"documents": ["a"]},
        {"documents": {"train": 7}},
        {"split": None},
        {"split": {"first_days": {"test": "may"}}},
        {"remembered": 3},
    ],
)
def test_what_is_no_manifest_is_refused_in_a_sentence(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ExportError, match=r"manifest\.json is not a split manifest"):
        read_manifest(manifest(tmp_path, **changes))


def test_files_that_are_no_json_or_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"\xff{")
    with pytest.raises(ExportError, match="not a split manifest"):
        read_manifest(tmp_path / "manifest.json")
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ExportError, match="not a split manifest"):
        read_manifest(tmp_path / "manifest.json")
    with pytest.raises(ExportError, match="Cannot read the manifest"):
        read_manifest(tmp_path / "none.json")
