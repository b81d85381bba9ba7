"""TEI P5: a zip with one file per document, with names inline and every annotation in standOff.

The text is whole, in one <ab xml:space="preserve">. A confirmed span that nests with those before it is inline too, as
chapter 13 of the Guidelines says: persName, placeName, orgName, date, time, or name with its label as @type.

The record is <standOff>: a <spanGrp type="entities"> for each annotator, with a <span> for each annotation. Its content
is the label, @type and @subtype are its origin. @target is the element inline or, if another annotation crosses it or
nobody confirmed it, TEI's own pointer string-range(text,OFFSET,LENGTH), which counts characters. cert="low" is a flag,
<note> a note, <certainty> the score of a suggestion. The header has title, source, date and the notes on the document.
XML cannot hold some control characters: a document with one is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import punctuation
from typing import Any
from urllib.parse import quote

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.formats.base.note_fields import document_notes
from annotator.formats.base.writer import WriteOptions
from annotator.formats.xml.safe_xml import check_xml_characters
from annotator.formats.zip.writer import XmlZipWriter

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
ENTITIES, ON_DOCUMENT, DOUBT = "entities", "annotation", "low"
_TEXT = "text"
_DEEPEST = 50  # nested elements; safe_xml.py accepts 256
_ELEMENTS = {
    **dict.fromkeys(("pers", "per", "person"), "persName"),
    **dict.fromkeys(("loc", "location", "place", "gpe"), "placeName"),
    **dict.fromkeys(("org", "organization", "organisation"), "orgName"),
    "date": "date",
    "time": "time",
}
"""The elements for labels with a clear meaning, by the label in lower case."""
_PLAIN = punctuation.replace("%", "")
"""Characters that need no escape in the name of a suggester, apart from ASCII letters and digits."""


class TeiWriter(XmlZipWriter):
    """Writes the zip."""

    name = "tei"

    def to_xml(self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions) -> str:
        """Return the file of a document. Raises ExportError for a character that XML cannot hold."""
        from lxml import etree

        document = annotated.document
        check_xml_characters(document.text + document.title + document.source, document)
        notes = document_notes(annotated, options)
        names = [options.names.get(a.annotator, a.annotator) for a in annotations] + [note.annotator for note in notes]
        people = {name: f"annotator-{n}" for n, name in enumerate(dict.fromkeys(name for name in names if name), 1)}
        root = etree.Element("TEI", nsmap={None: NAMESPACE})
        statement = _add_header(root, document, people)
        for note in notes:
            check_xml_characters(note.text + note.annotator, document)
            place = {"type": ON_DOCUMENT} | _responsible(people, note.annotator, note.doubtful)
            etree.SubElement(statement, "note", place).text = note.text
        if not notes:
            statement.getparent().remove(statement)
        body = etree.SubElement(etree.SubElement(root, "text", {f"{XML}lang": "ar"}), "body")
        whole = etree.SubElement(body, "ab", {f"{XML}id": _TEXT, f"{XML}space": "preserve"})
        inline = _add_text(whole, document, annotations)
        stand_off = etree.SubElement(root, "standOff")
        groups: dict[str, Any] = {}
        for annotation, name in zip(annotations, names, strict=False):
            if name not in groups:
                groups[name] = etree.SubElement(
                    stand_off, "spanGrp", {"type": ENTITIES} | _responsible(people, name, doubtful=False)
                )
            _add_span(groups[name], annotated, annotation, inline)
        if not groups:
            etree.SubElement(stand_off, "spanGrp", type=ENTITIES)
        for element in (*root, *stand_off, *(span for group in stand_off for span in group)):
            element.tail = "\n"
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(etree.tostring(root, encoding="unicode")) + "\n"


def _add_header(root: Any, document: Document, people: dict[str, str]) -> Any:
    """Add the header with the people responsible for annotations; return its empty statement of notes."""
    from lxml.etree import SubElement

    file = SubElement(SubElement(root, "teiHeader"), "fileDesc")
    titles = SubElement(file, "titleStmt")
    SubElement(titles, "title").text = document.title
    for name, ident in people.items():
        check_xml_characters(name, document)
        statement = SubElement(titles, "respStmt", {f"{XML}id": ident})
        SubElement(statement, "resp").text = "annotation"
        SubElement(statement, "name").text = name
    SubElement(SubElement(file, "publicationStmt"), "p").text = "Exported by annotator."
    notes = SubElement(file, "notesStmt")
    source = SubElement(SubElement(file, "sourceDesc"), "bibl")
    SubElement(source, "idno").text = document.id
    if document.source:
        SubElement(source, "publisher").text = document.source
    if document.date:
        SubElement(source, "date", when=document.date.isoformat())
    return notes


def _responsible(people: dict[str, str], name: str, doubtful: bool) -> dict[str, str]:
    """Return the attributes for who is responsible for something, and for a flag."""
    return ({"resp": f"#{people[name]}"} if name else {}) | ({"cert": DOUBT} if doubtful else {})


def _add_text(whole: Any, document: Document, annotations: Sequence[Annotation]) -> dict[tuple[Span, str], str]:
    """Add the text with the names that can be nested; return their ids by span and label."""
    from lxml.etree import SubElement

    confirmed = {(a.span, a.label) for a in annotations if a.origin.kind is not OriginKind.SUGGESTION}
    text, cursor = document.text, 0
    opened: list[tuple[Any, int]] = [(whole, len(text))]
    inline: dict[tuple[Span, str], str] = {}

    def write_up_to(place: int) -> None:
        """Write the text up to an offset into the innermost open element."""
        nonlocal cursor
        element, piece = opened[-1][0], text[cursor:place]
        if len(element):
            element[-1].tail = piece
        else:
            element.text = piece
        cursor = place

    def close_before(place: int) -> None:
        """Close the elements that end at this offset or before."""
        while len(opened) > 1 and opened[-1][1] <= place:
            write_up_to(opened[-1][1])
            opened.pop()

    for span, label in sorted(confirmed, key=lambda each: (each[0].start, -each[0].end, each[1])):
        close_before(span.start)
        if opened[-1][1] < span.end or len(opened) > _DEEPEST:
            continue
        write_up_to(span.start)
        inline[span, label] = f"e{len(inline) + 1}"
        typed = {} if not label or any(map(str.isspace, label)) else {"type": label}
        check_xml_characters(label, document)
        element = SubElement(
            opened[-1][0], _ELEMENTS.get(label.lower(), "name"), {f"{XML}id": inline[span, label]} | typed
        )
        opened.append((element, span.end))
    close_before(len(text))
    write_up_to(len(text))
    return inline


def _add_span(
    group: Any, annotated: AnnotatedDocument, annotation: Annotation, inline: dict[tuple[Span, str], str]
) -> None:
    """Add an annotation to those of its annotator."""
    from lxml.etree import SubElement

    (start, end), origin, label = (annotation.span.start, annotation.span.end), annotation.origin, annotation.label
    suggested = origin.kind is OriginKind.SUGGESTION
    element = "" if suggested else inline.get((annotation.span, label), "")
    target = f"#{element}" if element else f"#string-range({_TEXT},{start},{end - start})"
    note, doubtful = annotated.note_on(annotation.id)
    check_xml_characters(label + note, annotated.document)
    said = {"type": origin.kind.value} | ({"subtype": quote(origin.suggester, _PLAIN)} if origin.suggester else {})
    span = SubElement(group, "span", {"target": target} | said | ({"cert": DOUBT} if doubtful else {}))
    span.text = label
    if suggested:
        SubElement(span, "certainty", locus="value", degree=str(origin.score))
    if note:
        SubElement(span, "note").text = note
