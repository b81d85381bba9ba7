"""A removed document is hidden everywhere, can be restored, and can be erased."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import EditKind, fold
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.review.document_state import Documents, DocumentState
from annotator.errors import ExportError, ProjectError
from annotator.services.document_metrics import metric_inputs
from annotator.services.exporting.selection import ExclusionReason, Selection, SelectionCounts, Selector
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_copies
from annotator.services.project.stats import project_stats
from annotator.services.search.concordance import complete_index
from annotator.services.search.occurrences import OccurrenceSearch
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from annotator.storage.tables.tagsets import load_tagset
from tests.storage.strategies import PEOPLE, TEXTS, make_document, make_project

ME, OTHER = PEOPLE[:2]
FIRST, SECOND, *REST = (document_id(text) for text in TEXTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project in which somebody confirmed everything in each article, and noted something."""
    made = make_project(tmp_path / "p.annot")
    with Project.open(made) as project:
        session = Session(project, ME)
        for document in list(project.documents.ids()):
            session.open(document)
            session.confirm_all()
            session.set_done(True)
            session.set_note("ملاحظة")
        complete_index(project)
        ids = list(project.documents.ids())
        project.metrics.update(ids, metric_inputs(project), dict.fromkeys(ids, b"12345678"))
    return made


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        yield opened


def remove(project: Project, *documents: str) -> Session:
    session = Session(project, ME)
    assert session.remove_articles(documents)
    return session


def test_an_export_counts_what_was_removed(project: Project) -> None:
    remove(project, FIRST)
    counts = SelectionCounts()
    assert len(list(Selector(project, Selection()).documents(counts))) == len(TEXTS) - 1
    assert counts.documents == {ExclusionReason.REMOVED: 1}
    assert counts.states == {DocumentState.REMOVED: 1}
    assert any("removed 1" in line for line in counts.lines())
    assert counts.to_json()["documents_not_selected_by_state"]["removed"] == 1
    some = SelectionCounts()
    list(Selector(project, Selection(document_ids={SECOND})).documents(some))
    assert ExclusionReason.REMOVED not in some.documents


def test_what_was_finished_and_removed_is_not_finished(project: Project) -> None:
    assert project.contributions.any_done()
    assert +project.contributions.states([ME.id]) == {DocumentState.FINISHED: len(TEXTS)}
    remove(project, FIRST)
    assert +project.contributions.states([ME.id]) == {DocumentState.FINISHED: len(TEXTS) - 1}
    remove(project, SECOND, *REST)
    assert not project.contributions.any_done()
    for which in (Documents.FINISHED, Documents.LABELLED):
        with pytest.raises(ExportError, match="Nothing to export: no annotator"):
            Selector(project, Selection(documents=which)).check_not_empty()


def taken(project: Project) -> set[str]:
    selector = Selector(project, Selection())
    return {each.document.id for each in selector.documents(SelectionCounts())}


LISTS: dict[str, Callable[[Project], set[str]]] = {
    "ids": lambda p: set(p.documents.ids()),
    "iter": lambda p: {document.id for document in p.documents.iter()},
    "page": lambda p: {row.id for row in p.documents.page(0, 100)},
    "filter": lambda p: set(p.filtered_documents.ids(DocumentFilter(words=" "), DocumentOrder.IMPORTED, Viewer(ME.id))),
    "search": lambda p: set(p.search_index.ids(p.search_index.candidates([]))),
    "labelled": lambda p: set(p.search_index.ids(p.search_index.candidates([], annotator=ME.id))),
    "decided": lambda p: {document for document, _, _ in p.decisions.decided_documents()},
    "remarks": lambda p: {remark.document for remark in p.note_index.read(p.note_index.find()).values()},
    "fingerprints": lambda p: {document for document, _ in p.metrics.fingerprints()},
    "without suggestions": lambda p: set(p.suggestions.unanswered_documents(["nobody"])),
    "uses": lambda p: {use.document for label in p.tagset.labels for use in p.label_occurrences.sample(label.id, 1000)},
    "newest": lambda p: {
        document for label in p.tagset.labels for document, _ in p.label_occurrences.newest(label.id, 1000)
    },
    "export": taken,
} | {
    f"in order {order}": lambda p, order=order: {row.id for row in p.documents.page(0, 100, order=order)}
    for order in DocumentOrder
}


