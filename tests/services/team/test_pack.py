"""A pack has what one annotator needs, a blind one nothing of others, and all are merged back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import CellKind, Edit, EditKind
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.tagset.changes import RenameLabel
from annotator.domain.team.roles import role_write
from annotator.errors import ProjectError, UserError
from annotator.services.annotators import display_names
from annotator.services.exporting.export import export_project
from annotator.services.exporting.request import ExportRequest
from annotator.services.project.merge_copies import merge_copies, merge_paths
from annotator.services.project.stats import project_stats
from annotator.services.team.assign import AssignRequest, assign, take_back
from annotator.services.team.pack import PackRequest, make_packs
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import ACTIONS, make_document, make_tagset

LEAD = Annotator("0123456789abcdef0123456789abcdef", "سلمى القائدة")
OMAR = Annotator("11111111111111111111111111111111", "عمر الراشد")
NOUR = Annotator("22222222222222222222222222222222", "نور الهدى")
SUGGESTERS = ("starter", "lexicon", "memory", "learned", "old.conll")


def _text(number: int) -> str:
    return f"خبر رقم {number}\nوصل أحمد العلي {number} إلى بغداد ومنها إلى ديالى."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Yield a project in which three people have worked, notes and time spent included."""
    with Project.create(tmp_path / "news.annot", make_tagset()) as made:
        for person in (LEAD, OMAR, NOUR):
            made.annotators.add(person)
        documents = [make_document(_text(number)) for number in range(12)]
        made.documents.add_many(documents)
        for document in documents:
            for name in SUGGESTERS:
                found = [Suggestion(Span(4, 7), "LOC", 0.5, name, "1")]
                made.suggestions.replace(document.id, name, "1", found)
        made.log.append(Edit(made.log.new_id(), LEAD.id, "", EditKind.TEAM, (role_write(OMAR.id, Role.ADJUDICATOR),)))
        assign(made, AssignRequest((OMAR.name, NOUR.name)), LEAD)
        random = Random(3)
        for person in (LEAD, OMAR, NOUR):
            session = Session(made, person)
            for number, name in enumerate(made.documents.ids()):
                if person is LEAD and number > 2:
                    continue
                session.open(name)
                for action in random.sample(sorted(set(ACTIONS) - {"open", "tagset", "undo", "redo", "note"}), 8):
                    ACTIONS[action](session, random.randrange(60), random.randrange(60))
                session.annotate(Span(0, 3 + number % 5), "ORG")
                session.set_note(f"ملاحظة {person.name} {number}")
                made.time_spent.add(person.id, [WorkInterval(name, 1000, 5000 + number)])
        Session(made, LEAD).change_tagset([RenameLabel("LOC", "PLACE")])
        yield made


def _pack(project: Project, person: Annotator, folder: Path, request: PackRequest | None = None) -> Path:
    (pack,) = make_packs(project, [person.id], folder, request or PackRequest())
    return pack.path


def _rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def _traces(project: Project, but: Annotator) -> set[str]:
    """Return the names, notes and edits of all others, and the keys of their annotations."""
    found = {person.name for person in project.annotators.all() if person != but}
    for edit in project.log.edits():
        if edit.annotator == but.id or edit.kind in (EditKind.ASSIGN, EditKind.TEAM, EditKind.TAGSET):
            continue
        found.add(edit.id)
        for write in edit.writes:
            if write.cell is CellKind.ANNOTATION:
                found.add(write.key)
            if write.cell is CellKind.NOTE and write.after:
                found.add(write.after["text"])  # type: ignore[typeddict-item]
    return found - {""}


@pytest.mark.parametrize("person", [OMAR, NOUR], ids=["Omar", "Nour"])
def test_a_blind_pack_has_nothing_of_others(project: Project, tmp_path: Path, person: Annotator) -> None:
    path = _pack(project, person, tmp_path / "packs", PackRequest(blind=True))

    content = path.read_bytes()
    traces = _traces(project, person)
    assert len(traces) > 50
    own = {write.key for edit in project.log.edits() if edit.annotator == person.id for write in edit.writes}
    for trace in traces - own:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "unicode-escape"):
            assert trace.encode(encoding) not in content, trace
    assert {row[0] for row in _rows(path, "select distinct suggester from runs")} == {"lexicon", "starter"}
    others = {person.id for person in (LEAD, OMAR, NOUR)} - {person.id}
    for table in ("spans", "verdicts", "statuses", "notes", "spells"):
        assert {row[0] for row in _rows(path, f"select distinct annotator from {table}")} <= {person.id}  # noqa: S608
    kinds = f"select distinct kind from edits where annotator <> '{person.id}'"  # noqa: S608
    assert {row[0] for row in _rows(path, kinds)} <= {"team", "tagset", "assign"}
    assert not list(path.parent.glob("*-wal"))
    with Project.open(path) as pack:
        assert not pack.integrity()
        assert {each.name for each in pack.annotators.all() if each.id in others} <= {""}
        assert all(display_names(pack.annotators.all()).values())
        assert pack.assignments.people() == [person.id]
        assert pack.id == project.id
        assert pack.tagset == project.tagset
        assert pack.team.facts().role(OMAR.id) is Role.ADJUDICATOR


