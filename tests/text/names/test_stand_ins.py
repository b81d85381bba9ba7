"""Stand-ins: one for each name, nobody's in the corpus, the same whenever the same secret chooses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.names.given_names import Kind, given_names
from annotator.text.names.stand_ins import choose
from annotator.text.normalise import normalise_key

WORDS = st.sampled_from([normalise_key(name) for kind in Kind for name in given_names().stand_ins[kind]]) | st.text(
    "ابتثجحسعلمنهوي", min_size=2, max_size=5
)
KINDS = st.dictionaries(WORDS, st.sampled_from(Kind), max_size=40)


@given(KINDS, st.binary(min_size=1, max_size=4))
def test_stand_ins_are_different_and_nobodys_name(kinds: dict[str, Kind], secret: bytes) -> None:
    chosen = choose(kinds, secret, {})
    assert chosen.keys() == kinds.keys()
    keys = [normalise_key(word) for word in chosen.values()]
    assert len({key.removeprefix("ال") for key in keys}) == len(keys)
    assert not set(keys) & kinds.keys()
    assert choose(dict(reversed(kinds.items())), secret, {}) == chosen


@given(KINDS, KINDS)
def test_stand_ins_that_were_given_stay(before: dict[str, Kind], new: dict[str, Kind]) -> None:
    kept = choose(before, b"k", {})
    chosen = choose(before | new, b"k", kept)
    names = {key.removeprefix("ال") for key in before | new}
    for key, word in kept.items():
        stays = not any(
            p + normalise_key(word).removeprefix("ال") in names for p in ("", "و", "ل", "ول", "ب", "ف", "ك")
        )
        assert not stays or chosen[key] == word


def test_more_names_than_the_list_has_get_names_of_the_same_form() -> None:
    many = 400
    kinds = {f"{kind}-{number}": kind for kind in Kind for number in range(many)}
    chosen = choose(kinds, b"k", {})
    assert len(set(map(normalise_key, chosen.values()))) == len(kinds)
    family = [word for key, word in chosen.items() if kinds[key] is Kind.FAMILY_WITH_ARTICLE]
    assert len(family) > len(given_names().stand_ins[Kind.FAMILY_WITH_ARTICLE])
    assert all(word.startswith("ال") for word in family)
    assert all(word.isascii() for key, word in chosen.items() if kinds[key].startswith("latin"))


def test_another_secret_chooses_others() -> None:
    kinds = {f"name{number}": Kind.MALE for number in range(20)}
    assert choose(kinds, b"a", {}) != choose(kinds, b"b", {})


def test_a_womans_name_stands_in_for_a_womans() -> None:
    names = given_names()
    words = ["سعاد", "زينب", "محمد", "احمد"]
    chosen = choose({word: names.known[word] for word in words}, b"k", {})
    assert [chosen[word] in names.stand_ins[Kind.FEMALE] for word in words] == [True, True, False, False]
    assert all(chosen[word] in names.stand_ins[Kind.MALE] for word in words[2:])
