"""Commands about a project file that may be damaged."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT, REFUSED
from annotator.cli.output import echo, echo_json, printable
from annotator.domain.plurals import pluralise


@click.command(short_help="Look for damage in a project file.")
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--purge", is_flag=True, help="Erase the text of the articles that were removed, for good.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@click.pass_context
def check(ctx: click.Context, project: Path, as_json: bool, purge: bool, yes: bool) -> None:
    """Look for damage in a project file, which is not altered unless --purge is given.

    All of it is read: pages, indexes, references, the text of each article, each edit in the log, and whether the
    labels are those that the log says. Each kind of damage is reported in a sentence.

    With --purge, and if the file is sound, the text, title, source and suggestions of removed articles are then
    overwritten. Their ids and what was decided in them stay, so a merge does not bring the text back. Backups and other
    copies of the file keep it.

    Exit codes: 0 sound, 1 damaged, 2 could not be read.
    """
    from annotator.storage.project import Project
    from annotator.storage.recovery.integrity import CHECKED

    found = Project.check(project)
    if as_json:
        findings = [{"part": f.part, "sentence": f.sentence, "documents": f.documents} for f in found]
        report = {"path": str(project), "sound": not found, "checked": CHECKED, "findings": findings}
        echo_json(report)
    else:
        echo(f"Checked: {'; '.join(CHECKED.values())}.")
        for finding in found:
            echo(finding.sentence)
        what_to_do = f"is damaged; save what is intact in a new file with: annotator repair {project} NEW"
        echo(f"{project} {what_to_do if found else 'is sound.'}")
    if found:
        ctx.exit(REFUSED)
    if purge:
        _purge(project, yes)


def _purge(path: Path, yes: bool) -> None:
    """Erase what the removed articles of a project hold; ask before, unless yes."""
    from annotator.storage.project import Project

    with Project.open(path) as project:
        count = len(project.removals.erasable())
        said = pluralise(count, "removed article")
        question = f"Erase the text of {said} from {printable(str(path))} for good? Backups and copies keep it."
        if count and not yes and not click.confirm(question, err=True):
            echo("Nothing was erased.", err=True)
            return
        erased = project.removals.erase()
    echo(f"Erased the text of {pluralise(len(erased), 'removed article')}.", err=True)


@click.command(short_help="Save what is intact of a damaged project.")
@click.argument("project", type=PROJECT)
@click.argument("out", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def repair(ctx: click.Context, project: Path, out: Path, as_json: bool) -> None:
    """Rebuild a damaged project in the new file OUT; PROJECT is not altered.

    Articles, annotators and every edit that can be read are saved, also from behind broken pages, and labels are worked
    out from the edits again. What could not be saved is reported. Edits of an article whose text is lost are kept:
    merge a backup or a colleague's copy to have the article back.

    Exit codes: 0 all saved, 1 something is lost, 2 could not.
    """
    from annotator.storage.project import Project

    report = Project.repair(project, out)
    if as_json:
        echo_json({"path": str(project), "out": str(out)} | report.to_json())
    else:
        for line in report.lines():
            echo(line)
    if not report.is_complete:
        ctx.exit(REFUSED)
