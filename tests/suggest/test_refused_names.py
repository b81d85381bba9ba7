"""Names whose suggestions keep being rejected: from when on, and what is then not suggested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.services.suggesting.suggest_project import known_names, suggest_project
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.refused_names import refused_names
from annotator.suggest.registry import KnownName

ME = Annotator("me", "أنا")
_DAYS = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس")
TEXTS = tuple(f"زار الوزير بغداد ودمشق في اليوم {day}." for day in _DAYS)


@pytest.mark.parametrize(
    ("confirmed", "rejected", "is_refused"),
    [(0, 3, False), (0, 4, True), (1, 6, False), (1, 7, True), (41, 59, False), (40, 60, True), (0, 0, False)],
)
def test_a_name_is_refused_if_it_is_surely_more_often_wrong_than_right(
    confirmed: int, rejected: int, is_refused: bool
) -> None:
    assert bool(refused_names([KnownName("النهار", "MEDIA", confirmed, rejected)])) is is_refused


def test_spellings_of_a_name_count_together_and_labels_do_not() -> None:
    names = [KnownName("الأمة", "ORG", 0, 2), KnownName("الامة", "ORG", 0, 3), KnownName("الأمة", "MEDIA", 5, 0)]
    refused = refused_names(names)
    assert list(refused.values()) == [MeasuredPrecision(0, 5)]
    assert [label for _, label in refused] == ["ORG"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project with suggestions, four articles of which were decided: بغداد was rejected, دمشق confirmed."""
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as made:
        for text in TEXTS:
            made.documents.add(Document(document_id(text), text))
        suggest_project(made, ["lexicon", COMBINED], models=tmp_path / "models")
        session = Session(made, ME)
        for text in TEXTS[:-1]:
            session.open(document_id(text))
            while session.focus and session.focus.is_suggestion:
                (session.reject if session.focus.span.of(text) == "بغداد" else session.confirm)()
        yield made


def suggested(project: Project) -> list[str]:
    return [s.span.of(TEXTS[-1]) for s in project.suggestions.of(document_id(TEXTS[-1]))]


def test_what_keeps_being_rejected_is_not_suggested_and_the_session_says_why(project: Project, tmp_path: Path) -> None:
    assert {"بغداد", "دمشق"} <= set(suggested(project))
    suggest_project(project, ["lexicon", COMBINED], again=True, models=tmp_path / "models")
    assert "دمشق" in suggested(project) and "بغداد" not in suggested(project)
    session = Session(project, ME)
    session.open(document_id(TEXTS[-1]))
    assert session.left_out() == []
    session.refused = refused_names(known_names(project))
    assert session.left_out() == [("بغداد", "LOC", MeasuredPrecision(0, 4))]
    session.open(document_id(TEXTS[0]))
    assert session.left_out() == [], "what the annotator rejected here is no news"


def test_it_returns_if_it_is_labelled_by_hand(project: Project, tmp_path: Path) -> None:
    session = Session(project, ME)
    for text in TEXTS[:2]:
        session.open(document_id(text))
        start = text.index("بغداد")
        session.give_label("LOC", Span(start, start + 5))
    suggest_project(project, ["lexicon", COMBINED], again=True, models=tmp_path / "models")
    assert "بغداد" in suggested(project)
