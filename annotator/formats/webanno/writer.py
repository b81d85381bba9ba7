"""WebAnno TSV 3.3, which INCEpTION exports: a zip with one file per document, with the layer NamedEntity.

Offsets are UTF-16 units. A span with an edge inside a token is on a sub-token (1-3.1), so each span that covers a word
is exact, nested ones too. The format keeps only the length of what is between two sentences, and reading puts line ends
there; spaces within a sentence are in #Text=. An empty line is before each sentence and none at the end, and
backslashes are before characters with a meaning, as INCEpTION's reader requires (Tsv3XDeserializer, Escaping).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.read_back import read_back
from annotator.formats.base.utf16 import Utf16
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.conll.writer import check_label
from annotator.formats.zip.reader import ZipReader
from annotator.formats.zip.writer import add_member
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

_LAYER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")
_RESERVED_IN_TEXT = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
SHORT = {"\t": "t", "\n": "n", "\r": "r", "\f": "f", "\b": "b"}


class WebannoWriter:
    """Writes the zip."""

    name = "webanno"
    suffix = ".zip"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document. Raises ExportError for a label with a space in it."""
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                kept, deviations = exclude_debris(annotated, options)
                words = tokenize(annotated.document.text)
                placed, more_deviations = _placed(kept, words)
                add_member(archive, f"{annotated.document.id}.tsv", _tsv(annotated.document.text, words, placed))
                yield (*deviations, *more_deviations)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document. Raises ExportError if it does not match."""
        return read_back(ZipReader(), path, documents, blank=True)


def _placed(
    annotations: Sequence[Annotation], words: Sequence[Token]
) -> tuple[list[tuple[Span, str]], list[Deviation]]:
    """Return the spans without spaces at their edges, each once, and the deviations of the others."""
    placed: dict[tuple[Span, str], Annotation] = {}
    deviations: list[Deviation] = []
    for annotation in annotations:
        check_label(annotation.label)
        span = annotation.span
        inside = _within(words, span)
        if not inside:
            deviations.append(Deviation(annotation, DeviationKind.LEFT_OUT, Reason.ONLY_SPACE))
            continue
        whole = Span(max(span.start, words[inside[0]].start), min(span.end, words[inside[-1]].end))
        kind = DeviationKind.ADAPTED if whole == span else DeviationKind.ALTERED
        equal = placed.setdefault((whole, annotation.label), annotation)
        if equal is not annotation:
            deviations.append(Deviation(annotation, kind, Reason.SAME_SPAN, whole, equal))
        elif whole != span:
            deviations.append(Deviation(annotation, kind, Reason.EDGE_SPACE, whole))
    return sorted(placed, key=lambda p: (p[0].start, -p[0].end, p[1])), deviations


def _within(words: Sequence[Token], span: Span) -> range:
    """Return the numbers of the words that share characters with a span."""
    first = bisect_right(words, span.start, key=lambda word: word.end)
    return range(first, max(first, bisect_left(words, span.end, key=lambda word: word.start)))


def _tsv(text: str, words: Sequence[Token], placed: Sequence[tuple[Span, str]]) -> str:
    units = Utf16(text)
    over: dict[int, list[tuple[int, Span, str]]] = {}
    for n, (span, label) in enumerate(placed, 1):
        for index in _within(words, span):
            over.setdefault(index, []).append((n, span, label))
    lines = ["#FORMAT=WebAnno TSV 3.3", _LAYER, ""]
    for number, sentence in enumerate(split_sentences(text, words), 1):
        lines += ["", *(f"#Text={_escape_text(line)}" for line in sentence.span.of(text).split("\n"))]
        for at, index in enumerate(_within(words, sentence.span), 1):
            word, touching = words[index], over.get(index, ())
            whole = [(n, label) for n, span, label in touching if span.covers(word.span)]
            lines.append(_row(f"{number}-{at}", word.span, word.text, whole, units))
            parts: dict[Span, list[tuple[int, str]]] = {}
            for n, span, label in touching:
                if not span.covers(word.span):
                    piece = Span(max(span.start, word.start), min(span.end, word.end))
                    parts.setdefault(piece, []).append((n, label))
            for sub, piece in enumerate(sorted(parts), 1):
                lines.append(_row(f"{number}-{at}.{sub}", piece, piece.of(text), parts[piece], units))
    return "\n".join(lines) + "\n"


def _row(place: str, span: Span, text: str, entities: Sequence[tuple[int, str]], units: Utf16) -> str:
    where = f"{units.unit(span.start)}-{units.unit(span.end)}"
    values = "|".join(f"{_escape(label)}[{number}]" for number, label in entities) or "_"
    names = "|".join(f"*[{number}]" for number, _ in entities) or "_"
    return "\t".join((place, where, _escape(text), names, values, ""))


def _escape(text: str) -> str:
    """Return a word or value with backslashes before characters with a meaning in the format."""
    return _RESERVED.sub(lambda match: "\\" + SHORT.get(match[0], match[0]), text)


def _escape_text(text: str) -> str:
    """Return a line of the text with backslashes before control characters and backslashes."""
    return _RESERVED_IN_TEXT.sub(lambda match: "\\" + SHORT.get(match[0], match[0]), text)
