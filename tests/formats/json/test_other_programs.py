"""Objects as other programs and people write them: no span in them is lost in silence."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.span import Span
from annotator.formats.base.record import Entity, Record
from annotator.formats.registry import find_reader
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from tests.services.corpus.corpora import make_project

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
    assert record.annotation_problems == (f"{written} needs start and end as whole numbers, and a label",)
    assert record.fields["spans"] == [LOC, wrong], "what could not be read stays with the article"


def test_spans_of_which_none_can_be_read_are_told(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[{"start": "0", "end": "5", "label": "LOC"}])
    assert (record.annotations, len(record.annotation_problems)) == ((), 1)


@pytest.mark.parametrize("listed", [["PERS", "LOC"], [1, 2, 3], [[1, 2], [3, 4]], [{"name": "x"}], [["a", "b", "c"]]])
def test_a_list_of_other_things_is_a_field_of_the_article(listed: list[Any], tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", labels=listed)
    assert (record.annotations, record.annotation_problems, record.fields) == ((), (), {"labels": listed})


def test_an_empty_list_does_not_hide_the_one_that_holds_spans(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[], entities=[[0, 5, "LOC"]])
    assert (record.annotations, record.fields) == ((Entity(Span(0, 5), "LOC"),), {})


def test_a_second_list_of_spans_is_told_and_stays(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[LOC], entities=[[6, 11, "DATE"]])
    assert record.annotations == (Entity(Span(0, 5), "LOC"),)
    assert record.annotation_problems == ("is in the field entities, but spans is read",)
    assert record.fields == {"entities": [[6, 11, "DATE"]]}


def test_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[{"start": 0.0, "end": 5.0, "label": "LOC"}, [6.0, 11.0, "DATE"]])
    assert record.annotations == (Entity(Span(0, 5), "LOC"), Entity(Span(6, 11), "DATE"))


def test_label_studios_json_min_has_several_labels_for_a_span(tmp_path: Path) -> None:
    label = [{"start": 0, "end": 5, "text": "بغداد", "labels": ["LOC", "ORG"]}]
    record = read(tmp_path / "a.jsonl", id=1, label=label, annotator=3, annotation_id=7)
    assert record.annotations == (Entity(Span(0, 5), "LOC"), Entity(Span(0, 5), "ORG"))
    assert (record.annotation_problems, record.fields) == ((), {"id": 1, "annotator": 3, "annotation_id": 7})


@pytest.mark.parametrize("answer", ["reject", "ignore"])
@pytest.mark.parametrize("more", [{}, {"_input_hash": 5}, {"tokens": []}])
def test_spans_of_an_example_that_was_not_accepted_are_told(answer: str, more: dict[str, Any], tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", spans=[LOC], answer=answer, **more)
    assert (record.annotations, record.annotation_problems) == ((), (f"is part of an example answered {answer}",))


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


@pytest.mark.parametrize("said", ["دير الزور", r"دير\nالزور", "دير\nالزور", "دير \n الزور", "دير\u00a0الزور "])
def test_spaces_that_label_studios_browser_lost_do_not_lose_the_span(said: str, tmp_path: Path) -> None:
    value = {"start": 3, "end": 14, "text": said, "labels": ["LOC"]}
    task = {"data": {"text": "في دير \n الزور"}, "annotations": [{"result": [{"type": "labels", "value": value}]}]}
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    (record,) = find_reader("json").read(tmp_path / "a.json")
    assert isinstance(record, Record)
    assert (record.annotations, record.annotation_problems) == ((Entity(Span(3, 14), "LOC"),), ())
    value["text"] = "دير الزو"
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    (record,) = find_reader("json").read(tmp_path / "a.json")
    assert isinstance(record, Record)
    assert (record.annotations, len(record.annotation_problems)) == ((), 1)


def test_units_of_an_old_label_studio_are_told_by_what_it_says_stands_there(tmp_path: Path) -> None:
    spans = [{"start": 3, "end": 8, "text": "بغداد"}, {"start": 9, "end": 14, "text": "اليوم"}]
    spans.append({"start": 2, "end": 7, "text": "بغداد"})
    record = read(tmp_path / "a.jsonl", text=f"👍 {TEXT}", spans=[{**span, "label": "X"} for span in spans])
    assert record.annotations == (Entity(Span(2, 7), "X"), Entity(Span(8, 13), "X"), Entity(Span(2, 7), "X"))
    record = read(
        tmp_path / "a.jsonl", text=f"👍 {TEXT}", spans=[{"start": 4, "end": 9, "label": "X", "text": "بغداد"}]
    )
    assert record.annotation_problems == ("4-9 X is «داد ا», not «بغداد»",)


def test_spans_in_a_cell_of_label_studios_csv_are_read(tmp_path: Path) -> None:
    label = json.dumps([{"start": 0, "end": 5, "text": "بغداد", "labels": ["LOC"]}], ensure_ascii=False)
    cell = label.replace('"', '""')
    (tmp_path / "a.csv").write_text(f'id,text,label,annotator\n7,{TEXT},"{cell}",1\n8,حلب,"[{{broken",1\n', "utf-8")
    first, second = find_reader("csv").read(tmp_path / "a.csv")
    assert isinstance(first, Record) and isinstance(second, Record)
    assert (first.annotations, first.fields) == ((Entity(Span(0, 5), "LOC"),), {"id": "7", "annotator": "1"})
    assert second.fields["label"] == "[{broken"


def test_predictions_are_nobodys_annotations(tmp_path: Path) -> None:
    value = {"start": 0, "end": 5, "text": "بغداد", "labels": ["LOC"]}
    task = {
        "data": {"text": TEXT},
        "annotations": [],
        "predictions": [{"result": [{"type": "labels", "value": value}]}],
    }
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [tmp_path / "a.json"], target=ImportTarget(Annotator("s", "Salma")))
        assert (report.annotations, report.suggestions) == (0, 1)
        (document,) = project.documents.iter()
        assert project.log.annotations(document.id) == []
        report = import_paths(project, [tmp_path / "a.json"], target=ImportTarget(None))
        assert [(s.span, s.label) for s in project.suggestions.of(document.id)] == [(Span(0, 5), "LOC")]


WORDS = ["زار", "ليث", "الربيعي", "بغداد"]
TAGS = ["O", "B-PERS", "I-PERS", "B-LOC"]
PERSON, PLACE = Entity(Span(4, 15), "PERS"), Entity(Span(16, 21), "LOC")


def read_object(path: Path, **fields: Any) -> Record:
    """Return the record of one line that has these fields."""
    path.write_text(json.dumps(fields), "utf-8")
    (record,) = find_reader("jsonl").read(path)
    assert isinstance(record, Record), record
    return record


@pytest.mark.parametrize("names", [("tokens", "ner_tags"), ("words", "labels"), ("tokens", "tags")])
def test_words_with_a_tag_each_are_an_article_with_spans(names: tuple[str, str], tmp_path: Path) -> None:
    record = read_object(tmp_path / "a.jsonl", id="7", **{names[0]: WORDS, names[1]: TAGS})
    assert (record.text, record.fields) == ("زار ليث الربيعي بغداد", {"id": "7"})
    assert (record.annotations, record.annotation_problems) == ((PERSON, PLACE), ())


def test_words_beside_a_text_are_found_in_it(tmp_path: Path) -> None:
    text = "زار\nليث  الربيعي بغداد"
    record = read_object(tmp_path / "a.jsonl", text=text, tokens=[*WORDS[:1], " ", *WORDS[1:]], ner_tags=["O", *TAGS])
    assert (record.text, record.fields) == (text, {})
    assert [(e.span.of(text), e.label) for e in record.annotations] == [("ليث  الربيعي", "PERS"), ("بغداد", "LOC")]
    record = read_object(tmp_path / "a.jsonl", text="زار بغداد", tokens=WORDS, ner_tags=TAGS)
    assert (record.text, record.annotations, record.fields) == ("زار بغداد", (), {"ner_tags": TAGS})
    assert record.annotation_problems == ("is on words that do not match the text",)


def test_tags_that_nothing_explains_are_told_and_stay(tmp_path: Path) -> None:
    record = read_object(tmp_path / "a.jsonl", tokens=WORDS, ner_tags=[0, 1, 2, "B-LOC"])
    assert (record.text, record.annotations) == ("زار ليث الربيعي بغداد", (PLACE,))
    assert record.annotation_problems == ("has the invalid tag 0 (3 in all)",)
    assert record.fields == {"ner_tags": [0, 1, 2, "B-LOC"]}


def test_lists_of_other_things_and_words_beside_spans_are_left(tmp_path: Path) -> None:
    record = read(tmp_path / "a.jsonl", tokens=["بغداد", "اليوم"], labels=["news"])
    assert (record.text, record.annotations, record.annotation_problems) == (TEXT, (), ())
    record = read(tmp_path / "a.jsonl", tokens=["بغداد", "اليوم"], ner_tags=["O", "O"], spans=[LOC])
    assert record.annotations == (Entity(Span(0, 5), "LOC"),)


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is optional; make interop installs and tests it")
def test_the_numbers_of_a_dataset_are_read_by_the_names_of_their_column(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    names = ["O", "B-PERS", "I-PERS", "B-LOC"]
    kept: dict[str, Any] = {"ner_tags": {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "Sequence"}}
    path = tmp_path / "a.parquet"

    def written(features: dict[str, Any]) -> Record:
        """Return what is read of a row of words and numbers, with these features."""
        table = pyarrow.table({"id": ["0"], "tokens": [WORDS], "ner_tags": [[0, 1, 2, 3]], "pos_tags": [[5, 5, 5, 5]]})
        metadata = {"huggingface": json.dumps({"info": {"features": features}})}
        parquet.write_table(table.replace_schema_metadata(metadata), path)
        (record,) = find_reader("parquet").read(path)
        assert isinstance(record, Record), record
        return record

    record = written(kept)
    assert (record.text, record.annotations, record.annotation_problems) == (
        "زار ليث الربيعي بغداد",
        (PERSON, PLACE),
        (),
    )
    assert record.fields == {"id": "0", "pos_tags": [5, 5, 5, 5]}
    assert written({}).annotation_problems == ("has the invalid tag 0 (4 in all)",)


FOREIGN_TEXT = "زار محمد علي بغداد"
REGION = {"type": "labels", "value": {"start": 4, "end": 12, "text": "محمد علي", "labels": ["PERS"]}}
OFFSETS = {"globalOffsets": {"start": 4, "end": 12}, "startOffset": 0, "endOffset": 8}
IN_A_PAGE = {"start": "/p[1]", "end": "/p[1]", "text": "محمد علي", "hypertextlabels": ["PERS"], **OFFSETS}
OBJECT = {"start": 4, "end": 12, "text": "محمد علي"}
SPACY_TAGS = {"زار": "-", "محمد": "B-PERS", "علي": "L-PERS", "بغداد": "O"}
SPACY_TOKENS = [{"orth": word, "ner": tag} for word, tag in SPACY_TAGS.items()]
OTHER_SHAPES: dict[str, Any] = {
    "Label Studio before 1.0": [{"data": {"text": FOREIGN_TEXT}, "completions": [{"id": 1, "result": [REGION]}]}],
    "another name for the text": [{"data": {"خبر": FOREIGN_TEXT, "u": "x"}, "annotations": [{"result": [REGION]}]}],
    "places in a page": [{"data": {"text": FOREIGN_TEXT}, "annotations": [{"result": [{"value": IN_A_PAGE}]}]}],
    "JSON_MIN under another name": [{"text": FOREIGN_TEXT, "ner": [{**OBJECT, "labels": ["PERS"]}]}],
    "JSON_MIN beside a choice": [{"text": FOREIGN_TEXT, "label": "خبر", "names": [{**OBJECT, "labels": ["PERS"]}]}],
    "doccano of old": {"text": FOREIGN_TEXT, "annotations": [{"label": "PERS", "start_offset": 4, "end_offset": 12}]},
    "a Doc of spaCy": {"text": FOREIGN_TEXT, "ents": [{**OBJECT, "label": "PERS"}], "tokens": [{"start": 0, "end": 3}]},
    "spaCy 2's examples": [[FOREIGN_TEXT, {"entities": [[4, 12, "PERS"]]}]],
    "a list of examples": {"classes": ["PERS"], "annotations": [[FOREIGN_TEXT, {"entities": [[4, 12, "PERS"]]}]]},
    "spaCy 2's documents": [{"id": 0, "paragraphs": [{"sentences": [{"tokens": SPACY_TOKENS}]}]}],
    "the same with the text": [{"paragraphs": [{"raw": FOREIGN_TEXT, "sentences": [{"tokens": SPACY_TOKENS}]}]}],
    "Dataturks": {"content": FOREIGN_TEXT, "annotation": [{"label": ["PERS"], "points": [{**OBJECT, "end": 11}]}]},
    "lists in an object": {"text": FOREIGN_TEXT, "entities": {"start": [4], "end": [12], "label": ["PERS"]}},
    "a type for a label": {"text": FOREIGN_TEXT, "entities": [{**OBJECT, "type": "PERS"}]},
    "a pipeline of transformers": {"text": FOREIGN_TEXT, "entities": [{**OBJECT, "entity_group": "PERS"}]},
    "begin and end": {"text": FOREIGN_TEXT, "entities": [{"begin": 4, "end": 12, "label": "PERS"}]},
    "start_char": {"text": FOREIGN_TEXT, "entities": [{"start_char": 4, "end_char": 12, "label": "PERS"}]},
    "Comprehend": {"text": FOREIGN_TEXT, "Entities": [{"BeginOffset": 4, "EndOffset": 12, "Type": "PERS"}]},
    "JSON in a cell": {"text": FOREIGN_TEXT, "label": '[[4, 12, "PERS"]]'},
    "Python in a cell": {"text": FOREIGN_TEXT, "label": "[(4, 12, 'PERS')]"},
    "objects of Python in a cell": {"text": FOREIGN_TEXT, "spans": "[{'start': 4, 'end': 12, 'label': 'PERS'}]"},
    "Prodigy without tokens": {"text": FOREIGN_TEXT, "spans": [{**OBJECT, "label": "PERS"}], "_task_hash": 1},
}


@pytest.mark.parametrize("shape", OTHER_SHAPES)
def test_spans_are_found_in_whatever_shape_they_come(shape: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(OTHER_SHAPES[shape]), "utf-8")
    (record,) = find_reader("json").read(tmp_path / "a.json")
    assert isinstance(record, Record)
    assert (record.text, record.annotations) == (FOREIGN_TEXT, (Entity(Span(4, 12), "PERS"),))
    assert record.annotation_problems == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"label": [["PERS", 4, 12]]}, '["PERS", 4, 12] needs start and end as whole numbers, and a label'),
        (
            {"entities": [{"offset": 4, "length": 8, "type": "PERS"}]},
            '{"offset": 4, "length": 8, "type": "PERS"} needs',
        ),
        ({"entities": [{"span": {"start": 4}, "label": "X"}]}, '{"span": {"start": 4}, "label": "X"} needs start'),
        ({"entities": [["محمد علي", "PERS"]]}, "may be in the field entities, which is not a list of spans"),
        ({"spans": [{"text": "محمد علي", "label": "PERS"}]}, "may be in the field spans, which is not a list of spans"),
        ({"entities": {"PERS": [[4, 12]]}}, "may be in the field entities, which is not a list of spans"),
        (
            {"spans": [[4, 12, "X"]], "x": [{**OBJECT, "label": "Y"}]},
            "is in the field x, but spans is read",
        ),
        ({"annotations": [{"label": 3, "start_offset": 4, "end_offset": 12}]}, '{"label": 3, "start_offset": 4, '),
    ],
)
def test_what_may_be_a_span_and_cannot_be_read_is_told(fields: dict[str, Any], says: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": FOREIGN_TEXT, **fields}), "utf-8")
    (record,) = find_reader("json").read(tmp_path / "a.json")
    assert isinstance(record, Record)
    (told,) = record.annotation_problems
    assert told.startswith(says)
