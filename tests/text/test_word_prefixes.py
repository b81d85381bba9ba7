"""Words by their first letters: harakat, hamza and clitics do not matter, and the nearest free word comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.text.normalise import normalise, normalise_key
from annotator.text.tokenizer import tokenize
from annotator.text.word_prefixes import WordPrefixes

TEXT = (
    "زار ليث الربيعي مدينة وديالى ثم جامعة بغداد ، قرب دجلة . "
    "قال مُحَمَّد الكاظمي لأحمد وللقوات إن أحمد وزير بالعراق في مؤتمر"
)


def prefixes(text: str = TEXT, clitics: str = "outside") -> WordPrefixes:
    return WordPrefixes(text, tokenize(text), clitics)


def found(typed: str, words: WordPrefixes | None = None, text: str = TEXT) -> list[str]:
    words = words or prefixes()
    spans = (words.span(number) for number in range(words.find(typed)))
    return [span.of(text) for span in spans if span]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("دي", ["ديالى"]),
        ("ود", ["وديالى"]),
        ("رب", ["الربيعي"]),
        ("الر", ["الربيعي"]),
        ("محم", ["مُحَمَّد"]),
        ("أح", ["أحمد", "أحمد"]),
        ("اح", ["أحمد", "أحمد"]),
        ("عر", ["العراق"]),
        ("قو", ["لقوات"]),
        ("مو", ["مؤتمر"]),
        ("زير", []),
        ("x", []),
        ("", []),
        (" ", []),
    ],
)
def test_first_letters_find_words_without_clitics_harakat_and_hamza(typed: str, words: list[str]) -> None:
    assert found(typed) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("مح كا", ["مُحَمَّد الكاظمي"]),
        ("مح ", ["مُحَمَّد الكاظمي"]),
        ("ل رب مد", ["ليث الربيعي مدينة"]),
        ("بغ قر", []),
        ("مؤ ", []),
    ],
)
def test_spaces_separate_the_beginnings_of_words_that_follow_one_another(typed: str, words: list[str]) -> None:
    assert found(typed) == words


def test_under_the_other_policy_names_keep_their_clitics() -> None:
    assert found("دي", prefixes(clitics="inside")) == ["وديالى"]


def test_the_nearest_match_comes_first_and_those_that_meet_a_condition_before_it() -> None:
    words, first, last = prefixes(), TEXT.index("أحمد"), TEXT.rindex("أحمد")
    assert first == TEXT.index("لأحمد") + 1
    words.find("اح")
    for position, expected in ((0, first), (last, last), (last + 20, last), (first - 3, first)):
        number = words.nearest(position)
        assert number is not None and words.span(number) == Span(expected, expected + 4)
    number = words.nearest(0, lambda span: span.start > first)
    assert number is not None and words.span(number) == Span(last, last + 4)
    assert words.step(number, 1) == words.step(number, -1) == words.nearest(0)
    second = words.span(words.step(words.nearest(0) or 0, 1) or 0)
    assert second and words.nearest(0, visible=second) == words.nearest(second.start) != words.nearest(0)
    assert words.nearest(0, lambda span: span != second, visible=second) == words.nearest(0)
    number = words.nearest(0, lambda span: False)
    assert number == words.nearest(0)


@given(st.text(alphabet="وبلكفالمحد ًّـأإؤ،.-1a\n\u200f", max_size=60), st.text(alphabet="وبلكالمحد ًأؤ-1a", max_size=4))
def test_whatever_is_typed_selects_words_that_are_there(text: str, typed: str) -> None:
    words = prefixes(text)
    for number in range(words.find(typed)):
        span = words.span(number)
        if span is not None:
            assert 0 <= span.start < span.end <= len(text)
            assert normalise_key(span.of(text))
            assert span.end in {token.end for token in tokenize(text)}
    for position in (0, len(text)):
        assert words.nearest(position) is None or words.span(words.nearest(position) or 0) is not None


@given(st.text("اأدبﷲﻻ\u064e\u0640 \u00a0wß😀ؤ", max_size=60), st.integers(1, 7))
def test_places_are_those_of_the_normalised_text_whatever_the_parts(text: str, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.text.word_prefixes._CHUNK", chunk)
        words = WordPrefixes(text, tokenize(text))
        words.advance()
        words.find("x")
    normalised = normalise(text)
    assert words._folded == normalised.text.translate(str.maketrans("ؤئ", "وي"))
    assert [words._place(offset) for offset in range(len(normalised.text) + 1)] == list(normalised.offsets)
