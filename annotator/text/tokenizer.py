"""Cut a text into words, numbers and marks with exact offsets, on CAMeL Tools' own word tokenizer."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from itertools import pairwise

from annotator.domain.model.document import Token
from annotator.text.characters import INVISIBLE, MARK, WORD

_CHUNK = re.compile(r"\S+")
# CAMeL's emoji pattern looks ahead from every character, so an endless run of them is offered in parts.
_LONGEST_PART = 512
_LONGEST_CACHED = 64

# Runs of these are words to CAMeL, and all other characters of a plain chunk are marks of one character each.
_IN_PLAIN_WORD = r"0-9A-Za-z\u0621-\u063a\u0640-\u0669\u066e-\u06d3"
_PLAIN_MARKS = re.escape(string.punctuation + "،؛؟٪٫٬٭۔«»“”‘’‹›…–—•·°")
_PLAIN = re.compile(rf"[{_IN_PLAIN_WORD}{_PLAIN_MARKS}]{{1,{_LONGEST_PART}}}")
_PLAIN_PIECE = re.compile(rf"[{_IN_PLAIN_WORD}]+|.")

_LETTER = rf"[^\W\d_][{MARK}]*"
_IN_URL = r"[^\s<>\"«»“”()،؛؟\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_JOINED = re.compile(
    "|".join(
        (
            # Addresses: full, with www, of mail; a bare host needs a known or two-letter ending.
            rf"(?:https?|ftp)://(?:{_IN_URL}|\({_IN_URL}*\))+(?<![.,;:!?…'])",
            rf"www\.(?:{_IN_URL}|\({_IN_URL}*\))+(?<![.,;:!?…'])",
            r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
            r"(?<![\w.@-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|info|gov|edu|mil|[a-z]{2})(?![\w-])"
            rf"(?:/{_IN_URL}*(?<![.,;:!?…']))?",
            rf"@{WORD}+|[#＃]{WORD}+",
            # Dates, times, decimals and thousands.
            r"(?<!\d)\d{1,4}([/.\-\\؍])\d{1,2}\1\d{1,4}(?!\d)",
            r"(?<!\d)\d{1,2}(?::\d{2}){1,2}(?!\d)",
            r"(?<!\d)\d{1,4}/\d{1,4}(?!\d)",
            r"\d+(?:[.,٫٬]\d+)+|(?<!\d)\d{1,3}(?:،\d{3})+(?!\d)",
            # إف-16, كوفيد-19, F-16C, and F-16 as it is typed from the right: 16-F.
            rf"(?<!{WORD})(?:{_LETTER}){{1,10}}[-‐‑–]\d{{1,4}}(?:{_LETTER}){{0,2}}(?!{WORD}|[/.:-]\d)",
            rf"(?<![\w.-])\d{{1,4}}-[A-Z]{{1,3}}(?!{WORD})",
            # Initials: أ.ف.ب and U.S.
            rf"(?<!{WORD})(?:[A-Za-z]\.){{2,}}",
            rf"(?<!{WORD})(?:[ء-غف-ي]\.)+[ء-غف-ي](?!{WORD})",
        )
    )
)

_Piece = tuple[int, int]
_new = tuple.__new__  # makes a token in half the time that its class takes


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text in order, none overlapping; together they cover every character but spaces.

    Dates, times, numbers, addresses, hashtags, initials and names such as إف-16 stay whole. Clitics are
    not split off. A space is what str.isspace() says. Offsets are code points. With start and end only this part is
    cut; the tokens are those of the whole where spaces stand at both.
    """
    tokens: list[Token] = []
    for match in _CHUNK.finditer(text, start, len(text) if end is None else end):
        chunk, at = match[0], match.start()
        if chunk.isalnum():
            tokens.append(_new(Token, (at, match.end(), chunk)))
            continue
        pieces = _cached_pieces(chunk) if len(chunk) <= _LONGEST_CACHED else _pieces(chunk)
        tokens += [_new(Token, (at + start, at + end, chunk[start:end])) for start, end in pieces]
    return tokens


def _pieces(chunk: str) -> tuple[_Piece, ...]:
    """Cut a run without spaces; offsets count from its start."""
    borders = _borders(chunk)
    for match in _JOINED.finditer(chunk):
        borders.difference_update(range(match.start() + 1, match.end()))
    return tuple(pairwise((*sorted(borders), len(chunk))))


_cached_pieces = lru_cache(maxsize=32768)(_pieces)


def _borders(chunk: str) -> set[int]:
    """Return where CAMeL's tokens begin and end, the end of the run left out; what they leave uncovered lies between.

    Invisible characters at the edges of a token are set apart, so that a name's edges are its letters.
    """
    if _PLAIN.fullmatch(chunk):
        return {piece.start() for piece in _PLAIN_PIECE.finditer(chunk)}
    # Half a second to import, which no program has to wait for that cuts only what most news is written with.
    from camel_tools.tokenizers.word import simple_word_tokenize

    borders = {0}
    at = 0
    for part_start in range(0, len(chunk), _LONGEST_PART):
        for word in simple_word_tokenize(chunk[part_start : part_start + _LONGEST_PART]):
            start = chunk.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            borders.update((start, at, *_edges(word, start)))
    borders.discard(len(chunk))
    return borders


def _edges(word: str, start: int) -> tuple[int, ...]:
    """Return where the invisible characters before and behind the visible part of a word end and begin."""
    if word[0] not in INVISIBLE and word[-1] not in INVISIBLE:
        return ()
    first, last = 0, len(word)
    while first < last and word[first] in INVISIBLE:
        first += 1
    while last > first and word[last - 1] in INVISIBLE:
        last -= 1
    return start + first, start + last
