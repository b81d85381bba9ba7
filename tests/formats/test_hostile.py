"""Files that mean harm, or were badly damaged: one sentence each, and never a traceback."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator.formats import brat
from annotator.formats import plain_text as read_text
from annotator.formats.base import encoding
from annotator.formats.base.record import Problem, Record
from annotator.formats.conll import dialect as conll_dialect
from annotator.formats.conll import lines as conll_rows
from annotator.formats.json import reader as read_json
from annotator.formats.registry import readers
from annotator.formats.tabular import csv_reader as read_csv
from annotator.formats.tabular import docbin
from annotator.formats.tei import reader as read_tei
from annotator.formats.web import feed as read_feed
from annotator.formats.web import html as read_html
from annotator.formats.xml import gate
from annotator.services.importing.importer import import_paths
from tests.services.corpus.corpora import make_project

BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&b;</xmi:XMI>"""


def read(name: str, path: Path, content: bytes) -> tuple[list[Record], list[Problem]]:
    """Return the articles that come out of a file, and what the reader complains of.

    Every complaint is a sentence, or ends in a command to copy, which no full stop follows.
    """
    path.write_bytes(content)
    found = list(readers()[name].read(path))
    problems = [item for item in found if isinstance(item, Problem)]
    for message in (problem.message for problem in problems):
        assert (message.endswith(".") or "Install it with: " in message) and "\n" not in message
    return [item for item in found if isinstance(item, Record)], problems


def problems(name: str, path: Path, content: bytes) -> list[Problem]:
    """Return what the reader complains of."""
    return read(name, path, content)[1]


GARBAGE = {
    "nothing": b"",
    "zeros": b"\x00" * 500,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "half a zip": b"PK\x03\x04" + bytes(range(256)),
    "two encodings": "بغداد ".encode() * 3 + b"\xd8\xd8\xd8" + "دمشق".encode("cp1256") * 9,
    "open lists": b"[" * 100_000,
    "open objects": b"{" * 100_000,
    "numbers for texts": b'{"data": {"text": 7}, "annotations": [7, {"result": 7}]}\n',
    "half a span": b'{"text": "x", "spans": [[1, 2]], "answer": {}, "tokens": 7}\n',
    "open entities": b"1\tx\t_\t_\t_\t_\t_\t_\t_\tEntity=((((-)))\n",
    "odd numbers": b"1-2\tx\n2\t\n1.1\n",
    "half a table": b"document,start,end,label,text,annotator,origin\n,,,\n'='\n",
}
UNREADABLE = ("zeros", "a picture", "half a zip", "two encodings")
COMES_OUT = {
    # A text is taken as it is; brat has the text in a file of its own, which is sound here.
    **{("text", kind): [(content.decode(), 0)] for kind, content in GARBAGE.items() if kind not in UNREADABLE},
    **{("brat", kind): [("بغداد", 0)] for kind in GARBAGE if kind not in UNREADABLE[1:]},
    **{(name, "half a span"): [("x", 0)] for name in ("json", "jsonl", "doccano")},
    ("conllu", "open entities"): [("x", 0)],
    # Two columns are a word and its tag, whatever they hold.
    ("conll", "numbers for texts"): [('{"data":', 1)],
    ("conll", "half a span"): [('{"text":', 1)],
    ("conll", "open entities"): [("1", 1)],
}
"""The articles, each with the number of its spans; of whatever is not here none comes out, and a sentence says why."""


@pytest.mark.parametrize("name", sorted(readers()))
@pytest.mark.parametrize("kind", GARBAGE)
def test_of_garbage_comes_out_what_can_be_read_or_a_sentence(name: str, kind: str, tmp_path: Path) -> None:
    suffixes = readers()[name].suffixes
    path = tmp_path / f"a{suffixes[0] if suffixes else ''}"
    path.with_suffix(".txt").write_text("بغداد", "utf-8")
    articles, told = read(name, path, GARBAGE[kind])
    assert [(article.text, len(article.annotations)) for article in articles] == COMES_OUT.get((name, kind), [])
    assert articles or told


