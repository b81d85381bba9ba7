"""Merging copies of a project: any order, again and again, the same; and nothing of a source is altered."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import Mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.split import SplitPlan, parse_parts
from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import fold
from annotator.domain.model.span import Span
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.tagset.changes import AddLabel, MoveLabel, RemoveLabel
from annotator.domain.tagset.tagset import Label
from annotator.errors import ProjectError
from annotator.services.corpus.export_corpus import export_corpus
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import Selection
from annotator.services.project.merge_copies import Incoming, merge_copies, merge_paths, preview_merge, unsettled
from annotator.session import Session
from annotator.storage.file.clock import Clock, wall_ms
from annotator.storage.file.migrations import migrations
from annotator.storage.project import Project
from annotator.storage.rows import edit_from_row
from annotator.team.adjudication import Rejections
from annotator.team.merge import ClockAhead, ConflictingLabels, MergeConflicts, MergeReport, ParallelEdits
from tests.roles import store_former_role
from tests.services.exporting.requests import export_as
from tests.storage.file.test_older_files import as_it_was
from tests.storage.strategies import (
    COLOUR,
    PEOPLE,
    TEXTS,
    Action,
    actions,
    contents,
    make_copies,
    make_document,
    make_project,
    make_suggestions,
    make_tagset,
    merged,
    work,
)

HOUR = 3_600_000
HARD_WORK = [("confirm", 0, 0), ("annotate", 3, 4), ("open", 1, 0), ("confirm all", 0, 0), ("undo", 0, 0)]


def digests(folder: Path) -> dict[str, str]:
    """Return what every file of a folder holds."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    """Export a project as CoNLL, JSON and JSON Lines and return the bytes of each file."""
    folder.mkdir()
    written = {}
    with Project.open(path) as project:
        for format_name in ("conll", "json", "jsonl"):
            out = folder / f"corpus.{format_name}"
            export_as(project, out, format_name, report_path=folder / f"{format_name}.report")
            written[format_name] = out.read_bytes()
    return written


def check_laws(works: list[list[Action]], nested: bool) -> None:
    """Let each of three people work on a copy; unite the copies in every way and compare."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = make_copies(folder, nested)
        for number, (copy, annotator, done) in enumerate(zip(copies, PEOPLE, works, strict=True)):
            work(copy, annotator, done)
            with Project.open(copy) as project:
                project.annotators.add(Annotator(PEOPLE[0].id, f"renamed on copy {number}"))
                project.documents.add(make_document("نص وصل إلى الجميع", f"عنوان {number}", copy=number))
                project.documents.add(make_document(f"نص وصل إلى النسخة {number}"))
                found = make_suggestions(TEXTS[number], "lexicon", seed=number)
                project.suggestions.replace(document_id(TEXTS[number]), "lexicon", "1", found)
        results: list[Path] = []
        for order in itertools.permutations(copies):
            results.append(merged(order[0], order[1:], folder / f"result-{len(results)}"))
        one, two, three = copies
        inner = merged(two, [three], folder / "inner")
        results.append(merged(one, [inner], folder / "right first"))
        results.append(merged(inner, [one, one, inner, three], folder / "again"))
        expected = contents(results[0])
        for result in results[1:]:
            assert contents(result) == expected
        exports = [exported(result, folder / f"export-{number}") for number, result in enumerate(results)]
        assert all(export == exports[0] for export in exports)
        with Project.open(results[0]) as project:
            log = list(project.log.edits())
            assert project.log.state() == fold(log)
            for copy in copies:
                with Project.open(copy) as source:
                    assert all(edit in log for edit in source.log.edits())


three_works = st.tuples(*[st.lists(actions, max_size=12)] * 3).map(list)


# Without shrinking, which would repeat the many merges of an example hundreds of times.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=5, phases=QUICK)
@given(three_works, st.booleans())
def test_any_order_of_merging_ends_in_the_same_state(works: list[list[Action]], nested: bool) -> None:
    check_laws(works, nested)


