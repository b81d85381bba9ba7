"""GATE documents: a zip with one XML file per document, and in it a set of annotations for each annotator.

The text is whole, with a node wherever a span begins or ends, so nested and crossing spans are exact. An annotation has
its origin and note as features, an undecided suggestion its score too. The document has its id, and the note of each
annotator ("note:NAME", "doubtful:NAME"). Nodes are numbered by UTF-16 units, as GATE requires; reading counts the text
itself. XML cannot hold some control characters: a document with one is refused. GATE's set "Original markups", the tags
of the source page, is ignored on reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.errors import InputError, Message
from annotator.formats.base.note_fields import document_notes, note_to_json
from annotator.formats.base.record import MAX_TEXT, FileNote, Problem, Record
from annotator.formats.base.span_objects import RawSpan
from annotator.formats.base.utf16 import Utf16
from annotator.formats.base.writer import WriteOptions
from annotator.formats.json.spans import locate_spans, suggested
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.xml.safe_xml import check_xml_characters, parse_xml
from annotator.formats.zip.writer import XmlZipWriter

_STRING = "java.lang.String"
_MARKUP = "Original markups"
_ID, _NOTE, _DOUBTFUL, _YES = "id", "note", "doubtful", "true"


class GateReader:
    """Reads an .xml file of GATE with the annotations of all its sets, each under the name of its set."""

    name = "gate"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the text with its annotations, or a Problem if the file cannot be read."""
        try:
            size = path.stat().st_size
            if size > MAX_TEXT:
                raise InputError("larger than 50 MB. Split it into its articles.")
            yield _record(parse_xml(path.read_bytes()), path, size)
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)


class GateWriter(XmlZipWriter):
    """Writes the zip."""

    name = "gate"

    def to_xml(self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions) -> str:
        """Return the file of a document. Raises ExportError for a character that XML cannot hold."""
        from lxml import etree

        document = annotated.document
        root = etree.Element("GateDocument", version="3")
        features = etree.SubElement(root, "GateDocumentFeatures")
        _feature(features, _ID, document.id)
        for note in document_notes(annotated, options):
            check_xml_characters(note.text + note.annotator, document)
            if note.text:
                _feature(features, f"{_NOTE}:{note.annotator}", note.text)
            if note.doubtful:
                _feature(features, f"{_DOUBTFUL}:{note.annotator}", _YES)
        _add_text(root, document, annotations)
        units = Utf16(document.text)
        sets: dict[str, Any] = {}
        for number, annotation in enumerate(annotations, 1):
            name = options.names.get(annotation.annotator, annotation.annotator)
            check_xml_characters(name + annotation.label, document)
            if name not in sets:
                sets[name] = etree.SubElement(root, "AnnotationSet", Name=name)
            span = annotation.span
            place = {"StartNode": str(units.unit(span.start)), "EndNode": str(units.unit(span.end))}
            element = etree.SubElement(sets[name], "Annotation", Id=str(number), Type=annotation.label, **place)
            _feature(element, "origin", str(annotation.origin))
            for field, value in suggested(annotation.origin).items():
                _feature(element, field, str(value))
            for field, value in note_to_json(annotated.note_on(annotation.id)).items():
                check_xml_characters(str(value), document)
                _feature(element, field, _YES if value is True else value)
        if not sets:
            etree.SubElement(root, "AnnotationSet")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(etree.tostring(root, encoding="unicode")) + "\n"


def _feature(parent: Any, name: str, value: str) -> None:
    from lxml.etree import SubElement

    feature = SubElement(parent, "Feature")
    SubElement(feature, "Name", className=_STRING).text = name
    SubElement(feature, "Value", className=_STRING).text = value


def _add_text(root: Any, document: Document, annotations: Sequence[Annotation]) -> None:
    """Add the text, with a node at its beginning, its end, and each edge of a span."""
    from lxml.etree import SubElement

    text, units = document.text, Utf16(document.text)
    check_xml_characters(text, document)
    edges = sorted({0, len(text), *(edge for a in annotations for edge in (a.span.start, a.span.end))})
    whole = SubElement(root, "TextWithNodes")
    for at, end in zip(edges, [*edges[1:], len(text)], strict=True):
        SubElement(whole, "Node", id=str(units.unit(at))).tail = text[at:end]


def _record(root: Any, path: Path, size: int) -> Record:
    """Return the document of a file. Raises InputError if it is not a GATE document."""
    holder = root.find("TextWithNodes")
    if root.tag != "GateDocument" or holder is None:
        raise InputError(
            "XML with the root {root} is not supported. Supported: TEI, GATE, feeds (RSS, Atom), UIMA XMI and web"
            " pages.",
            root=str(root.tag)[:80],
        )
    text = holder.text or ""
    nodes: dict[str, int] = {}
    for node in holder:
        if node.get("id", "") in nodes:
            raise InputError("two nodes have the number {number}. Export it again.", number=node.get("id", ""))
        nodes[node.get("id", "")] = len(text)
        text += node.tail or ""
    found: list[RawSpan] = []
    problems: list[str] = []
    for each in root.iterfind("AnnotationSet"):
        if each.get("Name") == _MARKUP:
            continue
        for annotation in each.iterfind("Annotation"):
            label, start, end = (annotation.get(name, "") for name in ("Type", "StartNode", "EndNode"))
            said = _features(annotation) | {"annotator": each.get("Name", "")}
            said["doubtful"] = said.get("doubtful") == _YES
            said.pop("text", None)
            if start in nodes and end in nodes and label:
                found.append((nodes[start], nodes[end], label, said))
            else:
                problems.append(
                    Message("{start}-{end} {label} has no position in the text", start=start, end=end, label=label)
                )
    features = root.find("GateDocumentFeatures")
    said = _features(features) if features is not None else {}
    entities, unlocated = locate_spans(found, text)
    fields = {"id": said.get(_ID, path.stem)}
    return Record(text, fields, str(path), size, tuple(sorted(entities)), (*problems, *unlocated), _notes(said))


def _features(parent: Any) -> dict[str, Any]:
    pairs = ((f.findtext("Name"), f.findtext("Value")) for f in parent.iterfind("Feature"))
    return {name: value for name, value in pairs if name and value}


def _notes(features: dict[str, Any]) -> tuple[FileNote, ...]:
    found: dict[str, dict[str, str]] = {}
    for name, value in features.items():
        kind, colon, who = name.partition(":")
        if colon and kind in (_NOTE, _DOUBTFUL):
            found.setdefault(who, {})[kind] = value
    return tuple(FileNote(n.get(_NOTE, ""), n.get(_DOUBTFUL) == _YES, who) for who, n in sorted(found.items()))
