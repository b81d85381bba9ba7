"""annotator progress: its table, files and JSON, and one sentence for bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.review.stopwatch import WorkInterval
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project, work

FORMULA = Annotator("id-of-formula", "=2+<script>alert(1)</script>")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a project in which Ali finished an article in half an hour, and somebody has a name that is code."""
    made = make_project(tmp_path / "news.annot")
    work(made, PEOPLE[0], [("confirm", 0, 0), ("reject", 0, 0)])
    with Project.open(made) as project:
        project.annotators.add(FORMULA)
        done = Write(document_id(TEXTS[0]), CellKind.STATUS, "", None, {"status": "done"})
        project.log.append(Edit(project.log.new_id(), PEOPLE[0].id, done.document, EditKind.STATUS, (done,)))
        project.time_spent.add(PEOPLE[0].id, [WorkInterval(document_id(TEXTS[0]), 1, 1_800_000)])
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["progress", *map(str, arguments)])


def test_a_row_for_each_annotator_and_one_for_all(path: Path) -> None:
    result = run(path)
    assert result.exit_code == 0
    head, *rows = result.output.splitlines()
    assert head.startswith("annotator")
    ali = next(row for row in rows if row.startswith("Ali")).split()
    assert ali[2:] == ["3", "1", "0", "2", "0.5", "2", "4", "50%", "-"]
    assert rows[-1].split() == ["All", "3", "1", "0", "2", "0.5", "2", "4", "50%", "-"]


def test_json_has_the_curves(path: Path) -> None:
    found = json.loads(run(path, "--json").output)
    ali = next(each for each in found["annotators"] if each["name"] == "Ali")
    assert (ali["assigned"], ali["done"], ali["left"], ali["decisions_per_hour"]) == (3, 1, 2, 4)
    assert [(each["decided"], each["accepted"]) for each in ali["acceptance"]] == [(2, 1)]
    (step,) = ali["learning"]
    assert step["ms_per_1000_characters"] == round(1_800_000_000 / len(TEXTS[0]))
    assert found["team"]["done"] == 1 and found["anything_assigned"] is False


def test_files_replace_the_table_and_nothing_in_them_runs(path: Path, tmp_path: Path) -> None:
    table, page = tmp_path / "p.csv", tmp_path / "p.html"
    assert (run(path, "--csv", table, "--html", page).output) == ""
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [row["name"] for row in rows] == [f"'{FORMULA.name}", "Ali", "All"]
    assert rows[1]["done"] == "1" and rows[1]["agreement_f1"] == ""
    text = page.read_text("utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text
    assert text.count("<svg") == 2 and "//" not in text
    for option, file in (("--csv", table), ("--html", page)):
        assert run(path, option, "-").stdout_bytes == file.read_bytes()
        assert run(path, option, "-", "--json").exit_code == 2
    assert run(path, "--csv", "-", "--html", "-").exit_code == 2
    assert not Path("-").exists()


def test_bad_input_gets_one_sentence(path: Path, tmp_path: Path) -> None:
    missing = run(tmp_path / "nothing.annot")
    assert missing.exit_code == 2 and missing.output.startswith("Error: Project not found:")
    for name in ("--csv", "--html"):
        refused = run(path, name, path)
        assert refused.exit_code == 2 and refused.output.startswith("Error: ") and refused.output.count("\n") == 1
        nowhere = run(path, name, tmp_path / "no" / "file")
        assert nowhere.exit_code == 2 and "Cannot write" in nowhere.output
    with Project.open(path) as project:
        assert project.documents.count() == 3


def test_an_empty_project_has_a_page_without_plots(tmp_path: Path) -> None:
    path = make_project(tmp_path / "new.annot")
    page = tmp_path / "p.html"
    assert run(path, "--html", page).exit_code == 0
    assert "<svg" not in page.read_text("utf-8")
    assert run(path).output.splitlines()[1].split()[:3] == ["All", "3", "0"]
