"""A document gets another title by an edit: undone, merged and sent as any other, and shown wherever titles are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Address, CellKind, EditKind, fold
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.services.project.merge_copies import merge_copies
from annotator.session import Outcome, Session
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from tests.storage.strategies import PEOPLE, TEXTS, make_project

ME, OTHER = PEOPLE[:2]
FIRST, SECOND = (document_id(text) for text in TEXTS[:2])
IMPORTED, NEW = "عنوان", "هجوم على حاجز في ديالى"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        yield opened


def titles(project: Project) -> list[str]:
    return [row.title for row in project.documents.page(0, 99, ME.id)]


def found(project: Project, words: str) -> list[str]:
    return project.filtered_documents.ids(DocumentFilter(words=words), DocumentOrder.IMPORTED, Viewer(ME.id))


def test_the_new_title_is_everywhere(project: Project) -> None:
    session = Session(project, ME)
    session.open(FIRST)
    assert found(project, "حاجز") == []
    change = session.rename_article(FIRST, f"  {NEW}\n")
    assert change is not None and change.edit.kind is EditKind.RENAME_ARTICLE
    assert change.documents == {FIRST}
    assert session.document is not None and session.document.title == NEW
    assert project.documents.get(FIRST).title == NEW
    assert [each.title for each in project.documents.iter()][:2] == [NEW, IMPORTED]
    assert titles(project)[:2] == [NEW, IMPORTED]
    assert found(project, "حاجز") == [FIRST]
    assert FIRST not in found(project, IMPORTED)
    assert project.team_work.titles([FIRST, SECOND]) == [NEW, IMPORTED]
    session.remove_articles([FIRST])
    assert [each.title for each in project.removals.restorable()] == [NEW]
    assert project.integrity() == []


def test_it_is_undone_and_done_again_also_after_a_restart(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, ME)
        session.open(FIRST)
        session.rename_article(SECOND, NEW)
        assert session.document is not None and session.document.id == FIRST
    with Project.open(path) as project:
        session = Session(project, ME)
        seen: list[Outcome] = []
        session.subscribe(seen.append)
        session.undo()
        assert session.document is not None and (session.document.id, session.document.title) == (SECOND, IMPORTED)
        assert seen[-1].opened
        session.redo()
        assert session.document.title == NEW and titles(project)[1] == NEW
        session.undo()
        assert session.document.title == IMPORTED and found(project, "حاجز") == []


def test_no_title_or_the_imported_one_restores_it(project: Project) -> None:
    session = Session(project, ME)
    for back in ("", "  ", IMPORTED):
        assert session.rename_article(FIRST, NEW)
        assert session.rename_article(FIRST, NEW) is None
        assert session.rename_article(FIRST, back)
        assert titles(project)[0] == IMPORTED
        assert session.rename_article(FIRST, back) is None
        assert not [address for address in project.log.state() if address.cell is CellKind.TITLE]


def test_the_last_of_two_titles_counts_in_whatever_order_copies_are_merged(path: Path, tmp_path: Path) -> None:
    copies = [Path(shutil.copy(path, tmp_path / f"{number}.annot")) for number in range(3)]
    for copy, person, title in zip(copies, PEOPLE, ("أول", "ثان", "ثالث"), strict=True):
        with Project.open(copy) as project:
            Session(project, person).rename_article(FIRST, title)
    for number, order in enumerate(permutations(copies)):
        target = Path(shutil.copy(path, tmp_path / f"merged{number}.annot"))
        with Project.open(target) as project:
            for copy in order:
                merge_copies(project, [copy])
            assert titles(project)[0] == "ثالث"
            assert project.log.state() == fold(project.log.edits())
            assert project.integrity() == []
            assert found(project, "ثالث") == [FIRST]


def test_an_undo_leaves_the_later_title_of_somebody_else(project: Project) -> None:
    mine, theirs = Session(project, ME), Session(project, OTHER)
    mine.rename_article(FIRST, "أول")
    theirs.rename_article(FIRST, "ثان")
    mine.undo()
    assert titles(project)[0] == "ثان"
    assert project.log.state()[Address("", FIRST, CellKind.TITLE, "title")] == {"title": "ثان"}


def test_an_open_article_shows_the_title_that_another_window_gave_it(path: Path, project: Project) -> None:
    session = Session(project, ME)
    session.open(FIRST)
    with Project.open(path) as other:
        Session(other, OTHER).rename_article(FIRST, NEW)
    session.refresh()
    assert session.document is not None and session.document.title == NEW


def test_a_replay_of_the_log_gives_the_same_titles(project: Project) -> None:
    session = Session(project, ME)
    session.rename_article(FIRST, NEW)
    assert found(project, "حاجز") == [FIRST]
    project.log.rebuild()
    assert titles(project)[:2] == [NEW, IMPORTED]
    assert found(project, "حاجز") == [FIRST]
