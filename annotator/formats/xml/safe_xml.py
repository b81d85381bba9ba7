"""Parse XML from untrusted files, and refuse text that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from annotator.domain.model.document import Document
from annotator.errors import ExportError, InputError, Message
from annotator.formats.web.html import check_damage, decode_page

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEFINES = Message("unsafe XML: it declares entities. Save it without a DOCTYPE.")
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_PIECE = 1 << 20  # bytes
_DEEPEST = 256  # nested elements
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_xml(content: bytes) -> Any:
    """Return the root of an XML file in any encoding. Nothing outside of the file is read.

    Raises InputError for a file with a DOCTYPE or entities, which is refused before it is parsed, and for what is not
    XML.
    """
    from lxml import etree

    text, is_damaged = decode_page(content)
    if is_damaged:
        check_damage(text)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError(_DEFINES)
    root: Any = None
    try:
        plain = _DECLARATION.sub("", text).encode("utf-8")
        for _, element in elements(plain[at : at + _PIECE] for at in range(0, len(plain), _PIECE)):
            root = element  # the root ends last
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise xml_error(error) from error
    return root


def elements(pieces: Iterable[bytes]) -> Iterator[tuple[str, Any]]:
    """Yield the start and end of each element, until the file is broken; raises XMLSyntaxError there.

    lxml refuses texts of more than 10 MB unless huge_tree is on, which also lifts its limits on entity bombs and depth.
    So huge_tree is on only after a first parser without it has seen that no DOCTYPE can define an entity, and the depth
    is checked here. Raises InputError for both. Ids are not collected: the documents of a corpus may each have their
    own, and lxml refuses two that are equal.
    """
    from lxml import etree

    rest = iter(pieces)
    parser = etree.XMLPullParser(events=("start", "end"), collect_ids=False, huge_tree=True, **_SAFE)
    depth = 0
    for piece in chain(_without_doctype(rest), rest):
        broken: etree.XMLSyntaxError | None = None
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            broken = error
        for event, element in parser.read_events():
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise InputError("elements are nested more than {most} deep. Export it again.", most=_DEEPEST)
            yield event, element
        if broken:
            raise broken
    parser.close()


def _without_doctype(pieces: Iterator[bytes]) -> list[bytes]:
    """Return the pieces up to the first element, checked by a parser without huge_tree.

    Raises InputError if there is a DOCTYPE, and XMLSyntaxError if there is no element.
    """
    from lxml import etree

    parser = etree.XMLPullParser(events=("start",), collect_ids=False, huge_tree=False, **_SAFE)
    seen: list[bytes] = []
    for piece in pieces:
        seen.append(piece)
        broken: etree.XMLSyntaxError | None = None
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            broken = error
        for _, root in parser.read_events():
            if root.getroottree().docinfo.doctype:
                raise InputError(_DEFINES)
            return seen
        if broken:
            raise broken
    parser.close()
    return seen


def xml_error(error: Exception) -> InputError:
    """Return the InputError for a file that is not XML, with the reason of the parser."""
    return InputError("not valid XML ({why}). Export it again.", why=" ".join(str(error).split()))


def check_xml_characters(text: str, document: Document) -> None:
    """Raise ExportError if a text of a document has a character that XML cannot hold."""
    if match := _NO_XML.search(text):
        raise ExportError(
            "The document {document} has the character {character} in its text, its title, a note, a "
            "label or a name. XML cannot store it. Export as json.",
            document=document.id,
            character=f"U+{ord(match[0]):04X}",
        )
