"""Language, theme, font, text size and line spacing, changed at run time and kept in the settings."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.i18n import LANGUAGES, default_language, set_language
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import CHOICES, UI_FAMILY, Theme, apply_theme, follow_system, resolve
from annotator.ui.base.typography import TEXT_FAMILY, Density, TagMode

FONTS = {"naskh": TEXT_FAMILY, "plain": UI_FAMILY}
"""The font families for articles, by setting; both are bundled."""
_DEFAULT_TAGS = {
    Density.COMFORTABLE: TagMode.BELOW,
    Density.COMPACT: TagMode.MARK,
    Density.SPACIOUS: TagMode.BELOW,
}
"""Compact lines have no room for most names."""
_Choice = TypeVar("_Choice", Density, TagMode)
_STEP = 1.1
_SMALLEST, _LARGEST = 0.6, 3.0


class Appearance(QObject):
    """Handles the actions of the View menu."""

    themeChanged = Signal(object)
    chosen = Signal(str)
    zoomed = Signal(float)
    """The text size was set; 1 is the default."""

    def __init__(self, app: QApplication, article: ArticleView, settings: Settings, parent: QObject) -> None:
        """Connect to the article; begin() restores the settings."""
        super().__init__(parent)
        self._app = app
        self._articles: list[ArticleView] = []
        self._settings = settings
        self.theme: Theme = resolve("light")
        self._zoom = 1.0
        self._family = TEXT_FAMILY
        self._density = Density.COMFORTABLE
        self._tags = dict(_DEFAULT_TAGS)
        self.follow(article)
        follow_system(self._follow_system)

    def restore(self) -> None:
        """Restore language, theme, font and size. The defaults are the system's theme, and English only if it is."""
        language = self._settings.text("language", default_language())
        theme = self._settings.text("theme", CHOICES[0])
        self.use_language(language if language in LANGUAGES else default_language())
        self._set_theme(theme if theme in CHOICES else CHOICES[0])
        self._set_font(self._settings.text("font", "naskh"))
        self._set_zoom(self._settings.number("zoom", 1.0))
        density = self._settings.text("density")
        for each in Density:
            tags = self._settings.text(f"tags-{each.value}")
            self._tags[each] = TagMode(tags) if tags in list(TagMode) else _DEFAULT_TAGS[each]
        self._set_density(Density(density) if density in list(Density) else Density.COMFORTABLE)

    def follow(self, article: ArticleView) -> None:
        """Give another view of articles the same font and size, now and later."""
        self._articles.append(article)
        article.zoomRequested.connect(lambda step: self.larger() if step > 0 else self.smaller())
        article.set_font_family(self._family)
        article.set_zoom(self._zoom)
        article.set_spacing(self._density, self._tags[self._density])

    def larger(self) -> None:
        """Make the text of the three panes larger."""
        self._set_zoom(self._zoom * _STEP)

    def smaller(self) -> None:
        """Make the text of the three panes smaller."""
        self._set_zoom(self._zoom / _STEP)

    def reset_size(self) -> None:
        """Reset the text of the three panes to the default size."""
        self._set_zoom(1.0)

    def naskh(self) -> None:
        """Use the Naskh font for the article."""
        self._set_font("naskh")

    def plain(self) -> None:
        """Use the interface font for the article."""
        self._set_font("plain")

    def comfortable(self) -> None:
        """Set lines with the usual distance."""
        self._set_density(Density.COMFORTABLE)

    def compact(self) -> None:
        """Set lines close to each other. Labels are marks there unless another choice was made."""
        self._set_density(Density.COMPACT)

    def spacious(self) -> None:
        """Set lines far apart, with a row of their own for tags."""
        self._set_density(Density.SPACIOUS)

    def next_density(self) -> None:
        """Go to the next line spacing, and from the last to the first."""
        self._set_density(_next(self._density))

    def tags_below(self) -> None:
        """Write the name of each label below its span."""
        self._set_tags(TagMode.BELOW)

    def tags_as_marks(self) -> None:
        """Write the key of each label below its span."""
        self._set_tags(TagMode.MARK)

    def tags_off(self) -> None:
        """Show labels by their colours alone."""
        self._set_tags(TagMode.OFF)

    def next_tags(self) -> None:
        """Go to the next way to write labels, and from the last to the first."""
        self._set_tags(_next(self._tags[self._density]))

    def arabic(self) -> None:
        """Switch to Arabic."""
        self.use_language("ar")

    def english(self) -> None:
        """Switch to English."""
        self.use_language("en")

    def system_theme(self) -> None:
        """Follow the system: light or dark, with or without high contrast."""
        self._set_theme("system")

    def light(self) -> None:
        """Use the light theme."""
        self._set_theme("light")

    def dark(self) -> None:
        """Use the dark theme."""
        self._set_theme("dark")

    def light_contrast(self) -> None:
        """Use the light high-contrast theme."""
        self._set_theme("light-contrast")

    def dark_contrast(self) -> None:
        """Use the dark high-contrast theme."""
        self._set_theme("dark-contrast")

    def use_language(self, language: str) -> None:
        """Switch to "ar" or "en"."""
        set_language(self._app, language)
        self._settings.set("language", language)
        self.chosen.emit(f"language-{language}")

    def _set_theme(self, choice: str) -> None:
        self.theme = resolve(choice)
        apply_theme(self._app, self.theme)
        self._settings.set("theme", choice)
        self.themeChanged.emit(self.theme)
        self.chosen.emit(f"theme-{choice}")

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = min(max(zoom, _SMALLEST), _LARGEST)
        for article in self._articles:
            article.set_zoom(self._zoom)
        self._settings.set("zoom", self._zoom)
        self.zoomed.emit(self._zoom)

    def _set_density(self, density: Density) -> None:
        """Set how far lines are apart, with the tags that were last chosen for that."""
        self._density = density
        self._settings.set("density", density.value)
        self.chosen.emit(f"density-{density.value}")
        self._set_tags(self._tags[density])

    def _set_tags(self, tags: TagMode) -> None:
        self._tags[self._density] = tags
        for article in self._articles:
            article.set_spacing(self._density, tags)
        self._settings.set(f"tags-{self._density.value}", tags.value)
        self.chosen.emit(f"tags-{tags.value}")

    def _set_font(self, choice: str) -> None:
        choice = choice if choice in FONTS else next(iter(FONTS))
        self._family = FONTS[choice]
        for article in self._articles:
            article.set_font_family(self._family)
        self._settings.set("font", choice)
        self.chosen.emit(f"font-{choice}")

    def _follow_system(self) -> None:
        if self._settings.text("theme", CHOICES[0]) == "system":
            self._set_theme("system")


def _next(choice: _Choice) -> _Choice:
    choices = list(type(choice))
    return choices[(choices.index(choice) + 1) % len(choices)]


def refresh_layouts(window: QWidget) -> None:
    """Lay out a window again: Qt only marks layouts as dirty when the direction changes."""
    for widget in (window, *window.findChildren(QWidget)):
        layout = widget.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
