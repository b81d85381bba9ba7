"""Commands about the program itself: open, demo and doctor."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json


@click.command("open", short_help='Open the window on a project ("open" may be left out).')
@click.argument("project", type=PROJECT, required=False)
@click.pass_context
def open_(ctx: click.Context, project: Path | None) -> None:
    """Open the window on a project; the word "open" may be left out."""
    from annotator.app import run

    ctx.exit(run(project))


@click.command()
@click.argument("project", type=PROJECT, required=False)
@click.option("--headless", is_flag=True, help="Open no window, even where there is a display.")
@click.pass_context
def demo(ctx: click.Context, project: Path | None, headless: bool) -> None:
    """Show the program at work on bundled sample articles.

    Opens the window on the demo project, by default a file in your data folder that keeps what you
    do in it. Without a display the same job is done headless: suggestions are printed as a table, some
    are confirmed in the name of an annotator "demo", and the exports and a picture of the editor are
    written into ./demo-output.
    """
    from annotator.services.demo import default_demo_path, prepare_demo
    from annotator.services.qt_probe import no_window_reason

    reason = "as asked" if headless else no_window_reason()
    if reason:
        from annotator.cli.headless_demo import run_headless

        echo(f"No window is opened ({reason}); doing the same job headless.")
        ctx.exit(run_headless(project))
    from annotator.app import run

    path = project or default_demo_path()
    prepare_demo(path)
    ctx.exit(run(path))


@click.command(short_help="See what is missing, and how to mend it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Look at what this installation has: what is missing, and how to mend it."""
    from annotator.services.doctor import FindingState, check_installation

    findings = []
    for finding in check_installation():
        findings.append(finding)
        if not as_json:
            echo(f"{finding.state.value:<9} {finding.name}: {finding.detail}")
            if finding.fix:
                echo(f"{'':<9} -> {finding.fix}")
    if as_json:
        echo_json([finding.to_json() for finding in findings])
    ctx.exit(int(any(finding.state is FindingState.MISSING for finding in findings)))
