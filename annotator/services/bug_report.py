"""A bug report with nothing private in it: what is installed, and where in the program errors happened.

It is made of parts that cannot name a person, an article or a folder, and not of logs that are cleaned. Of a trace it
has the type of the exception and the places in known code; messages and the paths of other files are left out.
"""

from __future__ import annotations

import builtins
import os
import platform
import re
import socket
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import annotator
from annotator.atomic_file import create_file
from annotator.errors import UserError
from annotator.program_command import is_stand_alone
from annotator.services.doctor import check_installation
from annotator.services.log_file import log_files
from annotator.storage.file.identity import account_name, full_name

_VARIABLES = ("LANG", "LC_ALL", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
"""Environment variables that change how the window looks or behaves, and never hold a path or a name."""
_PLAIN_VALUE = re.compile(r"[\w.:@-]{1,40}", re.ASCII)
_ENTRY = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ annotator[\w.]* ([A-Z]+) ")
_FRAME = re.compile(r'\s*File "(.+)", line (\d+), in (\S+)$')
_EXCEPTION = re.compile(r"([A-Za-z_][\w.]*)(?::|$)", re.ASCII)
_KNOWN = frozenset({"annotator", "PySide6", "shiboken6", "sqlite_utils", "click", "lxml", "onnxruntime"})
_MOST_ENTRIES = 50
_OTHER = "(other)"


def write_bug_report(path: Path, config_dir: str | Path | None = None) -> None:
    """Write a report to a new file as text. Raises UserError if the file exists or cannot be written."""
    text = "\n".join(bug_report(config_dir)) + "\n"
    try:
        with create_file(path) as part:
            part.write_text(text, encoding="utf-8")
    except FileExistsError:
        raise UserError("{path} exists already. Choose another name.", path=path) from None
    except OSError as error:
        raise UserError("Cannot write {path}: {why}.", path=path, why=error.strerror or error) from error


def bug_report(config_dir: str | Path | None = None) -> Iterator[str]:
    """Yield the lines of a report. Qt is started in a child process for a second or two."""
    yield f"annotator {annotator.__version__}, Python {platform.python_version()}, {_packaging()}"
    yield f"{platform.system()} {platform.release()}, {platform.machine()}"
    for name in _VARIABLES:
        value = os.environ.get(name, "")
        if value:
            yield f"{name}={value if _PLAIN_VALUE.fullmatch(value) else _OTHER}"
    yield ""
    yield "Installation:"
    for finding in check_installation():
        detail = finding.detail if finding.without_paths is None else finding.without_paths
        yield f"{finding.state.value:<9} {_without_names(finding.name)}: {_without_names(detail)}"
    yield ""
    entries = [entry for file in log_files(config_dir) for entry in _entries(file)]
    part = f", the last {_MOST_ENTRIES}:" if len(entries) > _MOST_ENTRIES else ""
    yield f"Errors: {len(entries)} in the log{part}"
    for entry in entries[-_MOST_ENTRIES:]:
        yield from entry


def _packaging() -> str:
    return "stand-alone program" if is_stand_alone() else "Python package"


def _entries(file: Path) -> Iterator[list[str]]:
    """Yield the lines to report for each entry of a log file: time and level, the places of a trace, the exception."""
    entry: list[str] = []
    in_trace = False
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if begin := _ENTRY.match(line):
            if entry:
                yield entry
            entry, in_trace = [f"{begin[1]} {begin[2]}"], False
        elif line.startswith("Traceback (most recent call last)"):
            in_trace = True
        elif in_trace and (frame := _FRAME.match(line)):
            entry.append(f"  {_place(Path(frame[1]), frame[2], frame[3])}")
        elif in_trace and (error := _EXCEPTION.match(line)):
            entry.append(f"  {error[1] if _is_known(error[1]) else _OTHER}")
            in_trace = False
    if entry:
        yield entry


def _place(path: Path, line: str, function: str) -> str:
    """Return a place in a trace, by its path in the program, the standard library or an installed package."""
    roots = [Path(annotator.__file__).parents[1], *map(Path, _library_folders())]
    for root in roots:
        if path.is_absolute() and path.is_relative_to(root) and path.is_file():
            inside = path.relative_to(root)
            # A checkout has other files next to the package.
            if root != roots[0] or inside.parts[0] in _KNOWN:
                return f"{inside.as_posix()}:{line} {function}"
    # The stand-alone program has relative paths.
    if not path.is_absolute() and path.parts[0] in _KNOWN:
        return f"{path.as_posix()}:{line} {function}"
    return _OTHER


def _library_folders() -> Iterable[str]:
    paths = sysconfig.get_paths()
    return (paths["purelib"], paths["platlib"], paths["stdlib"])


def _is_known(exception: str) -> bool:
    package = exception.partition(".")[0]
    return package in _KNOWN or package in sys.stdlib_module_names or hasattr(builtins, exception)


def _without_names(text: str) -> str:
    """Return a text without the home folder and the names of the user and the computer, should it have any."""
    private = {str(Path.home()), account_name(), full_name(), socket.gethostname()}
    for word in sorted((word for word in private if len(word) > 1), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _OTHER, text)
    return text
