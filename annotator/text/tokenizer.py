"""Split a text into words, numbers and punctuation marks with exact offsets, based on CAMeL Tools' word tokenizer."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from itertools import pairwise

from annotator.domain.model.document import Token
from annotator.text.characters import INVISIBLE, MARK, WORD

# CAMeL's emoji pattern looks ahead from every character, so that time grows with the square of the length. Hence parts.
_LONGEST_PART = 512
_LONGEST_CACHED = 64

# For CAMeL, a run of these is a word, and any other character of a plain chunk is a mark.
_IN_PLAIN_WORD = r"0-9A-Za-z\u0621-\u063a\u0640-\u0669\u066e-\u06d3"
_PLAIN_MARKS = re.escape(string.punctuation + "،؛؟٪٫٬٭۔«»“”‘’‹›…–—•·°")
_PLAIN = re.compile(rf"[{_IN_PLAIN_WORD}{_PLAIN_MARKS}]{{1,{_LONGEST_PART}}}")
_PLAIN_PIECE = re.compile(rf"[{_IN_PLAIN_WORD}]+|.")

_LETTER = rf"[^\W\d_][{MARK}]*"
_IN_URL = r"[^\s<>\"«»“”()،؛؟\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_JOINED = re.compile(
    "|".join(
        (
            # URLs, with http or www, and e-mail addresses; a bare host needs a known or two-letter ending.
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
            # إف-16, كوفيد-19, F-16C, and F-16 as people type it in right-to-left text: 16-F.
            rf"(?<!{WORD})(?:{_LETTER}){{1,10}}[-‐‑–]\d{{1,4}}(?:{_LETTER}){{0,2}}(?!{WORD}|[/.:-]\d)",
            rf"(?<![\w.-])\d{{1,4}}-[A-Z]{{1,3}}(?!{WORD})",
            # Initials: أ.ف.ب and U.S.
            rf"(?<!{WORD})(?:[A-Za-z]\.){{2,}}",
            rf"(?<!{WORD})(?:[ء-غف-ي]\.)+[ء-غف-ي](?!{WORD})",
        )
    )
)

_Piece = tuple[int, int, str]
_new = tuple.__new__  # makes a Token in half the time of Token()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text in order; they do not overlap, and cover all characters except spaces.

    Dates, times, numbers, URLs, hashtags, initials and names such as إف-16 are single tokens. Clitics are not split
    off. Spaces are those of str.isspace(). Offsets are code points.

    With start and end, only that part is tokenized. If there is a space at both, its tokens are the same as in the
    whole text.
    """
    tokens: list[Token] = []
    add = tokens.append
    end = len(text) if end is None else end
    behind = start
    for chunk in text[start:end].split():
        at = text.index(chunk, behind, end)
        behind = at + len(chunk)
        if chunk.isalnum():
            add(_new(Token, (at, behind, chunk)))
            continue
        for first, last, piece in _cached_pieces(chunk) if len(chunk) <= _LONGEST_CACHED else _pieces(chunk):
            add(_new(Token, (at + first, at + last, piece)))
    return tokens


def _pieces(chunk: str) -> tuple[_Piece, ...]:
    """Return the tokens of a chunk without spaces, with offsets from its start."""
    borders = _borders(chunk)
    for match in _JOINED.finditer(chunk):
        borders.difference_update(range(match.start() + 1, match.end()))
    return tuple((first, last, chunk[first:last]) for first, last in pairwise((*sorted(borders), len(chunk))))


_cached_pieces = lru_cache(maxsize=32768)(_pieces)


def _borders(chunk: str) -> set[int]:
    """Return the offsets in a chunk, except its end, at which tokens of CAMeL begin or end.

    Characters between two tokens of CAMeL become tokens too. So do invisible characters at the edges of a token, so
    that a name begins and ends with a letter.
    """
    if _PLAIN.fullmatch(chunk):
        return {piece.start() for piece in _PLAIN_PIECE.finditer(chunk)}
    # Imported here, since it takes half a second, and most news is plain.
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
    """Return where the visible part of a word begins and ends, if invisible characters surround it."""
    if word[0] not in INVISIBLE and word[-1] not in INVISIBLE:
        return ()
    first, last = 0, len(word)
    while first < last and word[first] in INVISIBLE:
        first += 1
    while last > first and word[last - 1] in INVISIBLE:
        last -= 1
    return start + first, start + last
