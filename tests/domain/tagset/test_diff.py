"""The differences between drafts: as few changes as possible, and the same tagset."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RemoveLabel,
    RenameLabel,
    SetLabelKey,
    TagsetChange,
    apply_all,
)
from annotator.domain.tagset.diff import changes_between
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError

COLOUR = {"light": "#123456", "dark": "#abcdef"}
OTHER = {"light": "#654321", "dark": "#fedcba"}
IDS = ("PERS", "LOC", "ORG", "FAC", "N0", "N1")
BEGUN = TagsetDraft(Tagset("small", tuple(Label(i, {"en": i}, COLOUR, key=str(n)) for n, i in enumerate(IDS[:4], 1))))

steps = st.one_of(
    st.builds(RenameLabel, st.sampled_from(IDS), st.sampled_from(["A", "B", "C", *IDS])),
    st.builds(MergeLabels, st.sampled_from(IDS), st.sampled_from(IDS)),
    st.builds(RemoveLabel, st.sampled_from(IDS)),
    st.builds(SetLabelKey, st.sampled_from(IDS), st.sampled_from(["", "1", "2", "7"]), st.booleans()),
    st.builds(MoveLabel, st.sampled_from(IDS), st.integers(0, 5)),
    st.builds(DescribeLabel, st.sampled_from(IDS), colour=st.sampled_from([COLOUR, OTHER])),
    st.builds(DescribeLabel, st.sampled_from(IDS), names=st.sampled_from([{"en": "One"}, {"ar": "واحد"}])),
    st.builds(AddLabel, st.sampled_from([Label(i, {"en": i}, COLOUR, key=k) for i in IDS for k in ("", "8")])),
    st.builds(ChangeTagset, nested=st.booleans()),
)


def after(begun: TagsetDraft, changes: list[TagsetChange]) -> TagsetDraft:
    for change in changes:
        with suppress(ResourceError):
            begun = change.apply(begun)
    return begun


@given(st.lists(steps, max_size=6), st.lists(steps, max_size=12))
def test_the_changes_make_the_same_tagset(before: list[TagsetChange], then: list[TagsetChange]) -> None:
    old = after(BEGUN, before)
    new = after(old, then)
    try:
        changes = changes_between(old, new)
    except ResourceError:
        # An id has gone from one label to another, which takes more than one step.
        held = [(label, old.tagset.find(label.id)) for label in new.tagset.labels]
        assert any(other is not None and other.first_id != label.first_id for label, other in held)
        return
    made = apply_all(old, changes)
    assert [(x.id, x.first_id, x.key, x.names, x.colour) for x in made.tagset.labels] == [
        (x.id, x.first_id, x.key, x.names, x.colour) for x in new.tagset.labels
    ]
    assert made.tagset.nested == new.tagset.nested
    assert made.folded.ids.gone - new.folded.ids.gone == frozenset()
    assert changes_between(old, old) == []


def test_a_removed_label_that_came_back_and_was_merged_is_merged() -> None:
    old = apply_all(BEGUN, [RemoveLabel("ORG")])
    new = apply_all(old, [AddLabel(Label("ORG", {"en": "ORG"}, COLOUR)), MergeLabels("ORG", "PERS")])
    made = apply_all(old, changes_between(old, new))
    assert made.folded.ids.now("ORG") == new.folded.ids.now("ORG") == "PERS"
    assert made.tagset == new.tagset


def test_the_key_of_a_label_that_was_merged_is_free() -> None:
    new = apply_all(BEGUN, [SetLabelKey("FAC", "7"), MergeLabels("FAC", "PERS"), SetLabelKey("PERS", "7")])
    assert changes_between(BEGUN, new) == [SetLabelKey("PERS", "7", take=True), MergeLabels("FAC", "PERS")]
    assert apply_all(BEGUN, changes_between(BEGUN, new)).tagset == new.tagset


def test_steps_that_come_to_nothing_are_no_changes() -> None:
    steps: list[TagsetChange] = [
        RenameLabel("PERS", "X"),
        RenameLabel("X", "PERS"),
        MoveLabel("LOC", 3),
        MoveLabel("LOC", 1),
        AddLabel(Label("N", {"en": "n"}, COLOUR)),
    ]
    assert changes_between(BEGUN, apply_all(BEGUN, [*steps, RemoveLabel("N")])) == []


def test_several_steps_on_one_label_are_one_change() -> None:
    new = apply_all(
        BEGUN,
        [
            RenameLabel("LOC", "A"),
            RenameLabel("A", "B"),
            DescribeLabel("B", colour=OTHER),
            DescribeLabel("B", names={"en": "One"}),
            SetLabelKey("B", "1", take=True),
            MergeLabels("FAC", "B"),
            MoveLabel("ORG", 0),
        ],
    )
    assert changes_between(BEGUN, new) == [
        SetLabelKey("PERS", "", take=True),
        RenameLabel("LOC", "B"),
        DescribeLabel("LOC", names={"en": "One"}, colour=OTHER),
        SetLabelKey("LOC", "1", take=True),
        MergeLabels("FAC", "LOC"),
        MoveLabel("ORG", 0),
    ]
