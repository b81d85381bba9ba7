"""SHA-256 of exported files, for reports and manifests."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; of a folder, that of a list of its files with their digests."""
    if path.is_dir():
        files = (entry for entry in sorted(path.rglob("*")) if entry.is_file())
        listed = "".join(f"{digest(entry)}  {entry.relative_to(path).as_posix()}\n" for entry in files)
        return hashlib.sha256(listed.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
