"""The fences between the rooms, the types and the style, each checked by its own tool."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
PACKAGE = ROOT / "annotator"


def run(*command: str) -> None:
    """Run a tool of the environment in the project's folder and show what it printed when it fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_go_downwards_only() -> None:
    run("lint-imports", "--no-cache")


def test_types_are_strict_and_right() -> None:
    run("mypy")


def test_style_is_ruffs() -> None:
    run("ruff", "check", "annotator", "tests", "resources")


def test_format_is_ruffs() -> None:
    run("ruff", "format", "--check", "annotator", "tests", "resources")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_function_says_in_a_sentence_what_it_does(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        f"{path.name}:{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not ast.get_docstring(node)
        and not _is_overload_or_stub(node)
    ]
    assert not silent


def _is_overload_or_stub(node: ast.AST) -> bool:
    """Tell whether a definition is one of typing's overloads, which share the docstring of the last."""
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in decorators)
