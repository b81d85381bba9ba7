"""Keep the interface's texts up to date: `make translations` reads the sources into the .ts files and compiles them.

A translator fills in what is unfinished (in Qt Linguist or by hand) and runs it once more.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotator.resources import resource

_PACKAGE = Path(__file__).resolve().parent.parent
_OPTIONS = {"ar": (), "en": ("-pluralonly",)}
"""English needs no translation but of its plurals."""


def update(folder: Path) -> None:
    """Bring the .ts files of a folder up to date with the sources, dropping texts that are gone."""
    sources = [str(path) for path in sorted((_PACKAGE / "ui").rglob("*.py"))]
    for language, options in _OPTIONS.items():
        out = str(folder / f"annotator_{language}.ts")
        plain = ("-silent", "-no-obsolete", "-locations", "none", "-target-language", language)
        subprocess.run([_tool("lupdate"), *plain, *options, *sources, "-ts", out], check=True)


def compile_all(folder: Path) -> None:
    """Compile the .ts files of a folder to .qm files beside them."""
    for language in _OPTIONS:
        subprocess.run([_tool("lrelease"), "-silent", str(folder / f"annotator_{language}.ts")], check=True)


def _tool(name: str) -> str:
    """Return the path of one of Qt's tools, which PySide6 brings along."""
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


if __name__ == "__main__":
    update(resource("i18n"))
    compile_all(resource("i18n"))
