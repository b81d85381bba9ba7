"""The random documents that formats are tried on do hold everything that they must be tried on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import Phase, given, settings

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.tokenizer import tokenize
from tests.formats.strategies import annotated_documents

Claim = Callable[[AnnotatedDocument], bool]


def any_pair(holds: Callable[[Annotation, Annotation], bool]) -> Claim:
    """Return the claim that something holds of two annotations."""
    return lambda made: any(holds(a, b) or holds(b, a) for a, b in combinations(made.annotations, 2))


def any_surface(holds: Callable[[str], bool]) -> Claim:
    """Return the claim that something holds of the text of an annotation."""
    return lambda made: any(holds(a.span.of(made.document.text)) for a in made.annotations)


def has_clitic_outside(made: AnnotatedDocument) -> bool:
    """Tell whether an annotation begins behind a clitic."""
    starts = {a.span.start for a in made.annotations}
    words = tokenize(made.document.text)
    return any(word.span.start + length in starts for word in words for length in proclitic_lengths(word.text))


CLAIMS: dict[str, Claim] = {
    "nested": any_pair(lambda a, b: a.span.covers(b.span) and a.span != b.span),
    "crossing": any_pair(lambda a, b: a.span.crosses(b.span)),
    "adjacent, of one label": any_pair(lambda a, b: a.span.end == b.span.start and a.label == b.label),
    "equal, of two annotators": any_pair(
        lambda a, b: a.span == b.span and a.label == b.label and a.annotator != b.annotator
    ),
    "clitic": has_clitic_outside,
    "emoji": any_surface(lambda text: "👨‍👩‍👧" in text),
    "harakat": any_surface(lambda text: "\u064f" in text),
    "tatweel": any_surface(lambda text: "ــ" in text),
    "right-to-left mark": any_surface(lambda text: "\u200f" in text),
    "no-break space": any_surface(lambda text: "\u00a0" in text),
    "CRLF origin": lambda made: made.document.newlines == "crlf" and bool(made.annotations),
    "over a line end": any_surface(lambda text: "\n" in text.strip()),
    "one character": any_surface(lambda text: len(text) == 1),
    "at the start": lambda made: any(a.span.start == 0 for a in made.annotations),
    "at the end": lambda made: any(a.span.end == len(made.document.text) for a in made.annotations),
    "the whole text": lambda made: any(len(a.span) == len(made.document.text) > 5 for a in made.annotations),
    "empty document": lambda made: not made.document.text,
    "document of spaces": lambda made: bool(made.document.text) and made.document.text.isspace(),
    "debris": lambda made: bool(made.document.debris() and made.annotations),
    "note on a span": lambda made: any(note.key and note.text for note in made.notes),
    "doubt without words": lambda made: any(note.doubtful and not note.text for note in made.notes),
    "note of several lines": lambda made: any("\n" in note.text for note in made.notes),
    "notes on the document by two": lambda made: len([note for note in made.notes if not note.key]) > 1,
}


class _AllFoundError(Exception):
    """Random documents were found for every claim."""


@pytest.fixture(scope="module")
def found() -> set[str]:
    """Return the claims that hold of some of 20,000 random documents; one series of documents serves all claims."""
    names: set[str] = set()

    @settings(max_examples=20_000, derandomize=True, database=None, phases=[Phase.generate])
    @given(annotated_documents())
    def look(made: AnnotatedDocument) -> None:
        names.update(name for name, holds in CLAIMS.items() if name not in names and holds(made))
        if len(names) == len(CLAIMS):
            raise _AllFoundError

    with suppress(_AllFoundError):
        look()
    return names


@pytest.mark.parametrize("name", CLAIMS)
def test_some_of_the_random_documents_have_it(found: set[str], name: str) -> None:
    assert name in found
