"""TEI: as we write it, as others do, and what of it cannot be taken."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.record import Entity, FileNote, Problem, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from annotator.formats.tei import reader as read_tei
from tests.formats.marks import annotated, marked

TEI = "{http://www.tei-c.org/ns/1.0}"
IDENT = "{http://www.w3.org/XML/1998/namespace}id"
EDITION = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="tei_all.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d7">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>رسالة
        من دمشق</title><author>سعاد</author></titleStmt>
      <publicationStmt><publisher>معهد</publisher><date when="2024-01-01"/></publicationStmt>
      <sourceDesc><bibl>الجريدة، <date when="1924-04-17">أبريل</date></bibl></sourceDesc>
    </fileDesc>
  </teiHeader>
  <text><body>
    <head>رسالة من <placeName>دمشق</placeName></head>
    <div><p>كتب <persName type="full"><forename>محمد</forename>
      <surname>علي</surname></persName> إلى <orgName type="military">الجيش</orgName>
      <!-- sic --> في <name type="LOC">بغداد</name><note>كانت عاصمة <placeName>العراق</placeName>.</note>، وإلى
      <rs>أخيه</rs><lb/>في <choice><sic>حلب</sic><corr>حمص</corr></choice> يوم <date when="1924-04-17">أمس</date>.</p>
      <p>ان<lb break="no"/>تهى.</p></div>
  </body></text>
</TEI>
"""
PARLAMENT = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<TEI><text><body><u><seg><s>
  <w xml:id="w1">زار</w>
  <w xml:id="w2" join="right">ال</w>
  <name type="PER"><w xml:id="w3">رئيس</w>
    <w xml:id="w4" join="right">بغداد</w></name>
  <pc xml:id="p5">.</pc></s></seg> <seg>انتهى.</seg></u></body></text>
  <standOff><spanGrp type="entities" resp="#ann"><span target="#w1 #w2">X</span><span from="#w3" to="#w4">Y</span>
  <span target="#w1 #w4">GAP</span><span target="#none">GONE</span>
  <span target="#string-range(w3,0,2)">OK</span></spanGrp>
  <spanGrp type="syntax"><span target="#w1">verb</span></spanGrp></standOff></TEI>
