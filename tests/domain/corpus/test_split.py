"""Splits: nothing leaks, every document has one side or a reason, the same again, and the same later."""

from __future__ import annotations

import datetime
import hashlib
import random
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.split import (
    NearDuplicates,
    PreviousSplit,
    Side,
    Split,
    SplitExclusion,
    SplitMember,
    SplitPlan,
    SplitRule,
    find_leaks,
    parse_parts,
)
from annotator.domain.corpus.split_rules import split_documents
from annotator.errors import ExportError

EIGHTY = parse_parts("80/10/10")
LABELS = ["PERS", "LOC", "ORG"]
DAYS = [datetime.date(2020, 1, day) for day in range(1, 9)]


def alike_of(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return, for each document, those that a pair names beside it."""
    alike: dict[str, set[str]] = {}
    for one, other in pairs:
        alike.setdefault(one, set()).add(other)
        alike.setdefault(other, set()).add(one)
    return alike


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[SplitMember], NearDuplicates]:
    """Return documents in order of import, of at least three days and sources, and which of them are alike."""
    size = draw(st.integers(3, 30))
    members = [
        SplitMember(
            f"d{number:02}",
            DAYS[number] if number < 3 else draw(st.none() | st.sampled_from(DAYS)),
            "abc"[number] if number < 3 else draw(st.sampled_from(["a", "b", "c", "d", ""])),
            draw(st.dictionaries(st.sampled_from(LABELS), st.integers(0, 9))),
        )
        for number in range(size)
    ]
    draw(st.randoms(use_true_random=False)).shuffle(members)
    pairs = draw(st.lists(st.sampled_from(list(combinations([m.id for m in members], 2))), max_size=size))
    return members, alike_of(pairs)


plans = st.builds(
    SplitPlan,
    st.sampled_from([EIGHTY, parse_parts("60/20/20"), parse_parts("90/10"), parse_parts("100")]),
    st.sampled_from(SplitRule),
    st.integers(0, 5),
    st.sampled_from(["train", "leave-out"]),
)


def made(
    members: list[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit | None = None
) -> Split | None:
    """Return the split, or None where near-duplicates left too few days to cut between."""
    try:
        return split_documents(members, alike, plan, kept or PreviousSplit())
    except ExportError as error:
        assert plan.by is SplitRule.DATE
        assert "split by date into" in str(error)
        return None


@settings(max_examples=60, deadline=None)
@given(corpora(), plans)
def test_every_document_is_on_one_wanted_side_or_left_out_for_a_reason(
    corpus: tuple[list[SplitMember], NearDuplicates], plan: SplitPlan
) -> None:
    members, alike = corpus
    if found := made(members, alike, plan):
        assert sorted([*found.sides, *found.left_out]) == sorted(member.id for member in members)
        assert set(found.sides.values()) <= set(plan.wanted())
        assert find_leaks(found.sides, alike) == []
        assert made(members, alike, plan) == found


@settings(max_examples=60, deadline=None)
@given(corpora(), plans)
def test_a_document_is_left_out_only_where_it_would_leak_or_has_no_date(
    corpus: tuple[list[SplitMember], NearDuplicates], plan: SplitPlan
) -> None:
    members, alike = corpus
    if found := made(members, alike, plan):
        for document, why in found.left_out.items():
            if why is SplitExclusion.UNDATED:
                assert (plan.by, plan.undated) == (SplitRule.DATE, "leave-out")
            else:
                assert plan.by in (SplitRule.HASH, SplitRule.SOURCE), "the first cut of the others leaves out none"
                assert set(alike[document]) & found.sides.keys()


@settings(max_examples=60, deadline=None)
@given(corpora(), plans, st.integers(0, 30))
def test_what_a_manifest_says_stays_as_documents_are_added(
    corpus: tuple[list[SplitMember], NearDuplicates], plan: SplitPlan, first: int
) -> None:
    members, alike = corpus
    before = made(members[:first], alike, plan) if plan.by is not SplitRule.SOURCE or first > 9 else None
    if before is None:
        return
    after = made(members, alike, plan, PreviousSplit(before.sides, before.starts))
    if after:
        assert {document: after.sides[document] for document in before.sides} == before.sides
        assert find_leaks(after.sides, alike) == []
        assert after.sides.keys() | after.left_out.keys() == {member.id for member in members}


@settings(max_examples=60, deadline=None)
@given(corpora(), st.integers(0, 5), st.integers(0, 30))
def test_the_rule_hash_needs_no_manifest_to_stay(
    corpus: tuple[list[SplitMember], NearDuplicates], seed: int, first: int
) -> None:
    members, alike = corpus
    plan = SplitPlan(EIGHTY, SplitRule.HASH, seed)
    before, after = split_documents(members[:first], alike, plan), split_documents(members, alike, plan)
    ids = [member.id for member in members[:first]]
    assert [after.sides.get(document) for document in ids] == [before.sides.get(document) for document in ids]
    other_labels = [SplitMember(member.id) for member in members]
    assert split_documents(other_labels, alike, plan) == after


@settings(max_examples=60, deadline=None)
@given(
    corpora(), st.sampled_from([SplitRule.LABEL, SplitRule.SOURCE, SplitRule.DATE]), st.randoms(use_true_random=False)
)
def test_other_rules_do_not_mind_the_order_of_import(
    corpus: tuple[list[SplitMember], NearDuplicates], by: SplitRule, shuffler: random.Random
) -> None:
    members, alike = corpus
    shuffled = members.copy()
    shuffler.shuffle(shuffled)
    plan = SplitPlan(EIGHTY, by)
    free: NearDuplicates = {} if by is SplitRule.SOURCE else alike
    assert made(shuffled, free, plan) == made(members, free, plan)


def test_one_more_document_that_joins_two_sides_is_left_out_and_moves_nothing() -> None:
    train, test = [SplitMember(f"t{n}") for n in range(40)], SplitMember("new")
    plan = SplitPlan(EIGHTY)
    sides = split_documents(train, {}, plan).sides
    of = {side: next(document for document, found in sides.items() if found is side) for side in Side}
    alike = alike_of([(of[Side.TRAIN], "new"), (of[Side.TEST], "new")])
    for by in (SplitRule.HASH, SplitRule.LABEL):
        found = split_documents(
            [*train, test],
            alike,
            SplitPlan(EIGHTY, by),
            PreviousSplit(sides) if by is SplitRule.LABEL else PreviousSplit(),
        )
        assert found.left_out == {"new": SplitExclusion.BETWEEN}
        assert found.sides == sides
    one = split_documents([*train, test], alike_of([(of[Side.TEST], "new")]), plan)
    assert one.sides["new"] is Side.TEST


def test_what_is_alike_to_what_is_alike_follows_a_kept_document() -> None:
    chain = [SplitMember("c"), SplitMember("b"), SplitMember("a")]
    alike = alike_of([("old", "a"), ("a", "b"), ("b", "c")])
    found = split_documents(chain, alike, SplitPlan(EIGHTY, SplitRule.LABEL), PreviousSplit({"old": Side.TEST}))
    assert found.sides == dict.fromkeys("cba", Side.TEST)


def test_two_that_a_manifest_put_on_two_sides_stay_and_are_named() -> None:
    pair = [SplitMember("a"), SplitMember("b")]
    alike = alike_of([("b", "a")])
    found = split_documents(pair, alike, SplitPlan(EIGHTY), PreviousSplit({"a": Side.TRAIN, "b": Side.TEST}))
    assert find_leaks(found.sides, alike) == [("a", "b")]


def test_stratifying_gives_each_side_its_part_of_every_label() -> None:
    deal = random.Random(1)
    members = [
        SplitMember(
            f"{n}", labels={"PERS": deal.randrange(6), "LOC": deal.randrange(20), "WEAPON": int(n % 20 == 0) * 3}
        )
        for n in range(200)
    ]
    found = split_documents(members, {}, SplitPlan(EIGHTY, SplitRule.LABEL)).sides
    total: Counter[str] = Counter()
    by_side = {side: Counter[str]() for side in Side}
    for member in members:
        total.update(member.labels)
        by_side[found[member.id]].update(member.labels)
    sizes = Counter(found.values())
    assert all(abs(sizes[side] - size) <= 1 for side, size in zip(Side, (160, 20, 20), strict=True))
    for label in total:
        for side, share in zip(Side, (0.8, 0.1, 0.1), strict=True):
            assert abs(by_side[side][label] / total[label] - share) <= 0.01
    assert by_side[Side.TEST]["WEAPON"] == by_side[Side.DEV]["WEAPON"] == 3


def test_by_date_nothing_in_training_is_newer_than_a_test_begins() -> None:
    members = [SplitMember(f"{n}", DAYS[n % 8]) for n in range(80)]
    found = split_documents(members, {}, SplitPlan(parse_parts("75/12.5/12.5"), SplitRule.DATE))
    assert found.starts == {Side.DEV: DAYS[6], Side.TEST: DAYS[7]}
    for member in members:
        assert found.sides[member.id] is (list(Side)[max(0, DAYS.index(member.date) - 5)] if member.date else None)
    later = split_documents(
        [*members, SplitMember("x", datetime.date(2021, 1, 1))],
        {},
        SplitPlan(EIGHTY, SplitRule.DATE),
        PreviousSplit({}, found.starts),
    )
    assert later.starts == found.starts
    assert later.sides["x"] is Side.TEST


def test_by_date_a_reprint_takes_its_story_to_the_newer_side() -> None:
    members = [SplitMember(f"{n}", DAYS[n % 8]) for n in range(80)]
    found = split_documents(
        members, alike_of([("0", "7")]), SplitPlan(parse_parts("75/12.5/12.5"), SplitRule.DATE)
    ).sides
    assert found["0"] is found["7"] is Side.TEST


def test_undated_documents_train_or_are_left_out() -> None:
    members = [SplitMember("u"), *(SplitMember(f"{n}", DAYS[n]) for n in range(8))]
    assert split_documents(members, {}, SplitPlan(EIGHTY, SplitRule.DATE)).sides["u"] is Side.TRAIN
    assert split_documents(members, {}, SplitPlan(EIGHTY, SplitRule.DATE, undated="leave-out")).left_out == {
        "u": SplitExclusion.UNDATED
    }


def test_by_source_no_source_is_on_two_sides_and_test_keeps_what_two_printed() -> None:
    sizes = {"a": 50, "b": 30, "c": 12, "d": 8}
    members = [SplitMember(f"{source}{n}", source=source) for source, size in sizes.items() for n in range(size)]
    found = split_documents(members, alike_of([("a1", "d1"), ("a2", "b2")]), SplitPlan(EIGHTY, SplitRule.SOURCE))
    homes = {source: {side for each, side in found.sides.items() if each[0] == source} for source in sizes}
    assert homes == {"a": {Side.TRAIN}, "b": {Side.TRAIN}, "c": {Side.DEV}, "d": {Side.TEST}}
    assert found.left_out == {"a1": SplitExclusion.BETWEEN}


def test_by_source_what_is_kept_fills_its_side_though_the_plan_has_no_such_side() -> None:
    sizes = {"old": 60, "dev": 10, "b": 40, "c": 30, "d": 20}
    members = [SplitMember(f"{source}{n}", source=source) for source, size in sizes.items() for n in range(size)]
    kept = PreviousSplit({each.id: Side.TRAIN for each in members if each.source == "old"} | {"dev0": Side.DEV})
    found = split_documents(members, {}, SplitPlan({Side.TRAIN: 5, Side.TEST: 5}, SplitRule.SOURCE), kept)
    homes = {source: {found.sides[each.id] for each in members if each.source == source} for source in sizes}
    # TRAIN has 60 of the 80 that it should have, so the next two go to TEST.
    test, train = {Side.TEST}, {Side.TRAIN}
    assert homes == {"old": train, "dev": {Side.DEV}, "b": test, "c": test, "d": train}


@pytest.mark.parametrize("by", [SplitRule.DATE, SplitRule.SOURCE])
def test_too_few_days_or_sources_are_an_error(by: SplitRule) -> None:
    with pytest.raises(
        ExportError, match=r"split by (date|source) into 3 parts .* at least as many \w+; these are from 2\."
    ):
        split_documents([SplitMember(f"{n}", DAYS[n % 2], "ab"[n % 2]) for n in range(9)], {}, SplitPlan(EIGHTY, by))


def test_parts_are_read_and_refused() -> None:
    assert parse_parts("80/10/10") == parse_parts("0.8/0.1/0.1") == {Side.TRAIN: 80, Side.DEV: 10, Side.TEST: 10} or (
        SplitPlan(parse_parts("0.8/.1/.1")).share(Side.TEST) == 0.1
    )
    assert SplitPlan(parse_parts("90/10")).wanted() == (Side.TRAIN, Side.TEST)
    assert [SplitPlan({Side.TRAIN: 3, Side.TEST: 1}).share(side) for side in Side] == [0.75, 0, 0.25]
    assert SplitPlan(parse_parts("100")).wanted() == (Side.TRAIN,)
    for wrong in ("", "80", "80/10/1", "0/50/50", "80/30/-10", "a/b", "1/0/0/0", "80/{}/10"):
        with pytest.raises(ExportError, match="not a valid split"):
            parse_parts(wrong)
    with pytest.raises(ValueError, match="training side"):
        SplitPlan({Side.TEST: 1})


def test_the_rule_hash_is_what_its_description_says() -> None:
    members = [SplitMember(f"document {n}") for n in range(400)]
    found = split_documents(members, {}, SplitPlan({Side.TRAIN: 7, Side.DEV: 1, Side.TEST: 2}, SplitRule.HASH, 5))
    for member in members:
        place = int(hashlib.sha256(f"5\n{member.id}".encode()).hexdigest(), 16) / 2**256
        assert found.sides[member.id] is (Side.TEST if place < 0.2 else Side.DEV if place < 0.3 else Side.TRAIN)


def test_a_document_whose_place_is_the_border_is_on_the_upper_side(monkeypatch: pytest.MonkeyPatch) -> None:
    border = 2**256 // 4
    places = {"below": border - 1, "at": border, "dev": 2 * border - 1, "train": 2 * border, "last": 2**256 - 1}
    monkeypatch.setattr(SplitPlan, "place", lambda plan, name: places[name])
    found = split_documents(
        [SplitMember(name) for name in places], {}, SplitPlan({Side.TRAIN: 2, Side.DEV: 1, Side.TEST: 1})
    )
    assert [found.sides[name].value for name in places] == ["test", "dev", "dev", "train", "train"]


def test_of_two_that_are_as_near_the_one_that_was_imported_first_is_placed() -> None:
    pair = [SplitMember("y"), SplitMember("x")]
    alike = alike_of([("train", "x"), ("test", "y"), ("x", "y")])
    found = split_documents(
        pair, alike, SplitPlan(EIGHTY, SplitRule.LABEL), PreviousSplit({"train": Side.TRAIN, "test": Side.TEST})
    )
    assert found.sides == {"y": Side.TEST}
    assert found.left_out == {"x": SplitExclusion.BETWEEN}


def test_by_source_a_source_stays_where_most_of_it_was_kept() -> None:
    members = [SplitMember(f"a{n}", source="a") for n in range(4)] + [SplitMember("b0", source="b")]
    kept = PreviousSplit({"a0": Side.TEST, "a1": Side.TRAIN, "a2": Side.TRAIN, "b0": Side.TEST})
    found = split_documents(members, alike_of([]), SplitPlan(EIGHTY, SplitRule.SOURCE), kept)
    assert found.sides["a3"] is Side.TRAIN
