"""The commands about models: which there are, getting one, checking it, removing it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotator.cli.group import REFUSED
from annotator.cli.output import echo, echo_json
from annotator.cli.progress import Progress
from annotator.errors import SuggesterError

NAME = click.argument("name", required=False)


@click.group(short_help="Get, check and remove models for suggestions.")
def models() -> None:
    """Get, check and remove the models that some suggesters need; nothing else uses the network."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the models as a JSON list.")
def list_(as_json: bool) -> None:
    """List the models that can be had, and which are installed."""
    from annotator.suggest.models.install import list_models

    found = list_models()
    if as_json:
        told = [
            {
                "name": one.model.name,
                "version": one.model.version,
                "licence": one.model.licence,
                "size": one.model.size,
                "installed": one.installed,
                "problem": one.problem,
                "folder": str(one.folder),
            }
            for one in found
        ]
        echo_json(told)
        return
    for one in found:
        state = one.problem or (f"installed in {one.folder}" if one.installed else "not installed")
        size = f"{one.model.size // 1_000_000} MB"
        echo(f"{one.model.name} {one.model.version}, {size}, licence {one.model.licence}: {state}")
        echo(f"    {one.model.titles['en']}. {one.model.descriptions['en']}")


@models.command()
@NAME
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Take the model from this zip archive (or folder) instead of the network.",
)
@click.option("--accept-licence", is_flag=True, help="Accept the licence without being asked.")
def install(name: str | None, source: Path | None, accept_licence: bool) -> None:
    """Install the model NAME (the first of the list by default), once its licence is accepted.

    A download that was cut off or stopped goes on where it was. Every file is checked against the catalogue before
    anything is put in place.
    """
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    if not accept_licence:
        _ask(model.licence, model.licence_text())
    from_where = str(source) if source else f"{model.url} ({model.size // 1_000_000} MB)"
    echo(f"Installing {model.name} {model.version} from {from_where}.")
    with Steps() as steps:
        folder = installer.install(model, source=source, progress=steps)
    echo(f"Installed in {folder}.")


@models.command()
@NAME
@click.pass_context
def verify(ctx: click.Context, name: str | None) -> None:
    """Read every file of the installed model NAME and compare it with what was installed."""
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    with Steps() as steps:
        problems = installer.verify(model, progress=steps)
    for problem in problems:
        echo(problem, err=True)
    if problems:
        ctx.exit(REFUSED)
    echo(f"{model.name} is whole: every file is as it was installed.")


@models.command()
@NAME
def remove(name: str | None) -> None:
    """Remove the installed model NAME, and what was downloaded of it."""
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    echo(f"Removed {model.name}." if installer.remove(model) else f"{model.name} is not installed.")


class Steps:
    """A progress bar for each step of an installation."""

    _LABELS = {"download": "Downloading", "check": "Checking", "unpack": "Unpacking", "convert": "Converting"}  # noqa: RUF012

    def __init__(self) -> None:
        """Begin with no step."""
        self._step = ""
        self._bar: Progress | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how far a step is, on a bar of its own."""
        if step != self._step:
            self._close()
            self._step, self._bar = step, Progress(self._LABELS[step])
        if self._bar:
            self._bar(done, total)

    def __enter__(self) -> Steps:
        """Return the bars."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the line of the last bar."""
        self._close()

    def _close(self) -> None:
        """Leave the line of the bar that is shown."""
        if self._bar:
            self._bar.__exit__(None, None, None)
            self._bar = None


def _ask(licence: str, text: str) -> None:
    """Show a licence and ask whether it is accepted; raises SuggesterError where it is not, or nobody can say."""
    if not sys.stdin.isatty():
        raise SuggesterError(
            f"The licence ({licence}) has to be accepted: read it, and run the command again with --accept-licence."
        )
    click.echo_via_pager(text)
    if not click.confirm(f"Do you accept this licence ({licence})?"):
        raise SuggesterError("The licence was not accepted, so nothing was installed.")
