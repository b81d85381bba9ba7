"""Listing and settling differences from the terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.annotation import Annotator
from annotator.storage.file.identity import write_settings
from annotator.storage.project import Project
from tests.team.differing_projects import BASMA, CARMEN, FIRST, SECOND, gold, make_differing_project


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    be(CARMEN, tmp_path)
    return make_differing_project(tmp_path / "p.annot")


def be(person: Annotator, folder: Path) -> None:
    """Let a person run the commands."""
    write_settings(folder / "settings" / "annotator.json", {"id": person.id, "name": person.name})


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_the_list_as_a_table_json_and_csv(path: Path) -> None:
    table = run("adjudicate", path, "--list").stdout.splitlines()
    assert len(table) == 4
    rows = json.loads(run("adjudicate", path, "--list", "--kind", "boundary", "--json").stdout)
    assert [(row["text"], row["kinds"], row["state"], row["settled"]) for row in rows] == [
        ("إلى ديالى", ["boundary"], "open", None)
    ]
    assert [span["text"] for span in rows[0]["annotators"]["Basma"]] == ["ديالى"]
    run("adjudicate", path, "--list", "--csv", "out.csv")
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["text"], row["Ali"], row["Carmen"]) for row in found] == [
        ("بغداد", "nothing", ""),
        ("إلى ديالى", "إلى ديالى LOC", ""),
        ("القوات", "القوات ORG", ""),
    ]
    printed = run("adjudicate", path, "--list", "--csv", "-").stdout_bytes
    assert printed == Path("out.csv").read_bytes()
    run("adjudicate", path, "--list", "--csv", "-", "--json", code=2)
    assert not Path("-").exists()
    assert run("adjudicate", path, "--list", "--pair", "Ali", "Carmen").stdout == "Nothing to settle.\n"
    assert (
        run("adjudicate", path, "--list", "--name", "القوات", "--label", "ORG", "--state", "open").stdout.count("\n")
        == 2
    )


def test_settling_from_the_terminal(path: Path) -> None:
    before = path.read_bytes()
    assert "2 articles would be settled: 5 spans" in run("adjudicate", path, "--take", "Basma", "--dry-run").stdout
    assert path.read_bytes() == before
    assert json.loads(run("adjudicate", path, "--take", "Basma", "--json").stdout)["documents"] == 2
    with Project.open(path) as project:
        assert gold(project)[""] == gold(project, SECOND)[""] == ""
    assert "Nothing to settle: all articles" in run("adjudicate", path, "--settle", "agreed", code=2).stderr


def test_bad_input_is_one_sentence_and_changes_nothing(path: Path, tmp_path: Path) -> None:
    assert "Give one of" in run("adjudicate", path, code=2).stderr
    assert "Give one of" in run("adjudicate", path, "--list", "--take", "Ali", code=2).stderr
    assert "need --list" in run("adjudicate", path, "--take", "Ali", "--kind", "label", code=2).stderr
    assert "--dry-run needs" in run("adjudicate", path, "--list", "--dry-run", code=2).stderr
    assert "no label X" in run("adjudicate", path, "--list", "--label", "X", code=2).stderr
    assert "No annotator called Zaid" in run("adjudicate", path, "--take", "Zaid", code=2).stderr
    assert "Nothing to settle by this rule: 3" in run("adjudicate", path, "--settle", "majority", code=2).stderr
    be(BASMA, tmp_path)
    assert "Basma cannot settle differences" in run("adjudicate", path, "--take", "Ali", code=2).stderr
    with Project.open(path) as project:
        assert gold(project, FIRST) == {}
