"""What the window looks like: the colours of the light and the dark theme, the bundled fonts, the style sheet.

Colours of labels belong to the tagset (they are data); everything else that is painted takes its colour from here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator.resources import resource

UI_FAMILY = "IBM Plex Sans Arabic"
UI_PIXELS = 14
"""Height of the interface's plain text, in device-independent pixels."""
CHOICES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, each as "#rrggbb"; contrast of text and muted on every ground is at least 4.5."""

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
)


def resolve(choice: str) -> Theme:
    """Return the theme of a choice; "system" asks the desktop."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice == "dark" else LIGHT


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once, and return the names of their families."""
    families: set[str] = set()
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program the theme's colours, the bundled interface font and the style sheet."""
    load_fonts()
    style = QStyleFactory.create("Fusion")
    app.setStyle(style)
    font = QFont(UI_FAMILY)
    font.setPixelSize(UI_PIXELS)
    app.setFont(font)
    app.setPalette(palette(theme))
    sheet = Template(resource("themes", "style.qss").read_text(encoding="utf-8"))
    app.setStyleSheet(sheet.substitute(asdict(theme), icons=resource("icons").as_posix()))


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
        roles.Mid: theme.line,
        roles.Dark: theme.line,
        roles.Light: theme.panel,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made
