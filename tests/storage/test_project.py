"""Projects: what is stored is read back, in another process too."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ProjectError
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_document, make_project, make_tagset, work

ME = PEOPLE[0]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", make_tagset()) as created:
        yield created


def suggest(start: int, end: int, label: str = "LOC", score: float = 0.5, suggester: str = "lexicon") -> Suggestion:
    return Suggestion(Span(start, end), label, score, suggester, "1")


def test_a_project_keeps_its_id_and_tagset(project: Project) -> None:
    with Project.open(project.path) as again:
        assert (again.id, again.tagset) == (project.id, make_tagset())
        assert again.documents.count() == 0
        assert again.integrity() == []


def test_every_project_has_an_id_of_its_own(project: Project) -> None:
    with Project.create(project.path.with_name("other"), make_tagset()) as other:
        assert other.id != project.id


@pytest.mark.parametrize(
    "made_up", ["../../../x", "", "/etc", "x" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "A" * 32, "٠" * 32]
)
def test_an_id_that_this_program_does_not_give_is_refused(project: Project, made_up: str) -> None:
    project.close()
    with closing(sqlite3.connect(project.path)) as db, db:
        db.execute("update meta set value = ? where name = 'id'", [made_up])
    with pytest.raises(ProjectError, match="damaged: its project ID is invalid"):
        Project.open(project.path)
    with (
        pytest.raises(ProjectError, match="its project ID is invalid"),
        Project.snapshot(project.path),
    ):
        pass


def test_names_with_any_characters_are_opened(tmp_path: Path) -> None:
    path = tmp_path / "مشروع ?mode=memory#%41 'x'.annot"
    with Project.create(path, make_tagset()):
        assert path.stat().st_size > 0
    with Project.open(path) as project:
        assert project.path == path


def test_closing_leaves_one_file_and_twice_does_no_harm(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    project = Project.open(path)
    project.close()
    project.close()
    assert [p.name for p in tmp_path.iterdir()] == ["p.annot"]


def test_a_project_is_held_still_for_who_reads_and_for_nobody_else(project: Project) -> None:
    first, second, third = (make_document(f"{text} هنا") for text in ("أول", "ثان", "ثالث"))
    project.documents.add(first)
    with Project.open(project.path) as other:
        with project.read_transaction():
            other.documents.add(second)
            assert (project.documents.count(), other.documents.count()) == (1, 2)
            with project.read_transaction(), pytest.raises(RuntimeError, match="read transaction"):
                project.documents.add(third)
            assert project.documents.count() == 1
        assert project.documents.count() == 2
        project.documents.add(third)
        assert other.documents.count() == 3


texts = st.text(st.characters(codec="utf-8"), min_size=4, max_size=20)
scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5)
json_values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.text(max_size=3), scalars, max_size=2)


@settings(max_examples=15)
@given(
    st.lists(
        st.builds(
            lambda text, title, date, metadata: Document(
                document_id(text),
                text,
                title=title,
                date=date,
                newlines="crlf",
                regions=(Region(Span(0, 4), RegionKind.DATE, "2020-04-17"),),
                metadata=metadata,
            ),
            texts,
            st.text(max_size=9),
            st.none() | st.dates(),
            st.dictionaries(st.text(max_size=5), json_values, max_size=3),
        ),
        unique_by=lambda d: d.id,
        max_size=4,
    )
)
def test_documents_come_out_as_they_went_in_and_in_that_order(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Document]
) -> None:
    path = tmp_path_factory.mktemp("project") / "p.annot"
    with Project.create(path, make_tagset()) as project:
        assert project.documents.add_many(iter(documents)) == len(documents)
    with Project.open(path) as project:
        assert list(project.documents.iter()) == documents
        assert list(project.documents.ids()) == [d.id for d in documents]
        assert [project.documents.position(d.id) for d in documents] == list(range(len(documents)))


def test_the_same_text_twice_is_one_document_that_keeps_its_first_fields(project: Project) -> None:
    assert project.documents.add(make_document("نص واحد", title="أول"))
    assert not project.documents.add(make_document("نص واحد", title="ثان"))
    assert project.documents.add_many([make_document("نص واحد"), make_document("نص آخر"), make_document("نص آخر")]) == 1
    assert project.documents.get(document_id("نص واحد")).title == "أول"
    assert project.documents.count() == 2


def test_documents_come_in_groups_that_hold_no_more_than_some_million_characters(project: Project) -> None:
    documents = [make_document(f"{n} " + "نص " * length) for n, length in enumerate((1, 300_000, 500_000, 1, 900_000))]
    project.documents.add_many([*documents, *(make_document(f"قصير {n}") for n in range(250))])
    asked = [d.id for d in reversed(documents)]
    groups = list(project.documents.groups([*asked[:2], "nothing", *asked[2:]]))
    assert [[d.id for d in group] for group in groups] == [asked[:1], asked[1:3], asked[3:]]
    assert list(project.documents.each(asked)) == documents[::-1]
    assert list(project.documents.each(["nothing"])) == []
    assert max(map(len, project.documents.groups(project.documents.ids()))) <= 200


def test_more_documents_than_one_transaction_takes(project: Project) -> None:
    documents = [make_document(f"نص رقم {n}") for n in range(450)]
    assert project.documents.add_many(documents) == 450
    assert list(project.documents.ids()) == [d.id for d in documents]
    rows = project.documents.page(440, 100)
    assert [row.id for row in rows] == [d.id for d in documents[440:]]


def test_a_document_that_is_not_there_is_a_key_error(project: Project) -> None:
    assert "nothing" not in project.documents
    for look_up in (project.documents.get, project.documents.row, project.documents.position):
        with pytest.raises(KeyError, match="nothing"):
            look_up("nothing")


def test_a_row_of_the_list_tells_how_far_the_annotator_is(project: Project) -> None:
    document = make_document(TEXTS[0])
    project.documents.add(document)
    project.suggestions.replace(document.id, "lexicon", "1", [suggest(6, 9, score=0.9), suggest(10, 14, score=0.3)])
    session = Session(project, ME)
    session.open(document.id)
    session.confirm()
    row = project.documents.row(document.id, ME.id)
    assert (row.title, row.source, row.length) == (document.title, document.source, len(TEXTS[0]))
    assert (row.annotations, row.pending, row.done) == (1, 1, False)
    assert row.pending == session.progress[0]
    assert project.documents.row(document.id, ME.id, threshold=0.5).pending == 0
    session.confirm()
    session.set_done(True)
    assert project.documents.page(0, 5, ME.id)[0].done
    stranger = project.documents.row(document.id, PEOPLE[1].id)
    assert (stranger.annotations, stranger.pending, stranger.done) == (0, 2, False)


def test_the_date_of_a_row_is_a_date(project: Project) -> None:
    text = "نص مؤرخ"
    project.documents.add(Document(document_id(text), text, date=datetime.date(2020, 4, 17)))
    assert project.documents.page(0, 1)[0].date == datetime.date(2020, 4, 17)


def test_a_new_run_takes_the_place_of_the_suggester_s_last_one_only(project: Project) -> None:
    document = make_document(TEXTS[0])
    project.documents.add(document)
    kept = suggest(3, 5, suggester="memory")
    project.suggestions.replace(document.id, "memory", "1", [kept])
    project.suggestions.replace(document.id, "lexicon", "1", [suggest(0, 2), suggest(0, 2, score=0.8), suggest(4, 9)])
    assert project.suggestions.of(document.id) == [suggest(0, 2, score=0.8), kept, suggest(4, 9)]
    assert project.suggestions.counts() == {"lexicon": 2, "memory": 1}
    project.suggestions.replace(document.id, "lexicon", "1", [])
    assert project.suggestions.of(document.id) == [kept]
    assert project.suggestions.counts() == {"lexicon": 0, "memory": 1}
    assert project.suggestions.versions(document.id) == {"lexicon": "1", "memory": "1"}


def test_a_run_holds_one_suggester_and_version(project: Project) -> None:
    document = make_document(TEXTS[0])
    project.documents.add(document)
    for name, version in (("memory", "1"), ("lexicon", "2")):
        with pytest.raises(ValueError, match="lexicon 1 in a run of"):
            project.suggestions.replace(document.id, name, version, [suggest(0, 2)])


def test_annotators_are_known_by_id_and_a_new_name_takes_over(project: Project) -> None:
    project.annotators.add(Annotator("1", "Zayd"))
    project.annotators.add(Annotator("2", "Amal"))
    project.annotators.add(Annotator("1", "Bishr"))
    project.annotators.add(Annotator("1", "Bishr"))
    assert project.annotators.all() == [Annotator("2", "Amal"), Annotator("1", "Bishr")]
    before = project.replica.stamped_annotators()
    project.annotators.add(Annotator("1", "Bishr"))
    assert project.replica.stamped_annotators() == before, "else this name would win over a later one in a merge"


def test_a_batch_is_one_transaction(project: Project) -> None:
    with pytest.raises(RuntimeError, match="stop"), project.transaction():
        project.documents.add(make_document("نص واحد"))
        project.annotators.add(ME)
        raise RuntimeError("stop")
    assert project.documents.count() == 0
    assert project.annotators.all() == []
    with project.transaction():
        project.documents.add(make_document("نص واحد"))
        with Project.snapshot(project.path) as seen:
            assert seen.documents.count() == 0
    assert project.documents.count() == 1


def test_one_may_write_while_going_through_documents_or_edits_though_another_writes_too(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with Project.open(path, timeout=0.0) as project, Project.open(path, timeout=0.0) as other:
        session = Session(other, ME)
        for number, document in enumerate(project.documents.ids()):
            session.open(document)
            session.set_note(str(number))
            project.suggestions.replace(document, "third", "1", [])
        for number, _ in enumerate(project.log.edits()):
            session.set_done(number % 2 == 0)
            project.annotators.add(Annotator("new", f"name {number}"))
            if number > 5:
                break
        assert number >= 2
        assert project.suggestions.counts()["third"] == 0


def test_the_copy_of_a_file_that_cannot_be_written_is_deleted_on_closing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "p.annot")
    monkeypatch.setattr("annotator.storage.project.is_writable", lambda path: False)
    project = Project.open_to_read(path)
    copy = project._connection._file
    assert copy != path and copy.exists()
    project.close()
    assert not copy.parent.exists()


def test_a_short_transaction_that_fails_leaves_the_tagset_as_it_was(tmp_path: Path) -> None:
    path, other = make_project(tmp_path / "p.annot"), tmp_path / "other.annot"
    shutil.copyfile(path, other)
    work(other, PEOPLE[0], [("tagset", 0, 0)])
    with Project.open(path) as project, Project.open(other) as source:
        project.annotators.add(PEOPLE[0])
        before = project.tagset
        assert source.tagset != before
        with pytest.raises(RuntimeError, match="stop"), project.replica.short_transaction():
            project.replica.union(source.log.edits(), other)
            assert project.tagset == source.tagset
            raise RuntimeError("stop")
        assert project.tagset == before
