"""A menu whose keys read from the left in every language: Ctrl++, not ++Ctrl."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem

from annotator.ui.base.key_map import isolate_key


class KeyMenu(QMenu):
    """Fences the key behind the name of each action, which Arabic around it would turn around."""

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:  # noqa: N802
        """Describe an item to the style."""
        super().initStyleOption(option, action)
        text, tab, key = option.text.partition("\t")
        if tab:
            option.text = f"{text}\t{isolate_key(key)}"
