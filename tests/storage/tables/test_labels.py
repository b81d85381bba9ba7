"""Changes of a project's tagset are edits: no annotation changes, and everything is read with the current labels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, VerdictValue, Write, fold
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RemoveLabel,
    RenameLabel,
)
from annotator.domain.tagset.tagset import Label
from annotator.errors import ResourceError
from annotator.services.document_metrics import metric_inputs
from annotator.services.exporting.selection import Selection
from annotator.services.project.stats import project_stats
from annotator.services.search.concordance import Concordance, Query, complete_index
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.decided_names import DecidedName
from annotator.storage.tables.label_usage import LabelUsage
from tests.services.exporting.requests import export_as
from tests.storage.strategies import COLOUR, PEOPLE, TEXTS, make_copies, make_project, merged

DOCUMENT = document_id(TEXTS[0])
BAGHDAD, AHMED, TOWN = Span(0, 5), Span(11, 21), Span(25, 30)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        project.suggestions.replace(
            DOCUMENT,
            "lexicon",
            "1",
            [Suggestion(BAGHDAD, "LOC", 0.9, "lexicon", "1"), Suggestion(TOWN, "ORG", 0.8, "lexicon", "1")],
        )
        project.suggestions.replace(DOCUMENT, "memory", "1", [Suggestion(TOWN, "LOC", 0.7, "memory", "1")])
        own = Session(project, PEOPLE[0])
        own.open(DOCUMENT)
        yield own


def labelled(session: Session) -> dict[Span, str]:
    """Return what the annotator has in the first document, as the project says and as the board shows."""
    held = {a.span: a.label for a in session.project.log.annotations(DOCUMENT, session.annotator.id)}
    assert {i.span: i.label for i in session.items if not i.is_suggestion} == held
    return held


def export(project: Project, out: Path) -> set[str]:
    """Return the labels that an export holds."""
    export_as(project, out, "json")
    return {span["label"] for d in json.loads(out.read_text(encoding="utf-8")) for span in d["spans"]}


def test_a_rename_is_one_edit_that_no_annotation_is_in(session: Session, tmp_path: Path) -> None:
    session.annotate(AHMED, "PERS")
    before = session.project.log.state()
    change = session.change_tagset([RenameLabel("PERS", "HUMAN"), DescribeLabel("HUMAN", names={"en": "Human"})])
    assert change is not None
    assert change.edit.kind is EditKind.TAGSET
    assert (change.documents, change.alters_tagset, change.edit.document) == (frozenset(), True, "")
    assert labelled(session) == {AHMED: "HUMAN"}
    assert export(session.project, tmp_path / "new.json") == {"HUMAN"}
    assert {a: v for a, v in session.project.log.state().items() if a.document} == before
    session.undo()
    assert labelled(session) == {AHMED: "PERS"}
    assert session.project.tagset == session.project.labels.base
    session.redo()
    assert labelled(session) == {AHMED: "HUMAN"}
    assert session.project.log.state() == fold(session.project.log.edits())


def test_what_is_done_under_a_new_id_stays_when_the_rename_is_taken_back(session: Session) -> None:
    session.change_tagset([RenameLabel("LOC", "PLACE")])
    session.set_focus(next(i for i in session.items if i.label == "PLACE"))
    session.confirm()
    session.annotate(AHMED, "PERS")
    assert session.progress[0] == 1
    session.project.log.append(
        next(e for e in session.project.log.edits() if e.kind is EditKind.TAGSET).undo(session.project.log.new_id())
    )
    session.open(DOCUMENT)
    assert labelled(session) == {BAGHDAD: "LOC", AHMED: "PERS"}
    assert [i.span for i in session.items if i.is_suggestion] == [TOWN]


def test_a_merge_of_labels_shows_everywhere_and_undo_gives_back_each_label(session: Session, tmp_path: Path) -> None:
    project = session.project
    session.confirm()
    session.annotate(AHMED, "PERS")
    session.set_focus(next(i for i in session.items if i.span == TOWN))
    session.reject()
    complete_index(project)
    names = project.decided_names()
    assert labelled(session) == {BAGHDAD: "LOC", AHMED: "PERS"}
    session.change_tagset([MergeLabels("LOC", "ORG")])
    assert labelled(session) == {BAGHDAD: "ORG", AHMED: "PERS"}
    assert export(project, tmp_path / "merged.json") == {"ORG", "PERS"}
    assert project_stats(project)["annotations_by_label"] == {"ORG": 1, "PERS": 1}
    assert DecidedName("بغداد", "ORG", 1, 1) in project.decided_names()
    assert {case.label for case in project.decisions.cases()} == {"ORG"}
    assert project.labels.usage("ORG") == LabelUsage(1, 1, 1, suggestions=project.labels.usage("LOC").suggestions)
    found = Concordance(project, PEOPLE[0].id, Query(label="ORG"))
    assert [hit.span for hit in found.page(found.candidates(), 0).hits] == [BAGHDAD]
    assert {s.key for s in project.suggestions.of(DOCUMENT)} == {"0:5:ORG", "25:30:ORG"}
    assert session.progress == (0, 2)
    session.undo()
    assert labelled(session) == {BAGHDAD: "LOC", AHMED: "PERS"}
    assert project.decided_names() == names
    assert export(project, tmp_path / "again.json") == {"LOC", "PERS"}


def test_a_verdict_under_the_merged_label_goes_on_to_hold_and_is_overruled_by_a_later_one(session: Session) -> None:
    session.confirm()
    session.change_tagset([MergeLabels("LOC", "ORG")])
    assert session.project.log.verdicts(DOCUMENT, PEOPLE[0].id)["0:5:ORG"]["verdict"] == "accepted"
    ((who, key, _),) = session.project.contributions.verdicts([DOCUMENT])[DOCUMENT]
    assert (who, key) == (PEOPLE[0].id, "0:5:ORG")
    session.set_focus(next(i for i in session.items if i.span == BAGHDAD))
    session.reject()
    assert session.project.log.verdicts(DOCUMENT, PEOPLE[0].id)["0:5:ORG"]["verdict"] == "rejected"
    assert BAGHDAD not in {i.span for i in session.items}
    while session.undo():
        pass
    assert session.project.log.state() == {}


def test_labels_that_a_colleague_gave_offline_come_out_right_after_the_merge(tmp_path: Path) -> None:
    mine, hers, his = make_copies(tmp_path)
    with Project.open(mine) as project:
        Session(project, PEOPLE[0]).change_tagset([MergeLabels("LOC", "ORG"), RenameLabel("PERS", "HUMAN")])
    with Project.open(hers) as project:
        session = Session(project, PEOPLE[1])
        session.open(DOCUMENT)
        session.annotate(BAGHDAD, "LOC")
        session.annotate(AHMED, "PERS")
    with Project.open(his) as project:
        session = Session(project, PEOPLE[2])
        session.change_tagset([RenameLabel("PERS", "PERSON"), DescribeLabel("LOC", names={"en": "Where"})])
        session.open(DOCUMENT)
        session.annotate(AHMED, "PERSON")
    for sources in ([hers, his], [his, hers]):
        with Project.open(merged(mine, sources, tmp_path / "all.annot")) as project:
            assert {a.label for a in project.log.annotations(DOCUMENT)} == {"ORG", "PERSON"}
            assert [label.id for label in project.tagset.labels] == ["PERSON", "ORG"]
            session = Session(project, PEOPLE[0])
            session.undo()
            assert {a.label for a in project.log.annotations(DOCUMENT)} == {"LOC", "PERSON"}
            assert project.tagset.labels[1].names == {"en": "Where"}


def test_an_undo_leaves_what_somebody_else_changed_since(session: Session) -> None:
    colours = [{"light": f"#00000{n}", "dark": "#ffffff"} for n in range(2)]
    session.change_tagset([DescribeLabel("LOC", colour=colours[0], guideline={"en": "Mine."})])
    Session(session.project, PEOPLE[1]).change_tagset([DescribeLabel("LOC", colour=colours[1])])
    session.undo()
    label = session.tagset.find("LOC")
    assert label is not None
    assert (label.colour, label.guideline) == (colours[1], {})


def test_a_label_in_use_cannot_be_removed_and_another_can_and_comes_back(session: Session) -> None:
    session.annotate(AHMED, "PERS")
    with pytest.raises(ResourceError, match=r"Cannot remove PERS: 1 annotations in 1 articles have it\. Merge it"):
        session.change_tagset([RenameLabel("LOC", "PLACE"), RemoveLabel("PERS")])
    assert session.tagset == session.project.labels.base
    session.change_tagset([RemoveLabel("LOC")])
    assert "LOC" not in {s.label for s in session.project.suggestions.of(DOCUMENT)}
    assert [i.span for i in session.items] == [AHMED, TOWN]
    session.undo()
    assert BAGHDAD in {i.span for i in session.items}


def test_suggestions_and_annotations_are_stored_under_first_ids(session: Session) -> None:
    project = session.project
    session.change_tagset([RenameLabel("PERS", "HUMAN"), AddLabel(Label("FAC", {"en": "Facility"}, COLOUR))])
    project.suggestions.replace(DOCUMENT, "starter", "1", [Suggestion(AHMED, "HUMAN", 0.9, "starter", "1")])
    session.open(DOCUMENT)
    session.set_focus(next(i for i in session.items if i.span == AHMED))
    session.confirm()
    session.annotate(TOWN, "FAC")
    stored = {v.get("label") for a, v in project.log.state().items() if a.cell == "annotation"}
    assert stored == {"PERS", "FAC"}
    assert labelled(session) == {AHMED: "HUMAN", TOWN: "FAC"}
    assert {s.label for s in project.suggestions.of(DOCUMENT) if s.suggester == "starter"} == {"HUMAN"}


def test_another_window_sees_a_change_when_it_looks(session: Session, tmp_path: Path) -> None:
    session.annotate(AHMED, "PERS")
    with Project.open(session.project.path) as other:
        Session(other, PEOPLE[1]).change_tagset(
            [RenameLabel("PERS", "HUMAN"), MoveLabel("ORG", 0), ChangeTagset(nested=True)]
        )
    assert labelled(session) == {AHMED: "PERS"}
    assert session.read_tagset()
    assert labelled(session) == {AHMED: "HUMAN"}
    assert session.tagset.nested
    assert not session.read_tagset()


def test_a_change_in_a_transaction_that_fails_is_not_believed(session: Session) -> None:
    class MishapError(Exception):
        pass

    def fail() -> None:
        with session.project.transaction():
            session.change_tagset([RenameLabel("PERS", "HUMAN")])
            raise MishapError

    with pytest.raises(MishapError):
        fail()
    assert session.tagset == session.project.labels.base


def test_documents_are_measured_anew_where_spans_begin_to_nest_and_only_there(session: Session) -> None:
    numbers = session.project.metrics
    ids = list(session.project.documents.ids())
    numbers.update(ids, metric_inputs(session.project), dict.fromkeys(ids, b""))
    session.change_tagset([RenameLabel("PERS", "HUMAN")])
    assert numbers.stale() == []
    session.change_tagset([ChangeTagset(nested=True)])
    assert numbers.stale() == ids
    numbers.update(ids, metric_inputs(session.project))
    session.project.log.rebuild()
    assert numbers.stale() == []
    session.undo()
    assert numbers.stale() == ids


def test_nothing_is_written_where_nothing_changes(session: Session) -> None:
    assert session.change_tagset([RenameLabel("PERS", "PERS"), MoveLabel("PERS", 0)]) is None
    assert session.change_tagset([RenameLabel("PERS", "HUMAN"), RenameLabel("HUMAN", "PERS")]) is not None
    assert session.tagset.find("HUMAN") == session.tagset.labels[0]


def test_rebuilding_keeps_the_tagset(session: Session) -> None:
    session.change_tagset([MergeLabels("LOC", "ORG")])
    state = session.project.log.state()
    session.project.log.rebuild()
    assert session.project.log.state() == state
    assert [label.id for label in session.tagset.labels] == ["PERS", "ORG"]


def keep_note(session: Session, key: str, text: str, doubtful: bool) -> None:
    """Note something, also on a suggestion that another one hides."""
    write = Write(DOCUMENT, CellKind.NOTE, key, None, {"text": text, "doubtful": doubtful})
    session.apply(EditKind.NOTE, [write])


def test_a_note_on_a_suggestion_follows_its_label_s_names_into_exports(session: Session, tmp_path: Path) -> None:
    keep_note(session, f"{BAGHDAD.start}:{BAGHDAD.end}:LOC", "مدينة أم نادٍ؟", True)
    session.change_tagset([RenameLabel("LOC", id="PLACE")])
    (note,) = session.project.log.notes(DOCUMENT)
    assert (note.key, note.text) == (f"{BAGHDAD.start}:{BAGHDAD.end}:PLACE", "مدينة أم نادٍ؟")
    report = export_as(session.project, tmp_path / "plain.jsonl", "jsonl")
    assert report.to_json()["notes_not_selected"] == 1
    assert any("Notes not exported, because what they are on is not: 1" in line for line in report.lines())
    report = export_as(session.project, tmp_path / "all.jsonl", "jsonl", selection=Selection(include_suggestions=True))
    assert report.to_json()["notes_not_selected"] == 0
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    (noted,) = [s for line in lines for s in json.loads(line)["spans"] if "نادٍ" in json.dumps(s, ensure_ascii=False)]
    assert (noted["start"], noted["end"], noted["label"]) == (BAGHDAD.start, BAGHDAD.end, "PLACE")


def test_notes_on_suggestions_that_a_merge_of_labels_makes_one_are_both_read(session: Session) -> None:
    keep_note(session, f"{TOWN.start}:{TOWN.end}:ORG", "نادٍ؟", True)
    keep_note(session, f"{TOWN.start}:{TOWN.end}:LOC", "مدينة", False)
    session.change_tagset([MergeLabels("ORG", "LOC")])
    (both,) = session.project.log.notes(DOCUMENT)
    assert (both.key, both.doubtful) == (f"{TOWN.start}:{TOWN.end}:LOC", True)
    assert set(both.text.split("\n")) == {"مدينة", "نادٍ؟"}
    session.undo()
    assert [n.text for n in session.project.log.notes(DOCUMENT)] == ["مدينة", "نادٍ؟"]


def test_a_note_that_is_emptied_or_altered_takes_those_with_it_that_were_read_as_one(session: Session) -> None:
    loc, org = (f"{TOWN.start}:{TOWN.end}:{label}" for label in ("LOC", "ORG"))
    keep_note(session, org, "نادٍ؟", True)
    keep_note(session, loc, "مدينة", False)
    session.change_tagset([MergeLabels("ORG", "LOC")])
    both = session.notes[loc]
    session.set_note_and_flag(loc, "ناد", False)
    assert dict(session.notes) == {loc: {"text": "ناد", "doubtful": False}}
    session.undo()
    assert session.notes[loc] == both
    session.set_note_and_flag(loc, "", False)
    assert dict(session.notes) == {}
    session.open(DOCUMENT)
    assert dict(session.notes) == {}
    session.undo()
    assert session.notes[loc] == both
    session.undo()
    assert {n.key: n.text for n in session.project.log.notes(DOCUMENT)} == {loc: "مدينة", org: "نادٍ؟"}


def test_many_edits_at_once_take_along_what_was_read_as_one_with_a_note_as_one_edit_does(session: Session) -> None:
    loc, org = (f"{TOWN.start}:{TOWN.end}:{label}" for label in ("LOC", "ORG"))
    log, me, other = session.project.log, session.annotator.id, PEOPLE[1].id
    session.project.annotators.add(PEOPLE[1])
    keep_note(session, org, "نادٍ؟", True)
    keep_note(session, loc, "مدينة", False)
    not_mine = Write(DOCUMENT, CellKind.NOTE, org, None, {"text": "لا أدري", "doubtful": True})
    log.append(Edit(log.new_id(), other, DOCUMENT, EditKind.NOTE, (not_mine,)))
    session.change_tagset([MergeLabels("ORG", "LOC")])
    session.open(DOCUMENT)
    both = session.notes[loc]
    note = Write(DOCUMENT, CellKind.NOTE, loc, None, {"text": "ناد", "doubtful": False})
    done = Write(document_id(TEXTS[1]), CellKind.STATUS, "", None, {"status": "done"})
    log.append_many([Edit("", me, w.document, EditKind.IMPORT, (w,)) for w in (note, done)])
    assert log.note_values(DOCUMENT, me) == {loc: {"text": "ناد", "doubtful": False}}
    assert log.note_values(DOCUMENT, other) == {loc: not_mine.after}
    assert log.state() == fold(log.edits())
    session.undo()
    assert not log.is_done(document_id(TEXTS[1]), me)
    session.undo()
    assert session.notes[loc] == both


def test_of_notes_that_are_read_as_one_a_word_that_stands_within_the_other_s_words_is_read_too(
    session: Session,
) -> None:
    keep_note(session, f"{TOWN.start}:{TOWN.end}:ORG", "لا", False)
    keep_note(session, f"{TOWN.start}:{TOWN.end}:LOC", "لا أدري", False)
    session.change_tagset([MergeLabels("ORG", "LOC")])
    (note,) = session.project.log.notes(DOCUMENT)
    assert note.text.split("\n") == ["لا أدري", "لا"]


def test_notes_of_labels_merged_into_one_are_read_as_one_with_its_own_first(session: Session) -> None:
    place = f"{AHMED.start}:{AHMED.end}"
    for label, text in (("LOC", "river?"), ("ORG", "the city"), ("PERS", "a name")):
        keep_note(session, f"{place}:{label}", text, label == "LOC")
    session.change_tagset([MergeLabels("LOC", "ORG"), MergeLabels("PERS", "ORG")])
    notes = session.project.log.note_values(DOCUMENT, session.annotator.id)
    assert notes == {f"{place}:ORG": {"text": "the city\nriver?\na name", "doubtful": True}}


def test_of_verdicts_on_merged_labels_its_own_counts_then_the_weightiest() -> None:
    def counted(**verdicts: Verdict) -> str:
        """Return which of the verdicts on LOC, ORG and PERS counts after they were merged into ORG."""
        with TemporaryDirectory() as folder, Project.open(make_project(Path(folder) / "p.annot")) as project:
            session = Session(project, PEOPLE[0])
            session.open(DOCUMENT)
            for label, verdict in verdicts.items():
                value: VerdictValue = {"verdict": verdict.value, "suggester": "x", "version": "1", "score": 0.5}
                session.apply(EditKind.REJECT, [Write(DOCUMENT, CellKind.VERDICT, f"0:3:{label}", None, value)])
            session.change_tagset([MergeLabels("LOC", "ORG"), MergeLabels("PERS", "ORG")])
            found = project.log.verdicts(DOCUMENT, session.annotator.id)
        assert set(found) == {"0:3:ORG"}
        return found["0:3:ORG"]["verdict"]

    assert counted(LOC=Verdict.ACCEPTED, ORG=Verdict.SKIPPED) == "skipped"
    assert counted(LOC=Verdict.REJECTED, PERS=Verdict.ACCEPTED) == "accepted"
    assert counted(LOC=Verdict.SKIPPED, PERS=Verdict.REJECTED) == "rejected"


def test_curves_are_found_under_old_and_new_ids_and_a_label_s_own_counts(session: Session) -> None:
    session.change_tagset([RenameLabel("LOC", "PLACE"), MergeLabels("PERS", "ORG")])
    curves = {("x", "LOC"): 1, ("x", "PERS"): 2, ("x", "ORG"): 3, ("y", "*"): 4}
    assert session.project.labels.current_curves(curves) == curves | {("x", "PLACE"): 1}
