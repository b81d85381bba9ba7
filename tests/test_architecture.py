"""Import rules, types and style, each checked by its own tool."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

BIN = Path(sys.executable).parent


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


def test_nothing_of_the_program_is_unused() -> None:
    """Names that only tests use count as used; pytest finds much in the tests that vulture cannot see."""
    found = subprocess.run([str(BIN / "vulture")], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert any(line.startswith("tests/") for line in found), "vulture did not run"
    assert [line for line in found if line.startswith("annotator/")] == []
