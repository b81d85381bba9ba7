"""The bundled names in a text, in the tagset's labels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, Region, RegionKind
from annotator.domain.model.span import Span
from annotator.errors import ResourceError
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.lexicon.suggester import Entry, LexiconSuggester, create, read_lexicon
from annotator.suggest.registry import SuggesterContext

AMBIGUOUS = frozenset(("ambiguous",))
ENTRIES = (
    Entry("بغداد", "LOC", 0.95),
    Entry("محافظة بغداد", "LOC", 0.97),
    Entry("تنظيم داعش", "ARMED", 0.95),
    Entry("صاروخ", "WEAPON", 0.9),
    Entry("العراقية", "NAT", 0.8),
    Entry("حديثة", "LOC", 0.5, AMBIGUOUS),
    Entry("دجلة", "LOC", 0.9, frozenset(("nature",))),
    Entry("الحياة", "MEDIA", 0.4, AMBIGUOUS),
)


def suggested(text: str, tagset: str = "security", entries: Iterable[Entry] = ENTRIES) -> list[tuple[str, str, float]]:
    suggester = LexiconSuggester(entries, "1", load_tagset(tagset))
    ((name, suggestions),) = suggester.suggest_many([Document("d", text)])
    assert name == "d"
    assert all(one.suggester == "lexicon" and one.version == "1" for one in suggestions)
    return [(one.span.of(text), one.label, one.score) for one in suggestions]


def test_the_longest_name_with_its_score() -> None:
    assert suggested("في محافظة بغداد وبغداد") == [("محافظة بغداد", "LOC", 0.97), ("بغداد", "LOC", 0.855)]


def test_common_nouns_take_the_article_along() -> None:
    assert suggested("أصاب الصاروخ") == [("الصاروخ", "WEAPON", 0.9)]


@pytest.mark.parametrize(
    "text", ["في مدينة حديثة", "سيطرت على قضاء حديثة", "بغداد وحديثة", "بغداد، حديثة", "ومدينة حديثة"]
)
def test_an_ambiguous_name_with_something_that_speaks_for_it(text: str) -> None:
    assert ("حديثة", "LOC") in [(surface, label) for surface, label, _ in suggested(text)]


@pytest.mark.parametrize(
    "text", ["أسلحة حديثة", "حديثة", "مدينة كبيرة جدا حديثة", "مدينة\nحديثة", "بغداد مدينة جميلة: حديثة"]
)
def test_an_ambiguous_name_with_nothing_that_speaks_for_it(text: str) -> None:
    assert "حديثة" not in [surface for surface, _, _ in suggested(text)]


def test_context_speaks_for_one_class_only() -> None:
    assert suggested('صحيفة "الحياة"')[0][:2] == ("الحياة", "MEDIA")
    assert suggested("صحيفة الحياة") == [("الحياة", "MEDIA", 0.4)]
    assert suggested("مدينة الحياة") == []


def test_a_name_with_two_readings_follows_the_words_around() -> None:
    entries = (Entry("السعودية", "LOC", 0.9, AMBIGUOUS), Entry("السعودية", "NAT", 0.8), Entry("مصر", "LOC", 0.9))
    assert suggested("في السعودية", entries=entries) == [("السعودية", "LOC", 0.9)]
    assert suggested("مصر والسعودية", entries=entries)[1] == ("السعودية", "LOC", 0.81)
    assert suggested("الحكومة السعودية", entries=entries) == [("السعودية", "NAT", 0.8)]


def test_debris_gets_nothing() -> None:
    suggester = LexiconSuggester(ENTRIES, "1", load_tagset("security"))
    text = "بغداد\nالمساهمون بغداد"
    dirty = Document("d", text, regions=(Region(Span(6, len(text)), RegionKind.DEBRIS),))
    ((_, suggestions),) = suggester.suggest_many([dirty])
    assert [one.span for one in suggestions] == [Span(0, 5)]


def test_labels_are_the_tagsets() -> None:
    text = "تنظيم داعش في بغداد، الصاروخ، العراقية"
    assert [label for _, label, _ in suggested(text, "camel")] == ["ORG", "LOC"]
    assert [label for _, label, _ in suggested(text, "wojood")] == ["ORG", "GPE", "PRODUCT", "NORP"]
    assert [label for _, label, _ in suggested("دجلة", "wojood")] == ["LOC"]


def test_a_nested_tagset_gets_the_name_inside_too() -> None:
    assert load_tagset("wojood").nested
    assert [surface for surface, _, _ in suggested("محافظة بغداد", "wojood")] == ["محافظة بغداد", "بغداد"]


def test_offsets_hold_behind_harakat_and_emoji() -> None:
    assert suggested("😀 قُرْبَ بَغْـــدادَ.")[0][0] == "بَغْـــدادَ"


def test_the_bundled_lexicons_are_read() -> None:
    suggester = create(SuggesterContext(load_tagset("security")))
    text = "سيطرت القوات العراقية على محافظة ديالى وقصفت طائرات إف-16 مواقع تنظيم داعش، بحسب وكالة رويترز."
    found = {(one.span.of(text), one.label) for one in suggester.suggest(text)}
    assert {("القوات العراقية", "FORCE"), ("تنظيم داعش", "ARMED")} <= found
    assert suggester.version.count("+") == 1


@pytest.mark.parametrize(
    "line", ["بغداد", "بغداد\tLOC", "بغداد\tLOC\tsure", "بغداد\tLOC\t1.5", "ـ\tLOC\t0.5", "بغداد\t\t0.5"]
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"# surface\tlabel\tscore\tflags\n\nالموصل\tLOC\t0.9\tambiguous\n{line}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"Line 4 of the lexicon .*own\.tsv is malformed"):
        list(read_lexicon(path))


def test_flags_may_be_many_or_none(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("أ\tLOC\t0.9\tambiguous,old\nب\tLOC\t1\n", encoding="utf-8")
    assert [entry.flags for entry in read_lexicon(path)] == [{"ambiguous", "old"}, frozenset()]
