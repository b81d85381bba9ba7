"""Measure how much a screen shows and how well labels differ: python -m tests.benchmarks.reading

Prints, for the seed article, the lines on a screen and the screens of the article at each density, and for each bundled
tagset and theme the smallest difference (CIEDE2000) of two labels and the smallest contrast of text, by vision.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.domain.model.document import Document, document_id
from annotator.domain.tagset.colour_science import VISIONS, difference, lab
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.text.page.regions import find_regions
from annotator.text.tokenizer import tokenize
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.label_style import LabelStyle
from annotator.ui.base.palette import LabelColours, PagePalette, contrast
from annotator.ui.base.theme import THEMES
from annotator.ui.base.typography import Density, PageStyle, TagMode

ARTICLE_SIZES = {(1440, 900): (780, 789), (1280, 720): (676, 609)}
"""The size of the article in a window of some size, as measured in the window with its menu, header and status line."""
PARTS = ("wash", "fill", "band", "stroke", "ink")


@dataclass(frozen=True, slots=True)
class Screens:
    """How many whole lines the first screen shows, and how many screens the article is long."""

    lines: int
    screens: float


def seed_article(corpora: Path) -> str:
    """Return the text of the seed article."""
    return next((corpora / "seed").glob("*.txt")).read_text(encoding="utf-8")


def count_screens(view: ArticleView) -> Screens:
    """Measure the article that a view shows."""
    page, height = view.scene.page, view.viewport().height()
    page.shape_between(0, float("inf"))
    bottoms = [
        page.top(index) + (line + 1) * page.shape(index).style.pitch
        for index in range(len(page.blocks))
        for line in range(page.shape(index).line_count)
    ]
    return Screens(sum(bottom <= height for bottom in bottoms), page.height / height)


def smallest_difference(colours: dict[str, str], vision: str) -> tuple[float, str, str]:
    """Return the smallest difference of two labels' colours, and the labels."""
    seen = {label: lab(colour, vision) for label, colour in colours.items()}
    return min((difference(seen[one], seen[other]), one, other) for one, other in combinations(seen, 2))


def tagset_colours(tagset: str, palette: PagePalette) -> dict[str, LabelColours]:
    """Return the colours of each label of a bundled tagset on the page."""
    loaded = load_tagset(tagset)
    style = LabelStyle(loaded, "en", palette, PageStyle())
    return {label.id: style.colours(label.id) for label in loaded.labels}


def _print_screens(corpora: Path) -> None:
    text = seed_article(corpora)
    view = ArticleView()
    for window, size in ARTICLE_SIZES.items():
        view.resize(*size)
        view.set_document(Document(document_id(text), text, regions=tuple(find_regions(text))), tokenize(text))
        view.show()
        for density in Density:
            for tags in TagMode:
                view.set_spacing(density, tags)
                found = count_screens(view)
                shown = f"{found.lines:3} lines, {found.screens:4.2f} screens"
                print(f"{window[0]}x{window[1]}  {density:12} {tags:6} {shown}")


def _print_colours() -> None:
    for tagset in list_tagsets():
        for theme in THEMES.values():
            palette = PagePalette.of(theme)
            colours = tagset_colours(tagset, palette)
            for part in PARTS:
                named = {label: getattr(each, part).name() for label, each in colours.items()}
                found = "  ".join(f"{v[:6]} {smallest_difference(named, v)[0]:4.1f}" for v in VISIONS)
                least = min(contrast(palette.text, getattr(each, part)) for each in colours.values())
                print(f"{tagset:9} {theme.name:15} {part:7} {found}" + f"  text {least:4.1f}" * (part in PARTS[:2]))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv)
    seed = Path(__file__).resolve().parents[3] / "shared" / "corpora"
    if seed.is_dir():
        _print_screens(seed)
    _print_colours()
