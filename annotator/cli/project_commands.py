"""Commands about a project as a whole: new and stats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table

_TIME = ("annotator", "total", "articles", "median", "per 1,000")
"""The heads of the table of time spent."""


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--tagset", default="security", show_default=True, help="A bundled tagset, or a tagset's JSON file.")
def new(project: Path, tagset: str) -> None:
    """Make a new, empty project file.

    The bundled tagsets are security (15 classes of security news), camel (the four of CAMeL Tools) and
    wojood (21 classes, nested).
    """
    from annotator.storage.project import Project
    from annotator.storage.tables.tagsets import load_tagset

    with Project.create(project, load_tagset(tagset)) as made:
        labels = ", ".join(label.id for label in made.tagset.labels)
    echo(f"Made {project} with the labels {labels}.")


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(project: Path, as_json: bool) -> None:
    """Count what a project holds and how far the work is."""
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
        echo("Time spent, pauses of more than a minute left out (median for an article; for 1,000 characters):")
        for line in render_table(_TIME, (_time_row(row) for row in times)):
            echo(line)
    if table:
        echo()
        echo("What the suggesters proposed, and what became of it (worth: the share to expect from now on):")
        for line in render_table(tuple(table[0]), (tuple(map(str, row.values())) for row in table)):
            echo(line)


def _time_row(row: dict[str, Any]) -> tuple[str, ...]:
    """Write what one annotator spent as a row of the table."""
    each = row["ms_per_1000_characters"]
    return (
        row["name"],
        _duration(row["ms"]),
        str(row["documents"]),
        _duration(row["median_ms"]),
        "" if each is None else _duration(each),
    )


def _duration(ms: int) -> str:
    """Write a duration in ms as hours, minutes and seconds."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
