"""News anatomy: what is found on a page, and what is left alone."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import RegionKind
from annotator.text.characters import BLANK, INVISIBLE
from annotator.text.page import debris as rules
from annotator.text.page.regions import _lines, find_regions
from tests.text.strategies import any_texts

BODY = (
    "أعلنت قيادة شرطة المحافظة، اليوم الجمعة، أن قوة مشتركة أوقفت ثلاثة مشتبه بهم عند حاجز أمني شمال المدينة، "
    "وضبطت في سيارتهم أسلحة خفيفة وذخائر. وأضافت أن التحقيق مستمر."
)


def found(text: str, title: str = "") -> list[tuple[str, str, str]]:
    return [(r.kind.value, r.span.of(text), r.value) for r in find_regions(text, title)]


def debris(text: str) -> list[str]:
    return [r.span.of(text) for r in find_regions(text) if r.kind is RegionKind.DEBRIS]


@given(any_texts)
def test_regions_are_ordered_apart_and_begin_and_end_with_something_to_see(text: str) -> None:
    regions = find_regions(text)
    for region in regions:
        shown = region.span.of(text)
        assert shown and not shown[0].isspace() and not shown[-1].isspace()
    for before, after in pairwise(regions):
        assert before.span.end <= after.span.start


def test_a_whole_page() -> None:
    page = "\n".join(
        (
            "الشرطة توقف ثلاثة مشتبه بهم شمال المدينة",
            "",
            "١٧ نيسان/أبريل ٢٠٢٠",
            "حاجز أمني عند مدخل المدينة(سامر حداد/الأناضول)",
            "+ الخط -",
            BODY,
            "اقرأ أيضاً: انفجار يهز سوق المدينة القديمة",
            BODY,
            "المساهمون",
        )
    )
    assert found(page) == [
        ("title", "الشرطة توقف ثلاثة مشتبه بهم شمال المدينة", ""),
        ("date", "١٧ نيسان/أبريل ٢٠٢٠", "2020-04-17"),
        ("caption", "حاجز أمني عند مدخل المدينة(سامر حداد/الأناضول)", ""),
        ("debris", "+ الخط -", ""),
        ("debris", "اقرأ أيضاً: انفجار يهز سوق المدينة القديمة", ""),
        ("debris", "المساهمون", ""),
    ]


def test_the_article_this_project_started_from(corpora: Path) -> None:
    text = next((corpora / "seed").glob("*.txt")).read_text("utf-8")
    kinds = [(kind, value) for kind, _, value in found(text)]
    assert kinds == [("title", ""), ("date", "2020-04-17"), ("caption", ""), ("debris", ""), ("debris", "")]
    assert debris(text) == ["+ الخط -", "المساهمون"]


@pytest.mark.parametrize(
    "line",
    [
        "+ الخط -",
        "- الخط +",
        "شارك",
        "شارك الخبر",
        "مشاركة عبر فيسبوك",
        "شارك هذا المقال على تويتر",
        "فيسبوك تويتر واتساب",
        "Facebook | Twitter | WhatsApp | Email",
        "طباعة",
        "نسخ الرابط",
        "اقرأ أيضاً",
        "إقرأ أيضًا: مقتل عنصرين في كمين",
        "شاهد أيضاً | صور من الموقع",
        "تابعنا على تيليغرام",
        "المزيد في سياسة",
        "المزيد...",
        "تحديث مباشر",
        "الكلمات المفتاحية: العراق، كركوك",
        "سمات: العراق كركوك",
        "رابط الخبر بصحيفة المدى: انفجار",
        "أضف تعليقك",
        "جميع الحقوق محفوظة © 2020",
        "مقالات أخرى للكاتب",
    ],
)
def test_buttons_links_and_tags_are_debris(line: str) -> None:
    assert debris(f"{BODY}\n {line}\u200f \n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "شارك الوزير في افتتاح المؤتمر",
        "شارك في العملية لواءان",
        "تابعنا على مدى أيام ما جرى في المدينة",
        "المساهمون في الشركة يجتمعون غداً",
        "المساهمون",
        "فيسبوك",
        "فيسبوك تحذف حسابات التنظيم",
        "من سمات التنظيم سرعة الحركة",
        "سمات المرحلة المقبلة",
        "المزيد من القوات وصل إلى المدينة أمس",
        "اقرأ باسم ربك",
        "طباعة المنشورات كانت تجري في قبو",
        "الخط الأحمر",
        "إعلان حالة الطوارئ",
        "88591 قتيلاً",
        "التعليقات التي نشرها الحساب حذفت لاحقاً",
    ],
)
def test_what_somebody_wrote_is_not_debris(line: str) -> None:
    assert debris(f"{BODY}\n{line}\n{BODY}\n{BODY}") == []


def test_a_single_button_counts_only_in_a_column_of_them() -> None:
    assert debris(f"{BODY}\nشارك\nفيسبوك\nتويتر\n{BODY}") == ["شارك", "فيسبوك", "تويتر"]
    assert debris(f"{BODY}\nفيسبوك\nتويتر\nنسخ الرابط\n{BODY}") == ["فيسبوك", "تويتر", "نسخ الرابط"]


def test_the_headline_behind_a_bare_read_also_is_debris_and_the_next_paragraph_is_not() -> None:
    headline = "نازحو المدينة... عودة مؤجّلة إلى قرى بلا ماء"
    assert debris(f"{BODY}\nاقرأ أيضاً\n{headline}\n{BODY}") == ["اقرأ أيضاً", headline]
    assert debris(f"{BODY}\nاقرأ أيضاً:\n{BODY}") == ["اقرأ أيضاً:"]
    assert debris(f"{BODY}\nاقرأ أيضاً\n\n{headline}\n{BODY}") == ["اقرأ أيضاً"]
    assert debris(f"{BODY}\nاقرأ أيضاً: انفجار\n{headline}\n{BODY}") == ["اقرأ أيضاً: انفجار"]


def test_tags_behind_the_last_sentence_are_debris_and_the_sentence_is_not() -> None:
    assert debris(f"{BODY} سمات العراق كركوك داعش ") == ["سمات العراق كركوك داعش"]
    assert debris(f"{BODY} سمات العراق كركوك داعش \n{BODY}") == []
    assert debris("وهذه من أهم سمات القائد الناجح") == []


@pytest.mark.parametrize(
    "line",
    [
        "جنود عراقيون عند حاجز شمال بغداد (رويترز)",
        "جنود عراقيون (سامر حداد/فرانس برس)",
        "آثار القصف في المدينة (Getty)",
        "آثار القصف في المدينة (أ ف ب)",
        "آثار القصف في المدينة (أ.ف.ب)",
        "المتحدث باسم القيادة (أرشيفية)",
    ],
)
def test_a_caption_ends_in_who_took_the_picture(line: str) -> None:
    assert found(f"{line}\n{BODY}")[0] == ("caption", line, "")


@pytest.mark.parametrize(
    "line",
    [
        "بغداد (رويترز)",
        "تنتهي المهلة في العشرين من أغسطس (آب)",
        "وصل الوفد أمس، ثم غادر. وانتهى الاجتماع (رويترز)",
        "قال التنظيم (داعش)",
        "حضر ممثلو الشركة (شركة الخليج للتأمين)",
    ],
)
def test_other_brackets_make_no_caption(line: str) -> None:
    assert "caption" not in [kind for kind, _, _ in found(f"{line}\n{BODY}")]


def test_the_first_line_is_a_title_only_where_it_looks_like_one() -> None:
    headline = "الشرطة توقف ثلاثة مشتبه بهم شمال المدينة"
    assert found(f"{headline}\n\n{BODY}")[0][0] == "title"
    assert found(f"\n{headline}\n{BODY}")[0][0] == "title"
    assert found(f"تفجير سوق المدينة\n17/4/2020\n{BODY}")[0][0] == "title"
    assert found(BODY) == []
    assert found(f"{headline}.\n\n{BODY}") == []
    assert found(f"سامر حداد – بغداد الجديدة\n\n{BODY}") == []
    assert found(headline) == []


def test_a_title_known_from_elsewhere_decides() -> None:
    headline = "الشرطة توقف ثلاثة مشتبه بهم شمال المدينة"
    assert found(f"{headline}\n\n{BODY}", "عنوان آخر") == []
    assert found(f"الشُّرطة توقف ثلاثة مشتبه بهم شمال المدينة\n{BODY}", headline)[0][0] == "title"


def test_a_date_counts_near_the_top_and_once() -> None:
    assert found(f"17/4/2020\n{BODY}\n18/4/2020") == [("date", "17/4/2020", "2020-04-17")]
    assert found("\n".join([BODY] * 9 + ["17/4/2020"])) == []


WORDS = sorted(rules._FIRST_WORDS_OF_BUTTONS | {word for phrase in rules._BUTTONS for word in phrase.split()})


@given(
    st.lists(st.sampled_from([*WORDS, "أيضاً:", "12345", "على", "«", "خبر", "\u200f", "ـ", "ﷺ", "\x1f", "\xa0"])),
    st.sampled_from(["", "+", "وقالت مصادر أمنية إن القوات انتشرت في محيط المدينة صباح اليوم وأقامت حواجز"]),
)
def test_a_line_is_judged_by_its_first_word_as_by_all_of_it(words: list[str], rest: str) -> None:
    line = " ".join([*words, rest]).strip()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "_longest_debris", lambda run: sys.maxsize)
        judged = rules.is_debris(line)
    assert rules.is_debris(line) == judged


@given(st.lists(st.sampled_from(list("خبر \n\r\v\x1c\x1f\u2028\xa0\u200f\u3000x"))).map("".join))
def test_a_line_is_what_shows_between_two_ends(text: str) -> None:
    shown = [line.span() for line in re.finditer(r"[خبرx](?:[^\n\r\v\x1c\u2028]*[خبرx])?", text)]
    assert [(start, start + len(line)) for start, line in zip(*_lines(text), strict=True)] == shown


def test_every_space_is_blank() -> None:
    spaces = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert set(BLANK) == spaces | INVISIBLE
