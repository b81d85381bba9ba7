"""Adding people and changing roles, and that all copies agree on the roles after a merge."""

from __future__ import annotations

import itertools
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.team.roles import role_write
from annotator.errors import UserError
from annotator.services.project.merge_copies import merge_paths
from annotator.services.team.people import add_people, allow_peers, set_roles
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.team.merge import TeamNews

PEOPLE = tuple(Annotator(f"id-of-{name}", name) for name in ("Salma", "Omar", "Ali"))
SALMA, OMAR, ALI = PEOPLE


def make_project(path: Path) -> Path:
    """Make a project of three people whose lead is Salma."""
    with Project.create(path, load_tagset("camel"), founder=SALMA) as project:
        for person in PEOPLE:
            project.annotators.add(person)
    return path


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Return the path of a project of three people whose lead is Salma."""
    return make_project(tmp_path / "p.annot")


def promote_oneself(project: Project, person: Annotator, role: Role = Role.ADJUDICATOR) -> None:
    """Write a role into the log as the program never would."""
    write = role_write(person.id, role)
    project.log.append(Edit(project.log.new_id(), person.id, "", EditKind.TEAM, (write,)))


def test_people_are_added_all_or_none(project_path: Path) -> None:
    with Project.open(project_path) as project:
        (nour, huda) = add_people(project, [" Nour ", "هدى"])
        assert (nour.name, huda.name, len({nour.id, huda.id})) == ("Nour", "هدى", 2)
        for names, said in ((["Rami", "Omar"], "Omar is already in"), (["Rami", "Rami"], "Rami is"), ([" "], "blank")):
            with pytest.raises(UserError, match=said):
                add_people(project, names)
        assert {*project.annotators.all()} == {*PEOPLE, nour, huda}


def test_only_a_lead_gives_roles(project_path: Path) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(UserError, match=r"^Only a lead can .*, and Omar is none\. Ask a lead .*: Salma\.$"):
            set_roles(project, OMAR, [("Omar", Role.LEAD)])
        with pytest.raises(UserError, match="Only a lead"):
            allow_peers(project, OMAR, True)
        set_roles(project, SALMA, [("Omar", Role.LEAD), (ALI.id, Role.ADJUDICATOR)])
        set_roles(project, OMAR, [("Salma", Role.ANNOTATOR)])
        allow_peers(project, OMAR, True)
        facts = project.team.facts()
        assert facts.roles == {SALMA.id: Role.ANNOTATOR, OMAR.id: Role.LEAD, ALI.id: Role.ADJUDICATOR}
        assert facts.peers_visible
        assert project.log.counts()["edits"] == 3


def test_the_last_lead_stays(project_path: Path) -> None:
    with Project.open(project_path) as project:
        with pytest.raises(UserError, match=r"^Salma is the only lead of .*team set-role"):
            set_roles(project, SALMA, [("Salma", Role.ANNOTATOR)])
        set_roles(project, SALMA, [("Salma", Role.ANNOTATOR), ("Omar", Role.LEAD)])
        assert project.team.facts().roles == {SALMA.id: Role.ANNOTATOR, OMAR.id: Role.LEAD}


def test_nothing_is_written_for_a_role_that_holds(project_path: Path) -> None:
    with Project.open(project_path) as project:
        for _ in range(2):
            set_roles(project, SALMA, [("Omar", Role.ADJUDICATOR), ("Ali", Role.ANNOTATOR)])
            allow_peers(project, SALMA, False)
        assert project.log.counts()["edits"] == 1


def test_a_merge_says_who_gave_whom_which_role_and_what_does_not_count(project_path: Path, tmp_path: Path) -> None:
    lead, copy = (Path(shutil.copy(project_path, tmp_path / name)) for name in ("lead.annot", "ali.annot"))
    with Project.open(lead) as project:
        set_roles(project, SALMA, [("Omar", Role.ADJUDICATOR)])
        allow_peers(project, SALMA, True)
    with Project.open(copy) as project:
        promote_oneself(project, ALI)
    report = merge_paths(project_path, [lead, copy])
    assert report.team == (
        TeamNews("Salma", "Omar", "adjudicator", counts=True),
        TeamNews("Salma", "", True, counts=True),
        TeamNews("Ali", "Ali", "adjudicator", counts=False),
    )
    assert report.roles == 1
    assert report.lines()[1:] == [
        "Salma gave Omar the role adjudicator.",
        "Salma let annotators see each other's labels.",
        "Ali took the role adjudicator in a copy. Only a lead can, so it does not count.",
    ]
    assert merge_paths(project_path, [lead, copy]).team == ()


def test_roles_that_an_earlier_version_stored_in_a_copy_are_reported_and_not_taken(
    project_path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(project_path, tmp_path / "copy.annot"))
    with Project.open(copy) as project, project._connection.transaction() as db:
        stamp = project._connection.clock.new()
        db.table("roles").insert({"annotator": ALI.id, "role": "adjudicator", "stamp": stamp})
    report = merge_paths(project_path, [copy])
    assert report.lines()[1:] == [
        "In a copy Ali has the role adjudicator, given with an earlier version. It does not count here. A lead can "
        "give it again."
    ]
    with Project.open(project_path) as project:
        assert project.team.facts().roles == {SALMA.id: Role.LEAD}
        set_roles(project, SALMA, [("Ali", Role.ADJUDICATOR)])
    assert merge_paths(project_path, [copy]).team == ()
    with Project.open(copy) as project:
        # Here the role holds already, and is written all the same, so that it holds in every copy.
        set_roles(project, SALMA, [("Ali", Role.ADJUDICATOR)])
        assert project.log.counts()["edits"] == 1


changes = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(Role)), max_size=8
)


@settings(max_examples=40)
@given(changes, st.permutations(range(3)))
def test_after_merges_in_any_order_the_roles_are_the_same_everywhere(
    made: list[tuple[int, Annotator, Annotator, Role]], order: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        first = make_project(Path(folder) / "0.annot")
        copies = [first, *(Path(shutil.copy(first, Path(folder) / f"{n}.annot")) for n in (1, 2))]
        for copy, author, annotator, role in made:
            with Project.open(copies[copy]) as project, suppress(UserError):
                if author == annotator:
                    promote_oneself(project, author, role)
                else:
                    set_roles(project, author, [(annotator.name, role)])
        for _ in range(2):
            for target, source in itertools.permutations(order, 2):
                merge_paths(copies[target], [copies[source]])
        found = []
        for path in copies:
            with Project.open(path) as project:
                found.append(project.team.facts())
                assert not project.integrity()
        assert found[0] == found[1] == found[2]
        assert Role.LEAD in found[0].roles.values()
