"""The Help menu: the manual, the keyboard shortcuts, about; and the command palette."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from annotator.domain.tagset.tagset import Label
from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.shortcuts.dialog import ShortcutsDialog
from annotator.ui.shortcuts.keys_dialog import KeysDialog
from annotator.ui.shortcuts.menus import Menus
from annotator.ui.widgets.rich_text import about_page
from annotator.ui.widgets.rich_text_dialog import RichTextDialog
from annotator.ui.window.manual import ManualDialog


class Help(QObject):
    """Opens the dialogs of the Help menu."""

    def __init__(self, window: QWidget, current: CurrentProject, appearance: Appearance) -> None:
        """Create the controller; menus is set when they exist."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._appearance = appearance
        self.menus: Menus | None = None
        self._manual: ManualDialog | None = None

    def show_manual(self) -> None:
        """Open the manual, or bring it to the front."""
        if self._manual is None:
            self._manual = ManualDialog(self._window)
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    def show_shortcuts(self) -> None:
        """Show all keyboard shortcuts."""
        if self.menus:
            dialog = KeysDialog(self.menus.keys, self._labels(), self._window)
            dialog.exec()
            if dialog.wants_change:
                self.customise_shortcuts()

    def customise_shortcuts(self) -> None:
        """Let the user customise the shortcuts; changes apply at once."""
        if self.menus:
            ShortcutsDialog(self.menus.keys, self._labels(), self._window).exec()

    def show_about(self) -> None:
        """Show the About dialog."""
        RichTextDialog(self.tr("About"), about_page(self._appearance.theme), self._window, QSize(480, 320)).exec()

    def show_commands(self) -> None:
        """Show the command palette, and run the chosen command."""
        if self.menus is None:
            return
        dialog = CommandPalette(self.menus.commands(), self._window)
        if dialog.exec() and dialog.chosen:
            dialog.chosen.trigger()

    def _labels(self) -> tuple[Label, ...]:
        return self._current.session.tagset.labels if self._current.session else ()
