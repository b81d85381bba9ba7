"""XML that is not trusted, and text that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from annotator.domain.model.document import Document
from annotator.errors import ExportError, InputError, Message
from annotator.formats.web.html import check_damage, decode_page

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEFINES = Message("it defines entities, as XML bombs do; write it anew without a DOCTYPE.")
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_PIECE = 1 << 20  # bytes
_DEEPEST = 256  # elements in one another
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_xml(content: bytes) -> Any:
    """Return the root of an XML file in any encoding, parsed by lxml without entities and without a look elsewhere.

    Raises InputError for a file with a DOCTYPE or entities, which is refused unread, and for what is no XML.
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
            root = element  # the last one to end is the first
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise xml_error(error) from error
    return root


def elements(pieces: Iterable[bytes]) -> Iterator[tuple[str, Any]]:
    """Yield the beginning and the end of each element up to where a file is broken; raises XMLSyntaxError there.

    lxml refuses texts of more than 10 MB unless it is told to allow whatever is huge. So it is only where no entity can
    be defined, whose bombs it would allow too, and the depth is looked after here. Raises InputError for both. Ids are
    not collected, since the documents of a corpus may each have their own, and lxml refuses two alike.
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
                raise InputError(
                    "its elements stand more than {most} deep in one another; write it anew.", most=_DEEPEST
                )
            yield event, element
        if broken:
            raise broken
    parser.close()


def _without_doctype(pieces: Iterator[bytes]) -> list[bytes]:
    """Return the pieces up to the first element, which a parser has seen that allows nothing huge.

    Raises InputError where a DOCTYPE stands before it, and XMLSyntaxError where there is no element.
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
    """Return what is to be raised for a file that is no XML, where the parser says this."""
    return InputError("it is no XML that can be read ({why}); write it anew.", why=" ".join(str(error).split()))


def check_xml_characters(text: str, document: Document) -> None:
    """Raise ExportError where a text that goes with a document has a character that XML cannot hold."""
    if match := _NO_XML.search(text):
        raise ExportError(
            "The document {document} has the character {character} in its text, its title, a note, a label or a name, "
            "which XML cannot hold; export as json.",
            document=document.id,
            character=f"U+{ord(match[0]):04X}",
        )
