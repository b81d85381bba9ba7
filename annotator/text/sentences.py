"""Split a text into sentences with exact offsets, since CAMeL Tools has no sentence splitter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from annotator.domain.model.document import Sentence, Token
from annotator.domain.model.span import Span
from annotator.text.characters import INVISIBLE, LINE_END
from annotator.text.tokenizer import tokenize

_ENDERS = frozenset("؟?!.…‽۔⸮‼⁇⁈⁉")
_CONTINUING = frozenset("،,؛;:؍)]}»”")
_PAIRS = {"«": "»", "“": "”", "„": "”", "(": ")", "[": "]", "{": "}", "‹": "›", "﴿": "﴾"}
_CLOSERS = frozenset(_PAIRS.values()) | {'"', "'", "’"}
_QUOTE = '"'
_QUOTING = _CLOSERS | set(_PAIRS) | {_QUOTE}
_start = attrgetter("start")
_INITIALS = re.compile(r"(?:\w\.)+\w")
_ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "lt", "capt", "sgt", "sen", "rep"))


def split_sentences(text: str, tokens: Sequence[Token] | None = None) -> list[Sentence]:
    """Return the sentences in order; together they cover all characters except spaces.

    A sentence ends at ؟ ! . … and line ends, including quotation marks and brackets that close there. It does not end
    inside numbers and URLs (they are single tokens), after initials and abbreviations (د. محمد), or inside quotations
    and brackets that close later on the same line. Two dots are a pause in Arabic headlines, not an end. A caller that
    has tokenize(text) already can pass it as tokens.
    """
    tokens = tokenize(text) if tokens is None else tokens
    sentences: list[Sentence] = []
    for line in _lines(text, tokens):
        first = 0
        for end in _ends(line):
            sentences.append(Sentence(Span(line[first].start, line[end - 1].end)))
            first = end
    return sentences


def _lines(text: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each line that has any."""
    first = 0
    for match in LINE_END.finditer(text):
        end = bisect_left(tokens, match.start(), lo=first, key=_start)
        if end > first:
            yield list(tokens[first:end])
            first = end
    if first < len(tokens):
        yield list(tokens[first:])


def _ends(line: Sequence[Token]) -> Iterator[int]:
    """Yield the index of the token after each sentence of a line."""
    enders = [i for i, token in enumerate(line) if token.text in _ENDERS]
    depth = _depths(line) if enders and enders[0] < len(line) - 1 else []
    last = end = 0
    for i in enders:
        if i < end:
            continue
        end = _after_marks(line, i)
        if end < len(line) and depth[end - 1] == 0 and _is_end(line, last, i, end):
            yield end
            last = end
    if last < len(line):
        yield len(line)


def _after_marks(line: Sequence[Token], ender: int) -> int:
    """Return the index after the marks adjacent to an ender: more enders, closing quotation marks and brackets."""
    end = ender + 1
    while (
        end < len(line)
        and line[end].start == line[end - 1].end
        and (line[end].text in _ENDERS or line[end].text in _CLOSERS or line[end].text[0] in INVISIBLE)
    ):
        end += 1
    return end


def _is_end(line: Sequence[Token], first: int, ender: int, end: int) -> bool:
    """Return True if the marks from ender to end close the sentence from first, although the line continues."""
    marks = [token.text for token in line[ender:end] if token.text in _ENDERS]
    following = line[end]
    if ender == first or following.text in _CONTINUING or marks == [".", "."]:
        return False
    before = line[ender - 1]
    if marks != ["."]:
        return before.text != "("  # (؟) and (!) comment on a word
    if before.end != line[ender].start:
        return True
    if before.text.isdecimal() and ender - 1 == first:
        return False  # "1. " counts the items of a list
    if before.text.casefold() in _ABBREVIATIONS or _INITIALS.fullmatch(before.text):
        return False
    if len(before.text) == 1 and before.text.isalpha():
        return ender > 1 and line[ender - 2].text[-1].isdecimal()  # 1990 م. ends, م. أحمد does not
    touches = following.start == line[end - 1].end
    return not (touches and (following.text[0].isascii() or not before.text[-1].isalnum()))


def _depths(line: Sequence[Token]) -> list[int]:
    """Return, for each token, how many quotations and brackets are open after it.

    Marks that do not close on this line are ignored.
    """
    if not any(token.text in _QUOTING for token in line):
        return [0] * len(line)
    change = [0] * (len(line) + 1)
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for i, token in enumerate(line):
        mark = token.text
        closes = mark if mark in _CLOSERS and waiting.get(mark) and _may_close(line, i) else ""
        if closes:
            while stack:
                partner, opened = stack.pop()
                waiting[partner] -= 1
                if partner == closes:
                    change[opened] += 1
                    change[i] -= 1
                    break
        elif mark in _PAIRS or (mark == _QUOTE and _may_open(line, i)):
            partner = _PAIRS.get(mark, mark)
            stack.append((partner, i))
            waiting[partner] = waiting.get(partner, 0) + 1
    depths: list[int] = []
    depth = 0
    for step in change[:-1]:
        depth += step
        depths.append(depth)
    return depths


def _may_close(line: Sequence[Token], i: int) -> bool:
    """Return True if a mark can close a quotation; a straight one with a space before it and none after it cannot."""
    if line[i].text != _QUOTE:
        return True
    return _is_adjacent(line, i) or not _is_adjacent(line, i + 1)


def _may_open(line: Sequence[Token], i: int) -> bool:
    """Return True if a straight quotation mark can open a quotation: a word must follow."""
    return (
        i + 1 < len(line)
        and (_is_adjacent(line, i + 1) or not _is_adjacent(line, i))
        and line[i + 1].text not in _CONTINUING
    )


def _is_adjacent(line: Sequence[Token], i: int) -> bool:
    """Return True if there is no space before a token."""
    return 0 < i < len(line) and line[i - 1].end == line[i].start
