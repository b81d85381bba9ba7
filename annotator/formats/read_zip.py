"""Read a zip of files that can be read, in the order in which they stand in it; nothing of it is believed unseen."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from annotator.errors import InputError, Sentence
from annotator.formats.reading import read
from annotator.formats.registry import Problem, Record, without_path

_MOST_MEMBERS = 1_000_000
_LARGEST = 4 << 30  # bytes, unpacked
_TIGHTEST = 200  # times smaller than unpacked; text is seldom more than 20 times smaller
_SMALL = 1 << 24  # bytes; below this nothing is a bomb
_SETTINGS, _TYPES = (".conf",), "TypeSystem.xml"


class ZipReader:
    """Reads the files in a zip, each by the end of its name; zips in the zip are not read."""

    name = "zip"
    suffixes: tuple[str, ...] = (".zip",)

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield what the files hold; a zip that is damaged or means harm is one Problem, and nothing of it is read."""
        try:
            with ZipFile(path) as archive, TemporaryDirectory(prefix="annotator-") as folder:
                members = _members(archive)
                yield from _read(archive, members, path, Path(folder))
        except InputError as error:
            yield Problem(str(path), error.sentence)
        except (BadZipFile, LargeZipFile, NotImplementedError, EOFError, RuntimeError) as error:
            yield Problem(str(path), Sentence("it is damaged or no zip ({why}); make it anew.", why=error))
        except OSError as error:
            yield Problem(
                str(path), Sentence("it cannot be read ({why}); check that you may read it.", why=error.strerror)
            )


def _members(archive: ZipFile) -> list[ZipInfo]:
    """Return the files of a zip; raises InputError where one is locked, means to be put elsewhere, or is a bomb."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MOST_MEMBERS:
        raise InputError("it holds {files} files; give a folder with them, or several zips.", files=len(members))
    names: set[str] = set()
    for member in members:
        place = PurePosixPath(member.filename)
        if place.is_absolute() or ".." in place.parts or "\\" in member.filename or ":" in place.parts[0]:
            raise InputError(
                "its file {file!r} means to be put outside of it; do not trust this zip.", file=member.filename
            )
        if member.filename in names:
            raise InputError("it holds two files called {file}; make it anew.", file=member.filename)
        names.add(member.filename)
        if member.flag_bits & 1:
            raise InputError("its file {file} is locked with a password; unpack it first.", file=member.filename)
        if member.file_size > _SMALL and member.file_size > _TIGHTEST * member.compress_size:
            raise InputError(
                "its file {file} would unpack to {large} MB from {small} KB, as a zip bomb does; unpack it yourself if "
                "you trust it.",
                file=member.filename,
                large=member.file_size >> 20,
                small=member.compress_size >> 10,
            )
    if sum(member.file_size for member in members) > _LARGEST:
        raise InputError("its files are larger than 4 GB together; unpack it and import the folder.")
    return [member for member in members if not _is_passed_over(PurePosixPath(member.filename))]


def _is_passed_over(place: PurePosixPath) -> bool:
    """Tell whether a file is none of the user's: hidden, a Mac's, brat's settings, or UIMA's types."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in place.parts)
    return hidden or place.suffix in _SETTINGS or place.name == _TYPES


def _read(archive: ZipFile, members: list[ZipInfo], path: Path, folder: Path) -> Iterator[Record | Problem]:
    """Yield what the members hold, of which no more is unpacked at a time than one and the text that belongs to it."""
    by_name = {member.filename: member for member in members}
    for name in without_texts_of_pairs(by_name):
        place = PurePosixPath(name)
        if place.suffix.lower() == ".zip":
            yield Problem(f"{path}/{name}", "it is a zip in a zip; unpack the outer one first.")
            continue
        for wanted in {name, str(place.with_suffix(".txt")) if place.suffix == ".ann" else name}:
            if wanted in by_name:
                target = folder / PurePosixPath(wanted).name
                with archive.open(by_name[wanted]) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
        unpacked = folder / place.name
        try:
            for item in read(unpacked):
                yield replace(item, place=item.place.replace(str(unpacked), f"{path}/{name}"))
        except InputError as error:
            yield Problem(f"{path}/{name}", without_path(error))
        for left in folder.iterdir():
            left.unlink()


def without_texts_of_pairs(names: Iterable[str]) -> list[str]:
    """Return the names of files without the .txt that an .ann of the same name belongs to: brat's reader takes both."""
    listed = list(names)
    noted = {name.removesuffix(".ann") for name in listed if name.endswith(".ann")}
    return [name for name in listed if not (name.endswith(".txt") and name.removesuffix(".txt") in noted)]
