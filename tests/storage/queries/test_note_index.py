"""The list of notes and flags: by whom, on what, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, EditKind, Write
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.note_index import NoteEntry
from tests.storage.strategies import PEOPLE, make_document, make_tagset

ME, OTHER = PEOPLE[:2]
TEXT, SECOND = "قال احمد في\nبغداد أمس", "خبر من البصرة"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", make_tagset()) as made:
        for text in (TEXT, SECOND):
            made.documents.add(make_document(text, title=text[:7]))
        made.suggestions.replace(
            document_id(TEXT),
            "s",
            "1",
            [Suggestion(Span(4, 8), "PERS", 0.9, "s", "1"), Suggestion(Span(9, 17), "LOC", 0.9, "s", "1")],
        )
        me = Session(made, ME)
        me.open(document_id(SECOND))
        me.set_note("متى؟")
        me.open(document_id(TEXT))
        me.set_doubtful(True, me.items[1].key)
        me.confirm()
        me.set_note("أهو هو؟", me.items[0].key)
        me.set_note("للمراجعة")
        other = Session(made, OTHER)
        other.open(document_id(TEXT))
        other.set_doubtful(True)
        yield made


def listed(project: Project, *args: str, **asked: object) -> list[NoteEntry]:
    numbers = project.note_index.find(*args, **asked)  # type: ignore[arg-type]
    found = project.note_index.read(numbers)
    return [found[number] for number in numbers]


def said(remarks: list[NoteEntry]) -> list[tuple[str, str, bool, str, str]]:
    return [(r.annotator.name, r.text, r.doubtful, r.label, r.surface) for r in remarks]


def test_notes_come_by_document_and_place_the_documents_own_first(project: Project) -> None:
    assert said(listed(project)) == [
        ("Ali", "للمراجعة", False, "", ""),
        ("Basma", "", True, "", ""),
        ("Ali", "أهو هو؟", False, "PERS", "احمد"),
        ("Ali", "", True, "LOC", "في بغداد"),
        ("Ali", "متى؟", False, "", ""),
    ]
    first = listed(project)[2]
    assert (first.document, first.title, first.span) == (document_id(TEXT), TEXT[:7], Span(4, 8))


def test_a_page_is_read_by_one_query(project: Project) -> None:
    numbers = project.note_index.find()
    asked: list[str] = []
    with project.note_index._connection.reading() as db:
        db.conn.set_trace_callback(asked.append)
        found = project.note_index.read(numbers)
        db.conn.set_trace_callback(None)
    assert [found[number].surface for number in numbers] == ["", "", "احمد", "في بغداد", ""]
    assert len([query for query in asked if "substr" in query]) == 1
    assert len([query for query in asked if "notes" in query.lower() or "articles" in query.lower()]) == 1


def test_the_list_can_be_one_persons_doubts_alone_or_words(project: Project) -> None:
    assert len(listed(project, ME.id)) == 4
    assert said(listed(project, ME.id, doubtful=True)) == [("Ali", "", True, "LOC", "في بغداد")]
    assert [r.text for r in listed(project, words="اهو")] == ["أهو هو؟"]
    assert listed(project, words="اهو متى") == []


def test_a_note_whose_annotation_a_merge_took_away_is_still_told(project: Project) -> None:
    held = project.log.annotations(document_id(TEXT), ME.id)[0]
    gone = Write(document_id(TEXT), CellKind.ANNOTATION, held.id, held.to_value(), None)
    Session(project, ME).open(document_id(TEXT))
    session = Session(project, ME)
    session.open(document_id(TEXT))
    session.apply(EditKind.REMOVE, [gone])
    orphan = next(r for r in listed(project) if r.text == "أهو هو؟")
    assert (orphan.span, orphan.label, orphan.surface) == (None, "", "")


def test_a_note_that_is_gone_by_now_is_left_out(project: Project) -> None:
    numbers = project.note_index.find()
    session = Session(project, ME)
    session.open(document_id(SECOND))
    session.set_note("")
    assert len(project.note_index.read(numbers)) == len(numbers) - 1
