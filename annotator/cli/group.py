"""The command `annotator` itself: it opens a project if it is given one, and turns errors into one line each."""

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
from click.shell_completion import CompletionItem

from annotator import __version__
from annotator.cli.exit_codes import FAILED, INTERRUPTED
from annotator.cli.output import echo, printable
from annotator.errors import UserError

PROJECT = click.Path(path_type=Path, readable=False)
"""The type of an argument that is a project file. Opening it reports what is wrong with it."""
_WRITE_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Errors that writing to standard output can raise when it is redirected to a file or device."""


class Failure(click.ClickException):
    """A UserError as click shows it: one line on standard error."""

    exit_code = FAILED


class MainGroup(click.Group):
    """A group that takes a first argument that is no command as a project to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the names in the order in which they were added, which is the order of work."""
        return list(self.commands)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Parse the arguments. Ctrl+C meanwhile ends with the same exit code as during a command."""
        try:
            with _output_errors(), _usage_errors():
                return super().make_context(*args, **kwargs)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command for the first argument; raises UserError for a mistyped command."""
        word = args[0]
        # A shell that completes a command line expects no errors.
        if word in self.commands or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        shown = [name for name, command in self.commands.items() if not command.hidden]
        near = difflib.get_close_matches(word, shown, 1)
        if near and not Path(word).exists():
            raise UserError(f"No such command or project: {word}. Did you mean: annotator {near[0]}?")
        return "open", self.commands["open"], args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a first argument with the commands, or with the files if no command begins so."""
        return super().shell_complete(ctx, incomplete) or [CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; report a UserError or Ctrl+C in one line."""
        _escape_unencodable()
        try:
            with _output_errors(), _usage_errors():
                return super().invoke(ctx)
        except UserError as error:
            raise Failure(printable(str(error))) from error
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                echo(err=True)
            echo("Stopped. Finished work was kept, and no file is incomplete.", err=True)
            ctx.exit(INTERRUPTED)


@contextmanager
def _usage_errors() -> Iterator[None]:
    """Report a wrong option or argument in one line, as any other error; click's own report also has a usage block.

    A command group without a command still shows its help.
    """
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        said = " ".join(error.format_message().split())
        end = "" if said.endswith((".", "?")) else "."
        help_ = f" See: {error.ctx.command_path} --help" if error.ctx else ""
        raise Failure(printable(f"{said}{end}{help_}")) from error


@contextmanager
def _output_errors() -> Iterator[None]:
    """Report that standard output cannot be written, and exit with FAILED.

    A closed pipe, as after `annotator stats P | head -1`, exits silently. click would exit with 1, which here means
    that some input was skipped.
    """
    try:
        yield
    except BrokenPipeError:
        _discard_output()
        raise click.exceptions.Exit(FAILED) from None
    except OSError as error:
        if error.filename is not None or error.errno not in _WRITE_ERRORS:
            raise
        _discard_output()
        raise Failure(f"Cannot write output: {error.strerror}.") from error


def _discard_output() -> None:
    """Redirect stdout to the null device, so that flushing at exit cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escape_unencodable() -> None:
    """Let standard output take file names outside its encoding, as escapes that JSON understands too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=MainGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Label named entities in Arabic security news.

    Run "annotator PROJECT" to open a project in the editor, or "annotator demo" to try the program on sample articles.
    A project is a single file; create one with "annotator new".

    Exit codes: 0 success, 1 finished but some input was skipped, 2 failed, 130 interrupted (Ctrl+C).
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(main.commands["open"])
