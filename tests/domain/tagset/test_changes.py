"""Changes of a tagset: what each does, what is refused, and how what two copies did is settled."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
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
from annotator.domain.tagset.draft import TagsetDraft, writes_between
from annotator.domain.tagset.tagset import Example, Label, Tagset
from annotator.domain.tagset.tagset_cells import fold_tagset
from annotator.errors import ResourceError

COLOUR = {"light": "#123456", "dark": "#abcdef"}


def label(label_id: str, key: str = "", **more: Any) -> Label:
    return Label(label_id, {"en": label_id.title()}, COLOUR, key=key, **more)


BASE = Tagset("small", (label("PERS", "1", camel=("PERS",)), label("LOC", "2"), label("ORG", "3", camel=("ORG",))))
BEGUN = TagsetDraft(BASE)


def ids(draft: TagsetDraft) -> list[str]:
    return [each.id for each in draft.tagset.labels]


def together(*drafts: TagsetDraft) -> TagsetDraft:
    """Return what copies that were changed apart are when merged; of two changes to a field the last draft's counts."""
    cells: dict[str, Any] = {}
    for draft in drafts:
        cells |= draft.cells
    return TagsetDraft(BASE, cells)


def test_a_tagset_that_nobody_changed_is_the_one_that_was_given() -> None:
    assert BEGUN.tagset is BASE
    assert BEGUN.folded.ids.is_plain


def test_a_renamed_label_is_found_by_both_ids_and_the_log_keeps_the_first() -> None:
    draft = apply_all(BEGUN, [RenameLabel("PERS", "HUMAN"), RenameLabel("HUMAN", "PERSON")])
    found = draft.tagset.find("PERS")
    assert found is not None
    assert (found.id, found.first_id, found.formerly) == ("PERSON", "PERS", ("HUMAN", "PERS"))
    assert draft.tagset.find("HUMAN") is found
    meaning = draft.folded.ids
    assert (meaning.now("PERS"), meaning.in_log("PERSON"), meaning.in_log("HUMAN")) == ("PERSON", "PERS", "PERS")
    assert meaning.all_in_log("HUMAN") == ["PERS"]
    assert meaning.now("nobody's") == meaning.in_log("nobody's") == "nobody's"


def test_a_merged_label_and_what_was_merged_into_it_mean_the_other() -> None:
    draft = apply_all(BEGUN, [RenameLabel("LOC", "PLACE"), MergeLabels("PERS", "PLACE"), MergeLabels("PLACE", "ORG")])
    assert ids(draft) == ["ORG"]
    assert draft.tagset.labels[0].formerly == ("LOC", "PERS", "PLACE")
    assert draft.tagset.from_camel("PERS") == "ORG"
    assert draft.folded.ids.all_in_log("PLACE") == ["LOC", "ORG", "PERS"]
    assert {draft.folded.ids.now(i) for i in ("LOC", "ORG", "PERS")} == {"ORG"}


def test_a_new_label_is_last_and_a_removed_one_comes_back() -> None:
    draft = apply_all(BEGUN, [RemoveLabel("LOC")])
    assert ids(draft) == ["PERS", "ORG"]
    assert draft.folded.ids.gone == {"LOC"}
    again = AddLabel(label("LOC", "2", guideline={"en": "A place."})).apply(draft)
    assert ids(again) == ["PERS", "ORG", "LOC"]
    assert again.tagset.labels[-1].guideline == {"en": "A place."}
    assert again.folded.ids.gone == frozenset()


def test_the_fields_of_a_label_and_of_the_tagset_change() -> None:
    example = Example("زار بغداد.", "بغداد", {"en": "A city."})
    draft = apply_all(
        BEGUN,
        [
            DescribeLabel("LOC", names={"en": " Place ", "ar": "مكان"}, colour={"light": "#000000", "dark": "#ffffff"}),
            DescribeLabel("LOC", guideline={"en": "Where."}, examples=[example], counter_examples=[], camel=["LOC"]),
            ChangeTagset(nested=True, clitics="inside", names={"en": "Mine"}),
        ],
    )
    changed = draft.tagset.labels[1]
    assert changed.names == {"en": "Place", "ar": "مكان"}
    assert changed.colour == {"light": "#000000", "dark": "#ffffff"}
    assert (changed.guideline, changed.examples, changed.camel) == ({"en": "Where."}, (example,), ("LOC",))
    assert (draft.tagset.nested, draft.tagset.clitics, draft.tagset.names) == (True, "inside", {"en": "Mine"})
    assert draft.tagset.labels[0] is not None
    assert draft.tagset.labels[0] == BASE.labels[0]


