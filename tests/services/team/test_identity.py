"""Who works in a copy: the copy's own holder, the settings, and when the program must ask."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.services.team.identity import (
    Doubt,
    Identity,
    find_person,
    founder,
    holder_of,
    identify,
    new_annotator,
    set_holder,
)
from annotator.session import Session
from annotator.storage.file.identity import OwnIdentity, current_annotator, machine, own_identity, set_own_annotator
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.storage.tables.team import Holder

SALMA, OMAR = Annotator("id-of-salma", "سلمى"), Annotator("id-of-omar", "Omar")


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Return the path of a project that Salma made, and in which Omar is too; it does not say who holds it."""
    path = tmp_path / "p.annot"
    with Project.create(path, load_tagset("camel"), founder=SALMA) as project:
        project.annotators.add(OMAR)
    return path


def test_the_machine_is_the_account_and_the_settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = machine(tmp_path)
    assert here == machine(str(tmp_path)) and len(here) == 32 and here != machine(tmp_path / "other")
    monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
    assert machine(tmp_path) != here


def test_the_holder_on_this_machine_is_who_works(project_path: Path, tmp_path: Path) -> None:
    set_own_annotator(SALMA, tmp_path)
    with Project.open(project_path) as project:
        set_holder(project, OMAR, tmp_path)
        assert identify(project, tmp_path) == Identity(OMAR)
        assert holder_of(project, tmp_path) == OMAR
    assert own_identity(tmp_path) == OwnIdentity(SALMA, machine(tmp_path))  # switching leaves the settings alone


@pytest.mark.parametrize("where", ["", "another machine"])
def test_a_pack_or_a_copy_from_another_machine_asks_for_its_holder(
    project_path: Path, tmp_path: Path, where: str
) -> None:
    set_own_annotator(OMAR, tmp_path)
    with Project.open(project_path) as project:
        project.team.set_holder(Holder(SALMA.id, where))
        assert identify(project, tmp_path) == Identity(SALMA, Doubt.ELSEWHERE)
        with pytest.raises(UserError, match=r"^.*last used by سلمى.*team switch .*id-of-salma"):
            holder_of(project, tmp_path)
        set_holder(project, SALMA, tmp_path)
        assert holder_of(project, tmp_path) == SALMA


def test_a_copy_that_its_holder_carries_between_two_own_computers_does_not_ask(
    project_path: Path, tmp_path: Path
) -> None:
    set_own_annotator(SALMA, tmp_path / "home")
    set_own_annotator(SALMA, tmp_path / "office")
    with Project.open(project_path) as project:
        for place in ("home", "office", "home"):
            assert holder_of(project, tmp_path / place) == SALMA
            assert project.team.holder() == Holder(SALMA.id, machine(tmp_path / place))


def test_an_older_project_belongs_to_the_settings_of_this_machine(project_path: Path, tmp_path: Path) -> None:
    set_own_annotator(OMAR, tmp_path)
    with Project.open(project_path) as project:
        assert identify(project, tmp_path) == Identity(OMAR)
        assert project.team.holder() is None
        assert holder_of(project, tmp_path) == OMAR
        assert project.team.holder() == Holder(OMAR.id, machine(tmp_path))


