"""annotator check, annotator rules and annotator repair"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.options import json_option
from annotator.cli.output import STDOUT, echo, echo_json, printable, warn_if_outdated
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import render_table
from annotator.domain.label_check.case import CaseKind
from annotator.domain.model.place import GOLD
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from annotator.services.label_check.check import CheckRequest
    from annotator.storage.project import Project

_LABELS_ONLY = ("annotator", "gold", "kinds", "model", "include_unfinished", "include_right", "csv_file")


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--purge", is_flag=True, help="Permanently erase the text of removed articles.")
@click.option("--yes", is_flag=True, help="Do not ask before erasing.")
@click.option("--labels", "labels", is_flag=True, help="Check the labels for consistency instead of the file.")
@click.option("--annotator", metavar="NAME", help="Whose labels to check.  [default: your own]")
@click.option("--gold", is_flag=True, help="Check what adjudicators settled.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in CaseKind]),
    metavar="KIND",
    help=f"Only cases of this kind; repeatable. One of: {', '.join(kind.value for kind in CaseKind)}.",
)
@click.option("--model", is_flag=True, help="Also compare with a model that is trained on the other articles.")
@click.option("--include-unfinished", is_flag=True, help="Check articles that are not marked as done too.")
@click.option("--include-right", is_flag=True, help="Also list places that somebody found right.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Cases to print; 0 for all.")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path, readable=False, allow_dash=True),
    metavar="FILE",
    help="Write the cases as CSV; - is standard output.",
)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    project: Path,
    as_json: bool,
    purge: bool,
    yes: bool,
    labels: bool,
    limit: int,
    **options: object,
) -> None:
    """Check a project file for damage, or with --labels the labels in it.

    Reads the whole file: pages, indexes, references, the text of each article and each edit in the log. It also checks
    that the annotations are those that the log gives, and warns if the newest backup has decisions that the file lacks,
    as after another program put an older version there. The file is not changed unless --purge is given.

    With --purge, the text, title, source and suggestions of removed articles are overwritten if the file is sound.
    Their ids and the decisions made in them stay, so that a merge does not bring the text back. Backups and other
    copies keep the text.

    With --labels, places are listed that may be slips, the likeliest first: names with different labels, names that are
    labelled in some places only, habits of boundaries that are broken, punctuation marks at the edges, what the
    guideline excludes, and what breaks the rules of "annotator rules". Nothing is changed. Articles that are not marked
    as done are left out, unless none is. --model takes minutes.

    \b
    Examples:
      annotator check news.annot
      annotator check news.annot --labels --annotator Salma --limit 20
      annotator check news.annot --labels --gold --csv cases.csv

    Exit codes: 0 sound, or no cases; 1 damaged, or cases were found; 2 could not be read.
    """
    if labels:
        if purge or yes:
            raise click.UsageError("--purge and --yes cannot be used with --labels.")
        ctx.exit(PARTIAL if _check_labels(project, options, limit, as_json=as_json) else 0)
    if any(options[name] for name in _LABELS_ONLY):
        raise click.UsageError("The options for labels need --labels.")
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


def _check_labels(path: Path, options: dict[str, object], limit: int, *, as_json: bool) -> int:
    """Print the cases of a check of labels, and return their number."""
    from annotator.services.label_check.check import check_labels
    from annotator.services.label_check.report import TABLE_HEAD, table_rows, to_csv, to_json
    from annotator.services.team.report_file import write_report
    from annotator.storage.project import Project

    out = options["csv_file"]
    with (
        Project.open_to_read(path) as opened,
        ProgressBar("Checking labels") as progress,
        opened.read_transaction(),
    ):
        result = check_labels(opened, _request(opened, options), progress)
        report = to_json(opened, result)
    if as_json:
        echo_json(report)
    elif out == STDOUT:
        for line in to_csv(report["cases"]).splitlines():
            echo(line)
    elif not isinstance(out, Path):
        shown = report["cases"][: limit or None]
        for line in render_table(TABLE_HEAD, table_rows(shown)) if shown else ():
            echo(line)
        if len(shown) < len(result.cases):
            echo(f"{len(result.cases) - len(shown):,} more. List all with --limit 0.")
    if isinstance(out, Path) and out != STDOUT:
        write_report(out, to_csv(report["cases"]), path)
    checked = f"Checked {result.annotations:,} annotations in {pluralise(result.documents, 'article')}"
    echo(f"{checked}: {pluralise(len(result.cases), 'case')}, {result.right:,} places found right before.", err=True)
    if result.unfinished:
        echo(f"Left out {pluralise(result.unfinished, 'article')} not marked as done (--include-unfinished).", err=True)
    return len(result.cases)


def _request(project: Project, options: dict[str, object]) -> CheckRequest:
    """Return what the options of the command ask for."""
    from annotator.services.annotators import find_annotator
    from annotator.services.label_check.check import KINDS, CheckRequest
    from annotator.services.team.identity import holder_of

    wanted, given = options["annotator"], options["kinds"]
    if wanted and options["gold"]:
        raise click.UsageError("Give one of --annotator and --gold.")
    who = GOLD
    if not options["gold"]:
        person = find_annotator(project.annotators.all(), str(wanted)) if wanted else holder_of(project)
        who = person.id
    kinds = frozenset(map(CaseKind, given if isinstance(given, tuple) else ())) or KINDS
    if options["model"]:
        kinds |= {CaseKind.MODEL}
    finished, right = bool(options["include_unfinished"]), bool(options["include_right"])
    return CheckRequest(who, kinds, include_unfinished=finished, include_right=right, nice=0)


@click.group()
def rules() -> None:
    """List, add and remove a project's rules for the check of labels."""


