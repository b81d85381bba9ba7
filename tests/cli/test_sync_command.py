"""annotator sync."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.cli.exit_codes import FAILED, PARTIAL
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_copies, work


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
    assert "has no shared folder yet" in result.output
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
