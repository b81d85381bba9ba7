"""annotator open and annotator demo"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo


@click.command("open")
@click.argument("project", type=PROJECT, required=False)
@click.option("--no-terminal", is_flag=True, hidden=True, help="Show errors in the window, as desktops need it.")
@click.pass_context
def open_(ctx: click.Context, project: Path | None, no_terminal: bool) -> None:
    """Open a project in the editor (default command).

    "annotator PROJECT" does the same. Without PROJECT, the project opened last is opened. If the project is open in a
    window already, that window comes to the front.

    Example:  annotator news.annot
    """
    from annotator.app import run

    ctx.exit(run(project, has_terminal=sys.stderr is not None and not no_terminal))


@click.command()
@click.argument("project", type=PROJECT, required=False)
@click.option("--headless", is_flag=True, help="Do not open a window.")
@click.pass_context
def demo(ctx: click.Context, project: Path | None, headless: bool) -> None:
    """Try the program on sample articles.

    Opens a demo project in the editor. By default it is a file in your data folder that keeps what you do in it.

    Without a display, or with --headless, the demo prints the suggestions, confirms some as the annotator "demo", and
    writes exports and a picture of the editor to ./demo-output.
    """
    from annotator.services.demo import default_demo_path, prepare_demo
    from annotator.services.qt_probe import no_window_reason

    reason = "--headless" if headless else no_window_reason()
    if reason:
        from annotator.cli.headless_demo import run_headless

        echo(f"Running headless ({reason}).")
        ctx.exit(run_headless(project))
    from annotator.app import run

    path = project or default_demo_path()
    prepare_demo(path)
    ctx.exit(run(path))
