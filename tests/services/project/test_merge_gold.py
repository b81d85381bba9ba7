"""Gold and merges: two adjudicators and three annotators on copies, merged in any order, and what a merge reports."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import CellKind, fold
from annotator.errors import ExportError
from annotator.services.exporting.selection import Resolution, Selection
from annotator.services.project.merge_copies import merge_copies, merge_paths
from annotator.services.team.adjudicate import difference_queue
from annotator.session.adjudication import AdjudicationSession
from annotator.storage.project import Project
from tests.services.exporting.requests import export_as
from tests.storage.strategies import PEOPLE, TEXTS, actions, make_copies, work
from tests.team.differing_projects import (
    ALI,
    BASMA,
    CARMEN,
    FIRST,
    LAST,
    SECOND,
    give,
    make_differing_project,
    set_role,
)

DINA = Annotator("id-of-Dina", "Dina")
EVE = Annotator("id-of-Eve", "Eve")
LEAD = Annotator("id-of-Lead", "Lead")
ADJUDICATED = Selection(resolution=Resolution.ADJUDICATED)

DECISIONS: dict[str, Callable[[AdjudicationSession, int], object]] = {
    "take": lambda s, n: s.take(),
    "lane": lambda s, n: s.focus_choice(n % 3 - 1),
    "annotator": lambda s, n: s.take_annotator(n % 3),
    "rest": lambda s, n: s.take_annotator_rest(n % 3),
    "label": lambda s, n: s.give_label(("PERS", "LOC", "ORG")[n % 3]),
    "end": lambda s, n: s.move_end(n % 3 - 1, "char"),
    "start": lambda s, n: s.move_start(n % 3 - 1),
    "nothing": lambda s, n: s.reject(),
    "open again": lambda s, n: s.reopen_difference(),
    "everywhere": lambda s, n: s.settle_everywhere(),
    "settled": lambda s, n: s.set_settled(bool(n % 4)),
    "next": lambda s, n: s.focus_next(),
    "note": lambda s, n: s.set_note(str(n % 3 or "")),
    "open": lambda s, n: s.open((FIRST, SECOND, LAST)[n % 3]),
    "undo": lambda s, n: s.undo(),
    "redo": lambda s, n: s.redo(),
}
decisions = st.lists(st.tuples(st.sampled_from(sorted(DECISIONS)), st.integers(0, 11)), max_size=12)


def adjudicate(path: Path, person: Annotator, made: list[tuple[str, int]]) -> None:
    """Let an adjudicator make decisions on a copy, beginning in its first document."""
    with Project.open(path) as project:
        session = AdjudicationSession(project, person)
        session.open(FIRST)
        for name, number in made:
            DECISIONS[name](session, number)


def exported(project: Project, out: Path) -> bytes:
    """Return the export of the gold layer, or the error if nothing is settled."""
    try:
        export_as(project, out, "jsonl", selection=ADJUDICATED)
    except ExportError as error:
        return type(error).__name__.encode()
    return out.read_bytes()


@given(
    first=st.tuples(*[st.lists(actions, max_size=8)] * 3),
    by_dina=decisions,
    by_eve=decisions,
    later=st.lists(actions, max_size=4),
    last=decisions,
)
# Shrinking takes minutes: each example is dozens of merges.
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_gold_is_the_same_in_any_order_of_merging(
    first: tuple[list[tuple[str, int, int]], ...],
    by_dina: list[tuple[str, int]],
    by_eve: list[tuple[str, int]],
    later: list[tuple[str, int, int]],
    last: list[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = make_copies(folder, count=5)
        with Project.open(copies[0]) as project:
            for person in (*PEOPLE, DINA, EVE, LEAD):
                project.annotators.add(person)
            # The lead makes the first edit. An undo of an annotator does not take back the roles.
            give(project, LEAD, TEXTS[0], {"أحمد": "PERS"}, done=False)
            for person in (DINA, EVE):
                set_role(project, person, Role.ADJUDICATOR, LEAD)
        # Three annotators work on copies; the lead merges them and gives the two adjudicators copies.
        for copy in copies[1:]:
            shutil.copyfile(copies[0], copy)
        for copy, person, done in zip(copies, PEOPLE, first, strict=False):
            work(copy, person, [action for action in done if action[0] != "tagset"])
        merge_paths(copies[0], copies[1:3])
        for copy in copies[3:]:
            shutil.copyfile(copies[0], copy)
        adjudicate(copies[3], DINA, by_dina)
        adjudicate(copies[4], EVE, by_eve)
        work(copies[1], BASMA, [action for action in later if action[0] != "tagset"])
        merge_paths(copies[4], [copies[1]])
        adjudicate(copies[4], EVE, last)

        results = []
        for order in list(permutations(range(5), 5))[::41]:
            merged = folder / "merged.annot"
            shutil.copyfile(copies[order[0]], merged)
            with Project.open(merged) as project:
                for number in (*order[1:], *order):  # everything twice
                    merge_copies(project, [copies[number]])
                folded = fold(project.log.edits())
                # The team has no table: which of its changes count depends on who made them.
                assert project.log.state() == {a: v for a, v in folded.items() if a.cell is not CellKind.TEAM}
                assert not project.integrity()
                gold = project.gold.of_many([FIRST, SECOND, LAST])
                queue = [(each.place, each.group.state) for _, found in difference_queue(project) for each in found]
                questions = [state.document for state in project.gold.in_question()]
                results.append((gold, queue, questions, exported(project, folder / "out.jsonl")))
        assert all(result == results[0] for result in results[1:])


def test_outdated_and_competing_gold_is_reported(tmp_path: Path) -> None:
    path, other = make_differing_project(tmp_path / "p.annot"), tmp_path / "other.annot"
    with Project.open(path) as project:
        project.annotators.add(DINA)
        set_role(project, DINA, Role.ADJUDICATOR)
    shutil.copyfile(path, other)
    for copy, person, lane in ((path, CARMEN, 0), (other, DINA, 1)):
        with Project.open(copy) as project:
            session = AdjudicationSession(project, person)
            session.open(SECOND)
            session.take_annotator(lane)
            session.set_settled(True)
    with Project.open(other) as project:
        give(project, ALI, TEXTS[1], {"وكالة": "ORG"})
    report = merge_paths(path, [other])
    assert (report.unsettled.outdated, report.unsettled.competing) == (1, 1)
    assert {name: len(found) for name, found in report.unsettled.places.items()} == {"outdated": 1, "competing": 1}
    assert sorted(given.label for given in report.unsettled.places["competing"][0].given) == ["ORG", "PERS"]
    assert len([line for line in report.lines() if "settled" in line.lower()]) == 2