def test_a_pack_has_all_own_work_and_what_others_did_in_these_documents(project: Project, tmp_path: Path) -> None:
    take_back(project, [NOUR.id], LEAD)
    path = _pack(project, NOUR, tmp_path / "packs")
    with Project.open(path) as pack:
        own = [edit for edit in project.log.edits() if edit.annotator == NOUR.id]
        assert [edit for edit in pack.log.edits() if edit.annotator == NOUR.id] == own
        assert {edit.annotator for edit in pack.log.edits()} == {LEAD.id, OMAR.id, NOUR.id}
        # She has worked in all of them.
        assert list(pack.documents.ids()) == list(project.documents.ids())
        state = {a: v for a, v in project.log.state().items() if a.cell is not CellKind.ASSIGNMENT}
        assert {a: v for a, v in pack.log.state().items() if a.cell is not CellKind.ASSIGNMENT} == state
        assert pack.assignments.of(NOUR.id) == project.assignments.of(NOUR.id)
        assert list(pack.time_spent.all()) == list(project.time_spent.all())
        assert set(pack.suggestions.counts()) == set(SUGGESTERS)


def test_a_newcomer_gets_only_her_documents(project: Project, tmp_path: Path) -> None:
    project.annotators.add(Annotator("33333333333333333333333333333333", "Huda"))
    take_back(project, [NOUR.name, OMAR.name], LEAD)
    assign(project, AssignRequest(("Huda",), per_person=3), LEAD)
    (pack,) = make_packs(project, ["Huda"], tmp_path, PackRequest(blind=True))
    assert pack.path == tmp_path / "news-Huda.annot"
    with Project.open(pack.path) as opened:
        assert list(opened.documents.ids()) == project.assignments.of("3" * 32)
        assert pack.documents == 3
        assert not opened.integrity()


@pytest.mark.parametrize("blind", [False, True], ids=["open", "blind"])
def test_a_pack_merged_back_changes_nothing_but_what_was_done_in_it(
    project: Project, tmp_path: Path, blind: bool
) -> None:
    path = _pack(project, OMAR, tmp_path / "packs", PackRequest(blind=blind))
    before = project.log.state(), project.annotators.all(), dict(project.replica.run_stamps())
    assert merge_copies(project, [path]).is_empty
    assert (project.log.state(), project.annotators.all(), dict(project.replica.run_stamps())) == before

    with Project.open(path) as pack:
        session = Session(pack, OMAR)
        session.open(next(pack.documents.ids()))
        session.set_note("من الحزمة")
    report = merge_copies(project, [path])
    assert (report.edits, report.documents, report.annotators) == (1, 0, 0)
    assert not project.integrity()
    assert [each.name for each in project.annotators.all()] == sorted(each.name for each in (LEAD, OMAR, NOUR))


def test_a_newer_pack_merges_into_the_file_that_she_has(project: Project, tmp_path: Path) -> None:
    hers = _pack(project, NOUR, tmp_path / "first", PackRequest(blind=True))
    with Project.open(hers) as pack:
        session = Session(pack, NOUR)
        session.open(next(pack.documents.ids()))
        session.set_note("كتبتها في ملفها")
    had = set(project.assignments.of(NOUR.id))
    new = [make_document(_text(number)) for number in range(100, 104)]
    project.documents.add_many(new)
    take_back(project, [NOUR.id], LEAD)
    assign(project, AssignRequest((NOUR.id,), per_person=4, seed=9), LEAD)
    newer = _pack(project, NOUR, tmp_path / "second", PackRequest(blind=True))

    merge_paths(hers, [newer])

    with Project.open(hers) as pack:
        assert pack.assignments.of(NOUR.id) == project.assignments.of(NOUR.id)
        assert set(pack.assignments.of(NOUR.id)) != had
        assert any(note.text == "كتبتها في ملفها" for note in pack.log.notes(next(pack.documents.ids())))
        assert not pack.integrity()
    assert merge_copies(project, [hers]).edits == 1
    assert not project.integrity()


