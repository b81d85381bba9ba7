"""Install, list, verify and remove models. A model is complete or not there: work is done in a temporary folder."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.atomic_file import recover, remove_folder, replace_folder
from annotator.errors import Message, SuggesterError
from annotator.suggest.child_process import ProcessDied, call
from annotator.suggest.model_folders import (
    SAFETENSORS,
    ModelFolder,
    Precision,
    choose_precision,
    chosen_precision,
    default_models,
    must_be_converted,
    read_model,
)
from annotator.suggest.models.catalogue import Model, Use, catalogue
from annotator.suggest.models.download import TIMEOUT, fetch
from annotator.suggest.models.steps import (
    Cause,
    InstallError,
    Progress,
    check_cancelled,
    ignore_progress,
    never_cancelled,
    sha256_of,
)
from annotator.suggest.models.unpack import unpack
from annotator.text.clitics.morphology import camel_data

MANIFEST = "installed.json"
"""In an installed model's folder: its name, version, and the SHA-256 of every file as it was installed."""

_ASIDE = ".aside-"
"""How the names of temporary folders of earlier versions begin, which they left when they were killed."""
_UNREADABLE = Message("Cannot read {path} ({why}). Install the model again.")
_ROOM = 4
"""How many times its own size an installation needs: archive, weights unpacked, in 32 bits, and in 8 (a quarter)."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The state of a model. found is None if nothing is there.

    fetched is how many bytes of its archive are kept from an interrupted download. local is True if its weights are on
    this machine, installed by CAMeL Tools or by an earlier version of this program, so that nothing is downloaded.
    """

    model: Model
    folder: Path
    found: ModelFolder | None = None
    fetched: int = 0
    local: bool = False

    @property
    def installed(self) -> bool:
        """Return True if the model or a part of it is there."""
        return self.found is not None

    @property
    def problem(self) -> str:
        """Return why the model cannot be used; empty if it is complete, or nothing is there."""
        return self.found.problem if self.found else ""


def list_models(models: Path | None = None) -> list[Installed]:
    """Return the state of every model in the catalogue, without reading whole files."""
    root = models or default_models()
    found = []
    for model in catalogue():
        folder = model.folder(root)
        recover(folder)
        archive = _archive(model, root)
        fetched = archive.stat().st_size if archive.is_file() else 0
        local = must_be_converted(folder) or _camel_tools_folder(model) is not None
        found.append(Installed(model, folder, read_model(folder) if folder.is_dir() else None, fetched, local))
    return found


def install(
    model: Model,
    models: Path | None = None,
    *,
    source: Path | None = None,
    progress: Progress = ignore_progress,
    is_cancelled: Callable[[], bool] = never_cancelled,
    timeout: float = TIMEOUT,
    pause: float = 1.0,
) -> Path:
    """Install a model and return its folder; the caller has had the licence accepted.

    source is a zip archive or a folder with the model's files. None takes the weights that an earlier version of this
    program or CAMeL Tools installed, if they are complete, and downloads the archive otherwise. is_cancelled is called
    several times a second. An older installation is replaced at the end, in one step. timeout and pause, in seconds,
    are how long to wait for the server and between attempts.

    Raises InstallStopped if cancelled, and InstallError; what was downloaded is then kept, and nothing else.
    """
    root = models or default_models()
    with _alone(root):
        _see_room(model, root)
        if source is not None:
            return _put_in_place(model, root, source, progress, is_cancelled)
        if folder := _install_local(model, root, progress, is_cancelled):
            return folder
        archive = _archive(model, root)
        fetch(
            model.url, archive, model.size, progress=progress, is_cancelled=is_cancelled, timeout=timeout, pause=pause
        )
        _check(model, archive, progress, is_cancelled)
        folder = _put_in_place(model, root, archive, progress, is_cancelled)
        archive.unlink()
        return folder


