"""The four themes: colours, bundled fonts and style sheet.

Label colours belong to the tagset (they are data); all other colours come from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator.resources import resource

UI_FAMILY = "IBM Plex Sans Arabic"
UI_PIXELS = 14
"""The text size of the interface in device-independent pixels."""
_FONT_SIZE = re.compile(r"([^{}]+)\{[^{}]*font-size: (\d+)px[^{}]*\}")
CHOICES = ("system", "light", "dark", "light-contrast", "dark-contrast")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, each as "#rrggbb".

    text and muted have a contrast of at least 4.5 with every background, and 7 in the high-contrast themes, whose line
    is as strong as text. pill is the background of small counts and empty bars.
    """

    name: str
    window: str
    panel: str
    page: str
    text: str
    muted: str
    faint: str
    line: str
    hover: str
    selected: str
    accent: str
    on_accent: str
    good: str
    danger: str
    notice: str
    pill: str

    @property
    def scheme(self) -> str:
        """Return which of a label's own colours fit the theme: "light" or "dark"."""
        return self.name.partition("-")[0]

    @property
    def high_contrast(self) -> bool:
        """Return True for a theme with strong text and borders."""
        return self.name.endswith("-contrast")


LIGHT = Theme(
    name="light",
    window="#f3f1ed",
    panel="#faf9f6",
    page="#ffffff",
    text="#1e2227",
    muted="#5d646d",
    faint="#a3a49f",
    line="#e3dfd8",
    hover="#f0ede7",
    selected="#e4e9f1",
    accent="#33568a",
    on_accent="#ffffff",
    good="#2c6e4a",
    danger="#a03a2c",
    notice="#fbf1d9",
    pill="#e3dfd8",
)
DARK = Theme(
    name="dark",
    window="#15171a",
    panel="#1b1e22",
    page="#202429",
    text="#e5e3de",
    muted="#a1a7af",
    faint="#646a72",
    line="#2e3339",
    hover="#25292f",
    selected="#2b3543",
    accent="#93b4e6",
    on_accent="#14202f",
    good="#7fc29b",
    danger="#ee9384",
    notice="#3b3423",
    pill="#2e3339",
)
LIGHT_CONTRAST = Theme(
    name="light-contrast",
    window="#ffffff",
    panel="#ffffff",
    page="#ffffff",
    text="#000000",
    muted="#1f1f1f",
    faint="#565656",
    line="#000000",
    hover="#e6efff",
    selected="#cfe1ff",
    accent="#0b3396",
    on_accent="#ffffff",
    good="#00481f",
    danger="#850000",
    notice="#fff2b3",
    pill="#ffffff",
)
DARK_CONTRAST = Theme(
    name="dark-contrast",
    window="#000000",
    panel="#000000",
    page="#000000",
    text="#ffffff",
    muted="#ececec",
    faint="#a8a8a8",
    line="#ffffff",
    hover="#15233d",
    selected="#12356b",
    accent="#ffd447",
    on_accent="#000000",
    good="#7dffb0",
    danger="#ffab9e",
    notice="#3a2f00",
    pill="#000000",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)}


def resolve(choice: str) -> Theme:
    """Return the theme of a choice; "system" asks the desktop."""
    if choice != "system":
        return THEMES[choice]
    return THEMES[("dark" if _system_is_dark() else "light") + ("-contrast" if _system_wants_contrast() else "")]


def follow_system(turn: Callable[[], None]) -> None:
    """Call back when the desktop switches between light and dark or, from Qt 6.10 on, to high contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(turn)
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(turn)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once, and return the names of their families."""
    families: set[str] = set()
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Apply the colours of a theme, the interface font and the style sheet to the program, unless it has them."""
    sheet = style_sheet(theme)
    if app.styleSheet() == sheet:
        return
    load_fonts()
    style = QStyleFactory.create("Fusion")
    app.setStyle(style)
    font = QFont(UI_FAMILY)
    font.setPixelSize(UI_PIXELS)
    app.setFont(font)
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet)


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of a theme. High contrast adds borders and thick focus rings."""
    names = ("style.qss", "contrast.qss") if theme.high_contrast else ("style.qss",)
    sheet = Template("\n".join(resource("themes", name).read_text(encoding="utf-8") for name in names))
    return sheet.substitute(asdict(theme), scheme=theme.scheme, icons=resource("icons").as_posix())


@cache
def scaled_fonts(zoom: float) -> str:
    """Return a style sheet with the text sizes of the window's style sheet, enlarged; "" at zoom 1."""
    if zoom == 1.0:
        return ""
    rules = _FONT_SIZE.findall(resource("themes", "style.qss").read_text(encoding="utf-8"))
    return "\n".join(f"{selectors} {{ font-size: {round(int(pixels) * zoom)}px; }}" for selectors, pixels in rules)


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.page,
        roles.AlternateBase: theme.panel,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.panel,
        roles.ButtonText: theme.text,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.ToolTipBase: theme.panel,
        roles.ToolTipText: theme.text,
        roles.Link: theme.accent,
        roles.Mid: theme.pill,
        roles.Dark: theme.line,
        roles.Light: theme.panel,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made
