"""When the program itself is at fault: say so, keep the details at hand, lose nothing."""

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
    """Says that this is a bug, that the work is saved, and shows the details when asked."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        """Make the dialog around a traceback."""
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


def install(tell: Callable[[str], None], show_bug: Callable[[str], None]) -> Callable[[], None]:
    """Send what nobody caught to the window: a UserError as its sentence, all else as a bug; return the way back."""
    before = sys.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Judge an exception that came up to the event loop."""
        if isinstance(error, UserError):
            tell(error_text(error))
            return
        if not issubclass(kind, Exception):
            before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("uncaught exception\n%s", details)
        show_bug(details)

    sys.excepthook = caught

    def restore() -> None:
        """Put the former hook back."""
        if sys.excepthook is caught:
            sys.excepthook = before

    return restore
