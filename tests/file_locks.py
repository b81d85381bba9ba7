"""The locks that Linux holds for the files in a folder, as tests compare them."""

from __future__ import annotations

from pathlib import Path

import pytest

LOCKS = Path("/proc/locks")
needs_locks = pytest.mark.skipif(not LOCKS.exists(), reason="this system does not list its locks")


def locks_in(folder: Path) -> set[tuple[str, ...]]:
    """Return the locks on the files in a folder: name, first and last byte.

    A set, because Linux lists a lock twice if another process takes or releases one while the list is read.
    """
    names = {f"{file.stat().st_ino}": file.name for file in folder.iterdir()}
    rows = (line.split() for line in LOCKS.read_text("ascii").splitlines())
    return {(names[row[5].rpartition(":")[2]], *row[6:8]) for row in rows if row[5].rpartition(":")[2] in names}
