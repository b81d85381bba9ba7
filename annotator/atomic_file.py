"""Files and folders that are whole or not there: written aside, brought to the disk, and renamed.

Everything is written in a hidden work folder next to the path that it is for, and takes its name by a rename. Several
paths can take their names together: when one of them cannot, those before it are put back. A folder cannot take the
place of another in one step, so a program that is killed in between leaves the old one in the work folder; recover()
brings it back, and every later replacement of the same path begins with that.

A work folder is locked while its program runs, so what a killed program left is distinguished from work in progress.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import Message, UserError, join_messages

_POSIX = os.name == "posix"
"""Else folders can neither be locked nor brought to the disk, and what a killed program left is not recovered."""

if _POSIX:
    import fcntl

OWNER_ONLY, OWNER_ONLY_FOLDER = 0o600, 0o700
"""The rights of new projects, backups and settings: unpublished work, and who does it, are nobody else's business."""

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers leave in whatever folder they have shown."""
_LONGEST = 60
"""Characters that a work folder's name repeats: each has up to four bytes, and names have 255 bytes at most."""
_END = ".part"
_NEW, _OLD, _GONE, _SEEN = "new", "old", "gone", "seen.json"
"""In a work folder: what is written, what it replaces and must come back, what need not, and what was there before."""


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give a path to write a file to; when the block ends well, the file takes this path's name.

    When the block raises anything, the file at path is as it was and nothing is left over. Of a link, the file behind
    it is replaced. Raises OSError, also if path is a folder or its folder does not exist.
    """
    with replace_together() as files:
        yield files.file(path)


@contextmanager
def replace_folder(path: Path, own: Collection[str] | None) -> Iterator[Path]:
    """Give a path to make a folder at; when the block ends well, the folder takes this path's name.

    own and the rest are as Replacements.folder() has them. Raises OSError.
    """
    with replace_together() as files:
        yield files.folder(path, own)


@contextmanager
def replace_together() -> Iterator[Replacements]:
    """Give a Replacements; when the block ends well, all its paths take their names, in the order of asking for them.

    When the block or a rename raises anything, all that was at the paths is as it was. Raises OSError, and UserError
    with the place of what was there before if that cannot be put back.
    """
    files = Replacements()
    try:
        yield files
        files._commit()
    finally:
        files._clean()


@contextmanager
def create_file(path: Path) -> Iterator[Path]:
    """Give a path to write a file to; when the block ends well, it takes this path's name, unless something has it.

    Raises OSError; FileExistsError if something is at path by then, which stays.
    """
    target = _Target(path)
    try:
        yield target.new
        move_without_overwriting(target.new, path)
    finally:
        target.clean()


def move_without_overwriting(aside: Path, path: Path) -> None:
    """Give a whole file in the same folder this path's name, unless something has it; both are brought to the disk.

    Raises OSError; FileExistsError if something is at path, and then it stays and so does the file aside. The file may
    stay aside in any case, for the caller to remove.
    """
    sync_to_disk(aside)
    try:
        # A link, unlike a rename, does not overwrite what is there.
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT, exFAT and some network file systems know no links, so the name is taken first by a file that is empty.
        path.touch(exist_ok=False)
        aside.replace(path)
    sync_to_disk(path.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it, so that it is never there in part; raises OSError."""
    recover(path)
    target = _Target(path)
    try:
        path.rename(target.gone)
        sync_to_disk(path.parent)
    finally:
        target.clean()


def recover(path: Path) -> None:
    """Bring back what a program was replacing when it was killed, and remove what such programs left aside.

    What somebody saved into the old folder meanwhile is moved into the new one. Work in progress is left alone, and so
    is what cannot be moved or removed.
    """
    path = _behind_link(path)
    with suppress(OSError):
        for work in _work_folders(path):
            with suppress(OSError, ValueError), _locked(work) as is_left:
                if not is_left or not _is_of(work, path):
                    continue
                old = work / _OLD / path.name
                if os.path.lexists(old) and not os.path.lexists(path):
                    old.rename(path)
                    sync_to_disk(path.parent)
                _keep_what_is_new(work, path)
                shutil.rmtree(work, ignore_errors=True)


def create_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read and write; raises OSError, also if one is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


def sync_to_disk(path: Path) -> None:
    """Wait until a file is on the disk, or the names in a folder are; raises OSError."""
    if not _POSIX and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if _POSIX else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Replacements:
    """Paths that take their names together; kept are files that somebody saved into a replaced folder meanwhile."""

    def __init__(self) -> None:
        """Begin with no path."""
        self._targets: list[_Target] = []
        self.kept: list[Path] = []

    def file(self, path: Path, *, last: bool = False) -> Path:
        """Return a path to write a file to that will replace the one at path, or the one behind a link there.

        last is for a file that says that the others are whole: the old one goes before the others are replaced, and the
        new one comes when they all are on the disk. Raises OSError if no file can be at path.
        """
        path = _behind_link(path)
        if path.is_dir():
            raise IsADirectoryError(0, Message("it is a folder, not a file"), str(path))
        if path.exists() and not path.is_file():
            why = Message("it is a device or a pipe, not a file")
            raise FileExistsError(0, why, str(path))
        return self._add(_Target(path, last=last))

    def folder(self, path: Path, own: Collection[str] | None) -> Path:
        """Return a path to make a folder at that will replace the one at path, or the one behind a link there.

        A folder that is there is replaced if no file is in it but those that own names by their paths in it ("data/a");
        None names them all. What somebody saves into it until then is kept: it is moved into the new folder, under
        another name if its own is taken. Raises OSError.
        """
        path = _behind_link(path)
        recover(path)
        seen = _files_in(path, own)
        target = _Target(path, is_folder=True)
        self._targets.append(target)
        target.note(seen)
        return target.new

    def _add(self, target: _Target) -> Path:
        """Add a path and return where to write what it will be."""
        self._targets.append(target)
        return target.new

    def _commit(self) -> None:
        """Bring all to the disk and give them their names; put everything back if that fails."""
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
            problems = [problem for target in reversed(ordered) if (problem := target.put_back())]
            if problems:
                raise UserError(join_messages(problems)) from None
            raise
        for target in ordered:
            # What was asked for is done; what cannot be moved out of a work folder is found there by who looks next.
            with suppress(OSError):
                self.kept += _keep_what_is_new(target.work, target.path)

    def _clean(self) -> None:
        """Remove the work folders."""
        for target in self._targets:
            target.clean()


