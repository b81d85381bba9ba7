"""Offsets between code points and UTF-16 units agree with Python's own encoder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.article.utf16_offsets import Utf16Map

any_text = st.text(max_size=60) | st.text(alphabet="م😀\u200da\U0010ffff", max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(any_text)
def test_each_position_is_as_far_in_units_as_the_encoder_says(text: str) -> None:
    offsets = Utf16Map(text)
    assert offsets.length == units(text)
    for position in range(len(text) + 1):
        assert offsets.to_utf16(position) == units(text[:position])


@given(any_text)
def test_there_and_back_is_the_same_place(text: str) -> None:
    offsets = Utf16Map(text)
    for position in range(len(text) + 1):
        assert offsets.to_code_point(offsets.to_utf16(position)) == position


@given(any_text)
def test_the_middle_of_a_pair_is_its_start(text: str) -> None:
    offsets = Utf16Map(text)
    for position, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert offsets.to_code_point(offsets.to_utf16(position) + 1) == position


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("كركوك", 5), ("😀", 2), ("أ😀ب", 4)])
def test_lengths(text: str, expected: int) -> None:
    assert Utf16Map(text).length == expected
