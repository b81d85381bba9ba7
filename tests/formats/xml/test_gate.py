"""GATE documents: as GATE writes them, as we do, and what of them cannot be taken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Origin, OriginKind
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.record import Entity, FileNote, Problem, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from tests.formats.marks import annotated, marked

GATES_OWN = """<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3">
<GateDocumentFeatures>
<Feature><Name className="java.lang.String">gate.SourceURL</Name><Value className="java.lang.String">x</Value></Feature>
</GateDocumentFeatures>
<TextWithNodes><Node id="0"/>👍 <Node id="3"/>بنك <Node id="7"/>بغداد<Node id="12"/> &amp; غيره<Node
id="18"/></TextWithNodes>
<AnnotationSet>
<Annotation Id="2" Type="Location" StartNode="7" EndNode="12"><Feature><Name className="java.lang.String">minor</Name>
<Value className="java.lang.String">city</Value></Feature></Annotation>
<Annotation Id="9" Type="Location" StartNode="7" EndNode="99"></Annotation>
</AnnotationSet>
<AnnotationSet Name="Key"><Annotation Id="3" Type="Organization" StartNode="3" EndNode="12"></Annotation>
</AnnotationSet>
<AnnotationSet Name="Original markups"><Annotation Id="0" Type="p" StartNode="0" EndNode="18"></Annotation>
</AnnotationSet>
</GateDocument>
"""


def read(path: Path, content: str | bytes) -> Record | Problem:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = find_reader("gate").read(path)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_gate_writes_is_read(encoding: str, tmp_path: Path) -> None:
    record = read(tmp_path / "a.xml", GATES_OWN.replace("UTF-8", encoding).encode(encoding))
    assert isinstance(record, Record)
    assert record.text == "👍 بنك بغداد & غيره"
    assert record.annotations == (
        Entity(Span(2, 11), "Organization", "Key"),
        Entity(Span(6, 11), "Location"),
    )
    assert record.annotation_problems == ("7-99 Location has no position in the text",)


def test_what_we_write_has_nodes_where_gate_counts_them(tmp_path: Path) -> None:
    source = marked("👍 ⟦ORG|بنك ⟦LOC|بغداد⟧⟧")
    crossing = annotated(source.document, [(Span(2, 6), "ORG"), (Span(4, 9), "LOC")])
    notes = (Note("a1", "", "سطر\nثانٍ <&>", True), Note("a1", "k000", " ؟", True))
    made = AnnotatedDocument(source.document, crossing.annotations, notes)
    path = tmp_path / "out.zip"
    assert list(find_writer("gate").write([made], path, WriteOptions(names={"a1": "سعاد"}))) == [()]
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(f"{made.document.id}.xml"))
    text = "".join(root.find("TextWithNodes").itertext())
    units = text.encode("utf-16-le")
    found = [
        (units[2 * int(a.get("StartNode", "")) : 2 * int(a.get("EndNode", ""))].decode("utf-16-le"), a.get("Type"))
        for a in root.iter("Annotation")
    ]
    assert found == [(a.span.of(text), a.label) for a in made.annotations]
    (record,) = find_reader("zip").read(path)
    assert isinstance(record, Record)
    assert record.notes == (FileNote("سطر\nثانٍ <&>", True, "سعاد"),)
    assert record.annotations[0] == Entity(Span(2, 6), "ORG", "سعاد", "confirmed:lexicon", " ؟", True)


def test_what_is_no_gate_document_is_told_in_a_sentence(tmp_path: Path) -> None:
    bomb = GATES_OWN.replace("?>\n", '?>\n<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;">]>\n', 1)
    for content, says in (
        (bomb, "unsafe XML"),
        (bomb.encode("utf-16"), "unsafe XML"),
        ("<TEI><text/></TEI>", "XML with the root TEI"),
        (GATES_OWN[:-40], "not valid XML"),
        ("<a>" * 5000, "nested more than 256 deep"),
        ("", "not valid XML"),
    ):
        problem = read(tmp_path / "a.xml", content)
        assert isinstance(problem, Problem)
        assert says in problem.message
        assert problem.message.endswith(".")
        assert "\n" not in problem.message


@pytest.mark.parametrize("where", ["text", "note", "label"])
def test_what_xml_cannot_hold_is_refused(where: str, tmp_path: Path) -> None:
    bad = "\x0b"
    source = marked(f"⟦LOC|دمشق⟧{bad * (where == 'text')}")
    given = annotated(source.document, [(Span(0, 4), "LOC" + bad * (where == "label"))])
    given = AnnotatedDocument(given.document, given.annotations, (Note("a1", "k000", "x" + bad * (where == "note")),))
    with pytest.raises(ExportError, match=r"U\+000B"):
        list(find_writer("gate").write([given], tmp_path / "out.zip", WriteOptions()))


def test_a_suggestion_that_nobody_confirmed_is_marked_and_keeps_its_score(tmp_path: Path) -> None:
    source = marked("⟦LOC|دمشق⟧ اليوم")
    origin = Origin(OriginKind.SUGGESTION, "lexicon", 0.1 + 0.2)
    given = AnnotatedDocument(source.document, (source.annotations[0]._replace(annotator="", origin=origin),))
    path = tmp_path / "out.zip"
    list(find_writer("gate").write([given], path, WriteOptions(suggestions=True)))
    (record,) = find_reader("zip").read(path)
    assert isinstance(record, Record)
    assert record.annotations == (Entity(Span(0, 4), "LOC", "", "suggestion:lexicon", score=0.1 + 0.2),)
