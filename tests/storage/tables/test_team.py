"""Facts about the team, assignments and the gold layer in a project file."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.model.annotation import Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write, assignment
from annotator.domain.tagset.changes import RenameLabel
from annotator.domain.team.roles import role_write
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project

ALI, BASMA, CARMEN = PEOPLE
HERE = document_id(TEXTS[0])


def append(project: Project, author: str, kind: EditKind, *writes: Write) -> Edit:
    return project.log.append(Edit(project.log.new_id(), author, "", kind, writes)).edit


def test_the_author_of_the_first_edit_leads_an_older_project(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        session = Session(project, BASMA)
        session.open(HERE)
        session.set_note("أولًا")
        append(project, ALI.id, EditKind.TEAM, role_write(ALI.id, Role.LEAD))
        append(project, BASMA.id, EditKind.TEAM, role_write(CARMEN.id, Role.ADJUDICATOR))

        assert project.team.facts().roles == {BASMA.id: Role.LEAD, CARMEN.id: Role.ADJUDICATOR}
        assert not project.integrity()


def test_a_late_edit_is_judged_by_its_place_in_the_log(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        first, early = project.log.new_id(), project.log.new_id()
        project.log.union([Edit(first, ALI.id, "", EditKind.TEAM, (role_write(BASMA.id, Role.LEAD),))])
        late = append(project, BASMA.id, EditKind.TEAM, role_write(CARMEN.id, Role.LEAD))
        assert project.team.facts().role(CARMEN.id) is Role.LEAD

        project.log.union([Edit(early, ALI.id, "", EditKind.TEAM, (role_write(BASMA.id, Role.ANNOTATOR),))])

        facts = project.team.facts()
        assert facts.role(CARMEN.id) is Role.ANNOTATOR
        assert [change.counts for change in facts.changes if change.edit == late.id] == [False]


def test_before_of_a_role_is_what_held(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        project.annotators.add(ALI)
        append(project, ALI.id, EditKind.TEAM, role_write(ALI.id, Role.LEAD))
        (write,) = append(project, ALI.id, EditKind.TEAM, role_write(ALI.id, Role.ADJUDICATOR)).writes

        assert write.team_values == ({"value": "lead"}, {"value": "adjudicator"})


def test_gold_keeps_what_it_rests_on_and_follows_a_renamed_label(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        session = Session(project, ALI)
        settled = {"label": "LOC", "by": ALI.id, "rests": {ALI.id: "LOC", BASMA.id: ""}}
        edit = append(
            project,
            ALI.id,
            EditKind.SETTLE,
            Write(HERE, CellKind.GOLD, "0:3", None, settled),  # type: ignore[arg-type]
        )
        session.change_tagset([RenameLabel("LOC", "PLACE")])
        renamed = {"label": "PLACE", "by": ALI.id, "rests": {ALI.id: "PLACE", BASMA.id: ""}}
        again = append(
            project,
            ALI.id,
            EditKind.SETTLE,
            Write(HERE, CellKind.GOLD, "3:4", None, renamed),  # type: ignore[arg-type]
        )
        *_, stored = project.log.edits()

        assert edit.writes[0].golds == (None, settled)
        assert again.writes[0].golds == (None, renamed)
        assert stored.writes[0].golds == (None, {**settled, "by": ALI.id})  # the log keeps first ids
        assert not project.integrity()


def test_an_assignment_is_everybodys_and_can_be_taken_back(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        append(project, ALI.id, EditKind.ASSIGN, assignment(HERE, CARMEN.id), assignment(HERE, BASMA.id))
        append(project, BASMA.id, EditKind.ASSIGN, assignment(HERE, CARMEN.id, assigned=False))

        state = {address.key for address in project.log.state() if address.cell is CellKind.ASSIGNMENT}
        assert state == {BASMA.id}
        assert not project.integrity()


def test_undo_while_labelling_leaves_roles_alone(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        session = Session(project, ALI)
        session.open(HERE)
        session.set_note("أولًا")
        append(project, ALI.id, EditKind.TEAM, role_write(BASMA.id, Role.ADJUDICATOR))

        session.undo()

        assert session.note == ""
        assert project.team.facts().role(BASMA.id) is Role.ADJUDICATOR
        assert session.undo() is None
