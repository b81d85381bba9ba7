"""The program as a group of commands: a project's name alone opens it, and faults end in one line."""

from __future__ import annotations

import difflib
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from annotator import __version__
from annotator.cli.output import echo, printable
from annotator.cli.starting import STOPPED
from annotator.errors import UserError

PROJECT = click.Path(path_type=Path, readable=False)
REFUSED = 1
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What writing to a standard output may fail with."""


class Failure(click.ClickException):
    """A UserError as click shows it: one line, and the exit code for "could not"."""

    exit_code = 2


class Commands(click.Group):
    """A group whose first argument may also be a project to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the names in the order in which they were added, which is the order of work."""
        return list(self.commands)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Make sense of the first words; stopped by Ctrl+C meanwhile, the program ends as it does later."""
        try:
            with _told_where_it_cannot_print():
                return super().make_context(*args, **kwargs)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(STOPPED) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command for a project, unless it looks like a mistyped command."""
        word = args[0]
        if word in self.commands or word.startswith("-"):
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(word, self.commands, 1)
        if near and not Path(word).exists():
            raise UserError(f"There is no command and no project called {word}; did you mean: annotator {near[0]}?")
        return "open", self.commands["open"], args

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a UserError becomes one line and exit code 2, Ctrl+C one line and 130."""
        _let_print_any_name()
        try:
            with _told_where_it_cannot_print():
                return super().invoke(ctx)
        except UserError as error:
            raise Failure(printable(str(error))) from error
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                echo(err=True)
            echo("Stopped. What was finished before is kept, and no file is left half-written.", err=True)
            ctx.exit(STOPPED)


@contextmanager
def _told_where_it_cannot_print() -> Iterator[None]:
    """End the program with 2 where what there is to print cannot be written, and say why.

    Nothing is said where who read it has gone, as head does; click would say 1, and nothing was refused.
    """
    try:
        yield
    except BrokenPipeError:
        _print_no_more()
        raise click.exceptions.Exit(Failure.exit_code) from None
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            raise
        _print_no_more()
        raise Failure(f"What there is to print cannot be written: {error.strerror}.") from error


def _print_no_more() -> None:
    """Lead what is printed nowhere: what waits to be printed would fail once more when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _let_print_any_name() -> None:
    """Let standard output take the names of files that are not in its encoding, as escapes, which are JSON's too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Label named entities in Arabic security news.

    Called with a project, or with nothing, the program opens its window; "annotator demo" shows it at
    work on sample articles. A project is one file, made by "annotator new".

    Exit codes: 0 done, 1 done but some input was refused, 2 could not, 130 stopped by Ctrl+C.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(main.commands["open"])
