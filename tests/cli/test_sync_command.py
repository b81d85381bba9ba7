"""annotator sync."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.cli.exit_codes import FAILED, PARTIAL
from annotator.services.team.identity import set_holder
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_copies, work

if TYPE_CHECKING:
    from tests.postgres import Server


def run(*args: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["sync", *map(str, args)])


@pytest.fixture
def team(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return two copies with work in them, and a shared folder."""
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], [("confirm", 0, 0)])
    work(two, PEOPLE[1], [("annotate", 3, 4)])
    folder = tmp_path / "shared"
    folder.mkdir()
    return one, two, folder


def test_what_was_exchanged_is_said_and_the_folder_is_remembered(team: tuple[Path, Path, Path]) -> None:
    one, two, folder = team
    assert run(one, folder).output.splitlines() == ["Nothing new was received.", "Documents sent: 3; edits sent: 1."]
    assert run(two, folder).output.splitlines() == [
        "Documents added: 0; annotators added: 1; edits added: 1 (edits by Ali).",
        "Documents sent: 0; edits sent: 1.",
    ]
    said = json.loads(run(one, "--json").output)
    assert said["received"] == {"documents": 0, "annotators": 1, "edits": 1}
    assert said["people"] == {"Basma": 1} and said["problems"] == [] and said["warning"] is None
    assert run(one).exit_code == 0
    with Project.open(one) as project:
        assert project.outbox.carrier == str(folder)


def test_without_a_folder_the_first_time_one_sentence_is_said(team: tuple[Path, Path, Path]) -> None:
    one, _, folder = team
    result = run(one)
    assert result.exit_code == FAILED
    assert "has no shared folder or server yet" in result.output
    result = run(one, folder / "missing")
    assert result.exit_code == FAILED and result.output.startswith("Error: Cannot reach")


def test_skipped_files_are_named_and_end_with_their_own_code(team: tuple[Path, Path, Path], tmp_path: Path) -> None:
    one, two, folder = team
    run(one, folder)
    other = tmp_path / "other.annot"
    CliRunner().invoke(main, ["new", str(other)])
    result = run(other, folder)
    assert result.exit_code == PARTIAL
    assert "Files of another project" in result.output
    assert run(two, folder).exit_code == PARTIAL
    assert run(one).output.count("Files of another project") == 1


def test_an_emptied_folder_is_filled_again_on_demand(team: tuple[Path, Path, Path]) -> None:
    one, _, folder = team
    run(one, folder)
    (path,) = folder.iterdir()
    path.unlink()
    assert "is empty" in run(one).output
    assert "edits sent: 1" in run(one, "--resend").output


def test_the_project_in_the_folder_is_warned_about(team: tuple[Path, Path, Path]) -> None:
    one, _, folder = team
    inside = folder / "news.annot"
    shutil.copyfile(one, inside)
    assert "is inside the shared folder" in run(inside, folder).output


def test_a_server_is_prepared_and_remembered_and_a_lead_says_who_is_who(
    team: tuple[Path, Path, Path], postgres: Server
) -> None:
    one, two, _ = team
    postgres.execute("create database cli", database="postgres")
    admin = postgres.url("postgres", "cli")
    said = CliRunner().invoke(main, ["sync", "--prepare", admin])
    assert said.exit_code == 0
    assert said.output.splitlines()[0] == (
        "127.0.0.1/cli is prepared. Its roles: cli_annotator, cli_adjudicator, cli_lead."
    )
    assert "create role salma login in role cli_annotator;" in said.output
    again = CliRunner().invoke(main, ["sync", "--prepare", admin, "--json"])
    assert json.loads(again.output)["roles"]["lead"] == "cli_lead"
    for login, role in (("huda", "lead"), ("nour", "annotator")):
        postgres.execute(f"create role {login} login in role cli_{role}", database="postgres")
    with Project.open(one) as project:
        project.annotators.add(PEOPLE[1])
        set_holder(project, PEOPLE[0])
    with Project.open(two) as project:
        set_holder(project, PEOPLE[1])
    first = run(one, postgres.url("huda", "cli"))
    assert first.exit_code == 0 and "Documents sent: 3; edits sent: 1." in first.output
    refused = run(two, postgres.url("nour", "cli"))
    assert refused.exit_code == PARTIAL
    assert "annotator sync --login Basma=nour PROJECT" in refused.output
    assert "Decisions of others that were not sent: 1." in refused.output
    assert json.loads(run(two, "--json").output)["withheld"] == {"others": 1}
    assert run(one, "--login", "Basma=nour").exit_code == 0
    assert "edits sent: 1." in run(two).output
    with Project.open(two) as project:
        assert project.outbox.carrier == postgres.url("nour", "cli")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--prepare", "postgresql://a:b@localhost/x"], "contains a password"),
        (["--prepare", "postgresql://a@127.0.0.1:1/x"], "Cannot reach 127.0.0.1/x"),
        (["--prepare", "postgresql://a@localhost/x", "news.annot"], "--prepare takes a URL and no project."),
        ([], "Missing argument 'PROJECT'."),
    ],
)
def test_wrong_uses_are_one_sentence(args: list[str], said: str) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
    result = run(*args)
    assert result.exit_code != 0 and said in result.output and "Traceback" not in result.output


def test_logins_are_for_a_server_and_need_a_name(team: tuple[Path, Path, Path]) -> None:
    one, _, folder = team
    assert "A shared folder has no logins." in run(one, folder, "--login", "Ali=ali").output
    pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
    address = "postgresql://a@127.0.0.1:1/x"
    assert "Write --login as NAME=LOGIN, not Ali" in run(one, address, "--login", "Ali").output
