"""Tagsets: the bundled ones are complete, JSON round trips, and every error has a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.tagset.tagset import Example, Label, Tagset
from annotator.errors import ResourceError
from annotator.storage.tables.tagsets import (
    CAMEL_CLASSES,
    list_tagsets,
    load_tagset,
    tagset_from_json,
    tagset_to_json,
)

SECURITY = (
    "PERS ORG ARMED FORCE LOC FAC WEAPON ATTACK CASUALTY DATE MEDIA PLATFORM NAT TITLE MISC",
    "1 2 3 4 5 6 7 8 9 0 Alt+1 Alt+2 Alt+3 Alt+4 Alt+5",
)
WOJOOD = (
    "PERS NORP OCC ORG GPE LOC FAC EVENT DATE TIME CARDINAL ORDINAL PERCENT LANGUAGE QUANTITY WEBSITE UNIT LAW "
    "MONEY PRODUCT CURR"
)


def minimal() -> dict[str, Any]:
    """Return the JSON of a tagset with two labels, for a test to spoil."""
    colour = {"light": "#112233", "dark": "#aabbcc"}
    example = {"text": "زار الوفد بغداد أمس.", "span": "بغداد"}
    return {
        "name": "mine",
        "labels": [
            {"id": "PLACE", "names": {"en": "Place"}, "colour": colour, "key": "1", "camel": ["LOC"]},
            {"id": "CITY", "names": {"ar": "مدينة"}, "colour": colour, "key": "2", "examples": [example]},
        ],
    }


def test_the_three_tagsets_are_bundled() -> None:
    assert list_tagsets() == ["camel", "security", "wojood"]


@pytest.mark.parametrize("policy", ["outside", "inside"])
def test_the_policy_for_clitics_goes_round(policy: str) -> None:
    tagset = tagset_from_json(json.dumps(minimal() | {"clitics": policy}))
    assert tagset.clitics == policy
    assert tagset_from_json(tagset_to_json(tagset)) == tagset


def test_a_tagset_without_a_policy_leaves_clitics_outside() -> None:
    assert tagset_from_json(json.dumps(minimal())).clitics == "outside"


@pytest.mark.parametrize(("policy", "message"), [("both", "Allowed: outside, inside"), (True, "must be text")])
def test_an_unknown_policy_for_clitics_is_refused(policy: object, message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        tagset_from_json(json.dumps(minimal() | {"clitics": policy}))


def test_security_has_the_agreed_labels_and_keys() -> None:
    tagset = load_tagset("security")
    assert [label.id for label in tagset.labels] == SECURITY[0].split()
    assert [label.key for label in tagset.labels] == SECURITY[1].split()
    assert not tagset.nested


def test_wojood_has_its_21_classes_and_nests() -> None:
    tagset = load_tagset("wojood")
    assert [label.id for label in tagset.labels] == WOJOOD.split()
    assert tagset.nested


@pytest.mark.parametrize("name", ["camel", "security"])
def test_every_class_of_camel_arrives_as_a_label(name: str) -> None:
    assert [load_tagset(name).from_camel(c) for c in CAMEL_CLASSES] == list(CAMEL_CLASSES)


@pytest.mark.parametrize("name", list_tagsets())
def test_every_label_is_explained_in_both_languages(name: str) -> None:
    tagset = load_tagset(name)
    assert tagset.name == name
    assert set(tagset.names) == set(tagset.description) == {"ar", "en"}
    for label in tagset.labels:
        assert set(label.names) == set(label.guideline) == {"ar", "en"}, label.id
        assert all(label.guideline.values()), label.id
        assert len(label.examples) >= 2, label.id
        assert label.counter_examples, label.id
        for example in label.examples + label.counter_examples:
            assert set(example.note) == {"ar", "en"}, label.id


@pytest.mark.parametrize("name", list_tagsets())
def test_a_bundled_tagset_goes_round_through_json(name: str) -> None:
    tagset = load_tagset(name)
    text = tagset_to_json(tagset)
    assert tagset_from_json(text) == tagset
    assert tagset_to_json(tagset_from_json(text)) == text


def test_the_order_of_fields_does_not_show_in_the_json() -> None:
    data = minimal()
    turned = {key: data[key] for key in reversed(data)}
    turned["labels"] = [{key: label[key] for key in reversed(label)} for label in data["labels"]]
    one, other = (tagset_to_json(tagset_from_json(json.dumps(d))) for d in (data, turned))
    assert one == other


_words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
_languages = st.dictionaries(st.sampled_from(["ar", "en"]), _words, min_size=1)
_colours = st.fixed_dictionaries(
    {theme: st.integers(0, 0xFFFFFF).map("#{:06x}".format) for theme in ("light", "dark")},
)


@st.composite
def _tagsets(draw: st.DrawFn) -> Tagset:
    """Draw a tagset that is usable."""
    ids = draw(st.lists(st.from_regex(r"[A-Zم][A-Z_.ن-]{0,8}", fullmatch=True), min_size=1, max_size=6, unique=True))
    camel = draw(st.permutations(CAMEL_CLASSES))
    labels = tuple(
        Label(
            id=name,
            names=draw(_languages),
            colour=draw(_colours),
            key=str(i) if draw(st.booleans()) else f"Alt+{i}",
            guideline=draw(_languages),
            examples=tuple(Example(f"{word}", word, draw(_languages)) for word in draw(st.lists(_words, max_size=2))),
            camel=tuple(camel[i : i + 1]),
        )
        for i, name in enumerate(ids)
        if name != "O"
    )
    kept = labels or (Label("X", {"en": "X"}, {"light": "#000000", "dark": "#ffffff"}),)
    return Tagset(draw(_words), kept, draw(_languages), draw(_languages), draw(st.booleans()))


@given(_tagsets())
def test_any_usable_tagset_goes_round_through_json(tagset: Tagset) -> None:
    assert tagset_from_json(tagset_to_json(tagset)) == tagset


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda d: d["labels"][1].update(id="PLACE"), 'has the label id "PLACE" more than once'),
        (lambda d: d["labels"][1].update(key="1"), 'has the key "1" more than once'),
        (lambda d: d["labels"][1].update(camel=["LOC"]), 'has the CAMeL class "LOC" more than once'),
        (lambda d: d["labels"][1].update(camel=["PLACE"]), "label CITY of t.json has the unknown CAMeL class 'PLACE'"),
        (lambda d: d["labels"][1].update(key="F1"), 'label CITY of t.json has the key "F1"'),
        (lambda d: d["labels"][1]["colour"].update(dark="red"), "no colour for the dark theme"),
        (lambda d: d["labels"][0].update(colour={"light": "#12345"}), "no colour for the light theme"),
        (lambda d: d["labels"][0].update(names={}), "label PLACE of t.json has no name"),
        (lambda d: d["labels"][0].update(names={"en": " "}), "label PLACE of t.json has no name"),
        (lambda d: d["labels"][0].pop("names"), 'label 1 of t.json has no field "names"'),
        (lambda d: d["labels"][0].update(id="A B"), 'label 1 of t.json has the id "A B"'),
        (lambda d: d["labels"][0].update(id="O"), 'label 1 of t.json has the id "O"'),
        (lambda d: d["labels"][0].update(id=7), "must be text, not a number"),
        (lambda d: d["labels"][0].update(color="#112233"), 'has an unknown field "color"'),
        (lambda d: d["labels"][1]["examples"][0].update(span="دمشق"), 'marks "دمشق", which must occur once'),
        (lambda d: d["labels"][1]["examples"][0].update(text="بغداد بغداد"), "once in its text, not 2 times"),
        (lambda d: d["labels"][1]["examples"][0].pop("span"), "number 1 of examples of label CITY"),
        (lambda d: d["labels"][1].update(guideline="text"), "must be an object, not text"),
        (lambda d: d.update(labels=[]), "has no labels"),
        (lambda d: d.update(labels={}), "must be a list, not an object"),
        (lambda d: d.update(labels=["PLACE"]), "label 1 of t.json must be a JSON object, not text"),
        (lambda d: d.update(nested="yes"), 'the field "nested" of t.json must be true or false'),
        (lambda d: d.update(name=" "), 'the field "name" of t.json is empty'),
        (lambda d: d.update(name=None), "must be text, not nothing"),
    ],
)
def test_an_error_names_its_place(spoil: Spoil, expected: str) -> None:
    data = minimal()
    spoil(data)
    with pytest.raises(ResourceError) as caught:
        tagset_from_json(json.dumps(data), source="t.json")
    message = str(caught.value)
    assert expected in message
    assert "t.json" in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name": "x",\n "labels": [}', "not valid JSON at line 2"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "must be a JSON object, not a list"),
        ("", "not valid JSON at line 1"),
    ],
)
def test_what_is_not_a_tagset_is_refused(text: str, message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        tagset_from_json(text)


def test_a_tagset_of_ones_own_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(minimal()), encoding="utf-8-sig")
    assert load_tagset(path) == load_tagset(str(path)) == tagset_from_json(json.dumps(minimal()))


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(ResourceError, match=r"not found: secruity.*camel, security, wojood"):
        load_tagset("secruity")


def test_a_file_that_is_not_utf8_or_not_readable_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes("الاسم".encode("cp1256"))
    with pytest.raises(ResourceError, match="is not UTF-8"):
        load_tagset(path)
    with pytest.raises(ResourceError, match="Cannot read the tagset"):
        load_tagset(tmp_path)
    with pytest.raises(ResourceError, match="Cannot read the tagset"):
        load_tagset("a\0b")
