"""Report bugs of the program in a dialog, and user errors in the message bar."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.errors import UserError
from annotator.ui.base.error_messages import error_text

_log = logging.getLogger("annotator")


class BugDialog(QMessageBox):
    """Says that the program has a bug and that all work is saved; shows the details on request."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("Program error"))
        self.setText(self.tr("The program has a bug. You did nothing wrong."))
        self.setInformativeText(
            self.tr("All decisions so far are saved, and you can continue. Please send the details to the developers.")
        )
        self.setDetailedText(details)
        self.setStandardButtons(QMessageBox.StandardButton.Close)
        self.setDefaultButton(QMessageBox.StandardButton.Close)
        self.button(QMessageBox.StandardButton.Close).setText(self.tr("Close"))


def install(show_message: Callable[[str], None], show_bug: Callable[[str], None]) -> Callable[[], None]:
    """Install an exception hook, and return the function that removes it.

    A UserError is shown as a message, everything else as a bug.
    """
    before = sys.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, UserError):
            show_message(error_text(error))
            return
        if not issubclass(kind, Exception):
            before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("uncaught exception\n%s", details)
        show_bug(details)

    sys.excepthook = caught

    def restore() -> None:
        if sys.excepthook is caught:
            sys.excepthook = before

    return restore
