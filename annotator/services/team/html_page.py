"""Build web pages for reports: one file without scripts, images or references to other files.

Every text is escaped, and runs in the direction of its own first letter, because names and labels may be Arabic or
English. Plots are inline SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

Interval = tuple[float | None, float | None, float | None]
"""A value and the ends of its interval; None for what is undefined."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2933; --soft: #5f6b76; --line: #d5dbe1; --fill: #33658a; --back: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ed; --soft: #a3adb8; --line: #3b4651; --fill: #7fb2d9; --back: #171c21; }
}
body { font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans Arabic", sans-serif; color: var(--ink);
  background: var(--back); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } p { max-width: 46rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: left; }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.quiet { color: var(--soft); }
svg { display: block; }
"""
_WIDTH, _HEIGHT, _MARGIN = 260, 18, 8
_FIGURES = re.compile(r"(?:[-–0-9.,/() ]|to)+")
"""A figure with or without its interval, or several."""


def html_page(title: str, sections: Iterable[str]) -> str:
    """Return a whole page of sections, which are HTML already."""
    body = "\n".join(sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        # Nothing in the page may load or run anything, even if a text were not escaped.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{escape(title)}</h1>\n{body}\n</body>\n</html>\n'
    )


def heading(text: str) -> str:
    """Return a heading of a section."""
    return f'<h2 dir="auto">{escape(text)}</h2>'


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f'<p dir="auto">{escape(text)}</p>'


def table(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """Return a table. Texts are escaped; whole numbers get separators, other numbers three decimal places."""
    lines = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    columns = "".join(f'<th dir="auto">{escape(name)}</th>' for name in head)
    return f'<div class="wide"><table>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table></div>'


def interval_plot(rows: Iterable[tuple[str, Interval]], lowest: float = 0.0, highest: float = 1.0) -> str:
    """Return a plot of values with intervals, one below the other, each with its name and its number."""
    lines = []
    for name, values in rows:
        drawing = f"<td>{_interval(values, lowest, highest)}</td>"
        lines.append(f'<tr><td dir="auto">{escape(name)}</td>{drawing}{_cell(interval_text(values))}</tr>')
    scale = "".join(
        f'<text x="{_x(at):.1f}" y="12" text-anchor="middle" font-size="11" '
        f'fill="var(--soft)">{lowest + (highest - lowest) * at:.1f}</text>'
        for at in (0.0, 0.5, 1.0)
    )
    foot = f'<tr><td></td><td><svg width="{_WIDTH}" height="16" aria-hidden="true">{scale}</svg></td><td></td></tr>'
    return f'<table class="plot" dir="ltr">\n{"".join(lines)}\n{foot}\n</table>'


def heat_table(head: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]) -> str:
    """Return a table of counts in which a cell is the darker the more it holds. head has the names of the columns."""
    body = list(rows)
    most = max((count for _, counts in body for count in counts), default=0)
    columns = "".join(f'<th dir="auto" class="number">{escape(name)}</th>' for name in head)
    lines = []
    for name, counts in body:
        cells = []
        for count in counts:
            shade = f"color-mix(in srgb, var(--fill) {count * 60 // most if most else 0}%, transparent)"
            cells.append(f'<td class="number" style="background: {shade}">{count:,}</td>')
        lines.append(f'<tr><th dir="auto">{escape(name)}</th>{"".join(cells)}</tr>')
    return f'<div class="wide"><table>\n<tr><th></th>{columns}</tr>\n{"".join(lines)}\n</table></div>'


def interval_text(values: Interval) -> str:
    """Return a value with its interval: "0.812 (0.790-0.834)", or "-" if it is undefined."""
    value, low, high = values
    if value is None:
        return "-"
    if low is None or high is None:
        return f"{value:.3f}"
    return f"{value:.3f} ({low:.3f}{' to ' if low < 0 else '–'}{high:.3f})"


def _cell(value: str | float | None) -> str:
    if isinstance(value, str) and _FIGURES.fullmatch(value):
        return f'<td class="number">{escape(value)}</td>'
    if isinstance(value, str):
        return f'<td dir="auto">{escape(value)}</td>'
    shown = "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
    return f'<td class="number">{shown}</td>'


def _x(share: float) -> float:
    """Return where a share of the scale is, in pixels."""
    return _MARGIN + (_WIDTH - 2 * _MARGIN) * min(1.0, max(0.0, share))


def _interval(values: Interval, lowest: float, highest: float) -> str:
    value, low, high = values
    middle = _HEIGHT / 2
    parts = [
        f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{middle}" y2="{middle}" stroke="var(--line)"/>',
    ]

    def x(at: float) -> float:
        return _x((at - lowest) / (highest - lowest))

    if low is not None and high is not None:
        parts.append(
            f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{middle}" y2="{middle}" stroke="var(--fill)" '
            'stroke-width="4" stroke-linecap="round" opacity=".55"/>'
        )
    if value is not None:
        parts.append(f'<circle cx="{x(value):.1f}" cy="{middle}" r="5" fill="var(--fill)"/>')
    return f'<svg width="{_WIDTH}" height="{_HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'
