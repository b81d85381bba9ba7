r"""WebAnno TSV 3.3, which INCEpTION exports: a zip of a file for each document, with the layer NamedEntity.

Offsets are UTF-16 units. A span whose edge lies inside a token stands on a sub-token (1-3.1), so each span that covers
a word is exact, nested ones too. What stands between two sentences is not in such a file but by its length: reading
puts line ends there; spaces within a sentence stand in #Text=. An empty line stands before each sentence and none at
the end, and backslashes before what has a meaning, as INCEpTION's reader asks (Tsv3XDeserializer, Escaping).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from annotator.domain.annotation import Annotation
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document, Token
from annotator.domain.span import Span
from annotator.errors import InputError, Sentence
from annotator.formats.debris import annotations_outside_debris
from annotator.formats.encoding import read_text
from annotator.formats.json_spans import Parts, fit
from annotator.formats.read_zip import ZipReader
from annotator.formats.record import MAX_TEXT, Problem, Record
from annotator.formats.remark import Fate, Reason, Remark
from annotator.formats.reread import read_back
from annotator.formats.utf16 import Utf16
from annotator.formats.write_conll import check_label
from annotator.formats.writer import ReadBack, WriteOptions
from annotator.formats.zipped import add_member
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

OPENING = "#FORMAT=WebAnno TSV 3"
_LAYER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")
_RESERVED_IN_TEXT = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;*tn])")
_ESCAPED_IN_TEXT = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([tnrfb\\\x00-\x1f]))")
_SHORT = {"\t": "t", "\n": "n", "\r": "r", "\f": "f", "\b": "b"}
_LONG = {letter: character for character, letter in _SHORT.items()}
_ROW = re.compile(r"(\d+-\d+)(\.\d+)?\t(\d{1,9})-(\d{1,9})\t([^\t]*)(?:\t(.*))?")
_VALUE = re.compile(r"((?:\\.|[^\[|\\])*+)(?:\[(\d+)\])?(?:\||$)")
_WITH_CODES = re.compile(r"\S+ TSV 3\.[01]\b")  # whose texts may have \u0041


class WebannoWriter:
    """Writes the zip."""

    name = "webanno"
    suffix = ".zip"
    holds_annotators = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Remark, ...]]:
        """Write the file, yielding the remarks on each document; raises ExportError for a label with a space in it."""
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                kept, remarks = annotations_outside_debris(annotated, options)
                words = tokenize(annotated.document.text)
                placed, told = _placed(kept, words)
                add_member(archive, f"{annotated.document.id}.tsv", _tsv(annotated.document.text, words, placed))
                yield (*remarks, *told)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document; raises ExportError where it does not fit."""
        return read_back(ZipReader(), path, documents, blank=True)


def _placed(annotations: Sequence[Annotation], words: Sequence[Token]) -> tuple[list[tuple[Span, str]], list[Remark]]:
    """Return the spans without the spaces at their edges, each once, and what is said of the others."""
    placed: dict[tuple[Span, str], Annotation] = {}
    remarks: list[Remark] = []
    for annotation in annotations:
        check_label(annotation.label)
        span = annotation.span
        inside = _within(words, span)
        if not inside:
            remarks.append(Remark(annotation, Fate.LEFT_OUT, Reason.ONLY_SPACE))
            continue
        whole = Span(max(span.start, words[inside[0]].start), min(span.end, words[inside[-1]].end))
        fate = Fate.ADAPTED if whole == span else Fate.ALTERED
        stands = placed.setdefault((whole, annotation.label), annotation)
        if stands is not annotation:
            remarks.append(Remark(annotation, fate, Reason.SAME_SPAN, whole, stands))
        elif whole != span:
            remarks.append(Remark(annotation, fate, Reason.EDGE_SPACE, whole))
    return sorted(placed, key=lambda p: (p[0].start, -p[0].end, p[1])), remarks


def _within(words: Sequence[Token], span: Span) -> range:
    """Return the numbers of the words that share characters with a span."""
    first = bisect_right(words, span.start, key=lambda word: word.end)
    return range(first, max(first, bisect_left(words, span.end, key=lambda word: word.start)))


def _tsv(text: str, words: Sequence[Token], placed: Sequence[tuple[Span, str]]) -> str:
    """Return the file of a document."""
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
    """Return the line of a token or sub-token."""
    where = f"{units.unit(span.start)}-{units.unit(span.end)}"
    values = "|".join(f"{_escape(label)}[{number}]" for number, label in entities) or "_"
    names = "|".join(f"*[{number}]" for number, _ in entities) or "_"
    return "\t".join((place, where, _escape(text), names, values, ""))


def _escape(text: str) -> str:
    """Return a word or value with backslashes before what has a meaning in the format."""
    return _RESERVED.sub(lambda match: "\\" + _SHORT.get(match[0], match[0]), text)


def _escape_text(text: str) -> str:
    """Return a line of the text with backslashes before control characters and backslashes."""
    return _RESERVED_IN_TEXT.sub(lambda match: "\\" + _SHORT.get(match[0], match[0]), text)


def _unescape(text: str) -> str:
    """Return what _escape was given; a backslash before what has no meaning stands for itself, as in INCEpTION."""
    return _ESCAPED.sub(lambda match: _LONG.get(match[1], match[1]), text) if "\\" in text else text


