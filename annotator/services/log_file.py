"""The log: bugs of the program, in one folder, in files of a limited size."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from annotator.atomic_file import OWNER_ONLY_FOLDER
from annotator.storage.file.identity import CONFIG_VARIABLE

NAME = "annotator.log"
_MOST_BYTES, _OLDER_FILES = 1_000_000, 4


def log_folder(config_dir: str | Path | None = None) -> Path:
    """Return the folder of the log: "log" in config_dir or ANNOTATOR_CONFIG, else the system's folder for state."""
    chosen = config_dir or os.environ.get(CONFIG_VARIABLE)
    return Path(chosen, "log") if chosen else platformdirs.user_log_path("annotator", appauthor=False)


def log_files(config_dir: str | Path | None = None) -> list[Path]:
    """Return the files of the log, oldest first."""
    files = [log_folder(config_dir) / name for name in (*(f"{NAME}.{n}" for n in range(_OLDER_FILES, 0, -1)), NAME)]
    return [path for path in files if path.is_file()]


@contextmanager
def log_to_file(config_dir: str | Path | None = None) -> Iterator[None]:
    """Write what the program logs in the block to the log. Nothing is logged if the folder cannot be made.

    Traces can quote texts of articles, so only the owner may read them.
    """
    folder = log_folder(config_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    except OSError:
        yield
        return
    handler = RotatingFileHandler(
        folder / NAME, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger("annotator").addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger("annotator").removeHandler(handler)
        handler.close()
