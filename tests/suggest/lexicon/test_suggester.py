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


def found(text: str) -> dict[str, str]:
    """Return what the bundled lexicons find in a text: label by surface."""
    suggester = create(SuggesterContext(load_tagset("security")))
    return {one.span.of(text): one.label for one in suggester.suggest(text)}


@pytest.mark.parametrize(
    "text",
    [
        "وتواصل الدول العمل مع السعودية لتأمين الممر",
        "غادر الوفد بغداد إلى السعودية",
        "أعلنت السعودية إغلاق المنفذ",
        "زار الرئيس السعودية مطلع الشهر",
        "وقعت حادثة جنوب السعودية",
        "ورحبت مصر والسعودية بالبيان",
        "وصلت الشحنة بالسعودية",
        "السعودية ترحب بالقرار",
    ],
)
def test_a_country_after_a_verb_or_preposition_is_a_place(text: str) -> None:
    assert found(text)["السعودية"] == "LOC"


@pytest.mark.parametrize(
    "text", ["على الأراضي السعودية", "نقلت صحيفة عكاظ السعودية عن مصدر", "العلاقات المصرية والسعودية", "الصحف السعودية"]
)
def test_a_country_after_a_noun_that_it_agrees_with_is_a_nationality(text: str) -> None:
    assert found(text)["السعودية"] == "NAT"


def test_a_nationality_inside_a_longer_name_is_part_of_it() -> None:
    assert found("تجمعوا أمام القنصلية الأمريكية صباحا") == {"القنصلية الأمريكية": "FAC"}
    assert found("وأكدت السفارة الأمريكية ذلك") == {"السفارة الأمريكية": "ORG"}


def test_a_list_supports_its_names_from_both_sides() -> None:
    assert found("بين صلاح الدين وديالى ونينوى") == {"صلاح الدين": "LOC", "ديالى": "LOC", "نينوى": "LOC"}
    assert found("في لحج وذمار وإب") == {"لحج": "LOC", "ذمار": "LOC", "إب": "LOC"}
    assert "صلاح الدين" not in found("ولد القائد صلاح الدين عام 1138")


def test_two_letters_are_a_place_only_after_a_word_of_kind_or_in_a_list() -> None:
    assert found("سيطرت على محافظة إب") == {"إب": "LOC"}
    assert found("وإب كل هذا") == {}


@pytest.mark.parametrize(
    "text", ["وقال لـ«الرياض» إن الحملة مستمرة", 'ونشرت صحيفة "الرياض" الخبر', "أبلغ «الرياض» بذلك"]
)
def test_a_newspaper_in_quotation_marks_is_no_city(text: str) -> None:
    assert found(text)["الرياض"] == "MEDIA"


def test_a_newspaper_named_like_a_word_needs_quotation_marks() -> None:
    assert found("دفاعا عن الوطن والحياة") == {}
    assert found("نقلت صحيفة الوطن عن مصدر") == {"صحيفة الوطن": "MEDIA"}
    assert found("وصل إلى الرياض") == {"الرياض": "LOC"}


def test_a_party_is_no_armed_group_and_the_resistance_in_yemen_is_one() -> None:
    assert found("أصدر تيار المستقبل بيانا") == {"تيار المستقبل": "ORG"}
    assert found("تقدمت المقاومة الشعبية في تعز") == {"المقاومة الشعبية": "ARMED", "تعز": "LOC"}


def test_a_phrase_that_holds_a_name_is_none() -> None:
    assert found("محاولة النيل من الاستقرار") == {}
    assert found("على ضفاف النيل") == {"النيل": "LOC"}


def test_a_town_named_like_a_word_needs_a_word_of_kind() -> None:
    assert found("وصلت التعزيزات إلى بلدة الراعي") == {"الراعي": "LOC"}
    assert found("قال الراعي إن الغنم ضاعت") == {}


def test_a_name_listed_with_its_article_is_not_read_without_it() -> None:
    entries = (Entry("القناص", "LOC", 0.9, AMBIGUOUS), Entry("قناص", "WEAPON", 0.9))
    assert suggested("شمال القناص", entries=entries) == [("القناص", "LOC", 0.9)]
    assert suggested("أصاب القناص", entries=entries) == [("القناص", "WEAPON", 0.9)]
