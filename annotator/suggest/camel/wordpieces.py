"""Split words into word-pieces and merge the answers: the parts of CAMeL NER around its network.

As in NERecognizer, each word gets one label, read at its first piece, and a sentence is cut where a word would pass 254
pieces. But no word is dropped: a word without pieces keeps its place and gets O.

Labels equal those of NERecognizer.predict, except in these cases: it drops words without pieces, so that later labels
shift; words that clean_word() changes; words of more than 254 pieces, on which it fails; and two labels so nearly equal
that rounding decides, which depends on the padding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from camel_tools.utils.dediac import dediac_ar

SEGMENT = 254
"""The most word-pieces in one input; with [CLS] and [SEP] that makes NERecognizer's 256."""

OUTSIDE = "O"
_TATWEEL = "\u0640"
_QUOTES = str.maketrans({"«": '"', "»": '"', "„": '"', "‘": "'", "’": "'", "‹": "'", "›": "'", "…": "...", "—": "–"})
_CLEAN_ALREADY = re.compile(r"[0-9A-Za-z\u0621-\u063a\u0641-\u064a]*")


def clean_word(word: str) -> str:
    """Return a word as the model is shown it: characters that its vocabulary lacks are dropped or replaced.

    Tatweel, diacritics and format characters (bidi controls, joiners, U+FEFF) are dropped; quotation marks and dashes
    become those of the vocabulary. The result may be empty.
    """
    if _CLEAN_ALREADY.fullmatch(word):
        return word
    kept = (c for c in dediac_ar(word) if c != _TATWEEL and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept).translate(_QUOTES).strip()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of word-pieces that is one input of the model.

    sentence is the number of the sentence in the job. words are the positions in the sentence of the words that begin
    at the pieces with the numbers firsts.
    """

    sentence: int
    pieces: tuple[int, ...]
    words: tuple[int, ...]
    firsts: tuple[int, ...]


def segments(sentence: int, pieces: Iterable[Sequence[int]]) -> Iterator[Segment]:
    """Split one sentence into inputs of at most SEGMENT pieces, never inside a word; pieces has those of each word.

    Words without pieces are in no segment. A word of more than SEGMENT pieces is cut, because its label is read at the
    first one (NERecognizer raises an error).
    """
    run: list[int] = []
    words: list[int] = []
    firsts: list[int] = []
    for place, own in enumerate(pieces):
        kept = own[:SEGMENT]
        if run and len(run) + len(kept) > SEGMENT:
            yield Segment(sentence, tuple(run), tuple(words), tuple(firsts))
            run, words, firsts = [], [], []
        if kept:
            words.append(place)
            firsts.append(len(run))
            run.extend(kept)
    if run:
        yield Segment(sentence, tuple(run), tuple(words), tuple(firsts))


def batches(inputs: Iterable[Segment], budget: int) -> Iterator[list[Segment]]:
    """Group inputs of similar length, longest first, so that count times longest length is at most budget pieces.

    An input longer than the budget is a batch of its own.
    """
    batch: list[Segment] = []
    for segment in sorted(inputs, key=lambda s: len(s.pieces), reverse=True):
        if batch and (len(batch) + 1) * len(batch[0].pieces) > budget:
            yield batch
            batch = []
        batch.append(segment)
    if batch:
        yield batch


class PieceCache:
    """A cache of each word's pieces; not thread-safe."""

    def __init__(self, tokenize: Callable[[str], Sequence[int]], limit: int = 200_000) -> None:
        """Take the function that returns the piece ids of a word; the cache is emptied at limit words."""
        self._tokenize = tokenize
        self._limit = limit
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of a cleaned word; none if nothing is left of it."""
        pieces = self._known.get(word)
        if pieces is None:
            if len(self._known) >= self._limit:
                self._known.clear()
            cleaned = clean_word(word)
            pieces = tuple(self._tokenize(cleaned)) if cleaned else ()
            self._known[word] = pieces
        return pieces


@dataclass(frozen=True, slots=True)
class Labelled:
    """The answer for one sentence: a tag and the probability of the tag's class for each word."""

    tags: list[str]
    scores: list[float]


def class_of(tag: str) -> str:
    """Return the class of an IOB tag without B- or I-; O counts as a class."""
    return tag.partition("-")[2] or tag
