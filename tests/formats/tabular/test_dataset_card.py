"""The card: what the hub reads of it, what a person reads, and that no text of the data can break it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.formats.tabular.dataset_card import DatasetCard, licence_fields, render, size_category

FILES = {side: f"data/{side}.parquet" for side in Side}
TAGSET = Tagset(
    "t",
    (Label("PERS", {"ar": "شخص", "en": "Person"}, {}, guideline={"ar": "اسم | شخص\nبعينه", "en": "A <b>name</b>"}),),
)


def card(**fields: object) -> DatasetCard:
    """Return a card with some fields."""
    figures = {
        side: CorpusStatistics(
            documents=size, annotated=size, tokens=10, entities=Counter({"PERS": size, "ODD|ONE": 1})
        )
        for side, size in zip(Side, (8, 1, 1), strict=True)
    }
    return DatasetCard(**{"name": "أخبار: # 1", "files": FILES, "figures": figures, "tagset": TAGSET} | fields)  # type: ignore[arg-type]


def head_as_yaml(path: Path) -> dict[str, Any]:
    """Return the head of a card as any reader of YAML finds it."""
    _, head, _ = path.read_text("utf-8").split("---\n", 2)
    found: dict[str, Any] = yaml.safe_load(head)
    return found


def head_by_the_hub(path: Path) -> dict[str, Any]:
    """Return the head of a card as the hub's own library finds it, or skip the test if it is not installed."""
    hub = pytest.importorskip("huggingface_hub", reason="huggingface_hub is not installed; make interop runs this test")
    found: dict[str, Any] = hub.DatasetCard.load(path).data.to_dict()
    return found


@pytest.mark.parametrize("head", [head_as_yaml, head_by_the_hub])
def test_the_hub_finds_in_the_head_what_it_looks_for(head: Callable[[Path], dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(render(card(licence="CC BY-SA 4.0")), "utf-8")
    data = head(tmp_path / "README.md")
    assert data["language"] == ["ar"]
    assert data["license"] == "cc-by-sa-4.0"
    assert data["task_categories"] == ["token-classification"]
    assert data["task_ids"] == ["named-entity-recognition"]
    assert data["size_categories"] == ["n<1K"]
    assert data["pretty_name"] == "أخبار: # 1"
    files = data["configs"][0]["data_files"]
    assert files == [
        {"split": "train", "path": "data/train.parquet"},
        {"split": "validation", "path": "data/dev.parquet"},
        {"split": "test", "path": "data/test.parquet"},
    ]


@pytest.mark.parametrize(
    ("licence", "fields"),
    [
        ("", {"license": "unknown"}),
        ("cc0-1.0", {"license": "cc0-1.0"}),
        ("CC_BY 4.0", {"license": "cc-by-4.0"}),
        ("Our Own: v2", {"license": "other", "license_name": "our-own-v2"}),
        ("رخصة", {"license": "other", "license_name": "see-below"}),
    ],
)
def test_a_licence_is_an_identifier_of_the_hub_or_another_one(licence: str, fields: dict[str, str]) -> None:
    assert licence_fields(licence) == fields
    assert yaml.safe_load(render(card(licence=licence)).split("---\n")[1]).items() >= fields.items()


def test_sizes_are_named_as_the_hub_names_them() -> None:
    sizes = [size_category(n) for n in (0, 999, 1000, 9999, 10_000, 10**6, 10**8)]
    assert sizes == ["n<1K", "n<1K", "1K<n<10K", "1K<n<10K", "10K<n<100K", "1M<n<10M", "10M<n<100M"]


def test_a_person_finds_counts_guidelines_and_names() -> None:
    text = render(card(people=[("annotator-1", "9", "12")], agreement=[("a", "b", "3", "0.800", "-")]))
    assert "| `PERS` | Person | شخص | 8 | 1 | 1 | 10 |" in text
    assert "| `ODD\\|ONE` |  |  | 1 | 1 | 1 | 3 |" in text
    assert '<p dir="rtl" lang="ar">اسم \\| شخص بعينه</p>' in text
    assert "A &lt;b&gt;name&lt;/b&gt;" in text
    assert "| annotator-1 | 9 | 12 |" in text
    assert "| a | b | 3 | 0.800 | - |" in text
    assert "No document has a date." in text


def test_pictures_stand_in_it_or_the_reason_why_not() -> None:
    assert "![Entities](plots/labels.png)" in render(card(plots={"labels": "Entities"}))
    assert "install it with" in render(card(without_plots="install it with"))


def test_a_format_that_the_library_cannot_load_is_told() -> None:
    assert "load_dataset" not in render(card(loads=False))
    text = render(card(loader={"delimiter": "\t"}, columns=["tokens", "tags"]))
    assert 'load_dataset("path/to/this/folder", column_names=["tokens", "tags"])' in text
    assert yaml.safe_load(text.split("---\n")[1])["configs"][0]["delimiter"] == "\t"


def test_of_many_sources_the_greatest_are_named() -> None:
    sources = Counter({f"s{n:02}": n for n in range(1, 41)}) | Counter({"": 7, "a|b\nc": 90})
    days = Counter({datetime.date(2020, 4, 17): 1})
    text = render(
        card(figures={Side.TRAIN: CorpusStatistics(documents=9, sources=sources, days=days)}, files={Side.TRAIN: "f"})
    )
    assert "| a\\|b c | 90 |" in text
    assert "| s40 | 40 |" in text
    assert "| s11 |" not in text
    assert "| 11 others | 66 |" in text
    assert "| no source given | 7 |" in text
    assert "Dates: 2020-04-17 to 2020-04-17; 8 documents without a date." in text
