"""A file is what its content is beyond doubt, else what its name says; a guess that came to nothing is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.detect import detect_formats
from annotator.formats.read import read_records
from annotator.formats.registry import find_writer, reader_for
from tests.formats.installed import PLAIN
from tests.formats.marks import marked
from tests.formats.tei.test_tei import EDITION
from tests.formats.web.test_pages import ATOM, PAGE, RSS
from tests.formats.xml.test_gate import GATES_OWN

CONLL = "في O\nبغداد B-LOC\nو O\nدمشق B-LOC\nو O\nحلب O\n"
CONLLU = "# newdoc id = a\n" + "".join(f"{n}\tكلمة" + "\t_" * 8 + "\n" for n in range(1, 8))
XMI = '<?xml version="1.0"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>'
RDF = '<?xml version="1.0"?><!-- x --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
TEXT = "قالت مصادر [إن] القتال O\nاستمر < ساعة.\n"


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.txt", TEXT, "text"),
        ("a.txt", "[بغداد] " + TEXT, "text"),
        ("a.txt", "<b> " + TEXT, "text"),
        ("a.txt", PAGE, "html"),
        ("a.json", "\n<!-- saved --> " + PAGE, "html"),
        ("a", PAGE, "html"),
        ("a.dat", PAGE.encode("utf-16"), "html"),
        ("a.txt", "From: <x>\r\nSubject: y\r\n z\r\nMIME-Version: 1.0\r\n", "html"),
        ("a.xml", RSS.encode("cp1256"), "feed"),
        ("a.xml", ATOM, "feed"),
        ("a.xml", RDF, "feed"),
        ("a.rdf", RDF, "feed"),
        ("a.xml", GATES_OWN, "gate"),
        ("a.xml", XMI, "xmi"),
        ("a.xml", "<TEI/>", "tei"),
        ("a.xml", EDITION, "tei"),
        ("a.xml", '<tei:teiCorpus xmlns:tei="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ("a.xml", "<other/>", "gate"),
        ("a.json", '{"text": "x"}\n{"text": "y"}\n', "json"),
        ("a.txt", '{"text": "x"}\n{"text": "y"}\n', "jsonl"),
        ("a.jsonl", '{"text": "x"}\n', "jsonl"),
        ("a.jsonl", '{\n "text": "x"\n}\n', "json"),
        ("a.jsonl", '[\n{"text": "x"}\n]\n', "json"),
        ("a.txt", CONLL, "conll"),
        ("a.tsv", "-DOCSTART-\tO\n\n" + CONLL.replace(" ", "\t"), "conll"),
        ("a.txt", CONLLU, "conllu"),
        ("a.conll", CONLLU, "conllu"),
        ("a.txt", "#FORMAT=WebAnno TSV 3.3\n", "csv"),
        ("a.ann", "T1\tPERS 1 5\tText\n", "brat"),
        ("a.ann", "".join(f"T{n}\tLOC {n} {n + 1}\tB-LOC\n" for n in range(1, 8)), "brat"),
        ("a.conllu", "1\tText" + "\t_" * 8 + "\n", "conllu"),
        ("a.csv", "text,label\nx,O\n", "csv"),
        ("a.txt", CONLL.replace("B-LOC", "O"), "text"),
        ("a.txt", "العنوان\tالنص\nx\ty\n", "csv"),
        ("a.txt", "النص\tO\nهنا\tO\n", "text"),
        ("a.html", "", "html"),
    ],
)
def test_a_file_is_recognised(name: str, content: str | bytes, reader: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert reader_for(path).name == reader


@pytest.mark.parametrize("name", PLAIN)
def test_what_we_write_is_recognised_under_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    documents = [marked(f"أعلنت ⟦FORCE|القوات⟧ في ⟦LOC|كركوك⟧ أن ⟦LOC|بغداد⟧ هادئة {n}.") for n in range(3)]
    list(find_writer(name).write(documents, path, WriteOptions()))
    if name == "csv":
        with pytest.raises(InputError):
            reader_for(path)
        path = path.rename(path.with_suffix(".csv"))
    found = list(read_records(path))
    assert [type(item) for item in found] == [Record] * 3
    assert sum(len(item.annotations) for item in found if isinstance(item, Record)) == 9


def test_a_zip_and_an_office_document_are_told_apart(tmp_path: Path) -> None:
    for member, expected in (("a.txt", ("zip",)), ("[Content_Types].xml", ())):
        path = tmp_path / "a.bin"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "x")
        assert detect_formats(path) == expected
    path.write_bytes(b"PK\x03\x04" + bytes(60))
    assert detect_formats(path) == ()
    path.write_bytes(b"PAR1" + bytes(60))
    assert detect_formats(path) == ("parquet",)
    assert detect_formats(tmp_path / "none") == ()


def test_a_reader_that_is_named_is_taken_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('{"title": "x"}\n', "utf-8")
    assert reader_for(path, "csv").name == "csv"
    (problem,) = read_records(path, "csv")
    assert isinstance(problem, Problem)
    assert problem.message.endswith(" Its content looks like jsonl, not csv.")
    (problem,) = read_records(path)
    assert isinstance(problem, Problem)
    assert problem.message.endswith("Its content looks like jsonl. If it is something else, choose its format.")
    path.write_text("title\nx\n", "utf-8")
    (problem,) = read_records(path)
    assert isinstance(problem, Problem)
    assert "content it" not in problem.message
    path.write_text(PAGE, "utf-8")
    (record,) = read_records(path, "text")
    assert isinstance(record, Record)
    assert record.text == PAGE


@pytest.mark.parametrize("content", ["text,title\n", "text\n\n\n", "document,start,end,label,text,annotator,origin\n"])
def test_a_file_in_which_nothing_is_found_is_told(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "a.csv")
    for file, place in ((path, str(path)), (tmp_path / "a.zip", f"{tmp_path}/a.zip/a.csv")):
        assert list(read_records(file)) == [Problem(place, "no article found. Choose a file with articles.")]
