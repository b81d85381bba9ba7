"""annotator check and annotator repair"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json, printable, warn_if_outdated
from annotator.domain.plurals import pluralise


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--purge", is_flag=True, help="Permanently erase the text of removed articles.")
@click.option("--yes", is_flag=True, help="Do not ask before erasing.")
@click.pass_context
def check(ctx: click.Context, project: Path, as_json: bool, purge: bool, yes: bool) -> None:
    """Check a project file for damage.

    Reads the whole file: pages, indexes, references, the text of each article and each edit in the log. It also checks
    that the annotations are those that the log gives, and warns if the newest backup has decisions that the file lacks,
    as after another program put an older version there. The file is not changed unless --purge is given.

    With --purge, the text, title, source and suggestions of removed articles are overwritten if the file is sound.
    Their ids and the decisions made in them stay, so that a merge does not bring the text back. Backups and other
    copies keep the text.

    Example:  annotator check news.annot

    Exit codes: 0 sound, 1 damaged, 2 could not be read.
    """
    from annotator.storage.project import Project
    from annotator.storage.recovery.integrity import CHECKED

    found, newer = Project.check(project), None
    if not found:
        with Project.snapshot(project) as opened:  # opening the file itself would upgrade an older one
            newer = warn_if_outdated(opened)
    if as_json:
        findings = [{"part": f.part, "sentence": f.sentence, "documents": f.documents} for f in found]
        report = {"path": str(project), "sound": not found, "checked": CHECKED, "findings": findings}
        echo_json(report | {"newer_backup": str(newer.path) if newer else None})
    else:
        echo(f"Checked: {'; '.join(CHECKED.values())}.")
        for finding in found:
            echo(finding.sentence)
        fix = f"is damaged. Save what is intact in a new file: annotator repair {project} NEW"
        echo(f"{project} {fix if found else 'is sound.'}")
    if found:
        ctx.exit(PARTIAL)
    if purge:
        _purge(project, yes)


def _purge(path: Path, yes: bool) -> None:
    """Erase the text of removed articles, after asking unless yes is True."""
    from annotator.storage.project import Project

    with Project.open(path) as project:
        count = len(project.removals.erasable())
        articles = pluralise(count, "removed article")
        question = f"Permanently erase the text of {articles} from {printable(str(path))}? Backups and copies keep it."
        if count and not yes and not click.confirm(question, err=True):
            echo("Nothing was erased.", err=True)
            return
        erased = project.removals.erase()
    echo(f"Erased the text of {pluralise(len(erased), 'removed article')}.", err=True)


@click.command()
@click.argument("project", type=PROJECT)
@click.argument("out", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def repair(ctx: click.Context, project: Path, out: Path, as_json: bool) -> None:
    """Save what is intact of a damaged project in a new file.

    Writes every article, annotator and edit that can be read to OUT, even if pages of the file are broken, and computes
    the annotations from the edits. PROJECT is not changed. The report lists what is lost. Edits of an article whose
    text is lost are kept: merge a backup or a colleague's copy to get the article back.

    Example:  annotator repair news.annot saved.annot

    Exit codes: 0 everything was saved, 1 something is lost, 2 failed.
    """
    from annotator.storage.project import Project

    report = Project.repair(project, out)
    if as_json:
        echo_json({"path": str(project), "out": str(out)} | report.to_json())
    else:
        for line in report.lines():
            echo(line)
    if not report.is_complete:
        ctx.exit(PARTIAL)
