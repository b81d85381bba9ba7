"""Edits: their inverses, and a fold that does not mind in what order a log was gathered."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.edit import Address, CellKind, Change, Edit, EditKind, TagsetValue, Value, Write, fold

values: st.SearchStrategy[Value | None] = st.none() | st.builds(TagsetValue, value=st.sampled_from(["PERS", "LOC"]))
addresses = st.tuples(st.sampled_from(["d1", "d2"]), st.sampled_from(CellKind), st.sampled_from(["k1", "k2"]))


@st.composite
def logs(draw: st.DrawFn) -> list[Edit]:
    """Draw a log whose writes say truly what the cells held before."""
    state: dict[Address, Value] = {}
    edits = []
    for number in range(draw(st.integers(0, 8))):
        annotator = draw(st.sampled_from(["a1", "a2"]))
        writes = []
        for document, cell, key in draw(st.lists(addresses, max_size=3)):
            address = Address(annotator, document, cell, key)
            after = draw(values)
            writes.append(Write(document, cell, key, state.pop(address, None), after))
            if after is not None:
                state[address] = after
        edits.append(Edit(f"{number:04}", annotator, "d1", EditKind.ADD, tuple(writes)))
    return edits


@given(logs(), st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_the_order_of_gathering(log: list[Edit], rng: random.Random) -> None:
    shuffled = list(log)
    rng.shuffle(shuffled)
    assert fold(shuffled) == fold(log)


@given(logs())
def test_undoing_everything_backwards_leaves_nothing_and_redoing_it_gives_the_state_back(log: list[Edit]) -> None:
    undone = [edit.undo(f"u{i:04}") for i, edit in enumerate(reversed(log))]
    redone = [edit.redo(f"v{i:04}") for i, edit in enumerate(log)]
    assert fold(log + undone) == {}
    assert fold(log + undone + redone) == fold(log)


def test_undo_and_redo_name_the_edit_they_act_on() -> None:
    write = Write("d1", CellKind.STATUS, "", None, {"status": "done"})
    edit = Edit("1", "a1", "d1", EditKind.STATUS, (write,))
    assert edit.undo("2") == Edit("2", "a1", "d1", EditKind.UNDO, (write.inverse(),), "1")
    assert edit.redo("3") == Edit("3", "a1", "d1", EditKind.REDO, (write,), "1")


def test_a_change_has_the_documents_and_keys_that_it_concerns() -> None:
    writes = (
        Write("d1", CellKind.VERDICT, "0:1:LOC", None, {"verdict": "rejected"}),
        Write("d2", CellKind.VERDICT, "5:6:LOC", None, {"verdict": "rejected"}),
        Write("d1", CellKind.NOTE, "", None, {"text": "?"}),
    )
    change = Change(Edit("1", "a1", "d1", EditKind.REJECT, writes))
    assert change.documents == {"d1", "d2"}
    assert change.keys(CellKind.VERDICT, "d1") == {"0:1:LOC"}
    assert change.writes(CellKind.VERDICT) == list(writes[:2])
    assert not change.writes(CellKind.TAGSET) and not change.alters_tagset


def test_a_write_gives_its_values_only_as_those_of_its_kind() -> None:
    write = Write("d1", CellKind.STATUS, "", None, {"status": "done"})
    assert write.statuses == (None, {"status": "done"})
    for values in ("annotations", "verdicts", "notes"):
        with pytest.raises(TypeError, match="a cell of kind status"):
            getattr(write, values)
