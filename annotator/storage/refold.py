"""Bring the state tables up to date as edits come into the log in any order, without holding what the tables hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from sqlite_utils import Database

from annotator.domain.edit import Address, CellKind, Edit, Value, Write
from annotator.storage.cells import clear_cells, replace_tagset, write_cells

_CHUNK = 500  # edits
_MOST_CELLS = 100_000


class Refold:
    """The state tables while edits come in.

    Edits newer than all others are written as they come. Of the cells that an older one writes, its write may not be
    the last, so these are looked up in the whole log when all are in.
    """

    def __init__(self, db: Database, latest: str | None) -> None:
        """Begin within the transaction that is open; latest is the greatest id in the log, None where it is empty."""
        self._db = db
        self._latest = latest or ""
        self._open: set[Address] = set()
        self._is_open_throughout = False

    def take(self, edits: Iterable[Edit]) -> None:
        """Take some edits that have come into the log."""
        new = sorted(edits, key=lambda edit: edit.id)
        if not new:
            return
        if new[0].id > self._latest:
            _write(self._db, new)
        elif not self._is_open_throughout:
            self._open |= {Address.of(edit.annotator, write) for edit in new for write in edit.writes}
            self._is_open_throughout = len(self._open) > _MOST_CELLS
        self._latest = max(self._latest, new[-1].id)

    def finish(self, log: Iterable[Edit]) -> None:
        """Look up what is still open; log are all edits, in the order of their ids."""
        if self._is_open_throughout:
            replay(self._db, log)
        elif self._open:
            last: dict[str, dict[Address, Value | None]] = defaultdict(dict)
            for edit in log:
                for write in edit.writes:
                    if (address := Address.of(edit.annotator, write)) in self._open:
                        last[address.annotator][address] = write.after
            for annotator, cells in last.items():
                write_cells(self._db, annotator, [Write(a.document, a.cell, a.key, None, v) for a, v in cells.items()])


def replay(db: Database, log: Iterable[Edit]) -> None:
    """Make the tables the fold of a log, whose edits come in the order of their ids; only some hundred are held."""
    clear_cells(db)
    tagset: dict[str, Value | None] = {}
    for chunk in _chunks(log):
        _write(db, chunk, but=CellKind.TAGSET)
        tagset.update({w.key: w.after for edit in chunk for w in edit.writes if w.cell is CellKind.TAGSET})
    replace_tagset(db, tagset)


def _write(db: Database, edits: Iterable[Edit], *, but: CellKind | None = None) -> None:
    """Write what edits in their order say, but for one kind of cell."""
    for annotator, theirs in groupby(edits, key=lambda edit: edit.annotator):
        write_cells(db, annotator, [write for edit in theirs for write in edit.writes if write.cell is not but])


def _chunks(edits: Iterable[Edit]) -> Iterator[Sequence[Edit]]:
    """Yield the edits, some hundred at a time."""
    coming = iter(edits)
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk
