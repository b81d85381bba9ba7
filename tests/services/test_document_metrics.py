"""Documents measured and repeats found, here or in a process apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ProjectError
from annotator.services.document_metrics import (
    group_repeats,
    is_up_to_date,
    measure_in_process,
    measure_stale,
    metric_inputs,
)
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.services.corpus.corpora import PEOPLE, add_annotation

BODY = " ".join(f"كلمة{n}" for n in range(80))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project of three articles, the third nearly the first, as a merge might leave it: nothing measured."""
    path = tmp_path / "p.annot"
    with Project.create(path, load_tagset("security")) as project:
        for text in (f"بغداد {BODY}", "بغداد هادئة", f"كركوك - وكالات بغداد {BODY}"):
            project.documents.add(Document(document_id(text), text))
            at = text.index("بغداد")
            found = Suggestion(Span(at, at + 5), "LOC", 0.93, "lexicon", "1")
            project.suggestions.replace(document_id(text), "lexicon", "1", [found])
    return path


def check(project: Project) -> None:
    ids = list(project.documents.ids())
    assert is_up_to_date(project)
    assert project.metrics.repeats() == {ids[2]: ids[0]}
    assert project.metrics.scores().total() == 3


def test_what_is_stale_is_measured_and_repeats_are_found(path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Project.open(path) as project:
        assert not is_up_to_date(project)
        assert measure_stale(project, lambda done, total: steps.append((done, total))) == 3
        assert not is_up_to_date(project)
        group_repeats(project)
        check(project)
        assert measure_stale(project) == 0
        group_repeats(project)
        check(project)
    assert steps == [(3, 3)]


def test_a_process_apart_does_the_same(path: Path) -> None:
    measure_in_process(path, lambda: False)
    with Project.open(path) as project:
        check(project)


def test_a_process_apart_can_be_stopped(path: Path) -> None:
    asked: list[None] = []

    def is_cancelled() -> bool:
        """Stop at once."""
        asked.append(None)
        return True

    measure_in_process(path, is_cancelled)
    assert asked
    with Project.open(path) as project:
        measure_stale(project)
        group_repeats(project)
        check(project)


def test_a_fault_in_the_process_apart_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"Cannot look for repeated articles in .* \(.*Project not found") as fault:
        measure_in_process(tmp_path / "none.annot", lambda: False)
    assert "\n" not in str(fault.value)


def test_confirmed_names_are_known_in_any_spelling(path: Path) -> None:
    with Project.open(path) as project:
        project.annotators.add(PEOPLE[0])
        (first, *_) = project.documents.ids()
        assert not metric_inputs(project).is_known("بغداد")
        add_annotation(project, first, Annotation("n", Span(0, 5), "LOC", PEOPLE[0].id))
        assert metric_inputs(project).is_known("بغداد")
