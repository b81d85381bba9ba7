"""annotator doctor"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.output import echo, echo_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a report for the developers to a new text file.",
)
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, bundle: Path | None) -> None:
    """Check the installation and show how to fix problems.

    The file of --bundle says what is installed, and where in the program errors happened. It has no texts, names or
    paths of yours; look into it before you send it.

    Exit codes: 0 nothing needed is missing, 1 something is.
    """
    from annotator.services.doctor import FindingState, check_installation

    if bundle is not None:
        from annotator.services.bug_report import write_bug_report

        write_bug_report(bundle)
        echo(f"Wrote {bundle}.")
        return
    findings = []
    for finding in check_installation():
        findings.append(finding)
        if not as_json:
            echo(f"{finding.state.value:<9} {finding.name}: {finding.detail}")
            if finding.fix:
                echo(f"{'':<9} -> {finding.fix}")
    if as_json:
        echo_json([finding.to_json() for finding in findings])
    if any(finding.state is FindingState.MISSING for finding in findings):
        ctx.exit(PARTIAL)
