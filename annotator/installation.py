"""How this program was installed, and the commands that add packages to it.

PyPI has a program of another author by the name annotator, so no command here installs "annotator" by its name.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotator.errors import Message, UserError
from annotator.program_command import is_stand_alone

_RECEIPTS = {
    "uv-receipt.toml": 'uv pip install --python "$(uv tool dir)/annotator"',
    "pipx_metadata.json": "pipx runpip annotator install",
}
"""Files that installers leave in the environment of a program, and how packages are added to it."""


def pip_install(*arguments: str) -> str:
    """Return the command line that installs packages where this program runs."""
    found = (command for receipt, command in _RECEIPTS.items() if (Path(sys.prefix) / receipt).is_file())
    command = next(found, "pip install" if find_spec("pip") else "uv pip install")
    return " ".join([command, *(f'"{part}"' if re.search("[<>=!~]", part) else part for part in arguments)])


def install_extra(extra: str) -> str:
    """Return the command line that installs what an extra of annotator asks for, such as pip install "spacy<4,>=3.7".

    It names these packages alone: with the extra's name, pip would also install all that CAMeL Tools declares (6 GB).
    """
    wanted = (line.partition(";") for line in requires("annotator") or ())
    return pip_install(
        *(name.strip() for name, _, marker in wanted if f"extra == '{extra}'" in marker.replace('"', "'"))
    )


def needs_package(package: str, extra: str) -> Message:
    """Return a sentence that says that a package is needed, and how to get it."""
    if is_stand_alone():
        return Message(
            "This needs the package {package}, which the stand-alone program does not have. Install annotator with uv "
            "for it.",
            package=package,
        )
    return Message(
        "This needs the package {package}. Install it with: {command}", package=package, command=install_extra(extra)
    )


def import_optional(module: str, extra: str, error: type[UserError]) -> Any:
    """Return a module. Raises the error, which says what to install, if it is missing."""
    try:
        return import_module(module)
    except ImportError as missing:
        raise error(needs_package(module.partition(".")[0], extra)) from missing
