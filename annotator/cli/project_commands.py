"""annotator new and annotator stats"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import Values, json_option, tagset_names
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table

_TIME_HEAD = ("annotator", "total", "articles", "median", "per 1,000")


@click.command()
@click.argument("project", type=PROJECT)
@click.option(
    "--tagset",
    default="security",
    show_default=True,
    shell_complete=Values(tagset_names, files=True),
    help="A bundled tagset, or a JSON file.",
)
@click.option("--annotator", "name", metavar="NAME", help="Your name.  [default: as in your last project]")
@json_option
def new(project: Path, tagset: str, name: str | None, as_json: bool) -> None:
    """Create an empty project. You become its lead, who can change the roles of others.

    The bundled tagsets are security (15 labels for security news, with guidelines), camel (the 4 labels of CAMeL Tools)
    and wojood (21 labels, nested).

    Example:  annotator new news.annot --tagset security
    """
    from annotator.services.team.identity import founder, set_holder
    from annotator.storage.project import Project
    from annotator.storage.tables.tagsets import load_tagset

    if name is not None and not name.strip():
        raise click.UsageError("--annotator needs a name.")
    person = founder(name or "")
    with Project.create(project, load_tagset(tagset), founder=person) as made:
        set_holder(made, person)
        labels = [label.id for label in made.tagset.labels]
    if as_json:
        lead = {"name": person.name, "id": person.id}
        echo_json({"path": str(project), "id": made.id, "tagset": made.tagset.name, "labels": labels, "lead": lead})
        return
    echo(f"Created {project} with the labels {', '.join(labels)}.")


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def stats(project: Path, as_json: bool) -> None:
    """Show what a project contains and how much is done.

    Example:  annotator stats news.annot
    """
    from annotator.services.project.stats import project_stats
    from annotator.storage.project import Project

    with Project.open_to_read(project) as opened:
        counts = project_stats(opened)
    if as_json:
        echo_json(counts)
        return
    table = counts.pop("reliability")
    del counts["reliability_by_score"]
    times = counts.pop("time_spent")
    counts["repeat_groups"] = len(counts["repeat_groups"])
    for name, value in counts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count}" for key, count in value.items()) or "none"
        elif isinstance(value, list):
            value = "; ".join(", ".join(f"{k} {v}" for k, v in item.items() if k != "id") for item in value) or "none"
        echo(f"{name.replace('_', ' ') + ':':<26}{'none' if value is None else value}")
    if times:
        echo()
        echo("Time spent, without pauses of more than a minute (median per article; per 1,000 characters):")
        for line in render_table(_TIME_HEAD, (_time_row(row) for row in times)):
            echo(line)
    if table:
        echo()
        echo("Suggestions and decisions on them (worth: the share to expect from now on):")
        for line in render_table(tuple(table[0]), (tuple(map(str, row.values())) for row in table)):
            echo(line)


def _time_row(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the row of one annotator."""
    each = row["ms_per_1000_characters"]
    return (
        row["name"],
        _duration(row["ms"]),
        str(row["documents"]),
        _duration(row["median_ms"]),
        "" if each is None else _duration(each),
    )


def _duration(ms: int) -> str:
    """Format milliseconds as h:mm:ss."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
