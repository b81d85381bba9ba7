"""Words as clitics and stems, with exact offsets."""

from __future__ import annotations

import re

import pytest

from annotator.suggest.grammar.vocabulary import Vocabulary, line_breaks
from annotator.text.tokenizer import tokenize

VOCABULARY = Vocabulary({"definite": re.compile("ال.+")}, {"year": re.compile(r"\d{4}")}, {})
VOCABULARY.add("noun", ["هجوم", "وزير"], "noun")
VOCABULARY.add("people", ["مدني", "مدنيين"], "noun")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("هجوم", ["هجوم"]),
        ("وبالهجوم", ["و", "ب", "الهجوم"]),
        ("للهجوم", ["ل", "لهجوم"]),
        ("وَبِهُجُومٍ", ["وَ", "بِ", "هُجُومٍ"]),
        ("لـ2014", ["لـ", "2014"]),
        ("و17", ["و", "17"]),
        ("الـ48", ["الـ", "48"]),
        ("وزير", ["وزير"]),
        ("ووزير", ["و", "وزير"]),
        ("\u200f", []),
        ("،", ["،"]),
    ],
)
def test_a_word_is_split_with_its_marks(word: str, parts: list[str]) -> None:
    assert [word[part.start : part.end] for part in VOCABULARY.split(word)] == parts


def test_the_hidden_article_is_restored_in_the_key() -> None:
    assert [part.key for part in VOCABULARY.split("للهجوم")] == ["ل", "الهجوم"]


def test_of_three_lams_one_is_left_out() -> None:
    vocabulary = Vocabulary({}, {}, {})
    vocabulary.add("word", ["اللواء", "القوات", "لبنان"])
    keys = [part.key for word in ("للواء", "للقوات", "وللبنان") for part in vocabulary.split(word)]
    assert keys == ["ل", "اللواء", "ل", "القوات", "و", "ل", "لبنان"]


def test_a_lone_tatweel_is_a_dash() -> None:
    assert [part.key for part in VOCABULARY.split("ـ") + VOCABULARY.split("ــ")] == ["-", "-"]


def test_a_preposition_is_not_the_title_with_the_same_key() -> None:
    vocabulary = Vocabulary({}, {}, {})
    vocabulary.add("title", ["والي"])
    assert [part.key for part in vocabulary.split("والي")] == ["والي"]
    assert [part.key for part in vocabulary.split("وإلى")] == ["و", "الي"]


def test_a_plural_that_is_listed_is_no_dual() -> None:
    assert "noun dual" in VOCABULARY.classes("هجومين")
    assert "people" in VOCABULARY.classes("مدنيين")
    assert "people dual" not in VOCABULARY.classes("مدنيين") | VOCABULARY.classes("المدنيين")
    assert "people dual" in VOCABULARY.classes("مدنيان")


def test_shapes_of_words_and_numbers() -> None:
    assert VOCABULARY.classes("الحكومه") == {"definite"}
    assert VOCABULARY.classes("2014") == {"year"}
    assert VOCABULARY.classes("الهجوم") == {"definite", "noun"}


def test_rare_words_are_a_class_of_their_own() -> None:
    vocabulary = Vocabulary({"definite": re.compile("ال.+")}, {}, {}, lambda key: key.endswith("قان"))
    vocabulary.add("place", ["عقان"])
    assert vocabulary.classes("عقان") == {"place", "rare"}
    assert vocabulary.classes("الدقان") == {"definite", "rare"}
    assert vocabulary.classes("هجوم") == frozenset()
    assert {"definite", "rare"} in vocabulary.all_classes()


def test_a_line_break_is_between_lines() -> None:
    text = "أمس\r\nغدا\n\n2014"
    assert [token and token.text for token in line_breaks(text, tokenize(text))] == ["أمس", None, "غدا", None, "2014"]
