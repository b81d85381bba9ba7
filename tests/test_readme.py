"""Every command of the README runs, in order, as a newcomer would type it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
COMMAND = re.compile(
    r"^    ((?:annotator|make|\.) [^#\n]*)|`((?:annotator|make|pip|pipx|uv|python -m) [^`]+)`", re.MULTILINE
)

FORMS = {"annotator COMMAND --help"}
"""Commands with placeholders."""

INSTALLS = re.compile(
    r"make (run|test|bench|interop|dist)|pipx? install|uv tool install|annotator models install|python -m tests\."
)
"""Commands that install, need the network or take minutes."""

NEEDS_A_WINDOW = {"annotator news.annot"}


def commands() -> list[str]:
    """Return the commands of the README in the order in which they are given."""
    return [(block or inline).strip() for block, inline in COMMAND.findall(README)]


def test_the_readme_names_make_targets_and_modules_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = [command.split() for command in commands() if INSTALLS.match(command)]
    assert named
    for words in named:
        if words[0] == "make":
            assert f"\n{words[1]}:" in makefile, words
        elif words[0] == "python":
            assert (ROOT / f"{words[2].replace('.', '/')}.py").is_file(), words


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_every_command_of_the_readme_runs_in_order(tmp_path: Path) -> None:
    to_run = [command for command in commands() if command not in FORMS and not INSTALLS.match(command)]
    assert "annotator import news.annot resources/samples" in to_run
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "activate").write_text(f'PATH="{Path(sys.executable).parent}:$PATH"\n', "utf-8")
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    _make_copies(tmp_path)
    (tmp_path / "share" / "news").mkdir(parents=True)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "ANNOTATOR_CONFIG": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    activate = ". .venv/bin/activate"
    blocks = [block.strip() for block, _ in COMMAND.findall(README) if block and not block.startswith("make")]
    assert blocks[0] == activate, "annotator is not on the path before the first command"
    for command in to_run:
        line = f"set -e\n{activate}\n{command.replace('/mnt/team', 'share')}"
        done = subprocess.run(["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True)
        said = f"{command}\n{done.stdout}{done.stderr}"
        if command in NEEDS_A_WINDOW:
            assert done.returncode == 2 and "there is no display" in said, said
            _finish_every_article(tmp_path / "news.annot")
        else:
            assert done.returncode == 0, said


def _finish_every_article(project: Path) -> None:
    """Confirm a name in the first article and mark all articles as done, as the reader would in the window."""
    with Project.open(project) as opened:
        reader = Annotator("reader", "Reader")
        opened.annotators.add(reader)
        for number, document in enumerate(opened.documents.ids()):
            _finish(opened, reader, document, label="" if number else "LOC")


def _finish(project: Project, annotator: Annotator, document: str, label: str) -> None:
    writes = [Write(document, CellKind.STATUS, "", None, {"status": "done"})]
    if label:
        annotation = Annotation(f"{annotator.id}-first", Span(0, 4), label, annotator.id)
        writes.append(Write(document, CellKind.ANNOTATION, annotation.id, None, annotation.to_value()))
    project.log.append(Edit(project.log.new_id(), annotator.id, document, EditKind.STATUS, tuple(writes)))


def _make_copies(folder: Path) -> None:
    """Make a project, which the reader leads, and the copies that two colleagues have worked on."""
    text = "بغداد هادئة"
    reader = current_annotator(folder / "config")
    with Project.create(folder / "all.annot", load_tagset("security"), founder=reader) as project:
        project.documents.add(Document(document_id(text), text))
    for annotator in (Annotator("salma", "Salma"), Annotator("omar", "Omar")):
        copy = folder / f"from-{annotator.id}.annot"
        shutil.copy(folder / "all.annot", copy)
        with Project.open(copy) as project:
            project.annotators.add(annotator)
            _finish(project, annotator, document_id(text), "LOC")
