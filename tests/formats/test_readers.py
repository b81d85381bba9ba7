"""What readers find in good files, and what they say of bad ones."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.errors import InputError
from annotator.formats import plain_text as read_text
from annotator.formats.base.record import Entity, Problem, Record
from annotator.formats.json import reader as read_json
from annotator.formats.registry import reader_for, readers
from annotator.formats.tabular import csv_reader as read_csv

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)
RECORDS = st.lists(st.fixed_dictionaries({"text": TEXTS, "title": TEXTS, "n": st.integers()}), min_size=1, max_size=8)


def read(path: Path, content: str | bytes) -> list[Record | Problem]:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return list(reader_for(path).read(path))


def texts(found: list[Record | Problem]) -> list[str]:
    return [item.text for item in found if isinstance(item, Record)]


def problems(found: list[Record | Problem]) -> list[str]:
    sentences = [f"{item.place}: {item.message}" for item in found if isinstance(item, Problem)]
    # A sentence ends with a full stop, or with the command that it asks for.
    assert all(re.fullmatch(r".*(\.|: pip install \"[^\"]+\")", sentence) for sentence in sentences)
    return sentences


def test_the_readers_come_through_the_plug_in_door() -> None:
    assert set(readers()) >= {"text", "json", "jsonl", "csv"}


def test_an_unknown_kind_of_file_is_refused_with_what_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.docx.*\.jsonl"):
        reader_for(tmp_path / "a.docx")


def test_a_text_file_is_one_article_to_the_character(tmp_path: Path) -> None:
    text = "\u00a0أول\r\nثانٍ\u2028ثالث\x85 رابع \n\n"
    path = tmp_path / "a.txt"
    assert read(path, text) == [Record(text, {}, str(path), len(text.encode()))]


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "أول", "n": 1}, {"text": "ثان", "n": 2}]',
        '{"articles": [{"text": "أول", "n": 1}, {"text": "ثان", "n": 2}]}',
        '{"text": "أول", "n": 1}\n{"text": "ثان", "n": 2}\n',
        '\ufeff [\n{"n": 1,\n"Content": "أول"}\n, {"n": 2, "body": "ثان"} ]\n',
    ],
)
def test_json_may_be_an_array_an_object_with_a_list_or_a_row_of_objects(content: str, tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", content)
    assert texts(found) == ["أول", "ثان"]
    assert [item.fields for item in found if isinstance(item, Record)] == [{"n": 1}, {"n": 2}]


def test_one_json_object_is_one_article(tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", '{"text": "أول", "data": [1]}')
    assert texts(found) == ["أول"]


def test_broken_json_is_told_with_its_line_and_what_stands_before_it_goes_in(tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", '[\n{"text": "أول"},\n{"text": "ثان"},\n{"text": oops},\n{"text": "رابع"}]')
    assert texts(found) == ["أول", "ثان"]
    [told] = problems(found)
    assert "a.json" in told and "line 4" in told and "2 records" in told


@pytest.mark.parametrize(
    "content", ['[{"text": "أول"}', '[{"text": "أول"} {"text": "ثان"}]', '[{"text": "أول"}] x', "{"]
)
def test_json_that_is_cut_off_or_runs_on_is_told(content: str, tmp_path: Path) -> None:
    assert "broken JSON in line 1" in problems(read(tmp_path / "a.json", content))[-1]


def test_a_value_longer_than_a_chunk_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_json, "_CHUNK", 3)
    articles = [{"text": "نص «طويل» \\ \n" * 20, "n": 10**20}, {"text": "ب", "n": -1.5e-3, "d": {"a": [None, True]}}]
    found = read(tmp_path / "a.json", json.dumps(articles, indent=1))
    assert texts(found) == [article["text"] for article in articles]
    assert [item.fields for item in found if isinstance(item, Record)][1] == {"n": -1.5e-3, "d": {"a": [None, True]}}


def test_a_broken_value_is_told_without_reading_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_json, "_CHUNK", 64)
    path = tmp_path / "a.json"
    found = read(path, '[{"text": oops},' + '{"text": "أول"},' * 5000 + "]")
    assert texts(found) == []
    assert "line 1" in problems(found)[0]


def test_nan_is_nothing_and_deep_nesting_is_a_problem(tmp_path: Path) -> None:
    assert read(tmp_path / "a.jsonl", '{"text": "أول", "author": NaN}')[0] == Record(
        "أول", {"author": None}, f"{tmp_path / 'a.jsonl'}, line 1", 33
    )
    assert len(problems(read(tmp_path / "b.jsonl", "[" * 100_000))) == 1
    assert len(problems(read(tmp_path / "b.json", "[" * 100_000))) == 1


def test_json_lines_name_the_line_of_each_problem_and_go_on(tmp_path: Path) -> None:
    lines = ['{"text": "أول"}', "", "{oops}", '{"title": "بلا نص"}', '{"text": 5}', "[1]", '{"content": "أخير"}']
    found = read(tmp_path / "a.jsonl", "\r\n".join(lines))
    assert texts(found) == ["أول", "أخير"]
    told = problems(found)
    assert [f"a.jsonl, line {n}:" in sentence for n, sentence in zip((3, 4, 5, 6), told, strict=True)] == [True] * 4
    assert "not valid JSON" in told[0]
    assert "no text field (found: title)" in told[1]
    assert "field text is not a string" in told[2]
    assert "not an object" in told[3]


def test_a_separator_of_lines_inside_a_string_does_not_cut_the_line(tmp_path: Path) -> None:
    assert texts(read(tmp_path / "a.jsonl", '{"text": "أ\u2028ب\x85ج"}\n{"text": "د"}')) == ["أ\u2028ب\x85ج", "د"]


def test_a_damaged_byte_spoils_one_line_only(tmp_path: Path) -> None:
    good = '{"text": "نص سليم تماماً"}\n'.encode()
    found = read(tmp_path / "a.jsonl", good + b'{"text": "\xd8 x"}\n' + good)
    assert texts(found) == ["نص سليم تماماً", "\udcd8 x", "نص سليم تماماً"]


def test_the_fullest_text_field_wins_and_nothing_is_lost(tmp_path: Path) -> None:
    [item] = read(tmp_path / "a.jsonl", '{"text": "", "content": "نص", "body": "آخر"}')
    assert isinstance(item, Record)
    assert (item.text, item.fields) == ("نص", {"text": "", "body": "آخر"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_tables_are_read_whatever_separates_the_columns(delimiter: str, codec: str, tmp_path: Path) -> None:
    rows = [["title", "text"], ["عنوان", 'نص فيه "اقتباس"\nوسطر ثان, وفاصلة; أخرى'], ["", "نص آخر"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = read(tmp_path / "a.csv", out.getvalue().encode(codec))
    assert texts(found) == [row[1] for row in rows[1:]]
    assert [item.place.rpartition(", ")[2] for item in found] == ["line 2", "line 4"]


@pytest.mark.parametrize(
    ("says", "delimiter"),
    [
        ("sep=;", ";"),
        ("sep=,", ","),
        ("SEP=\t", "\t"),
        (r"sep=\t", "\t"),
        ("sep=tab", "\t"),
        ('"sep=;"', ";"),
        ("sep=^", "^"),
    ],
)
def test_a_first_line_that_tells_excel_the_separator_is_understood(says: str, delimiter: str, tmp_path: Path) -> None:
    rows = [["العنوان, أو ما يشبهه", "النص", ""], ["عنوان", "نص؛ وفاصلة, وأخرى; و|"], ["", ""], ["", "نص آخر", "زائد"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    for name, codec in (("a.csv", "utf-8-sig"), ("a.csv", "cp1256"), ("a.txt", "utf-16")):
        path = tmp_path / name
        path.write_bytes(f"{says}\r\n{out.getvalue()}".encode(codec))
        found = list(reader_for(path).read(path))
        assert texts(found) == [rows[1][1], rows[3][1]]
        assert [item.place.rpartition(", ")[2] for item in found] == ["line 3", "line 5"]
        assert isinstance(found[1], Record)
        assert found[1].fields == {"العنوان, أو ما يشبهه": "", "column 3": "زائد"}


def test_excels_unicode_text_is_a_table_though_its_name_says_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("التاريخ\tالنص\t\r\n2024-05-01\tانفجار في بغداد\t\r\n\t\t\r\n".encode("utf-16"))
    (record,) = reader_for(path).read(path)
    assert isinstance(record, Record)
    assert (record.text, record.fields) == ("انفجار في بغداد", {"التاريخ": "2024-05-01", "column 3": ""})


def test_a_table_of_spans_that_a_spreadsheet_saved_is_one(tmp_path: Path) -> None:
    rows = ["document;start;end;label;text;annotator;origin;;", "a;0;6;;بغداد.;;;;", "a;0;5;LOC;بغداد;;;;", ";;;;;;;;"]
    found = read(tmp_path / "a.csv", "sep=;\r\n" + "\r\n".join(rows))
    assert texts(found) == ["بغداد."]
    assert [item.annotations for item in found if isinstance(item, Record)] == [(Entity(Span(0, 5), "LOC"),)]


def test_rows_that_do_not_fit_are_told_with_their_line(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'text,title\nأول,عنوان\nثان,عنوان,زائد\n"ثالث"x,عنوان\n\nرابع\n"خامس,\n')
    assert texts(found) == ["أول", "رابع"]
    told = problems(found)
    assert [sentence.split(":")[0].rpartition(", ")[2] for sentence in told] == ["line 3", "line 4", "line 7"]
    assert "3 fields, and the header 2" in told[0]
    assert "quotation marks" in told[1]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50), "binary"),
        ("a.txt", rb"{\rtf1\ansi\ansicpg1256 \'c8\'cf}", "RTF, not plain text"),
        ("a.json", b"PK\x03\x04" + bytes(60), "binary"),
        ("a.jsonl", b"PK\x03\x04" + bytes(60), "binary"),
        ("a.csv", b"PK\x03\x04" + bytes(60), "binary"),
        ("a.json", b"", "no article"),
        ("a.json", b"[]", "no article"),
        ("a.jsonl", b" \n\n", "empty file"),
        ("a.csv", b"", "empty file"),
        ("a.csv", b"title,source\na,b\n", "no text column in the header (found: title, source)"),
        ("a.csv", b"Sentence #,Word,POS,Tag\n1,x,N,O\n", "a table of words and tags. Save it as .conll"),
        ("a.jsonl", b'{"a": 1}', "no text field (found: a)"),
        ("a.jsonl", b"{}", "no text field (found: no field)"),
        ("a.jsonl", '{"text": "نص"}\n'.encode("utf-16")[:-1], "damaged"),
        ("a.json", '{"text": "نص"}'.encode("utf-16")[:-1], "damaged"),
        ("a.csv", "text\nنص".encode("utf-16")[:-1], "damaged"),
        ("a.txt", "نص".encode("utf-16")[:-1], "damaged"),
    ],
)
def test_a_bad_file_is_one_sentence(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    told = problems(read(tmp_path / name, content))
    assert len(told) == 1
    assert name in told[0] and says in told[0]


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.csv"])
def test_a_file_that_is_not_there_is_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    [told] = problems(list(reader_for(path).read(path)))
    assert name in told and "cannot be read" in told


def test_what_is_too_large_is_refused_before_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_text, "MAX_TEXT", 20)
    monkeypatch.setattr(read_json, "_LONGEST_VALUE", 30)
    monkeypatch.setattr(read_json, "_CHUNK", 10)
    monkeypatch.setattr(read_csv, "MAX_TEXT", 40)
    long = "نص" * 50
    assert "larger than 50 MB" in problems(read(tmp_path / "a.txt", long))[0]
    assert "longer than 50 MB" in problems(read(tmp_path / "a.json", f'[{{"text": "{long}"}}]'))[0]
    assert "longer than 50 MB" in problems(read(tmp_path / "a.jsonl", f'{{"text": "{long}"}}'))[0]
    assert "line 2 is longer than 50 MB" in problems(read(tmp_path / "a.csv", f"text,title\n{long},a\n"))[0]
    lines = "نص\n" * 50
    assert "field larger than field limit" in problems(read(tmp_path / "a.csv", f'text,title\n"{lines}",a\n'))[0]


@given(RECORDS, st.sampled_from(["json", "jsonl", "csv"]), st.booleans())
def test_what_was_written_is_read(
    tmp_path_factory: Any, records: list[dict[str, Any]], kind: str, ascii_: bool
) -> None:
    path = tmp_path_factory.mktemp("read") / f"a.{kind}"
    if kind == "json":
        content = json.dumps(records, ensure_ascii=ascii_, indent=1 if ascii_ else None)
    elif kind == "jsonl":
        content = "".join(json.dumps(record, ensure_ascii=ascii_) + "\n" for record in records)
    else:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, ["text", "title", "n"], quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(records)
        content = out.getvalue()
    found = read(path, "\ufeff" + content)
    assert problems(found) == []
    assert texts(found) == [record["text"] for record in records]
    assert [str(item.fields["title"]) for item in found if isinstance(item, Record)] == [r["title"] for r in records]


@given(st.binary(max_size=200), st.sampled_from(["txt", "json", "jsonl", "csv"]))
@example(b"PAR1", "txt")
def test_any_bytes_end_in_articles_and_sentences(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str
) -> None:
    problems(read(tmp_path_factory.mktemp("any") / f"a.{kind}", data))
