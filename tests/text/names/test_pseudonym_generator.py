"""Pseudonyms: one for each name, nobody's in the corpus, and always the same for one secret."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.names.given_names import NameKind, given_names
from annotator.text.names.pseudonym_generator import generate_pseudonyms
from annotator.text.normalise import normalise_key

WORDS = st.sampled_from(
    [normalise_key(name) for kind in NameKind for name in given_names().pseudonyms[kind]]
) | st.text("ابتثجحسعلمنهوي", min_size=2, max_size=5)
KINDS = st.dictionaries(WORDS, st.sampled_from(NameKind), max_size=40)


@given(KINDS, st.binary(min_size=1, max_size=4))
def test_pseudonyms_are_different_and_nobodys_name(kinds: dict[str, NameKind], secret: bytes) -> None:
    chosen = generate_pseudonyms(kinds, secret, {})
    assert chosen.keys() == kinds.keys()
    keys = [normalise_key(word) for word in chosen.values()]
    assert len({key.removeprefix("ال") for key in keys}) == len(keys)
    assert not set(keys) & kinds.keys()
    assert generate_pseudonyms(dict(reversed(kinds.items())), secret, {}) == chosen


@given(KINDS, KINDS)
def test_earlier_pseudonyms_remain(before: dict[str, NameKind], new: dict[str, NameKind]) -> None:
    kept = generate_pseudonyms(before, b"k", {})
    chosen = generate_pseudonyms(before | new, b"k", kept)
    names = {key.removeprefix("ال") for key in before | new}
    for key, word in kept.items():
        stays = not any(
            p + normalise_key(word).removeprefix("ال") in names for p in ("", "و", "ل", "ول", "ب", "ف", "ك")
        )
        assert not stays or chosen[key] == word


def test_more_names_than_the_list_has_get_names_of_the_same_form() -> None:
    many = 400
    kinds = {f"{kind}-{number}": kind for kind in NameKind for number in range(many)}
    chosen = generate_pseudonyms(kinds, b"k", {})
    assert len(set(map(normalise_key, chosen.values()))) == len(kinds)
    family = [word for key, word in chosen.items() if kinds[key] is NameKind.FAMILY_WITH_ARTICLE]
    assert len(family) > len(given_names().pseudonyms[NameKind.FAMILY_WITH_ARTICLE])
    assert all(word.startswith("ال") for word in family)
    assert all(word.isascii() for key, word in chosen.items() if kinds[key].startswith("latin"))


def test_another_secret_chooses_others() -> None:
    kinds = {f"name{number}": NameKind.MALE for number in range(20)}
    assert generate_pseudonyms(kinds, b"a", {}) != generate_pseudonyms(kinds, b"b", {})


def test_a_womans_name_replaces_a_womans() -> None:
    names = given_names()
    words = ["سعاد", "زينب", "محمد", "احمد"]
    chosen = generate_pseudonyms({word: names.known[word] for word in words}, b"k", {})
    assert [chosen[word] in names.pseudonyms[NameKind.FEMALE] for word in words] == [True, True, False, False]
    assert all(chosen[word] in names.pseudonyms[NameKind.MALE] for word in words[2:])
