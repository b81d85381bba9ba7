"""annotator models list, install, set-precision, switch, verify and remove"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.options import json_option
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.errors import SuggesterError

NAME = click.argument("name", required=False)


@click.group()
def models() -> None:
    """Install, verify or remove models; switch suggesters on or off.

    Only "models install" uses the network.
    """


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def list_(as_json: bool) -> None:
    """List the available models and whether they are installed."""
    from annotator.suggest.models.install import list_models

    found = list_models()
    if as_json:
        rows = [
            {
                "name": one.model.name,
                "version": one.model.version,
                "licence": one.model.licence,
                "size": one.model.size,
                "installed": one.installed,
                "problem": one.problem,
                "precision": one.found.precision if one.found and not one.problem else None,
                "folder": str(one.folder),
            }
            for one in found
        ]
        echo_json(rows)
        return
    for one in found:
        state = one.problem or (f"installed in {one.folder} ({one.found.precision})" if one.found else "not installed")
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
    help="Install from this zip archive or folder instead of the network.",
)
@click.option("--accept-licence", is_flag=True, help="Accept the licence without asking.")
@json_option
def install(name: str | None, source: Path | None, accept_licence: bool, as_json: bool) -> None:
    """Install the model NAME, by default the first of the list.

    You are asked to accept its licence. An interrupted download continues where it stopped. Every file is checked
    against the catalogue before the model is installed. Nothing is downloaded if CAMeL Tools or an earlier version of
    this program has installed the model already. The weights are converted to ONNX, which takes about a minute.

    \b
    Examples:
      annotator models install
      annotator models install ner-arabert --from model.zip --accept-licence
    """
    from annotator.suggest.model_folders import Precision, read_model
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    if not accept_licence:
        _ask_licence(model.licence, model.licence_text())
    (local,) = (one.local for one in installer.list_models() if one.model == model)
    origin = str(source) if source else f"{model.url} ({model.size // 1_000_000} MB)"
    echo(
        f"Installing {model.name} {model.version} from {origin if source or not local else 'this computer'}.",
        err=as_json,
    )
    with StepProgress() as steps:
        folder = installer.install(model, source=source, progress=steps)
    found = read_model(folder)
    if as_json:
        echo_json(
            {
                "name": model.name,
                "version": model.version,
                "folder": str(folder),
                "precision": found.precision,
                "precisions": list(found.precisions),
                "int8_agreement": found.agreement,
                "words": found.words,
            }
        )
        return
    echo(f"Installed in {folder}.")
    said = f"int8 labels {found.percent}% of {found.words:,} words of the sample articles as fp32 does"
    if Precision.INT8 not in found.precisions:
        echo(f"{said}, which is too few: fp32 is used.")
    elif found.precision is Precision.INT8:
        echo(f"{said}, and is used, as before.")
    else:
        echo(f"{said}. fp32 is used; to use int8, which is faster: annotator models set-precision int8")


@models.command("set-precision")
@click.argument("precision", type=click.Choice(["fp32", "int8"]))
@NAME
@json_option
def set_precision(precision: str, name: str | None, as_json: bool) -> None:
    """Choose how exactly the installed model NAME computes.

    fp32 gives the labels of CAMeL Tools. int8 takes a third to half of the time and less memory, and labels a few words
    differently. "models install" compares both on the sample articles; int8 is available if it labels at least 99% of
    the words as fp32 does.

    \b
    Example:
      annotator models set-precision int8
    """
    from annotator.suggest.model_folders import Precision
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    installer.set_precision(model, Precision(precision))
    if as_json:
        echo_json({"name": model.name, "precision": precision})
        return
    echo(f"{model.name} uses {precision} from now on.")


@models.command()
@NAME
@json_option
@click.pass_context
def verify(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Compare every file of the installed model NAME with its checksum.

    Exit codes: 0 all files match, 1 some do not, 2 failed.
    """
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    with StepProgress() as steps:
        problems = installer.verify(model, progress=steps)
    if as_json:
        echo_json({"name": model.name, "ok": not problems, "problems": problems})
    else:
        for problem in problems:
            echo(problem, err=True)
        if not problems:
            echo(f"{model.name}: OK, all files match.")
    if problems:
        ctx.exit(PARTIAL)


@models.command()
@NAME
@json_option
def remove(name: str | None, as_json: bool) -> None:
    """Remove the installed model NAME and its partial downloads."""
    from annotator.suggest.models import install as installer
    from annotator.suggest.models.catalogue import find_entry

    model = find_entry(name)
    removed = installer.remove(model)
    if as_json:
        echo_json({"name": model.name, "removed": removed})
        return
    echo(f"Removed {model.name}." if removed else f"{model.name} is not installed.")


@models.command()
@click.argument("suggester")
@click.argument("state", type=click.Choice(["on", "off"]))
@json_option
def switch(suggester: str, state: str, as_json: bool) -> None:
    """Switch a SUGGESTER on or off, for all projects.

    One that is off does not run by default, and its earlier answers are not combined any more. Project > Models in the
    editor has the same switches. A plug-in is off until it is switched on.

    Example:  annotator models switch lexicon off
    """
    from annotator.domain.model.suggestion import COMBINED
    from annotator.suggest.registry import names
    from annotator.suggest.switches import set_switch

    known = [name for name in names() if name != COMBINED]
    if suggester not in known:
        raise SuggesterError(
            "No suggester is named {name!r}. Available: {known}.", name=suggester, known=", ".join(known)
        )
    set_switch(suggester, state == "on")
    if as_json:
        echo_json({"name": suggester, "on": state == "on"})
        return
    echo(f"{suggester} is {state} from now on.")


class StepProgress:
    """A progress bar for each step of an installation."""

    _LABELS = {"download": "Downloading", "check": "Checking", "unpack": "Unpacking", "convert": "Converting"}  # noqa: RUF012

    def __init__(self) -> None:
        """Show nothing until the first report."""
        self._step = ""
        self._bar: ProgressBar | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show the progress of a step; a new step closes the bar of the one before."""
        if step != self._step:
            self._close()
            self._step, self._bar = step, ProgressBar(self._LABELS[step])
        if self._bar:
            self._bar(done, total)

    def __enter__(self) -> StepProgress:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the last bar."""
        self._close()

    def _close(self) -> None:
        if self._bar:
            self._bar.__exit__(None, None, None)
            self._bar = None


def _ask_licence(licence: str, text: str) -> None:
    """Show a licence and ask to accept it; raises SuggesterError if it is declined or nobody can answer."""
    if not sys.stdin.isatty():
        raise SuggesterError(
            f"The licence ({licence}) must be accepted. Read it, then run the command with --accept-licence."
        )
    click.echo_via_pager(text)
    if not click.confirm(f"Do you accept this licence ({licence})?"):
        raise SuggesterError("The licence was declined. Nothing was installed.")
