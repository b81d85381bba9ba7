"""The index finds every document that contains the text, and few others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.document import Document, document_id
from annotator.storage.project import Project
from annotator.text.normalise import normalise_words
from tests.storage.strategies import make_tagset

TEXTS = ("قال في بَغْدَاد إن الأمر انتهى", "وفي كركوك وبغداد", "لا شيء هنا UN", 'قوس " واقتباس', "مدينة\nكركوك")


def make_project(path: Path, texts: tuple[str, ...] = TEXTS) -> Project:
    """Make an open project of some texts, all of them in the index."""
    project = Project.create(path, make_tagset())
    project.documents.add_many(Document(document_id(text), text) for text in texts)
    project.search_index.add(project.search_index.missing())
    return project


def found(project: Project, *literals: str) -> list[str]:
    """Return the texts of the documents that the index names."""
    ids = project.search_index.ids(project.search_index.candidates(literals))
    return [document.text for document in project.documents.get_many(ids)]


@pytest.mark.parametrize(
    ("literals", "expected"),
    [
        (["بغداد"], [0, 1]),
        (["بَغداد", "كركوك"], [1]),
        (["رك"], [1, 4]),
        (["خض"], []),
        (["ة كر"], [4]),
        (["un"], [2]),
        ([" رك"], []),
        (["كوك "], [1, 4]),
        ([" قا"], [0]),
        (["،"], [0, 1, 2, 3, 4]),
        (['س " و'], [3]),
        ([], [0, 1, 2, 3, 4]),
        (["موصل"], []),
    ],
)
def test_candidates_hold_the_literals(tmp_path: Path, literals: list[str], expected: list[int]) -> None:
    with make_project(tmp_path / "p.annot") as project:
        assert found(project, *literals) == [TEXTS[i] for i in expected]


@settings(max_examples=25)
@given(
    texts=st.lists(
        st.text(st.sampled_from('ابكقَ و"\nUn ة'), min_size=1, max_size=12), min_size=1, max_size=6, unique=True
    ),
    literal=st.text(st.sampled_from('ابكق"Un ه'), min_size=1, max_size=5),
)
def test_no_document_that_holds_a_literal_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], literal: str
) -> None:
    with make_project(tmp_path_factory.mktemp("search") / "p.annot", tuple(texts)) as project:
        holding = {text for text in texts if literal in text or normalise_words(literal) in normalise_words(text)}
        assert holding <= set(found(project, literal))


def test_later_documents_come_in_and_none_twice(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        assert project.search_index.missing() == []
        late = Document(document_id("سقطت بغداد"), "سقطت بغداد")
        project.documents.add(late)
        assert project.search_index.missing() == [late.id]
        project.search_index.add([late.id])
        project.search_index.add([late.id, "unknown"])
        assert found(project, "بغداد") == [TEXTS[0], TEXTS[1], late.text]
        assert project.integrity() == []


def test_an_index_of_another_form_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_project(tmp_path / "p.annot") as project:
        monkeypatch.setattr("annotator.storage.queries.search_index._FORM", "2")
        assert len(project.search_index.missing()) == len(TEXTS)
        assert found(project, "بغداد") == []
        project.search_index.add(project.search_index.missing())
        assert found(project, "بغداد") == [TEXTS[0], TEXTS[1]]
        assert project.search_index.missing() == []


def test_nothing_of_an_index_of_another_form_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_project(tmp_path / "p.annot") as project:
        project.search_index.add(project.search_index.missing())
        monkeypatch.setattr("annotator.storage.queries.search_index._FORM", "2")
        monkeypatch.setattr("annotator.storage.queries.search_index.normalise_words", lambda text: "ابجد")
        project.search_index.add(project.search_index.missing())
        terms = set(project._connection.db.execute("select term, doc from search_terms").fetchall())
        assert terms == {(run, len(TEXTS)) for run in ("ابج", "بجد", "جد ")}


def test_what_came_in_after_the_index_was_filled_is_missing(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        assert project.search_index.missing() == []
        project.documents.add(Document(document_id("جديد"), "جديد"))
        assert project.search_index.missing() == [document_id("جديد")]
