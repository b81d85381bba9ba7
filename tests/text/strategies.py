"""Texts that look for trouble: real Arabic, marks, joiners, directions, odd spaces, emoji, and anything at all."""

from __future__ import annotations

from hypothesis import strategies as st

_PIECES = (
    *"ابتثوفكلسمنهىيةأإآٱءؤئپڤیک",
    *"َُِّْٰـ",
    *"\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff\u061c\u00ad",
    *" \t\n\r\u00a0\u2003\u2028\u2029\x85\x1c",
    *".،؟!…:؛-–/\\@#_%٪«»“”\"'()[]",
    *"0123456789٠١٢٣۴۵",
    *"AbFz",
    *("👍🏽", "👨‍👩‍👧", "🇮🇶", "1️⃣", "ﻻ", "ﷲ", "﷽", "e\u0301"),
    *("د.", "أ.د.", "ص.ب.", "U.S.", "إف-16", "17/4/2020", "٣٫٥", "1,200", "10:30", "http://a.b/", "x@y.org", "www."),
    *("وديالى", "للقوات", 'لـ"العربي', "بغداد-15", "17 نيسان/أبريل 2020", "+ الخط -", "المساهمون"),
)

arabic_texts = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
any_texts = arabic_texts | st.text(max_size=60) | st.text(alphabet="".join(p for p in _PIECES if len(p) == 1))
