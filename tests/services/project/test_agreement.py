"""Agreement of a project's annotators: who has finished is compared, page debris does not count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.services.project.agreement import pairwise_agreement
from annotator.storage.project import Project
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, make_project

ARTICLE = marked("قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ اليوم.\n⟦debris|شارك عبر ⟦PLATFORM|واتساب⟧⟧")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project in which two annotators gave one span each that is equal, and one that is not."""
    with make_project(tmp_path / "news.annot", [ARTICLE]) as made:
        add_annotation(made, ARTICLE.document.id, Annotation("x", Span(4, 8), "PERS", "a2"))
        add_annotation(made, ARTICLE.document.id, Annotation("y", Span(12, 23), "LOC", "a2"))
        yield made


def finish(project: Project, annotator: str) -> None:
    """Call the document done."""
    write = Write(ARTICLE.document.id, CellKind.STATUS, "", None, {"status": "done"})
    project.log.append(Edit(project.log.new_id(), annotator, ARTICLE.document.id, EditKind.STATUS, (write,)))


def test_two_who_worked_on_a_document_are_compared(project: Project) -> None:
    ((pair, found),) = pairwise_agreement(project, project.documents.ids()).items()
    assert (pair, found.documents) == (("a1", "a2"), 1)
    assert (found.spans.both, found.spans.first, found.spans.second) == (1, 2, 2)
    assert found.f1 == pytest.approx(0.5)
    # قال محمد في بغداد اليوم . are six tokens: O P O L O O and O P O L l O.
    assert found.tags.total() == 6
    assert found.kappa == pytest.approx((5 * 6 - 14) / (36 - 14))


def test_where_somebody_called_it_done_only_those_count(project: Project) -> None:
    finish(project, "a1")
    assert pairwise_agreement(project, project.documents.ids()) == {}
    finish(project, "a3")
    assert list(pairwise_agreement(project, project.documents.ids())) == [("a1", "a3")]


def test_only_some_people_or_documents_can_be_asked_for(project: Project) -> None:
    assert pairwise_agreement(project, []) == {}
    assert pairwise_agreement(project, project.documents.ids(), {"a1"}) == {}
