"""Read TEI P5, ours and others': single documents, and whole corpora in one file (teiCorpus), document by document.

What formats/tei/writer.py wrote is read back as it was. In other files persName, placeName, orgName, geogName and the
like are annotations with their own name as label, and their @type after a slash ("orgName/military"); name and rs have
their @type alone ("PER"). A <spanGrp type="entities"> anywhere is read as ours, also over words by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from annotator.errors import InputError, Message
from annotator.formats.base.record import MAX_TEXT, FileNote, Problem, Record
from annotator.formats.base.span_objects import RawSpan
from annotator.formats.json.spans import locate_spans
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.tei.body import ElementRange, TeiText, local_name, read_body
from annotator.formats.tei.writer import DOUBT, ENTITIES, ON_DOCUMENT, XML
from annotator.formats.xml.safe_xml import elements, xml_error

_CHUNK = 1 << 16  # bytes
_ROOTS = ("TEI", "TEI.2", "teiCorpus")
_GENERIC = frozenset(("name", "rs"))
_NAMES = _GENERIC | {
    *("persName", "placeName", "orgName", "geogName", "eventName", "objectName"),
    *("bloc", "country", "region", "district", "settlement"),
    *("date", "time"),
}
_POINTER = re.compile(r"#string-range\(\s*([^,\s#()]+)\s*,\s*(\d{1,9})\s*,\s*(\d{1,9})\s*\)|#([^\s#]+)")
_SOURCE = ("sourceDesc//publisher", "sourceDesc//bibl/title", "publicationStmt/publisher")
_DAY = ("sourceDesc//date", "creation/date", "setting/date", "publicationStmt/date")
_ID = ("sourceDesc//idno", "publicationStmt/idno")


class TeiReader:
    """Reads an .xml file with the root TEI or teiCorpus."""

    name = "tei"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the text of each document with its annotations, or a Problem if the rest of the file cannot be read."""
        from lxml import etree

        try:
            with path.open("rb") as file:
                source = _Counted(file)
                found = 0
                for root, element in _documents(source):
                    found += 1
                    is_corpus = local_name(root) == _ROOTS[-1]
                    place = f"{path}, TEI {found}" if is_corpus else str(path)
                    name = f"{path.stem}-{found}" if is_corpus else path.stem
                    yield _record(element, name, place, source.offset)
                if not found:
                    raise InputError("a corpus without documents. Choose one with a TEI element.")
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
        except etree.XMLSyntaxError as error:
            yield Problem(str(path), xml_error(error).message)


class _Counted:
    """A file object that raises InputError when one document grows too large."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.offset = self.begun = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises InputError if one document has more than the limit."""
        piece = self._file.read(size)
        self.offset += len(piece)
        if self.offset - self.begun > MAX_TEXT:
            raise InputError("a document is larger than 50 MB. Split it into its articles.")
        return piece


def _pieces(source: _Counted) -> Iterator[bytes]:
    while piece := source.read(_CHUNK):
        yield piece


def _documents(source: _Counted) -> Iterator[tuple[Any, Any]]:
    """Yield the root of the file and each document, which is cleared afterwards. Entities are never resolved.

    Raises InputError for a file with a DOCTYPE, and for what is not TEI.
    """
    root: Any = None
    for event, element in elements(_pieces(source)):
        if root is None:
            root = element
            if local_name(root) not in _ROOTS:
                raise InputError(
                    "XML with the root {root}, not TEI. Let the program detect the format.",
                    root=str(root.tag)[:80],
                )
        if event == "end" and local_name(element) in _ROOTS[:-1]:
            if not any(local_name(child) in _ROOTS for child in element) or element.find("{*}text") is not None:
                yield root, element  # otherwise it only wraps other TEI elements
            element.clear()
            if element is not root and local_name(before := element.getprevious()) in _ROOTS:
                element.getparent().remove(before)
            source.begun = source.offset


