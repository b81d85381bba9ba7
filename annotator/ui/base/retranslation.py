"""Widgets that write their texts anew when the language changes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Widget
else:
    Widget = object


class Retranslated(Widget):
    """Stands before the class of a widget, whose retranslate() is then called at each change of the language."""

    @abstractmethod
    def retranslate(self) -> None:
        """Write every text in the language in use."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Retranslate when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
