"""Progress as a table, JSON, CSV, plots and a web page."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

from annotator.services.annotators import display_names
from annotator.services.team.html_page import heading, html_page, paragraph
from annotator.services.team.html_page import table as html_table
from annotator.services.team.line_plot import (
    MAIN_COLOURS,
    LinePlot,
    Series,
    chosen_ticks,
    legend,
    line_colours,
    round_ticks,
    to_svg,
)
from annotator.services.team.team_progress import PersonProgress, TeamProgress

ALL = "All"
_HEAD = (
    "annotator",
    "role",
    "assigned",
    "done",
    "in progress",
    "left",
    "hours",
    "decisions",
    "per hour",
    "accepted",
    "agreement (F1)",
)
_CSV_FIELDS = (
    "id",
    "name",
    "role",
    "assigned",
    "done",
    "begun",
    "left",
    "ms",
    "decisions",
    "decisions_per_hour",
    "suggestions_decided",
    "suggestions_accepted",
    "accepted_share",
    "agreement_f1",
    "agreement_pairs",
    "agreement_documents",
)
_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000


def names_of(report: TeamProgress) -> dict[str, str]:
    """Return the names of the annotators by id, with the id where two have one name."""
    return display_names(each.person for each in report.people if each.person)


def table(report: TeamProgress) -> tuple[Sequence[str], list[list[str]]]:
    """Return the heading and the rows of a table for people, the team in the last row."""
    names = names_of(report)
    return _HEAD, [_row(each, names) for each in (*report.people, report.team)]


def to_csv(report: TeamProgress) -> str:
    """Return the figures as CSV with a heading. A cell that a spreadsheet would take for a formula begins with '."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_FIELDS)
    for each in (*report.people, report.team):
        values = each.to_json() | ({} if each.person else {"name": ALL})
        writer.writerow([_guarded(values[name]) for name in _CSV_FIELDS])
    return out.getvalue()


def to_html(report: TeamProgress, title: str) -> str:
    """Return a web page with the table and the plots."""
    sections = [
        paragraph(_documents_text(report)),
        html_table(*table(report)),
        paragraph(
            "Decisions per hour count working time without pauses. Accepted is the share of decided suggestions that "
            "were accepted as they were. Agreement is the mean F1 with each other annotator over the articles that "
            "both finished."
        ),
    ]
    for name, plot in (
        (f"Accepted suggestions by {report.period.value}", acceptance_plot(report, str, _percent)),
        ("Minutes for 1,000 characters, by number of finished articles", learning_plot(report, _plain)),
    ):
        if not plot.is_empty:
            sections += [heading(name), to_svg(plot, name), legend(plot.series)]
    return html_page(title, sections)


def acceptance_plot(
    report: TeamProgress,
    date_text: Callable[[datetime.date], str],
    share_text: Callable[[float], str],
    all_name: str = ALL,
) -> LinePlot:
    """Return the acceptance of suggestions over time as a plot."""
    series = _series(
        report, lambda each: [(float(one.start.toordinal()), one.share) for one in each.pace.acceptance], all_name
    )
    days = [x for one in series for x, _ in one.points]
    return LinePlot(
        series,
        chosen_ticks(days, lambda day: date_text(datetime.date.fromordinal(int(day)))),
        round_ticks(0.0, 1.0, share_text),
    )


def learning_plot(report: TeamProgress, number_text: Callable[[float], str], all_name: str = ALL) -> LinePlot:
    """Return the minutes for 1,000 characters by the number of articles finished, as a plot."""
    series = _series(
        report,
        lambda each: [
            (float(step.last), step.ms_per_1000_characters / _MINUTE_MS)
            for step in each.pace.learning
            # A last step of few articles says little.
            if step.ms_per_1000_characters is not None and 2 * step.articles >= each.pace.learning[0].last
        ],
        all_name,
    )
    points = [point for one in series for point in one.points]
    longest = max((x for x, _ in points), default=1.0)
    most = max((y for _, y in points), default=1.0)
    return LinePlot(
        series,
        round_ticks(0.0, longest, number_text),
        round_ticks(0.0, most, number_text),
    )


def _series(
    report: TeamProgress, points: Callable[[PersonProgress], list[tuple[float, float]]], all_name: str
) -> list[Series]:
    names, colours = names_of(report), line_colours(len(report.people))
    lines = [
        Series(names[each.person.id], points(each), colour)
        for each, colour in zip(report.people, colours, strict=True)
        if each.person
    ]
    return [*lines, Series(all_name, points(report.team), MAIN_COLOURS, is_main=True)]


def _row(each: PersonProgress, names: dict[str, str]) -> list[str]:
    counts, pace = each.counts, each.pace
    share, rate = pace.accepted_share, pace.decisions_per_hour
    return [
        names[each.person.id] if each.person else ALL,
        each.role.value if each.role else "",
        f"{counts.assigned:,}",
        f"{counts.done:,}",
        f"{counts.begun:,}",
        f"{counts.left:,}",
        f"{pace.ms / _HOUR_MS:,.1f}",
        f"{pace.decisions:,}",
        "-" if rate is None else f"{rate:,.0f}",
        "-" if share is None else _percent(share),
        "-" if each.agreement is None else f"{each.agreement.f1:.3f}",
    ]


def _documents_text(report: TeamProgress) -> str:
    counts = report.team.counts
    shared = "" if report.anything_assigned else " Nothing was assigned, so every article is everybody's."
    return f"{counts.done:,} of {report.documents:,} articles are done, {counts.left:,} are left.{shared}"


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
