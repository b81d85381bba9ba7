"""Handing articles out from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_project


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
    made = make_project(tmp_path / "p.annot")
    with Project.open(made) as project:
        for person in PEOPLE:
            project.annotators.add(person)
    return made


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def test_articles_are_handed_out_listed_and_taken_back(path: Path) -> None:
    assert "Not handed out: 3 articles." in run("assign", path).output
    planned = run("assign", path, "--to", "Ali، Basma", "--overlap", "33.4%", "--dry-run").output
    assert "3 articles would be handed out, 1 of them to two people." in planned
    assert run("assign", path).output == "Not handed out: 3 articles.\n"

    done = json.loads(run("assign", path, "--to", "Ali,Basma", "--overlap", "33.4%", "--json").output)
    assert [len(share["given"]) for share in done["shares"]] == [2, 2]
    assert (done["documents"], done["overlapping"], done["left"]) == (3, 1, 0)
    assert json.loads(run("assign", path, "--json").output) == {
        "annotators": [
            {"name": person.name, "id": person.id, "assigned": 2, "done": 0, "begun": 0} for person in PEOPLE[:2]
        ],
        "unassigned": 0,
    }
    assert run("assign", path, "--take-back", "Ali").output == "Ali: 2 articles taken back, 0 left.\n"


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["--to", "Ali", "--overlap", "20"], "20 is not a percentage from 0% to 100%"),
        (["--to", "Ali,Basma", "--overlap", "101%"], "101% is not a percentage"),
        (["--to", "Ali,Basma", "--overlap", "-1%"], "-1% is not a percentage"),
        (["--to", "Ali", "--overlap", "20%"], "An overlap needs two people"),
        (["--to", "Ali,Zaki"], "No annotator called Zaki"),
        (["--to", "Ali,Ali"], "Ali was named twice"),
        (["--to", " , "], "Nobody was chosen"),
        (["--take-back", "Zaki"], "No annotator called Zaki"),
        (["--to", "Ali", "--take-back", "Ali"], "cannot be used together"),
        (["--take-back", "Ali", "--dry-run"], "does not apply to --take-back"),
        (["--to", "Ali", "--per-person", "0"], "0 is not in the range"),
    ],
)
def test_bad_input_is_reported_in_one_line_and_changes_nothing(path: Path, arguments: list[str], printed: str) -> None:
    result = run("assign", path, *arguments, code=2)
    assert printed in result.output.splitlines()[-1]
    with Project.open(path) as project:
        assert not project.assignments.any()