def test_what_was_removed_is_removed_in_the_pack_too(project: Project, tmp_path: Path) -> None:
    session = Session(project, LEAD)
    hers = project.assignments.of(NOUR.id)
    session.remove_articles([hers[0], project.assignments.of(OMAR.id)[0]])
    path = _pack(project, NOUR, tmp_path / "packs", PackRequest(blind=True))
    with Project.open(path) as pack:
        assert hers[0] not in pack.documents
        assert not pack.integrity()


def test_a_pack_can_be_exported_and_counted(project: Project, tmp_path: Path) -> None:
    path = _pack(project, OMAR, tmp_path / "packs", PackRequest(blind=True))
    with Project.open(path) as pack:
        assert project_stats(pack)["documents"] == 12
        report = export_project(pack, tmp_path / "out.jsonl", ExportRequest("jsonl"))
    assert report


def test_suggestions_can_be_chosen(project: Project, tmp_path: Path) -> None:
    path = _pack(project, OMAR, tmp_path / "a", PackRequest(suggesters=frozenset({"memory"})))
    assert _rows(path, "select distinct suggester from runs") == [("memory",)]
    path = _pack(project, OMAR, tmp_path / "b", PackRequest(suggesters=frozenset()))
    assert _rows(path, "select count(*) from runs") == [(0,)]


def test_bad_requests_write_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "packs"
    project.annotators.add(Annotator("33333333333333333333333333333333", "Huda"))
    blind = PackRequest(blind=True, suggesters=frozenset({"memory"}))
    for names, request, problem in (
        ([], PackRequest(), "Nobody was chosen"),
        (["Zaki"], PackRequest(), "No annotator called Zaki"),
        ([OMAR.id, OMAR.name], PackRequest(), "named twice"),
        (["Huda"], PackRequest(), "Huda has no articles"),
        ([OMAR.id, "Huda"], PackRequest(), "Huda has no articles"),
        ([OMAR.id], PackRequest(suggesters=frozenset({"camel"})), "No suggestions of camel"),
        ([OMAR.id], blind, "decisions of others"),
    ):
        with pytest.raises(UserError, match=problem):
            make_packs(project, names, out, request)
    assert not out.exists()


def test_no_pack_is_made_of_a_damaged_project(project: Project, tmp_path: Path) -> None:
    with closing(sqlite3.connect(project.path)) as db, db:
        assert db.execute("delete from spans where annotator = ?", [OMAR.id]).rowcount
    with pytest.raises(ProjectError, match="damaged"):
        make_packs(project, [OMAR.id], tmp_path / "packs", PackRequest())
    assert not (tmp_path / "packs").exists()


def test_an_existing_file_is_never_replaced(project: Project, tmp_path: Path) -> None:
    path = _pack(project, OMAR, tmp_path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="already exists"):
        make_packs(project, [OMAR.id, NOUR.id], tmp_path, PackRequest())
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(f"*{NOUR.name}*"))


def test_a_folder_that_cannot_be_made(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="Cannot write"):
        make_packs(project, [OMAR.id], tmp_path / "file" / "packs", PackRequest())


def test_stopping_leaves_complete_packs_only(project: Project, tmp_path: Path) -> None:
    class StopError(Exception):
        """The user pressed Stop."""

    def stop(done: int, total: int) -> None:
        if done > total // 2 + 30:
            raise StopError

    with pytest.raises(StopError):
        make_packs(project, [OMAR.id, NOUR.id], tmp_path / "packs", PackRequest(), stop)
    (path,) = (tmp_path / "packs").iterdir()
    with Project.open(path) as pack:
        assert not pack.integrity()


def test_strange_names_make_valid_file_names(project: Project, tmp_path: Path) -> None:
    names = ["../..", 'a/b\\c:"*', "ن" * 200, "Twin", "Twin"]
    people = [Annotator(f"{number}" * 32, name) for number, name in enumerate(names, 4)]
    for person in people:
        project.annotators.add(person)
    take_back(project, [OMAR.id, NOUR.id], LEAD)
    assign(project, AssignRequest(tuple(person.id for person in people), per_person=1), LEAD)
    packs = make_packs(project, [person.id for person in people], tmp_path / "packs", PackRequest(blind=True))
    assert len({pack.path for pack in packs}) == 5
    assert all(pack.path.parent == tmp_path / "packs" for pack in packs)
