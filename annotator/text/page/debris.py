"""Recognise page debris (boilerplate): buttons, "read also", tags and contact lines among an article's text.

A line must match as a whole. A word that could also head a paragraph counts only next to other debris or at the end of
the page: losing real content is worse than keeping debris.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from annotator.text.normalise import normalise_key

_LONGEST_LINK = 220  # code points; a "read also" line holds one headline, a paragraph is longer
_LONGEST_BUTTON = 60
_LONGEST_HEADLINE = 130
LONGEST_END = 200
"""How many code points may follow a closing heading."""

_WORD = re.compile(r"[\w@]+")


def _key(phrase: str) -> str:
    """Return a normalised line or phrase, with one space between words and no punctuation."""
    return _without_punctuation(normalise_key(phrase))


def _without_punctuation(phrase: str) -> str:
    return " ".join(_WORD.findall(phrase))


def _phrases(text: str) -> frozenset[str]:
    return frozenset(map(_key, text.strip().splitlines()))


_BUTTONS = _phrases(
    """
    المزيد
    اقرأ أيضا
    اقرأ المزيد
    إقرأ أيضا
    قراءة المزيد
    شاهد أيضا
    مواضيع ذات صلة
    أخبار ذات صلة
    مقالات ذات صلة
    موضوعات ذات صلة
    أخبار متعلقة
    مواضيع متعلقة
    مقالات متعلقة
    قد يهمك أيضا
    قد يعجبك أيضا
    الأكثر قراءة
    الأكثر مشاهدة
    الأكثر تداولا
    شارك
    مشاركة
    شارك المقال
    شارك الخبر
    شارك هذا المقال
    شارك هذا الخبر
    شارك مع أصدقائك
    شارك الموضوع
    مشاركة المقال
    مشاركة الخبر
    طباعة
    طباعة المقال
    اطبع
    نسخ الرابط
    انسخ الرابط
    تم نسخ الرابط
    رابط مختصر
    أرسل إلى صديق
    إرسال إلى صديق
    حفظ المقال
    استمع إلى المقال
    استمع للمقال
    حجم الخط
    تكبير الخط
    تصغير الخط
    إعلان
    إعلانات
    تحديث مباشر
    تغطية مباشرة
    أضف تعليق
    أضف تعليقا
    أضف تعليقك
    اترك تعليقا
    اكتب تعليقا
    التعليقات
    تابعنا
    تابعونا
    اشترك الآن
    النشرة البريدية
    القائمة البريدية
    تحميل المزيد
    عرض المزيد
    جميع الحقوق محفوظة
    الصفحة الرئيسية
    share
    share this
    share this article
    print
    read more
    read also
    advertisement
    copy link
    comments
    """
)
_PLATFORMS = (
    "فيسبوك|فيس بوك|تويتر|تغريد|غرد|واتساب|واتس اب|تيليغرام|تلغرام|تليجرام|تيليجرام|لينكد ان|لينكدان|انستغرام|انستجرام|"
    "يوتيوب|ماسنجر|مسنجر|بينتريست|بريد الكتروني|البريد الالكتروني|طباعه|مشاركه|شارك|نسخ الرابط|"
    "facebook|twitter|whatsapp|telegram|linkedin|messenger|pinterest|instagram|youtube|email|e mail|print|share|tweet|x"
)
_ROW_OF_BUTTONS = re.compile(rf"(?:{_PLATFORMS})(?: (?:{_PLATFORMS}))*")
_LINK = re.compile(
    r"(?:اقرا(?: ي)?|شاهد|طالع|انظر|شاهدوا|اقراوا) ايضا\b.*"
    r"|(?:اقرا|لقراءه) المزيد\b.*|للمزيد (?:اقرا|اضغط|من الاخبار)\b.*|اضغط هنا\b.*"
    r"|read (?:more|also)\b.*|see also\b.*"
    r"|(?:شارك|مشاركه|انشر|شاركها|شاركوا)(?: (?:هذا|المقال|الخبر|الموضوع))* (?:عبر|علي) "
    rf"(?:{_PLATFORMS}|مواقع|وسائل|منصات)\b.*"
    r"|(?:تابعنا|تابعونا|تابعوا صفحتنا|تابعوا حسابنا) (?:علي|عبر|في) "
    rf"(?:{_PLATFORMS}|مواقع|وسائل|منصات|قناتنا|صفحتنا)\b.*"
    r"|(?:اشترك|اشتركوا|انضم|انضموا) (?:في|الي|ب) ?(?:قناتنا|القناه|نشرتنا|النشره البريديه|القائمه البريديه)\b.*"
    r"|حمل تطبيق\b.*|حملوا تطبيق\b.*|جميع الحقوق محفوظه\b.*"
    r"|رابط (?:الخبر|المقال|الموضوع) ب?(?:صحيفه|موقع|جريده)\b.*|رابط (?:الخبر|المقال) (?:المختصر|علي)\b.*"
    r"|مقالات اخري للكاتب.*|للتواصل مع الكاتب\b.*"
    r"|تبدا بالرمز \d+ ثم مسافه ثم نص الرساله\b.*|\d{4,6} (?:stc|mobily|zain)"
)
_HEAD = 80  # code points that contain the first word, even with marks and tatweel
_FIRST_WORDS = frozenset(
    (
        *("اقرا", "شاهد", "طالع", "انظر", "شاهدوا", "اقراوا", "لقراءه", "للمزيد", "اضغط", "read"),
        *("see", "شارك", "مشاركه", "انشر", "شاركها", "شاركوا", "تابعنا", "تابعونا", "تابعوا", "اشترك"),
        *("اشتركوا", "انضم", "انضموا", "حمل", "حملوا", "جميع", "رابط", "مقالات", "للتواصل", "تبدا"),
        *("سمات", "السمات", "وسوم", "الوسوم", "كلمات", "الكلمات", "tags"),
    )
)
"""The first words of _LINK and _TAGS."""
_BARE_LINK = re.compile(r"(?:اقرا|شاهد|طالع|انظر) ايضا")
_TAGS = re.compile(r"(?:ال)?(?:سمات|وسوم|كلمات (?:مفتاحيه|الدلاليه|دلاليه|المفتاحيه)|كلمات البحث|tags)\s*:")
_FONT_SIZE = re.compile(r"[+\-–−]\s*الخط\s*[+\-–−]")
_SECTION = re.compile(r"المزيد (?:في|من) \w+(?: \w+)?")
_CONTRIBUTORS = "المساهمون"
_FIRST_WORDS_OF_BUTTONS = (
    _FIRST_WORDS | {phrase.split(" ", 1)[0] for phrase in (*_BUTTONS, *_PLATFORMS.split("|"))} | {"المزيد", "الخط"}
)
"""The first words of short lines of debris."""
_TAGS_OF_THE_TAIL = "سمات"
# Tags after the last sentence, on its line: "... انتهى. سمات العراق كركوك".
_TAIL = re.compile(rf"(?<=[.!؟?\"”»)…])[^\S\n]*({_TAGS_OF_THE_TAIL}[^\S\n]+[^\n.،؛:!؟?]{{2,200}})\s*\Z")


def is_debris(line: str) -> bool:
    """Return True if a line, stripped of blanks, is page debris whatever its neighbours are."""
    first = line[:_HEAD].split(None, 1)
    if not first or len(line) > _longest_debris(first[0]):
        return False
    normal = normalise_key(line)
    key = _without_punctuation(normal)
    if len(line) > _LONGEST_LINK and not key.startswith("مقالات اخري للكاتب"):
        return False
    if _LINK.fullmatch(key) or _TAGS.match(normal):
        return True
    if len(line) > _LONGEST_BUTTON:
        return False
    if key in _BUTTONS or _FONT_SIZE.fullmatch(normal) or _SECTION.fullmatch(key):
        return True
    row = _ROW_OF_BUTTONS.fullmatch(key)
    return row is not None and len(set(re.findall(_PLATFORMS, key))) > 1


@lru_cache(maxsize=8192)
def _longest_debris(run: str) -> int:
    """Return how long a line can be that is debris and begins with a run without spaces: 0 for nearly all runs.

    A run without a word, such as a bullet, rules nothing out.
    """
    word = _word_in(run)
    if not word or word.isdecimal() or word in _FIRST_WORDS:
        return sys.maxsize
    return _LONGEST_BUTTON if word in _FIRST_WORDS_OF_BUTTONS else 0


def _first_word(line: str) -> str:
    runs = line[:_HEAD].split(None, 1)
    while runs:
        if word := _word_in(runs[0]):
            return word
        runs = runs[1].split(None, 1) if len(runs) > 1 else []  # past a bullet or a dash
    return ""


@lru_cache(maxsize=8192)
def _word_in(run: str) -> str:
    """Return the first word in a run without spaces, normalised, or "". Cached, as lines often begin alike."""
    found = _WORD.search(normalise_key(run))
    return found[0] if found else ""


def is_single_button(line: str) -> bool:
    """Return True if a line is one button, which is debris only next to other debris."""
    if len(line) > _LONGEST_BUTTON or _first_word(line) not in _FIRST_WORDS_OF_BUTTONS:
        return False
    return _ROW_OF_BUTTONS.fullmatch(_key(line)) is not None


def is_link_heading(line: str) -> bool:
    """Return True if a line is a bare "read also", with its headline on the next line."""
    return _BARE_LINK.fullmatch(_key(line)) is not None


def looks_like_headline(line: str) -> bool:
    """Return True if the line after a bare "read also" looks like a headline, and not like the next paragraph."""
    return len(line) <= _LONGEST_HEADLINE and line[-1] not in ".،؛:"


def is_closing_heading(line: str) -> bool:
    """Return True if a line is a heading at the end of a page; LONGEST_END is how near the end it must be."""
    return _first_word(line) == _CONTRIBUTORS and _key(line) == _CONTRIBUTORS


def find_trailing_tags(text: str) -> tuple[int, int] | None:
    """Return the start and end of tags after the last sentence of the text, on the same line, or None."""
    start = max(0, len(text) - 2 * _LONGEST_LINK)
    match = _TAIL.search(text, start) if text.find(_TAGS_OF_THE_TAIL, start) >= 0 else None
    return (match.start(1), match.start(1) + len(match[1].rstrip())) if match else None
