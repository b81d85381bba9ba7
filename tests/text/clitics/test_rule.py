"""The clitic rule in a text: neighbours, the caller's names, marks, policies, and whatever else is thrown at it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given

from annotator.errors import ResourceError
from annotator.text import word_frequencies
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.clitics.rule import clitic_length, name_start
from annotator.text.normalise import normalise_key
from tests.text.strategies import any_texts


@given(any_texts)
def test_what_is_cut_off_is_a_possible_chain_of_clitics(word: str) -> None:
    assert clitic_length(word) in proclitic_lengths(word)


@pytest.mark.parametrize(
    ("word", "length"),
    [
        ("", 0),
        ("و", 0),
        ("بك", 0),
        ("لـBBC", 2),
        ("لـ«العربي", 0),
        ("و17", 1),
        ("و3", 1),
        ("بإب", 1),
        ("وأحد", 1),
        ("واحد", 0),
        ("وَ\u200dلِلعِراق", 5),
        ("وبالعراق", 2),
        ("والعراق", 1),
        ("ﻭﺍﻟﻌﺮﺍﻕ", 0),  # the letters' printed forms are left as they are
        ("بان", 0),
        ("بأن", 1),
    ],
)
def test_words_at_the_edge(word: str, length: int) -> None:
    assert clitic_length(word) == length


def test_a_preposition_before_the_word_leaves_no_room_for_another() -> None:
    assert clitic_length("بعبدا") == clitic_length("بعبدا", "اجتماع") == 1
    assert clitic_length("بعبدا", "في") == clitic_length("بعبدا", "إِلى") == 0
    assert clitic_length("وشبشير", "قال") == 1
    assert clitic_length("وشبشير", "بن") == 0


def test_a_known_name_of_several_words_is_read_as_one() -> None:
    assert clitic_length("لحزب", following="الله") == 1
    assert clitic_length("وتحرير", following="الشام") == 1
    assert clitic_length("بوركينا", following="فاسو") == 0


def test_a_rare_name_is_cut_free_where_the_caller_knows_it() -> None:
    names = {normalise_key("شبشير"), normalise_key("القشبري")}
    for word, length in (("بشبشير", 1), ("كشبشير", 1), ("فبشبشير", 2), ("للقشبري", 1), ("وبالقشبري", 2)):
        assert clitic_length(word, known=names.__contains__) == length
    assert clitic_length("كشبشير") == 0


def test_a_name_that_the_caller_knows_whole_stays_whole() -> None:
    assert clitic_length("وشبشير") == 1
    assert clitic_length("وشبشير", known=lambda key: key == "وشبشير") == 0


def test_a_name_behind_two_letters_that_are_no_clitics_says_nothing() -> None:
    for word in ("لغم", "بوكار", "كلابر"):
        assert clitic_length(word, known=word[2:].__eq__) == 0


def test_a_word_that_is_common_is_not_cut_for_a_name() -> None:
    assert clitic_length("لبنان", known=lambda key: key == "بنان") == 0
    assert clitic_length("كمال", known=lambda key: key == "مال") == 0


def test_the_policy_decides_whether_a_name_begins_with_its_clitics() -> None:
    assert name_start("وديالى", "outside") == 1
    assert name_start("وديالى", "inside") == 0
    assert name_start("واشنطن", "outside") == name_start("واشنطن", "inside") == 0


WHOLE = gzip.compress("كتاب\t40\t50\n".encode() * 20, mtime=0)


@pytest.mark.parametrize(
    "content",
    [b"", WHOLE[:-9], WHOLE[:12] + b"\xff" * 20, b"words", gzip.compress("كتاب\n".encode(), mtime=0)],
    ids=["empty", "cut short", "garbled", "not compressed", "no numbers"],
)
def test_a_damaged_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    path = tmp_path / "arabic.tsv.gz"
    path.write_bytes(content)
    monkeypatch.setattr(word_frequencies, "resource", lambda *_: path)
    with pytest.raises(ResourceError, match=r"arabic\.tsv\.gz is damaged"):
        word_frequencies.word_frequencies.__wrapped__()


def test_the_seen_of_the_future_is_never_taken_off_a_name() -> None:
    assert name_start("سامر", "outside", "العميد", "الدليمي") == 0
    assert name_start("وسامر", "outside", "العميد", "الدليمي") == 1
