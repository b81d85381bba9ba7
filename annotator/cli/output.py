"""Printing: one call prints one line, and no control character of a name reaches the terminal."""

from __future__ import annotations

import json
import re
import sys
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


def output_files(as_json: bool, *paths: Path | None) -> list[Path]:
    """Return the files that options name. Raises UsageError if more than one output goes to standard output."""
    files = [path for path in paths if path]
    if files.count(STDOUT) + as_json > 1:
        raise click.UsageError("Only one output can go to standard output. Give a path instead of -.")
    return files


def output_report(out: Path, text: str, project: Path) -> None:
    """Write a report to a file, or as it is to standard output. Raises ExportError as write_report() does."""
    from annotator.services.team.report_file import write_report

    if out == STDOUT:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        write_report(out, text, project)


def warn_if_outdated(project: Project) -> Backup | None:
    """Warn on standard error if the newest backup has edits that the project lacks, and return that backup."""
    from annotator.storage.recovery.backup import outdated_error

    newer = project.newer_backup()
    if newer:
        echo(f"Warning: {outdated_error(project.path, newer)}", err=True)
    return newer
