"""Both languages are complete, up to date with the sources, compiled, and written as each is written."""

from __future__ import annotations

import ast
import datetime
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox

from annotator.resources import resource
from annotator.ui.base.i18n import current_language, date_text, digits, isolate, number_text, set_language, set_numbers
from annotator.ui.update_translations import compile_all, update
from annotator.ui.window.main_window import MainWindow
from tests.conftest import ROOT

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


def test_no_text_hides_from_translation_in_an_f_string() -> None:
    modules = sorted((ROOT / "annotator" / "ui").rglob("*.py"))
    assert len(modules) > 50
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in modules
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("tr", "translate")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == [], "lupdate does not look into f-strings"


def test_a_window_that_reads_a_translation_keeps_it_while_it_is_compiled_anew(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(resource("i18n", name), tmp_path)
    compile_all(tmp_path)
    compiled = tmp_path / "annotator_ar.qm"
    before = compiled.read_bytes()
    with compiled.open("rb") as held:
        source = tmp_path / "annotator_ar.ts"
        source.write_text(source.read_text("utf-8").replace("تراجع", "ارجع إلى الوراء"), "utf-8")
        compile_all(tmp_path)
        assert held.read() == before
    assert compiled.read_bytes() != before
    assert {path.suffix for path in tmp_path.iterdir()} == {".ts", ".qm"}


def test_languages_turn_texts_direction_and_numbers(qapp: QApplication) -> None:
    set_language(qapp, "ar")
    set_numbers("language", "egypt")  # whatever is usual in the country of whoever runs this
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


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application, and leave it as other tests expect it."""
    yield qapp
    set_language(qapp, "en")
    set_numbers("language", "egypt")


@pytest.mark.parametrize(
    ("language", "numerals", "months", "expected"),
    [
        ("ar", "language", "egypt", "٢٣ يوليو ٢٠٢٠"),
        ("ar", "latin", "levant", "23 تموز 2020"),
        ("ar", "arabic", "both", "٢٣ تموز/يوليو ٢٠٢٠"),
        ("en", "language", "both", "23 July 2020"),
        ("en", "arabic", "levant", "٢٣ July ٢٠٢٠"),
        ("en", "latin", "egypt", "23 July 2020"),
    ],
)
def test_digits_and_months_are_the_user_s_choice_in_both_languages(
    app: QApplication, language: str, numerals: str, months: str, expected: str
) -> None:
    set_language(app, language)
    set_numbers(numerals, months)
    assert date_text(datetime.date(2020, 7, 23)) == expected
    assert current_language() == language
    assert digits("3 / ١٧") == ("٣ / ١٧" if "٢" in expected else "3 / 17")
    assert number_text(1313) == ("١٬٣١٣" if "٢" in expected else "1,313")
    field = QSpinBox()
    field.setValue(17)
    assert field.text() == digits(17)


def test_all_months_are_named_in_either_manner(app: QApplication) -> None:
    set_language(app, "ar")
    dates = [datetime.date(2020, month, 1) for month in range(1, 13)]
    set_numbers("latin", "levant")
    assert [date_text(d) for d in dates][:3] == ["1 كانون الثاني 2020", "1 شباط 2020", "1 آذار 2020"]
    set_numbers("latin", "both")
    assert date_text(dates[11]) == "1 كانون الأول/ديسمبر 2020"
    assert len({date_text(d) for d in dates}) == 12


def test_a_window_writes_its_numbers_anew_when_another_form_is_chosen(
    make_window: Callable[..., MainWindow], project_path: Path, app: QApplication
) -> None:
    window = make_window("ar", project_path)
    assert window.workspace.side.counter_text() == "بقي ٥ من ٥"
    shown = {label.text() for label in window.workspace.findChildren(QLabel)}
    assert any("٥" in text for text in shown) and not any("5" in text for text in shown)
    window.menus.actions["numbers.latin"].trigger()
    QCoreApplication.processEvents()
    shown = {label.text() for label in window.workspace.findChildren(QLabel)}
    assert any("5" in text for text in shown) and not any("٥" in text for text in shown)
    assert window.menus.actions["numbers.latin"].isChecked()
    window.close()
    again = make_window("en", project_path)
    assert again.menus.actions["numbers.latin"].isChecked()
    again.menus.actions["numbers.arabic"].trigger()
    QCoreApplication.processEvents()
    assert "٥" in again.workspace.side.counter_text()


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
    said = [QCoreApplication.translate("ImportMessages", "%n article(s) added.", "", n) for n in (1, 2, 3, 11, 100)]
    set_language(qapp, "en")
    assert said == expected


def test_isolate_fences_a_text_and_leaves_nothing_alone() -> None:
    assert isolate("كركوك") == "\u2068كركوك\u2069"
    assert isolate("") == ""
