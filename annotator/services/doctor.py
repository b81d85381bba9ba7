"""The doctor: what this installation has, what it lacks, and how to fix it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import platformdirs

from annotator import __version__
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError
from annotator.formats.registry import broken_formats, reader_names, writer_names
from annotator.plugins import broken_plugins
from annotator.resources import resource
from annotator.services.qt_probe import LIBRARIES, WINDOW_LIBRARIES, probe_qt
from annotator.storage.file.sqlite_version import sqlite_version
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.suggest import torch_extra
from annotator.suggest.model_folders import default_models, find_models
from annotator.suggest.registry import GROUP as SUGGESTERS
from annotator.suggest.registry import SuggesterContext, available, names

PACKAGES = ("PySide6-Essentials", "sqlite-utils", "camel-tools")
LOW_DISK = 500_000_000
"""Bytes of free disk below which the doctor warns."""


class FindingState(StrEnum):
    """How a thing was found; optional is missing too, but everything else works without it."""

    OK = "ok"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: what was looked at, how it was found, and what to do about it."""

    name: str
    state: FindingState
    detail: str
    fix: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the finding for JSON, where the fix has its former name."""
        return {"name": self.name, "state": self.state, "detail": self.detail, "mend": self.fix}


def check_installation() -> Iterator[Finding]:
    """Look at everything that the program needs, one thing after the other; takes a few seconds for Qt."""
    yield Finding("annotator", FindingState.OK, __version__)
    yield Finding("Python", FindingState.OK, f"{platform.python_version()} at {sys.executable}")
    yield from map(_package, PACKAGES)
    yield from map(_torch_package, torch_extra.PACKAGES)
    yield Finding("SQLite", FindingState.OK, sqlite_version())
    yield from _qt()
    yield _fonts()
    yield _tagsets()
    yield from _suggesters()
    yield _formats()
    yield from _plugins()
    yield from _models()
    yield from map(_disk, sorted({Path.cwd(), _existing(platformdirs.user_data_path("annotator"))}))


def _package(name: str) -> Finding:
    """Look for an installed package without importing it."""
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, FindingState.MISSING, "not installed", f"pip install {name}")
    if name.startswith("PySide6") and found.startswith("6.12.0") and sys.version_info < (3, 12):
        return Finding(name, FindingState.MISSING, f"{found} aborts on this Python", f"pip install '{name}!=6.12.0'")
    return Finding(name, FindingState.OK, found)


def _torch_package(name: str) -> Finding:
    """Look for a package that only the suggester camel needs."""
    try:
        return Finding(name, FindingState.OK, version(name))
    except PackageNotFoundError:
        return Finding(
            name, FindingState.OPTIONAL, "not installed; only the suggester camel needs it", torch_extra.COMMAND
        )


def _qt() -> Iterator[Finding]:
    """Start Qt in a process of its own and name the system's packages that it lacks."""
    probe = probe_qt()
    if probe.works:
        yield Finding("Qt", FindingState.OK, f"{probe.said}, starts without a screen")
    else:
        packages = " ".join(LIBRARIES[name] for name in probe.missing)
        fix = f"apt-get install {packages}" if packages else "pip install --force-reinstall PySide6-Essentials"
        lacks = f"; lacks {', '.join(probe.missing)}" if probe.missing else ""
        yield Finding("Qt", FindingState.MISSING, f"does not start: {probe.said}{lacks}", fix)
    if probe.missing_for_window:
        packages = " ".join(WINDOW_LIBRARIES[name] for name in probe.missing_for_window)
        lacks = f"lacks {', '.join(probe.missing_for_window)}"
        yield Finding("Qt's windows (X11)", FindingState.MISSING, lacks, f"apt-get install {packages}")
    elif sys.platform.startswith("linux"):
        yield Finding("Qt's windows (X11)", FindingState.OK, "all shared libraries are there")


def _fonts() -> Finding:
    """Count the bundled fonts."""
    try:
        found = sorted(path.stem for path in resource("fonts").glob("*.ttf"))
    except ResourceError as error:
        return Finding("Fonts", FindingState.MISSING, str(error), "pip install --force-reinstall annotator")
    if not found:
        return Finding("Fonts", FindingState.MISSING, "none bundled", "pip install --force-reinstall annotator")
    return Finding("Fonts", FindingState.OK, ", ".join(found))


def _tagsets() -> Finding:
    """Load every bundled tagset."""
    try:
        loaded = [load_tagset(name) for name in list_tagsets()]
    except ResourceError as error:
        return Finding("Tagsets", FindingState.MISSING, str(error), "pip install --force-reinstall annotator")
    return Finding("Tagsets", FindingState.OK, ", ".join(f"{tagset.name} ({len(tagset.labels)})" for tagset in loaded))


def _suggesters() -> Iterator[Finding]:
    """Tell the suggesters that would run, and those that wait for something."""
    ready = available(SuggesterContext(Tagset("doctor", ())))
    detail = ", ".join(ready)
    if ready:
        yield Finding("Suggesters", FindingState.OK, detail)
    else:
        yield Finding("Suggesters", FindingState.MISSING, "none", "pip install --force-reinstall annotator")
    for name in names():
        if name not in ready:
            detail = "waits for PyTorch and its model" if name == "camel" else "runs only when it is named"
            yield Finding(
                f"Suggester {name}", FindingState.OPTIONAL, detail, f"annotator suggest PROJECT --suggester {name}"
            )


def _formats() -> Finding:
    """Tell the formats that can be read and written."""
    if not reader_names() or not writer_names():
        return Finding("Formats", FindingState.MISSING, "none registered", "pip install --force-reinstall annotator")
    return Finding("Formats", FindingState.OK, f"reads {', '.join(reader_names())}; writes {', '.join(writer_names())}")


def _plugins() -> Iterator[Finding]:
    """Tell every plug-in that cannot be used."""
    broken = (*broken_formats(), *broken_plugins(SUGGESTERS))
    for sentence in broken:
        yield Finding("Plug-in", FindingState.MISSING, sentence, "reinstall or remove the package that is named")
    if not broken:
        yield Finding("Plug-ins", FindingState.OK, "all can be loaded")


def _models() -> Iterator[Finding]:
    """Tell the CAMeL Tools models that were found; the program works without one."""
    found = find_models()
    for folder in found:
        if folder.problem:
            yield Finding("CAMeL NER model", FindingState.MISSING, folder.problem, f"fix or remove {folder.path}")
        else:
            yield Finding("CAMeL NER model", FindingState.OK, str(folder.path))
    if not found:
        place = default_models() / "ner" / "arabert"
        yield Finding("CAMeL NER model", FindingState.OPTIONAL, "not installed", f"put the model's files into {place}")


def _disk(folder: Path) -> Finding:
    """Measure the free disk at a folder."""
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB free at {folder}"
    if free < LOW_DISK:
        return Finding("Disk", FindingState.MISSING, detail, f"free at least {LOW_DISK // 1_000_000} MB")
    return Finding("Disk", FindingState.OK, detail)


def _existing(path: Path) -> Path:
    """Return the nearest folder on the way to this path that exists."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())
