"""Files that are a little amiss: what is wrong is told in its place, and nothing beside it is lost."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator.domain.model.span import Span
from annotator.formats.base.record import Entity, Problem, Record
from annotator.formats.read import read_records
from annotator.services.importing.importer import import_paths
from tests.services.corpus.corpora import make_project


def found(path: Path, content: str) -> list[Record | Problem]:
    """Return what a file with this content holds."""
    path.write_text(content, "utf-8")
    return list(read_records(path))


def the_record(path: Path, content: str) -> Record:
    """Return the only thing that a file with this content holds, which is an article."""
    (record,) = found(path, content)
    assert isinstance(record, Record), record
    return record


def test_two_columns_of_one_name_are_refused_for_one_would_be_lost(tmp_path: Path) -> None:
    (problem,) = found(tmp_path / "a.csv", "text,title,title\nبغداد,أ,ب\n")
    assert isinstance(problem, Problem)
    assert problem.message == "the header has 2 columns named title. Rename all but one."


def test_columns_without_a_name_are_told_by_their_number(tmp_path: Path) -> None:
    record = the_record(tmp_path / "a.csv", ",text,,\n7,بغداد,أ,ب\n")
    assert record.fields == {"column 1": "7", "column 3": "أ", "column 4": "ب"}


def test_a_tag_without_a_word_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    problem, record = found(tmp_path / "a.conll", "زار\tO\n\tB-LOC\nبغداد\tB-LOC\n")
    assert isinstance(problem, Problem) and isinstance(record, Record)
    assert problem == Problem(f"{tmp_path / 'a.conll'}, line 2", "no word before the tag, line skipped. Correct it.")
    assert (record.text, record.annotations) == ("زار بغداد", (Entity(Span(4, 9), "LOC"),))


def test_a_comment_with_a_tab_in_it_is_no_word(tmp_path: Path) -> None:
    record = the_record(tmp_path / "a.conll", "# text = زار\tبغداد\nزار\tO\nبغداد\tB-LOC\n#\tO\n# عاجل\tB-MISC\n")
    assert record.text == "زار بغداد # # عاجل"
    assert [entity.label for entity in record.annotations] == ["LOC", "MISC"]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_a_word_with_a_space_in_it_stays_whole(separator: str, tmp_path: Path) -> None:
    rows = [
        ["ابن", "سينا", "B-PERS"],
        *([word, "O"] for word in ["قال", "الشيخ", "الرئيس", "في", "كتابه", "عن", "علم", "النفس", "والطب"]),
    ]
    problem, record = found(tmp_path / "a.conll", "".join(separator.join(row) + "\n" for row in rows))
    assert isinstance(problem, Problem) and isinstance(record, Record)
    assert problem.message == "3 columns, and the others have 2: the word was read with B-PERS. Correct the line."
    assert record.text.startswith("ابن سينا قال الشيخ")
    assert record.annotations == (Entity(Span(0, 8), "PERS"),)


@pytest.mark.parametrize("first", ['{"text": "x', '{"text": ' + "[" * 3000, "{"])
def test_a_damaged_first_line_does_not_make_json_lines_something_else(first: str, tmp_path: Path) -> None:
    problem, *records = found(tmp_path / "a.jsonl", first + '\n{"text": "بغداد"}\n{"text": "حلب"}\n')
    assert isinstance(problem, Problem)
    assert problem.place.endswith(", line 1")
    assert [r.text for r in records if isinstance(r, Record)] == ["بغداد", "حلب"]


def test_a_first_line_longer_than_the_sample_does_not_make_json_lines_something_else(tmp_path: Path) -> None:
    content = "\n".join([json.dumps({"text": "x" * (1 << 17)}), "{", json.dumps({"text": "حلب"})])
    first, problem, last = found(tmp_path / "a.jsonl", content)
    assert isinstance(first, Record) and isinstance(problem, Problem) and isinstance(last, Record)


def test_an_object_over_several_lines_is_json_under_any_name(tmp_path: Path) -> None:
    assert the_record(tmp_path / "a.jsonl", json.dumps({"text": "بغداد", "more": {}}, indent=1)).text == "بغداد"


@pytest.mark.parametrize(
    "deep", ["[" * 900 + "]" * 900, '{"a":' * 900 + "0" + "}" * 900, '[{"a":' * 450 + "0" + "}]" * 450], ids=len
)
def test_fields_that_could_not_be_read_again_are_refused(deep: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "بغداد", "more": {deep}}}\n{{"text": "حلب", "more": [[[[0]]]]}}\n', "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [path])
        assert [document.text for document in project.documents.iter()] == ["حلب"]
    (problem,) = report.problems
    assert problem.message == "the field more is nested more than 100 deep. Remove it."


def test_a_span_too_deep_to_be_quoted_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for depth in range(800, 1000, 3):
        deep = '{"start":' * depth + "0" + "}" * depth
        (problem,) = found(path, f'{{"text": "بغداد", "spans": [[0, 5, "LOC"], {deep}]}}')
        assert isinstance(problem, Problem)
        assert any(
            says in problem.message for says in ("more than 100 deep", "cannot read this JSON", "not valid JSON")
        )


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is optional; make interop installs and tests it")
def test_columns_of_every_kind_go_into_the_project(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    day = datetime.datetime(2020, 4, 17, 8, tzinfo=datetime.UTC)
    row = {"text": "بغداد", "seen": day, "picture": b"\x00\xff", "price": Decimal("1.50"), "share": float("nan")}
    row |= {"parts": [{"day": day.date()}], "kept": day.time(), "none": None, "number": 7}
    parquet.write_table(pyarrow.Table.from_pylist([row]), tmp_path / "a.parquet")
    with make_project(tmp_path / "news.annot") as project:
        assert import_paths(project, [tmp_path / "a.parquet"]).added == 1
        (document,) = project.documents.iter()
    assert document.metadata == {
        "seen": "2020-04-17T08:00:00+00:00",
        "picture": "00ff",
        "price": "1.50",
        "parts": [{"day": "2020-04-17"}],
        "kept": "08:00:00",
        "number": 7,
    }
