"""Packs from the terminal: written, merged back, and refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.span import Span
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_project

ALI, BASMA, CARMEN = PEOPLE


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
    made = make_project(tmp_path / "news.annot")
    with Project.open(made) as project:
        for person in PEOPLE:
            project.annotators.add(person)
    run("assign", made, "--to", "Ali,Basma")
    return made


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def test_packs_are_written_worked_on_and_merged_back(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "packs"
    printed = json.loads(run("pack", path, "--for", "Ali,Basma", "--out", out, "--blind", "--json").output)
    assert [(each["name"], Path(each["path"]).name) for each in printed] == [
        ("Ali", "news-Ali.annot"),
        ("Basma", "news-Basma.annot"),
    ]
    assert sum(each["documents"] for each in printed) == 3
    for person, each in zip((ALI, BASMA), printed, strict=True):
        with Project.open(each["path"]) as pack:
            session = Session(pack, person)
            session.open(next(pack.documents.ids()))
            session.annotate(Span(0, 3), "LOC")
            assert set(pack.suggestions.counts()) == {"lexicon"}
    assert "edits added: 2" in run("merge", path, *(each["path"] for each in printed)).output
    run("stats", printed[0]["path"])

    second = run("pack", path, "--for", "Ali", "--out", tmp_path / "later", "--suggestions", "lexicon").output
    assert "news-Ali.annot: " in second
    assert "edits added: 0" in run("merge", out / "news-Ali.annot", tmp_path / "later" / "news-Ali.annot").output


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["--for", "Zaki"], "No annotator called Zaki"),
        (["--for", "Ali,Ali"], "Ali was named twice"),
        (["--for", "Carmen"], "Carmen has no articles"),
        (["--for", ""], "Nobody was chosen"),
        (["--for", "Ali", "--suggestions", "camel"], "No suggestions of camel in this project. Suggesters: lexicon"),
        (["--for", "Ali", "--blind", "--suggestions", "memory"], "which carry the decisions of others"),
    ],
)
def test_bad_input_is_reported_in_one_line(path: Path, tmp_path: Path, arguments: list[str], printed: str) -> None:
    result = run("pack", path, "--out", tmp_path / "packs", *arguments, code=2)
    assert printed in result.output.splitlines()[-1]
    assert not (tmp_path / "packs").exists()


def test_a_pack_that_is_there_and_a_folder_that_cannot_be_made(path: Path, tmp_path: Path) -> None:
    run("pack", path, "--for", "Ali", "--out", tmp_path)
    assert "already exists" in run("pack", path, "--for", "Ali", "--out", tmp_path, code=2).output
    assert "Cannot write" in run("pack", path, "--for", "Ali", "--out", path / "packs", code=2).output


def test_a_pack_of_another_project_is_refused(path: Path, tmp_path: Path) -> None:
    other = make_project(tmp_path / "other.annot", nested=True)
    run("pack", path, "--for", "Ali", "--out", tmp_path / "packs")
    assert "different projects" in run("merge", other, tmp_path / "packs" / "news-Ali.annot", code=2).output
