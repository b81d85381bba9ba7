"""Whose labels leave: each rule on one small team, everything that is left out counted, and suggestions marked."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import pytest

from annotator.domain.corpus.split import SplitPlan, parse_parts
from annotator.domain.model.annotation import Annotation, Annotator, Role
from annotator.domain.model.edit import CellKind, Edit, EditKind, VerdictValue, Write
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.document_state import Documents
from annotator.errors import ExportError, UserError
from annotator.formats.registry import writers
from annotator.services.annotators import display_names, summarise_annotators
from annotator.services.corpus.export_corpus import export_corpus
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import Resolution, Selection
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_paths
from annotator.session.adjudication import AdjudicationSession
from annotator.storage.project import Project
from tests.formats.installed import NEEDS
from tests.formats.marks import marked
from tests.roles import set_role, set_roles
from tests.services.corpus.corpora import PEOPLE, add_annotation, finish, make_project, settle
from tests.services.exporting.requests import export_as

BOTH, ONE, NONE = (
    marked("زار ⟦PERS|محمد⟧ بغداد اليوم", date=datetime.date(2020, 5, 1)),
    marked("وقال ⟦PERS|سعاد⟧ ذلك", date=datetime.date(2019, 1, 1)),
    marked("لا شيء هنا"),
)
PLACE = Span(9, 14)  # بغداد


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project in which a1 worked on two documents, a2 on the first, and a3 on the first.

    a1 and a2 called the first done, and agree on the person, not on the place.
    """
    with make_project(tmp_path / "team.annot", [BOTH, ONE, NONE]) as made:
        for who, label in (("a2", "LOC"), ("a3", "ORG")):
            add_annotation(made, BOTH.document.id, Annotation(f"{who}-place", PLACE, label, who))
        for who in ("a2", "a3"):
            add_annotation(made, BOTH.document.id, Annotation(f"{who}-person", Span(4, 8), "PERS", who))
        finish(made, BOTH.document.id, "a1")
        finish(made, BOTH.document.id, "a2")
        yield made


def taken(project: Project, tmp_path: Path, selection: Selection) -> tuple[list[list[list[str]]], dict[str, Any]]:
    """Return text, label, annotator and origin of all spans by document, and the report."""
    out = tmp_path / "out.jsonl"
    report = export_as(project, out, "jsonl", selection=selection)
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    spans = [[[s[key] for key in ("text", "label", "annotator", "origin")] for s in r["spans"]] for r in records]
    return spans, report.to_json()


def test_each_annotator_asked_for_and_nobody_else(project: Project, tmp_path: Path) -> None:
    spans, report = taken(project, tmp_path, Selection(("Omar", "a3")))
    assert [sorted(s[2] for s in each) for each in spans] == [["Omar", "Omar", "سعاد (a3)", "سعاد (a3)"], [], []]
    assert report["spans_not_selected"] == {"other-annotator": 2}
    assert report["options"]["annotators"] == ["Omar", "سعاد (a3)"]


def test_nobody_is_called_as_somebody_else_is() -> None:
    people = [Annotator("a1", "سعاد"), Annotator("a2", "سعاد"), Annotator("a3", "سعاد (a1)"), Annotator("a4", "Omar")]
    shown = display_names(people)
    assert len(set(shown.values())) == 4
    assert (shown["a2"], shown["a4"]) == ("سعاد (a2)", "Omar")


def test_a_majority_is_of_those_who_called_it_done(project: Project, tmp_path: Path) -> None:
    spans, report = taken(project, tmp_path, Selection(resolution=Resolution.MAJORITY))
    assert spans[0] == [["محمد", "PERS", "majority", "agreed:2/2"]]
    assert spans[1:] == [[["سعاد", "PERS", "majority", "agreed:1/1"]], []]
    assert report["spans_not_selected"] == {"no-majority": 1, "not-done": 2}
    assert (report["spans_that_agreed"], report["spans_agreed_upon"]) == (3, 2)
    assert report["documents_decided_by_one"] == 1
    finish(project, BOTH.document.id, "a3")
    spans, _ = taken(project, tmp_path, Selection(resolution=Resolution.MAJORITY))
    assert spans[0] == [["محمد", "PERS", "majority", "agreed:3/3"]]
    spans, _ = taken(project, tmp_path, Selection(("a2", "a3"), resolution=Resolution.MAJORITY))
    assert spans[0] == [["محمد", "PERS", "majority", "agreed:2/2"]]


