"""Files and folders that are whole or not there, whatever is in their place and whatever fails on the way."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.atomic_file import (
    create_file,
    move_without_overwriting,
    recover,
    remove_folder,
    replace_file,
    replace_folder,
    replace_together,
    sync_to_disk,
)
from annotator.errors import UserError

OWN = ("data/a.txt",)


def write_folder(out: Path, content: str, own: tuple[str, ...] = OWN) -> None:
    """Write a folder of one file, in place of one that was written so before."""
    with replace_folder(out, own) as part:
        make_folder(part, content)


def make_folder(part: Path, content: str) -> None:
    """Make a folder of one file."""
    (part / "data").mkdir(parents=True)
    (part / "data" / "a.txt").write_text(content)


def names_in(folder: Path) -> list[str]:
    """Return the names of all that is in a folder, however deep."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[Path, Path], bool]) -> None:
    """Have some renames fail as on a disk with an error."""
    for name in ("rename", "replace"):
        real = getattr(Path, name)

        def act(path: Path, target: Path, real: Callable[[Path, Path], Path] = real) -> Path:
            """Rename, or fail."""
            if fails(path, Path(target)):
                raise OSError(5, "Input/output error")
            return real(path, target)

        monkeypatch.setattr(Path, name, act)


def test_a_folder_stays_if_the_new_one_cannot_take_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_folder(out, "first")
    failing(monkeypatch, lambda path, _: path.parent.name == "new")
    with pytest.raises(OSError, match="Input/output error"):
        write_folder(out, "second")
    assert (out / "data" / "a.txt").read_text() == "first"
    assert names_in(tmp_path) == ["out", "out/data", "out/data/a.txt"]


def test_a_file_in_a_folder_of_a_known_name_is_nobody_s_to_replace(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, "first")
    (out / "data" / "raw.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not an export in this format"):
        write_folder(out, "second")
    assert (out / "data" / "raw.txt").read_text() == "mine"
    (out / "data" / "raw.txt").unlink()
    (tmp_path / "elsewhere").mkdir()
    (out / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError, match="not an export in this format"):
        write_folder(out, "second")
    (out / "link").unlink()
    (out / "data" / ".DS_Store").touch()  # what a file manager leaves is nobody's
    write_folder(out, "second")
    assert (out / "data" / "a.txt").read_text() == "second"


def test_behind_a_link_the_file_or_folder_itself_is_replaced(tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    for name in ("file", "folder"):
        (tmp_path / name).symlink_to(far / name)
    for content in ("first", "second"):
        with replace_file(tmp_path / "file") as part:
            part.write_text(content)
        write_folder(tmp_path / "folder", content)
    assert (tmp_path / "file").is_symlink()
    assert (far / "file").read_text() == "second"
    assert (tmp_path / "folder").is_symlink()
    assert (far / "folder" / "data" / "a.txt").read_text() == "second"
    assert names_in(far) == ["file", "folder", "folder/data", "folder/data/a.txt"]
    assert names_in(tmp_path) == ["far", *(f"far/{name}" for name in names_in(far)), "file", "folder"]


def test_what_somebody_saves_into_a_folder_meanwhile_is_kept_in_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, "first", ("data/a.txt", "README.md"))
    (out / "README.md").write_text("written")
    with replace_together() as files:
        part = files.folder(out, ("data/a.txt", "README.md"))
        make_folder(part, "second")
        (part / "README.md").write_text("written again")
        (out / "data" / "notes.txt").write_text("mine")
        (out / "mine").mkdir()
        (out / "mine" / "b.txt").write_text("mine too")
        (out / "README.md").write_text("edited by hand")
    assert {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*") if path.is_file()} == {
        "data/a.txt": "second",
        "data/notes.txt": "mine",
        "mine/b.txt": "mine too",
        "README.md": "written again",
        "README-2.md": "edited by hand",
    }
    assert files.kept == [out / "README-2.md", out / "data" / "notes.txt", out / "mine" / "b.txt"]
    assert names_in(tmp_path)[0] == "out"


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Give the function that writes a folder, a file and a report of them with some content, together."""

    def write(content: str) -> None:
        """Write the three."""
        with replace_together() as files:
            report = files.file(tmp_path / "report", last=True)
            key, folder = files.file(tmp_path / "key"), files.folder(tmp_path / "out", OWN)
            make_folder(folder, content)
            for part in (key, report):
                part.write_text(content)

    yield write


def contents(folder: Path) -> dict[str, str]:
    """Return the contents of all files in a folder, however deep."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["key", "out", "report"])
