"""A progress bar on a terminal, and nothing if standard error is a file."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any, Self

import click


class ProgressBar:
    """A progress bar with the time left; call it with (done, total).

    The bar appears at the first report. Steps done before that were done by an earlier run, so they do not count
    towards the speed of this one.
    """

    def __init__(self, label: str) -> None:
        """Set the text before the bar."""
        self._label = label
        self._bar: Any = None
        self._before = 0

    def __call__(self, done: int, total: int) -> None:
        """Show that done of total steps are finished; a total of 0 means that it is not known yet."""
        if not total or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return
        if self._bar is None:
            self._before = done
            self._bar = click.progressbar(length=total - done, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.length = total - self._before
        self._bar.update(done - self._before - self._bar.pos)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the line of the bar."""
        if self._bar is not None:
            self._bar.render_finish()
