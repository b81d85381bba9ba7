"""Both languages are complete, up to date with the sources, compiled, and written as each is written."""

from __future__ import annotations

import datetime
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from annotator.resources import resource
from annotator.ui.i18n import current_language, date_text, digits, isolate, set_language
from annotator.ui.translations import compile_all, update

FILES = ("annotator_ar.ts", "annotator_en.ts")


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_translated(name: str) -> None:
    root = ElementTree.parse(resource("i18n", name)).getroot()  # noqa: S314 - our own file
    messages = list(root.iter("message"))
    assert messages
    for message in messages:
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"{source} is {translation.get('type')}"
        texts = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        assert all(text.strip() for text in texts), source
        for place in ("{0}", "{1}"):
            assert all((place in text) == (place in source) for text in texts), source


def test_files_are_up_to_date_with_the_sources_and_compiled(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(resource("i18n", name), tmp_path)
    update(tmp_path)
    compile_all(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_text("utf-8") == resource("i18n", name).read_text("utf-8"), "make translations"
        compiled = Path(name).with_suffix(".qm").name
        assert (tmp_path / compiled).read_bytes() == resource("i18n", compiled).read_bytes(), "make translations"


def test_languages_turn_texts_direction_and_numbers(qapp: QApplication) -> None:
    set_language(qapp, "ar")
    assert (current_language(), qapp.layoutDirection()) == ("ar", Qt.LayoutDirection.RightToLeft)
    assert digits("3 / 17") == "٣ / ١٧"
    assert date_text(datetime.date(2020, 4, 17)) == "١٧ أبريل ٢٠٢٠"
    assert QCoreApplication.translate("actions", "Undo") == "تراجع"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") != "Cancel"
    set_language(qapp, "en")
    assert (current_language(), qapp.layoutDirection()) == ("en", Qt.LayoutDirection.LeftToRight)
    assert digits(17) == "17"
    assert date_text(datetime.date(2020, 4, 17)) == "17 April 2020"
    assert date_text(None) == ""
    assert QCoreApplication.translate("actions", "Undo") == "Undo"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", ["أُضيفت مقالة واحدة.", "أُضيفت مقالتان.", "أُضيفت 3 مقالات.", "أُضيفت 11 مقالة.", "أُضيفت 100 مقالة."]),
        (
            "en",
            ["1 article added.", "2 articles added.", "3 articles added.", "11 articles added.", "100 articles added."],
        ),
    ],
)
def test_plurals_are_right(qapp: QApplication, language: str, expected: list[str]) -> None:
    set_language(qapp, language)
    said = [QCoreApplication.translate("Transfers", "%n article(s) added.", "", n) for n in (1, 2, 3, 11, 100)]
    set_language(qapp, "en")
    assert said == expected


def test_isolate_fences_a_text_and_leaves_nothing_alone() -> None:
    assert isolate("كركوك") == "\u2068كركوك\u2069"
    assert isolate("") == ""