@pytest.mark.parametrize("before", [True, False])
def test_several_take_their_names_together_or_none_does(
    tmp_path: Path, three: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, name: str, before: bool
) -> None:
    if before:
        three("first")
    found = contents(tmp_path)
    assert len(found) == (3 if before else 0)
    with monkeypatch.context() as patch:
        failing(patch, lambda path, target: path.parent.name == "new" and target == tmp_path / name)
        with pytest.raises(OSError, match="Input/output error"):
            three("second")
    assert contents(tmp_path) == found
    three("third")
    assert set(contents(tmp_path).values()) == {"third"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key", "out", "report"]


def test_what_cannot_be_restored_is_reported_with_its_place(
    tmp_path: Path, three: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    three("first")
    report, out = tmp_path / "report", tmp_path / "out"
    never = {(report, "new"), (out, "old")}
    failing(monkeypatch, lambda path, target: (target, path.parent.name) in never)
    with pytest.raises(UserError, match=r"out could not be restored .*\. The previous version is in") as said:
        three("second")
    place = Path(str(said.value).split(" is in ")[1].split(".part/")[0] + ".part")
    assert contents(place / "old") == {"out/data/a.txt": "first"}
    assert (tmp_path / "key").read_text() == "first"


KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.atomic_file import replace_together
folder, at = Path(sys.argv[1]), int(sys.argv[2])
calls = 0
def counted(real):
    def act(*given):
        global calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)
    return act
with replace_together() as files:
    report = files.file(folder / "report", last=True)
    key, out = files.file(folder / "key"), files.folder(folder / "out", ("data/a.txt",))
    (out / "data").mkdir(parents=True)
    (out / "data" / "a.txt").write_text("second")
    for part in (key, report):
        part.write_text("second")
    (folder / "out").mkdir(exist_ok=True)
    (folder / "out" / "mine.txt").write_text("mine")
    Path.rename, Path.replace, os.link = counted(Path.rename), counted(Path.replace), counted(os.link)
"""


def killed(folder: Path, at: int) -> subprocess.CompletedProcess[str]:
    """Replace the three in another process, killed before its at-th rename or link."""
    command = [sys.executable, "-c", KILLED, str(folder), str(at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_killed_at_any_rename_a_program_leaves_what_the_next_one_makes_whole(
    tmp_path: Path, three: Callable[[str], None]
) -> None:
    three("first")
    place, mine, report = tmp_path / "out" / "data" / "a.txt", tmp_path / "out" / "mine.txt", tmp_path / "report"
    at = 1
    while (done := killed(tmp_path, at)).returncode == -signal.SIGKILL:
        recover(tmp_path / "out")
        # The old folder or the new one, what was saved meanwhile in either, and no report of anything else.
        assert place.read_text() in {"first", "second"}
        assert mine.read_text() == "mine"
        assert not report.exists() or report.read_text() == place.read_text()
        mine.unlink()
        three("first")
        assert set(contents(tmp_path).values()) == {"first"}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["key", "out", "report"]
        at += 1
    assert done.returncode == 0, done.stderr
    # Each of the three leaves its place and takes it, and so does what was saved meanwhile.
    assert at > 6


def test_work_in_progress_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replace_folder(out, OWN) as part:
        make_folder(part, "first")
        recover(out)
        write_folder(out, "of another program")
        assert (part / "data" / "a.txt").read_text() == "first"
    # The other program's file is one that was saved into the folder meanwhile.
    assert contents(out) == {"data/a.txt": "first", "data/a-2.txt": "of another program"}


def test_what_another_long_name_left_is_not_touched(tmp_path: Path) -> None:
    one, other = (tmp_path / f"{'س' * 80}{end}" for end in "ab")
    write_folder(one, "one")
    with suppress(KeyboardInterrupt), replace_folder(one, OWN) as part:
        work = part.parent.parent
        raise KeyboardInterrupt
    (work / "old").mkdir(parents=True)
    one.rename(work / "old" / one.name)  # as if it had been killed here
    write_folder(other, "other")
    assert not one.exists()
    recover(one)
    assert contents(one) == {"data/a.txt": "one"}


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    with create_file(path) as part:
        part.write_text("first")
    with pytest.raises(FileExistsError), create_file(path) as part:
        part.write_text("second")
    aside = tmp_path / "aside"
    aside.write_text("third")

    def refuse(_aside: Path, _path: Path) -> None:
        """Have no links, as FAT."""
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(FileExistsError):
        move_without_overwriting(aside, path)
    assert contents(tmp_path) == {"file": "first", "aside": "third"}
    path.unlink()
    move_without_overwriting(aside, path)
    assert contents(tmp_path) == {"file": "third"}


def test_without_links_files_take_their_names_and_come_back_too(
    tmp_path: Path, three: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_aside: Path, _path: Path) -> None:
        """Have no links, as FAT."""
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    three("first")
    with monkeypatch.context() as patch:
        failing(patch, lambda path, target: path.parent.name == "new" and target == tmp_path / "report")
        with pytest.raises(OSError, match="Input/output error"):
            three("second")
    assert set(contents(tmp_path).values()) == {"first"}
    three("third")
    assert set(contents(tmp_path).values()) == {"third"}


def test_a_folder_is_removed_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", "first")
    remove_folder(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_all_is_on_the_disk_before_it_has_its_name_and_the_name_after(
    tmp_path: Path, three: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    three("first")
    done: list[tuple[str, int]] = []
    inodes: dict[int, str] = {}
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        """Note what is brought to the disk."""
        done.append(("sync", os.fstat(descriptor).st_ino))
        real_sync(descriptor)

    def replace(path: Path, target: Path) -> Path:
        """Note what takes its name."""
        inodes[path.stat().st_ino] = target.name
        done.append(("name", path.stat().st_ino))
        if path.is_dir():
            held = {entry.stat().st_ino for entry in path.rglob("*")}
            assert held <= {inode for what, inode in done if what == "sync"}
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    three("second")
    folder = tmp_path.stat().st_ino
    named = [at for at, (what, _) in enumerate(done) if what == "name"]
    assert [inodes[done[at][1]] for at in named] == ["key", "out", "report"]
    for at in named:
        assert ("sync", done[at][1]) in done[:at]
        assert done[at + 1] == ("sync", folder)
    # The old report is gone for good before anything that it does not tell of is there.
    assert ("sync", folder) in done[: named[0]]


def test_a_folder_that_cannot_be_flushed_is_no_error_and_a_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        """Fail as some file systems do."""
        raise OSError(number, os.strerror(number))

    file = tmp_path / "a.txt"
    file.write_text("a")
    monkeypatch.setattr(os, "fsync", refuse)
    for number in (errno.EINVAL, errno.ENOTSUP):
        sync_to_disk(tmp_path)
        with pytest.raises(OSError, match=os.strerror(number)):
            sync_to_disk(file)
    number = errno.EIO
    with pytest.raises(OSError, match=os.strerror(number)):
        sync_to_disk(tmp_path)
