"""A strict reader of WebAnno TSV 3.3 for tests, and a writer, by INCEpTION's user guide and what its own code does.

They share nothing with the program. Like INCEpTION's, the reader goes from line to line and refuses what may not come
next, takes the text from #Text= alone, and counts UTF-16 units, so it says whether INCEpTION would take a file, and
which words each annotation would cover there. Layers of spans are all that it knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

Found = list[tuple[str, str, str]]
"""The layer, the covered words, and the value of the last feature of each annotation."""

_ESCAPES_IN_TEXT = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b", "\\": "\\"}
_ESCAPES_IN_VALUES = {"t": "\t", "n": "\n", "->": "->"} | {each: each for each in "\\[]|_;*"}


class RefusedError(Exception):
    """What INCEpTION would not import."""


@dataclass
class _Annotation:
    """An annotation that may still grow over further lines."""

    layer: str
    begin: int
    end: int
    features: dict[str, str | None] = field(default_factory=dict)


@dataclass
class _Unit:
    """A token or a part of one, with its annotations of each layer in the order of their stack."""

    begin: int
    end: int
    stacks: dict[str, list[_Annotation]] = field(default_factory=dict)


def read_tsv(content: bytes) -> tuple[str, Found]:
    """Return the text of a file and its annotations; raises RefusedError where INCEpTION would refuse it."""
    lines = re.split("\r\n|\r|\n", content.decode("utf-8"))
    if lines[-1] == "":
        lines.pop()
    if lines[0] != "#FORMAT=WebAnno TSV 3.3":
        raise RefusedError(f"no header of the format: {lines[0]}")
    columns, at = _columns(lines)
    text = b""
    annotations: list[_Annotation] = []
    by_id: dict[str, _Annotation] = {}
    state, sentence = "between", ""
    for number, line in enumerate(lines[at:], at + 1):
        before = state
        if before in ("between", "head") and line.startswith("#"):
            state = "head"
        elif line == "":
            state = "between"
        else:
            cells = line.split("\t")
            if len(cells) < 3 + len(columns):
                raise RefusedError(f"line {number} has too few columns: {line}")
            state = "sub-token" if "." in cells[0] else "token"
        allowed = {"between": ["head"], "head": ["head", "token"]}.get(before, ["between", "token", "sub-token"])
        if state not in allowed:
            raise RefusedError(f"line {number}: {state} after {before}")
        if state == "head" and line.startswith("#Text="):
            sentence += _unescaped(line.removeprefix("#Text="), _ESCAPES_IN_TEXT, control=True) + "\n"
        if state in ("token", "sub-token"):
            begin, end = map(int, cells[1].split("-"))
            if before == "head":
                text = _begun(text, begin, number) + sentence.encode("utf-16-le")
                sentence = ""
            if _slice(text, begin, end) != _unescaped(cells[2], _ESCAPES_IN_VALUES):
                raise RefusedError(f"line {number}: {cells[2]!r} is not what stands at {begin}-{end}")
            unit = _Unit(begin, end)
            for (layer, feature), cell in zip(columns, cells[3:], strict=False):
                for place, value in enumerate(re.split(r"(?<!\\)\|", cell) if cell != "_" else []):
                    _take(value, place, layer, feature, unit, by_id, annotations)
    if state == "between":
        raise RefusedError("the file ends with an empty line, or has no sentence")
    return text.decode("utf-16-le"), [
        (each.layer, _slice(text, each.begin, each.end), [*each.features.values()][-1] or "") for each in annotations
    ]


def _columns(lines: list[str]) -> tuple[list[tuple[str, str]], int]:
    """Return the layer and feature of each column, and how many lines the header has with the two empty ones."""
    columns: list[tuple[str, str]] = []
    at = 1
    while lines[at : at + 1] and lines[at].startswith("#T_SP="):
        layer, *features = lines[at].removeprefix("#T_SP=").split("|")
        columns += [(layer, feature) for feature in features or [""]]
        at += 1
    if lines[at : at + 2] != ["", ""]:
        raise RefusedError("the header does not end with two empty lines")
    return columns, at + 2


def _begun(text: bytes, begin: int, number: int) -> bytes:
    """Return the text up to where a sentence begins: without the last line end, or with spaces up to there."""
    if len(text) > 2 * begin:
        text = text[:-2]
    text += (" " * (begin - len(text) // 2)).encode("utf-16-le")
    if len(text) != 2 * begin:
        raise RefusedError(f"line {number}: the sentence begins at {begin}, within the one before")
    return text


def _take(
    value: str,
    place: int,
    layer: str,
    feature: str,
    unit: _Unit,
    by_id: dict[str, _Annotation],
    annotations: list[_Annotation],
) -> None:
    """Take the value of a feature at a place in the stack of a unit."""
    ident = ""
    if value.endswith("]") and not value.endswith("\\]"):
        value, _, ident = value[:-1].rpartition("[")
    stack = unit.stacks.setdefault(layer, [])
    if place < len(stack):
        annotation = stack[place]
    else:
        known = by_id.get(ident)
        if known:
            known.end = unit.end
        annotation = known or _Annotation(layer, unit.begin, unit.end)
        stack.append(annotation)
        if not known:
            annotations.append(annotation)
    if ident:
        by_id[ident] = annotation
    annotation.features[feature] = None if value == "*" else _unescaped(value, _ESCAPES_IN_VALUES)


def _unescaped(text: str, escapes: dict[str, str], *, control: bool = False) -> str:
    """Return a text without its backslashes; control says that one before a control character is such a one too."""

    def plain(match: re.Match[str]) -> str:
        """Return what an escape stands for; what is none stands as it is."""
        if control and match[1] < " ":
            return match[1]
        return escapes.get(match[1], match[0])

    return re.sub(r"\\(->|.)", plain, text, flags=re.DOTALL)


def _slice(text: bytes, begin: int, end: int) -> str:
    """Return what stands between two places that are counted in units."""
    return text[2 * begin : 2 * end].decode("utf-16-le")


def write_tsv(text: str, spans: Sequence[tuple[int, int, str]]) -> bytes:
    """Return a file as INCEpTION writes it: each line of the text is a sentence, words parted by spaces its tokens.

    A layer without annotations stands before that of the spans, words stand as they are, and a number stands only on
    what goes over several lines or shares one. Spans begin and end where there is no space.
    """
    rows: list[tuple[str, int, int, list[int]]] = []
    heads: dict[str, list[str]] = {}
    lines = [(found.start(), [*re.finditer("[^ \t]+", found[0])]) for found in re.finditer("[^\n]+", text)]
    for sentence, (offset, words) in enumerate([line for line in lines if line[1]], 1):
        heads[f"{sentence}-1"] = ["", "#Text=" + _escaped(text[offset + words[0].start() : offset + words[-1].end()])]
        for at, word in enumerate(words, 1):
            start, end = offset + word.start(), offset + word.end()
            units: dict[tuple[int, int], list[int]] = {(start, end): []}
            for number, (first, last, _) in enumerate(spans, 1):
                if first < end and start < last:
                    units.setdefault((max(first, start), min(last, end)), []).append(number)
            for sub, ((first, last), numbers) in enumerate(units.items()):
                rows.append((f"{sentence}-{at}" + f".{sub}" * (sub > 0), first, last, numbers))
    often = Counter(number for *_, numbers in rows for number in numbers * (1 + (len(numbers) > 1)))
    written = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=webanno.custom.Other|one|two",
        "#T_SP=webanno.custom.NamedEntity|value",
    ]
    written.append("")
    for place, first, last, numbers in rows:
        values = [_escaped_value(spans[n - 1][2]) + f"[{n}]" * (often[n] > 1) for n in numbers]
        begin, end = (len(text[:edge].encode("utf-16-le")) // 2 for edge in (first, last))
        cells = [place, f"{begin}-{end}", text[first:last], "_", "_", "|".join(values) or "_", ""]
        written += [*heads.get(place, []), "\t".join(cells)]
    return ("\n".join(written) + "\n").encode()


def _escaped(text: str) -> str:
    """Return a line of text with backslashes as INCEpTION sets them."""
    letters = {plain: letter for letter, plain in _ESCAPES_IN_TEXT.items()}
    return re.sub(r"[\x00-\x0a\x0c-\x1f\\]", lambda match: "\\" + letters.get(match[0], match[0]), text)


def _escaped_value(value: str) -> str:
    """Return a value with backslashes as INCEpTION sets them."""
    return re.sub(r"->|[\\\[\]|_;*]", lambda match: "\\" + match[0], value)
