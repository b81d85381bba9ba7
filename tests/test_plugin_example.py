"""The plug-in of the manual, installed as the manual prints it, and all its parts in use."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.resources import resource
from tests.conftest import ROOT

PAGE = (resource("manual") / "en" / "plugins.md").read_text("utf-8")
MODULES = dict(re.findall(r"`(annotator_tilde/\w+\.py)`:\n\n```python\n(.*?)```", PAGE, re.DOTALL))
(PYPROJECT,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
TEXT = "ضبط سلاح عيار 7.62 ملم قرب بغداد"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the package as the manual says, into a folder of its own."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    (source / "annotator_tilde").mkdir()
    (source / "annotator_tilde" / "__init__.py").touch()
    (source / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    for name, code in MODULES.items():
        (source / name).write_text(code, "utf-8")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(folder)]
    subprocess.run([*pip, str(source)], check=True, capture_output=True, text=True)
    return folder


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Runner:
    return Runner(installed, tmp_path)


class Runner:
    """Runs commands in a folder of their own, with the plug-in installed."""

    def __init__(self, installed: Path, folder: Path) -> None:
        self.environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)]),
            "ANNOTATOR_CONFIG": str(folder / "settings"),
            "XDG_DATA_HOME": str(folder / "data"),
        }
        self.folder = folder

    def __call__(self, *arguments: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "annotator", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


def test_each_module_of_the_example_is_short() -> None:
    assert sorted(MODULES) == [f"annotator_tilde/{name}.py" for name in ("reader", "suggester", "writer")]
    assert {name: code.count("\n") <= 45 for name, code in MODULES.items()} == dict.fromkeys(MODULES, True)


def test_the_plug_in_reads_suggests_and_writes(run: Runner, tmp_path: Path) -> None:
    formats = {each["name"]: each for each in json.loads(run("formats", "--json"))}
    assert formats["tilde"]["reads"] == [".tilde"]
    assert formats["span-list"]["writes"] == ".spans"
    (tmp_path / "article.tilde").write_text(f"~ضبط سلاح\n{TEXT}", "utf-8")
    (tmp_path / "bad.tilde").write_text(TEXT, "utf-8")
    (tmp_path / "gold.jsonl").write_text(
        json.dumps({"text": TEXT, "spans": [{"start": 27, "end": 32, "label": "LOC"}]}), "utf-8"
    )
    run("new", "news.annot")
    assert "bad.tilde: does not begin with a tilde." in run("import", "news.annot", "bad.tilde", code=2)
    assert run("import", "news.annot", "article.tilde").startswith("1 article added")
    run("import", "news.annot", "gold.jsonl", "--annotator", "Salma")
    suggested = [
        json.loads(line) for line in run("suggest", "news.annot", "--suggester", "calibre", "--json").split("\n")[:1]
    ]
    assert [(each["text"], each["label"], each["suggester"]) for each in suggested] == [("7.62", "WEAPON", "calibre")]
    run("export", "news.annot", "corpus.spans", "--format", "span-list", "--documents", "all")
    (line,) = (tmp_path / "corpus.spans").read_text("utf-8").splitlines()
    assert line.split("\t")[1:] == ["27", "32", "LOC"]


def test_the_doctor_finds_nothing_wrong_with_it(run: Runner) -> None:
    findings = {each["name"]: each for each in json.loads(run("doctor", "--json"))}
    assert findings["Plug-ins"]["state"] == "ok"
    assert findings["Suggester calibre"]["state"] == "optional"


def test_a_writer_that_loses_a_span_writes_nothing(run: Runner, installed: Path, tmp_path: Path) -> None:
    writer = installed / "annotator_tilde" / "writer.py"
    whole = writer.read_text("utf-8")
    writer.write_text(whole.replace("{span.end}", "{span.end - 1}"), "utf-8")
    try:
        (tmp_path / "gold.jsonl").write_text(
            json.dumps({"text": TEXT, "spans": [{"start": 27, "end": 32, "label": "LOC"}]}), "utf-8"
        )
        run("new", "news.annot")
        run("import", "news.annot", "gold.jsonl", "--annotator", "Salma")
        export = ("export", "news.annot", "corpus.spans", "--format", "span-list", "--documents", "all")
        assert "reads back with" in run(*export, code=2)
        assert not (tmp_path / "corpus.spans").exists()
    finally:
        writer.write_text(whole, "utf-8")
