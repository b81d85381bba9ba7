"""Which words of names are unambiguous, and so replaced when they are alone."""

from __future__ import annotations

import pytest

from annotator.text.names.ambiguity import is_unambiguous
from annotator.text.names.given_names import NameKind
from annotator.text.normalise import normalise_key


@pytest.mark.parametrize("word", ["محمد", "الأسد", "البغدادي", "كوندوليزا", "وليد", "سعاد", "السنيورة"])
def test_a_name_is_unambiguous(word: str) -> None:
    assert is_unambiguous(normalise_key(word), NameKind.MALE)


@pytest.mark.parametrize("word", ["نور", "علي", "واشنطن", "الرئيس", "السعودي", "الدولة", "م"])
def test_a_word_that_is_another_too_does_not(word: str) -> None:
    assert not is_unambiguous(normalise_key(word), NameKind.MALE)


def test_words_after_the_servant_and_other_names_are_ambiguous() -> None:
    assert not is_unambiguous("عزيز", NameKind.DIVINE)
    assert not is_unambiguous("كوندوليزا", NameKind.MALE, {"كوندوليزا"})
    assert is_unambiguous("محمد", NameKind.MALE, {"محمد"})