def verify(
    model: Model,
    models: Path | None = None,
    *,
    progress: Progress = ignore_progress,
    is_cancelled: Callable[[], bool] = never_cancelled,
) -> list[str]:
    """Read every file of an installed model and return its problems, a sentence each.

    Raises SuggesterError if it is not installed.
    """
    folder = model.folder(models or default_models())
    if not folder.is_dir():
        raise _not_installed(model)
    problem = read_model(folder).problem
    return [problem] if problem else changed_files(model, folder, progress, is_cancelled)


def set_precision(model: Model, precision: Precision, models: Path | None = None) -> None:
    """Use a precision of an installed model from now on.

    Raises SuggesterError if the model is not complete, or has no graph in this precision; InstallError if the choice
    cannot be written.
    """
    folder = model.folder(models or default_models())
    if not folder.is_dir():
        raise _not_installed(model)
    found = read_model(folder)
    if found.problem:
        raise SuggesterError(found.problem)
    if precision not in found.precisions:
        raise SuggesterError(
            "{precision} is not available for {model}: it labels only {agreement}% of the words of the sample articles "
            "as fp32 does, and 99% are needed.",
            precision=precision,
            model=model.name,
            agreement=found.percent,
        )
    with _write_errors(folder):
        choose_precision(folder, precision)


