"""Which words of names are looked for by themselves."""

from __future__ import annotations

import pytest

from annotator.text.names.given_names import Kind
from annotator.text.names.other_words import stands_alone
from annotator.text.normalise import normalise_key


@pytest.mark.parametrize("word", ["محمد", "الأسد", "البغدادي", "كوندوليزا", "وليد", "سعاد", "السنيورة"])
def test_a_name_stands_alone(word: str) -> None:
    assert stands_alone(normalise_key(word), Kind.MALE)


@pytest.mark.parametrize("word", ["نور", "علي", "واشنطن", "الرئيس", "السعودي", "الدولة", "م"])
def test_a_word_that_is_another_too_does_not(word: str) -> None:
    assert not stands_alone(normalise_key(word), Kind.MALE)


def test_what_stands_behind_the_servant_and_what_others_are_called_does_not() -> None:
    assert not stands_alone("عزيز", Kind.DIVINE)
    assert not stands_alone("كوندوليزا", Kind.MALE, {"كوندوليزا"})
    assert stands_alone("محمد", Kind.MALE, {"محمد"})