@pytest.mark.parametrize("name", LISTS)
def test_a_removed_document_is_in_no_list(project: Project, name: str) -> None:
    everything = LISTS[name](project)
    assert FIRST in everything
    session = remove(project, FIRST)
    assert LISTS[name](project) == everything - {FIRST}
    session.undo()
    assert LISTS[name](project) == everything


def test_counts_and_places_pass_over_a_removed_document(project: Project) -> None:
    before = project_stats(project)
    names, work, scores = project.decided_names(), project.contributions.by_annotator(), project.metrics.scores()
    tally = project.decisions.counts()
    cases = tally.cases()
    session = remove(project, FIRST)
    assert project.documents.count() == len(TEXTS) - 1
    assert project.documents.count_removed() == 1
    assert FIRST not in project.documents
    assert project.documents.position(SECOND) == 0
    with pytest.raises(KeyError):
        project.documents.position(FIRST)
    for order in DocumentOrder:
        places = [project.documents.position(i, order) for i in project.documents.page_ids(0, 100, order)]
        assert places == list(range(len(TEXTS) - 1))
    assert sum(count for _, count in project.filtered_documents.sources()) == len(TEXTS) - 1
    assert project.contributions.by_annotator()[ME.id].done == work[ME.id].done - 1
    assert sum(name.confirmed for name in project.decided_names()) < sum(name.confirmed for name in names)
    assert project.metrics.scores().total() < scores.total()
    tally.refresh()
    assert tally.cases() == project.decisions.cases() != cases
    assert project_stats(project)["documents"] == before["documents"] - 1
    session.undo()
    tally.refresh()
    assert tally.cases() == cases
    after = project_stats(project)
    assert after == before | {"edits": before["edits"] + 2, "last_edit": after["last_edit"]}


def test_an_article_that_repeats_a_removed_one_does_not_say_so(project: Project) -> None:
    project.metrics.set_repeats({SECOND: FIRST}, len(TEXTS))
    assert project.documents.row(SECOND).repeats == FIRST
    assert project_stats(project)["repeated"] == 1
    session = remove(project, FIRST)
    assert not project.documents.row(SECOND).repeats
    assert project_stats(project)["repeated"] == 0
    assert not project.metrics.repeats_are_current(), "repeats are to be looked for again"
    session.undo()
    assert project.documents.row(SECOND).repeats == FIRST


def test_places_of_a_name_are_not_looked_for_in_a_removed_document(project: Project) -> None:
    word = TEXTS[0].split()[0]
    search = OccurrenceSearch(project, ME.id, word)
    assert any(place.document == FIRST for few in search.in_corpus(search.candidates(), "") for place in few)
    remove(project, FIRST)
    assert not any(place.document == FIRST for few in search.in_corpus(search.candidates(), "") for place in few)


def test_removing_is_one_edit_that_can_be_taken_back_after_a_restart(path: Path) -> None:
    with Project.open(path) as project:
        before, edits = project.log.state(), project.log.counts()["edits"]
        session = remove(project, FIRST, SECOND, FIRST)
        assert session.remove_articles([FIRST]) is None
        assert project.log.counts()["edits"] == edits + 1
    with Project.open(path) as project:
        assert project.documents.removed([FIRST, SECOND, *REST]) == {FIRST, SECOND}
        session = Session(project, ME)
        change = session.undo()
        assert change and change.restored == {FIRST, SECOND}
        assert session.document and session.document.id == FIRST
        assert project.log.state() == before == fold(project.log.edits())
        again = session.redo()
        assert again and again.removed == {FIRST, SECOND}
        assert project.log.state() == fold(project.log.edits())
        project.log.rebuild()
        assert project.documents.count() == len(TEXTS) - 2