@pytest.mark.parametrize("name", ["conll", "conllu"])
def test_an_endless_line_is_refused_where_words_stand_on_lines(name: str, tmp_path: Path) -> None:
    (told,) = problems(name, tmp_path / "a", b"x" * (1 << 21))
    assert "line 1 is longer than a million characters" in told.message


BEYOND = {
    "jsonl": '{"text": "بغداد", "spans": [{"start": 3, "end": 99, "label": "X"}]}',
    "json": '{"data": {"text": "بغداد"}, "annotations": [{"result": '
    '[{"value": {"start": 3, "end": 99, "labels": ["X"]}}]}]}',
    "doccano": '{"text": "بغداد", "label": [[0, 6, "X"]]}',
    "csv": "document,start,end,label,text,annotator,origin\na,0,5,,بغداد,,\na,3,99,X,,,\n",
    "brat": "T1\tX 3 99\tx\n",
    "gate": '<GateDocument><TextWithNodes><Node id="0"/>بغداد<Node id="5"/></TextWithNodes><AnnotationSet>'
    '<Annotation Type="X" StartNode="0" EndNode="99"/></AnnotationSet></GateDocument>',
    "tei": '<TEI><text><ab xml:id="a" xml:space="preserve">بغداد</ab></text><standOff><spanGrp type="entities">'
    '<span target="#string-range(a,3,96)">X</span></spanGrp></standOff></TEI>',
}


@pytest.mark.parametrize("name", BEYOND)
def test_offsets_beyond_the_text_are_told_and_the_text_comes_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.with_suffix(".txt").write_text("بغداد", "utf-8")
    path.write_text(BEYOND[name], "utf-8")
    (record,) = readers()[name].read(path)
    assert isinstance(record, Record)
    assert (record.text, record.annotations, len(record.annotation_problems)) == ("بغداد", (), 1)


DIGITS = "9" * 10_000
NONE: list[tuple[str, list[str]]] = []