@pytest.mark.long
@settings(max_examples=150, phases=QUICK)
@given(st.tuples(*[st.lists(actions, max_size=40)] * 3).map(list), st.booleans())
def test_the_same_for_longer_work(works: list[list[Action]], nested: bool) -> None:
    check_laws(works, nested)


def test_one_annotator_who_worked_on_two_copies_can_undo_all_of_it_in_the_union(tmp_path: Path) -> None:
    copies = make_copies(tmp_path, count=2)
    work(copies[0], PEOPLE[0], HARD_WORK)
    work(copies[1], PEOPLE[0], [("reject", 0, 0), ("annotate", 9, 2), ("note", 1, 0)])
    result = merged(copies[0], copies[1:], tmp_path / "result")
    with Project.open(result) as project:
        assert project.log.state()
        while edit := project.log.undoable(PEOPLE[0].id):
            project.log.append(edit.undo(project.log.new_id()))
        assert project.log.state() == {}


def test_the_report_counts_what_came_in(tmp_path: Path) -> None:
    one, two, three = make_copies(tmp_path)
    work(two, PEOPLE[1], [("annotate", 3, 4)])
    work(three, PEOPLE[2], [("annotate", 3, 4), ("annotate", 20, 4)])
    with Project.open(three) as project:
        document = make_document("نص جديد")
        project.documents.add(document)
        project.suggestions.replace(document.id, "lexicon", "1", [])
    steps = []
    report = merge_paths(one, [two, three], progress=lambda done, total: steps.append((done, total)))
    assert report == MergeReport(documents=1, annotators=2, edits=3)
    assert report.lines() == ["Documents added: 1; annotators added: 2; edits added: 3."]
    assert steps[0] == (0, 0) and steps[-1] == (5, 5), "a document, a run and three edits"
    assert steps == sorted(steps)
    assert merge_paths(one, [two, three, one]) == MergeReport()


def test_sources_are_not_altered_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    copies = make_copies(folder)
    for copy, annotator in zip(copies, PEOPLE, strict=True):
        work(copy, annotator, HARD_WORK)
    before = digests(folder)
    target = merged(copies[0], copies[1:], tmp_path / "target")
    assert digests(folder) == before
    assert contents(target)["edits"]


