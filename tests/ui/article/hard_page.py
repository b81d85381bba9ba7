"""A page of all that is hard to set: three levels of spans, crossing ones, spans over lines, odd characters."""

from __future__ import annotations

from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.session import ReviewItem

TITLE = "وزيرُ الدفاعِ العراقيُّ يبحث في أربيل مع قيادة الجيش الأردني أمن الحدود"
DATE = "الخميس 17 ابريل 2020 - الساعة 14:35"
CAPTION = "جنود من قوات حرس الحدود العراقية قرب معبر طريبيل على الحدود مع الأردن (الأناضول)"
BODY = (
    "التقى وزير الدفاع العراقي جمعة عناد في مقر قيادة قوات حرس الحدود بمحافظة أربيل في إقليم كردستان العراق رئيسَ أركان "
    "الجيش الأردني يوسف الحنيطي، وبحث معه ملفات أمن الحدود وتبادل المعلومات بين البلدين، وفق بيان لوزارة الدفاع.",
    'وقالت BBC إن طائرة F-16 حلّقت في 17/4/2020 فوق كركوك، بغداد، البصرة؛ وإن 1,250 عنصراً (12.5%) من تنظيم "داعش" '
    "انسحبوا عند الساعة 03:45 بتوقيت غرينتش.",
    "قَالَ المُتَحَدِّثُ بِاسْمِ الحُكُومَةِ: «لأنّ الأمنَ لا يَتَجَزَّأ، فلا بدّ من التعـــاون الكامـــل» 😀👩\u200d👧 "
    "مع بيروت\u200f، ومحمد\u200cعلي (Reuters)\u00a0– ق و ك.",
)
DEBRIS = "اقرأ أيضاً: مقتل 5 جنود في هجوم بسيناء | شارك الخبر على فيسبوك"
LAST = "وفي سياق متصل، أعلنت قيادة العمليات المشتركة أن القوات الأمنية اعتقلت قيادياً في ناحية الرياض جنوب غربي كركوك."
TEXT = "\n".join((TITLE, "", DATE, CAPTION, *BODY, DEBRIS, LAST))

CONFIRMED = {
    "قيادة قوات حرس الحدود بمحافظة أربيل في إقليم كردستان العراق": "FORCE",
    "محافظة أربيل في إقليم كردستان العراق": "LOC",
    "كردستان العراق": "LOC",
    "جمعة عناد": "PERS",
    "رئيسَ أركان الجيش الأردني": "TITLE",
    "الجيش الأردني يوسف": "FORCE",
    "يوسف الحنيطي": "PERS",
    "قوات حرس الحدود العراقية": "FORCE",
    "العراقية": "LOC",
    "BBC": "MEDIA",
    "F-16": "WEAPON",
    "17/4/2020": "DATE",
    "كركوك": "LOC",
    "البصرة": "LOC",
    "الحُكُومَةِ": "ORG",
    "القوات الأمنية اعتقلت": "FORCE",
    "الأمنية اعتقلت قيادياً": "ATTACK",
    "جن": "LOC",
    "وب": "FAC",
}
SUGGESTED = {
    "وزيرُ الدفاعِ": "TITLE",
    "الجيش الأردني": "FORCE",
    "17 ابريل 2020": "DATE",
    "الحدود مع الأردن": "LOC",
    "الأردن": "LOC",
    "بغداد": "LOC",
    "داعش": "ARMED",
    "بيروت": "LOC",
    "محمد\u200cعلي": "PERS",
    "Reuters": "MEDIA",
    "لأنّ الأمن": "ORG",
    "يَتَجَزَّأ": "ORG",
    "مقتل 5 جنود": "CASUALTY",
    "قيادة العمليات المشتركة": "FORCE",
    "اعتقلت قيادياً في": "CASUALTY",
    "ناحية الرياض": "LOC",
    "ق": "LOC",
}
_BEFORE = {"ق": "– ", "جن": "الرياض ", "وب": "جن"}


def span_of(words: str) -> Span:
    """Return the place of some words; of short ones not the first, which lies within a longer word."""
    at = TEXT.index(_BEFORE.get(words, "") + words) + len(_BEFORE.get(words, ""))
    return Span(at, at + len(words))


def hard_document() -> Document:
    """Return the article with its regions."""
    kinds = {TITLE: RegionKind.TITLE, DATE: RegionKind.DATE, CAPTION: RegionKind.CAPTION, DEBRIS: RegionKind.DEBRIS}
    regions = tuple(Region(span_of(words), kind) for words, kind in kinds.items())
    return Document(document_id(TEXT), TEXT, title=TITLE, regions=regions)


def hard_items() -> list[ReviewItem]:
    """Return its annotations and suggestions in their order; one suggestion was skipped."""
    items = [
        ReviewItem(span_of(words), label, is_suggestion=False, key=f"a{words}") for words, label in CONFIRMED.items()
    ]
    items += [
        ReviewItem(span_of(words), label, is_suggestion=True, key=f"s{words}", score=0.9, skipped=words == "داعش")
        for words, label in SUGGESTED.items()
    ]
    return sorted(items, key=ReviewItem.order)
