"""UIMA CAS XMI: a zip with one file per document, with the types of DKPro Core, and TypeSystem.xml.

Each span is a NamedEntity with its label as value. Texts are whole. Offsets in the files count UTF-16 units, as Java
does, and INCEpTION imports them. XML cannot hold some control characters: a document with one is refused.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError, InputError, Message
from annotator.formats.base.annotation_filter import exclude_debris, exclude_duplicates
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.read_back import read_back
from annotator.formats.base.record import MAX_TEXT, Entity, Problem, Record
from annotator.formats.base.span_objects import is_int
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.zip.reader import ZipReader
from annotator.formats.zip.writer import add_member
from annotator.installation import import_optional
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
_ENTITY = _DKPRO + "ner.type.NamedEntity"
_TOKEN = _DKPRO + "segmentation.type.Token"
_SENTENCE = _DKPRO + "segmentation.type.Sentence"
_CUSTOM = "webanno.custom."
_TYPES = "TypeSystem.xml"
_XMI_ID = re.compile(rb"\sxmi:id=[\"']([\w.-]{1,40})[\"']")
_UNKNOWN = re.compile(r"Type with name \[([^\]]+)\] not found")
_UTF_8 = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml version=[\"']1\.[01][\"'] encoding=[\"']utf-8[\"']", re.I)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class XmiReader:
    """Reads an .xmi file with the types of DKPro Core, or those of the TypeSystem.xml in the same folder."""

    name = "xmi"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the text with its named entities, or a Problem if the file cannot be read."""
        try:
            cassis = import_optional("cassis", "uima", InputError)
            if path.stat().st_size > 4 * MAX_TEXT:
                raise InputError("larger than 200 MB. Split it into its articles.")
            content = path.read_bytes()
            if b"\x00" in content:
                raise InputError("not UTF-8. Save it as UTF-8.")
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise InputError("unsafe XML: it declares entities. Save it without a DOCTYPE.")
            ids = Counter(_XMI_ID.findall(content))
            if ids and ids.most_common(1)[0][1] > 1:
                raise InputError(
                    "two elements have the id {id}. Export it again.", id=ids.most_common(1)[0][0].decode()
                )
            types = path.with_name(_TYPES)
            if types.is_file():
                types_content = types.read_bytes()
                if b"<!DOCTYPE" in types_content:
                    raise InputError("unsafe XML: {file} has a DOCTYPE. Save it without one.", file=_TYPES)
                system = _read_types(types_content)
            else:
                system = _types(cassis)
            # lxml needs huge_tree for long texts. It is safe here: the check above has excluded entities.
            trusted = _UTF_8.match(content) is not None
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                cas = cassis.load_cas_from_xmi(BytesIO(content), typesystem=system, lenient=True, trusted=trusted)
            text = cas.sofa_string or ""
            named = cas.select(_ENTITY) if cas.typesystem.contains_type(_ENTITY) else ()
            found = [(a.begin, a.end, a.get("value") or "") for a in named]
            entities, messages = _fitting(found, text)
            unknown = Counter(match[1] for each in warned if (match := _UNKNOWN.search(str(each.message))))
            problems = (*messages, *_others(cas, unknown))
            record = Record(text, {"id": path.stem}, str(path), path.stat().st_size, entities, problems)
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
        except Exception as error:  # cassis lets any error of its parts through, for a file that is not XMI
            yield Problem(
                str(path),
                Message(
                    "not valid CAS XMI ({kind}: {why}). Export it again.",
                    kind=type(error).__name__,
                    why=error,
                ),
            )
        else:
            yield record


def _fitting(found: Iterable[tuple[Any, Any, Any]], text: str) -> tuple[tuple[Entity, ...], list[str]]:
    """Return the entities that have a label and are inside the text, and a message for each of the others."""
    entities: list[Entity] = []
    messages: list[str] = []
    for start, end, label in found:
        if label and is_int(start) and is_int(end) and 0 <= start < end <= len(text):
            entities.append(Entity(Span(start, end), label))
        else:
            said = Message(
                "{start}-{end} {label} is outside the text, or has no label", start=start, end=end, label=label
            )
            messages.append(said)
    return tuple(sorted(entities)), messages


def _others(cas: Any, unknown: Mapping[str, int]) -> Iterator[str]:
    """Say which other texts and which custom layers of INCEpTION a file holds, since they are not read.

    unknown counts what has a type that no TypeSystem.xml describes.
    """
    for sofa in cas.sofas:
        if sofa.sofaID != cas.get_sofa().sofaID and sofa.sofaString:
            yield Message("may be in the view {view}, which is not supported", view=sofa.sofaID)
    custom = [kind.name for kind in cas.typesystem.get_types() if kind.name.startswith(_CUSTOM)]
    counts = {kind: len(list(cas.select(kind))) for kind in custom} | dict(unknown)
    for kind, count in sorted(counts.items()):
        if count:
            yield Message("is one of {count} of the type {kind}, which is not NamedEntity", count=count, kind=kind)


class XmiWriter:
    """Writes the zip."""

    name = "xmi"
    suffix = ".zip"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document.

        Raises ExportError for a character that XML cannot hold, and if cassis is not installed.
        """
        cassis = import_optional("cassis", "uima", ExportError)
        system = _types(cassis)
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                document = annotated.document
                if match := _NO_XML.search(document.text):
                    raise ExportError(
                        "The document {document} has the character U+{code:04X} at {character}. XML "
                        "cannot store it. Export as json.",
                        document=document.id,
                        code=ord(match[0]),
                        character=match.start(),
                    )
                kept, deviations = exclude_debris(annotated, options)
                kept, doubles = exclude_duplicates(kept)
                add_member(archive, f"{document.id}.xmi", _cas(cassis, system, document, kept).to_xmi().encode("utf-8"))
                yield (*deviations, *doubles)
            add_member(archive, _TYPES, system.to_xml().encode("utf-8"))

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document. Raises ExportError if it does not match."""
        return read_back(ZipReader(), path, documents)


@lru_cache(maxsize=4)
def _read_types(content: bytes) -> Any:
    """Return the types of a TypeSystem.xml. The files of one export share them, so they are parsed once."""
    return import_optional("cassis", "uima", InputError).load_typesystem(BytesIO(content))


@cache
def _types(cassis: Any) -> Any:
    """Return the types of DKPro Core, which take a while to read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # cassis opens its file with a deprecated function
        return cassis.load_dkpro_core_typesystem()


def _cas(cassis: Any, system: Any, document: Document, annotations: Sequence[Annotation]) -> Any:
    cas = cassis.Cas(typesystem=system, document_language="ar")
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    tokens = tokenize(document.text)
    places = [(_SENTENCE, s.span) for s in split_sentences(document.text, tokens)]
    places += [(_TOKEN, token.span) for token in tokens]
    for name, span in places:
        cas.add(system.get_type(name)(begin=span.start, end=span.end))
    entity = system.get_type(_ENTITY)
    for a in annotations:
        cas.add(entity(begin=a.span.start, end=a.span.end, value=a.label))
    return cas
