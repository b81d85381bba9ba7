"""Check the installation: what works, what is missing, and how to fix it."""

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
from annotator.errors import Message, ResourceError
from annotator.formats.registry import broken_formats, reader_names, writer_names
from annotator.installation import install_extra, pip_install
from annotator.plugins import broken_plugins, find_plugins, is_own
from annotator.program_command import is_stand_alone
from annotator.resources import resource
from annotator.services.qt_probe import LIBRARIES, WINDOW_LIBRARIES, probe_qt
from annotator.storage.file.connection import sqlite_version
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.suggest.model_folders import find_model
from annotator.suggest.registry import GROUP as SUGGESTERS
from annotator.suggest.registry import SuggesterContext, available
from annotator.suggest.switches import read_switches

PACKAGES = ("PySide6-Essentials", "sqlite-utils", "camel-tools", "onnxruntime", "tokenizers", "onnx")
EXTRAS = {
    "huggingface": ("pyarrow", "the formats huggingface and parquet"),
    "spacy": ("spacy", "the format spacy, and to_spacy() in Python"),
    "uima": ("dkpro-cassis", "the format xmi"),
    "plots": ("matplotlib", "plots in dataset folders"),
    "cluster": ("distributed", "suggestions on a Dask cluster"),
    "server": ("psycopg", "synchronising with a PostgreSQL server"),
    "pandas": ("pandas", "to_pandas() in Python"),
    "datasets": ("datasets", "to_datasets() in Python"),
}
"""The package that each extra installs, and what it is for."""
_REINSTALL = "reinstall annotator"
LOW_DISK = 500_000_000
"""Bytes of free disk below which the doctor warns."""


class FindingState(StrEnum):
    """The state of a component; OPTIONAL is missing as well, but everything else works without it."""

    OK = "ok"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the result: the component, its state, details, and a command or hint that fixes it.

    without_paths are the details for a bug report, None if they name no file and quote no message.
    """

    name: str
    state: FindingState
    detail: str
    fix: str = ""
    without_paths: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the finding for JSON, where the fix has its former name."""
        return {"name": self.name, "state": self.state, "detail": self.detail, "mend": self.fix}


def check_installation() -> Iterator[Finding]:
    """Yield the state of everything that the program needs; Qt takes a few seconds."""
    yield Finding("annotator", FindingState.OK, __version__)
    python = platform.python_version()
    yield Finding("Python", FindingState.OK, f"{python} at {sys.executable}", without_paths=python)
    yield from map(_package, PACKAGES)
    yield from map(_extra, EXTRAS)
    yield Finding("SQLite", FindingState.OK, sqlite_version())
    yield from _qt()
    yield _fonts()
    yield _tagsets()
    yield from _suggesters()
    yield _formats()
    yield from _plugins()
    yield _model()
    yield from map(_disk, sorted({Path.cwd(), _existing(platformdirs.user_data_path("annotator"))}))


def _package(name: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, FindingState.MISSING, "not installed", pip_install(name))
    if name.startswith("PySide6") and found.startswith("6.12.0") and sys.version_info < (3, 12):
        return Finding(name, FindingState.MISSING, f"{found} aborts on this Python", pip_install(f"{name}!=6.12.0"))
    return Finding(name, FindingState.OK, found)


def _extra(extra: str) -> Finding:
    package, use = EXTRAS[extra]
    try:
        return Finding(package, FindingState.OK, f"{version(package)}, for {use}")
    except PackageNotFoundError:
        if is_stand_alone():
            detail = f"not in the stand-alone program; needed for {use}"
            return Finding(package, FindingState.OPTIONAL, detail, "install annotator with uv")
        return Finding(package, FindingState.OPTIONAL, f"not installed; needed for {use}", install_extra(extra))


