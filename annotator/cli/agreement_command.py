"""annotator agreement"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json, output_files, output_report
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import render_table

_FILE = click.Path(path_type=Path, readable=False)


@click.command()
@click.argument("project", type=PROJECT)
@click.option(
    "--annotator",
    "wanted",
    multiple=True,
    metavar="NAME",
    help="Compare only those named (or given by id); repeatable.  [default: everybody]",
)
@click.option(
    "--by",
    type=click.Choice(["pair", "label", "document"]),
    default="pair",
    show_default=True,
    help="What the rows of the table are.",
)
@click.option("--include-unfinished", is_flag=True, help="Compare work that is not marked as done too.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option(
    "--csv", "csv_file", type=_FILE, metavar="FILE", help="Write the table as CSV, with - to standard output."
)
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write a web page with all tables and plots.")
def agreement(
    project: Path,
    wanted: tuple[str, ...],
    by: str,
    include_unfinished: bool,
    as_json: bool,
    csv_file: Path | None,
    html_file: Path | None,
) -> None:
    """Measure how well annotators agree.

    An article counts if at least two annotators marked it as done. F1 counts spans with equal ends and labels,
    "ignoring labels" those with equal ends, overlap F1 any overlap with the same label. Kappa (Cohen's, Fleiss') and
    Krippendorff's alpha compare the tags of tokens. In brackets are 95% intervals of a bootstrap over articles.

    A difference is "clitic only" if the key - would make the spans equal, as with وديالى and ديالى. If articles were
    settled by an adjudicator, each annotator is also compared with them.

    Example:  annotator agreement news.annot --annotator Salma --annotator Omar --by label
    """
    from annotator.services.annotators import display_names
    from annotator.services.team.agreement import chosen_annotators, finished, finished_or_begun, measure_agreement
    from annotator.services.team.agreement_report import By, gold_table, summary, table, to_csv, to_html, to_json
    from annotator.storage.project import Project

    files = output_files(as_json, csv_file, html_file)
    with Project.open_to_read(project) as opened, ProgressBar("Comparing") as progress:
        people = chosen_annotators(opened, wanted)
        rule = finished_or_begun if include_unfinished else finished
        with opened.read_transaction():
            report = measure_agreement(opened, people, rule, progress)
        names = display_names(opened.annotators.all())
    if csv_file:
        output_report(csv_file, to_csv(report, names, By(by)), project)
    if html_file:
        output_report(html_file, to_html(report, names, f"Agreement: {project.name}"), project)
    if as_json:
        echo_json(to_json(report, names, By(by)))
        return
    if files:
        return
    if report.documents:
        for line in render_table(*table(report, names, By(by))):
            echo(line)
        for line in summary(report):
            echo(line)
    if report.gold:
        echo()
        for line in render_table(*gold_table(report, names)):
            echo(line)
