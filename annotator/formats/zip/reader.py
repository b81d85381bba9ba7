"""Read the files in a zip, in their order. A zip is not trusted: its list of files is checked before any is unpacked.

A damaged file is reported, and the files after it are read.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from annotator.errors import InputError, Message
from annotator.formats.base.reader import Reader, ReadOptions
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.sanitise import printable_quote
from annotator.formats.read import read_records
from annotator.formats.registry import problem_of
from annotator.formats.suffixes import SUFFIXES

_MOST_MEMBERS = 1_000_000
_LARGEST = 4 << 30  # bytes, unpacked
_TIGHTEST = 200  # highest ratio of compression; text seldom reaches 20
_SMALL = 1 << 24  # bytes; smaller files cannot do harm
_SETTINGS, _TYPES = (".conf",), "TypeSystem.xml"
_IS_UTF_8 = 0x800
_IN_ARABIC = re.compile("[ -~\u060c\u0621-\u0652]+")
_DRIVE = re.compile("[A-Za-z]:")
_LONGEST_NAME = 255  # bytes, the limit of common file systems
_DAMAGES = (
    *(BadZipFile, LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError),
    *(IndexError, zlib.error, LZMAError),
)
"""What zipfile and its decompressors raise for damaged files."""


class ZipReader:
    """Reads the files in a zip, each by its content or extension. Zips in the zip are not read."""

    name = "zip"
    suffixes = SUFFIXES[name]

    def __init__(self, options: ReadOptions | None = None) -> None:
        self._options = options or ReadOptions()

    def with_options(self, options: ReadOptions) -> Reader:
        """Return a reader with these options."""
        return ZipReader(options)

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the articles of the files.

        A zip that is damaged or unsafe is one Problem, and none of its files is read.
        """
        try:
            with ZipFile(path) as archive, TemporaryDirectory(prefix="annotator-") as folder:
                members = _members(archive)
                if all(_is_passed_over(PurePosixPath(member.filename)) for member in members):
                    raise InputError("no file to import. Add files to the zip.")
                yield from _read(archive, members, path, Path(folder), self._options)
        except _DAMAGES as error:
            yield Problem(str(path), Message("damaged, or not a zip ({why}). Create it again.", why=error))
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)


def _members(archive: ZipFile) -> list[ZipInfo]:
    """Return the files of a zip. Raises InputError if one has a password, would leave the folder, or is a zip bomb."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        member.filename = _name(member)
    if len(members) > _MOST_MEMBERS:
        raise InputError("contains {files} files. Use a folder, or several zips.", files=len(members))
    names: set[str] = set()
    for member in members:
        place = PurePosixPath(member.filename)
        if not place.name:
            raise InputError("contains a file without a name. Create the zip again.")
        if place.is_absolute() or ".." in place.parts or "\\" in member.filename or _DRIVE.match(member.filename):
            raise InputError(
                "the file {file!r} would be unpacked outside the folder. Do not trust this zip.", file=member.filename
            )
        if member.filename in names:
            raise InputError("contains two files named {file}. Create the zip again.", file=member.filename)
        names.add(member.filename)
        if member.flag_bits & 1:
            raise InputError("the file {file} has a password. Unpack it first.", file=member.filename)
        if member.file_size > _SMALL and member.file_size > _TIGHTEST * member.compress_size:
            raise InputError(
                "the file {file} expands from {small} KB to {large} MB, like a zip bomb. Unpack it "
                "yourself if you trust it.",
                file=member.filename,
                large=member.file_size >> 20,
                small=member.compress_size >> 10,
            )
    if sum(member.file_size for member in members) > _LARGEST:
        raise InputError("expands to more than 4 GB. Unpack it and import the folder.")
    return members


def _name(member: ZipInfo) -> str:
    """Return the name of a file as it was meant, if the zip does not say that its names are UTF-8.

    macOS writes UTF-8 without saying so. Windows writes code page 720 or 1256 for Arabic, which zipfile decodes as 437.
    """
    if member.flag_bits & _IS_UTF_8 or member.filename.isascii():
        return member.filename
    for codec in ("utf-8", "cp720", "cp1256"):
        try:
            meant = member.filename.encode("cp437").decode(codec)
        except UnicodeError:
            continue
        if codec == "utf-8" or _IN_ARABIC.fullmatch(meant):
            return meant
    return member.filename


def _is_passed_over(place: PurePosixPath) -> bool:
    """Return True if a file is not an article: hidden, from a Mac, brat's settings, or UIMA's types."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in place.parts)
    return hidden or place.suffix in _SETTINGS or place.name == _TYPES