def test_who_only_rejected_votes_too_where_nobody_called_it_done(project: Project, tmp_path: Path) -> None:
    decide(project, ONE.document.id, "a2", "rejected")
    spans, report = taken(project, tmp_path, Selection(resolution=Resolution.MAJORITY))
    assert spans[1] == []
    assert report["spans_not_selected"] == {"no-majority": 2, "not-done": 2}


def decide(project: Project, document_id: str, who: str, verdict: str) -> None:
    """Have somebody decide on a suggestion, or skip it."""
    value: VerdictValue = {"verdict": verdict, "suggester": "x", "version": "1", "score": 0.5}
    write = Write(document_id, CellKind.VERDICT, "0:3:LOC", None, value)
    project.log.append(Edit(project.log.new_id(), who, document_id, EditKind.REJECT, (write,)))


def texts_taken(project: Project, tmp_path: Path, selection: Selection) -> tuple[list[str], dict[str, int]]:
    """Return the ids of the documents that are exported, and how many were left out in each state."""
    out = tmp_path / "out.jsonl"
    report = export_as(project, out, "jsonl", selection=selection)
    ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]
    states = report.to_json()["documents_not_selected_by_state"]
    assert list(states) == ["finished", "begun", "untouched", "removed"]
    return ids, {state: count for state, count in states.items() if count}


def test_documents_are_taken_by_their_state_and_the_rest_is_counted_by_it(project: Project, tmp_path: Path) -> None:
    both, one, none = (each.document.id for each in (BOTH, ONE, NONE))
    for which, ids, states in (
        (Documents.FINISHED, [both], {"begun": 1, "untouched": 1}),
        (Documents.LABELLED, [both, one], {"untouched": 1}),
        (Documents.ALL, [both, one, none], {}),
    ):
        assert texts_taken(project, tmp_path, Selection(documents=which)) == (ids, states)
    # What was finished may be too old all the same.
    since = datetime.date(2021, 1, 1)
    assert texts_taken(project, tmp_path, Selection(documents=Documents.FINISHED, since=since)) == (
        [],
        {"finished": 1, "begun": 1, "untouched": 1},
    )


def test_the_state_is_that_of_the_annotators_asked_for(project: Project, tmp_path: Path) -> None:
    both, one = BOTH.document.id, ONE.document.id
    labelled = Selection(("Omar",), documents=Documents.LABELLED)
    assert texts_taken(project, tmp_path, labelled) == (
        [both],
        {"untouched": 2},
    )
    decide(project, one, "a2", "skipped")
    assert texts_taken(project, tmp_path, labelled)[0] == [both]
    decide(project, one, "a2", "rejected")
    assert texts_taken(project, tmp_path, labelled)[0] == [both, one]
    finish(project, NONE.document.id, "a3")  # without a label, which is a finding too
    labelled = Selection(("a3",), documents=Documents.LABELLED)
    assert texts_taken(project, tmp_path, labelled)[0] == [both, NONE.document.id]
    settle(project, both, "a2")
    settled = Selection(resolution=Resolution.ADJUDICATED, documents=Documents.ALL)
    assert texts_taken(project, tmp_path, settled) == ([both], {"begun": 2})


