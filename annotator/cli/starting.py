"""The moment of starting, in which Ctrl+C finds nothing yet that could be told or tidied up.

It imports next to nothing itself, so that the moment before it is short.
"""

from __future__ import annotations

import os
import signal

STOPPED = 130


class StoppingAtOnce:
    """Within the block Ctrl+C ends the program without a word, where nobody else has a use for it.

    Raising something would not do: in the midst of an import it comes out as a fault of the module, or not at all.
    """

    def __enter__(self) -> None:
        """Begin, unless this is no program's main thread, or somebody else listens to Ctrl+C."""
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:
            self._listen(_end)

    def __exit__(self, *_raised: object) -> None:
        """Let Ctrl+C be what it was."""
        if self._before is signal.default_int_handler:
            self._listen(signal.default_int_handler)

    def _listen(self, handler: signal._HANDLER) -> None:
        """Have a handler called; only the main thread can."""
        try:
            signal.signal(signal.SIGINT, handler)
        except ValueError:
            self._before = None


def _end(_number: int, _frame: object) -> None:
    """End the program; nothing is open yet."""
    os._exit(STOPPED)
