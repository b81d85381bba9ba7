"""A mixin for widgets that update their texts when the language changes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Widget
else:
    Widget = object


class Retranslated(Widget):
    """A mixin, to be named before the widget class; retranslate() is called at each change of language."""

    @abstractmethod
    def retranslate(self) -> None:
        """Update all texts to the current language."""

    def changeEvent(self, event: QEvent) -> None:
        """Update the texts when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