def changed_files(model: Model, folder: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> list[str]:
    """Return a sentence for each file that is missing or differs from its checksum at the installation."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"].items()
    except FileNotFoundError:
        return [
            Message(
                "{folder} was not installed by this program, so there is nothing to check its files against.",
                folder=folder,
            )
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        return [Message(_UNREADABLE, path=folder / MANIFEST, why=e)]
    problems: list[str] = []
    for name, digest in manifest:
        path = folder / name

        def on_progress(done: int, path: Path = path) -> None:
            check_cancelled(is_cancelled, model.name)
            progress("check", done, path.stat().st_size)

        try:
            if not path.is_file():
                problems.append(Message("{path} is missing. Install the model again.", path=path))
            elif sha256_of(path, on_progress) != digest:
                problems.append(
                    Message("{path} has changed since its installation. Install the model again.", path=path)
                )
        except OSError as e:
            problems.append(Message(_UNREADABLE, path=path, why=e.strerror or e))
    return problems


def remove(model: Model, models: Path | None = None) -> bool:
    """Remove a model and its partial downloads; return True if anything was there.

    Raises InstallError if it cannot be removed.
    """
    root = models or default_models()
    if not root.is_dir():
        return False
    with _alone(root):
        found = False
        for archive in root.glob(f".{model.name}-*.zip.part"):
            archive.unlink()
            found = True
        folder = model.folder(root)
        if folder.is_dir():
            found = True
            remove_folder(folder)
        return found


def _not_installed(model: Model) -> SuggesterError:
    return SuggesterError(
        "{model} is not installed. Install it with: annotator models install {model}", model=model.name
    )


def _camel_tools_folder(model: Model) -> Path | None:
    """Return the folder in which CAMeL Tools installed the model itself, if all its files seem to be there."""
    folder = camel_data() / "data" / model.destination
    paths = {folder / file.path: file.size for file in model.files}
    there = all(path.is_file() and path.stat().st_size == size for path, size in paths.items())
    return folder if there else None


def _archive(model: Model, root: Path) -> Path:
    """Return where a model's archive is kept until it is installed."""
    return root / f".{model.name}-{model.version}.zip.part"


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Lock a model folder against other installations, and turn OSErrors into an InstallError."""
    # Importing it takes 50 ms, and the window imports this module at its start.
    from filelock import FileLock, Timeout

    with _write_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        # The system frees the lock of a process that ends, however it ends.
        try:
            lock = FileLock(root / ".lock", blocking=False).acquire()
        except Timeout as e:
            raise InstallError(
                Cause.BUSY, "Another installation is running in {root}. Wait until it has finished.", root=root
            ) from e
        with lock:
            yield


@contextmanager
def _write_errors(root: Path) -> Iterator[None]:
    """Turn OSErrors of the block into an InstallError."""
    try:
        yield
    except OSError as e:
        raise InstallError(
            Cause.FOLDER,
            "Cannot write to the model folder {root} ({why}). Free some space, or check your write permission.",
            root=root,
            why=e.strerror or e,
        ) from e


def _see_room(model: Model, root: Path) -> None:
    needed, free = _ROOM * model.size, shutil.disk_usage(root).free
    if free < needed:
        raise InstallError(
            Cause.ROOM,
            "{model} needs {needed:,} MB during installation, and {root} has {free:,} MB free. Free some space.",
            model=model.name,
            needed=needed // 1000000,
            root=root,
            free=free // 1000000,
        )


def _check(model: Model, archive: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    """Compare a downloaded archive with the catalogue.

    A wrong one is deleted, so that the next download starts from the beginning.
    """

    def on_progress(done: int) -> None:
        check_cancelled(is_cancelled, model.name)
        progress("check", done, model.size)

    if sha256_of(archive, on_progress) != model.sha256:
        archive.unlink()
        raise InstallError(
            Cause.WRONG,
            "Checksum mismatch: {url}. The download was deleted. Try again. If this persists, the file was altered in"
            " transit or at the source.",
            url=model.url,
        )


def _put_in_place(model: Model, root: Path, source: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> Path:
    """Unpack and convert in a temporary folder, and move that into place when it is complete."""
    with _new_folder(model, root) as whole:
        unpack(model, source, whole, progress=progress, is_cancelled=is_cancelled)
        for file in model.files:
            if file.use is Use.CONVERT:
                _convert(model, whole / file.path, whole, progress, is_cancelled)
            if file.use is not Use.KEEP:
                (whole / file.path).unlink()
    return model.folder(root)


def _install_local(model: Model, root: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> Path | None:
    """Install the model from weights on this machine; return None if there are none, or they are damaged."""
    folder = model.folder(root)
    recover(folder)
    if must_be_converted(folder) and not changed_files(model, folder, progress, is_cancelled):
        return _convert_older(model, root, progress, is_cancelled)
    source = _camel_tools_folder(model)
    if source is None:
        return None
    try:
        return _put_in_place(model, root, source, progress, is_cancelled)
    except InstallError as e:
        if e.cause is not Cause.SOURCE:
            raise
        return None


def _convert_older(model: Model, root: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> Path:
    """Convert the weights that an earlier version of this program installed, and replace the folder at the end."""
    folder = model.folder(root)
    with _new_folder(model, root) as whole:
        for file in model.files:
            if file.use is Use.KEEP:
                shutil.copyfile(folder / file.path, whole / file.path)
        _convert(model, folder / SAFETENSORS, whole, progress, is_cancelled)
    return folder


@contextmanager
def _new_folder(model: Model, root: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces the model's at the end of the block, if it is complete then."""
    folder = model.folder(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left_over in folder.parent.glob(f"{_ASIDE}*"):
        shutil.rmtree(left_over)
    with replace_folder(folder, None) as whole:
        whole.mkdir()
        yield whole
        found = read_model(whole)
        if found.problem:
            raise InstallError(Cause.SOURCE, found.problem)
        _write_manifest(model, whole)
        with suppress(ValueError):  # the file names no precision
            if (chosen := chosen_precision(folder)) in found.precisions[1:]:
                choose_precision(whole, chosen)


def _convert(model: Model, weights: Path, folder: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    """Convert weights to ONNX, in a process that takes nothing but tensors from them."""
    # Importing it takes a second because of onnx, and the window imports this module at its start.
    from annotator.suggest.camel.conversion import convert

    size = weights.stat().st_size
    progress("convert", 0, size)
    try:
        call(convert, str(weights), str(folder), is_cancelled=is_cancelled)
    except (SuggesterError, ProcessDied) as e:
        raise InstallError(
            Cause.WEIGHTS,
            "Cannot convert the weights of {model} ({why}).",
            model=model.name,
            why=e.message if isinstance(e, SuggesterError) else Message("the process {how}", how=e.message),
        ) from e
    check_cancelled(is_cancelled, model.name)
    progress("convert", size, size)


def _write_manifest(model: Model, folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "name": model.name,
        "version": model.version,
        "installed": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "files": {path.relative_to(folder).as_posix(): sha256_of(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
