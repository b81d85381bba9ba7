"""Files as the other programs write them, and what of them cannot be taken."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.record import Entity, FileNote, Problem, Record
from annotator.formats.base.utf16 import Utf16
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from annotator.formats.tokens.spaced_tokens import spaced_tokens
from tests.formats.marks import marked


def read(name: str, path: Path, content: str) -> Record:
    path.write_text(content, "utf-8")
    (record,) = find_reader(name).read(path)
    assert isinstance(record, Record), record
    return record


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_units_are_those_of_utf_16(text: str) -> None:
    units = Utf16(text)
    for point in range(len(text) + 1):
        unit = len(text[:point].encode("utf-16-le")) // 2
        assert (units.unit(point), units.point(unit)) == (unit, point)
        if point < len(text) and text[point] > "\uffff":
            assert units.point(unit + 1) is None


@given(st.text("بغ داد.\n\u00a0👍", max_size=12), st.data())
def test_whole_tokens_are_the_text_and_meet_the_spans(text: str, data: st.DataObject) -> None:
    place = st.integers(0, max(len(text) - 1, 0)).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, max(len(text), start + 1)))
    )
    spans = [Span(*p) for p in data.draw(st.lists(place, max_size=3))] if text else []
    tokens = spaced_tokens(text, spans)
    assert "".join(t.text + " " * t.is_spaced for t in tokens) == text
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert {s.start for s in spans} <= {t.start for t in tokens}
    assert {s.end for s in spans} <= {t.end for t in tokens}


def test_a_label_studio_export_is_known_by_its_shape(tmp_path: Path) -> None:
    value = {"start": 2, "end": 7, "text": "بغداد", "labels": ["LOC"]}
    task: dict[str, Any] = {
        "id": 7,
        "data": {"text": "👍 بغداد", "source": "x"},
        "annotations": [
            {"completed_by": {"email": "a@b.iq"}, "result": [{"type": "labels", "value": value}, {"type": "choices"}]},
            {"was_cancelled": True, "result": [{"type": "labels", "value": {**value, "labels": ["ORG"]}}]},
        ],
        "predictions": [{"result": [{"value": {**value, "labels": ["MISC"]}}]}],
    }
    record = read("json", tmp_path / "a.json", json.dumps([task]))
    assert (record.text, record.fields) == ("👍 بغداد", {"source": "x"})
    assert record.annotations == (Entity(Span(2, 7), "LOC", "a@b.iq"),)
    told = ("is part of a cancelled annotation", "of type choices is not a span of text")
    assert record.annotation_problems == told
    task["annotations"] = []
    record = read("json", tmp_path / "a.json", json.dumps([task]))
    assert record.annotations == (Entity(Span(2, 7), "MISC", "", "suggestion:Label Studio"),)
    task["predictions"][0] |= {"model_version": "bert", "score": 0.5}
    record = read("json", tmp_path / "a.json", json.dumps([task]))
    assert record.annotations == (Entity(Span(2, 7), "MISC", "", "suggestion:bert", score=0.5),)


def test_doccano_counts_utf_16_units(tmp_path: Path) -> None:
    flat = {"id": 1, "text": "👍 بغداد", "label": [[3, 8, "LOC"]], "Comments": []}
    record = read("doccano", tmp_path / "a.jsonl", json.dumps(flat))
    assert record.annotations == (Entity(Span(2, 7), "LOC"),)
    related = {"text": "👍 بغداد", "entities": [{"id": 5, "label": "LOC", "start_offset": 3, "end_offset": 8}]}
    record = read("doccano", tmp_path / "a.jsonl", json.dumps(related))
    assert record.annotations == (Entity(Span(2, 7), "LOC"),)
    record = read("doccano", tmp_path / "a.jsonl", json.dumps({"text": "👍 بغداد", "label": [[1, 8, "LOC"]]}))
    assert record.annotation_problems == ("1-8 LOC begins or ends inside a character",)


def test_a_rejected_prodigy_example_gives_no_spans(tmp_path: Path) -> None:
    example = {"text": "بغداد", "tokens": [], "spans": [{"start": 0, "end": 5, "label": "LOC"}], "answer": "accept"}
    assert read("jsonl", tmp_path / "a.jsonl", json.dumps(example)).annotations == (Entity(Span(0, 5), "LOC"),)
    record = read("jsonl", tmp_path / "a.jsonl", json.dumps({**example, "answer": "reject"}))
    assert (record.annotations, record.annotation_problems) == ((), ("is part of an example answered reject",))


def test_brat_fragments_are_joined_over_spaces_and_told_over_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("جيش\nسوريا الحر الكبير", "utf-8")
    notes = "T1\tORG 0 3;4 9\tجيش سوريا\nT2\tORG 0 3;10 14\tجيش الحر\nR1\tx Arg1:T1 Arg2:T2\nT3 x\nT4\tLOC 4 99\tx\n"
    record = read("brat", tmp_path / "a.ann", notes)
    assert record.annotations == (Entity(Span(0, 9), "ORG"),)
    assert [told[:20] for told in record.annotation_problems] == [
        "4-99 LOC is outside ",
        "0 3;10 14 ORG is dis",
        "on line 4 is not a b",
        "R1 is a relation, ev",
    ]
    (tmp_path / "a.txt").unlink()
    (problem,) = find_reader("brat").read(tmp_path / "a.ann")
    assert "text file a.txt not found" in problem.message  # type: ignore[union-attr]


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("marked_too", "pairs_as_one"), [(True, False), (False, False), (True, True), (False, True)])
def test_brat_is_read_however_characters_were_counted(
    mark: str, ends: str, marked_too: bool, pairs_as_one: bool, as_zip: bool, tmp_path: Path
) -> None:
    text = f"{mark}خبر 👍{ends}{ends}قال جيش{ends}سوريا في حلب{ends}"
    counted = text if marked_too else text.removeprefix("\ufeff")
    counted = counted.replace("\r\n", "\n") if pairs_as_one else counted
    army, place = counted.index("جيش"), counted.index("حلب")
    end = counted.index("سوريا")
    notes = f"T1\tORG {army} {army + 3};{end} {end + 5}\tجيش سوريا{ends}T2\tLOC {place} {place + 3}\tحلب{ends}"
    members = {"a.ann": (mark + notes).encode(), "a.txt": text.encode()}
    if as_zip:
        zipped(tmp_path / "a.zip", members)
        (record,) = find_reader("zip").read(tmp_path / "a.zip")
    else:
        for name, content in members.items():
            (tmp_path / name).write_bytes(content)
        (record,) = find_reader("brat").read(tmp_path / "a.ann")
    assert isinstance(record, Record)
    assert (record.text, record.annotation_problems) == (text, ())
    found = [(e.span.of(text), e.label) for e in record.annotations]
    assert found == [(f"جيش{ends}سوريا", "ORG"), ("حلب", "LOC")]


def test_a_span_of_control_characters_makes_no_binary_file_of_brats(tmp_path: Path) -> None:
    given = marked("⟦X|" + "\x01\x02" * 40 + "⟧")
    list(find_writer("brat").write([given], tmp_path / "out.zip", WriteOptions()))
    (record,) = find_reader("zip").read(tmp_path / "out.zip")
    assert isinstance(record, Record)
    assert (record.text, record.annotations) == (given.document.text, (Entity(Span(0, 80), "X"),))


def test_conllu_of_other_makers_is_read(tmp_path: Path) -> None:
    rows = [
        "# global.Entity = GRP-infstat-etype",
        "# text = وقالت للقوات",
        "1-2\tوقالت\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tو\t_\t_\t_\t_\t_\t_\t_\t_",
        "2\tقالت\t_\t_\t_\t_\t_\t_\t_\tNER=B-MISC",
        "3-4\tللقوات\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "3\tل\t_\t_\t_\t_\t_\t_\t_\t_",
        "4\tالقوات\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-new-FORCE)",
        "4.1\tx\t_\t_\t_\t_\t_\t_\t_\t_",
        "5\t.\t_\t_\t_\t_\t_\t_\t_\tEntity=(2[1/2]-new-ORG)9)(3-new-ORG",
        "",
        "1\tنعم\t_\t_\t_\t_\t_\t_\t_\t_",
        "",
    ]
    record = read("conllu", tmp_path / "a.conllu", "\n".join(rows))
    assert record.text == "وقالت للقوات.\nنعم"
    assert [(e.span.of(record.text), e.label) for e in record.annotations] == [("قالت", "MISC"), ("للقوات", "FORCE")]
    assert record.annotation_problems == (
        "2[1/2] is discontinuous, which is not supported",
        "9 was never opened",
        "3 is never closed",
    )


def test_no_cell_of_a_table_is_a_formula_and_all_come_back(tmp_path: Path) -> None:
    surfaces = ["=1+1", "+963", "-5", "@abc", "\tx", "'x", "''=y"]
    documents = [marked(f"⟦LOC|{surface}⟧ {number}") for number, surface in enumerate(surfaces)]
    documents = [
        replace(each, notes=(Note("=a", "", surface), Note("=a", "k000", surface)))
        for each, surface in zip(documents, surfaces, strict=True)
    ]
    path = tmp_path / "out.csv"
    writer = find_writer("csv")
    assert list(writer.write(documents, path, WriteOptions())) == [()] * len(surfaces)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    records = [r for r in find_reader("csv").read(path) if isinstance(r, Record)]
    assert [record.text for record in records] == [each.document.text for each in documents]
    assert [record.annotations[0].span.of(record.text) for record in records] == surfaces
    assert [record.annotations[0].note for record in records] == surfaces
    assert [record.notes for record in records] == [(FileNote(surface, False, "=a"),) for surface in surfaces]


def test_rows_that_fit_nowhere_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["document,start,end,label,text,annotator,origin", "b,0,1,LOC,x,,", "a,0,5,,بغداد,,", "a,0,x,LOC,,,", "a,0"]
    path.write_text("\n".join([*lines, "a,0,9,LOC,بغداد,,"]) + "\n", "utf-8")
    *problems, record = find_reader("csv").read(path)
    assert [p.place.rpartition(", ")[2] for p in problems] == ["line 2", "line 4", "line 5"]
    assert isinstance(record, Record)
    assert record.annotation_problems == ("0-9 LOC is outside the text, which has 5 characters",)


def test_a_label_that_would_tear_a_format_apart_is_refused(tmp_path: Path) -> None:
    for name, label in (("conllu", "A-B"), ("conllu", "A B"), ("brat", "A B")):
        document = marked("⟦LOC|دمشق⟧")
        (annotation,) = document.annotations
        torn = type(annotation)(annotation.id, annotation.span, label, "a1")
        with pytest.raises(ExportError, match=label):
            list(find_writer(name).write([type(document)(document.document, (torn,))], tmp_path / "x", WriteOptions()))


BLANK = "\t_" * 7


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("", "{n}\t{word}" + BLANK + "\tNER={tag}|Gloss=x"),
        ("", "{n}\t{word}" + BLANK + "\tGloss=x|ne={tag}"),
        ("", "{n}\t{word}" + BLANK + "\tNamedEntity={tag}"),
        ("", "{n}\t{word}" + BLANK + "\t{tag}"),
        ("", "{n}\t{word}" + BLANK + "\t{tag}|SpaceAfter=Yes"),
        ("", "{n}\t{word}" + BLANK + "\t_\t{tag}"),
        ("# global.columns = ID FORM UPOS NER\n", "{n}\t{word}\tNOUN\t{tag}"),
        ("# global.columns = PARSEME:NE MISC FORM ID\n", "{tag}\t_\t{word}\t{n}"),
    ],
)
def test_tags_stand_in_conllu_where_others_put_them(head: str, row: str, tmp_path: Path) -> None:
    words = [("قال", "O"), ("محمد", "B-PERS"), ("علي", "I-PERS"), ("هنا", "O")]
    lines = [row.format(n=n, word=word, tag=tag) for n, (word, tag) in enumerate(words, 1)]
    record = read("conllu", tmp_path / "a.conllup", "\ufeff" + head + "\r\n".join([*lines, " ", *lines]) + "\r\n")
    assert record.text == "قال محمد علي هنا\nقال محمد علي هنا"
    assert [(e.span.of(record.text), e.label) for e in record.annotations] == [("محمد علي", "PERS")] * 2


def test_what_is_no_conllu_is_one_sentence_and_not_one_for_each_line(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    for content, says in (
        ("1 قال _ _ _ _ _ _ _ _\n" * 3, "the first line with a word has 1 columns. Write CoNLL-U with ten columns, "),
        ("1\tقال\tO\n" * 300, "the first line with a word has 3 columns. Write CoNLL-U with ten columns, "),
        ("# global.columns = FORM NER\nقال\tO\n", "no ID or FORM column. Name both in the line # global"),
    ):
        path.write_text(content, "utf-8")
        (problem,) = find_reader("conllu").read(path)
        assert isinstance(problem, Problem)
        assert problem.message.startswith(says)
    path.write_text("1\tقال\tO\n1\tقال" + BLANK + "\t_\n", "utf-8")
    problem, record = find_reader("conllu").read(path)
    assert isinstance(problem, Problem) and isinstance(record, Record)
    assert problem.message.startswith("3 columns, instead of a number, a word and 8 more: line skipped")
    assert record.text == "قال"


def zipped(path: Path, members: dict[str, bytes]) -> list[Record | Problem]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return list(find_reader("zip").read(path))


def test_a_zip_is_read_file_by_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    found = zipped(
        path,
        {
            "x/a.txt": "بغداد".encode(),
            "b.jsonl": b'{"text": "x"}\n{}\n',
            "__MACOSX/._a.txt": b"x",
            "c.doc": b"x",
            "d.zip": b"x",
        },
    )
    assert [item.text for item in found if isinstance(item, Record)] == ["بغداد", "x"]
    assert [item.place for item in found] == [
        f"{path}/x/a.txt",
        f"{path}/b.jsonl, line 1",
        f"{path}/b.jsonl, line 2",
        f"{path}/c.doc",
        f"{path}/d.zip",
    ]


@pytest.mark.parametrize(
    ("members", "complaint"),
    [
        ({"a.txt": b"x", "../../etc/a.txt": b"x"}, "would be unpacked outside"),
        ({"a.txt": b"x", "/etc/a.txt": b"x"}, "would be unpacked outside"),
        ({"a.txt": b"x", "c:\\a.txt": b"x"}, "would be unpacked outside"),
        ({"a.txt": b"x", "b.txt": bytes(20 << 20)}, "like a zip bomb"),
    ],
)
def test_a_zip_that_means_harm_is_one_sentence_and_nothing_is_read(
    tmp_path: Path, members: dict[str, bytes], complaint: str
) -> None:
    (problem,) = zipped(tmp_path / "a.zip", members)
    assert isinstance(problem, Problem)
    assert complaint in problem.message


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    zipped(path, {"a.txt": b"x" * 500})
    path.write_bytes(path.read_bytes()[:-30])
    (problem,) = find_reader("zip").read(path)
    assert isinstance(problem, Problem)
    assert "damaged, or not a zip" in problem.message


def test_a_webanno_file_of_several_layers_is_read(tmp_path: Path) -> None:
    rows = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
        "",
        "",
        "#Text=👍 في دير الزور",
        "1-1\t0-2\t👍\t_\t_\t_\t",
        "1-2\t3-5\tفي\tP\t_\t_\t",
        "1-3\t6-9\tدير\tN\t*[1]\tLOC[1]|ORG\\_X[2]\t",
        "1-4\t10-15\tالزور\tN\t*[1]\tLOC[1]\t",
        "",
        "#Text=نعم",
        "2-1\t16-19\tنعم\t_\t*\tMISC\t",
        "2-1.1\t17-99\tعم\t_\t*\tLOC\t",
    ]
    record = read("csv", tmp_path / "a.tsv", "\n".join(rows) + "\n")
    assert record.text == "👍 في دير الزور\nنعم"
    assert sorted((e.span.of(record.text), e.label) for e in record.annotations) == [
        ("دير", "ORG_X"),
        ("دير الزور", "LOC"),
        ("نعم", "MISC"),
    ]
    assert record.annotation_problems == ("16-98 LOC is outside the text, which has 18 characters",)
    (problem,) = find_reader("csv").read(_written(tmp_path / "b.tsv", "#FORMAT=WebAnno TSV 3.3\n\n"))
    assert isinstance(problem, Problem)
    assert "no layer of spans" in problem.message


def _written(path: Path, content: str) -> Path:
    path.write_text(content, "utf-8")
    return path
