"""Names confirmed in a project, found again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from annotator.domain.model.document import Document
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.memory import create, parts_of_name
from annotator.suggest.registry import KnownName, SuggesterContext


def suggested(text: str, names: Sequence[KnownName], tagset: str = "security") -> list[tuple[str, str, float]]:
    suggester = create(SuggesterContext(load_tagset(tagset), names=names))
    ((_, suggestions),) = suggester.suggest_many([Document("d", text)])
    return [(one.span.of(text), one.label, one.score) for one in suggestions]


def test_a_confirmed_name_is_found_behind_clitics() -> None:
    names = [KnownName("ديالى", "LOC", 3)]
    assert suggested("وديالى وفي ديالى", names) == [("ديالى", "LOC", 0.675), ("ديالى", "LOC", 0.75)]


def test_every_confirmation_makes_it_surer_and_every_rejection_less_sure() -> None:
    def score(count: int, rejected: int) -> float:
        return suggested("ديالى", [KnownName("ديالى", "LOC", count, rejected)])[0][2]

    assert score(1, 0) < score(2, 0) < score(20, 0) < 1
    assert score(5, 4) < score(5, 1) < score(5, 0)


def test_a_name_rejected_more_often_than_confirmed_is_not_suggested() -> None:
    assert suggested("ديالى", [KnownName("ديالى", "LOC", 2, 3)]) == []
    assert suggested("ديالى", [KnownName("ديالى", "LOC", 0, 1)]) == []
    assert suggested("ديالى", [KnownName("ديالى", "LOC", 2, 2)]) != []


def test_spellings_are_one_name_and_the_commonest_label_wins() -> None:
    names = [KnownName("أحمد", "PERS", 2), KnownName("احمد", "ORG", 1), KnownName("أحْمد", "PERS", 1)]
    assert suggested("احمد", names) == [("احمد", "PERS", 0.6)]


def test_a_label_that_the_tagset_lost_is_ignored() -> None:
    assert suggested("داعش", [KnownName("داعش", "ARMED")], "camel") == []


def test_a_person_is_found_again_in_part_behind_the_whole_name() -> None:
    text = "الجبوري قال. محمد عبد الرزاق الجبوري زار. ثم الجبوري ومحمد الجبوري وللجبوري"
    found = suggested(text, [KnownName("محمد عبد الرزاق الجبوري", "PERS", 1)])
    assert [surface for surface, _, _ in found] == [
        "محمد عبد الرزاق الجبوري",
        "الجبوري",
        "محمد الجبوري",
        "لجبوري",
    ]
    assert found[0][2] == 0.5
    assert found[1][2] == 0.35


def test_only_persons_are_found_in_part() -> None:
    text = "القوات المسلحة ثم المسلحة"
    assert [s for s, _, _ in suggested(text, [KnownName("القوات المسلحة", "FORCE")])] == ["القوات المسلحة"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("محمد", ()),
        ("محمد الجبوري", ("الجبوري",)),
        ("محمد عبد الرزاق الجبوري", ("عبد الرزاق الجبوري", "محمد الجبوري", "الجبوري")),
        ("عبد الرزاق", ()),
        ("ابو بكر البغدادي", ("البغدادي",)),
        ("علي بن محمد حسن علي", ("حسن علي", "علي علي")),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of_name(name) == parts


def test_the_version_changes_with_the_names_only() -> None:
    def version(*names: KnownName) -> str:
        return create(SuggesterContext(load_tagset("security"), names=names)).version

    a, b = KnownName("ديالى", "LOC"), KnownName("داعش", "ARMED")
    assert version(a, b) == version(b, a)
    assert len({version(), version(a), version(a, b), version(KnownName("ديالى", "LOC", 2))}) == 4


def test_nothing_known_nothing_suggested() -> None:
    assert suggested("ديالى", []) == []
