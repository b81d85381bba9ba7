"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

labels_option = click.option(
    "--map",
    "labels",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="What labels become: lines of FROM, tab, TO (- drops it; * is all others), or JSON.",
)


def reader_options(command: Command) -> Command:
    """Add the options that say how files are read."""
    command = click.option(
        "--sentences",
        type=click.IntRange(0),
        default=20,
        show_default=True,
        help="CoNLL without documents: how many sentences make one; 0 for all.",
    )(command)
    return click.option(
        "--reader",
        "--format",
        "reader",
        metavar="NAME",
        help="How files are read; else as a file's content and its name's end say. A wrong one lists all.",
    )(command)