<TEI><text><body><p>حلب</p></body></text></TEI>
</teiCorpus>
"""


def read(path: Path, content: str | bytes) -> list[Record | Problem]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(find_reader("tei").read(path))


def surfaces(record: Record | Problem) -> list[tuple[str, str]]:
    assert isinstance(record, Record)
    return [(e.span.of(record.text), e.label) for e in record.annotations]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_edition_gives_its_text_its_names_and_its_header(encoding: str, tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.xml", EDITION.replace("UTF-8", encoding).encode(encoding))
    assert isinstance(record, Record)
    assert record.text == (
        "رسالة من دمشق\nكتب محمد علي إلى الجيش في بغداد، وإلى أخيه في حلب يوم أمس.\nكانت عاصمة العراق.\nانتهى."
    )
    assert surfaces(record) == [
        ("دمشق", "placeName"),
        ("محمد علي", "persName/full"),
        ("الجيش", "orgName/military"),
        ("بغداد", "LOC"),
        ("أخيه", "rs"),
        ("أمس", "date"),
        ("العراق", "placeName"),
    ]
    assert record.fields == {
        "id": "d7",
        "title": "رسالة من دمشق",
        "author": "سعاد",
        "date": "1924-04-17",
        "source": "معهد",
    }
    assert (record.annotation_problems, record.notes) == ((), ())


def test_a_corpus_is_read_document_by_document_with_words_that_are_joined(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.xml", PARLAMENT)
    assert isinstance(first, Record) and isinstance(second, Record)
    assert (first.text, second.text) == ("زار الرئيس بغداد.\nانتهى.", "حلب")
    assert surfaces(first) == [("زار ال", "X"), ("رئيس بغداد", "PER"), ("رئيس بغداد", "Y")]
    assert [e.annotator for e in first.annotations] == ["ann", "", "ann"]
    assert first.annotation_problems == (
        "#w1 #w4 GAP has no position in the text",
        "#none GONE has no position in the text",
        "#string-range(w3,0,2) OK has no position in the text",
    )
    assert (first.fields, second.fields) == ({"id": "a-1"}, {"id": "a-2"})
    assert first.place.endswith("a.xml, TEI 1")
    assert 0 < first.offset <= second.offset


def test_spaces_that_are_to_be_kept_are_kept(tmp_path: Path) -> None:
    body = '<TEI><text><body><p> a  <hi xml:space="preserve"> b\n</hi> c </p><ab xml:space="preserve"> <rs> d</rs></ab>'
    (record,) = read(tmp_path / "a.xml", body + "</body></text></TEI>")
    assert isinstance(record, Record)
    assert record.text == "a  b\n c\n  d"
    assert surfaces(record) == [(" d", "rs")]


def test_what_we_write_is_read_by_a_stranger(tmp_path: Path) -> None:
    source = marked("👍 ⟦ORG|بنك ⟦LOC|بغداد⟧⟧ & ⟦TIME|أمس⟧", title="خبر", source="وكالة")
    places = [(a.span, a.label) for a in source.annotations] + [(Span(4, 16), "EVENT")]
    given = annotated(source.document, places)
    first = given.annotations[0].span
    suggested = Annotation("s", first, "LOC", "", Origin(OriginKind.SUGGESTION, "my model ٣", 0.3))
    second = Annotation("b", first, "ORG", "a2", Origin())
    notes = (Note("a1", "", "سطر\nثانٍ <&>", True), Note("a2", "b", " ؟\r", True))
    made = AnnotatedDocument(given.document, (*given.annotations, suggested, second), notes)
    path = tmp_path / "out.zip"
    names = {"a1": "سعاد", "a2": "Omar"}
    assert list(find_writer("tei").write([made], path, WriteOptions(names=names, suggestions=True))) == [()]
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read(f"{made.document.id}.xml"))  # noqa: S314 - by us
    whole = root.find(f".//{TEI}ab")
    assert whole is not None
    assert "".join(whole.itertext()) == made.document.text
    inline = {each.get(IDENT, ""): each for each in whole.iter() if each is not whole}
    assert [(each.tag.removeprefix(TEI), each.get("type"), "".join(each.itertext())) for each in inline.values()] == [
        ("orgName", "ORG", "بنك بغداد"),
        ("placeName", "LOC", "بغداد"),
        ("time", "TIME", "أمس"),
    ]
    spans = [
        (group.get("resp"), span.get("target"), span.text, span.get("type"), span.get("subtype"), span.get("cert"))
        for group in root.iter(f"{TEI}spanGrp")
        for span in group
    ]
    assert spans == [
        ("#annotator-1", "#e1", "ORG", "confirmed", "lexicon", None),
        ("#annotator-1", "#e2", "LOC", "confirmed", "lexicon", None),
        ("#annotator-1", "#e3", "TIME", "confirmed", "lexicon", None),
        ("#annotator-1", "#string-range(text,4,12)", "EVENT", "confirmed", "lexicon", None),
        (None, "#string-range(text,2,9)", "LOC", "suggestion", "my%20model%20%D9%A3", None),
        ("#annotator-2", "#e1", "ORG", "manual", None, "low"),
    ]
    (record,) = find_reader("zip").read(path)
    assert isinstance(record, Record)
    assert record.notes == (FileNote("سطر\nثانٍ <&>", True, "سعاد"),)
    assert record.fields["title"] == "خبر" and record.fields["source"] == "وكالة"
    assert Entity(Span(2, 11), "ORG", "Omar", "manual", " ؟\r", True) in record.annotations
    assert Entity(Span(2, 11), "LOC", "", "suggestion:my model ٣", score=0.3) in record.annotations
    assert len(record.annotations) == 6


def test_names_nest_no_deeper_than_a_careful_parser_goes(tmp_path: Path) -> None:
    text = "ا" * 700
    given = annotated(marked(text).document, [(Span(n, 700 - n), "LOC") for n in range(300)])
    path = tmp_path / "out.zip"
    writer = find_writer("tei")
    list(writer.write([given], path, WriteOptions()))
    (back,) = writer.read_back(path, [given.document], WriteOptions())
    assert sorted(e.span for e in back.entities) == sorted(a.span for a in given.annotations)


@pytest.mark.parametrize("where", ["text", "title", "note", "label", "name"])
def test_what_xml_cannot_hold_is_refused(where: str, tmp_path: Path) -> None:
    bad = "\x0b"
    source = marked(f"⟦LOC|دمشق⟧{bad * (where == 'text')}", title=f"x{bad * (where == 'title')}")
    given = annotated(source.document, [(Span(0, 4), "LOC" + bad * (where == "label"))])
    given = AnnotatedDocument(given.document, given.annotations, (Note("a1", "k000", "x" + bad * (where == "note")),))
    names = {"a1": bad} if where == "name" else {}
    with pytest.raises(ExportError, match=r"U\+000B"):
        list(find_writer("tei").write([given], tmp_path / "out.zip", WriteOptions(names=names)))


def test_what_is_no_tei_is_told_in_a_sentence(tmp_path: Path) -> None:
    bomb = EDITION.replace("?>\n", '?>\n<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;">]>\n', 1)
    for content, says in (
        (bomb, "unsafe XML"),
        (bomb.replace("UTF-8", "utf-16").encode("utf-16"), "unsafe XML"),
        (bomb.replace("كتب", "&b;"), "unsafe XML"),
        ("<GateDocument/>", "XML with the root GateDocument"),
        ("<teiCorpus/>", "a corpus without documents"),
        (EDITION[:-40], "not valid XML"),
        ("<TEI>" + "<div>" * 5000, "nested more than 256 deep"),
        ("", "not valid XML"),
    ):
        *_, problem = read(tmp_path / "a.xml", content)
        assert isinstance(problem, Problem)
        assert says in problem.message
        assert problem.message.endswith(".")
        assert "\n" not in problem.message


def test_what_came_before_a_break_in_a_corpus_comes_in(tmp_path: Path) -> None:
    record, problem = read(tmp_path / "a.xml", "<teiCorpus><TEI><text><p>حلب</p></text></TEI><TEI><text>")
    assert isinstance(record, Record) and isinstance(problem, Problem)
    assert record.text == "حلب"


def test_a_cover_around_documents_is_none_itself(tmp_path: Path) -> None:
    one, two = "<TEI><text><p>حلب</p></text></TEI>", "<TEI><text><p>حمص</p></text></TEI>"
    header = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"
    found = read(tmp_path / "a.xml", f"<TEI>{header}{one}{two}</TEI>")
    assert [record.text for record in found if isinstance(record, Record)] == ["حلب", "حمص"]
    *_, whole = read(tmp_path / "a.xml", f"<TEI>{header}{one}<text><p>كتاب</p></text></TEI>")
    assert isinstance(whole, Record)
    assert (whole.text, whole.fields["title"]) == ("كتاب", "x")


def test_an_id_that_two_elements_have_is_no_place(tmp_path: Path) -> None:
    body = '<text><p><name xml:id="e">حلب</name> و<name xml:id="e">حمص</name></p></text>'
    spans = '<standOff><spanGrp type="entities"><span target="#e">LOC</span></spanGrp></standOff>'
    (record,) = read(tmp_path / "a.xml", f"<TEI>{body}{spans}</TEI>")
    assert isinstance(record, Record)
    assert (record.annotations, record.annotation_problems) == ((), ("#e LOC has no position in the text",))
    one = '<TEI><text><name xml:id="e">حلب</name></text></TEI>'
    assert [surfaces(each) for each in read(tmp_path / "a.xml", f"<teiCorpus>{one}{one}</teiCorpus>")] == [
        [("حلب", "name")],
        [("حلب", "name")],
    ]


def test_a_corpus_is_never_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_tei, "MAX_TEXT", 1 << 20)
    path = tmp_path / "a.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write("<teiCorpus>")
        for n in range(60):
            file.write(f"<TEI><text><p>{n} {'بغداد ' * 20_000}</p></text></TEI>\n")
        file.write("</teiCorpus>")
    reader = find_reader("tei")
    tracemalloc.start()
    try:
        found = sum(isinstance(record, Record) and len(record.text) > 100_000 for record in reader.read(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == 60
    assert peak < 4 << 20
