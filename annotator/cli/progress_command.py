"""annotator progress"""

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
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option(
    "--csv", "csv_file", type=_FILE, metavar="FILE", help="Write the table as CSV, with - to standard output."
)
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write a web page with the table and plots.")
def progress(project: Path, as_json: bool, csv_file: Path | None, html_file: Path | None) -> None:
    """Show how far each annotator is, and how fast.

    \b
    assigned    articles to label; all of them while nothing is assigned
    done        articles that the annotator marked as done
    left        assigned articles that are not done
    per hour    decisions in an hour of work; pauses do not count
    accepted    decided suggestions that were accepted as they were
    agreement   mean F1 with each other annotator, over the articles that
                both marked as done

    In the last row, an article is done when everybody to whom it was assigned marked it as done, or anybody if it was
    not assigned. JSON and the web page also have the acceptance over time and the learning curve: the working time for
    1,000 characters of the first articles, the next ones, and so on.

    Example:  annotator progress news.annot --html progress.html
    """
    from annotator.services.team.progress_report import table, to_csv, to_html
    from annotator.services.team.team_progress import measure_progress
    from annotator.storage.project import Project

    files = output_files(as_json, csv_file, html_file)
    with Project.open_to_read(project) as opened, ProgressBar("Counting") as bar, opened.read_transaction():
        found = measure_progress(opened, bar)
    if csv_file:
        output_report(csv_file, to_csv(found), project)
    if html_file:
        output_report(html_file, to_html(found, f"Progress: {project.name}"), project)
    if as_json:
        echo_json(found.to_json())
    elif not files:
        for line in render_table(*table(found)):
            echo(line)
