"""What users get: the ends of the ranges of versions, a bare Debian 13, and the built package where no Python is.

make test-versions, or python -m tests.versions [LEG...] [-- ARGUMENTS OF PYTEST]

wheels   every dependency has a wheel for Python 3.11 to 3.14, so that nobody needs a compiler
lowest   the tests with the lowest allowed version of each dependency
highest  the tests with the newest allowed version of each
debian   make run and the tests in a bare Debian 13, on its Python 3.13 with the newest PySide6
deb      the Debian package of make dist in a bare Debian 13 without Python: a journey by real keys in its window under
         Xvfb, whose export is the same as that of the source, and a picture in build/deb.png

The last two need root and debootstrap. By default pytest runs all tests but the long ones.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bare_debian import BUILD, BareDebian
from tests.conftest import ROOT

OVERRIDES = ["--overrides", ".ci/overrides.txt"]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
BUILT_FROM_SOURCE = "docopt"
"""It has no wheel and is one module of Python."""
TESTS = ["-n", "2", "-m", "not long", "--ignore=tests/benchmarks"]


def wheels(_tests: list[str]) -> None:
    """Resolve the dependencies for each Python, with wheels alone."""
    for version in PYTHONS:
        command = ["pip", "compile", "-q", "--no-header", "--no-annotate", "--python-version", version, *OVERRIDES]
        command += ["--only-binary", ":all:", "--no-binary", BUILT_FROM_SOURCE, "pyproject.toml", "-o", os.devnull]
        _uv(*command)
        print(f"Python {version}: every dependency has a wheel, {BUILT_FROM_SOURCE} aside.", flush=True)


def lowest(tests: list[str]) -> None:
    """Run the tests with the lowest versions."""
    _run_tests("lowest", tests, "--resolution", "lowest-direct")


def highest(tests: list[str]) -> None:
    """Run the tests with the newest versions."""
    _run_tests("highest", tests, "--resolution", "highest", "--upgrade")


def _run_tests(name: str, tests: list[str], *options: str) -> None:
    folder = BUILD / "versions" / name
    _uv("venv", "-q", "--clear", "--python", sys.executable, "--seed", str(folder))
    python = str(folder / "bin" / "python")
    _uv("pip", "install", "-q", "--python", python, *OVERRIDES, *options, "-e", ".[test]")
    _uv("pip", "list", "--python", python)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([python, "-m", "pytest", *tests], cwd=ROOT, env=environment, check=True)


def debian(tests: list[str]) -> None:
    """Run make run and the tests in a bare Debian 13."""
    system = BareDebian(BUILD / "versions" / "debian")
    _clone(system.folder / "srv")
    install = "apt-get update -qq && apt-get install -y -qq --no-install-recommends git make python3 > /dev/null"
    code = system.run(
        f"{install}; git clone -q /srv/annotator.git annotator; cd annotator; make -s run; "
        f"PYTHON=python3 VENV=.venv .ci/setup tests; touch .venv/.program .venv/.tests; "
        f".venv/bin/uv pip install -q --python .venv/bin/python --upgrade PySide6-Essentials; "
        f".venv/bin/uv pip list --python .venv/bin/python; "
        f"QT_QPA_PLATFORM=offscreen .venv/bin/pytest {shlex.join(tests)}"
    )
    if code:
        raise SystemExit(f"debian: exit code {code}; the system is kept in {system.folder}")
    shutil.rmtree(system.folder)


def deb(_tests: list[str]) -> None:
    """Install the package in a bare Debian 13, and label in its window by real keys."""
    packages = sorted((BUILD / "dist").glob("*.deb"))
    if not packages:
        raise SystemExit("deb: first run make dist")
    system = BareDebian(BUILD / "versions" / "deb")
    shutil.copyfile(packages[-1], system.folder / "srv" / "annotator.deb")
    script = "apt-get update -qq; apt-get install -y -qq --no-install-recommends /srv/annotator.deb > /dev/null; "
    if system.run(f"{script} ! command -v python3; annotator doctor"):
        raise SystemExit("deb: the package cannot be installed, or its program does not start")
    if (machine := Path("/etc/machine-id")).is_file():  # Or its settings would count as copied from another computer.
        shutil.copyfile(machine, system.folder / "etc" / machine.name)
    work = BUILD / "versions" / "deb-work"
    shutil.rmtree(work, ignore_errors=True)
    (system.folder / work.relative_to("/")).mkdir(parents=True)
    program = BUILD / "versions" / "annotator"
    bind = f"mount --bind {work} {system.folder}{work}; mount -t proc proc {system.folder}/proc"
    inside = f'exec chroot {system.folder} /usr/bin/annotator "$@"'
    program.write_text(f"#!/bin/sh\nexec unshare --mount sh -ec '{bind}; {inside}' annotator \"$@\"\n")
    program.chmod(0o755)
    environment = {"ANNOTATOR_PROGRAM": str(program), "ANNOTATOR_PICTURE": str(BUILD / "deb.png")}
    command = [sys.executable, "-m", "pytest", "tests/test_x_server.py", "-k", "journey", f"--basetemp={work}"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)
    environment = {"ANNOTATOR_PROGRAM": str(BUILD / "pyinstaller" / "annotator" / "annotator")}
    command = [sys.executable, "-m", "pytest", "tests/test_dist.py", "-m", "long or not long"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)
    shutil.rmtree(system.folder)


def _clone(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(folder / "annotator.git")], check=True)


def _uv(*arguments: str) -> None:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    subprocess.run([uv, *arguments], cwd=ROOT, check=True)


LEGS: dict[str, Callable[[list[str]], None]] = {
    "wheels": wheels,
    "lowest": lowest,
    "highest": highest,
    "debian": debian,
    "deb": deb,
}


def main() -> None:
    """Run the legs that are named, or all."""
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    for name in arguments[:split] or LEGS:
        print(f"== {name}", flush=True)
        LEGS[name](arguments[split + 1 :] or TESTS)


if __name__ == "__main__":
    main()
