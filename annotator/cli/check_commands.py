"""Commands about a project file that may be damaged."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT, REFUSED
from annotator.cli.output import echo, echo_json


@click.command(short_help="Look for damage in a project file.")
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def check(ctx: click.Context, project: Path, as_json: bool) -> None:
    """Look for damage in a project file, which is not altered.

    All of it is read: pages, indexes, references, the text of each article, each edit in the log, and whether the
    labels are those that the log says. Each kind of damage is reported in a sentence.

    Exit codes: 0 sound, 1 damaged, 2 could not be read.
    """
    from annotator.storage.integrity import CHECKED
    from annotator.storage.project import Project

    found = Project.check(project)
    if as_json:
        findings = [{"part": f.part, "sentence": f.sentence, "documents": f.documents} for f in found]
        report = {"path": str(project), "sound": not found, "checked": CHECKED, "findings": findings}
        echo_json(report)
    else:
        echo(f"Checked: {'; '.join(CHECKED.values())}.")
        for finding in found:
            echo(finding.sentence)
        echo(f"{project} is damaged." if found else f"{project} is sound.")
    if found:
        ctx.exit(REFUSED)
