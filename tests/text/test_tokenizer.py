"""The tokenizer loses nothing, moves nothing, and keeps together what is one thing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from camel_tools.tokenizers.word import simple_word_tokenize
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.text import tokenizer
from annotator.text.characters import INVISIBLE
from annotator.text.tokenizer import tokenize
from tests.text.strategies import any_texts, arabic_texts


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@given(any_texts)
def test_tokens_cover_every_character_but_spaces_in_order_and_exactly(text: str) -> None:
    covered: list[int] = []
    for token in tokenize(text):
        assert token.span.of(text) == token.text
        covered.extend(range(token.span.start, token.span.end))
    assert covered == [i for i, char in enumerate(text) if not char.isspace()]


PLAIN = [char for char in map(chr, range(0x110000)) if tokenizer._PLAIN.fullmatch(char)]


def cut_by_camel(text: str) -> list[Token]:
    """Return the tokens of a text of which nothing is thought plain."""
    tokenizer._cached_pieces.cache_clear()
    with patch.object(tokenizer, "_PLAIN", re.compile("(?!)")):
        found = tokenize(text)
    tokenizer._cached_pieces.cache_clear()
    return found


@pytest.mark.parametrize("frame", ["{}", "ك{}ت", "5{}5", ".{}.", "{}َ"])
def test_each_plain_character_is_cut_as_camel_cuts_it(frame: str) -> None:
    text = " ".join(frame.format(char) for char in PLAIN)
    assert len(PLAIN) > 200
    assert tokenize(text) == cut_by_camel(text)


@given(st.text(alphabet=[*PLAIN, " "], max_size=60) | arabic_texts)
def test_plain_text_is_cut_as_camel_cuts_it(text: str) -> None:
    assert tokenize(text) == cut_by_camel(text)


@given(any_texts)
def test_what_is_between_camels_borders_is_never_cut_but_for_invisible_characters(text: str) -> None:
    shown = "".join(char for char in text if char not in INVISIBLE)
    pieces = [piece for piece in simple_word_tokenize(shown) if piece]
    ours = "".join(words(shown))
    assert ours == "".join(pieces)
    assert len(words(shown)) <= len(pieces)


@pytest.mark.parametrize(
    "whole",
    [
        "12/3/2020",
        "2020-04-17",
        "١٧/٤/٢٠٢٠",
        "17.4.2020",
        "11/9",
        "3.5",
        "1,200",
        "٣٫٥",
        "١٬٢٠٠",
        "1،200،000",
        "10:30",
        "10:30:15",
        "https://www.example.net/a/صور-من/?q=1&x=(2)",
        "http://example.org",
        "www.sfda.gov.sa",
        "example.net",
        "info@news.example.co.uk",
        "@aa_bb",
        "#عاصفة_الحزم",
        "#عَاصفة",
        "إف-16",
        "F-16",
        "F-16C",
        "16-F",
        "كوفيد-19",
        "أس-400",
        "تي-72",
        "أ.ف.ب",
        "U.S.",
        "وَدِيالى",
        "لـBBC",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧",
    ],
)
@pytest.mark.parametrize("around", ["{}", "قال {} ثم", "({})", "«{}»،", '"{}"؟', "\u200f{}\u200f"])
def test_one_thing_is_one_token_wherever_it_occurs(whole: str, around: str) -> None:
    assert whole in words(around.format(whole))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50%", ["50", "%"]),
        ("٥٠٪", ["٥٠", "٪"]),
        ("2015-2016", ["2015", "-", "2016"]),
        ("انتهى.وأضاف", ["انتهى", ".", "وأضاف"]),
        ("د. محمد", ["د", ".", "محمد"]),
        ('لـ"العربي الجديد"،', ["لـ", '"', "العربي", "الجديد", '"', "،"]),
        ("التنظيم(علي غريب/الأناضول)", ["التنظيم", "(", "علي", "غريب", "/", "الأناضول", ")"]),
        ("زوروا example.net.", ["زوروا", "example.net", "."]),
        ("+ الخط -", ["+", "الخط", "-"]),
        ("صلاح\u00a0الدين", ["صلاح", "الدين"]),
        ("١٧/٤/٢٠٢٠م", ["١٧/٤/٢٠٢٠م"]),
    ],
)
def test_marks_and_percentages_are_split_off(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_direction_marks_at_the_edges_of_a_name_are_tokens_of_their_own() -> None:
    assert words("\u200fبغداد\u200e") == ["\u200f", "بغداد", "\u200e"]


def test_offsets_count_code_points_behind_an_emoji() -> None:
    assert tokenize("😀 بغداد")[1].span == Span(2, 7)


def test_a_long_run_without_spaces_is_one_token_where_it_is_one_address() -> None:
    address = "https://example.org/" + "ا" * 5000
    assert words(f"{address} بغداد") == [address, "بغداد"]


def test_real_articles_lose_nothing(corpora: Path) -> None:
    text = next((corpora / "seed").glob("*.txt")).read_text("utf-8")
    assert "".join(words(text)) == "".join(text.split())


def test_plain_news_is_cut_and_levelled_without_waiting_for_camel() -> None:
    code = """
import sys
from annotator.text.normalise import normalise_key
from annotator.text.tokenizer import tokenize
text = "قال: «نَعم»، ثم (2020)... وأضاف أ.ف.ب: 3.5%!"
print(len(tokenize(text)), normalise_key(text)[:3], sorted({"onnxruntime", "camel_tools"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "19 قال []"
