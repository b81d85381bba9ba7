"""brat standoff: a zip of pairs, ID.txt with the text and ID.ann with a line for each span; offsets are code points.

A span over a line end or a tab is written as fragments, as brat does. On reading, fragments with nothing but spaces
between them are one span; others are reported, for a span here has no gaps. A note on a span is an AnnotatorNotes line
(formats/base/note_fields.py), a flag the attribute Doubtful. brat has no place for notes on a document. An
annotation.conf with the labels is at the end of the zip.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import InputError, Message
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.encoding import read_text
from annotator.formats.base.note_fields import entity_notes, escape_line_ends, unescape_line_ends
from annotator.formats.base.read_back import read_back
from annotator.formats.base.record import MAX_TEXT, Entity, Problem, Record
from annotator.formats.base.span_objects import RawSpan
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.conll.writer import check_label
from annotator.formats.json.spans import locate_spans
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.zip.reader import ZipReader
from annotator.formats.zip.writer import add_member

_PIECE = re.compile("[^\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")  # a fragment: one line for every program
_TEXT_BOUND = re.compile(r"(T\S*)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(.*))?")
_NOTED = re.compile(r"^#\S*\tAnnotatorNotes (T\S*)\t(.*)", re.MULTILINE)
_DOUBTED = re.compile(r"^A\S*\tDoubtful (T\S*)", re.MULTILINE)
_MARK, _PAIR = "\ufeff", re.compile("\r\n")
_MOST_NAMED = 8


class BratReader:
    """Reads an .ann file with the .txt file of the same name."""

    name = "brat"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the text with its spans, or a Problem if one of the two files cannot be read."""
        text_path = path.with_suffix(".txt")
        try:
            if max(path.stat().st_size, text_path.stat().st_size) > MAX_TEXT:
                yield Problem(str(path), "larger than 50 MB. Split it into its articles.")
                return
            text, notes = _characters(text_path), _characters(path).removeprefix(_MARK)
        except FileNotFoundError:
            yield Problem(
                str(path),
                Message("text file {text} not found. Put both files into one folder.", text=text_path.name),
            )
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
        else:
            yield Record(text, {"id": path.stem}, str(path), path.stat().st_size, *_fitting(notes, text))


class BratWriter:
    """Writes the zip."""

    name = "brat"
    suffix = ".zip"
    holds_annotators = False
    holds_document_notes = False

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document. Raises ExportError for a label with a space in it."""
        labels: set[str] = set()
        with ZipFile(path, "w") as archive:
            for annotated in documents:
                name, text = annotated.document.id, annotated.document.text
                kept, deviations = exclude_debris(annotated, options)
                lines, cut, numbers = _lines(kept, text)
                noted = entity_notes(annotated, (*deviations, *cut))
                lines += _note_lines({numbers[place]: note for place, note in noted.items() if place in numbers})
                labels.update(annotation.label for annotation in kept)
                add_member(archive, f"{name}.txt", text)
                add_member(archive, f"{name}.ann", "".join(lines))
                yield (*deviations, *cut)
            entities = "".join(f"{label}\n" for label in sorted(labels))
            rest = "[relations]\n[events]\n[attributes]\nDoubtful\tArg:<ENTITY>\n"
            add_member(archive, "annotation.conf", f"[entities]\n{entities}{rest}")

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the zip holds of each document. Raises ExportError if it does not match."""
        return read_back(ZipReader(), path, documents)


