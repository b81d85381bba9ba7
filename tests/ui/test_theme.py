"""Both themes are readable, fonts are the bundled ones, and the style sheet has a value for every colour it names."""

from __future__ import annotations

from dataclasses import asdict, fields
from string import Template

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from annotator.resources import resource
from annotator.storage.tagsets import list_tagsets, load_tagset
from annotator.ui.page.palette import contrast
from annotator.ui.theme import DARK, LIGHT, UI_FAMILY, Theme, apply_theme, load_fonts, resolve

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
def test_text_is_readable_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.page, theme.hover, theme.selected):
        for ink in (theme.text, theme.muted, theme.accent):
            assert contrast(QColor(ink), QColor(ground)) >= 4.5, (ink, ground)
    assert contrast(QColor(theme.on_accent), QColor(theme.accent)) >= 4.5
    assert contrast(QColor(theme.text), QColor(theme.notice)) >= 4.5
    assert contrast(QColor(theme.muted), QColor(theme.line)) >= 4.5


@THEMES
def test_every_label_has_a_colour_in_the_theme(theme: Theme) -> None:
    for name in list_tagsets():
        assert all(theme.name in label.colour for label in load_tagset(name).labels)


def test_bundled_fonts_are_complete(qapp: QApplication) -> None:
    assert {UI_FAMILY, "Noto Naskh Arabic"} <= set(load_fonts())
    for family in (UI_FAMILY, "Noto Naskh Arabic"):
        systems = QFontDatabase.writingSystems(family)
        assert {QFontDatabase.WritingSystem.Arabic, QFontDatabase.WritingSystem.Latin} <= set(systems)


@THEMES
def test_theme_turns_palette_and_font(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(theme.page)
    assert QFontInfo(qapp.font()).family() == UI_FAMILY


def test_style_sheet_names_only_what_exists() -> None:
    sheet = Template(resource("themes", "style.qss").read_text(encoding="utf-8"))
    assert set(sheet.get_identifiers()) <= {field.name for field in fields(Theme)} | {"icons"}
    assert "$" not in sheet.substitute(asdict(LIGHT), icons="icons")


def test_choices_resolve(qapp: QApplication) -> None:
    assert (resolve("light"), resolve("dark")) == (LIGHT, DARK)
    assert resolve("system") in (LIGHT, DARK)
