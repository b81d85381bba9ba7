"""Looking labels up in a tagset."""

from __future__ import annotations

from annotator.domain.tagset.tagset import Label, Tagset

COLOUR = {"light": "#000000", "dark": "#ffffff"}
PERSON = Label("PERS", {"ar": "شخص", "en": "Person"}, COLOUR, key="1", camel=("PERS",))
PLACE = Label("LOC", {"en": "Place"}, COLOUR, key="Alt+1", camel=("LOC",))
OTHER = Label("MISC", {}, COLOUR)
TAGSET = Tagset("small", (PERSON, PLACE, OTHER))


def test_labels_are_found_by_id_key_and_camel_class() -> None:
    assert TAGSET.find("LOC") is PLACE
    assert TAGSET.by_key("Alt+1") is PLACE
    assert TAGSET.from_camel("PERS") == "PERS"


def test_what_is_not_there_is_none() -> None:
    assert TAGSET.find("loc") is None
    assert TAGSET.by_key("2") is None
    assert TAGSET.by_key("") is None
    assert TAGSET.from_camel("MISC") is None


def test_a_name_that_is_missing_in_a_language_is_the_id() -> None:
    assert [label.name("ar") for label in TAGSET.labels] == ["شخص", "LOC", "MISC"]