def _characters(path: Path) -> str:
    """Return a file as brat counts it: a byte order mark is a character, and an empty file is a text."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return read_text(path)


def _lines(
    annotations: Sequence[Annotation], text: str
) -> tuple[list[str], list[Deviation], dict[tuple[Span, str], int]]:
    """Return the lines of an .ann file, the deviations, and the number of each span.

    A span with a line end or tab at an edge deviates, and so does a duplicate.
    """
    lines: list[str] = []
    numbers: dict[tuple[Span, str], int] = {}
    deviations: list[Deviation] = []
    taken: dict[tuple[Span, str], Annotation] = {}
    for annotation in sorted(annotations, key=lambda a: (a.span.start, -a.span.end, a.label, a.id)):
        check_label(annotation.label)
        span = annotation.span
        pieces = [(m.start(), m.end()) for m in _PIECE.finditer(text, span.start, span.end)]
        whole = Span(pieces[0][0], pieces[-1][1]) if pieces else None
        if whole is None:
            deviations.append(Deviation(annotation, DeviationKind.LEFT_OUT, Reason.ONLY_SPACE))
            continue
        equal = taken.setdefault((whole, annotation.label), annotation)
        kind = DeviationKind.ADAPTED if whole == span else DeviationKind.ALTERED
        if equal is not annotation:
            deviations.append(Deviation(annotation, kind, Reason.SAME_SPAN, whole, equal))
        elif whole != span:
            deviations.append(Deviation(annotation, kind, Reason.EDGE_SPACE, whole))
        if equal is annotation:
            places = ";".join(f"{start} {end}" for start, end in pieces)
            shown = " ".join(text[start:end] for start, end in pieces)
            lines.append(f"T{len(lines) + 1}\t{annotation.label} {places}\t{shown}\n")
            numbers[whole, annotation.label] = len(lines)
    return lines, deviations, numbers


def _note_lines(notes: Mapping[int, tuple[str, bool]]) -> Iterator[str]:
    """Yield the lines for notes and flags, by the numbers of their spans."""
    doubted = [number for number, (_, doubtful) in sorted(notes.items()) if doubtful]
    yield from (f"A{count}\tDoubtful T{number}\n" for count, number in enumerate(doubted, 1))
    said = [(number, text) for number, (text, _) in sorted(notes.items()) if text]
    yield from (
        f"#{count}\tAnnotatorNotes T{number}\t{escape_line_ends(text)}\n"
        for count, (number, text) in enumerate(said, 1)
    )


class _Counting:
    """How a program counts the characters of a text: some skip the byte order mark, some count CR LF as one."""

    def __init__(self, text: str, *, marked: bool, paired: bool) -> None:
        self._before = int(marked and text.startswith(_MARK))
        pairs = [match.start() for match in _PAIR.finditer(text)] if paired else []
        self._pairs = [start - self._before - number for number, start in enumerate(pairs)]

    def point(self, counted: int) -> int:
        """Return the code point at this count."""
        return counted + self._before + bisect_left(self._pairs, counted)


def _fitting(notes: str, text: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the annotations of an .ann file, and a message for everything else in it.

    Characters are counted as brat does, or in another way if more spans then have the text that they claim: programs
    that count differently write such files too.
    """
    if "\n" not in notes:
        notes = notes.replace("\r", "\n")
    marks, pairs = (False, True)[: 1 + text.startswith(_MARK)], (False, True)[: 1 + ("\r\n" in text)]
    best: tuple[tuple[Entity, ...], tuple[str, ...]] | None = None
    for paired, marked in product(pairs, marks):
        found, messages = _spans(notes, text, _Counting(text, marked=marked, paired=paired))
        annotations, problems = locate_spans(found, text)
        if best is None or len(problems) + len(messages) < len(best[1]):
            best = annotations, problems + messages
        if not best[1]:
            break
    return best or ((), ())


def _spans(notes: str, text: str, counting: _Counting) -> tuple[list[RawSpan], tuple[str, ...]]:
    """Return the spans of an .ann file with their notes, and a message for everything else in it."""
    found: list[RawSpan] = []
    messages: list[str] = []
    noted: dict[str, list[str]] = {}
    for name, note in _NOTED.findall(notes):
        noted.setdefault(name, []).append(unescape_line_ends(note.rstrip("\r")))
    doubted = set(_DOUBTED.findall(notes))
    names: set[str] = set()
    others: list[str] = []
    for number, line in enumerate(notes.split("\n"), 1):
        if not line.startswith("T"):
            if line.strip() and not (_NOTED.match(line) or _DOUBTED.match(line)):
                others.append(line.split()[0])
            continue
        match = _TEXT_BOUND.fullmatch(line.rstrip("\r"))
        if match is None:
            messages.append(Message("on line {number} is not a brat span ({line!r})", number=number, line=line[:40]))
            continue
        if match[1] in names:
            said = Message("on line {number} has the name {name}, which another span has", number=number, name=match[1])
            messages.append(said)
            continue
        names.add(match[1])
        pieces = [tuple(counting.point(int(place)) for place in piece.split()) for piece in match[3].split(";")]
        gaps = [text[a[1] : b[0]] for a, b in pairwise(pieces)]
        if any(gap.strip() for gap in gaps) or pieces != sorted(pieces):
            messages.append(
                Message("{found} {opened} is discontinuous, which is not supported", found=match[3], opened=match[2])
            )
            continue
        more: dict[str, Any] = {"note": "\n".join(noted.get(match[1], ())), "doubtful": match[1] in doubted}
        more |= {"text": match[4]} if len(pieces) == 1 and match[4] is not None else {}
        found.append((pieces[0][0], pieces[-1][1], match[2], more))
    if others:
        listed = ", ".join(others[:_MOST_NAMED]) + ", …" * (len(others) > _MOST_NAMED)
        messages.append(Message("{names} is a relation, event, attribute or note, not a span", names=listed))
    return found, tuple(messages)
