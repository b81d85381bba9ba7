"""How far long work is, shown as a bar on the screen, and not at all where the screen is a file."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click


class Progress:
    """A progress bar with the time left, which appears at the first report; call it with (done, total).

    What was done before the first report was done by an earlier run, and says nothing of how fast this one is.
    """

    def __init__(self, label: str) -> None:
        """Name the work that is shown."""
        self._label = label
        self._bar: Any = None
        self._before = 0

    def __call__(self, done: int, total: int) -> None:
        """Show that done of total steps are finished; a total of 0 says that it is not known yet."""
        if not total or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._before = done
            self._bar = click.progressbar(length=total - done, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.length = total - self._before
        self._bar.update(done - self._before - self._bar.pos)

    def __enter__(self) -> Self:
        """Return the bar itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the line of the bar."""
        if self._bar is not None:
            self._bar.render_finish()
