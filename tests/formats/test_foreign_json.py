"""Objects as other programs and people write them: no span in them is lost in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotation import Annotator
from annotator.domain.span import Span
from annotator.formats.record import Entity, Record
from annotator.formats.registry import find_reader
from annotator.work.importing import import_paths
from annotator.work.intake import Intake
from tests.work.corpus import make_project

TEXT = "بغداد اليوم"
LOC = {"start": 0, "end": 5, "label": "LOC"}


def read(path: Path, **fields: Any) -> Record:
    """Return the record of one line that has these fields and the text."""
    path.write_text(json.dumps({"text": TEXT, **fields}), "utf-8")
    (record,) = find_reader("jsonl").read(path)
    assert isinstance(record, Record), record
    return record


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "6", "end": 11, "label": "DATE"},
        {"start": 6, "end": 11},
        {"start": 6.5, "end": 11, "label": "DATE"},
        {"start": 6, "end": True, "label": "DATE"},
        {"start": 6, "end": None, "label": "DATE"},
        {"start": 6, "end": 11, "label": ""},
        {"start": 6, "end": 11, "label": ["DATE"]},
        [6, "11", "DATE"],
        "DATE",
        None,
    ],
)
def test_one_span_that_cannot_be_read_is_told_and_the_others_come_in(wrong: Any, tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[LOC, wrong])
    assert record.annotations == (Entity(Span(0, 5), "LOC"),)
    written = json.dumps(wrong, ensure_ascii=False)
    assert record.misfits == (f"{written} has not a start and an end in whole numbers and a label",)
    assert record.fields["spans"] == [LOC, wrong], "what could not be read stays with the article"


def test_spans_of_which_none_can_be_read_are_told(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[{"start": "0", "end": "5", "label": "LOC"}])
    assert (record.annotations, len(record.misfits)) == ((), 1)


@pytest.mark.parametrize("listed", [["PERS", "LOC"], [1, 2, 3], [[1, 2], [3, 4]], [{"name": "x"}], [["a", "b", "c"]]])
def test_a_list_of_other_things_is_a_field_of_the_article(listed: list[Any], tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", labels=listed)
    assert (record.annotations, record.misfits, record.fields) == ((), (), {"labels": listed})


def test_an_empty_list_does_not_hide_the_one_that_holds_spans(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[], entities=[[0, 5, "LOC"]])
    assert (record.annotations, record.fields) == ((Entity(Span(0, 5), "LOC"),), {})


def test_a_second_list_of_spans_is_told_and_stays(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[LOC], entities=[[6, 11, "DATE"]])
    assert record.annotations == (Entity(Span(0, 5), "LOC"),)
    assert record.misfits == ("stands in the field entities, and those of spans are read",)
    assert record.fields == {"entities": [[6, 11, "DATE"]]}


def test_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[{"start": 0.0, "end": 5.0, "label": "LOC"}, [6.0, 11.0, "DATE"]])
    assert record.annotations == (Entity(Span(0, 5), "LOC"), Entity(Span(6, 11), "DATE"))


def test_label_studios_json_min_has_several_labels_for_a_span(tmp_path: Path) -> None:
    label = [{"start": 0, "end": 5, "text": "بغداد", "labels": ["LOC", "ORG"]}]
    record = read(tmp_path / "a.jsonl", id=1, label=label, annotator=3, annotation_id=7)
    assert record.annotations == (Entity(Span(0, 5), "LOC"), Entity(Span(0, 5), "ORG"))
    assert (record.misfits, record.fields) == ((), {"id": 1, "annotator": 3, "annotation_id": 7})


@pytest.mark.parametrize("answer", ["reject", "ignore"])
@pytest.mark.parametrize("more", [{}, {"_input_hash": 5}, {"tokens": []}])
def test_spans_of_an_example_that_was_not_accepted_are_told(answer: str, more: dict[str, Any], tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[LOC], answer=answer, **more)
    assert (record.annotations, record.misfits) == ((), (f"is one of an example answered {answer}",))


@pytest.mark.parametrize(
    "fields",
    [
        {"label": [[3, 8, "LOC"]], "Comments": []},
        {"entities": [{"id": 5, "label": "LOC", "start_offset": 3, "end_offset": 8}], "relations": []},
    ],
)
def test_what_only_doccano_writes_counts_as_doccano_does(fields: dict[str, Any], tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", **{**fields, "text": "👍 بغداد"})
    assert record.annotations == (Entity(Span(2, 7), "LOC"),)


def test_predictions_are_nobodys_annotations(tmp_path: Path) -> None:
    value = {"start": 0, "end": 5, "text": "بغداد", "labels": ["LOC"]}
    task = {
        "data": {"text": TEXT},
        "annotations": [],
        "predictions": [{"result": [{"type": "labels", "value": value}]}],
    }
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [tmp_path / "a.json"], intake=Intake(Annotator("s", "Salma")))
        assert (report.annotations, report.suggestions) == (0, 1)
        (document,) = project.documents.iter()
        assert project.log.annotations(document.id) == []
        report = import_paths(project, [tmp_path / "a.json"], intake=Intake(None))
        assert [(s.span, s.label) for s in project.suggestions.of(document.id)] == [(Span(0, 5), "LOC")]