def test_a_source_that_is_open_elsewhere_gives_all_that_it_holds(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    with Project.open(two) as project:
        project.documents.add(make_document("نص جديد"))
        assert two.with_name(f"{two.name}-wal").stat().st_size > 0
        assert merge_paths(one, [two]).documents == 1
        project.documents.add(make_document("نص أحدث"))
    assert merge_paths(one, [two]).documents == 1


def test_a_source_of_an_older_version_is_read_and_not_altered(tmp_path: Path) -> None:
    target, copy = make_copies(tmp_path, count=2)
    source = as_it_was(copy, tmp_path / "old.annot", 2)
    with Project.open(target) as project:
        assert {step.name for step in migrations.applied(project._connection.db)} >= {"0003_suggestions"}
        project.documents.add(make_document("نص جديد"))
        held = project.suggestions.counts()
        before = source.read_bytes()
        merge_copies(project, [source])
        assert project.suggestions.counts() == held
    assert source.read_bytes() == before
    assert merge_paths(source, [target]).documents == 1


def test_projects_that_were_made_separately_with_one_tagset_can_be_merged(tmp_path: Path) -> None:
    target = make_project(tmp_path / "target", texts=TEXTS[:1])
    source = make_project(tmp_path / "source", texts=TEXTS[1:])
    assert merge_paths(target, [source]).documents == 2


def test_projects_of_different_tagsets_are_refused_and_nothing_is_merged(tmp_path: Path) -> None:
    target, good = make_copies(tmp_path, count=2)
    work(good, PEOPLE[0], HARD_WORK)
    other = tmp_path / "other"
    with Project.create(other, make_tagset(name="wojood")):
        before = contents(target)
    with pytest.raises(ProjectError, match=r"different tagsets \(wojood, small\)") as caught:
        merge_paths(target, [good, other])
    assert str(other) in str(caught.value)
    assert contents(target) == before


def test_a_source_that_is_no_project_is_named_and_nothing_is_merged(tmp_path: Path) -> None:
    target, good = make_copies(tmp_path, count=2)
    work(good, PEOPLE[0], HARD_WORK)
    bad = tmp_path / "bad"
    bad.write_bytes(good.read_bytes()[:5000])
    before = contents(target)
    with pytest.raises(ProjectError, match="damaged") as caught:
        merge_paths(target, [good, bad])
    assert str(bad) in str(caught.value)
    with pytest.raises(ProjectError, match="Project not found"):
        merge_paths(target, [good, tmp_path / "none"])
    assert contents(target) == before


@pytest.mark.parametrize("looking", [True, False])
def test_a_merge_that_is_stopped_leaves_a_valid_project_that_the_next_one_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looking: bool
) -> None:
    monkeypatch.setattr("annotator.storage.replica._SHORT", 0)
    monkeypatch.setattr("annotator.team.merge._FEW", 1)
    target, one, two = make_copies(tmp_path)
    for copy, annotator in ((one, PEOPLE[1]), (two, PEOPLE[2])):
        work(copy, annotator, HARD_WORK)
        with Project.open(copy) as project:
            project.documents.add(make_document("نص جديد"))
            store_former_role(project, annotator.id, Role.ADJUDICATOR)
    before = contents(target)
    with Project.open(target) as project:
        edits, documents = project.log.counts()["edits"], project.documents.count()
    whole = merged(target, [one, two], tmp_path / "whole.annot")
    steps: list[tuple[int, int]] = []
    merge_paths(
        Path(shutil.copyfile(target, tmp_path / "counted.annot")), [one, two], progress=lambda *at: steps.append(at)
    )
    seen = 0
    for last, (_, total) in enumerate(steps):
        if (total == 0) is not looking:
            continue
        seen += 1
        stopped = Path(shutil.copyfile(target, tmp_path / "stopped.annot"))
        left, report = iter(range(last)), MergeReport()

        def stop(_done: int, _total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            merge_paths(stopped, [one, two], report=report, progress=stop)
        with Project.open(stopped) as project:
            assert project.log.state() == fold(project.log.edits())
            assert report.edits == project.log.counts()["edits"] - edits
            assert report.documents == project.documents.count() - documents
        if looking:
            assert contents(stopped) == before
        else:
            merge_paths(stopped, [one, two])
            assert contents(stopped) == contents(whole)
    assert seen > 5


def test_a_person_who_confirms_the_same_on_two_copies_has_one_annotation(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    for copy in (one, two):
        work(copy, PEOPLE[0], [("confirm", 0, 0)])
    with Project.open(merged(one, [two], tmp_path / "both.annot")) as project:
        assert project.log.counts()["edits"] == 2
        assert len(project.log.annotations(document_id(TEXTS[0]), PEOPLE[0].id)) == 1


def test_redo_brings_back_what_undo_took_away_and_not_what_a_copy_had_once(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], [("confirm", 0, 0)])
    work(two, PEOPLE[0], [("confirm", 0, 0)])
    work(one, PEOPLE[0], [("undo", 0, 0)])
    with Project.open(merged(one, [two], tmp_path / "both.annot")) as project:
        before = project.log.state()
        session = Session(project, PEOPLE[0])
        assert session.undo()
        assert session.redo()
        assert project.log.state() == before
        assert session.undo()
        assert session.redo()
        assert project.log.state() == before


def test_an_edit_that_is_not_the_same_in_both_is_refused_and_nothing_is_merged(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], [("annotate", 3, 4), ("annotate", 20, 4)])
    shutil.copyfile(one, two)
    work(two, PEOPLE[1], HARD_WORK)
    with Project.open(two) as project, project._connection.transaction() as db:
        (guard,) = db.execute("select sql from sqlite_master where name = 'edits_no_update'").fetchone()
        db.execute("drop trigger edits_no_update")
        payload = "replace(payload, '\"end\":8', '\"end\":9')"
        altered = db.execute(f"update edits set payload = {payload} where id = (select min(id) from edits)")  # noqa: S608
        assert altered.rowcount == 1
        db.execute(guard)
        project.log.rebuild()
    before, altered_log = contents(one), two.read_bytes()
    with pytest.raises(ProjectError, match="differs between them, so one of the files is damaged"):
        merge_paths(one, [two])
    assert contents(one) == before
    with pytest.raises(ProjectError, match=r"copy-1\.annot is damaged"):
        merge_paths(two, [one])
    assert two.read_bytes() == altered_log