def _read(
    archive: ZipFile, members: list[ZipInfo], path: Path, folder: Path, options: ReadOptions
) -> Iterator[Record | Problem]:
    """Yield the articles of the members. One member at a time is unpacked, with the file that belongs to it."""
    by_name = {member.filename: member for member in members}
    names = [name for name in by_name if not _is_passed_over(PurePosixPath(name))]
    for name in exclude_brat_texts(names, options.inside):
        place, shown = PurePosixPath(name), f"{path}/{printable_quote(name)}"
        if place.suffix.lower() == ".zip":
            yield Problem(shown, "a zip inside a zip. Unpack the outer one first.")
            continue
        companion = {".ann": str(place.with_suffix(".txt")), ".xmi": str(place.with_name(_TYPES))}.get(
            place.suffix, name
        )
        wanted = [by_name[each] for each in {name, companion} if each in by_name]
        if any(stat.S_ISLNK(member.external_attr >> 16) for member in wanted):
            yield Problem(shown, "a link to a file. Put the file itself into the zip.")
            continue
        try:
            for member in wanted:
                _unpack(archive, member, folder)
        except (*_DAMAGES, OSError) as error:
            yield Problem(shown, Message("damaged in the zip ({why}). Create the zip again.", why=error))
        else:
            yield from _read_member(folder / _unpacked_name(place), shown, place, options)
        for left in folder.iterdir():
            left.unlink()


def _unpack(archive: ZipFile, member: ZipInfo, folder: Path) -> None:
    """Unpack one member into a folder, without its own folders."""
    target = folder / _unpacked_name(PurePosixPath(member.filename))
    with archive.open(member) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)


def _read_member(file: Path, shown: str, place: PurePosixPath, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the articles of an unpacked member, with the place and the name that it has in the zip."""
    try:
        for item in read_records(file, options.inside or None, replace(options, inside="")):
            moved = replace(item, place=item.place.replace(str(file), shown))
            yield _named(moved, file.stem, place.stem) if isinstance(moved, Record) else moved
    except InputError as error:
        yield Problem(shown, problem_of(error))


def _named(record: Record, cut: str, name: str) -> Record:
    """Return a record with the whole name of its file in its id, if the unpacked file had a shorter one."""
    made = record.fields.get("id")
    if cut == name or not isinstance(made, str) or not made.startswith(cut):
        return record
    return replace(record, fields={**record.fields, "id": name + made.removeprefix(cut)})


def _unpacked_name(place: PurePosixPath) -> str:
    """Return the name of a member on the disk: its own, or the beginning of one that is too long."""
    if len(os.fsencode(place.name)) <= _LONGEST_NAME:
        return place.name
    return place.stem[:40] + place.suffix[:20]


def exclude_brat_texts(names: Iterable[str], reader: str = "") -> list[str]:
    """Return the names of files without each .txt that belongs to an .ann: brat's reader reads both.

    reader is the one that the user named. For any reader but brat's, each file is an article.
    """
    listed = list(names)
    if reader not in ("", "brat"):
        return listed
    noted = {name.removesuffix(".ann") for name in listed if name.endswith(".ann")}
    return [name for name in listed if not (name.endswith(".txt") and name.removesuffix(".txt") in noted)]
