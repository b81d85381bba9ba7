"""Cue words: words near a place that support a reading, such as مدينة before a city or صحيفة before a newspaper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.suggest.lexicon.matcher import Match
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.normalise import normalise_key

_BEFORE = {
    "PERS": "السيد السيدة الشيخ الرئيس الوزير الأمير الملك الدكتور المهندس النائب القيادي الناشط الصحفي الصحافي "
    "المصور المواطن المدعو اللواء العقيد العميد الرائد النقيب الفريق الملازم المقدم الإمام الأستاذ القاضي",
    "LOC": "مدينة محافظة بلدة قضاء ناحية قرية منطقة ولاية إمارة إقليم عاصمة جزيرة دولة جمهورية مملكة حي مخيم ريف "
    "شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي قرب في داخل أطراف ضواحي مدن محافظات سهل نهر جبل وادي صحراء",
    "ORG": "حزب منظمة مؤسسة وزارة شركة جمعية هيئة لجنة مجلس جامعة حركة تيار كتلة ائتلاف تحالف اتحاد نقابة نادي بنك",
    "ARMED": "تنظيم حركة جماعة ميليشيا ميليشيات مليشيا مليشيات فصيل فصائل كتائب كتيبة لواء جبهة مسلحو مسلحي عناصر "
    "مقاتلو مقاتلي عصابات عصابة قيادي مسلحين حزب جيش",
    "FORCE": "قوات قوة جهاز شرطة قيادة فرقة لواء عناصر وحدات وحدة كتيبة فوج جنود ضباط مديرية",
    "FAC": "مطار ميناء قاعدة سجن مستشفى جسر معبر مسجد جامع كنيسة سد محطة حقل مصفاة معسكر ملعب فندق ساحة شارع",
    "MEDIA": "صحيفة قناة وكالة موقع إذاعة تلفزيون شبكة مجلة جريدة فضائية مراسل",
    "PLATFORM": "موقع منصة تطبيق على عبر حسابه حسابها صفحته صفحتها شبكة",
    "WEAPON": "صاروخ صواريخ طائرة طائرات طراز سلاح بندقية بنادق قذائف قذيفة نوع دبابة دبابات مروحية مروحيات مقاتلة "
    "مقاتلات مسيرة أسلحة",
    "ATTACK": "عملية عمليات معركة حملة عاصفة",
}
_TRIGGERS = {label: frozenset(map(normalise_key, words.split())) for label, words in _BEFORE.items()}
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[\n.:؛؟!()،,]")
_JOINT = frozenset(" ،,و/-")
_REACH = 24
"""Characters before a place in which a cue word may begin."""


def is_supported(text: str, match: Match[object], label: str) -> bool:
    """Return True if one of the two words before a match, in the normalised text, supports the label."""
    triggers = _TRIGGERS.get(label)
    if triggers is None:
        return False
    place = match.start - match.prefix
    words = _WORD.findall(_BREAK.split(text[max(0, place - _REACH) : place])[-1])[-2:]
    return any(word[length:] in triggers for word in words for length in proclitic_lengths(word))


def is_listed_beside(text: str, match: Match[object], others: Sequence[Match[object]]) -> bool:
    """Return True if only commas, slashes and و separate a match from one of the others, as in a list."""
    return any(
        other.end <= match.start
        and match.start - other.end <= len(" ، و")
        and not set(text[other.end : match.start]) - _JOINT
        for other in others
    )