def test_copied_settings_do_not_make_two_people_one(project_path: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    set_own_annotator(SALMA, first)
    shutil.copytree(first, second)
    copy = Path(shutil.copy(project_path, tmp_path / "copy.annot"))
    with Project.open(project_path) as project:
        assert holder_of(project, first) == SALMA
    with Project.open(copy) as project:
        assert identify(project, second) == Identity(SALMA, Doubt.COPIED)
        with pytest.raises(UserError, match="copied from another"):
            holder_of(project, second)
        other = new_annotator("Nour")
        set_holder(project, other, second)
        assert holder_of(project, second) == other
    assert current_annotator(second) == other != current_annotator(first)
    assert founder(config_dir=second) == other


def test_whoever_copied_her_own_settings_to_a_new_computer_stays_who_she_is(project_path: Path, tmp_path: Path) -> None:
    set_own_annotator(SALMA, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    with Project.open(project_path) as project:
        set_holder(project, find_person(project, SALMA.id, tmp_path / "new"), tmp_path / "new")
    assert own_identity(tmp_path / "new") == OwnIdentity(SALMA, machine(tmp_path / "new"))


def test_settings_of_an_earlier_version_are_asked_about_but_do_not_stop_a_command(
    project_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "annotator.json").write_text(json.dumps({"id": OMAR.id, "name": OMAR.name}), "utf-8")
    with Project.open(project_path) as project:
        assert identify(project, tmp_path) == Identity(OMAR, Doubt.UNKNOWN)
        assert holder_of(project, tmp_path) == OMAR
        assert project.team.holder() is None


def test_a_first_start_asks_for_the_name_and_a_command_takes_the_account_s(project_path: Path, tmp_path: Path) -> None:
    with Project.open(project_path) as project:
        assert identify(project, tmp_path).doubt is Doubt.NEW
        assert not (tmp_path / "annotator.json").exists()
        person = holder_of(project, tmp_path)
        assert person == current_annotator(tmp_path)
        assert person in project.annotators.all()


def test_a_first_start_with_a_pack_takes_over_its_person(project_path: Path, tmp_path: Path) -> None:
    with Project.open(project_path) as project:
        project.team.set_holder(Holder(OMAR.id))
        set_holder(project, identify(project, tmp_path).person, tmp_path)
    assert current_annotator(tmp_path) == OMAR


def test_a_read_only_project_is_neither_asked_about_nor_written(project_path: Path, tmp_path: Path) -> None:
    with Project.open(project_path) as project:
        project.team.set_holder(Holder(OMAR.id, "another machine"))
    before = project_path.read_bytes()
    with Project.open(project_path) as project:
        project._connection.read_only = True
        assert identify(project, tmp_path) == Identity(OMAR)
        set_holder(project, SALMA, tmp_path)
        assert holder_of(project, tmp_path) == OMAR
    assert project_path.read_bytes() == before
    assert not (tmp_path / "annotator.json").exists()


@pytest.mark.parametrize("stored", ["", "[]", "{", '{"annotator": 1, "machine": ""}', '{"annotator": "x"}'])
def test_a_holder_that_cannot_be_read_is_none(project_path: Path, stored: str) -> None:
    with Project.open(project_path) as project:
        with project._connection.transaction() as db:
            db.table("meta").upsert({"name": "holder", "value": stored}, pk="name")
        assert project.team.holder() is None


def test_a_holder_whom_the_project_does_not_know_is_none(project_path: Path, tmp_path: Path) -> None:
    set_own_annotator(OMAR, tmp_path)
    with Project.open(project_path) as project:
        project.team.set_holder(Holder("nobody"))
        assert identify(project, tmp_path) == Identity(OMAR)


def test_the_founder_is_the_first_lead_and_kept_by_a_repair(project_path: Path, tmp_path: Path) -> None:
    with Project.open(project_path) as project:
        set_holder(project, OMAR, tmp_path)
        Session(project, OMAR)
    report = Project.repair(project_path, tmp_path / "repaired.annot")
    assert "lead" not in str(report)
    for path in (project_path, tmp_path / "repaired.annot"):
        with Project.open(path) as project:
            assert project.team.facts().roles == {SALMA.id: "lead"}
            assert project.team.holder() == Holder(OMAR.id, machine(tmp_path))
        assert Project.check(path) == []


def test_founders_of_another_name_are_other_people(tmp_path: Path) -> None:
    set_own_annotator(SALMA, tmp_path)
    assert founder(config_dir=tmp_path) == founder(" سلمى ", tmp_path) == SALMA
    assert founder("Omar", tmp_path).name == "Omar"
    assert founder("Omar", tmp_path).id != SALMA.id
    assert founder(config_dir=tmp_path / "first start").name == current_annotator(tmp_path / "account").name
