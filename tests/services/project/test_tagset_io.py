"""Tagsets to files and back: what a file adds and changes, what it merges, and that nothing goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RenameLabel,
    SetLabelKey,
    apply_all,
)
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError
from annotator.services.project.tagset_io import changes_to, write_tagset
from annotator.storage.tables.tagsets import list_tagsets, load_tagset

COLOUR = {"light": "#123456", "dark": "#abcdef"}


def label(label_id: str, key: str = "", *formerly: str) -> Label:
    return Label(label_id, {"en": label_id.title()}, COLOUR, key=key, formerly=formerly)


HERE = Tagset("here", (label("PERS", "1"), label("LOC", "2"), label("ORG", "3")))


def brought_in(wanted: Tagset, here: Tagset = HERE) -> Tagset:
    draft = TagsetDraft(here)
    return apply_all(draft, changes_to(draft, wanted)).tagset


def test_what_was_written_reads_back_and_changes_nothing(tmp_path: Path) -> None:
    draft = apply_all(
        TagsetDraft(HERE), [RenameLabel("PERS", "HUMAN"), MergeLabels("LOC", "ORG"), ChangeTagset(nested=True)]
    )
    write_tagset(draft.tagset, tmp_path / "own.json", tmp_path / "p.annot")
    read = load_tagset(tmp_path / "own.json")
    assert [(x.id, x.formerly, x.root) for x in read.labels] == [("HUMAN", ("PERS",), ""), ("ORG", ("LOC",), "")]
    assert changes_to(draft, read) == []


def test_the_file_of_a_changed_tagset_brings_another_project_to_it(tmp_path: Path) -> None:
    draft = apply_all(
        TagsetDraft(HERE),
        [
            RenameLabel("PERS", "HUMAN"),
            MergeLabels("LOC", "ORG"),
            AddLabel(label("FAC", "2")),
            SetLabelKey("ORG", "1", take=True),
        ],
    )
    write_tagset(draft.tagset, tmp_path / "own.json", tmp_path / "p.annot")
    wanted = load_tagset(tmp_path / "own.json")
    assert changes_to(TagsetDraft(HERE), wanted)[:3] == [
        RenameLabel("PERS", "HUMAN"),
        MergeLabels("LOC", "ORG"),
        AddLabel(label("FAC")),
    ]
    there = brought_in(wanted)
    assert [(x.id, x.key, x.formerly) for x in there.labels] == [(x.id, x.key, x.formerly) for x in wanted.labels]


def test_labels_that_the_file_lacks_stay_behind_and_give_way_with_their_keys() -> None:
    there = brought_in(Tagset("file", (label("ORG", "1"), label("NEW", "2"))))
    assert [(x.id, x.key) for x in there.labels] == [("ORG", "1"), ("NEW", "2"), ("PERS", ""), ("LOC", "")]
    assert there.name == "here"


def test_only_what_differs_is_a_change() -> None:
    other = replace(HERE.labels[1], names={"en": "Where"}, guideline={"en": "A place."})
    found = changes_to(TagsetDraft(HERE), Tagset("file", (HERE.labels[0], other, HERE.labels[2])))
    assert found == [DescribeLabel("LOC", names={"en": "Where"}, guideline={"en": "A place."})]


def test_keys_change_round() -> None:
    there = brought_in(Tagset("file", (label("PERS", "2"), label("LOC", "3"), label("ORG", "1"))))
    assert [x.key for x in there.labels] == ["2", "3", "1"]


def test_two_labels_of_a_file_that_are_one_here_are_refused() -> None:
    draft = apply_all(TagsetDraft(HERE), [MergeLabels("LOC", "ORG")])
    with pytest.raises(ResourceError, match="The labels LOC and ORG of the file are one label in this project, ORG"):
        changes_to(draft, HERE)


def test_a_file_that_cannot_be_written_leaves_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"Cannot write .*: .*\. The existing file is unchanged"):
        write_tagset(HERE, tmp_path, tmp_path / "p.annot")


@given(st.sampled_from(list_tagsets()), st.sampled_from(list_tagsets()), st.integers(0, 20))
def test_any_tagset_can_be_brought_into_any_other(one: str, other: str, place: int) -> None:
    begun = TagsetDraft(load_tagset(one))
    begun = MoveLabel(begun.tagset.labels[-1].id, place).apply(begun)
    wanted = load_tagset(other)
    draft = apply_all(begun, changes_to(begun, wanted))
    assert draft.tagset.labels[: len(wanted.labels)] == wanted.labels
    assert {x.id for x in draft.tagset.labels} == {x.id for x in (*wanted.labels, *begun.tagset.labels)}
    assert (draft.tagset.nested, draft.tagset.clitics) == (wanted.nested, wanted.clitics)
    assert changes_to(draft, wanted) == []
