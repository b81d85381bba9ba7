"""Read WebAnno TSV 3 as we and INCEpTION write it (webanno/writer.py describes it)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import InputError, Message
from annotator.formats.base.encoding import read_text
from annotator.formats.base.record import MAX_TEXT, Problem, Record
from annotator.formats.base.span_objects import RawSpan
from annotator.formats.base.utf16 import Utf16
from annotator.formats.json.spans import locate_spans
from annotator.formats.webanno.writer import SHORT

OPENING = "#FORMAT=WebAnno TSV 3"
OLD_OPENINGS = ("#FORMAT=WebAnno TSV ", "#id=", "# webanno.custom.", "# de.tudarmstadt.ukp.dkpro.core.")
CUSTOM = "webanno.custom."
_SPANS, _ENTITIES = "#T_SP", "NamedEntity"
_LABELS = ("value", "label", "category", "cat", "type", "tag", "class", "kind")
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;*tn])")
_ESCAPED_IN_TEXT = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([tnrfb\\\x00-\x1f]))")
_LONG = {letter: character for character, letter in SHORT.items()}
_ROW = re.compile(r"(\d+-\d+)(\.\d+)?\t(\d{1,9})-(\d{1,9})\t([^\t]*)(?:\t(.*))?")
_VALUE = re.compile(r"((?:\\.|[^\[|\\])*+)(?:\[(\d+)\])?(?:\||$)")
_OF_OTHERS = re.compile(r"((?:\\.|[^\[|\\])++)(?:\[(\d+)\])?")
_WITH_CODES = re.compile(r"\S+ TSV 3\.[01]\b")  # their texts may have escapes such as \u0041


def _unescape(text: str) -> str:
    """Undo _escape. Like INCEpTION, keep a backslash before a character that needs none."""
    return _ESCAPED.sub(lambda match: _LONG.get(match[1], match[1]), text) if "\\" in text else text


def _unescape_text(text: str, *, codes: bool) -> str:
    r"""Undo _escape_text. If codes is set, \u and four hexadecimal digits are one character."""

    def plain(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16)) if codes else match[0]
        return _LONG.get(match[2], match[2])

    return _ESCAPED_IN_TEXT.sub(plain, text) if "\\" in text else text


_Columns = list[tuple[str, str, str]]
"""The columns after the words: the type of layer (#T_SP), the name of the layer, and the feature."""


def _columns(content: str) -> _Columns:
    found: _Columns = []
    for line in content.split("\n"):
        if line.startswith("#T_"):
            kind, _, said = line.rstrip("\r").partition("=")
            layer, *features = said.split("|")
            found += [(kind, layer, feature) for feature in features or ("",)]
    return found


def _column_of_labels(columns: _Columns) -> int | None:
    """Return the column of labels: that of the layer NamedEntity, else of a custom layer, else the first one."""
    layers = [layer for kind, layer, _ in columns if kind == _SPANS]
    if not layers:
        return None
    chosen = min(layers, key=lambda layer: (_ENTITIES not in layer, not layer.startswith(CUSTOM), layers.index(layer)))
    mine = {feature.casefold(): at for at, (_, layer, feature) in enumerate(columns) if layer == chosen}
    return next((mine[name] for name in _LABELS if name in mine), max(mine.values()))


def _told_columns(columns: _Columns, read: int) -> dict[int, tuple[str, str]]:
    """Return the layer and feature of each custom column other than the one that is read."""
    return {
        at: (layer.rpartition(".")[2], feature)
        for at, (_, layer, feature) in enumerate(columns)
        if at != read and (layer == columns[read][1] or layer.startswith(CUSTOM)) and not feature.startswith("BT_")
    }


@dataclass(slots=True)
class _Sheet:
    """A file while it is read.

    pieces are the characters by their UTF-16 unit. entities has the label and the units of each entity, bare the
    entities without a label, words the tokens. others are the columns that are not read, with layer and feature, and
    passed the values found in them.
    """

    column: int
    others: dict[int, tuple[str, str]]
    passed: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    pieces: list[tuple[int, str]] = field(default_factory=list)
    entities: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    annotation_problems: list[str] = field(default_factory=list)
    bare: set[str] = field(default_factory=set)
    words: list[tuple[int, int, str]] = field(default_factory=list)


def read_webanno(path: Path) -> Iterator[Record | Problem]:
    """Yield the text of a file with the values of its layer NamedEntity, or of its first layer.

    A custom layer comes before a built-in one. Values of other custom layers and features are reported. Raises
    InputError.
    """
    if path.stat().st_size > 4 * MAX_TEXT:
        raise InputError("larger than 200 MB. Split it into its articles.")
    content = read_text(path)
    columns = _columns(content)
    column = _column_of_labels(columns)
    if column is None:
        raise InputError("no layer of spans (#T_SP=). Export it with its layer of named entities.")
    sheet = _Sheet(column, _told_columns(columns, column))
    codes = bool(_WITH_CODES.match(content))
    for number, line in enumerate(content.split("\n"), 1):
        if match := _ROW.fullmatch(line.rstrip("\r")):
            _take(match, sheet)
        elif line.strip() and not line.startswith("#"):
            said = Message("may be on line {number}, which has no word ({line!r})", number=number, line=line[:40])
            sheet.annotation_problems.append(said)
        elif line.startswith("#Text="):
            sheet.lines.append(_unescape_text(line.removeprefix("#Text=").rstrip("\r"), codes=codes))
    for at, (layer, feature) in sheet.others.items():
        if count := len(sheet.passed[at]):
            said = Message(
                "is one of {count} in the layer {layer} ({feature}), which is not supported",
                count=count,
                layer=layer,
                feature=feature,
            )
            sheet.annotation_problems.append(said)
    yield _record(path, sheet)


def _take(match: re.Match[str], sheet: _Sheet) -> None:
    """Read the line of a token or sub-token."""
    start, end = int(match[3]), int(match[4])
    if not match[2]:
        sheet.words.append((start, end, match[5]))
        _place_lines(sheet, start, match[5])
    cells = (match[6] or "").split("\t")
    for at in sheet.others:
        if at < len(cells) and cells[at] != "_":
            value_in_file = f"{match[1]}{match[2] or ''}"
            sheet.passed[at].update(
                number or value_in_file for value, number in _OF_OTHERS.findall(cells[at]) if value != "*"
            )
    values = cells[sheet.column] if sheet.column < len(cells) else "_"
    for place, (value, number) in enumerate(_read_values(values, match[1], sheet) if values != "_" else ()):
        key = number or f"{match[1]}{match[2] or ''}|{place}"
        if value == "*" and key not in sheet.bare:
            sheet.bare.add(key)
            sheet.annotation_problems.append(Message("at {place} has no label", place=match[1]))
        if value in ("", "*"):
            continue
        label = _unescape(value)
        other, first, last = sheet.entities.get(key, (label, start, end))
        if other != label:
            said = Message("{place} {label} has the number of a {other}", place=match[1], label=label, other=other)
            sheet.annotation_problems.append(said)
            continue
        sheet.entities[key] = (label, min(first, start), max(last, end))


def _read_values(cell: str, at: str, sheet: _Sheet) -> Iterator[tuple[str, str]]:
    """Yield the values of a cell and their numbers, up to the first that cannot be read, which is reported."""
    end = 0
    while end < len(cell):
        match = _VALUE.match(cell, end)
        if match is None:
            sheet.annotation_problems.append(
                Message("at {place} has an invalid value ({cell!r})", place=at, cell=cell[end : end + 40])
            )
            return
        yield match[1], match[2] or ""
        end = match.end()


def _place_lines(sheet: _Sheet, start: int, word: str) -> None:
    """Read a token; before the first token of a sentence, the sentence's text is placed.

    The text begins with the token, escaped or not, or else with spaces, which the format does not allow.
    """
    if sheet.lines:
        whole = "\n".join(sheet.lines)
        before = 0 if whole.startswith((word, _unescape(word))) else len(whole) - len(whole.lstrip())
        sheet.pieces.append((start - before, whole))
        sheet.lines.clear()


def _stands(word: str, text: str, at: int | None) -> bool:
    """Return True if a word, escaped or not, is at this place of the text."""
    return at is not None and text.startswith((word, _unescape(word)), at)


def _record(path: Path, sheet: _Sheet) -> Record:
    parts: list[str] = []
    length = 0  # UTF-16 units
    for start, text in sheet.pieces:
        if start - length > MAX_TEXT:
            raise InputError("words are more than 50 MB apart. Export it again.")
        parts.append("\n" * max(start - length, 0) + text)
        length = max(start, length) + len(text.encode("utf-16-le")) // 2
    text = "".join(parts)
    units = Utf16(text)
    strays = sorted((start, end) for start, end, word in sheet.words if not _stands(word, text, units.point(start)))
    found: list[RawSpan] = []
    for label, first, last in sheet.entities.values():
        before = bisect_left(strays, (last,))
        if before and strays[before - 1][1] > first:
            said = Message("{start}-{end} {label}: the words do not match the text", start=first, end=last, label=label)
            sheet.annotation_problems.append(said)
        else:
            found.append((first, last, label, {}))
    annotations, problems = locate_spans(found, text, units)
    return Record(
        text, {"id": path.stem}, str(path), path.stat().st_size, annotations, (*sheet.annotation_problems, *problems)
    )