def test_an_article_whose_text_was_altered_is_refused_and_nothing_is_merged(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    with Project.open(two) as project:
        project.documents.add(make_document("نص جديد"))
        with project._connection.transaction() as db:
            db.execute("update articles set text = replace(text, 'جديد', 'قديم')")
    before = contents(one)
    with pytest.raises(ProjectError, match="damaged") as caught:
        merge_paths(one, [two])
    assert str(two) in str(caught.value)
    assert contents(one) == before


def copies_with_a_label_removed_and_given(folder: Path) -> tuple[Path, Path]:
    """Return two copies: ORG was removed on the one, and given once on the other, beside another label."""
    one, two = make_copies(folder, count=2)
    with Project.open(one) as project:
        assert Session(project, PEOPLE[0]).change_tagset([RemoveLabel("ORG")])
    with Project.open(two) as project:
        session = Session(project, PEOPLE[1])
        session.open(document_id(TEXTS[0]))
        assert session.annotate(Span(12, 16), "ORG") and session.annotate(Span(30, 34), "LOC")
    return one, two


def test_a_label_removed_on_one_copy_and_given_on_another_is_reported_and_nothing_is_lost(tmp_path: Path) -> None:
    one, two = copies_with_a_label_removed_and_given(tmp_path)
    first, second = tmp_path / "one first", tmp_path / "two first"
    shutil.copyfile(one, first)
    shutil.copyfile(two, second)
    for target, source in ((first, two), (second, one)):
        for _again in range(2):
            assert merge_paths(target, [source]).unsettled == MergeConflicts({"ORG": 1})
        with Project.open(target) as project:
            assert {a.label for a in project.log.annotations(document_id(TEXTS[0]))} == {"ORG", "LOC"}
            report = export_as(project, tmp_path / f"{target.name}.jsonl", "jsonl")
            assert (report.confirmed, report.not_in_tagset) == (2, {"ORG": 1})
            assert report.to_json()["spans_with_a_label_not_in_the_tagset"] == {"ORG": 1}
            (said,) = [line for line in report.lines() if "from the project: 1 (ORG 1)" in line]
            assert "were written with that label" in said
            plan = CorpusOptions(plan=SplitPlan(parse_parts("100")), plots=False)
            corpus = export_corpus(project, tmp_path / f"{target.name} corpus", ExportRequest("jsonl", corpus=plan))
            assert said in corpus.lines()


def test_a_removed_label_that_comes_back_or_is_given_up_is_not_reported(tmp_path: Path) -> None:
    one, two = copies_with_a_label_removed_and_given(tmp_path)
    merge_paths(one, [two])
    with Project.open(one) as project:
        session = Session(project, PEOPLE[0])
        assert session.change_tagset([AddLabel(Label("ORG", {"en": "Organisation"}, COLOUR))])
        assert project.label_occurrences.not_in_tagset() == {}
        assert session.undo()
        assert project.label_occurrences.not_in_tagset() == {"ORG": 1}
        session = Session(project, PEOPLE[1])
        session.open(document_id(TEXTS[0]))
        assert session.give_label("LOC", Span(12, 16))
        assert project.label_occurrences.not_in_tagset() == {}


def test_a_label_whose_adding_was_taken_back_is_reported_too(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    with Project.open(one) as project:
        assert Session(project, PEOPLE[0]).change_tagset([AddLabel(Label("GPE", {"en": "State"}, COLOUR))])
    merge_paths(two, [one])
    with Project.open(two) as project:
        session = Session(project, PEOPLE[1])
        session.open(document_id(TEXTS[0]))
        assert session.annotate(Span(12, 16), "GPE")
    with Project.open(one) as project:
        assert Session(project, PEOPLE[0]).undo()
    assert merge_paths(one, [two]).unsettled == MergeConflicts({"GPE": 1})


def confirmed_and_rejected(folder: Path, who: tuple[Annotator, Annotator], first: str) -> list[Path]:
    """Return two copies: on the one a suggestion was confirmed, on the other it was rejected; first says what first."""
    one, two = make_copies(folder, count=2)
    steps = [(one, who[0], "confirm"), (two, who[1], "reject")]
    for path, annotator, action in steps if first == "confirm" else reversed(steps):
        work(path, annotator, [(action, 0, 0)])
    return [one, two]


@pytest.mark.parametrize("first", ["confirm", "reject"])
@pytest.mark.parametrize("target", [0, 1])
def test_what_one_confirmed_and_another_rejected_is_reported_as_a_disagreement(
    tmp_path: Path, first: str, target: int
) -> None:
    copies = confirmed_and_rejected(tmp_path, (PEOPLE[0], PEOPLE[1]), first)
    assert merge_paths(copies[target], [copies[1 - target]]).unsettled == MergeConflicts(
        rejected=Rejections(by_others=1)
    )
    with Project.open(copies[target]) as project:
        report = export_as(project, tmp_path / "out.jsonl", "jsonl", selection=Selection(include_suggestions=True))
        assert report.confirmed == 1
        (label,) = project.log.annotations(document_id(TEXTS[0]))
        for person in PEOPLE[:2]:
            session = Session(project, person)
            session.open(document_id(TEXTS[0]))
            assert [i for i in session.items if i.span == label.span and i.is_suggestion] == []
        article = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
        here = [each for each in article["spans"] if (each["start"], each["end"]) == tuple(label.span)]
        assert len(here) == 1 and here[0]["annotator"]


@pytest.mark.parametrize("first", ["confirm", "reject"])
@pytest.mark.parametrize("target", [0, 1])
def test_what_one_confirmed_on_a_copy_and_rejected_on_another_stays_and_is_reported(
    tmp_path: Path, first: str, target: int
) -> None:
    copies = confirmed_and_rejected(tmp_path, (PEOPLE[0], PEOPLE[0]), first)
    expected = Rejections(by_oneself=1) if first == "confirm" else Rejections()  # else the later confirmation counts
    assert merge_paths(copies[target], [copies[1 - target]]).unsettled == MergeConflicts(rejected=expected)
    with Project.open(copies[target]) as project:
        assert export_as(project, tmp_path / "out.jsonl", "jsonl").confirmed == 1
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        (label,) = project.log.annotations(document_id(TEXTS[0]))
        assert [i.is_suggestion for i in session.items if i.span == label.span] == [False]
        session.set_focus(next(i for i in session.items if i.key == label.id))
        assert session.reject()
        assert [i for i in session.items if i.span == label.span] == []
        assert unsettled(project) == MergeConflicts()


def test_labels_that_were_all_removed_some_here_and_some_there_stay_and_are_reported(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    for path, labels in ((one, ("PERS", "LOC")), (two, ("ORG",))):
        with Project.open(path) as project:
            assert Session(project, PEOPLE[0]).change_tagset([RemoveLabel(label) for label in labels])
    before = tmp_path / "before.annot"
    shutil.copyfile(one, before)
    kept = MergeConflicts(labels_kept=("PERS", "LOC", "ORG"))
    assert merge_paths(one, [two]).unsettled == kept == merge_paths(two, [before]).unsettled
    assert any("all were kept: PERS, LOC, ORG" in line for line in kept.lines())
    assert contents(one) == contents(two)
    with Project.open(one) as project:
        session = Session(project, PEOPLE[1])
        session.open(document_id(TEXTS[0]))
        assert session.annotate(Span(12, 16), "LOC")
        assert project.labels.writes([MoveLabel("PERS", 0)]) == ()
        assert session.change_tagset([RemoveLabel("ORG")])
        assert [label.id for label in project.tagset.labels] == ["PERS", "LOC"]
        assert unsettled(project) == MergeConflicts()
        assert session.undo()
        assert unsettled(project) == kept
        assert session.redo()
        assert project.log.state() == fold(project.log.edits())
    with Project.open(one) as project:
        assert [label.id for label in project.tagset.labels] == ["PERS", "LOC"]


def test_edits_that_are_there_already_are_compared_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(two, PEOPLE[1], HARD_WORK)
    merge_paths(one, [two])
    read = Mock(wraps=edit_from_row)
    for module in ("log.log", "file.connection"):
        monkeypatch.setattr(f"annotator.storage.{module}.edit_from_row", read)
    with Project.open(one) as project:
        assert preview_merge(project, [two]) == [Incoming(two)]
        assert merge_copies(project, [two]) == MergeReport()
        assert read.call_count == 0
        work(two, PEOPLE[1], [("annotate", 20, 4)])
        read.reset_mock()
        assert preview_merge(project, [two]) == [Incoming(two, edits=1, people=(PEOPLE[1].name,))]
        assert read.call_count == 0
        assert merge_copies(project, [two]).edits == 1
        assert read.call_count == 2, "once to look at it, and once to bring it in"


def stamped(path: Path, table: str, column: str, stamp: str) -> Path:
    """Return the path of a project, in one row of which something has this id or stamp."""
    query = "select name, sql from sqlite_master where type = 'trigger' and name like '%no_update'"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        triggers = db.execute(query).fetchall()
        for name, _ in triggers:
            db.execute(f"drop trigger {name}")
        changed = db.execute(f"update {table} set {column} = ? where rowid = 1", [stamp])  # noqa: S608
        assert changed.rowcount == 1
        for _, sql in triggers:
            db.execute(sql)
    return path


def busy_copies(folder: Path) -> list[Path]:
    """Return two copies, on the second of which somebody did a bit of everything."""
    one, two = make_copies(folder, count=2)
    work(two, PEOPLE[1], HARD_WORK)
    with Project.open(two) as project:
        store_former_role(project, PEOPLE[1].id, Role.ADJUDICATOR)
        project.time_spent.add(PEOPLE[1].id, [WorkInterval(document_id(TEXTS[0]), 0, 1000)])
        project.documents.add(make_document("نص جديد"))
    return [one, two]


STAMPS = [
    ("edits", "id"),
    ("articles", "stamp"),
    ("annotators", "stamp"),
    ("runs", "stamp"),
    ("spells", "id"),
]


@pytest.mark.parametrize(("table", "column"), STAMPS)
@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("ffffffff-ffff-7fff-bfff-ffffffffffff", "is dated 10889"),
        (Clock(lambda: wall_ms() + 25 * HOUR).new(), "more than a day ahead of this computer's clock"),
        ("zzz", "is damaged"),
    ],
    ids=["the end of time", "tomorrow", "no stamp"],
)
def test_a_source_with_an_impossible_stamp_is_refused_by_name_and_nothing_is_merged(
    tmp_path: Path, table: str, column: str, stamp: str, said: str
) -> None:
    one, two = busy_copies(tmp_path)
    before = contents(one)
    stamped(two, table, column, stamp)
    with pytest.raises(ProjectError, match=said) as caught:
        merge_paths(one, [two])
    assert str(two) in str(caught.value)
    assert contents(one) == before
    with Project.open(one) as project:
        (incoming,) = preview_merge(project, [two])
        assert said in incoming.problem


def test_a_copy_from_a_clock_that_is_ahead_comes_in_and_its_annotator_is_named(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(two, PEOPLE[1], HARD_WORK)
    with Project.open(two) as project:
        project._connection.clock = Clock(lambda: wall_ms() + 5 * HOUR)
        session = Session(project, PEOPLE[2])
        session.open(document_id(TEXTS[0]))
        assert session.annotate(Span(0, 4), "LOC")
    report = merge_paths(one, [two])
    assert report.ahead == (ClockAhead(PEOPLE[2].name, 299),) or report.ahead == (ClockAhead(PEOPLE[2].name, 300),)
    assert any("clock of the computer of Carmen is ahead by" in line for line in report.lines())
    assert merge_paths(one, [two]) == MergeReport()


def test_one_who_decided_on_two_copies_at_once_is_named_with_the_places_that_have_two_labels(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    text = TEXTS[0]
    for path, start, label in ((one, 12, "PERS"), (two, 12, "ORG"), (one, 0, "LOC"), (two, 30, "LOC")):
        with Project.open(path) as project:
            session = Session(project, PEOPLE[0])
            session.open(document_id(text))
            assert session.annotate(Span(start, start + 4), label)
    report = merge_paths(one, [two])
    assert report.divided == (ParallelEdits(PEOPLE[0].name, 2, 2),)
    (found,) = report.unsettled.doubled
    labels = tuple(sorted(found.labels))
    assert replace(found, labels=labels) == ConflictingLabels(
        document_id(text), "عنوان", text[12:16], ("ORG", "PERS"), "Ali"
    )
    said = "\n".join(report.lines())
    assert "Ali decided on two copies at the same time: 2 times here and 2 times in a copy." in said
    assert (
        f"Places where one annotator gave conflicting labels: 1. Remove the wrong ones:\n  عنوان: {text[12:16]}" in said
    )
    again = merge_paths(two, [one])
    assert again.divided == (), "the first merge wrote nothing into the source, but this one brings only later edits"


def test_one_who_went_on_with_another_copy_later_is_not_taken_for_two(tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], HARD_WORK)
    work(two, PEOPLE[0], [("annotate", 20, 4), ("annotate", 40, 3)])
    work(two, PEOPLE[1], HARD_WORK)
    for target, source in ((one, two), (two, one)):
        copy = Path(shutil.copyfile(target, tmp_path / "target.annot"))
        assert merge_paths(copy, [source]).divided == ()


def test_the_file_that_is_damaged_is_blamed_though_it_is_the_target(tmp_path: Path) -> None:
    bad, good = make_copies(tmp_path, count=2)
    work(good, PEOPLE[1], HARD_WORK)
    with closing(sqlite3.connect(bad, isolation_level=None)) as db:
        index = "select rootpage from sqlite_master where name = 'sqlite_autoindex_articles_1'"
        ((page,), (size,)) = db.execute(index).fetchone(), db.execute("pragma page_size").fetchone()
    with bad.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes([10, 0, 0, 0, 0, *size.to_bytes(2), 0]))
    with pytest.raises(ProjectError) as caught:
        merge_paths(bad, [good])
    assert str(bad) in str(caught.value) and str(good) not in str(caught.value)


def test_a_project_that_holds_an_id_at_the_end_of_time_says_so_in_one_sentence(tmp_path: Path) -> None:
    (path,) = make_copies(tmp_path, count=1)
    work(path, PEOPLE[0], HARD_WORK)
    with Project.open(path) as project:
        last = next(project.log.edits())
        project.log.union([replace(last, id="ffffffff-ffff-7fff-bfff-ffffffffffff")])
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[1]))
        before = project.log.counts()
        for action in (session.undo, lambda: session.annotate(Span(0, 4), "LOC"), lambda: session.set_note("لا")):
            with pytest.raises(ProjectError, match="dated at the end of time") as caught:
                action()
            assert str(path) in str(caught.value)
        assert project.log.counts() == before


def test_what_was_made_with_a_clock_before_1970_can_be_read_and_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_copies(tmp_path, count=2)
    with monkeypatch.context() as patched:
        patched.setattr("time.time_ns", lambda: -86_400_000_000_000)
        work(two, PEOPLE[1], HARD_WORK)
    with Project.open(two) as project:
        assert [edit.time for edit in project.log.edits()] == [0] * project.log.counts()["edits"]
    assert merge_paths(one, [two]).edits > 2


def test_each_count_has_its_places(tmp_path: Path) -> None:
    copies = confirmed_and_rejected(tmp_path, (PEOPLE[0], PEOPLE[1]), "confirm")
    conflicts = merge_paths(copies[0], [copies[1]]).unsettled
    (place,) = conflicts.places["rejected_by_others"]
    assert conflicts.rejected.by_others == 1
    assert [(given.annotator, bool(given.label)) for given in place.given] == [
        (PEOPLE[0].id, True),
        (PEOPLE[1].id, False),
    ]
