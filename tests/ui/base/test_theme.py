"""All themes are readable, fonts are the bundled ones, and the style sheet has a value for every colour it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.palette import contrast
from annotator.ui.base.theme import (
    CHOICES,
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    THEMES,
    UI_FAMILY,
    Theme,
    apply_theme,
    load_fonts,
    resolve,
    style_sheet,
)
from annotator.ui.widgets.row_list import RowList
from annotator.ui.window.main_window import MainWindow

EVERY_THEME = pytest.mark.parametrize("theme", list(THEMES.values()), ids=list(THEMES))
STRONG = pytest.mark.parametrize("theme", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda theme: theme.name)


@EVERY_THEME
def test_text_is_readable_on_every_ground(theme: Theme) -> None:
    least = 7 if theme.high_contrast else 4.5
    for ground in (theme.window, theme.panel, theme.page, theme.hover, theme.selected, theme.pill):
        for ink in (theme.text, theme.muted):
            assert contrast(QColor(ink), QColor(ground)) >= least, (ink, ground)
    for ground in (theme.window, theme.panel, theme.page, theme.hover, theme.selected):
        assert contrast(QColor(theme.accent), QColor(ground)) >= least, ground
    for ink in (theme.good, theme.danger):
        assert contrast(QColor(ink), QColor(theme.panel)) >= least
    assert contrast(QColor(theme.on_accent), QColor(theme.accent)) >= least
    assert contrast(QColor(theme.text), QColor(theme.notice)) >= least


@STRONG
def test_high_contrast_has_strong_borders_and_even_disabled_text_can_be_read(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.page):
        assert contrast(QColor(theme.line), QColor(ground)) == pytest.approx(21)
        assert contrast(QColor(theme.faint), QColor(ground)) >= 7


@EVERY_THEME
def test_every_label_has_a_colour_in_the_theme(theme: Theme) -> None:
    for name in list_tagsets():
        assert all(theme.scheme in label.colour for label in load_tagset(name).labels)


def test_bundled_fonts_are_complete(qapp: QApplication) -> None:
    assert {UI_FAMILY, "Noto Naskh Arabic"} <= set(load_fonts())
    for family in (UI_FAMILY, "Noto Naskh Arabic"):
        systems = QFontDatabase.writingSystems(family)
        assert {QFontDatabase.WritingSystem.Arabic, QFontDatabase.WritingSystem.Latin} <= set(systems)


@EVERY_THEME
def test_theme_turns_palette_and_font(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(theme.page)
    assert QFontInfo(qapp.font()).family() == UI_FAMILY


@EVERY_THEME
def test_style_sheet_names_only_what_exists(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    images = re.findall(r"url\(([^)]*)\)", sheet)
    assert images and all(Path(image).exists() for image in images)


@STRONG
def test_high_contrast_has_thick_focus_rings(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    page = QWidget()
    qtbot.addWidget(page)
    row = QVBoxLayout(page)
    widgets: list[QWidget] = [QPushButton("a"), QLineEdit(), QComboBox(), RowList(20)]
    for widget in (QPushButton("b"), *widgets):
        row.addWidget(widget)
    with qtbot.waitActive(page):
        page.show()
    for widget in widgets:
        widget.setFocus()
        image = widget.grab().toImage()
        middle = image.height() // 2
        edge = [image.pixelColor(x, middle).name() for x in range(3)]
        assert edge == [theme.accent] * 3, type(widget)


def test_choices_resolve(qapp: QApplication) -> None:
    assert [resolve(name) for name in THEMES] == list(THEMES.values())
    assert set(CHOICES) == {"system", *THEMES}
    assert resolve("system") in THEMES.values()


class Desktop:
    """Stands for a desktop whose look turns: Qt says so by the signals of its own hints."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hints = QGuiApplication.styleHints()
        self.dark = self.contrast = False
        monkeypatch.setattr("annotator.ui.base.theme._system_is_dark", lambda: self.dark)
        monkeypatch.setattr("annotator.ui.base.theme._system_wants_contrast", lambda: self.contrast)

    def turn_dark(self, dark: bool) -> None:
        self.dark = dark
        self.hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def turn_contrast(self, contrast: bool) -> None:
        self.contrast = contrast
        wish = Qt.ContrastPreference.HighContrast if contrast else Qt.ContrastPreference.NoPreference
        self.hints.accessibility().contrastPreferenceChanged.emit(wish)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    return Desktop(monkeypatch)


def test_the_window_turns_with_the_system_while_it_runs(
    make_window: Callable[..., MainWindow], desktop: Desktop
) -> None:
    window = make_window("en")
    window.appearance.system_theme()
    for dark, theme in ((True, DARK), (False, LIGHT), (True, DARK)):
        desktop.turn_dark(dark)
        assert window.appearance.theme == theme
        assert window.article.scene.palette.page == QColor(theme.page)
    window.appearance.light()
    desktop.turn_dark(False)
    desktop.turn_dark(True)
    assert window.appearance.theme == LIGHT


@pytest.mark.skipif(not hasattr(QStyleHints, "accessibility"), reason="Qt tells of contrast from 6.10 on")
def test_the_window_follows_a_system_that_turns_to_high_contrast(
    make_window: Callable[..., MainWindow], desktop: Desktop
) -> None:
    window = make_window("en")
    window.appearance.system_theme()
    desktop.turn_contrast(True)
    assert window.appearance.theme == LIGHT_CONTRAST
    desktop.turn_dark(True)
    assert window.appearance.theme == DARK_CONTRAST
    assert window.article.scene.palette.high_contrast
    desktop.turn_contrast(False)
    assert window.appearance.theme == DARK
