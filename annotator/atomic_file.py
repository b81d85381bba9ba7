"""Atomic replacement of files and folders: after a crash, a path has its old content or its new one, and never a part.

New content is written in a hidden work folder next to the path, flushed to the disk, and then renamed to the path. The
order matters: a file system may store a rename before the data of the file, so a power failure could leave an empty
file. The rename itself is durable only after an fsync of the folder.

Several paths can be replaced together; if one fails, those before it are restored. A folder cannot replace another one
in one step. A program that is killed in between leaves the old folder in the work folder. recover() puts it back, and
every later replacement of the same path starts with that.

A program locks its work folder. So recover() can distinguish what a killed program left from work in progress.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import Message, UserError, join_messages

try:
    # filelock locks only files, of which each would have to be made, and then removed, in a folder that is not locked
    # yet. The lock on a folder itself leaves nothing behind, and ends with the process.
    import fcntl
except ImportError:
    # On Windows folders can be neither locked nor flushed, so what a killed program left there is not recovered.
    _CAN_LOCK = False
else:
    _CAN_LOCK = True

_CAN_OPEN_FOLDERS = os.name == "posix"
_CANNOT_FLUSH = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What fsync of a folder raises on file systems that have nothing to flush there, such as some network shares."""

OWNER_ONLY, OWNER_ONLY_FOLDER = 0o600, 0o700
"""Permissions of new projects, backups and settings, since unpublished work and its annotators are private."""

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers create in folders that they show."""
_LONGEST = 60
"""How many characters of the path a work folder's name repeats: one has up to 4 bytes, and a name at most 255."""
_END = ".part"
_NEW, _OLD, _GONE, _SEEN = "new", "old", "gone", "seen.json"
"""In a work folder: the new content, the old content to restore, old content to discard, and a list of old files."""


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Yield a path to write a file to; when the block ends without an exception, the file replaces the one at path.

    After an exception, the file at path is unchanged, and nothing else remains. If path is a symbolic link, its target
    is replaced. Raises OSError, also if path is a folder or its folder does not exist.
    """
    with replace_together() as files:
        yield files.file(path)


@contextmanager
def replace_folder(path: Path, own: Collection[str] | None) -> Iterator[Path]:
    """Yield a path to make a folder at; when the block ends without an exception, it replaces the one at path.

    own and the rest are as in Replacements.folder(). Raises OSError.
    """
    with replace_together() as files:
        yield files.folder(path, own)


@contextmanager
def replace_together() -> Iterator[Replacements]:
    """Yield Replacements; when the block ends without an exception, all its paths are replaced, in the order added.

    If the block or a rename raises an exception, all paths are unchanged. Raises OSError, or UserError if a path cannot
    be restored; it says where the previous content is.
    """
    files = Replacements()
    try:
        yield files
        files._commit()
    finally:
        files._clean()


@contextmanager
def create_file(path: Path) -> Iterator[Path]:
    """Yield a path to write a file to; when the block ends without an exception, the file is moved to path.

    Raises OSError; FileExistsError if something is at path by then, which remains.
    """
    target = _Target(path)
    try:
        yield target.new
        move_without_overwriting(target.new, path)
    finally:
        target.clean()


def move_without_overwriting(aside: Path, path: Path) -> None:
    """Move a file to path, unless something is there, and flush the file and its folder to the disk.

    Both are in the same folder. The file aside may remain under its old name too, for the caller to remove. Raises
    OSError; FileExistsError if something is at path, and then both remain as they are.
    """
    sync_to_disk(aside)
    try:
        # A hard link fails if something is at the path; a rename would overwrite it.
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT, exFAT and some network file systems have no links. Creating an empty file fails if something is there.
        path.touch(exist_ok=False)
        aside.replace(path)
    sync_to_disk(path.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder with its content in one step, by renaming it first, so that no part remains; raises OSError."""
    recover(path)
    target = _Target(path)
    try:
        path.rename(target.gone)
        sync_to_disk(path.parent)
    finally:
        target.clean()


def recover(path: Path) -> None:
    """Restore what a killed program was replacing, and remove its work folders.

    What somebody saved into the old folder meanwhile is moved into the new one. Work in progress is not touched, and
    what cannot be moved or removed remains.
    """
    path = _resolve_link(path)
    with suppress(OSError):
        for work in _work_folders(path):
            with suppress(OSError, ValueError), _locked(work) as is_leftover:
                if not is_leftover or not _is_for(work, path):
                    continue
                old = work / _OLD / path.name
                if os.path.lexists(old) and not os.path.lexists(path):
                    old.rename(path)
                    sync_to_disk(path.parent)
                _keep_new_files(work, path)
                shutil.rmtree(work, ignore_errors=True)


