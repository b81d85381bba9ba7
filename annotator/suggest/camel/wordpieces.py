"""From words to word-pieces and back: the parts of CAMeL NER that need no torch.

The arrangement is NERecognizer's own - one label for each word, read at its first piece, sentences cut
where a word would pass 254 pieces - but no word is ever dropped: a word without pieces keeps its
place and gets O.

Labels equal NERecognizer.predict's but for what has no answer there: words without pieces, which it drops, so that
later labels shift; words that clean_word changes; a word of more than 254 pieces, on which it fails; and two labels
so nearly equal that rounding decides, which depends on the padding.
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
    """Return the copy of a word that the model is shown: what its vocabulary cannot hold is dropped or replaced.

    Tatweel, diacritics and format characters (bidi controls, joiners, U+FEFF) go; quotation marks and
    dashes become those of the vocabulary. The result may be empty. Only the model ever sees it.
    """
    if _CLEAN_ALREADY.fullmatch(word):
        return word
    kept = (c for c in dediac_ar(word) if c != _TATWEEL and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept).translate(_QUOTES).strip()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of pieces that is one input of the model.

    sentence counts the sentences of the job; words are the places, in the sentence, of the words that
    begin at the pieces counted by firsts.
    """

    sentence: int
    pieces: tuple[int, ...]
    words: tuple[int, ...]
    firsts: tuple[int, ...]


def segments(sentence: int, pieces: Iterable[Sequence[int]]) -> Iterator[Segment]:
    """Cut one sentence into inputs of at most SEGMENT pieces, never inside a word; pieces holds each word's.

    Words without pieces have no place in any segment. A word of more than SEGMENT pieces is cut to that many
    (NERecognizer raises an error on it): its label stands at the first.
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
    """Group inputs of like length, longest first, so that count times longest stays within budget pieces.

    An input that is longer than the budget by itself makes a batch of its own.
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
    """Each word's pieces, remembered, as the same words come again and again; not safe across threads."""

    def __init__(self, tokenize: Callable[[str], Sequence[int]], limit: int = 200_000) -> None:
        """Ask tokenize for the piece ids of words not seen; forget all when limit words are known."""
        self._tokenize = tokenize
        self._limit = limit
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of a word, after cleaning it for the model; none for a word that cleans away."""
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
    """One sentence's answer: a tag for each word as the model gave it, and how sure it was of the tag's class."""

    tags: list[str]
    scores: list[float]


def class_of(tag: str) -> str:
    """Return the class of an IOB tag without its B- or I-; O is a class too."""
    return tag.partition("-")[2] or tag
