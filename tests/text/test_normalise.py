"""Normal forms are CAMeL's, and every part of them leads back to the exact characters."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.camel_normalise import normalise_char
from annotator.text.characters import INVISIBLE
from annotator.text.normalise import normalise, normalise_key
from tests.text.strategies import any_texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("إلى الأُمَّة", "الي الامه"),
        ("ٱلقُرآن", "القران"),
        ("الحكومـــة", "الحكومه"),
        ("ﻻ ﷲ", "لا الله"),
        ("ڤيتنام پاريس ایران", "فيتنام باريس ايران"),
        ("صلاح\u00a0الدين", "صلاح الدين"),
        ("\u200fبغداد\u200f می\u200cخ", "بغداد ميخ"),
        ("١٧ ۴ BBC", "17 4 bbc"),
        ("ا\u0654حمد", "احمد"),
        ("😀 أ", "😀 ا"),
        ("سطر\nآخر", "سطر\nاخر"),
    ],
)
def test_spellings_are_levelled(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_the_key_of_a_name_does_not_depend_on_its_spaces() -> None:
    assert normalise_key(" صَلاح \u00a0 الدين\n") == "صلاح الدين"


@given(any_texts)
def test_offsets_rise_and_lie_inside_the_text(text: str) -> None:
    normal = normalise(text)
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(normal.offsets)
    assert normal.offsets[-1] == len(text)
    assert all(0 <= offset < len(text) for offset in normal.offsets[:-1])


@given(any_texts, st.data())
def test_a_part_leads_back_to_characters_that_normalise_to_it(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    span = normal.span(start, end)
    back = normalise(span.of(text)).text
    assert normal.text[start:end] in back
    assert span.start == normal.offsets[start]
    rest = text[span.end : normal.offsets[end]]
    assert all(char in INVISIBLE or not normalise(char).text for char in rest)
    if all(len(normalise(char).text) <= 1 for char in text):
        assert back == normal.text[start:end]


@given(any_texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


def test_marks_and_tatweel_belong_to_the_letter_before_them_and_direction_marks_to_nobody() -> None:
    text = "قال دِيالىـً\u200f ثم"
    normal = normalise(text)
    start = normal.text.index("ديالي")
    assert normal.span(start, start + 5).of(text) == "دِيالىـً"


def test_an_empty_part_is_refused() -> None:
    with pytest.raises(ValueError, match="start < end"):
        normalise("بغداد").span(2, 2)
    with pytest.raises(IndexError):
        normalise("بغداد").span(2, 9)


def test_the_table_begins_with_the_forms_that_camel_computes() -> None:
    command = "from annotator.text.normalise import _TABLE; import json; print(json.dumps(dict(_TABLE)))"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    table = {int(code): value for code, value in json.loads(told).items()}
    assert len(table) > 130
    assert table == {code: normalise_char(chr(code)) for code in table}
