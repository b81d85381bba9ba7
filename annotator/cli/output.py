"""Printing: one call prints one line, and no control character of a name reaches the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from annotator.storage.file.backup_folder import Backup
    from annotator.storage.project import Project

STDOUT = Path("-")
"""The output path that means standard output."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def printable(text: str) -> str:
    """Return the text with control characters and line ends escaped, because a terminal obeys some of them."""
    return _CONTROLS.sub(lambda found: repr(found[0])[1:-1], text)


def echo(line: str = "", *, err: bool = False) -> None:
    """Print one line to standard output, or to standard error."""
    click.echo(printable(line), err=err)


def echo_json(value: Any, *, indent: int | None = 1) -> None:
    """Print a value as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # json escapes C0 controls itself. Terminals obey C1 controls too.
    click.echo(re.sub("[\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text))


def warn_if_outdated(project: Project) -> Backup | None:
    """Warn on standard error if the newest backup has edits that the project lacks, and return that backup."""
    from annotator.storage.recovery.backup import outdated_error

    newer = project.newer_backup()
    if newer:
        echo(f"Warning: {outdated_error(project.path, newer)}", err=True)
    return newer
