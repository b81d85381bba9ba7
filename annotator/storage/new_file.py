"""Files that come into being whole, and never in the place of another."""

from __future__ import annotations

import os
from pathlib import Path


def put_in_place(aside: Path, path: Path) -> None:
    """Give a whole file its name, unless something has appeared there in the meantime; raises OSError.

    Where something has, that is FileExistsError, and the file stays aside; else it may too, for the caller to remove.
    """
    try:
        # A link, unlike a rename, does not overwrite what is there.
        os.link(aside, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):
        # FAT, exFAT and some network file systems know no links, so the name is taken first by a file that is empty.
        path.touch(exist_ok=False)
        aside.replace(path)
