"""Temporary folders are removed after their block, and those of killed processes when the next one is made."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from annotator.storage.file import temporary_folder as temporary_folder_module
from annotator.storage.file.temporary_folder import _LOCK, _PREFIX, _YOUNG, remove_abandoned_folders, temporary_folder
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.storage.strategies import make_project

LIVING = """
import sys
from pathlib import Path
from annotator.storage.project import Project
with Project.snapshot(Path(sys.argv[1])):
    print("copied", flush=True)
    sys.stdin.read()
"""
"""Copies a project, and waits to be killed."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of temporary files of a test."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def test_a_folder_goes_with_its_block(folder: Path) -> None:
    with temporary_folder() as made:
        (made / "copy").write_text("x")
        assert made.parent == folder
    assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_a_living_one_needs_stays(tmp_path: Path, folder: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    command = [sys.executable, "-c", LIVING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout and process.stdout.readline() == "copied\n"
        (copy,) = folder.iterdir()
        with Project.snapshot(path):
            assert copy.exists()
        assert list(folder.iterdir()) == [copy]
        process.kill()
        process.wait()
    assert (copy / "copy.annot").exists()
    with Project.snapshot(path):
        assert not copy.exists()
    assert list(folder.iterdir()) == []


def test_a_folder_whose_lock_is_just_being_taken_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = temporary_folder_module._try_to_lock

    def lock_after_another_process_has_cleaned_up(file: BinaryIO) -> bool:
        monkeypatch.setattr(temporary_folder_module, "_try_to_lock", lock)
        remove_abandoned_folders()
        return lock(file)

    monkeypatch.setattr(temporary_folder_module, "_try_to_lock", lock_after_another_process_has_cleaned_up)
    with temporary_folder() as made:
        assert made.is_dir()
        remove_abandoned_folders()
        assert made.is_dir()


def test_a_folder_without_a_lock_is_removed_when_it_is_old_and_other_things_are_left(folder: Path) -> None:
    young, old, other = (folder / name for name in (f"{_PREFIX}young", f"{_PREFIX}old", "annotator-other"))
    for made in (young, old, other):
        made.mkdir()
        (made / "copy").write_text("x")
    past = time.time() - 2 * _YOUNG
    for made in (old, other):
        os.utime(made, (past, past))
    (folder / f"{_PREFIX}file").write_text("x")
    (folder / f"{_PREFIX}link").symlink_to(other)
    remove_abandoned_folders()
    assert {left.name for left in folder.iterdir()} == {young.name, other.name, f"{_PREFIX}file", f"{_PREFIX}link"}
    assert (other / "copy").exists()


def test_a_folder_of_somebody_else_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = folder / f"{_PREFIX}theirs"
    made.mkdir()
    (made / _LOCK).touch()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    remove_abandoned_folders()
    assert made.exists()
