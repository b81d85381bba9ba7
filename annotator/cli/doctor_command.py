"""annotator doctor"""

from __future__ import annotations

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.output import echo, echo_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check the installation and show how to fix problems.

    Exit codes: 0 nothing needed is missing, 1 something is.
    """
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
    if any(finding.state is FindingState.MISSING for finding in findings):
        ctx.exit(PARTIAL)
