"""The plural forms of every counted text: six in Arabic, two in English, each heard for the numbers that it is for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from annotator.resources import resource
from annotator.ui.base.i18n import set_language

HARAKAT = re.compile("[\u064b-\u0652]")
FORMS = {0: 0, 1: 1, 2: 2, 3: 3, 7: 3, 10: 3, 11: 4, 26: 4, 99: 4, 100: 5, 101: 5, 102: 5, 103: 3, 111: 4, 200: 5}
"""For some numbers, which of the six forms of Arabic counts them, by the plural rules of Unicode's CLDR."""


def counted(name: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield context, source, comment and forms of each counted text."""
    root = ElementTree.parse(resource("i18n", name)).getroot()  # noqa: S314 - our own file
    for context in root.iter("context"):
        for message in context.iter("message"):
            if message.get("numerus") == "yes":
                forms = [form.text or "" for form in message.iter("numerusform")]
                yield (
                    context.findtext("name") or "",
                    message.findtext("source") or "",
                    message.findtext("comment") or "",
                    forms,
                )


ARABIC = list(counted("annotator_ar.ts"))


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[None]:
    set_language(qapp, "ar")
    yield
    set_language(qapp, "en")


def test_every_counted_text_has_six_forms_in_arabic_and_two_in_english() -> None:
    assert len(ARABIC) > 20
    assert [source for _, source, _, forms in ARABIC if len(forms) != 6] == []
    assert [source for _, source, _, forms in counted("annotator_en.ts") if len(forms) != 2] == []


@pytest.mark.parametrize(("context", "source", "comment", "forms"), ARABIC, ids=[a[0] + ": " + a[1] for a in ARABIC])
def test_one_and_two_are_words_and_more_are_numbers(
    arabic: None, context: str, source: str, comment: str, forms: list[str]
) -> None:
    """One and two stand in the noun itself in Arabic, 3 to 10 take the plural, 11 to 99 the singular accusative."""
    zero, one, two, few, many, other = (HARAKAT.sub("", form) for form in forms)
    assert "%n" not in zero + one + two
    assert all("%n" in form for form in (few, many, other))
    assert one != two, "a dual is no singular"
    assert one.replace("واحدة", "").replace("واحد", "").split() != few.replace("%n", "").split()
    for number, form in FORMS.items():
        said = QCoreApplication.translate(context, source, comment or None, number)
        assert said == forms[form].replace("%n", str(number)), number


def test_nouns_are_counted_in_their_own_forms() -> None:
    """A noun after 3 to 10, in the plural, is not the one after 11 to 99, in the singular."""
    assert {source for _, source, _, forms in ARABIC if forms[3] == forms[4]} == set()
