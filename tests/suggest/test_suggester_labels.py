"""Fine classes in coarse tagsets."""

from __future__ import annotations

import pytest

from annotator.domain.tagset.changes import MergeLabels, RenameLabel, apply_all
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.starter.suggester import StarterSuggester
from annotator.suggest.suggester_labels import from_camel, translate


def tagset(*ids: str) -> Tagset:
    return Tagset("own", tuple(Label(i, {}, {}) for i in ids))


@pytest.mark.parametrize("label", [label.id for label in load_tagset("security").labels])
def test_the_security_tagset_takes_its_own_classes(label: str) -> None:
    assert translate(label, load_tagset("security")) == label


@pytest.mark.parametrize(
    ("label", "camel", "wojood"),
    [
        ("PERS", "PERS", "PERS"),
        ("ARMED", "ORG", "ORG"),
        ("FORCE", "ORG", "ORG"),
        ("MEDIA", "ORG", "ORG"),
        ("LOC", "LOC", "LOC"),
        ("FAC", "LOC", "FAC"),
        ("PLATFORM", "MISC", "WEBSITE"),
        ("WEAPON", None, "PRODUCT"),
        ("NAT", None, "NORP"),
        ("TITLE", None, "OCC"),
        ("CASUALTY", None, None),
    ],
)
def test_coarser_tagsets_take_what_they_have_a_class_for(label: str, camel: str | None, wojood: str | None) -> None:
    assert translate(label, load_tagset("camel")) == camel
    assert translate(label, load_tagset("wojood")) == wojood


def test_names_of_labels_are_compared_without_case() -> None:
    assert translate("ARMED", tagset("Person", "Organization")) == "Organization"
    assert translate("LOC", tagset("gpe")) == "gpe"
    assert translate("GPE", tagset("Location")) == "Location"
    assert translate("PERS", tagset("Thing")) is None


def test_camel_classes_follow_the_tagset_then_their_names() -> None:
    own = Tagset("own", (Label("WHO", {}, {}, camel=("PERS",)), Label("LOC", {}, {})))
    assert from_camel(own) == {"PERS": "WHO", "LOC": "LOC"}
    assert set(from_camel(load_tagset("security"))) == {"PERS", "ORG", "LOC", "MISC"}


def test_a_tagset_without_any_place_for_a_class_is_reported_so() -> None:
    for label in ("FAC", "LOC", "GPE", "ARMED"):
        assert translate(label, tagset("SHIP")) is None


def test_a_class_goes_to_the_label_that_was_called_so_before_or_took_in_the_one_that_was() -> None:
    draft = apply_all(TagsetDraft(load_tagset("security")), [RenameLabel("PERS", "HUMAN"), MergeLabels("FORCE", "ORG")])
    assert translate("PERS", draft.tagset) == "HUMAN"
    assert translate("FORCE", draft.tagset) == "ORG"
    assert from_camel(draft.tagset)["PERS"] == "HUMAN"
    camel = apply_all(TagsetDraft(load_tagset("camel")), [RenameLabel("LOC", "PLACE")])
    spoken = StarterSuggester(camel.tagset, resource("models", "starter"))
    assert set(spoken._labels.values()) - {None} <= {"PERS", "PLACE", "ORG", "MISC"}
    assert "PLACE" in spoken._labels.values()
