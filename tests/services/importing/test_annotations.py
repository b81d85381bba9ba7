"""Annotations that come in: whose they become, under which labels, and what is said of those that cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Annotator, OriginKind
from annotator.domain.model.edit import EditKind, fold
from annotator.domain.model.label_map import LabelMap
from annotator.domain.model.span import Span
from annotator.domain.review.visibility import conflict
from annotator.domain.tagset.changes import MergeLabels, RenameLabel
from annotator.errors import InputError
from annotator.formats.base.record import Entity, Record
from annotator.services.importing.annotations import ImportTarget, annotate, find_annotator
from annotator.services.importing.importer import import_paths
from annotator.services.importing.record_to_document import annotations_of, to_document
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.services.exporting.requests import export_as

SALMA = Annotator("s", "سلمى")
CONLL = "زار O\nليث B-PERS\nالربيعي I-PERS\nبغداد B-LOC\n. O\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("camel")) as made:
        yield made


@pytest.fixture
def nested(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "n.annot", load_tagset("wojood")) as made:
        yield made


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.conll"
    path.write_text(CONLL, "utf-8")
    return path


def held(project: Project, who: str = "s") -> list[tuple[str, str]]:
    return [
        (a.span.of(document.text), a.label)
        for document in project.documents.iter()
        for a in project.log.annotations(document.id, who)
    ]


def jsonl(path: Path, text: str, *spans: tuple[int, int, str]) -> Path:
    path.write_text(json.dumps({"text": text, "spans": spans}), "utf-8")
    return path


def test_annotations_that_nobody_asked_for_are_counted_and_left(project: Project, gold: Path) -> None:
    report = import_paths(project, [gold])
    assert (report.added, report.ignored, report.annotations) == (1, 2, 0)
    assert not report.problems
    assert list(project.log.edits()) == []


def test_annotations_become_an_annotators_own_in_one_edit_a_document(project: Project, gold: Path) -> None:
    report = import_paths(project, [gold], target=ImportTarget(SALMA))
    assert (report.added, report.annotations, report.ignored) == (1, 2, 0)
    assert held(project) == [("ليث الربيعي", "PERS"), ("بغداد", "LOC")]
    (edit,) = project.log.edits()
    assert (edit.kind, edit.annotator) == (EditKind.IMPORT, "s")
    assert project.log.state() == fold(project.log.edits())
    assert {a.origin.kind for a in project.log.annotations(edit.document)} == {OriginKind.IMPORTED}
    session = Session(project, SALMA)
    session.undo()
    assert held(project) == []


def test_importing_again_adds_nothing_and_a_text_that_is_there_gains_its_annotations(
    project: Project, gold: Path
) -> None:
    import_paths(project, [gold])
    for added, there in ((2, 0), (0, 2)):
        report = import_paths(project, [gold], target=ImportTarget(SALMA))
        assert (report.added, report.duplicates, report.annotations, report.annotations_there) == (0, 1, added, there)
    assert len(list(project.log.edits())) == 1


def test_one_article_several_times_in_a_file_gets_all_that_is_said_of_it(project: Project, tmp_path: Path) -> None:
    text = "زار ليث بغداد"
    noted = {"start": 4, "end": 7, "label": "PERS", "note": "من هو؟"}
    spans = [
        [noted],
        [{"start": 8, "end": 13, "label": "LOC"}, noted | {"note": "غيره"}],
        [{"start": 4, "end": 13, "label": "LOC"}],
    ]
    path = tmp_path / "again.jsonl"
    path.write_text("\n".join(json.dumps({"text": text, "spans": s}) for s in spans), "utf-8")
    report = import_paths(project, [path], target=ImportTarget(SALMA))
    assert (report.added, report.duplicates, report.annotations, report.annotations_there) == (1, 2, 2, 1)
    assert [str(problem).count("skipped 1 overlapping annotations") for problem in report.problems] == [1]
    assert held(project) == [("ليث", "PERS"), ("بغداد", "LOC")]
    (document_id,) = project.documents.ids()
    assert [note.text for note in project.log.notes(document_id)] == ["من هو؟"]
    assert project.log.state() == fold(project.log.edits())


@pytest.mark.parametrize("room", [0, 100, 1 << 24])
def test_what_is_held_from_the_first_look_and_what_is_read_again_come_in_alike(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr("annotator.services.importing.importer._HELD", room)
    files = [jsonl(tmp_path / f"{n}.jsonl", f"بغداد {n}", (0, 5, "LOC")) for n in range(4)]
    steps: list[tuple[int, int]] = []
    report = import_paths(project, files, target=ImportTarget(SALMA), progress=lambda *step: steps.append(step))
    assert (report.added, report.annotations, report.problems) == (4, 4, [])
    assert held(project) == [("بغداد", "LOC")] * 4
    assert steps == sorted(steps) and steps[-1][0] == steps[-1][1]


def test_as_suggestions_they_wait_to_be_decided_and_come_in_place_of_the_last(project: Project, gold: Path) -> None:
    for _ in range(2):
        assert import_paths(project, [gold], target=ImportTarget(None)).annotations == 2
    (document_id,) = project.documents.ids()
    assert [(s.suggester, s.score, s.label) for s in project.suggestions.of(document_id)] == [
        ("gold.conll", 1.0, "PERS"),
        ("gold.conll", 1.0, "LOC"),
    ]
    session = Session(project, SALMA)
    session.open(document_id)
    assert session.progress == (2, 2)


def test_labels_without_a_place_stop_the_import_before_it_begins(project: Project, tmp_path: Path) -> None:
    good = jsonl(tmp_path / "a.jsonl", "بغداد", (0, 5, "LOC"))
    bad = jsonl(tmp_path / "b.jsonl", "بغداد و دمشق", (0, 5, "GPE"), (8, 12, "GPE"), (6, 7, "X"))
    with pytest.raises(InputError, match=r"Labels not in tagset camel: GPE \(2\), X \(1\)\. Nothing was changed"):
        import_paths(project, [good, bad], target=ImportTarget(SALMA))
    assert project.documents.count() == 0
    with pytest.raises(InputError, match=r"camel: GPE, mapped to NO \(2\)\."):
        import_paths(project, [bad], target=ImportTarget(SALMA, LabelMap({"GPE": "NO", "X": None})))


def test_a_map_renames_and_drops_and_both_are_told(project: Project, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "b.jsonl", "بغداد و دمشق", (0, 5, "GPE"), (8, 12, "LOC"), (6, 7, "X"))
    report = import_paths(project, [path], target=ImportTarget(SALMA, LabelMap({"GPE": "LOC", "X": None})))
    assert (report.annotations, report.dropped) == (2, {"X": 1})
    assert held(project) == [("بغداد", "LOC"), ("دمشق", "LOC")]
    assert json.loads(json.dumps(asdict(report)))["dropped"] == {"X": 1}


def test_in_a_flat_project_what_overlaps_is_left_out_and_named(project: Project, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", "جامعة بغداد", (0, 11, "ORG"), (6, 11, "LOC"), (0, 11, "ORG"))
    report = import_paths(project, [path], target=ImportTarget(SALMA))
    assert held(project) == [("جامعة بغداد", "ORG")]
    assert "skipped 1 overlapping annotations" in report.problems[0].message
    assert "«بغداد» LOC" in report.problems[0].message


def test_in_a_nested_project_only_what_crosses_is_left_out(nested: Project, tmp_path: Path) -> None:
    spans = ((0, 11, "ORG"), (6, 11, "GPE"), (6, 11, "LOC"), (3, 14, "FAC"))
    path = jsonl(tmp_path / "a.jsonl", "جامعة بغداد الكبرى", *spans)
    report = import_paths(nested, [path], target=ImportTarget(SALMA))
    assert sorted(held(nested)) == [("بغداد", "GPE"), ("بغداد", "LOC"), ("جامعة بغداد", "ORG")]
    assert "FAC" in report.problems[0].message


def test_what_was_there_before_stands(project: Project, tmp_path: Path) -> None:
    text = "جامعة بغداد"
    import_paths(project, [jsonl(tmp_path / "a.jsonl", text, (6, 11, "LOC"))], target=ImportTarget(SALMA))
    other = jsonl(tmp_path / "b.jsonl", text, (0, 11, "ORG"))
    assert len(import_paths(project, [other], target=ImportTarget(SALMA)).problems) == 1
    assert held(project) == [("بغداد", "LOC")]
    assert import_paths(project, [other], target=ImportTarget(Annotator("o", "Omar"))).annotations == 1


_ENDS = st.tuples(st.integers(0, 8), st.integers(1, 4))
_PLACES = st.lists(st.tuples(_ENDS.map(lambda e: Span(e[0], e[0] + e[1])), st.sampled_from(["LOC", "ORG"])), max_size=8)


@given(_PLACES, _PLACES, st.booleans())
def test_each_span_is_held_against_all_that_stand(
    before: list[tuple[Span, str]], spans: list[tuple[Span, str]], is_nested: bool
) -> None:
    coming = sorted(dict.fromkeys(spans), key=lambda place: (place[0].start, -place[0].end))
    stands = list(dict.fromkeys(before))
    added, refused = [], []
    for span, label in coming:
        if (span, label) in before:
            continue
        rivals = [other for other, _ in stands if conflict(other, span, is_nested)]
        if [other for other in rivals if not is_nested or other != span]:
            refused.append((span, label))
        else:
            stands.append((span, label))
            added.append((span, label))
    held_before = [Annotation(str(i), span, label, "s") for i, (span, label) in enumerate(dict.fromkeys(before))]
    taken = annotate(held_before, SALMA, coming, nested=is_nested)
    assert [(a.span, a.label) for a in taken.added] == added
    assert taken.refused == refused
    assert taken.there == len(coming) - len(added) - len(refused)
    assert len({a.id for a in taken.added}) == len(added)


def test_spans_that_do_not_fit_are_named_only_to_who_wants_annotations(project: Project, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", "بغداد", (0, 50, "LOC"))
    assert import_paths(project, [path]).problems == []
    (problem,) = import_paths(project, [path], target=ImportTarget(SALMA)).problems
    assert problem.message == "annotation 0-50 LOC is outside the text, which has 5 characters; skipped."


def test_an_annotator_is_me_or_one_of_the_project_or_new(project: Project) -> None:
    me = Annotator("me", "ليلى")
    assert find_annotator(project, "ليلى", me) == me
    assert find_annotator(project, "Gold", me).name == "Gold"
    project.annotators.add(SALMA)
    assert find_annotator(project, "سلمى", me) == find_annotator(project, "s", me) == SALMA
    project.annotators.add(Annotator("t", "سلمى"))
    with pytest.raises(InputError, match="Several annotators are called سلمى"):
        find_annotator(project, "سلمى", me)


@given(st.text(st.sampled_from("اب\r\n "), min_size=1, max_size=12), st.data())
def test_spans_follow_their_characters_when_line_ends_become_one(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (moved,) = annotations_of(Record(text, annotations=(Entity(Span(start, end), "X"),)))
    after = text.replace("\r\n", "\n").replace("\r", "\n")
    assert moved.span.end <= len(after)
    whole_start = start - (text[start - 1 : start + 1] == "\r\n")
    whole_end = end + (text[end - 1 : end + 1] == "\r\n")
    assert moved.span.of(after) == text[whole_start:whole_end].replace("\r\n", "\n").replace("\r", "\n")


def test_our_own_export_comes_back_as_the_same_document(project: Project, gold: Path, tmp_path: Path) -> None:
    import_paths(project, [gold], target=ImportTarget(SALMA))
    out = tmp_path / "out.json"
    export_as(project, out, "json")
    with Project.create(tmp_path / "q.annot", load_tagset("camel")) as other:
        import_paths(other, [out], target=ImportTarget(SALMA))
        assert held(other) == held(project)
        (document,) = other.documents.iter()
    assert document.metadata == {}
    assert document.external_id == ""


@pytest.mark.parametrize(
    ("tagset", "names"), [("wojood", ["wojood-sample/train.txt"]), ("camel", ["anercorp-dev/anercorp-dev.conll"])]
)
def test_real_corpora_go_in_and_come_out_equal(corpora: Path, tmp_path: Path, tagset: str, names: list[str]) -> None:
    paths = [corpora / name for name in names]
    with Project.create(tmp_path / "p.annot", load_tagset(tagset)) as project:
        report = import_paths(project, paths, target=ImportTarget(SALMA), reader="conll")
        out = tmp_path / "out.jsonl"
        export_as(project, out, "jsonl", include_debris=True)
        assert report.annotations == len(held(project)) > 1500
        with Project.create(tmp_path / "q.annot", load_tagset(tagset)) as other:
            again = import_paths(other, [out], target=ImportTarget(SALMA))
            assert again.annotations == report.annotations
            assert held(other) == held(project)


def test_a_document_made_of_an_export_keeps_regions_that_differ() -> None:
    document = to_document(Record("نص قصير", {"regions": [{"start": 0, "end": 2, "kind": "title", "value": ""}]}))
    assert "regions" in getattr(document, "metadata")  # noqa: B009


@pytest.mark.parametrize("again", [False, True])
def test_labels_that_go_by_former_ids_come_in_as_they_are_called_now(project: Project, gold: Path, again: bool) -> None:
    session = Session(project, SALMA)
    session.change_tagset([RenameLabel("PERS", "HUMAN"), MergeLabels("LOC", "ORG")])
    report = import_paths(project, [gold], target=ImportTarget(SALMA))
    assert held(project) == [("ليث الربيعي", "HUMAN"), ("بغداد", "ORG")]
    assert (report.annotations, report.annotations_there) == (2, 0)
    if again:
        report = import_paths(project, [gold], target=ImportTarget(SALMA))
        assert (report.annotations, report.annotations_there) == (0, 2)


def test_suggestions_on_a_text_that_comes_again_in_one_import_stand_beside_the_first(
    project: Project, tmp_path: Path
) -> None:
    lines = [
        {"text": "زار ليث بغداد", "spans": [[8, 13, "LOC"]]},
        {"text": "زار ليث بغداد", "spans": [[8, 13, "LOC"], [4, 7, "PERS"]]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    for _ in range(2):
        assert import_paths(project, [path], target=ImportTarget(None)).annotations == 2
        (document,) = project.documents.iter()
        assert [(s.span.of(document.text), s.label) for s in project.suggestions.of(document.id)] == [
            ("ليث", "PERS"),
            ("بغداد", "LOC"),
        ]


def test_files_of_one_name_in_several_folders_do_not_take_each_others_place(project: Project, tmp_path: Path) -> None:
    for folder, span in (("salma", [8, 13, "LOC"]), ("omar", [4, 7, "PERS"])):
        (tmp_path / folder).mkdir()
        record = {"text": "زار ليث بغداد", "spans": [span]}
        (tmp_path / folder / "gold.jsonl").write_text(json.dumps(record), "utf-8")
    report = import_paths(project, [tmp_path / "salma", tmp_path / "omar"], target=ImportTarget(None))
    (document,) = project.documents.iter()
    assert report.annotations == len(project.suggestions.of(document.id)) == 2
