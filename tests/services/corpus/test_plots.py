"""The plots: which there are, the same bytes again whatever the user's settings, letters as outlines, or why not."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.services.corpus import plots
from annotator.services.corpus.plots import DATES, LABELS, LENGTHS, can_draw, draw_plots
from annotator.storage.tables.tagsets import load_tagset

TAGSET = load_tagset("security")


def figures(labels: int = 15) -> dict[Side, CorpusStatistics]:
    """Return the figures of three sides, with labels that need care: one is not the tagset's, one is mathematics."""
    names = [*(label.id for label in TAGSET.labels), "$\\frac$", *(f"L{n}" for n in range(50))][:labels]
    return {
        side: CorpusStatistics(
            documents=30,
            entities=Counter({name: part * (n + 1) for n, name in enumerate(names)}),
            lengths=Counter({1: 90 * part, 2: 30 * part, 17: 1}),
            days=Counter({datetime.date(2020, 4, day): part for day in range(1, 20)}),
        )
        for side, part in zip(Side, (8, 1, 1), strict=True)
    }


@pytest.fixture(autouse=True)
def _drawing() -> None:
    """Skip where matplotlib is not installed."""
    if not can_draw():
        pytest.skip("matplotlib 3.11 is optional and not installed")


def test_each_plot_is_drawn_as_png_and_svg(tmp_path: Path) -> None:
    drawn = draw_plots(figures(), TAGSET, tmp_path)
    assert list(drawn) == [LABELS, LENGTHS, DATES]
    assert {path.name for path in tmp_path.iterdir()} == {f"{stem}.{kind}" for stem in drawn for kind in ("png", "svg")}
    for stem in drawn:
        assert (tmp_path / f"{stem}.png").read_bytes().startswith(b"\x89PNG")
        svg = (tmp_path / f"{stem}.svg").read_text("utf-8")
        assert "<text" not in svg, "letters are outlines, so that they look alike everywhere"
        assert "<dc:date>" not in svg
        assert "matplotlib.org/" not in svg.replace("https://matplotlib.org/ ", ""), "no version of the program"


def test_the_same_figures_give_the_same_bytes_whatever_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import matplotlib

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    draw_plots(figures(), TAGSET, tmp_path / "one")
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black", "svg.hashsalt": "x", "text.usetex": True}):
        draw_plots(figures(), TAGSET, tmp_path / "two")
        assert matplotlib.rcParams["font.size"] == 30, "the settings of who calls are left as they were"
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    # Two letters that join make other outlines than the two of them apart.
    joined, apart = tmp_path / "joined", tmp_path / "apart"
    for folder, arabic in ((joined, "بب"), (apart, "ب\u200cب")):
        folder.mkdir()
        tagset = type(TAGSET)("t", (type(TAGSET.labels[0])("X", {"ar": arabic}, {}),))
        draw_plots({Side.TRAIN: CorpusStatistics(entities=Counter(X=1), lengths=Counter({1: 1}))}, tagset, folder)
    assert (joined / "labels.svg").read_bytes() != (apart / "labels.svg").read_bytes()


def test_nothing_is_drawn_of_nothing(tmp_path: Path) -> None:
    assert draw_plots({Side.TRAIN: CorpusStatistics(documents=3)}, TAGSET, tmp_path) == {}
    assert list(draw_plots(figures(60), TAGSET, tmp_path)) == [LABELS, LENGTHS, DATES]


def test_an_older_matplotlib_will_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    monkeypatch.setattr(matplotlib, "__version__", "3.10.8")
    assert not can_draw()
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    assert not can_draw()
