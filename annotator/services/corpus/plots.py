"""The plots of a dataset card, as PNG and SVG: entities by label and split, span lengths, documents by date.

They need matplotlib, an optional dependency of about 90 MB, which shapes Arabic from version 3.11 on. The same
statistics give the same bytes with the same matplotlib: time, user settings and system fonts have no influence. SVG
files contain glyphs as outlines, so they look the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import StatisticsBySide, combined, documents_by_period
from annotator.domain.plurals import pluralise
from annotator.domain.tagset.tagset import Tagset
from annotator.resources import resource

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELS, LENGTHS, DATES = "labels", "lengths", "dates"
KINDS = ("svg", "png")

_WIDTH = 8.4  # inches
_INK, _SOFT, _GRID = "#1f2933", "#5f6b76", "#e6e9ed"
_SIDES = {Side.TRAIN: "#33658a", Side.DEV: "#e9b44c", Side.TEST: "#a93f55"}
_STYLE: dict[Any, Any] = {
    "text.parse_math": False,
    "savefig.dpi": 160,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "annotator",
    "font.family": ["IBM Plex Sans Arabic"],
    "font.size": 10.5,
    "text.color": _INK,
    "axes.labelcolor": _SOFT,
    "axes.edgecolor": _GRID,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": _GRID,
    "legend.frameon": False,
    "legend.labelcolor": _INK,
}
_LONGEST = 10
"""Spans of this many tokens or more share a bar."""
_MOST = 40
"""Labels after the most frequent ones share a bar."""
_NUMBER: dict[str, Any] = {
    "textcoords": "offset points",
    "color": _SOFT,
    "fontsize": 9.5,
    "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5},  # hides the grid behind a number
}
_TICKS = 12
"""The maximum number of dates on the axis."""


def can_draw() -> bool:
    """Return True if matplotlib is installed and shapes Arabic."""
    if find_spec("matplotlib") is None:
        return False
    import matplotlib

    return tuple(int(part) for part in re.findall(r"\d+", matplotlib.__version__)[:2]) >= (3, 11)


def draw_plots(figures: StatisticsBySide, tagset: Tagset, folder: Path) -> dict[str, str]:
    """Draw the plots that have data into a folder; return their captions by the stem of their files.

    Each stem has an .svg and a .png file. Call it only if can_draw(). Raises OSError.
    """
    drawn: dict[str, str] = {}
    with _style():
        for stem, shows, figure in _figures(figures, tagset):
            for kind in KINDS:
                nothing = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
                figure.savefig(folder / f"{stem}.{kind}", metadata=nothing)
            drawn[stem] = shows
    return drawn


@contextmanager
def _style() -> Iterator[None]:
    """Use matplotlib's defaults with our font and colours, whatever the user's settings are."""
    import matplotlib
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist if entry.fname.startswith(str(resource("fonts")))}
    if "IBM Plex Sans Arabic" not in known:
        for path in sorted(resource("fonts").glob("IBMPlexSansArabic-*.ttf")):
            font_manager.fontManager.addfont(path)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def _figures(figures: StatisticsBySide, tagset: Tagset) -> Iterator[tuple[str, str, Figure]]:
    """Yield the stem, caption and figure of each plot."""
    whole = combined(figures)
    if whole.entities.total():
        yield LABELS, "Entities by label and split", _by_label(figures, tagset)
        yield LENGTHS, "Entities by their length in tokens", _by_length(figures)
    if whole.days:
        yield DATES, "Documents by date and split", _by_date(figures)


def _page(height: float, title: str) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    page = Figure(figsize=(_WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.14, h_pad=0.12))
    axes = page.subplots()
    axes.set_title(title, loc="left", fontweight="semibold", fontsize=12.5, pad=14)
    return page, axes


def _legend(axes: Axes, figures: StatisticsBySide) -> None:
    """Name the splits above the plot if there are several."""
    if len(figures) > 1:
        axes.legend(
            loc="lower right", bbox_to_anchor=(1, 1), ncols=3, borderaxespad=0.3, handlelength=0.9, handleheight=0.9
        )


def _by_label(figures: StatisticsBySide, tagset: Tagset) -> Figure:
    """Draw a bar for each label, the most frequent one on top, stacked by split, with its total."""
    total = combined(figures).entities
    order = sorted(total, key=lambda name: (-total[name], name))
    shown, rest = order[:_MOST], order[_MOST:]
    rows: list[tuple[str, str, Sequence[str]]] = []
    for name in shown:
        label = tagset.find(name)
        arabic = label.names.get("ar", "") if label else ""
        rows.append((name, arabic if arabic != name else "", [name]))
    if rest:
        rows.append((pluralise(len(rest), "other"), "", rest))
    page, axes = _page(1.3 + 0.34 * len(rows), "Entities by label")
    places = range(len(rows))
    ends = [0] * len(rows)
    for side, each in figures.items():
        counts = [sum(each.entities[name] for name in names) for _, _, names in rows]
        axes.barh(places, counts, 0.62, left=ends, color=_SIDES[side], label=side.value)
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    for place, end in zip(places, ends, strict=True):
        axes.annotate(f"{end:,}", (end, place), (5, 0), va="center_baseline", **_NUMBER)
    # A left-to-right mark makes the whole line left-to-right, so that the ids form a column next to the bars.
    names = [f"\u200e{arabic}    {name}" if arabic else name for name, arabic, _ in rows]
    axes.set_yticks(places, names, color=_INK, va="center_baseline")
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.set_xlim(0, max(ends) * 1.09)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    _thousands(axes.xaxis)
    axes.grid(axis="x")
    _legend(axes, figures)
    return page


def _by_length(figures: StatisticsBySide) -> Figure:
    """Draw a bar for each span length in tokens, with its share of all entities."""
    page, axes = _page(3.4, "Entities by length in tokens")
    lengths = combined(figures).lengths
    last = min(_LONGEST, max(lengths))
    names = [str(n) for n in range(1, last + 1)]
    if max(lengths) > last:
        names[-1] += "+"
    ends = [0] * last
    for side, each in figures.items():
        counts = [
            sum(count for length, count in each.lengths.items() if min(length, last) == n) for n in range(1, last + 1)
        ]
        axes.bar(range(last), counts, 0.62, bottom=ends, color=_SIDES[side], label=side.value)
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    for place, end in enumerate(ends):
        share = f"{end / lengths.total():.0%}" if end * 100 >= lengths.total() or not end else "<1%"
        axes.annotate(share, (place, end), (0, 4), ha="center", **_NUMBER)
    axes.set_xticks(range(last), names)
    axes.set_ylim(0, max(ends) * 1.12)
    _finish_vertical(axes, figures)
    return page


def _by_date(figures: StatisticsBySide) -> Figure:
    """Draw a bar for each day, month or year, whichever gives few enough bars."""
    counts = documents_by_period(figures)
    page, axes = _page(3.4, f"Documents by {({10: 'day', 7: 'month', 4: 'year'})[len(next(iter(counts)))]}")
    ends = [0] * len(counts)
    for side in figures:
        heights = [each[side] for each in counts.values()]
        axes.bar(range(len(counts)), heights, 0.72, bottom=ends, color=_SIDES[side], label=side.value)
        ends = [end + height for end, height in zip(ends, heights, strict=True)]
    step = -(-len(counts) // _TICKS)
    axes.set_xticks(range(0, len(counts), step), list(counts)[::step])
    axes.set_xlim(-max(0.6, (5 - len(counts)) / 2), len(counts) - 1 + max(0.6, (5 - len(counts)) / 2))
    undated = combined(figures).undated
    if undated:
        axes.set_xlabel(f"not shown: {pluralise(undated, 'document')} without a date", loc="left")
    axes.set_ylim(0, max(ends) * 1.12)
    _finish_vertical(axes, figures)
    return page


def _finish_vertical(axes: Axes, figures: StatisticsBySide) -> None:
    """Set axis, grid and legend of a plot with vertical bars."""
    axes.spines["left"].set_visible(False)
    _thousands(axes.yaxis)
    axes.grid(axis="y")
    _legend(axes, figures)


def _thousands(axis: Any) -> None:
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axis.set_major_locator(MaxNLocator(6, integer=True))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
