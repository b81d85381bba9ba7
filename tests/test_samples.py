"""The sample articles look like copied news pages, and the gold annotations of two of them fit their text."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.model.document import RegionKind
from annotator.domain.model.span import Span
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.page.regions import find_regions

DATES = {
    "01-iraq-hamrin": "2025-03-12",
    "02-syria-shaddadi": "2023-10-03",
    "03-yemen-mines": "2024-11-28",
    "04-libya-zawiya": "2025-07-09",
    "05-sudan-fasher": "2024-08-17",
    "06-lebanon-hermel": "2026-02-05",
    "07-egypt-sinai": "2022-10-08",
    "08-mali-gao": "2024-06-11",
    "09-redsea-tanker": "2024-02-19",
    "10-jordan-cyber": "2025-12-02",
    "11-tunisia-trial": "2023-05-30",
}
GOLD = Path(__file__).parent / "data" / "gold"
FEATURES = {
    "no-break space": "\u00a0",
    "harakat": "[\u064b-\u0652]",
    "quote inside a quote": r'"[^"\n]*\([^)"\n]*\)[^"\n]*"',
    "guillemets": "«[^»]*»",
    "Arabic-Indic digits": "[٠-٩]{2}",
    "clitic on a name": "وديالى",
    "clitic on a name with its article": 'لـ["«]العربي الجديد',
    "Latin word": r"\b[A-Z][A-Za-z]{2,}\b",
    "decimal": r"\d\.\d",
    "percentage": "[%٪]",
    "address": "https://",
    "Levantine month": "تشرين الأول|شباط|آذار",
    "Egyptian month": "نوفمبر|أغسطس|أكتوبر",
    "read also": "\nاقرأ أيضاً\n",
}


def samples() -> list[Path]:
    """Return the sample articles."""
    return sorted(resource("samples").glob("*.txt"))


def test_there_is_an_article_for_each_date() -> None:
    assert [path.stem for path in samples()] == list(DATES)


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_an_article_is_clean_text_of_a_newspaper_length(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert 250 <= len(text.split()) <= 450
    assert text.count('"') % 2 == 0
    assert text.count("«") == text.count("»")
    assert text.count("(") == text.count(")")
    assert "  " not in text
    assert not re.search(r" [،؛؟.:]|[،؛](?=[ء-ي])| \n", text)


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_an_article_has_the_anatomy_of_a_news_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    regions = find_regions(text)
    title, date, caption = (
        next(region for region in regions if region.kind is kind)
        for kind in (RegionKind.TITLE, RegionKind.DATE, RegionKind.CAPTION)
    )
    lines = text.splitlines()
    assert title.span.of(text) == lines[0]
    assert date.value == DATES[path.stem]
    assert lines[3].endswith(")")
    assert caption.span.of(text) == lines[3]
    debris = [region.span.of(text) for region in regions if region.kind is RegionKind.DEBRIS]
    assert debris[0] == "+ الخط -"
    assert debris[-1].endswith("المساهمون")


@pytest.mark.parametrize("feature", FEATURES)
def test_the_articles_bring_what_makes_news_text_hard(feature: str) -> None:
    assert any(re.search(FEATURES[feature], path.read_text(encoding="utf-8")) for path in samples())


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_gold_spans_fit_their_article_and_the_tagset(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = resource("samples", gold["sample"]).read_text(encoding="utf-8")
    tagset = load_tagset(gold["tagset"])
    spans = [Span(item["start"], item["end"]) for item in gold["spans"]]
    assert len(spans) > 40
    for span, item in zip(spans, gold["spans"], strict=True):
        assert span.of(text) == item["text"] == item["text"].strip(' "()«»،.')
        assert tagset.find(item["label"]) is not None
    assert all(one.end <= other.start for one, other in pairwise(spans))
    debris = [region.span for region in find_regions(text) if region.kind is RegionKind.DEBRIS]
    assert not any(span.overlaps(part) for span in spans for part in debris)
