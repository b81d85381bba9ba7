"""What must be true of files after a program that worked on them was killed, or after a power cut."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from annotator.domain.model.edit import fold
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, contents


def check_labelled(path: Path, reported: Collection[str]) -> None:
    """Check that all edits that were reported are in the log, and that the state is its fold."""
    with Project.open(path) as project:
        assert project.integrity() == []
        log = list(project.log.edits())
        assert set(reported) <= {edit.id for edit in log}
        assert project.log.state() == fold(log)


def check_merged(
    target: Path, sources: Sequence[Path], printed: Collection[str], before: Mapping[str, object], after: object
) -> None:
    """Check that a merge has come in as far as was reported, took nothing away, and ends the same if it is repeated."""
    found = contents(target)
    if "merged" in printed:
        assert found == after
    with Project.open(target) as project:
        assert project.log.state() == fold(project.log.edits())
        held = [(edit, edit.time) for edit in project.log.edits()]
    earlier = before["edits"]
    assert isinstance(earlier, list)
    assert [each for each in held if each in earlier] == earlier
    merge_paths(target, sources)
    assert contents(target) == after


def check_imported(target: Path, file: Path, number: int, printed: Sequence[str]) -> int:
    """Check an import of articles with two labels each; return how many had been stored.

    An article is there with all its labels or not at all, and whatever is not there comes in again.
    """
    reported = max((int(line) for line in printed if line != "imported"), default=0)
    with Project.open(target) as project:
        assert project.integrity() == []
        stored = project.documents.count()
        assert stored >= (number if "imported" in printed else reported)
        for document in project.documents.iter():
            found = [(a.span.start, a.span.end, a.label) for a in project.log.annotations(document.id)]
            assert found == [(0, 5, "LOC"), (6, 9, "PERS")]
        assert project.log.state() == fold(project.log.edits())
        again = import_paths(project, [file], target=ImportTarget(PEOPLE[0]))
        assert again.added == number - stored
        assert project.log.counts()["spans"] == 2 * number
    return stored


def files_of(out: Path) -> dict[str, str]:
    """Return the digests of the files of an export by their names, "." for a single file; none if there is none."""
    paths = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def check_exported(out: Path, printed: Collection[str], old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Check that an export is the old one or the new one and never a mix, and the new one if it was reported."""
    found = files_of(out)
    assert found == new if "exported" in printed else found in (old, new)


def check_written(out: Path, printed: Collection[str], whole: Mapping[str, object]) -> None:
    """Check that a file that was not there before, a backup or what a repair saved, is whole, and there if reported."""
    assert out.exists() or not printed
    if out.exists():
        assert contents(out) == whole


def check_restored(path: Path, printed: Collection[str], before: Mapping[str, object], after: object) -> None:
    """Check that a backup was put in the place of a project or was not, and that what was there is kept."""
    kept = list(path.parent.glob("* before restoring *.annot"))
    assert path.exists() or kept
    assert all(contents(each) == before for each in kept)
    if path.exists():
        assert contents(path) == (after if kept else before)
    assert kept or "restored" not in printed
