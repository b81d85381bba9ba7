"""A strict reader of WebAnno TSV 3.3 for tests, by the user guide of INCEpTION and what its own reader does.

It shares nothing with the program. Like INCEpTION's reader it goes from line to line and refuses what may not come
next, takes the text from #Text= alone, and counts UTF-16 units, so it says whether INCEpTION would take a file, and
which words each annotation would cover there. Layers of spans are all that it knows.
"""

from __future__ import annotations

import re
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