@rules.command("list")
@click.argument("project", type=PROJECT)
@json_option
def list_(project: Path, as_json: bool) -> None:
    """List the rules of a project, with the ids that "annotator rules remove" takes.

    Example:  annotator rules list news.annot
    """
    from annotator.storage.project import Project

    with Project.open_to_read(project) as opened:
        found = opened.label_checks.rules()
    if as_json:
        echo_json([{"id": rule.key, "pattern": rule.pattern, "label": rule.label} for rule in found])
    elif found:
        for line in render_table(
            ("id", "label", "pattern"), [(rule.key, rule.label or "none", rule.pattern) for rule in found]
        ):
            echo(line)
    else:
        echo("No rules.")


@rules.command()
@click.argument("project", type=PROJECT)
@click.argument("pattern")
@click.option("--label", default="", metavar="LABEL", help="The label that it must have.  [default: none]")
@json_option
def add(project: Path, pattern: str, label: str, as_json: bool) -> None:
    """Add a rule: whatever the regular expression PATTERN finds must have a label, or none.

    "annotator check --labels" lists what breaks it. Rules are merged like labels.

    \b
    Examples:
      annotator rules add news.annot "تنظيم القاعدة" --label ARMED
      annotator rules add news.annot "وسائل إعلام محلية"
    """
    from annotator.domain.label_check.case import LabelRule
    from annotator.services.search.match import Mode, finder
    from annotator.services.team.identity import holder_of
    from annotator.session import Session
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        finder(pattern, Mode.REGEX, opened.tagset)
        found = opened.tagset.find(label) if label else None
        if label and found is None:
            raise click.UsageError(f"The tagset has no label {label}.")
        rule = LabelRule(uuid.uuid4().hex[:12], pattern, found.id if found else "")
        Session(opened, holder_of(opened)).change_rule(rule)
    if as_json:
        echo_json({"id": rule.key, "pattern": rule.pattern, "label": rule.label})
    else:
        echo(f"Added the rule {rule.key}.")


@rules.command()
@click.argument("project", type=PROJECT)
@click.argument("rule_id", metavar="ID")
@json_option
def remove(project: Path, rule_id: str, as_json: bool) -> None:
    """Remove the rule with an ID.

    Example:  annotator rules remove news.annot 3f2a9c01d4e5
    """
    from annotator.services.team.identity import holder_of
    from annotator.session import Session
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        found = next((rule for rule in opened.label_checks.rules() if rule.key == rule_id), None)
        if found is None:
            raise click.UsageError(f"No rule has the id {rule_id}. List them with: annotator rules list {project}")
        Session(opened, holder_of(opened)).change_rule(found, removed=True)
    if as_json:
        echo_json({"id": found.key, "pattern": found.pattern, "label": found.label})
    else:
        echo(f"Removed the rule {rule_id}.")


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