def create_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read and write; raises OSError, also if the file exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


def sync_to_disk(path: Path) -> None:
    """Flush a file, or the names in a folder if the system can, to the disk (fsync); raises OSError."""
    is_folder = path.is_dir()
    if is_folder and not _CAN_OPEN_FOLDERS:
        return
    descriptor = os.open(path, os.O_RDONLY if _CAN_OPEN_FOLDERS else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not is_folder or error.errno not in _CANNOT_FLUSH:
            raise
    finally:
        os.close(descriptor)


class Replacements:
    """Paths to replace together. kept are the files that somebody saved into a replaced folder meanwhile."""

    def __init__(self) -> None:
        self._targets: list[_Target] = []
        self.kept: list[Path] = []

    def file(self, path: Path, *, last: bool = False) -> Path:
        """Return a path to write a file to that will replace the one at path, or the target of a symbolic link there.

        last is for a file, such as a manifest, that says that the others are complete. The old one is removed before
        the others are replaced, and the new one is added when they are all on the disk. Raises OSError if path cannot
        be a file.
        """
        path = _resolve_link(path)
        if path.is_dir():
            raise IsADirectoryError(0, Message("it is a folder, not a file"), str(path))
        if path.exists() and not path.is_file():
            why = Message("it is a device or a pipe, not a file")
            raise FileExistsError(0, why, str(path))
        return self._add(_Target(path, last=last))

    def folder(self, path: Path, own: Collection[str] | None) -> Path:
        """Return a path to make a folder at that will replace the one at path, or the target of a symbolic link there.

        An existing folder is replaced only if it has no other files than own, given by their paths in it ("data/a");
        None allows all. What somebody saves into it meanwhile is moved into the new folder, under another name if its
        own is taken. Raises OSError.
        """
        path = _resolve_link(path)
        recover(path)
        seen = _files_in(path, own)
        target = _Target(path, is_folder=True)
        self._targets.append(target)
        target.note(seen)
        return target.new

    def _add(self, target: _Target) -> Path:
        self._targets.append(target)
        return target.new

    def _commit(self) -> None:
        """Flush everything to the disk, then rename; restore everything if that fails."""
        ordered = sorted(self._targets, key=lambda target: target.last)
        for target in ordered:
            for entry in (*(target.new.rglob("*") if target.is_folder else ()), target.new):
                sync_to_disk(entry)
        try:
            for target in ordered:
                if target.last and target.path.exists():
                    target.path.rename(target.gone)
                    sync_to_disk(target.path.parent)
            for target in ordered:
                target.put()
                sync_to_disk(target.path.parent)
        except BaseException:
            problems = [problem for target in reversed(ordered) if (problem := target.restore())]
            if problems:
                raise UserError(join_messages(problems)) from None
            raise
        for target in ordered:
            # Everything is replaced already. What cannot be moved now remains in the work folder for recover().
            with suppress(OSError):
                self.kept += _keep_new_files(target.work, target.path)

    def _clean(self) -> None:
        for target in self._targets:
            target.clean()


class _Target:
    """A path to replace, with its locked work folder."""

    def __init__(self, path: Path, *, is_folder: bool = False, last: bool = False) -> None:
        if not is_folder:
            recover(path)
        self.path, self.is_folder, self.last = path, is_folder, last
        self.work, self._lock = _make_work_folder(path)
        self.new, self.old, self.gone = (self.work / part / path.name for part in (_NEW, _OLD, _GONE))
        self._must_remain = False

    def note(self, seen: _Seen) -> None:
        """Record the files of the folder at the path, so that recover() recognises later changes to them."""
        (self.work / _SEEN).write_text(json.dumps(seen), "utf-8")
        sync_to_disk(self.work / _SEEN)

    def put(self) -> None:
        """Rename the new content to the path; keep the old content, which may have to be restored."""
        if self.path.exists():
            try:
                # With a second name for the old file, there is a file at the path at every moment.
                os.link(self.path, self.old)
            except OSError:  # a folder, or a file system without links
                self.path.rename(self.old)
        self.new.replace(self.path)

    def restore(self) -> Message | None:
        """Restore the old content; return a message if that fails."""
        before = next((place for place in (self.old, self.gone) if os.path.lexists(place)), None)
        try:
            if not os.path.lexists(self.new) and os.path.lexists(self.path):
                self.path.rename(self.new)
            if before:
                before.rename(self.path)
            sync_to_disk(self.path.parent)
        except OSError as error:
            why = error.strerror or str(error)
            if before and os.path.lexists(before):
                self._must_remain = True
                return Message(
                    "{path} could not be restored ({why}). The previous version is in {place}.",
                    path=str(self.path),
                    why=why,
                    place=str(before),
                )
            if not os.path.lexists(self.new):
                return Message(
                    "{path} was written and could not be removed again ({why}). The other files of this export "
                    "were not written.",
                    path=str(self.path),
                    why=why,
                )
        return None

    def clean(self) -> None:
        """Remove the work folder, unless something in it could not be restored or moved."""
        if not self._must_remain and not (self.work / _OLD / self.path.name).is_dir():
            shutil.rmtree(self.work, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


_Seen = dict[str, list[int]]
"""The state of the files of a folder, by their paths in it: numbers that change when somebody saves the file."""


def _files_in(path: Path, own: Collection[str] | None) -> _Seen:
    """Return the files of a folder; raises FileExistsError if path is no folder, or has a file that is not in own."""
    if not path.exists():
        return {}
    seen: _Seen = {}
    for entry in path.rglob("*") if path.is_dir() else [path]:
        name = entry.relative_to(path).as_posix()
        is_folder = entry.is_dir() and not entry.is_symlink()
        is_own = own is None or is_folder or entry.name in _LITTER or name in own
        if entry == path or not is_own:
            why = Message("it exists and is not an export in this format. Choose another name")
            raise FileExistsError(0, why, str(path))
        if not is_folder:
            seen[name] = _state_of(entry)
    return seen


def _state_of(path: Path) -> list[int]:
    """Return numbers that change when a file is saved, by writing or by a rename."""
    status = path.lstat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _keep_new_files(work: Path, path: Path) -> list[Path]:
    """Move what was saved into the old folder meanwhile into the new one, remove the rest, and return the new paths.

    Raises OSError.
    """
    old = work / _OLD / path.name
    if not old.is_dir() or old.is_symlink():
        return []
    seen: _Seen = json.loads((work / _SEEN).read_text("utf-8"))
    kept = []
    for entry in sorted(old.rglob("*")):
        name = entry.relative_to(old).as_posix()
        if (entry.is_dir() and not entry.is_symlink()) or entry.name in _LITTER or seen.get(name) == _state_of(entry):
            continue
        place = _unused_path(path / name)
        place.parent.mkdir(parents=True, exist_ok=True)
        entry.rename(place)
        sync_to_disk(place.parent)
        kept.append(place)
    shutil.rmtree(old)
    return kept


def _unused_path(path: Path) -> Path:
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _resolve_link(path: Path) -> Path:
    """Return the target of a symbolic link, whether it exists or not, and any other path as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _make_work_folder(path: Path) -> tuple[Path, int | None]:
    """Make a hidden folder next to a path; return it and the descriptor that locks it until it is closed."""
    while True:
        work = path.with_name(f".{path.name[:_LONGEST]}.{secrets.token_hex(4)}{_END}")
        work.mkdir()
        # Another program may take the folder for a leftover and remove it before it is locked. Then try again.
        with suppress(FileNotFoundError):
            lock = os.open(work, os.O_RDONLY) if _CAN_LOCK else None
            try:
                if lock is not None:
                    with suppress(OSError):  # some file systems have no locks
                        fcntl.flock(lock, fcntl.LOCK_EX)
                for part in (_NEW, _OLD, _GONE):
                    (work / part).mkdir()
            except BaseException:
                if lock is not None:
                    os.close(lock)
                raise
            return work, lock


def _work_folders(path: Path) -> Iterable[Path]:
    """Return the work folders of a path, and of other paths with long names that begin the same."""
    begin = f".{path.name[:_LONGEST]}."
    length = len(begin) + 8 + len(_END)
    return [
        entry
        for entry in path.parent.iterdir()
        if len(entry.name) == length and entry.name.startswith(begin) and entry.name.endswith(_END)
    ]


def _is_for(work: Path, path: Path) -> bool:
    """Return True if everything in a work folder is for this path; an empty one is for any path."""
    return {entry.name for entry in work.glob("*/*")} <= {path.name}


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder for the block and yield True, or False if the program that made it still runs."""
    if not _CAN_LOCK:
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another program has the lock, or the file system has none
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
