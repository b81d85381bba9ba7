"""Enter the program into the desktop of a Linux user: menu, icons, file type, completion of commands.

A package of the system brings these files itself. pip, pipx and uv install into an environment of their own, where no
desktop looks for them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs

from annotator.atomic_file import replace_file
from annotator.errors import UserError
from annotator.program_command import program_command
from annotator.resources import resource

DESKTOP_FILE = "applications/annotator.desktop"
FILES = {
    DESKTOP_FILE: "annotator.desktop",
    "icons/hicolor/scalable/apps/annotator.svg": "annotator.svg",
    "icons/hicolor/scalable/mimetypes/application-x-annotator.svg": "application-x-annotator.svg",
    "mime/packages/annotator.xml": "annotator-mime.xml",
}
"""The files of a share/ folder, and their sources in resources/desktop."""
_DATABASES = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def install(completions: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the files into the user's data folder and return their paths. Raises UserError.

    completions are the scripts that complete commands, by their paths in that folder.
    """
    return tuple(_write(completions))


def _write(completions: Mapping[str, str]) -> Iterator[Path]:
    folder = _data_folder()
    texts = {name: resource("desktop", source).read_text("utf-8") for name, source in FILES.items()}
    texts[DESKTOP_FILE] = with_program(texts[DESKTOP_FILE], program_command())
    try:
        for name, text in (texts | dict(completions)).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with replace_file(path) as part:
                part.write_text(text, encoding="utf-8")
            yield path
    except OSError as error:
        raise UserError("Cannot write {path}: {why}.", path=path, why=error.strerror or error) from error
    _update_databases(folder)


def remove(completions: Mapping[str, str]) -> tuple[Path, ...]:
    """Remove the files that install() wrote, and return the paths of those that existed. Raises UserError."""
    folder = _data_folder()
    paths = [path for name in (*FILES, *completions) if (path := folder / name).exists()]
    try:
        for path in paths:
            path.unlink()
    except OSError as error:
        raise UserError("Cannot remove {path}: {why}.", path=error.filename, why=error.strerror or error) from error
    if paths:
        _update_databases(folder)
    return tuple(paths)


def with_program(entry: str, program: list[str]) -> str:
    """Return a desktop entry that starts a program by its command line instead of by the name annotator."""
    command = " ".join(map(_quoted, program)).replace("\\", "\\\\")
    entry = re.sub("^Exec=annotator ", lambda _: f"Exec={command} ", entry, flags=re.MULTILINE)
    return re.sub("^TryExec=.*", lambda _: "TryExec=" + program[0].replace("\\", "\\\\"), entry, flags=re.MULTILINE)


def _quoted(argument: str) -> str:
    """Quote an argument as the Desktop Entry Specification says in its section on the Exec key."""
    argument = argument.replace("%", "%%")
    if re.fullmatch(r"[\w%+,./:=@^-]+", argument, re.ASCII):
        return argument
    return '"' + re.sub(r'(["`$\\])', r"\\\1", argument) + '"'


def _data_folder() -> Path:
    if not sys.platform.startswith("linux"):
        raise UserError("Only desktops on Linux can be set up with this command.")
    return platformdirs.user_data_path()


def _update_databases(folder: Path) -> None:
    """Update the indexes that desktops read. If a program is missing, most desktops do it at the next login."""
    for program, part in _DATABASES:
        if (path := shutil.which(program)) and (folder / part).is_dir():
            with suppress(OSError):
                subprocess.run([path, str(folder / part)], check=False, capture_output=True)