class _Target:
    """One path to be replaced, with its locked work folder."""

    def __init__(self, path: Path, *, is_folder: bool = False, last: bool = False) -> None:
        """Make the work folder, after what a killed program left there is gone."""
        if not is_folder:
            recover(path)
        self.path, self.is_folder, self.last = path, is_folder, last
        self.work, self._lock = _make_work_folder(path)
        self.new, self.old, self.gone = (self.work / part / path.name for part in (_NEW, _OLD, _GONE))
        self._stays = False

    def note(self, seen: _Seen) -> None:
        """Write down which files the folder at the path holds now, and which state each is in."""
        (self.work / _SEEN).write_text(json.dumps(seen), "utf-8")
        sync_to_disk(self.work / _SEEN)

    def put(self) -> None:
        """Give what was written its name, and keep what had it, which may have to be put back."""
        if self.path.exists():
            try:
                # While a file has two names, there is no moment without it at its path.
                os.link(self.path, self.old)
            except OSError:  # a folder, or a file system that knows no links
                self.path.rename(self.old)
        self.new.replace(self.path)

    def put_back(self) -> Message | None:
        """Have at the path what was there before; return what to say if that cannot be."""
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
                self._stays = True
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
        """Remove the work folder, unless something in it could not be put back or kept."""
        if not self._stays and not (self.work / _OLD / self.path.name).is_dir():
            shutil.rmtree(self.work, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


_Seen = dict[str, list[int]]
"""The files of a folder by their paths in it, each with what changes when somebody saves it."""


def _files_in(path: Path, own: Collection[str] | None) -> _Seen:
    """Return the files of a folder; raises FileExistsError if path is no folder, or holds a file that own lacks."""
    if not path.exists():
        return {}
    seen: _Seen = {}
    for entry in path.rglob("*") if path.is_dir() else [path]:
        name = entry.relative_to(path).as_posix()
        is_folder = entry.is_dir() and not entry.is_symlink()
        is_own = own is None or is_folder or entry.name in _LITTER or name in own
        if entry == path or not is_own:
            why = Message("it exists and is not an export in this format, choose another name")
            raise FileExistsError(0, why, str(path))
        if not is_folder:
            seen[name] = _state_of(entry)
    return seen


def _state_of(path: Path) -> list[int]:
    """Return numbers that change when a file is saved, in place or by a rename."""
    status = path.lstat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _keep_what_is_new(work: Path, path: Path) -> list[Path]:
    """Move what was saved into the old folder since it was looked at into the new one; remove the rest.

    Returns the new places. Raises OSError.
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
        place = _free(path / name)
        place.parent.mkdir(parents=True, exist_ok=True)
        entry.rename(place)
        sync_to_disk(place.parent)
        kept.append(place)
    shutil.rmtree(old)
    return kept


def _free(path: Path) -> Path:
    """Return a path, or the first one with a number before its suffix that nothing has."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _behind_link(path: Path) -> Path:
    """Return what a link leads to, be it there or not, and any other path as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _make_work_folder(path: Path) -> tuple[Path, int | None]:
    """Make a hidden folder next to a path, and return it with what locks it until it is closed."""
    while True:
        work = path.with_name(f".{path.name[:_LONGEST]}.{secrets.token_hex(4)}{_END}")
        work.mkdir()
        # Another program that cleans up may remove the folder before it is locked; then there is another try.
        with suppress(FileNotFoundError):
            lock = os.open(work, os.O_RDONLY) if _POSIX else None
            try:
                if lock is not None:
                    with suppress(OSError):  # some file systems know no locks
                        fcntl.flock(lock, fcntl.LOCK_EX)
                for part in (_NEW, _OLD, _GONE):
                    (work / part).mkdir()
            except BaseException:
                if lock is not None:
                    os.close(lock)
                raise
            return work, lock


def _work_folders(path: Path) -> Iterable[Path]:
    """Return the work folders of a path, and of others whose long names begin alike."""
    begin = f".{path.name[:_LONGEST]}."
    length = len(begin) + 8 + len(_END)
    return [
        entry
        for entry in path.parent.iterdir()
        if len(entry.name) == length and entry.name.startswith(begin) and entry.name.endswith(_END)
    ]


def _is_of(work: Path, path: Path) -> bool:
    """Return whether all that a work folder holds is for this path; an empty one is for any."""
    return {entry.name for entry in work.glob("*/*")} <= {path.name}


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Give whether a folder could be locked, for as long as the block takes: nobody who works in it lives."""
    if not _POSIX:
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # somebody has the lock, or the file system knows none
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
