"""A power cut at any moment: what was reported is there, and no file is a mix of old and new."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.storage.file.test_older_files import WITH_SUGGESTIONS, as_it_was
from tests.storage.recovery.intact import (
    check_exported,
    check_imported,
    check_labelled,
    check_merged,
    check_restored,
    check_written,
    files_of,
)
from tests.storage.recovery.labelling_run import export
from tests.storage.recovery.power_cut import Cut, power_cuts, why_not
from tests.storage.recovery.test_killed import BUSY, write_labelled
from tests.storage.strategies import PEOPLE, contents, make_copies, make_project, work

Cuts = Callable[..., Iterator[Cut]]


@pytest.fixture(scope="session")
def strace() -> None:
    """Skip the test if calls cannot be recorded."""
    if why := why_not():
        pytest.skip(why)


@pytest.fixture(params=[3, pytest.param(18, marks=pytest.mark.long)])
def cuts(request: pytest.FixtureRequest, tmp_path: Path, strace: None) -> Cuts:
    """Return what cuts the power while some work is done in a folder; each folder that is left is removed again."""
    out = tmp_path / "cuts"
    out.mkdir()

    def cut(folder: Path, *arguments: str) -> Iterator[Cut]:
        """Yield what the cuts leave."""
        command = [sys.executable, "-m", "tests.storage.recovery.labelling_run", "--once", *arguments]
        for each in power_cuts(command, folder, out, request.param, request.param, ROOT):
            yield each
            shutil.rmtree(each.folder)

    return cut


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return an empty folder in which the work is done."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


SAVE = """
import os, sys
folder, *durable = sys.argv[1:]
with open(f"{folder}/part", "w") as file:
    file.write("new " * 1000)
    file.flush()
    if "file" in durable:
        os.fsync(file.fileno())
os.replace(f"{folder}/part", f"{folder}/a.txt")
if "folder" in durable:
    opened = os.open(folder, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
print("saved", flush=True)
"""


@pytest.mark.parametrize(
    ("durable", "spoilt", "lost"), [((), True, True), (("file",), False, True), (("file", "folder"), False, False)]
)
def test_a_cut_spoils_what_was_not_brought_to_the_disk(
    disk: Path, tmp_path: Path, strace: None, durable: tuple[str, ...], spoilt: bool, lost: bool
) -> None:
    out = tmp_path / "cuts"
    found = []
    for seed in range(8):
        (disk / "a.txt").write_text("old")
        out.mkdir()
        made = power_cuts([sys.executable, "-c", SAVE, str(disk), *durable], disk, out, 10, seed, ROOT)
        found += [((cut.folder / "a.txt").read_text(), cut.printed == ["saved"]) for cut in made]
        shutil.rmtree(out)
    assert {text for text, _ in found} >= {"old", "new " * 1000}
    assert any(text not in ("old", "new " * 1000) for text, _ in found) == spoilt
    assert any(text != "new " * 1000 for text, saved in found if saved) == lost


def test_labelling(disk: Path, cuts: Cuts) -> None:
    path = make_project(disk / "p.annot")
    reported = 0
    for cut in cuts(disk, "label", "1", str(path)):
        check_labelled(cut.folder / path.name, cut.printed)
        reported = len(cut.printed)
    assert reported > 10


def test_labelling_in_a_new_project(disk: Path, cuts: Cuts) -> None:
    for cut in cuts(disk, "create", "-", str(disk / "p.annot")):
        path = cut.folder / "p.annot"
        if cut.printed:
            check_labelled(path, cut.printed)
        elif path.exists():
            with Project.open(path) as project:
                assert project.integrity() == []
    assert cut.printed


def test_an_import(disk: Path, cuts: Cuts, tmp_path: Path) -> None:
    source = write_labelled(tmp_path / "gold.jsonl", 300)
    path = make_project(disk / "p.annot", texts=())
    for cut in cuts(disk, "import", str(source), str(path)):
        check_imported(cut.folder / path.name, source, 300, cut.printed)
    assert cut.printed[-1] == "imported"


def test_a_merge(disk: Path, cuts: Cuts, tmp_path: Path) -> None:
    copies = make_copies(tmp_path)
    for copy, annotator in zip(copies, PEOPLE, strict=True):
        work(copy, annotator, BUSY)
    one, *sources = copies
    before = contents(one)
    target = Path(shutil.copyfile(one, disk / "p.annot"))
    merge_paths(one, sources)
    after = contents(one)
    for cut in cuts(disk, "merge", ",".join(map(str, sources)), str(target)):
        check_merged(cut.folder / target.name, sources, cut.printed, before, after)
    assert cut.printed == ["merged"]


def test_an_upgrade(disk: Path, cuts: Cuts, tmp_path: Path) -> None:
    whole = make_project(tmp_path / "whole.annot")
    work(whole, PEOPLE[0], BUSY)
    old = as_it_was(whole, disk / "old.annot", WITH_SUGGESTIONS)
    for cut in cuts(disk, "upgrade", "-", str(old)):
        assert contents(cut.folder / old.name) == contents(whole)
    assert cut.printed == ["open"]


@pytest.mark.parametrize("format", ["json", "conll"])
def test_an_export(disk: Path, cuts: Cuts, format: str) -> None:
    path = make_project(disk / "p.annot")
    out = path.with_suffix(".out")
    work(path, PEOPLE[0], BUSY)
    export(str(path), format)
    new = files_of(out)
    out.unlink()
    work(path, PEOPLE[0], [("undo", 0, 0)] * 8)
    export(str(path), format)
    old = files_of(out)
    work(path, PEOPLE[0], [("redo", 0, 0)] * 8)
    assert old != new
    for cut in cuts(disk, "export", format, str(path)):
        check_exported(cut.folder / out.name, cut.printed, old, new)
        check_labelled(cut.folder / path.name, [])
    assert cut.printed == ["exported"]


def test_a_user_s_new_name(disk: Path, cuts: Cuts) -> None:
    user = current_annotator(disk)
    for cut in cuts(disk, "rename", "Carmen", str(disk)):
        now = current_annotator(cut.folder)
        assert now.id == user.id
        assert now.name in ({"Carmen"} if cut.printed else {"Carmen", user.name})
    assert cut.printed == ["renamed"]


@pytest.mark.parametrize("what", ["backup", "repair"])
def test_a_backup_or_repair(disk: Path, cuts: Cuts, tmp_path: Path, what: str) -> None:
    project = make_project(tmp_path / "p.annot")
    work(project, PEOPLE[0], BUSY)
    for cut in cuts(disk, what, str(project), str(disk / "out.annot")):
        check_written(cut.folder / "out.annot", cut.printed, contents(project))
    assert cut.printed


def test_a_restoring(disk: Path, cuts: Cuts, tmp_path: Path) -> None:
    one, two = make_copies(tmp_path, count=2)
    work(one, PEOPLE[0], BUSY)
    work(two, PEOPLE[1], BUSY)
    path = Path(shutil.copyfile(one, disk / "p.annot"))
    for cut in cuts(disk, "restore", str(two), str(path)):
        check_restored(cut.folder / path.name, cut.printed, contents(one), contents(two))
    assert cut.printed == ["restored"]
