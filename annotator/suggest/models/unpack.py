"""Take a model's files from an archive or a folder: only files that the catalogue names, and only if they are right.

Nothing that an archive says about itself is trusted. Names outside the catalogue's list are ignored, so no path leads
elsewhere. No more is written than the catalogue says, so nothing expands without limit.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from annotator.errors import Message
from annotator.suggest.models.catalogue import Model, ModelFile
from annotator.suggest.models.steps import CHUNK, Cause, InstallError, Progress, check_cancelled

Opener = Callable[[], IO[bytes]]


def unpack(model: Model, source: Path, into: Path, *, progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    """Copy every file of the model from source, a zip archive or a folder, and check its size and SHA-256.

    into is an empty folder. progress is called with ("unpack", done, total). Raises InstallStopped, or InstallError
    with the name of the file that is missing or wrong.
    """
    total = sum(file.size for file in model.files)
    done = 0
    with _opened(model, source) as openers:
        for file in model.files:
            opener = openers.get(file.path)
            if opener is None:
                raise _fault(
                    "{source} has no {file}, so it is not {model} {version}. {instead}",
                    source=source,
                    file=file.path,
                    model=model.name,
                    version=model.version,
                )
            for count in _copy(file, opener, into / file.path, source):
                check_cancelled(is_cancelled, model.name)
                progress("unpack", done + count, total)
            done += file.size


def _fault(template: str, **fields: object) -> InstallError:
    return InstallError(Cause.SOURCE, template, **fields, instead=_ELSE)


_ELSE = Message("Download the file again from the address in the catalogue.")


def _copy(file: ModelFile, opener: Opener, target: Path, source: Path) -> Iterator[int]:
    """Copy one file and yield the bytes so far; raises InstallError if it differs from the catalogue."""
    digest = hashlib.sha256()
    done = 0
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with opener() as content, target.open("wb") as out:
            while chunk := content.read(min(CHUNK, file.size - done + 1)):
                done += len(chunk)
                if done > file.size:
                    break
                digest.update(chunk)
                out.write(chunk)
                yield done
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as e:
        raise _fault("Cannot unpack {file} in {source} ({why}). {instead}", file=file.path, source=source, why=e) from e
    if done != file.size or digest.hexdigest() != file.sha256:
        raise _fault(
            "{file} in {source} differs from the catalogue (its size or SHA-256). {instead}",
            file=file.path,
            source=source,
        )


@contextmanager
def _opened(model: Model, source: Path) -> Iterator[dict[str, Opener]]:
    """Yield a way to open each file of the model that is in source."""
    if source.is_dir():
        yield {f.path: _file_opener(source / f.path) for f in model.files if (source / f.path).is_file()}
        return
    # A device or a pipe might never end.
    if source.exists() and not source.is_file():
        raise _fault("{source} is a pipe or a device. Choose a zip archive or a folder.", source=source)
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError as e:
        raise _fault("File not found: {source}.", source=source) from e
    except OSError as e:
        raise _fault("Cannot read {source} ({why}).", source=source, why=e.strerror) from e
    # ValueError: a name is not in UTF-8; NotImplementedError: the archive is of a newer version.
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as e:
        raise _fault("{source} is not a zip archive, or is damaged. {instead}", source=source) from e
    with archive:
        yield {path: _opener(archive, member) for path, member in _members(model, archive).items()}


def _file_opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Opener:
    return lambda: archive.open(member)


def _members(model: Model, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the members that the catalogue names; they may be in the archive's only folder."""
    names = {file.path for file in model.files}
    plain = {member.filename: member for member in archive.infolist() if member.filename in names}
    if plain:
        return plain
    inside = {}
    for member in archive.infolist():
        parts = PurePosixPath(member.filename).parts
        if len(parts) > 1 and "/".join(parts[1:]) in names:
            inside["/".join(parts[1:])] = member
    return inside
