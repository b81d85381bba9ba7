"""What an editor's steps come to: as few changes as say it, and the same tagset."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.tagset.changes import (
    Add,
    Describe,
    Merge,
    Move,
    Rekey,
    Remove,
    Rename,
    Settle,
    TagsetChange,
    apply_all,
)
from annotator.domain.tagset.diff import net_changes
from annotator.domain.tagset.draft import Draft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError

COLOUR = {"light": "#123456", "dark": "#abcdef"}
OTHER = {"light": "#654321", "dark": "#fedcba"}
IDS = ("PERS", "LOC", "ORG", "FAC", "N0", "N1")
BEGUN = Draft(Tagset("small", tuple(Label(i, {"en": i}, COLOUR, key=str(n)) for n, i in enumerate(IDS[:4], 1))))

steps = st.one_of(
    st.builds(Rename, st.sampled_from(IDS), st.sampled_from(["A", "B", "C", *IDS])),
    st.builds(Merge, st.sampled_from(IDS), st.sampled_from(IDS)),
    st.builds(Remove, st.sampled_from(IDS)),
    st.builds(Rekey, st.sampled_from(IDS), st.sampled_from(["", "1", "2", "7"]), st.booleans()),
    st.builds(Move, st.sampled_from(IDS), st.integers(0, 5)),
    st.builds(Describe, st.sampled_from(IDS), colour=st.sampled_from([COLOUR, OTHER])),
    st.builds(Describe, st.sampled_from(IDS), names=st.sampled_from([{"en": "One"}, {"ar": "واحد"}])),
    st.builds(Add, st.sampled_from([Label(i, {"en": i}, COLOUR, key=k) for i in IDS for k in ("", "8")])),
    st.builds(Settle, nested=st.booleans()),
)


def after(begun: Draft, changes: list[TagsetChange]) -> Draft:
    for change in changes:
        with suppress(ResourceError):
            begun = change.apply(begun)
    return begun


@given(st.lists(steps, max_size=6), st.lists(steps, max_size=12))
def test_the_changes_make_the_same_tagset(before: list[TagsetChange], then: list[TagsetChange]) -> None:
    old = after(BEGUN, before)
    new = after(old, then)
    made = apply_all(old, net_changes(old, new))
    assert [(x.id, x.first_id, x.key, x.names, x.colour) for x in made.tagset.labels] == [
        (x.id, x.first_id, x.key, x.names, x.colour) for x in new.tagset.labels
    ]
    assert made.tagset.nested == new.tagset.nested
    assert made.folded.ids.gone - new.folded.ids.gone == frozenset()
    assert net_changes(old, old) == []


def test_steps_that_come_to_nothing_are_no_changes() -> None:
    steps: list[TagsetChange] = [
        Rename("PERS", "X"),
        Rename("X", "PERS"),
        Move("LOC", 3),
        Move("LOC", 1),
        Add(Label("N", {"en": "n"}, COLOUR)),
    ]
    assert net_changes(BEGUN, apply_all(BEGUN, [*steps, Remove("N")])) == []


def test_several_steps_on_one_label_are_told_once() -> None:
    new = apply_all(
        BEGUN,
        [
            Rename("LOC", "A"),
            Rename("A", "B"),
            Describe("B", colour=OTHER),
            Describe("B", names={"en": "One"}),
            Rekey("B", "1", take=True),
            Merge("FAC", "B"),
            Move("ORG", 0),
        ],
    )
    assert net_changes(BEGUN, new) == [
        Rekey("PERS", "", take=True),
        Rename("LOC", "B"),
        Describe("LOC", names={"en": "One"}, colour=OTHER),
        Rekey("LOC", "1", take=True),
        Merge("FAC", "LOC"),
        Move("ORG", 0),
    ]
