"""annotator backup and restore."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from tests.storage.strategies import PEOPLE, contents, make_project, work


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own settings and backups."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


def call(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_a_backup_is_made_listed_and_restored(path: Path) -> None:
    assert "No backups" in call("backup", "--list", path).output
    made = call("backup", path)
    assert made.output.startswith(f"Wrote a backup of {path} to ")
    assert "has not changed since its last backup" in call("backup", path).output
    listed = call("backup", "--list", path).output.splitlines()
    assert len(listed) == 2
    assert listed[1].split()[-1] in made.output
    before = contents(path)
    work(path, PEOPLE[0], [("confirm all", 0, 0)])
    restored = call("restore", path)
    assert restored.exit_code == 0
    assert "The previous file is kept in" in restored.output
    assert contents(path) == before


def test_backup_writes_to_the_named_file(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.annot"
    assert call("backup", path, out).output == f"Wrote a backup of {path} to {out}.\n"
    refused = call("backup", path, out)
    assert refused.exit_code == 2
    assert refused.output == f"Error: {out} already exists. Choose another name.\n"
    path.unlink()
    assert call("restore", path, "--from", out).output == f"Restored {path} from {out}.\n"


def test_backup_and_restore_report_errors_in_one_line(path: Path, tmp_path: Path) -> None:
    assert call("backup", tmp_path / "nothing").output.startswith("Error: Project not found:")
    assert call("restore", path).output.startswith("Error: No intact backup of")
    assert call("backup", "--list", path, tmp_path / "out").exit_code == 2


def test_check_and_export_warn_of_a_file_that_is_older_than_its_newest_backup(path: Path, tmp_path: Path) -> None:
    earlier, out = path.read_bytes(), tmp_path / "out.jsonl"
    work(path, PEOPLE[0], [("confirm all", 0, 0)])
    call("backup", path)
    for arguments in (["check", path], ["export", path, out, "--documents", "all"]):
        assert "older" not in call(*arguments).output
    path.write_bytes(earlier)
    for arguments in (["check", path], ["export", path, out, "--documents", "all"]):
        called = call(*arguments)
        assert called.exit_code == 0
        assert f"Warning: {path} lacks decisions that its backup of " in called.stderr
        command = called.stderr.splitlines()[-1].partition("with: annotator ")[2]
        assert command.startswith(f"merge {path} ")
    assert json.loads(call("check", path, "--json").stdout)["newer_backup"] == command.removeprefix(f"merge {path} ")
    assert call(*command.split()).exit_code == 0
    checked = call("check", path, "--json")
    assert checked.stderr == "" and json.loads(checked.stdout)["newer_backup"] is None