def _record(tei: Any, name: str, place: str, offset: int) -> Record:
    body = TeiText()
    for child in tei:
        if local_name(child) == "text":
            body = read_body(child)
            break
    by_id: dict[str, ElementRange | None] = {}
    for each in body.places:
        if ident := each.element.get(f"{XML}id"):
            by_id[ident] = None if ident in by_id else each
    people = {ident: _text(each) for each in tei.iter() if (ident := each.get(f"{XML}id")) and _is_person(each)}
    found: list[RawSpan] = []
    problems: list[str] = []
    recorded: set[str] = set()
    for group in tei.iter("{*}spanGrp"):
        if group.get("type") != ENTITIES:
            continue
        for span in group.iterfind("{*}span"):
            label, target = span.text or "", span.get("target") or " ".join(filter(None, map(span.get, ("from", "to"))))
            recorded.update(ident for *_, ident in _POINTER.findall(target) if ident)
            where = _where(target, by_id, body.text)
            if where and label:
                found.append((*where, label, _said(span, people, span.get("resp") or group.get("resp") or "")))
            else:
                problems.append(
                    Message("{target} {label} has no position in the text", target=target[:80], label=label)
                )
    for each in body.places:
        kind = local_name(each.element)
        if kind in _NAMES and each.start < each.end and each.element.get(f"{XML}id") not in recorded:
            found.append((each.start, each.end, _label(each.element, kind), {}))
    entities, unlocated = locate_spans(found, body.text)
    return Record(
        body.text,
        _fields(tei, name),
        place,
        offset,
        tuple(sorted(entities)),
        (*problems, *unlocated),
        tuple(_notes(tei, people)),
    )


def _label(element: Any, kind: str) -> str:
    """Return the label for an element name in a file that is not ours."""
    typed = " ".join((element.get("type") or "").split())
    if kind in _GENERIC:
        return typed or kind
    return f"{kind}/{typed}" if typed else kind


def _where(target: str, by_id: Mapping[str, ElementRange | None], text: str) -> tuple[int, int] | None:
    """Return the span that pointers point to; None if they point nowhere, or have more than spaces between them.

    An id that two elements have (None) points nowhere.
    """
    spans: list[tuple[int, int]] = []
    for within, offset, length, ident in _POINTER.findall(target):
        place = by_id.get(within or ident)
        if place is None:
            return None
        if ident:
            spans.append((place.start, place.end))
        elif place.is_whole():
            first = place.start + int(offset)
            spans.append((first, first + int(length)))
        else:
            return None  # the pointer counts characters that were not kept
    spans.sort()
    if not spans or any(text[end:start].strip() for (_, end), (start, _) in pairwise(spans)):
        return None
    return spans[0][0], max(end for _, end in spans)


def _said(span: Any, people: dict[str, str], who: str) -> dict[str, Any]:
    """Return what a span says apart from its label."""
    kind, suggester = span.get("type") or "", unquote(span.get("subtype") or "")
    certainty, note = span.find("{*}certainty"), span.find("{*}note")
    return {
        "annotator": people.get(who.removeprefix("#"), who.removeprefix("#")),
        "origin": f"{kind}:{suggester}" if suggester else kind,
        "score": certainty.get("degree") if certainty is not None else 0.0,
        "note": "" if note is None else note.text or "",
        "doubtful": span.get("cert") == DOUBT,
    }


def _is_person(element: Any) -> bool:
    """Return True if an element of the header names somebody who may be responsible for something."""
    return local_name(element) in ("respStmt", "person", "editor", "author", "application")


def _text(element: Any) -> str:
    """Return the name in a statement of responsibility, or the text of another element."""
    for child in element:
        if local_name(child) in ("name", "persName", "orgName"):
            return "".join(child.itertext())
    return "".join(element.itertext())


def _notes(tei: Any, people: dict[str, str]) -> Iterator[FileNote]:
    """Yield the annotators' notes on the document."""
    for note in tei.iterfind("{*}teiHeader/{*}fileDesc/{*}notesStmt/{*}note"):
        if note.get("type") == ON_DOCUMENT:
            who = (note.get("resp") or "").removeprefix("#")
            yield FileNote(note.text or "", note.get("cert") == DOUBT, people.get(who, who))


def _fields(tei: Any, name: str) -> dict[str, Any]:
    """Return title, date, source, author and id from the header."""
    header = tei.find("{*}teiHeader")
    day = _first(header, _DAY)
    fields = {
        "id": _plain(_first(header, _ID)) or tei.get(f"{XML}id") or name,
        "title": _plain(_first(header, ("titleStmt/title",))),
        "date": (day.get("when") or _plain(day)) if day is not None else "",
        "source": _plain(_first(header, _SOURCE)),
        "author": _plain(_first(header, ("titleStmt/author",))),
    }
    return {field: value for field, value in fields.items() if value}


def _first(header: Any, paths: tuple[str, ...]) -> Any:
    """Return the first element at one of these paths in the header, or None."""
    for path in paths if header is not None else ():
        steps = re.sub(r"(?<![/\w])(?=\w)|(?<=/)(?=\w)", "{*}", path)
        found = header.find(f".//{steps}")
        if found is not None:
            return found
    return None


def _plain(element: Any) -> str:
    """Return the text of an element on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
