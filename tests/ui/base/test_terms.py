"""One Arabic word for one thing: what is named in an English text is named by its own word in the Arabic one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest

from annotator.resources import resource

TERMS = {
    r"labels?": r"وسم|وسوم|وسيم",
    r"tagsets?": r"قائمة (?:ال)?وسوم|قوائم (?:ال)?وسوم",
    r"spans?": r"م(?:و|وا)ضع",
    r"suggestions?": r"اقتراح",
    r"annotators?": r"موسم|برنامج",  # the person, and the program
    r"guidelines?": r"دليل|أدلة",
    r"filters?|filtered": r"تصفي|مصفا",
    r"confidence": r"ثق",
    r"articles?|documents?": r"مقال",
    r"projects?": r"مشروع|مشاريع",
    r"merge": r"دمج",
    r"exports?|exported": r"صدر|صدير",
    r"doubts?|doubtful|flag|flagged": r"شك",
    r"notes?": r"ملاحظ",
    r"clitics?": r"متصل",
}
"""What names a thing in English, and what must then stand in Arabic."""

OTHERWISE = (
    "Label Studio (JSON)",
    "with the article ال",  # of grammar
    "By date (train on older",
    "A split by source into ",
    "a corpus without documents.",  # of TEI
    "XML with the root ",  # of GATE
)
"""How texts begin that name something else, or say it by the way."""

_FIELD = re.compile(r"\{[^}]*\}")
_HARAKAT = re.compile("[\u064b-\u0652]")
_COMMAND = re.compile(r"pip install .*|annotator [^\s;,.]+|--\w[\w-]*|\"\w+\"|[\w.]*\w\.\w+|#T_SP=")


def texts() -> Iterator[tuple[str, str]]:
    """Yield each English text with its Arabic, fields, harakat and access keys left out."""
    for message in ElementTree.parse(resource("i18n", "annotator_ar.ts")).getroot().iter("message"):  # noqa: S314
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        arabic = "".join(translation.itertext())
        yield source, _HARAKAT.sub("", _FIELD.sub("", arabic)).replace("&", "").replace("ـ", "")


@pytest.mark.parametrize("term", TERMS)
def test_a_thing_has_one_name(term: str) -> None:
    named = re.compile(rf"(?<![\w-])(?:{term})(?![\w=-])", re.IGNORECASE)
    found = [
        (source, arabic)
        for source, arabic in texts()
        if not source.startswith(OTHERWISE) and named.search(_COMMAND.sub("", _FIELD.sub("", source)))
    ]
    assert len(found) > 4
    assert [pair for pair in found if not re.search(TERMS[term], pair[1])] == []