def test_an_export_without_a_document_in_the_state_asked_for_says_which_option_takes_others(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what was there before")
    for selection, said in (
        (
            Selection(("a3",), documents=Documents.FINISHED),
            r"^Nothing to export: no selected annotator finished any article of .*team\.annot \(1 begun, 2 "
            r"untouched\)\. Finish some, or use --documents labelled or --documents all\.$",
        ),
        (
            Selection(("Huda",), documents=Documents.LABELLED),
            r"^Nothing to export: no selected annotator labelled any article of .* \(3 untouched\)\. Label some, or "
            r"use --documents all\.$",
        ),
        (
            Selection(("a3",), resolution=Resolution.ADJUDICATED),
            r"^Nothing to export: no selected annotator settled any article of .*team\.annot\. Settle some .* or "
            r"choose another --resolve\.$",
        ),
    ):
        project.annotators.add(Annotator("a9", "Huda"))
        with pytest.raises(ExportError, match=said):
            export_as(project, out, "jsonl", selection=selection)
        plan = CorpusOptions(plan=SplitPlan(parse_parts("100")))
        with pytest.raises(ExportError, match=said):
            export_corpus(project, tmp_path / "corpus", ExportRequest("jsonl", selection=selection, corpus=plan))
    assert out.read_text() == "what was there before"
    assert not (tmp_path / "corpus").exists()


def test_finished_leaves_out_documents_and_unfinished_work(project: Project, tmp_path: Path) -> None:
    spans, report = taken(project, tmp_path, Selection(documents=Documents.FINISHED))
    assert [sorted(s[2] for s in each) for each in spans] == [["Omar", "Omar", "سعاد (a1)"]]
    assert report["documents_not_selected"] == {"not-done": 2}
    assert report["spans_in_documents_not_selected"] == 1
    assert report["spans_not_selected"] == {"not-done": 2}
    assert report["options"]["documents"] == "finished"


def test_what_is_settled_is_exported_and_nobodys_own_labels(project: Project, tmp_path: Path) -> None:
    adjudicated = Selection(resolution=Resolution.ADJUDICATED)
    finish(project, BOTH.document.id, "a3")
    with pytest.raises(ExportError, match="no adjudicator settled any article"):
        taken(project, tmp_path, adjudicated)
    settle(project, BOTH.document.id, "a3", [(4, 8, "PERS"), (*PLACE, "LOC"), (0, 3, "")])
    spans, report = taken(project, tmp_path, adjudicated)
    assert [[s[:3] for s in each] for each in spans] == [
        [["محمد", "PERS", "سعاد (a3)"], ["بغداد", "LOC", "سعاد (a3)"]],
    ]
    assert report["documents_not_selected"] == {"not-adjudicated": 2}
    assert report["spans_not_selected"] == {"not-adjudicator": 1}  # بغداد as ORG
    assert (report["spans_agreed_upon"], report["spans_that_agreed"]) == (2, 4)
    assert report["documents_of_several_adjudicators"] == 0
    with pytest.raises(ExportError, match="no selected annotator settled any article"):
        taken(project, tmp_path, Selection(("Omar",), resolution=Resolution.ADJUDICATED))
    write = Write(BOTH.document.id, CellKind.GOLD, "15:20", None, {"label": "DATE", "by": "a2", "rests": {}})
    project.log.append(Edit(project.log.new_id(), "a2", BOTH.document.id, EditKind.SETTLE, (write,)))
    spans, report = taken(project, tmp_path, adjudicated)
    assert [s[1:3] for s in spans[0]] == [["PERS", "سعاد (a3)"], ["LOC", "سعاد (a3)"], ["DATE", "Omar"]]
    assert report["documents_of_several_adjudicators"] == 1


def test_outdated_gold_is_exported_and_reported(project: Project, tmp_path: Path) -> None:
    set_role(project, "a3", Role.ADJUDICATOR)
    session = AdjudicationSession(project, PEOPLE[2])
    session.open(BOTH.document.id)
    session.take_annotator_rest(0)  # Omar, the first by name
    session.set_settled(True)
    adjudicated = Selection(resolution=Resolution.ADJUDICATED)
    spans, report = taken(project, tmp_path, adjudicated)
    assert [s[1:] for s in spans[0]] == [
        ["PERS", "سعاد (a3)", "adjudicated:2/2"],
        ["LOC", "سعاد (a3)", "adjudicated:1/2"],
    ]
    assert (report["documents_outdated"], report["documents_with_competing_gold"]) == (0, 0)
    add_annotation(project, BOTH.document.id, Annotation("late", Span(15, 20), "DATE", "a2"))
    later = export_as(project, tmp_path / "out.jsonl", "jsonl", selection=adjudicated)
    assert later.to_json()["documents_outdated"] == 1
    assert any("changed something since: 1" in line for line in later.lines())


def test_documents_of_several_adjudicators_and_those_of_one_voter_are_each_counted(
    project: Project, tmp_path: Path
) -> None:
    for document in (BOTH, ONE, NONE):
        settle(project, document.document.id, "a2", [(0, 2, "PERS")])
        settle(project, document.document.id, "a3", [(3, 4, "PERS")])
    report = taken(project, tmp_path, Selection(resolution=Resolution.ADJUDICATED))[1]
    assert report["documents_of_several_adjudicators"] == 3
    finish(project, ONE.document.id, "a1")
    only = Selection(("a1",), resolution=Resolution.MAJORITY)
    assert taken(project, tmp_path, only)[1]["documents_decided_by_one"] == 2


def test_dates_and_documents_asked_for(project: Project, tmp_path: Path) -> None:
    since = datetime.date(2020, 5, 1)
    assert taken(project, tmp_path, Selection(since=since))[1]["documents_not_selected"] == {
        "too-old": 1,
        "undated": 1,
    }
    assert taken(project, tmp_path, Selection(since=since, include_undated=True))[1]["documents"] == 2
    report = taken(project, tmp_path, Selection(document_ids={ONE.document.id}))[1]
    assert (report["documents"], report["documents_not_selected"]) == (1, {"not-asked": 2})


def test_all_is_accounted_for(project: Project, tmp_path: Path) -> None:
    by_state = (Selection(documents=which) for which in Documents)
    for selection in (Selection(resolution=Resolution.MAJORITY), Selection(("Omar",)), *by_state):
        report = taken(project, tmp_path, selection)[1]
        written = report["spans_confirmed"] - report["spans_agreed_upon"] + report["spans_that_agreed"]
        left = sum(report["spans_not_selected"].values()) + report["spans_in_documents_not_selected"]
        assert written + left == 6


def suggest(project: Project) -> None:
    """Have spans suggested: one decided on, one that competes with a label, and two that nobody decided on."""
    found = [(Span(4, 8), "PERS", 0.9), (Span(0, 3), "LOC", 0.25), (Span(15, 20), "DATE", 0.5)]
    project.suggestions.replace(
        BOTH.document.id, "x", "1", [Suggestion(span, label, score, "x", "1") for span, label, score in found]
    )
    verdict: VerdictValue = {"verdict": "rejected", "suggester": "x", "version": "1", "score": 0.25}
    write = Write(BOTH.document.id, CellKind.VERDICT, "0:3:LOC", None, verdict)
    project.log.append(Edit(project.log.new_id(), "a3", BOTH.document.id, EditKind.REJECT, (write,)))


def test_suggestions_never_leave_unless_they_are_asked_for(project: Project, tmp_path: Path) -> None:
    suggest(project)
    assert all(not s[3].startswith("suggestion") for each in taken(project, tmp_path, Selection())[0] for s in each)
    spans, report = taken(project, tmp_path, Selection(("a1",), include_suggestions=True))
    assert spans[0][0] == ["زار", "LOC", "", "suggestion:x"]  # only a3 rejected it
    spans, report = taken(project, tmp_path, Selection(include_suggestions=True))
    assert spans[0][-1] == ["اليوم", "DATE", "", "suggestion:x"]
    assert [s[3] for s in spans[0]].count("suggestion:x") == 1
    assert (report["spans_confirmed"], report["suggestions_selected"]) == (6, 1)
    assert report["entities_in_file"] == 7


@pytest.mark.parametrize("name", [name for name, w in writers().items() if getattr(w, "holds_suggestions", False)])
def test_suggestions_are_marked_and_come_back_as_what_they_are(project: Project, tmp_path: Path, name: str) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name], reason="its package is optional and not installed; make interop tests it")
    suggest(project)
    out = tmp_path / f"out{writers()[name].suffix}"
    export_as(project, out, name, selection=Selection(include_suggestions=True))
    content = "" if is_zipfile(out) or name in NEEDS else out.read_text("utf-8-sig")
    if name == "csv":
        rows = list(csv.DictReader(content.splitlines()))
        assert [(r["text"], r["score"]) for r in rows if r["origin"] == "suggestion:x"] == [("اليوم", "0.5")]
        assert {r["score"] for r in rows if r["origin"] != "suggestion:x"} == {""}
    elif name == "label-studio":
        ((prediction,),) = [task["predictions"] for task in json.loads(content) if task["predictions"]]
        assert prediction["model_version"] == "x"
        assert [(r["value"]["text"], r["score"]) for r in prediction["result"]] == [("اليوم", 0.5)]
    elif "json" in name or name == "prodigy":
        assert '"origin": "suggestion:x", "suggester": "x", "score": 0.5' in content
    with make_project(tmp_path / "back.annot") as back:
        found = out / "data" if out.is_dir() else out
        report = import_paths(back, [found], target=ImportTarget(Annotator("a9", "Huda")))
        assert (report.annotations, report.suggestions) == (3, 1)
        assert [problem.message.split(" (")[0] for problem in report.problems] == [
            "skipped 1 overlapping annotations"
        ]  # another label there