def _unescape_text(text: str, *, codes: bool) -> str:
    """Return what _escape_text was given; codes says that a u and four digits are the number of a character."""

    def plain(match: re.Match[str]) -> str:
        """Return what an escape stands for."""
        if match[1]:
            return chr(int(match[1], 16)) if codes else match[0]
        return _LONG.get(match[2], match[2])

    return _ESCAPED_IN_TEXT.sub(plain, text) if "\\" in text else text


@dataclass(slots=True)
class _Sheet:
    """What was read of a file: characters by their UTF-16 unit, and for each entity its label and places in units.

    bare are the entities without a label, words the tokens as they are written.
    """

    column: int
    pieces: list[tuple[int, str]] = field(default_factory=list)
    entities: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    bare: set[str] = field(default_factory=set)
    words: list[tuple[int, int, str]] = field(default_factory=list)


def read_webanno(path: Path) -> Iterator[Record | Problem]:
    """Yield the text of a file with the values of its layer NamedEntity, or of its first layer; raises InputError."""
    if path.stat().st_size > 4 * MAX_TEXT:
        raise InputError("it is larger than 200 MB; split it into its articles.")
    content = read_text(path)
    layers = [line.removeprefix("#T_SP=").split("|") for line in content.split("\n") if line.startswith("#T_SP=")]
    at = 0
    column = -1
    for layer in layers:
        if column < 0 or "NamedEntity" in layer[0]:
            column = at + (layer.index("value") - 1 if "value" in layer else max(len(layer) - 2, 0))
        at += max(len(layer) - 1, 1)
    if column < 0:
        raise InputError("it has no layer of spans (#T_SP=); export it with its layer of named entities.")
    sheet = _Sheet(column)
    codes = bool(_WITH_CODES.match(content))
    for number, line in enumerate(content.split("\n"), 1):
        if match := _ROW.fullmatch(line.rstrip("\r")):
            _take(match, sheet)
        elif line.strip() and not line.startswith("#"):
            said = Sentence(
                "may stand in line {number}, which is no line of a word ({line!r})", number=number, line=line[:40]
            )
            sheet.misfits.append(said)
        elif line.startswith("#Text="):
            sheet.lines.append(_unescape_text(line.removeprefix("#Text=").rstrip("\r"), codes=codes))
    yield _record(path, sheet)


def _take(match: re.Match[str], sheet: _Sheet) -> None:
    """Take the line of a token or sub-token."""
    start, end = int(match[3]), int(match[4])
    if not match[2]:
        sheet.words.append((start, end, match[5]))
        _place_lines(sheet, start, match[5])
    cells = (match[6] or "").split("\t")
    values = cells[sheet.column] if sheet.column < len(cells) else "_"
    for place, (value, number) in enumerate(_read_values(values, match[1], sheet) if values != "_" else ()):
        key = number or f"{match[1]}{match[2] or ''}|{place}"
        if value == "*" and key not in sheet.bare:
            sheet.bare.add(key)
            sheet.misfits.append(Sentence("at {place} has no label", place=match[1]))
        if value in ("", "*"):
            continue
        label = _unescape(value)
        other, first, last = sheet.entities.get(key, (label, start, end))
        if other != label:
            said = Sentence("{place} {label} has the number of a {other}", place=match[1], label=label, other=other)
            sheet.misfits.append(said)
            continue
        sheet.entities[key] = (label, min(first, start), max(last, end))


def _read_values(cell: str, at: str, sheet: _Sheet) -> Iterator[tuple[str, str]]:
    """Yield the values of a cell and their numbers, up to what is none, which is told."""
    end = 0
    while end < len(cell):
        match = _VALUE.match(cell, end)
        if match is None:
            sheet.misfits.append(
                Sentence("at {place} has no value that can be read ({cell!r})", place=at, cell=cell[end : end + 40])
            )
            return
        yield match[1], match[2] or ""
        end = match.end()


def _place_lines(sheet: _Sheet, start: int, word: str) -> None:
    """Take a token, before which the text of its sentence stands where the token is its first.

    The sentence begins with the token, escaped or as it is, or else with spaces, which the format does not allow.
    """
    if sheet.lines:
        whole = "\n".join(sheet.lines)
        before = 0 if whole.startswith((word, _unescape(word))) else len(whole) - len(whole.lstrip())
        sheet.pieces.append((start - before, whole))
        sheet.lines.clear()


def _stands(word: str, text: str, at: int | None) -> bool:
    """Tell whether a word, escaped or as it is, stands at a place of the text."""
    return at is not None and text.startswith((word, _unescape(word)), at)


def _record(path: Path, sheet: _Sheet) -> Record:
    """Return the document of a file."""
    parts: list[str] = []
    length = 0  # UTF-16 units
    for start, text in sheet.pieces:
        if start - length > MAX_TEXT:
            raise InputError("its words stand more than 50 MB apart; export it again.")
        parts.append("\n" * max(start - length, 0) + text)
        length = max(start, length) + len(text.encode("utf-16-le")) // 2
    text = "".join(parts)
    units = Utf16(text)
    strays = sorted((start, end) for start, end, word in sheet.words if not _stands(word, text, units.point(start)))
    found: list[Parts] = []
    for label, first, last in sheet.entities.values():
        before = bisect_left(strays, (last,))
        if before and strays[before - 1][1] > first:
            said = Sentence(
                "{start}-{end} {label} is on words that do not stand there", start=first, end=last, label=label
            )
            sheet.misfits.append(said)
        else:
            found.append((first, last, label, {}))
    annotations, misfits = fit(found, text, units)
    return Record(text, {"id": path.stem}, str(path), path.stat().st_size, annotations, (*sheet.misfits, *misfits))
