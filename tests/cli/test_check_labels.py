"""annotator check --labels and annotator rules: what they print, write and return."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import main
from tests.conftest import ROOT
from tests.services.label_check.projects import ME, make_project

GOLDEN = ROOT / "tests" / "data" / "label_check.json"
TEXTS = (
    "وصل الوفد إلى [LOC الموصل] ثم عاد إلى [LOC الموصل] مساء.",
    "في [LOC الموصل] هدوء، وفي [ORG الموصل] قلق.",
    "قال [PERS سالم الراوي،] إنه سيعود إلى الموصل.",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.annot"
    make_project(file, TEXTS).__exit__(None, None, None)
    return file


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.stdout


def test_the_json_is_as_recorded(path: Path) -> None:
    found = json.loads(run("check", path, "--labels", "--annotator", ME.name, "--json", code=1))
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_table_and_the_csv_have_each_place(path: Path, tmp_path: Path) -> None:
    lines = run("check", path, "--labels", "--annotator", ME.id, "--limit", 2, code=1).splitlines()
    assert lines[0].split() == ["score", "kind", "name", "label", "better", "place", "context"]
    assert lines[-1] == "1 more. List all with --limit 0."
    out = tmp_path / "cases.csv"
    assert run("check", path, "--labels", "--annotator", ME.id, "--csv", out, code=1) == ""
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(row["kind"], row["text"], row["label"], row["better"]) for row in rows] == [
        ("edge", "سالم الراوي،", "PERS", "PERS سالم الراوي"),
        ("labels", "الموصل", "ORG", "LOC"),
        ("missed", "الموصل", "", "LOC"),
    ]
    printed = run("check", path, "--labels", "--annotator", ME.id, "--csv", "-", code=1)
    assert printed.splitlines() == out.read_text("utf-8").splitlines()


def test_no_case_is_success(path: Path) -> None:
    assert run("check", path, "--labels", "--annotator", ME.id, "--kind", "quotation") == ""
    assert run("check", path, "--labels", "--gold") == ""


@pytest.mark.parametrize("wrong", [["--gold"], ["--labels", "--purge"], ["--labels", "--gold", "--annotator", "x"]])
def test_options_that_do_not_fit_are_refused(path: Path, wrong: list[str]) -> None:
    run("check", path, *wrong, code=2)


def test_rules_are_added_listed_checked_and_removed(path: Path) -> None:
    assert run("rules", "list", path) == "No rules.\n"
    added = json.loads(run("rules", "add", path, "الوفد", "--label", "ORG", "--json"))
    assert json.loads(run("rules", "list", path, "--json")) == [added]
    found = json.loads(run("check", path, "--labels", "--annotator", ME.id, "--kind", "rule", "--json", code=1))
    assert [case["name"] for case in found["cases"]] == ["الوفد"]
    assert added["id"] in run("rules", "list", path)
    run("rules", "add", path, "(", code=2)
    run("rules", "add", path, "x", "--label", "NONE", code=2)
    run("rules", "remove", path, added["id"])
    run("rules", "remove", path, added["id"], code=2)
    assert run("rules", "list", path) == "No rules.\n"
