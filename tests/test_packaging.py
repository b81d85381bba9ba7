"""The built wheel, installed elsewhere, holds every resource and runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

OVERRIDES = ROOT / ".ci" / "overrides.txt"
BLOCKED_IMPORTS = """
import importlib.abc, pkgutil, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ImportError(f"{name} is left out by .ci/overrides.txt")

sys.meta_path.insert(0, Blocked())
import annotator
for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        print(module.name)
from annotator.text.tokenizer import tokenize
from camel_tools.morphology import analyzer
print(len(tokenize("قال وديالى.")))
"""
IMPORTED_AS = {"camel-kenlm": "kenlm", "huggingface-hub": "huggingface_hub", "scikit-learn": "sklearn"}


def test_every_module_imports_without_what_the_setup_leaves_out(tmp_path: Path) -> None:
    lines = OVERRIDES.read_text("utf-8").splitlines()
    left_out = [line.partition(" ")[0] for line in lines if line and not line.startswith("#")]
    assert {"torch", "transformers", "scipy", "editdistance"} <= set(left_out)
    blocked = {IMPORTED_AS.get(name, name) for name in left_out}
    # Without its catalogue, camel_tools.data would download one.
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CAMELTOOLS_DATA": str(ROOT / "tests/data/camel"),
    }
    code = f"import importlib\nBLOCKED = {blocked!r}\n{BLOCKED_IMPORTS}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    imported = done.stdout.split()
    modules = [path for path in (ROOT / "annotator").rglob("*.py") if path.name != "__main__.py"]
    assert len(imported) == len(modules)  # all but the package itself, and the number of tokens
    assert imported[-1] == "3"


def test_the_versions_of_developers_cover_what_is_needed() -> None:
    """Make lock writes the file; ranges that change need it again."""
    locked = set(re.findall("^[a-z0-9-]+", (ROOT / ".ci" / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert {re.split("[^a-z0-9-]", line.lower().replace("_", "-"))[0] for line in wanted} <= locked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return next(folder.glob("annotator-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment that borrows this one's dependencies, and return its bin folder."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True, text=True)
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


def elsewhere(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the new environment in an empty folder, with nothing of the checkout in reach."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment["ANNOTATOR_CONFIG"] = str(tmp_path / "config")
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)


def test_the_wheel_holds_every_resource(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("annotator/data/")}
    listed = subprocess.run(["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, text=True)
    files = listed.stdout.splitlines() if listed.returncode == 0 else []
    expected = {f"annotator/data/{Path(f).relative_to('resources').as_posix()}" for f in files if (ROOT / f).exists()}
    assert {"annotator/data/manual/ar/index.md", "annotator/data/manual/en/index.md"} <= expected
    assert expected <= held


def test_the_installed_program_finds_its_own_resources(installed: Path, tmp_path: Path) -> None:
    code = "import annotator.resources as r; print(r.resource('tagsets'))"
    found = elsewhere(tmp_path, str(installed / "python"), "-c", code)
    assert found.returncode == 0, found.stderr
    assert Path(found.stdout.strip()).is_relative_to(installed.parent)


def test_the_installed_program_makes_fills_and_exports_a_project(installed: Path, tmp_path: Path) -> None:
    program = str(installed / "annotator")
    article = tmp_path / "خبر.txt"
    article.write_text(
        "انفجار في كركوك\n\n12 نيسان 2021\nقالت الشرطة إن انفجاراً وقع في كركوك وديالى.\n", encoding="utf-8"
    )
    for arguments in (
        ["new", "p.annot", "--tagset", "security"],
        ["import", "p.annot", str(article)],
        ["suggest", "p.annot"],
        ["export", "p.annot", "out.json", "--format", "json", "--documents", "all"],
    ):
        done = elsewhere(tmp_path, program, *arguments)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    assert [d["title"] for d in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))] == ["انفجار في كركوك"]


WITHOUT_POSIX = """
import importlib, importlib.abc, os, pkgutil, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in POSIX:
            raise ImportError(f"Windows has no {name}")

POSIX = ("fcntl", "grp", "pwd", "resource", "termios")
sys.meta_path.insert(0, Blocked())
for name in POSIX:  # The start of Python 3.13 has imported some.
    sys.modules.pop(name, None)
import platformdirs, filelock  # They choose their code by the name of the system.
for name in ("fork", "getuid", "geteuid", "nice", "sched_getaffinity"):
    delattr(os, name)
import annotator
for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from annotator.cli import main
for arguments in (
    ["new", "p.annot"], ["import", "p.annot", "a.txt"], ["backup", "p.annot"], ["check", "p.annot"],
    ["export", "p.annot", "out.json", "--documents", "all"], ["export", "p.annot", "out.json", "--documents", "all"],
):
    main(arguments, standalone_mode=False)
"""


def test_the_program_works_without_what_windows_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("انفجار في كركوك\n\nقالت الشرطة إن انفجاراً وقع في كركوك.\n", encoding="utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "ANNOTATOR_CONFIG": str(tmp_path / "config"),
        "ANNOTATOR_BACKUPS": str(tmp_path / "backups"),
        "CAMELTOOLS_DATA": str(ROOT / "tests/data/camel"),
    }
    command = [sys.executable, "-c", WITHOUT_POSIX]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "كركوك" in (tmp_path / "out.json").read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".*")), "a work folder remains"
