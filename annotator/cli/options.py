"""Options that several commands share, and options that answer to a former name too."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from annotator.cli.output import echo

Command = Callable[..., Any]


class RenamedOption(click.Option):
    """An option that also accepts former names and other spellings, which `--help` does not show.

    A former name works for one release and prints a note on standard error. Another spelling is accepted silently.

    Example: `@click.option("--resolve", cls=RenamedOption, former=["--whose"])` accepts `--whose majority` and
    prints "--whose is now --resolve."
    """

    def __init__(
        self, *args: Any, former: Sequence[str] = (), spellings: Sequence[str] = (), **attributes: Any
    ) -> None:
        """Take what click.Option takes, the former names and the other spellings, each with its dashes."""
        super().__init__(*args, **attributes)
        self.former = tuple(former)
        self.spellings = tuple(spellings)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Register every name. An alias stores its value under its own name, so that its use can be noticed."""
        super().add_to_parser(parser, ctx)
        for name in (*self.former, *self.spellings):
            alias = copy.copy(self)
            alias.name, alias.opts, alias.secondary_opts = name, [name], []
            click.Option.add_to_parser(alias, parser, ctx)

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Take the values of the aliases as the option's own; the present name wins over a former one."""
        name = str(self.name)
        values = dict(opts)
        for alias in (*self.former, *self.spellings):
            if alias not in values:
                continue
            given = values.pop(alias)
            if alias in self.former:
                echo(f"{alias} is now {self.opts[0]}.", err=True)
            values[name] = [*values.get(name, ()), *given] if self.multiple else values.get(name, given)
        return super().handle_parse_result(ctx, values, args)


def hidden_alias(command: click.Command, former: str, notice: str) -> click.Command:
    """Return a copy of a command under its former name, which no list shows and which prints a notice first."""
    alias = copy.copy(command)
    alias.name, alias.hidden = former, True
    run = command.callback

    def callback(*args: Any, **kwargs: Any) -> Any:
        echo(notice, err=True)
        return run(*args, **kwargs) if run else None

    alias.callback = callback
    return alias


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")

labels_option = click.option(
    "--label-map",
    "labels",
    cls=RenamedOption,
    former=["--map"],
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="What each label becomes: lines of FROM, tab, TO (- drops it; * is every other label), or JSON.",
)


class Values:
    """Completes the value of an option in a shell with names that are found when the user asks."""

    def __init__(self, find: Callable[[], Sequence[str]], *, files: bool = False) -> None:
        """Take the function that returns the names; files is True if the value may also be a file."""
        self._find = find
        self._files = files

    def __call__(self, _ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin with what was typed."""
        found = [CompletionItem(name) for name in self._find() if name.startswith(incomplete)]
        return [*found, CompletionItem(incomplete, type="file")] if self._files and not found else found


def _reader_names() -> Sequence[str]:
    from annotator.formats.registry import reader_names

    return reader_names()


def writer_names() -> Sequence[str]:
    """Return the names of the output formats."""
    from annotator.formats.registry import writer_names as names

    return names()


def tagset_names() -> Sequence[str]:
    """Return the names of the bundled tagsets."""
    from annotator.storage.tables.tagsets import list_tagsets

    return tuple(list_tagsets())


def _suggester_names() -> Sequence[str]:
    from annotator.suggest import registry

    return (registry.DEFAULT, *registry.names())


def suggester_option(help: str, *, required: bool = False) -> Callable[[Command], Command]:
    """Return the repeatable option that names suggesters."""
    return click.option(
        "--suggester",
        "--with",
        "names",
        multiple=True,
        required=required,
        metavar="NAME",
        shell_complete=Values(_suggester_names),
        help=help,
    )


def reader_options(command: Command) -> Command:
    """Add the options that say how files are read."""
    command = click.option(
        "--sentences-per-article",
        "sentences",
        cls=RenamedOption,
        former=["--sentences"],
        type=click.IntRange(0),
        default=20,
        show_default=True,
        help="For CoNLL files that do not mark articles; 0 makes one article of the whole file.",
    )(command)
    return click.option(
        "--format",
        "reader",
        cls=RenamedOption,
        former=["--reader"],
        metavar="NAME",
        shell_complete=Values(_reader_names),
        help='Input format; see "annotator formats".  [default: from the content and the file extension]',
    )(command)
