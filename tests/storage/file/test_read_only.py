"""Read-only projects can be viewed, counted and exported, and nothing is written next to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.document import document_id
from annotator.errors import ProjectError
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.file.test_error_translation import open_folder, without_the_rights_of_root
from tests.storage.file.test_foreign_wal import crash, log_of
from tests.storage.file.test_older_files import as_it_was
from tests.storage.strategies import PEOPLE, TEXTS, make_project, work

__all__ = ["open_folder"]

COMMANDS: list[tuple[str, ...]] = [
    ("stats", "{p}", "--json"),
    ("team", "list", "{p}"),
    ("check", "{p}"),
    ("tagset", "show", "{p}"),
    ("export", "{p}", "{out}", "--documents", "all"),
]


@pytest.fixture(params=["file", "folder", "crashed", "old"])
def locked(request: pytest.FixtureRequest, open_folder: Path) -> Iterator[Path]:
    """Return a project that may not be written: its file, its folder, one that crashed, one of an earlier version."""
    path = make_project(open_folder / "p.annot")
    work(path, PEOPLE[0], [("confirm all", 0, 0), ("done", 1, 0)])
    if request.param == "old":
        made = as_it_was(path, open_folder / "old.annot", 6)
        made.replace(path)
    if request.param == "crashed":
        crash(path, edits=0, documents=2)
        log_of(path).with_name(f"{path.name}-shm").unlink(missing_ok=True)
    for entry in open_folder.iterdir():
        entry.chmod(0o644 if request.param == "folder" else 0o444)
    open_folder.chmod(0o777 if request.param == "file" else 0o555)
    yield path
    open_folder.chmod(0o755)


def kept(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir()}


def test_a_project_is_read_and_writing_is_refused(locked: Path) -> None:
    before = kept(locked)
    with without_the_rights_of_root():
        with Project.open_to_read(locked, refuse_writing=True) as project:
            assert project.is_read_only
            assert project.path == locked
            assert project.documents.count() in (3, 5)
            session = Session(project, PEOPLE[1])
            session.open(document_id(TEXTS[1]))
            acts: tuple[Callable[[], object], ...] = (
                session.confirm_all,
                lambda: session.set_note("x"),
                lambda: project.annotators.add(PEOPLE[2]),
            )
            for act in acts:
                with pytest.raises(ProjectError, match="Make the file and its folder writable"):
                    act()
            copy = project._connection._file
        with pytest.raises(ProjectError, match=r"Cannot (read|open|write)"):
            Project.open(locked)
    assert not copy.parent.exists()
    assert kept(locked) == before


def test_commands_that_only_read_do_so(locked: Path, tmp_path: Path) -> None:
    before = kept(locked)
    other = make_project(tmp_path / "other.annot")
    for command in COMMANDS:
        # What a command imports may lie where another account has no rights.
        call(command, other, tmp_path / "first.json")
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        out = Path(folder) / "x.json"
        with without_the_rights_of_root():
            for command in COMMANDS:
                done = call(command, locked, out)
                assert done.exit_code == 0, done.output
            assert len(json.loads(out.read_text())) >= len(TEXTS)
            refused = call(("team", "set-role", "{p}", PEOPLE[0].name, "adjudicator"), locked, out)
    assert refused.exit_code == 2
    assert refused.output.startswith("Error: Cannot ") and str(locked) in refused.output
    assert kept(locked) == before


def call(command: tuple[str, ...], path: Path, out: Path) -> Result:
    return CliRunner().invoke(main, [word.format(p=path, out=out) for word in command])


def test_a_file_that_may_not_be_read_is_told_in_a_sentence_of_ours(open_folder: Path) -> None:
    path = make_project(open_folder / "p.annot")
    path.chmod(0)
    for command in ("stats", "export", "team list", "check"):
        words = (*command.split(), "{p}", *(["{out}"] if command == "export" else []))
        with without_the_rights_of_root():
            done = call(words, path, open_folder / "x.json")
        assert done.exit_code == 2
        assert done.output == f"Error: Cannot read {path}. Check your read and write permissions.\n"
