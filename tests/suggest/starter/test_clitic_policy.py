"""A tagset says whether suggested names begin behind their clitics; every suggester that cuts them asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.domain.model.span import Span
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.camel.suggester import spans_of
from annotator.suggest.camel.wordpieces import Labelled
from annotator.suggest.lexicon.suggester import Entry, LexiconSuggester
from annotator.suggest.memory import MemorySuggester
from annotator.suggest.registry import KnownName, SuggesterContext
from annotator.text.tokenizer import tokenize

TEXT = "وبديالى ولَندن وللقوات وواشنطن"
SECURITY = load_tagset("security")
CASES = [
    ("outside", ["ديالى", "لَندن", "لقوات", "واشنطن"]),
    ("inside", ["وبديالى", "ولَندن", "وللقوات", "وواشنطن"]),
]
NAMES = ("ديالى", "لندن", "القوات", "واشنطن")


@pytest.mark.parametrize(("policy", "expected"), CASES)
def test_listed_names(policy: str, expected: list[str]) -> None:
    suggester = LexiconSuggester([Entry(name, "LOC", 0.9) for name in NAMES], "1", replace(SECURITY, clitics=policy))
    assert [one.span.of(TEXT) for one in suggester.suggest(TEXT)] == expected


@pytest.mark.parametrize(("policy", "expected"), CASES)
def test_confirmed_names(policy: str, expected: list[str]) -> None:
    names = tuple(KnownName(name, "LOC") for name in NAMES)
    suggester = MemorySuggester(SuggesterContext(replace(SECURITY, clitics=policy), names))
    assert [one.span.of(TEXT) for one in suggester.suggest(TEXT)] == expected


@pytest.mark.parametrize(("policy", "expected"), CASES)
def test_names_that_camel_found(policy: str, expected: list[str]) -> None:
    words = [token.span for token in tokenize(TEXT)]
    answer = Labelled(["B-LOC"] * len(words), [0.9] * len(words))
    found = [span for span, _, _ in spans_of(TEXT, words, answer, {"LOC": "LOC"}, policy)]
    assert all(isinstance(span, Span) for span in found)
    assert [span.of(TEXT) for span in found] == expected