def test_a_removal_counts_on_another_copy_and_the_last_word_wins(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.annot"
    shutil.copyfile(path, copy)
    with Project.open(path) as mine, Project.open(copy) as theirs:
        session = remove(mine, FIRST, SECOND)
        other = Session(theirs, OTHER)
        other.open(SECOND)
        assert other.remove_articles([SECOND])
        other.undo()
        merge_copies(mine, [copy])
        merge_copies(theirs, [path])
        assert mine.log.state() == theirs.log.state() == fold(mine.log.edits())
        assert mine.documents.removed([FIRST, SECOND]) == {FIRST}, "theirs was restored after mine was removed"
        session.undo()
        merge_copies(theirs, [path])
        assert theirs.documents.removed([FIRST, SECOND]) == set()


def article(path: Path, number: int = 0) -> Path:
    """Write a file that holds an article."""
    file = path.with_name("again.jsonl")
    file.write_text(json.dumps({"text": TEXTS[number], "title": "عنوان", "source": "م"}), encoding="utf-8")
    return file


def test_importing_a_removed_article_again_restores_it_and_says_so(path: Path) -> None:
    with Project.open(path) as project:
        state = project.log.state()
        remove(project, FIRST)
        report = import_paths(project, [article(path)])
        assert (report.added, report.restored, report.removed, report.duplicates) == (0, 0, 1, 0)
        assert FIRST not in project.documents
        report = import_paths(project, [article(path)], who=lambda: OTHER)
        assert (report.added, report.restored, report.removed, report.duplicates) == (0, 1, 0, 0)
        assert FIRST in project.documents
        assert project.log.state() == state, "with all that was decided in it"
        assert list(project.log.edits())[-1].kind is EditKind.RESTORE_ARTICLE
        assert import_paths(project, [article(path)], who=lambda: OTHER).duplicates == 1


def in_file(path: Path, text: str) -> list[str]:
    """Return the files beside a project, and the project itself, that hold a text."""
    wanted = text.encode()[:40]
    return [
        file.name for file in path.parent.iterdir() if file.name.startswith(path.name) and wanted in file.read_bytes()
    ]


def test_erasing_leaves_no_text_in_the_file_and_a_sound_project(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        state = project.log.state()
        session = remove(project, FIRST)
        assert project.removals.erasable() == [FIRST]
        assert in_file(path, TEXTS[0])
        assert project.removals.erase() == [FIRST]
        assert project.removals.erase() == project.removals.erasable() == []
        assert not in_file(path, TEXTS[0])
        assert in_file(path, TEXTS[1])
        assert project.documents.count() == len(TEXTS) - 1
        with pytest.raises(KeyError):
            project.documents.get(FIRST)
        assert [d.id for d in project.documents.get_many([FIRST, SECOND])] == [SECOND]
        assert [d.id for d in project.documents.each([FIRST, SECOND])] == [SECOND]
        assert project.suggestions.of(FIRST) == []
        complete_index(project)
        assert FIRST not in project.search_index.ids(project.search_index.candidates([]))
        assert Project.check(path) == []
        assert project.log.state() == fold(project.log.edits())
        session.undo()
        assert project.log.state() == state
        assert FIRST not in project.documents, "without its text it stays hidden"
        project.log.rebuild()
    with Project.open(path) as project, closing(sqlite3.connect(path)) as db:
        assert project.documents.count() == len(TEXTS) - 1
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_erasing_also_overwrites_pages_that_were_free(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma secure_delete=off")
        db.execute("create table other (text text)")
        db.execute("insert into other values (?)", [TEXTS[0] * 1000])
        db.execute("drop table other")
    with Project.open(path) as project:
        remove(project, FIRST)
        project.removals.erase()
        assert not in_file(path, TEXTS[0])


def test_a_text_is_overwritten_even_if_erasing_is_killed_before_the_file_is_rewritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = Database.execute

    def killed(db: Database, sql: str, *args: Any) -> sqlite3.Cursor:
        if sql == "VACUUM":
            raise KeyboardInterrupt
        return execute(db, sql, *args)

    monkeypatch.setattr(Database, "execute", killed)
    long = make_document("نص يمتد على صفحات كثيرة من الملف " * 500)
    with Project.open(path) as project:
        project.documents.add(long)
        remove(project, long.id)
        with pytest.raises(KeyboardInterrupt):
            project.removals.erase()
    assert not in_file(path, long.text)


def test_nothing_is_said_to_be_erased_while_another_program_reads_it(path: Path) -> None:
    with Project.open(path, timeout=0.05) as project, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        remove(project, FIRST)
        reader.execute("begin")
        reader.execute("select text from articles").fetchall()
        with pytest.raises(ProjectError, match="in use by another program"):
            project.removals.erase()
        assert project.removals.erasable() == [FIRST]
        reader.execute("rollback")
        assert project.removals.erase() == [FIRST]
        assert not in_file(path, TEXTS[0])


def test_an_erased_document_that_has_a_text_is_damage(path: Path) -> None:
    with Project.open(path) as project:
        remove(project, FIRST)
        assert project.removals.erase() == [FIRST]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update articles set text = 'x', length = 1 where id = ?", [FIRST])
    (finding,) = Project.check(path)
    assert finding.documents == (FIRST,)


def test_a_removal_that_is_not_in_the_log_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into removals values (?, '', 'removed', 1)", [FIRST])
    (finding,) = Project.check(path)
    assert finding.documents == (FIRST,)


def test_a_merge_brings_no_erased_text_back_and_erases_none(path: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy.annot", make_project(tmp_path / "new.annot", texts=[TEXTS[2]])
    shutil.copyfile(path, copy)
    with Project.open(path) as mine:
        remove(mine, FIRST)
        mine.removals.erase()
        merge_copies(mine, [copy])
        assert not in_file(path, TEXTS[0])
        assert mine.suggestions.of(FIRST) == []
    with Project.open(copy) as theirs:
        merge_copies(theirs, [path])
        assert FIRST not in theirs.documents
        assert theirs.documents.get(FIRST).text == TEXTS[0], "who has not erased it still has it"
    with Project.open(new) as third:
        merge_copies(third, [path])
        assert third.documents.erased([FIRST, SECOND]) == {FIRST}
        assert third.log.state() == fold(third.log.edits())
        assert third.documents.count() == len(TEXTS) - 1
        merge_copies(third, [copy])
        assert not in_file(new, TEXTS[0])


def test_importing_an_erased_article_again_brings_it_back(path: Path) -> None:
    with Project.open(path) as project:
        complete_index(project)
        remove(project, FIRST)
        scores = project.metrics.scores()
        project.removals.erase()
        assert import_paths(project, [article(path)], who=lambda: ME).restored == 1
        assert project.metrics.scores() == scores, "its suggestions were erased"
        assert project.integrity() == []
        stored = project._connection.db.execute("select id from checksums where part = 'documents'").fetchall()
        assert {FIRST} <= {row[0] for row in stored}
        document = project.documents.get(FIRST)
        assert (document.text, document.title, document.source) == (TEXTS[0], "عنوان", "م")
        assert project.log.annotations(FIRST, ME.id)
        complete_index(project)
        assert FIRST in project.search_index.ids(project.search_index.candidates([]))
        assert isinstance(document, Document)
        assert FIRST in project.suggestions.unanswered_documents(["lexicon"])


def test_what_can_be_restored_is_listed_with_who_removed_it_and_when(project: Project) -> None:
    assert project.removals.restorable() == []
    Session(project, OTHER).remove_articles([FIRST, SECOND])
    session = Session(project, ME)
    session.restore_articles([SECOND])
    remove(project, REST[0])
    session.remove_articles([SECOND])
    listed = project.removals.restorable()
    assert [(each.id, each.annotator) for each in listed] == [(SECOND, ME.id), (REST[0], ME.id), (FIRST, OTHER.id)]
    times = {edit.id: edit.time for edit in project.log.edits()}
    assert [each.time for each in listed] == sorted(times.values(), reverse=True)[:1] + [
        edit.time for edit in reversed(list(project.log.edits())) if edit.kind is EditKind.REMOVE_ARTICLE
    ][1:]
    document = project.documents.get(FIRST)
    assert (listed[-1].title, listed[-1].date) == (document.title, document.date)
    session.restore_articles([SECOND])
    assert [each.id for each in project.removals.restorable()] == [REST[0], FIRST]


def test_what_was_erased_cannot_be_restored_and_an_untitled_one_has_its_first_words(tmp_path: Path) -> None:
    with Project.create(tmp_path / "q.annot", load_tagset("security")) as project:
        project.documents.add_many([Document(document_id(text), text) for text in ("هدوء في بغداد", "كركوك")])
        remove(project, *project.documents.ids())
        assert [each.opening for each in project.removals.restorable()] == ["هدوء في بغداد", "كركوك"]
        project.removals.erase()
        assert project.removals.restorable() == []
