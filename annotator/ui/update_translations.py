"""Update and compile the translations: `make translations` reads the texts of the sources into the .ts files.

A translator fills in what is unfinished (in Qt Linguist or by hand) and runs it again. The messages of errors come from
packages that know nothing of Qt: their templates are found where the errors are raised.
"""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.atomic_file import replace_file
from annotator.resources import resource

_PACKAGE = Path(__file__).resolve().parent.parent
_OPTIONS = {"ar": (), "en": ("-pluralonly",)}
"""English needs translations of its plurals only."""
_MESSAGE_AT = {"Message": 0, "Problem": 1, "InstallError": 1, "InstallStopped": 0, "_fault": 0, "error": 0}
"""Which argument of a call is the message; in errors of our own it is the first."""
_EXCLUDED = ("cli", "ui", "app.py")
"""Packages whose messages the window does not get from an error: its own, and those of the command line."""


def update(folder: Path) -> None:
    """Update the .ts files of a folder from the sources; texts that are no longer there are dropped."""
    sources = [str(path) for path in sorted((_PACKAGE / "ui").rglob("*.py"))]
    with TemporaryDirectory() as aside:
        listed = Path(aside) / "errors.py"
        marked = (f'QT_TRANSLATE_NOOP("errors", {_quoted(text)})\n' for text in sorted(set(error_templates())))
        listed.write_text("".join(marked), encoding="utf-8")
        for language, options in _OPTIONS.items():
            out = str(folder / f"annotator_{language}.ts")
            plain = ("-silent", "-no-obsolete", "-locations", "none", "-target-language", language)
            subprocess.run([_tool("lupdate"), *plain, *options, *sources, str(listed), "-ts", out], check=True)


def error_messages() -> Iterator[tuple[Path, ast.expr]]:
    """Yield the file and the message of each error and problem that packages below the window report."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0] in _EXCLUDED:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                at = _argument(name)
                if 0 <= at < len(node.args):
                    yield path, node.args[at]


def error_templates() -> Iterator[str]:
    """Yield the templates of these messages: those that are constants in the sources."""
    for _, message in error_messages():
        if isinstance(message, ast.Constant) and isinstance(message.value, str):
            yield message.value


def _argument(name: str) -> int:
    """Return which argument of a call of this name is a message, or -1 if none is."""
    is_error = name.endswith("Error") and not name.startswith("_") and not hasattr(builtins, name)
    return _MESSAGE_AT.get(name, 0 if is_error else -1)


def _quoted(text: str) -> str:
    """Return a text as a literal that lupdate can read."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compile_all(folder: Path) -> None:
    """Compile the .ts files of a folder to .qm files in the same folder.

    An open window reads its .qm file bit by bit, so a new file takes the name and the old one is not written to.
    """
    for language in _OPTIONS:
        source = folder / f"annotator_{language}.ts"
        with replace_file(source.with_suffix(".qm")) as aside:
            subprocess.run([_tool("lrelease"), "-silent", str(source), "-qm", str(aside)], check=True)


def _tool(name: str) -> str:
    """Return the path of one of Qt's tools, which PySide6 brings along."""
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


if __name__ == "__main__":
    update(resource("i18n"))
    compile_all(resource("i18n"))