@pytest.mark.parametrize("name", ["conll", "conllu", "brat", "doccano"])
def test_formats_that_cannot_mark_suggestions_refuse(project: Project, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=rf"{name} cannot mark suggestions\..*csv, .*\bjsonl"):
        export_as(project, tmp_path / "out", name, selection=Selection(include_suggestions=True))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


def test_roles_are_kept_listed_and_merged(project: Project, tmp_path: Path) -> None:
    twin = tmp_path / "twin.annot"
    with make_project(twin) as other:
        set_roles(other, [("Omar", Role.ADJUDICATOR)])
        set_roles(other, [("Omar", Role.ADJUDICATOR)])
    assert merge_paths(project.path, [twin]).roles == 1
    with Project.open(project.path) as merged:
        listed = {
            m.person.id: (m.role, m.work.done, m.work.documents, m.work.annotations)
            for m in summarise_annotators(merged)
        }
        assert listed == {
            "a1": (Role.LEAD, 1, 2, 2),
            "a2": (Role.ADJUDICATOR, 1, 1, 2),
            "a3": (Role.ANNOTATOR, 0, 1, 2),
        }
        set_roles(merged, [("Omar", Role.ANNOTATOR)])
        assert merge_paths(twin, [merged.path]).roles == 1
        with pytest.raises(UserError, match="No annotator called Ali in this project"):
            set_roles(merged, [("a1", Role.ADJUDICATOR), ("Ali", Role.ADJUDICATOR)])
        assert merged.team.facts().roles == {"a1": Role.LEAD, "a2": Role.ANNOTATOR}
    with Project.open(twin) as other:
        assert other.team.facts().roles == {"a1": Role.LEAD, "a2": Role.ANNOTATOR}


@pytest.mark.parametrize("name", ["jsonl", "csv", "label-studio", "tei"])
def test_the_same_selection_gives_the_same_bytes_also_after_a_merge(
    project: Project, tmp_path: Path, name: str
) -> None:
    suggest(project)
    with make_project(tmp_path / "other.annot") as other:
        merge_paths(other.path, [project.path])
    with Project.open(tmp_path / "other.annot") as other:
        for whose in (Resolution.ALL, Resolution.MAJORITY):
            outs = []
            for number, source in enumerate((project, project, other)):
                outs.append(tmp_path / f"{whose}-{number}")
                export_as(source, outs[-1], name, selection=Selection(resolution=whose, include_suggestions=True))
            assert len({out.read_bytes() for out in outs}) == 1
