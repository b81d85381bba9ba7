"""Whatever a damaged file holds, what is said of it is one line that every terminal can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.errors import Message
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.sanitise import sanitise_message
from annotator.formats.read import read_records
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from tests.services.corpus.corpora import make_project


def test_quotations_are_short_and_on_one_line_and_the_sentence_stays_one() -> None:
    inner = Message("{tag} is no tag", tag="a\nb\ud800")
    said = sanitise_message(Message("line {number}: {why}; {rest}.", number=7, why=inner, rest="9" * 9999))
    assert said == r"line 7: a\nb\ud800 is no tag; " + "9" * 500 + "…."
    assert isinstance(said, Message)
    assert said.template == "line {number}: {why}; {rest}."
    assert sanitise_message("a\u2028b") == "a\\u2028b"
    whole = Message("{a} is «بغداد\t».", a=1)
    assert sanitise_message(whole) is whole


@pytest.mark.parametrize("label", ["\\ud800", "LOC\\u0000"])
def test_a_label_that_cannot_be_stored_is_told_and_the_rest_comes_in(label: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "بغداد اليوم", "spans": [[0, 5, "{label}"], [6, 11, "DATE"]]}}', "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [path], target=ImportTarget(Annotator("s", "Salma")))
    assert (report.added, report.annotations) == (1, 1)
    (problem,) = report.problems
    problem.message.encode()
    assert problem.message.startswith("annotation 0-5 has a damaged character in its label ")


def test_what_is_quoted_of_a_file_is_fit_to_show(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    span = '{"start": 0, "end": 9, "label": "X", "text": "\\ud800\\n"}'
    path.write_text(f'{{"te\\nxt\\ud800": ""}}\n{{"text": "بغداد\\nاليوم", "spans": [{span}]}}', "utf-8")
    problem, record = read_records(path)
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)
    assert problem.message.startswith("no text field (found: te\\nxt\\ud800).")
    assert record.annotation_problems == ("0-9 X is «بغداد\\nالي», not «\\ud800\\n»",)


def test_a_field_whose_name_is_damaged_is_named_so_that_it_can_be_found(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "بغداد", "عنوان\\u0000": "x"}', "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        (problem,) = import_paths(project, [path]).problems
    assert problem.message.startswith("the field عنوان\\x00 has a damaged character.")
