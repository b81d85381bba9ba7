"""The commands about labels, called as a user calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.session import Session
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project

DOCUMENT = document_id(TEXTS[0])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a project with one annotation, in an empty folder with settings of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    path = make_project(tmp_path / "p.annot")
    with Project.open(path) as opened:
        session = Session(opened, PEOPLE[0])
        session.open(DOCUMENT)
        session.annotate(Span(0, 5), "LOC")
    yield path


def call(*arguments: str | Path, code: int = 0) -> Result:
    """Run the program with these arguments, and check its exit code; a bug's exception is not swallowed."""
    result = CliRunner().invoke(main, ["tagset", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def labels(path: Path) -> list[str]:
    with Project.open(path) as opened:
        return [label.id for label in opened.tagset.labels]


def test_the_bundled_tagsets_are_listed() -> None:
    assert [line.split()[0] for line in call("list").output.splitlines()] == ["name", "camel", "security", "wojood"]


def test_labels_are_shown_with_their_uses(project: Path) -> None:
    printed = json.loads(call("show", project, "--json").stdout)
    assert [x["id"] for x in printed["labels"]] == ["PERS", "LOC", "ORG"]
    assert (printed["labels"][1]["annotations"], printed["labels"][1]["documents"]) == (1, 1)
    assert "LOC" in call("show", project).output


def test_a_label_is_renamed_and_undo_restores_it(project: Path) -> None:
    dry = call("rename", project, "LOC", "PLACE", "--ar", "مكان", "--dry-run").output
    assert "LOC: renamed to PLACE (1 annotation in 1 article by 1 annotator, " in dry
    assert dry.endswith("Nothing was changed.\n")
    assert labels(project) == ["PERS", "LOC", "ORG"]
    printed = json.loads(call("rename", project, "LOC", "PLACE", "--ar", "مكان", "--json").stdout)
    assert printed["changed"]
    assert [change["change"] for change in printed["changes"]] == ["rename", "describe"]
    with Project.open(project) as opened:
        assert opened.log.annotations(DOCUMENT)[0].label == "PLACE"
        assert opened.tagset.labels[1].names == {"en": "Loc", "ar": "مكان"}
        Session(opened, current_annotator()).undo()
        assert opened.log.annotations(DOCUMENT)[0].label == "LOC"


def test_labels_are_merged(project: Path) -> None:
    output = call("merge", project, "LOC", "PERS", "--into", "ORG").output
    assert "LOC: merged into ORG (1 annotation in" in output
    assert labels(project) == ["ORG"]
    assert "Label not found: NONE" in call("merge", project, "NONE", "--into", "ORG", code=2).output
    assert "cannot be merged into itself" in call("merge", project, "LOC", "--into", "ORG", code=2).output


def test_a_tagset_is_exported_edited_and_imported(project: Path, tmp_path: Path) -> None:
    call("export", project, "own.json")
    assert call("import", project, "own.json").output == "Nothing to change.\n"
    record = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))
    record["labels"][1] |= {"id": "PLACE", "formerly": ["LOC", "ORG"], "key": "9"}
    del record["labels"][2]
    (tmp_path / "own.json").write_text(json.dumps(record), encoding="utf-8")
    output = call("import", project, "own.json", "--dry-run").output.splitlines()
    assert [line.partition(" (")[0] for line in output] == [
        "ORG: merged into LOC",
        "LOC: renamed to PLACE",
        "PLACE: new key 9",
        "Nothing was changed.",
    ]
    assert labels(project) == ["PERS", "LOC", "ORG"]
    call("import", project, "own.json")
    assert labels(project) == ["PERS", "PLACE"]


def test_a_bundled_tagset_is_imported_by_name(project: Path) -> None:
    output = call("import", project, "camel", "--dry-run").output
    assert "MISC: a new label." in output
    assert "order" not in output
    assert "The order of the labels changes." in call("import", project, "wojood", "--dry-run").output
    call("import", project, "camel")
    assert labels(project) == ["PERS", "LOC", "ORG", "MISC"]


def test_tagset_reports_errors_in_one_line(project: Path) -> None:
    assert "Give a new id, or a name" in call("rename", project, "LOC", code=2).output
    assert "The label ORG already exists" in call("rename", project, "LOC", "ORG", code=2).output
    assert "Tagset not found: nowhere.json" in call("import", project, "nowhere.json", code=2).output


def test_tagset_export_never_overwrites_a_project(project: Path) -> None:
    before = project.read_bytes()
    for place in (project, Path(f"{project}-wal")):
        assert "is a project or another database" in call("export", project, place, code=2).stderr
    assert project.read_bytes() == before
    assert "Add the name of the file or folder to write" in call("export", project, "/", code=2).stderr
