"""Ctrl+C while the program is still importing its modules.

This module imports next to nothing, so that little time passes before the handler is installed.
"""

from __future__ import annotations

import os
import signal

from annotator.cli.exit_codes import INTERRUPTED


class ExitOnInterrupt:
    """Within the block, Ctrl+C ends the program at once and prints nothing.

    Raising KeyboardInterrupt would not do: during an import it appears as an error of that module, or is swallowed.
    A handler that somebody else installed is left alone.
    """

    def __enter__(self) -> None:
        """Install the handler if the present one is Python's default."""
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:
            self._set(_exit)

    def __exit__(self, *_raised: object) -> None:
        """Restore Python's default handler."""
        if self._before is signal.default_int_handler:
            self._set(signal.default_int_handler)

    def _set(self, handler: signal._HANDLER) -> None:
        try:
            signal.signal(signal.SIGINT, handler)
        except ValueError:  # Only the main thread may set a handler.
            self._before = None


def _exit(_number: int, _frame: object) -> None:
    """End the program without cleaning up; nothing is open yet."""
    os._exit(INTERRUPTED)