def test_a_key_is_taken_from_another_label_only_when_asked() -> None:
    with pytest.raises(ResourceError, match="The key 2 is already used for the label LOC"):
        SetLabelKey("PERS", "2").apply(BEGUN)
    draft = SetLabelKey("PERS", "2", take=True).apply(BEGUN)
    assert [each.key for each in draft.tagset.labels] == ["2", "", "3"]
    assert [each.key for each in SetLabelKey("PERS", "").apply(BEGUN).tagset.labels] == ["", "2", "3"]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("which", ["PERS", "LOC", "ORG"])
def test_a_label_moves_to_a_place_by_one_write(which: str, place: int) -> None:
    draft = MoveLabel(which, place).apply(BEGUN)
    assert ids(draft)[place] == which
    assert [i for i in ids(draft) if i != which] == [i for i in ("PERS", "LOC", "ORG") if i != which]
    assert len(writes_between(BEGUN, draft)) == (ids(draft) != ids(BEGUN))


def test_moving_goes_on_when_there_is_no_room_left_between_two() -> None:
    draft = MoveLabel("ORG", 0).apply(BEGUN)  # Between -1 and 0 the floats run out; towards 0 they do not.
    for turn in range(90):
        draft = MoveLabel(ids(draft)[2], 1).apply(draft)
        assert ids(draft) == (["ORG", "LOC", "PERS"], ["ORG", "PERS", "LOC"])[turn % 2]
        assert len({value["position"] for value in draft.known.values()}) == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (RenameLabel("ORG", "LOC"), "The label LOC already exists"),
        (RenameLabel("OLD", "OLDER"), "Label not found: OLD. Labels in the tagset: "),
        (RenameLabel("LOC", "A B"), '"A B" is not a valid label ID'),
        (RenameLabel("LOC", "O"), '"O" is not a valid label ID'),
        (RenameLabel("LOC", "PERS"), "The ID PERS belonged to another label before"),
        (RenameLabel("LOC", "FAC"), "The ID FAC belonged to another label before"),
        (AddLabel(label("PERS")), "The ID PERS belonged to another label before"),
        (AddLabel(label("FAC")), "The ID FAC belonged to another label before"),
        (AddLabel(label("NEW", "2")), "The key 2 is already used for the label LOC"),
        (AddLabel(label("NEW", "Q")), '"Q" cannot be the key of a label'),
        (AddLabel(Label("NEW", {"en": " "}, COLOUR)), "needs a name"),
        (DescribeLabel("LOC", names={}), "needs a name"),
        (DescribeLabel("LOC", colour={"light": "red"}), "needs a colour for the light theme"),
        (MergeLabels("LOC", "LOC"), "cannot be merged into itself"),
        (RemoveLabel("ORG"), "ORG cannot be removed, because other labels were merged into it"),
        (ChangeTagset(clitics="both"), "Unknown clitic policy: both"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(change: TagsetChange, why: str) -> None:
    draft = apply_all(
        TagsetDraft(replace_labels(BASE, label("FAC"))), [RenameLabel("PERS", "HUMAN"), MergeLabels("FAC", "ORG")]
    )
    with pytest.raises(ResourceError) as fault:
        change.apply(draft)
    assert why in str(fault.value)


def replace_labels(tagset: Tagset, *more: Label) -> Tagset:
    return Tagset(tagset.name, (*tagset.labels, *more))


def test_the_last_label_stays() -> None:
    draft = apply_all(BEGUN, [RemoveLabel("PERS"), RemoveLabel("LOC")])
    with pytest.raises(ResourceError, match="ORG is the only label"):
        RemoveLabel("ORG").apply(draft)


def test_what_two_copies_changed_of_one_label_survives_both() -> None:
    one, other = RenameLabel("LOC", "PLACE").apply(BEGUN), DescribeLabel("LOC", names={"ar": "مكان"}).apply(BEGUN)
    for both in (together(one, other), together(other, one)):
        assert (both.tagset.labels[1].id, both.tagset.labels[1].names) == ("PLACE", {"ar": "مكان"})


def test_merged_in_a_circle_the_least_first_id_stays() -> None:
    one, other = MergeLabels("PERS", "LOC").apply(BEGUN), MergeLabels("LOC", "PERS").apply(BEGUN)
    both = together(one, other, MergeLabels("ORG", "PERS").apply(BEGUN))
    assert ids(both) == ["LOC"]
    assert {both.folded.ids.now(i) for i in ("PERS", "LOC", "ORG")} == {"LOC"}


def test_an_id_that_two_copies_gave_stays_with_the_first_and_the_other_goes_by_its_own() -> None:
    both = together(RenameLabel("LOC", "SPOT").apply(BEGUN), RenameLabel("PERS", "SPOT").apply(BEGUN))
    assert ids(both) == ["PERS", "SPOT", "ORG"]
    added = together(RenameLabel("LOC", "FAC").apply(BEGUN), AddLabel(label("FAC")).apply(BEGUN))
    assert ids(added) == ["PERS", "LOC", "ORG", "FAC"]
    assert added.folded.ids.is_plain


def test_a_label_that_one_copy_removed_and_the_other_merged_another_into_stays() -> None:
    both = together(RemoveLabel("LOC").apply(BEGUN), MergeLabels("PERS", "LOC").apply(BEGUN))
    assert ids(both) == ["LOC", "ORG"]
    assert both.folded.ids.gone == frozenset()


def test_where_copies_removed_all_labels_between_them_all_stay_and_can_be_removed_again() -> None:
    both = together(RemoveLabel("PERS").apply(RemoveLabel("LOC").apply(BEGUN)), RemoveLabel("ORG").apply(BEGUN))
    assert ids(both) == ids(BEGUN) == ["PERS", "LOC", "ORG"]
    assert both.folded.kept == {"PERS", "LOC", "ORG"}
    assert both.folded.ids.is_plain
    settled = both.settled()
    assert (settled.tagset, settled.folded.kept) == (both.tagset, frozenset())
    assert ids(RemoveLabel("LOC").apply(settled)) == ["PERS", "ORG"]
    assert BEGUN.settled() == BEGUN


def test_of_two_labels_with_one_key_the_first_in_the_list_has_it() -> None:
    both = together(SetLabelKey("ORG", "9").apply(BEGUN), SetLabelKey("LOC", "9").apply(BEGUN))
    assert [each.key for each in both.tagset.labels] == ["1", "9", ""]


def test_what_was_left_of_a_label_whose_adding_was_taken_back_is_no_label() -> None:
    added = AddLabel(label("FAC")).apply(BEGUN)
    coloured = DescribeLabel("FAC", colour={"light": "#000000", "dark": "#ffffff"}).apply(added)
    left = {key: value for key, value in coloured.cells.items() if coloured.cells.get(key) != added.cells.get(key)}
    assert fold_tagset(BASE, left).tagset.labels == BASE.labels
    merged = MergeLabels("LOC", "FAC").apply(added)
    assert ids(TagsetDraft(BASE, {"LOC:into": merged.cells["LOC:into"]})) == ids(BEGUN)


values = {
    "id": st.sampled_from(["PERS", "LOC", "NEW", "FAC"]),
    "into": st.sampled_from(["PERS", "LOC", "ORG", "NOBODY"]),
    "gone": st.just(True),
    "key": st.sampled_from(["", "1", "2"]),
    "position": st.floats(-3, 3),
    "was:PERS": st.just(True),
    "was:NEW": st.just(True),
}


@given(st.data())
def test_whatever_copies_did_every_id_and_key_is_given_once_and_every_label_in_the_log_has_one(
    data: st.DataObject,
) -> None:
    cells = {}
    for root, name in itertools.product(("PERS", "LOC", "ORG"), sorted(values)):
        if data.draw(st.booleans()):
            cells[f"{root}:{name}"] = data.draw(values[name])
    folded = fold_tagset(BASE, cells)
    labels, meaning = folded.tagset.labels, folded.ids
    now = [each.id for each in labels]
    assert labels and len(set(now)) == len(now)
    settled = TagsetDraft(BASE, cells).settled().folded
    assert (settled.tagset, settled.ids, settled.kept) == (folded.tagset, folded.ids, frozenset())
    keys = [each.key for each in labels if each.key]
    assert len(set(keys)) == len(keys)
    for root in ("PERS", "LOC", "ORG"):
        assert (meaning.now(root) in now) != (root in meaning.gone)
        assert meaning.in_log(root) == root
    for each in labels:
        assert meaning.in_log(each.id) == each.first_id
        assert meaning.now(each.first_id) == each.id
        assert {meaning.now(stored) for stored in meaning.all_in_log(each.id)} == {each.id}
        assert all(folded.tagset.find(former) is each for former in each.formerly)


@pytest.mark.parametrize("span", ["", " ", "دمشق", "ا"])
@pytest.mark.parametrize("field", ["examples", "counter_examples"])
def test_an_example_must_hold_its_marked_part_once(field: str, span: str) -> None:
    example = Example("زار بغداد.", span)
    said = f'The marked part "{span}" must occur exactly once in the example "زار بغداد."'
    with pytest.raises(ResourceError, match=said):
        apply_all(BEGUN, [DescribeLabel("LOC", **{field: [example]})])  # type: ignore[arg-type]