@pytest.mark.parametrize(
    ("name", "content", "comes_out", "says"),
    [
        ("jsonl", '{"text": "x", "spans": [[%s, 2, "X"]]}', NONE, "value has 10000 digits"),
        ("json", '{"text": "x", "spans": [[%s, 2, "X"]]}', NONE, "value has 10000 digits"),
        ("doccano", '{"text": "x", "label": [[0, %s, "X"]]}', NONE, "value has 10000 digits"),
        (
            "csv",
            "document,start,end,label,text,annotator,origin\na,0,1,,x,,\na,0,%s,X,,,\n",
            [("x", [])],
            f"0-{DIGITS}",
        ),
        (
            "csv",
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=x|v\n\n\n#Text=x\n1-1\t%s-9\tx\tX\t\n",
            [("", [])],
            "which has no word",
        ),
        ("brat", "T1\tX 0 %s\tx\n", [("x", [])], "on line 1 is not a brat span"),
        ("conllu", "%s\tx" + "\t_" * 8 + "\n", NONE, "Write CoNLL-U with ten columns"),
        ("conllu", "1-%s\tx" + "\t_" * 8 + "\n", NONE, "Write CoNLL-U with ten columns"),
        ("conll", "x\tB-%s\n", [("x", [DIGITS])], ""),
        ("gate", '<GateDocument><TextWithNodes><Node id="%s"/>x</TextWithNodes></GateDocument>', [("x", [])], ""),
        (
            "tei",
            '<TEI><spanGrp type="entities"><span target="#string-range(a,%s,1)">X</span></spanGrp></TEI>',
            [("", [])],
            "#string-range(a,9999",
        ),
    ],
)
def test_of_a_number_of_ten_thousand_digits_comes_out_the_text_without_the_span_or_a_sentence(
    name: str, content: str, comes_out: list[tuple[str, list[str]]], says: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.ann"
    path.with_suffix(".txt").write_text("x", "utf-8")
    articles, told = read(name, path, (content % DIGITS).encode())
    assert [(article.text, [span.label for span in article.annotations]) for article in articles] == comes_out
    complaints = [
        *(misfit for article in articles for misfit in article.annotation_problems),
        *(p.message for p in told),
    ]
    assert len(complaints) == bool(says)
    assert all(says in complaint for complaint in complaints)


def test_an_offset_far_beyond_does_not_fill_the_memory(tmp_path: Path) -> None:
    content = b"#FORMAT=WebAnno TSV 3.3\n#T_SP=x|value\n\n\n#Text=x\n1-1\t999999999-999999999\tx\tX\t\n"
    (told,) = problems("csv", tmp_path / "a.tsv", content)
    assert "more than 50 MB apart" in told.message


DOUBLES = {
    "brat": ("T1\tX 0 2\tبغ\nT1\tY 3 5\tاد\n", "on line 2 has the name T1, which another span has"),
    "csv": (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=x|value\n\n\n#Text=بغ اد\n1-1\t0-2\tبغ\tX[1]\t\n1-2\t3-5\tاد\tY[1]\t\n",
        "1-2 Y has the number of a X",
    ),
}


@pytest.mark.parametrize("name", DOUBLES)
def test_a_name_that_two_spans_bear_is_told_and_the_first_stands(name: str, tmp_path: Path) -> None:
    content, says = DOUBLES[name]
    path = tmp_path / "a.ann"
    path.with_suffix(".txt").write_text("بغ اد", "utf-8")
    path.write_text(content, "utf-8")
    (record,) = readers()[name].read(path)
    assert isinstance(record, Record)
    assert [(e.span.of(record.text), e.label) for e in record.annotations] == [("بغ", "X")]
    assert record.annotation_problems == (says,)


def test_two_nodes_with_one_number_are_refused(tmp_path: Path) -> None:
    content = b'<GateDocument><TextWithNodes><Node id="0"/>x<Node id="0"/>y</TextWithNodes></GateDocument>'
    (told,) = problems("gate", tmp_path / "a.xml", content)
    assert told.message == "two nodes have the number 0. Export it again."


def test_an_entity_inside_a_mention_of_itself_is_two_spans(tmp_path: Path) -> None:
    rows = [f"{n}\t{form}" + "\t_" * 7 + f"\tEntity={e}" for n, form, e in ((1, "ا", "(e1-X"), (2, "ب", "(e1-X)e1)"))]
    path = tmp_path / "a.conllu"
    path.write_text("\n".join([*rows, ""]), "utf-8")
    (record,) = readers()["conllu"].read(path)
    assert isinstance(record, Record)
    assert [e.span.of(record.text) for e in record.annotations] == ["ا ب", "ب"]


LINES = {
    "conll": b"",
    "conllu": b"",
    "csv": b"text,title\n",
    "json": b'[{"text": "',
    "jsonl": b'{"text": "',
    "doccano": b'{"text": "',
    "text": b"",
    "html": b"<p>",
    "feed": b"<rss>",
    "gate": b"<GateDocument>",
    "tei": b"<TEI>",
    "brat": b"T1\t",
}
"""How a file of each format begins before its endless line."""


def test_every_reader_of_text_has_a_limit_that_is_tested() -> None:
    assert set(readers()) - set(LINES) == {"parquet", "spacy", "xmi", "zip"}


@pytest.mark.parametrize("name", LINES)
def test_an_endless_line_is_refused_without_being_held(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With limits of 1 MB; the true ones are held to by the test below, which takes long."""
    for module, limit in (
        *((module, "MAX_TEXT") for module in (read_csv, read_text, read_feed, gate, brat, read_tei)),
        (read_json, "_LONGEST_VALUE"),
        (read_html, "_LARGEST"),
    ):
        monkeypatch.setattr(module, limit, 1 << 20)
    path = tmp_path / "a.ann"
    path.with_suffix(".txt").write_text("x", "utf-8")
    content = LINES[name] + b"x" * (40 << 20)
    path.write_bytes(content)
    del content
    list(readers()[name].read(tmp_path / "none"))  # so that what is imported on the way is there
    tracemalloc.start()
    try:
        (told,) = readers()[name].read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(told, Problem)
    assert "larger than" in told.message or "longer than" in told.message
    assert peak < 16 << 20


READ = """
import resource, sys
from pathlib import Path
from annotator.formats.registry import readers
for item in readers()[sys.argv[1]].read(Path(sys.argv[2])):
    print(item.message)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.long
def test_a_line_of_a_gigabyte_is_refused_in_less_memory_than_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.with_suffix(".txt").write_text("x", "utf-8")
    with path.open("wb") as file:
        for _ in range(1 << 10):
            file.write(b"x" * (1 << 20))
    for name, head in LINES.items():
        with path.open("r+b") as file:
            file.write(head.ljust(64, b"x") if head[-1:] != b"\n" else head)
        done = subprocess.run([sys.executable, "-c", READ, name, path], capture_output=True, text=True, check=True)
        *told, peak = done.stdout.splitlines()
        assert len(told) == 1 and told[0].endswith("."), name
        assert int(peak) < 900 << 10, f"{name}: {peak} KB"


def test_a_zip_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "بغداد " * 100_000)
    size = struct.pack("<L", len("بغداد ".encode()) * 100_000)
    content = path.read_bytes()
    assert content.count(size) == 2
    (told,) = problems("zip", path, content.replace(size, struct.pack("<L", 60)))
    assert "damaged in the zip" in told.message


MIXED = {"a.txt": "utf-8", "b.txt": "utf-16", "c.txt": "cp1256", "d.txt": "utf-8-sig", "e.txt": "iso8859_6"}
ARTICLE = "أعلنت القوات في بغداد عن هدوء الوضع في المدينة، وقال المتحدث إن الحياة عادت إلى طبيعتها. "


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_files_of_several_encodings_come_in_and_a_damaged_one_is_told(kind: str, tmp_path: Path) -> None:
    members = {name: (ARTICLE.replace("،", "") + name[0]).encode(codec) for name, codec in MIXED.items()}
    members["x.txt"] = ARTICLE.encode() + ARTICLE.encode("cp1256")
    digits = "1234567"
    members["y.jsonl"] = b"\n".join(
        json.dumps({"text": ARTICLE + digit}, ensure_ascii=False).encode("cp1256" if digit == "2" else "utf-8")
        for digit in digits
    )
    members["z.csv"] = b"text\n" + ARTICLE.encode() + b"\n" + ARTICLE.encode("cp1256") + b"\n"
    source = tmp_path / "in"
    source.mkdir()
    if kind == "zip":
        with zipfile.ZipFile(source / "a.zip", "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    else:
        for name, content in members.items():
            (source / name).write_bytes(content)
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [source])
        texts = sorted(document.text for document in project.documents.iter())
    wanted = [ARTICLE.replace("،", "") + name[0] for name in MIXED] + [
        ARTICLE + digit for digit in digits if digit != "2"
    ]
    assert texts == sorted(wanted)
    neither = "neither UTF-8 nor Windows-1256. Save it as UTF-8."
    assert [(p.place.rpartition("/")[2], p.message.partition(" on line")[0]) for p in report.problems] == [
        ("x.txt", neither),
        ("y.jsonl, line 2", "invalid character"),
        ("z.csv", neither),
    ]


def test_nothing_of_a_hostile_file_is_stored_and_the_good_ones_come_in(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    slip = zipfile.ZipFile(source / "slip.zip", "w")
    with slip:
        slip.writestr("good.txt", "دمشق")
        slip.writestr("../../evil.txt", "حلب")
    with zipfile.ZipFile(source / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", "حمص")
        archive.writestr("zeros.txt", bytes(40 << 20))
    (source / "bomb.rss").write_text(BOMB, "utf-8")
    (source / "bomb.xml").write_text(BOMB.replace("xmi:XMI", "GateDocument"), "utf-8")
    (source / "line.conll").write_bytes(b"x" * (2 << 20))
    (source / "deep.json").write_bytes(b"[" * 100_000)
    (source / "empty.html").write_bytes(b"")
    (source / "good.txt").write_text("بغداد", "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        report = import_paths(project, [source])
        assert [document.text for document in project.documents.iter()] == ["بغداد"]
    assert sorted(Path(p.place).name.partition(",")[0] for p in report.problems) == sorted(
        ["slip.zip", "bomb.zip", "bomb.rss", "bomb.xml", "line.conll", "deep.json", "empty.html"]
    )
    assert all(p.message.endswith(".") and "\n" not in p.message for p in report.problems)
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.skipif(find_spec("cassis") is None, reason="dkpro-cassis is optional; make interop installs and tests it")
def test_an_xml_entity_bomb_is_refused_unread(tmp_path: Path) -> None:
    (told,) = problems("xmi", tmp_path / "a.xmi", BOMB.encode())
    assert "unsafe XML" in told.message
    (told,) = problems("xmi", tmp_path / "a.xmi", BOMB.encode("utf-16"))
    assert "not UTF-8. Save it as UTF-8" in told.message


def test_conll_with_very_long_lines_is_not_held_to_tell_its_dialect(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    with path.open("w", encoding="utf-8") as file:
        for _ in range(60):
            file.write("x" * 1_000_000 + "\tO\n\n")
    tracemalloc.start()
    try:
        with encoding.open_text(path) as stream:
            assert conll_dialect.find_dialect(conll_rows.lines(stream)) == conll_dialect.Dialect()
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


LONG_XML = {
    "gate": '<GateDocument><TextWithNodes><Node id="0"/>%s<Node id="5"/></TextWithNodes></GateDocument>',
    "tei": "<TEI><text><p>%s</p></text></TEI>",
    "xmi": '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/><cas:Sofa xmi:id="1" sofaNum="1" '
    'sofaID="_InitialView" mimeType="text/plain" sofaString="%s"/><cas:View sofa="1" members=""/></xmi:XMI>',
}


@pytest.mark.parametrize("name", LONG_XML)
def test_a_text_in_xml_may_be_longer_than_the_ten_million_bytes_that_lxml_takes(name: str, tmp_path: Path) -> None:
    if name == "xmi" and find_spec("cassis") is None:
        pytest.skip("dkpro-cassis is optional; make interop installs and tests it")
    text = "بغداد " * 1_000_000 + "دمشق"
    path = tmp_path / "a.xml"
    path.write_text(LONG_XML[name] % text, "utf-8")
    (record,) = readers()[name].read(path)
    assert isinstance(record, Record)
    assert record.text == text


@pytest.mark.parametrize("name", ["gate", "tei"])
def test_an_entity_that_hides_in_an_attribute_is_not_made_longer(name: str, tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "xxxxxxxxxx">{levels}]><TEI a="&a11;"/>'
    for content in (bomb.encode(), bomb.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")):
        (told,) = problems(name, tmp_path / "a.xml", content)
        assert "unsafe XML" in told.message or "not valid XML" in told.message


@pytest.mark.skipif(find_spec("cassis") is None, reason="dkpro-cassis is optional; make interop installs and tests it")
def test_two_elements_with_one_id_are_refused(tmp_path: Path) -> None:
    content = b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><a xmi:id="1"/><b xmi:id="1"/></xmi:XMI>'
    (told,) = problems("xmi", tmp_path / "a.xmi", content)
    assert told.message == "two elements have the id 1. Export it again."


@pytest.mark.skipif(find_spec("spacy") is None, reason="spaCy is optional; make interop installs and tests it")
def test_a_docbin_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "_LARGEST", 20 << 20)
    (told,) = problems("spacy", tmp_path / "a.spacy", zlib.compress(bytes(30 << 20)))
    assert "expands to more than 2 GB" in told.message
    (told,) = problems("spacy", tmp_path / "a.spacy", zlib.compress(bytes(10 << 20)))
    assert "not a spaCy DocBin" in told.message
