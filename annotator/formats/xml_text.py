"""XML that is not trusted, and text that XML cannot hold."""

from __future__ import annotations

import re
from typing import Any

from annotator.domain.document import Document
from annotator.errors import ExportError, InputError
from annotator.formats.read_html import decode_page, refuse_damage

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_xml(content: bytes) -> Any:
    """Return the root of an XML file in any encoding, parsed by lxml without entities and without a look elsewhere.

    Raises InputError for a file with a DOCTYPE or entities, which is refused unread, and for what is no XML.
    """
    from lxml import etree

    text, is_damaged = decode_page(content)
    if is_damaged:
        refuse_damage(text)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("it defines entities, as XML bombs do; write it anew without a DOCTYPE.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(_DECLARATION.sub("", text).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        why = " ".join(str(error).split())
        raise InputError("it is no XML that can be read ({why}); write it anew.", why=why) from error


def refuse_what_xml_lacks(text: str, document: Document) -> None:
    """Raise ExportError where a text that goes with a document has a character that XML cannot hold."""
    if match := _NO_XML.search(text):
        raise ExportError(
            "The document {document} has the character {character} in its text, its title, a note, a label or a name, "
            "which XML cannot hold; export as json.",
            document=document.id,
            character=f"U+{ord(match[0]):04X}",
        )