def _qt() -> Iterator[Finding]:
    """Start Qt in a child process, and name the system packages that are missing."""
    probe = probe_qt()
    if probe.works:
        yield Finding("Qt", FindingState.OK, f"{probe.message}, starts without a screen")
    else:
        packages = " ".join(LIBRARIES[name] for name in probe.missing)
        fix = f"apt-get install {packages}" if packages else pip_install("--force-reinstall", "PySide6-Essentials")
        lacks = f"; missing: {', '.join(probe.missing)}" if probe.missing else ""
        yield Finding("Qt", FindingState.MISSING, f"does not start: {probe.message}{lacks}", fix)
    if probe.missing_for_window:
        packages = " ".join(WINDOW_LIBRARIES[name] for name in probe.missing_for_window)
        lacks = f"missing: {', '.join(probe.missing_for_window)}"
        yield Finding("Qt's windows (X11)", FindingState.MISSING, lacks, f"apt-get install {packages}")
    elif sys.platform.startswith("linux"):
        yield Finding("Qt's windows (X11)", FindingState.OK, "all shared libraries found")


def _fonts() -> Finding:
    try:
        found = sorted(path.stem for path in resource("fonts").glob("*.ttf"))
    except ResourceError as error:
        return Finding("Fonts", FindingState.MISSING, str(error), _REINSTALL)
    if not found:
        return Finding("Fonts", FindingState.MISSING, "none bundled", _REINSTALL)
    return Finding("Fonts", FindingState.OK, ", ".join(found))


def _tagsets() -> Finding:
    try:
        loaded = [load_tagset(name) for name in list_tagsets()]
    except ResourceError as error:
        return Finding("Tagsets", FindingState.MISSING, str(error), _REINSTALL)
    return Finding("Tagsets", FindingState.OK, ", ".join(f"{tagset.name} ({len(tagset.labels)})" for tagset in loaded))


def _suggesters() -> Iterator[Finding]:
    """Report the suggesters that run by default, and those that are off or need something first."""
    switches = read_switches()
    ready = available(SuggesterContext(Tagset("doctor", ()), switches=switches))
    if ready:
        yield Finding("Suggesters", FindingState.OK, ", ".join(ready))
    else:
        yield Finding("Suggesters", FindingState.MISSING, "none", _REINSTALL)
    for name, entry in find_plugins(SUGGESTERS).entries.items():
        if name in ready:
            continue
        if not switches.get(name, is_own(entry)):
            detail, fix = "switched off", f"annotator models switch {name} on"
        elif name == "camel":
            detail, fix = "needs its model", "annotator models install"
        else:
            detail, fix = "needs a model that is trained for each project", "annotator train PROJECT"
        yield Finding(f"Suggester {name}", FindingState.OPTIONAL, detail, fix)


def _formats() -> Finding:
    if not reader_names() or not writer_names():
        return Finding("Formats", FindingState.MISSING, "none registered", _REINSTALL)
    return Finding("Formats", FindingState.OK, f"reads {', '.join(reader_names())}; writes {', '.join(writer_names())}")


def _plugins() -> Iterator[Finding]:
    broken = (*broken_formats(), *broken_plugins(SUGGESTERS))
    for sentence in broken:
        plugin = sentence.fields["plugin"]
        package = plugin.fields["package"] if isinstance(plugin, Message) else "annotator"
        fix = f"{pip_install('--force-reinstall', str(package))}, or: pip uninstall {package}"
        yield Finding("Plug-in", FindingState.MISSING, sentence, fix, without_paths="one cannot be used")
    if not broken:
        yield Finding("Plug-ins", FindingState.OK, "all can be loaded")


def _model() -> Finding:
    found = find_model()
    if found is None:
        return Finding("CAMeL NER model", FindingState.OPTIONAL, "not installed", "annotator models install")
    if found.problem:
        fix = f"fix or remove {found.path}"
        return Finding("CAMeL NER model", FindingState.MISSING, found.problem, fix, without_paths="damaged")
    detail = f"{found.path} ({found.precision})"
    return Finding("CAMeL NER model", FindingState.OK, detail, without_paths=found.precision)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    amount = f"{free / 1e9:.1f} GB free"
    is_low = free < LOW_DISK
    fix = f"free at least {LOW_DISK // 1_000_000} MB" if is_low else ""
    state = FindingState.MISSING if is_low else FindingState.OK
    return Finding("Disk", state, f"{amount} at {folder}", fix, without_paths=amount)


def _existing(path: Path) -> Path:
    """Return a path or its nearest parent that is a folder."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())
