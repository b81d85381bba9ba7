"""spaCy's DocBin, for spacy train: every span is in the span group "sc", and those that do not overlap in ents too.

Of spans that share characters ents has the longest, without those that begin or end with a space, which spaCy does not
train on. Tokens are cut where a span begins or ends, so each span is exact. A DocBin is one block and is held in memory
as a whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError, InputError, Message
from annotator.formats.base.annotation_filter import exclude_debris, exclude_duplicates
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.read_back import read_back
from annotator.formats.base.record import Entity, Problem, Record
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.tokens.spaced_tokens import spaced_tokens
from annotator.installation import import_optional

GROUP = "sc"
_PIECE = 1 << 20  # bytes
_LARGEST = 2 << 30  # bytes, unpacked
_ID = "id"
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE")
"""The attributes of tokens; spaCy's default has ten more, which nothing here sets."""


class DocBinReader:
    """Reads a DocBin: the span group "sc" and ents, or the other groups if both are empty."""

    name = "spacy"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the documents with their spans, or a Problem if this is not a DocBin or spaCy is not installed."""
        try:
            spacy = import_optional("spacy", "spacy", InputError)
            tokens = import_optional("spacy.tokens", "spacy", InputError)
            _refuse_bomb(path)
            docs = tokens.DocBin().from_disk(path).get_docs(spacy.blank("ar").vocab)
            for number, doc in enumerate(docs, 1):
                fields = {"id": doc.user_data.get(_ID, f"{path.stem}-{number}")}
                yield Record(doc.text, fields, f"{path}, document {number}", 0, *_spans(doc))
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
        except Exception as error:  # spaCy lets any error of its parts through, for a file that is not a DocBin
            yield Problem(
                str(path), Message("not a spaCy DocBin ({kind}). Create it again.", kind=type(error).__name__)
            )


def _spans(doc: Any) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the spans in "sc" and ents, each once, or those of all groups; and the names of the groups not read."""
    found = [*doc.spans.get(GROUP, ()), *doc.ents]
    others = {name: list(group) for name, group in doc.spans.items() if name != GROUP and len(group)}
    problems = [Message("is in the span group {group}, which is not supported", group=name) for name in others if found]
    for group in () if found else others.values():
        found += group
    entities = {Entity(Span(s.start_char, s.end_char), s.label_): None for s in found if s.label_}
    bare = (s for s in found if not s.label_)
    problems += (Message("{start}-{end} has no label", start=s.start_char, end=s.end_char) for s in bare)
    return tuple(entities), tuple(problems)


def _refuse_bomb(path: Path) -> None:
    """Raise InputError if a file would expand to too much. It is expanded in pieces that are not kept."""
    unpacker = zlib.decompressobj()
    size = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            while piece and not unpacker.eof:
                size += len(unpacker.decompress(piece, _PIECE))
                piece = unpacker.unconsumed_tail
                if size > _LARGEST:
                    raise InputError("expands to more than 2 GB. Split it.")


class DocBinWriter:
    """Writes a DocBin."""

    name = "spacy"
    suffix = ".spacy"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document. Raises ExportError if spaCy is not installed."""
        spacy = import_optional("spacy", "spacy", ExportError)
        tokens = import_optional("spacy.tokens", "spacy", ExportError)
        vocab = spacy.blank("ar").vocab
        block = tokens.DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        for annotated in documents:
            doc, deviations = to_doc(vocab, annotated, options)
            block.add(doc)
            yield deviations
        path.write_bytes(block.to_bytes())

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(DocBinReader(), path, documents)


def to_doc(vocab: Any, annotated: AnnotatedDocument, options: WriteOptions) -> tuple[Any, tuple[Deviation, ...]]:
    """Return the Doc of a document for a vocabulary of spaCy, and what it does not hold exactly.

    Raises ExportError if spaCy is not installed.
    """
    kept, debris = exclude_debris(annotated, options)
    kept, duplicates = exclude_duplicates(kept)
    make = import_optional("spacy.tokens", "spacy", ExportError).Doc
    return _doc(make, vocab, annotated.document, kept), (*debris, *duplicates)


def _doc(make: Any, vocab: Any, document: Document, annotations: Sequence[Annotation]) -> Any:
    """Return the Doc of a document; make is spaCy's class Doc."""
    text = document.text
    tokens = spaced_tokens(text, [a.span for a in annotations])
    doc = make(vocab, words=[t.text for t in tokens], spaces=[t.is_spaced for t in tokens])
    doc.user_data[_ID] = document.id
    spans = [doc.char_span(a.span.start, a.span.end, a.label) for a in annotations]
    doc.spans[GROUP] = spans
    taken: list[Span] = []
    ents = []
    for annotation, span in sorted(zip(annotations, spans, strict=True), key=lambda pair: -len(pair[0].span)):
        surface = annotation.span.of(text)
        if surface == surface.strip() and not any(annotation.span.overlaps(other) for other in taken):
            taken.append(annotation.span)
            ents.append(span)
    doc.ents = ents
    return doc
