"""File names that are not valid text, and names with control characters, can be printed and read as JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.services.importing.importer import import_paths
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.conftest import ROOT

HOSTILE = "Sal\x1b]0;owned\x07ma\r\nOmar\x9b31m\u2028end"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""All control characters but the line feed, which ends the program's own lines."""


def test_no_control_character_of_a_name_reaches_the_terminal(tmp_path: Path) -> None:
    path, article = tmp_path / "news.annot", tmp_path / "in.jsonl"
    article.write_text(json.dumps({"text": "بغداد", "title": "بغداد", "source": HOSTILE}) + "\n", "utf-8")
    with Project.create(path, load_tagset("camel")) as project:
        import_paths(project, [article])
        (document,) = project.documents.ids()
        project.annotators.add(Annotator("a1", HOSTILE))
        write = Write(document, CellKind.ANNOTATION, "k", None, Annotation("k", Span(0, 5), "LOC", "a1").to_value())
        project.log.append(Edit(project.log.new_id(), "a1", document, EditKind.ADD, (write,)))
    odd = tmp_path / f"odd {HOSTILE.partition('/')[0]}.conll"
    listing = ["team", "list", path]
    exporting = ["export", path, odd, "--documents", "all"]
    for arguments in (listing, [*listing, "--json"], ["stats", path], exporting, ["open", odd]):
        program = [sys.executable, "-m", "annotator", *map(str, arguments)]
        done = subprocess.run(program, capture_output=True, text=True, errors="strict", cwd=ROOT)
        printed = done.stdout + done.stderr
        assert printed and not CONTROLS.search(printed), arguments
        if arguments[0] == "team":
            (row,) = [line for line in printed.splitlines() if "Sal" in line]
            assert "Omar" in row and "end" in row


def test_commands_print_through_echo_only() -> None:
    modules = sorted((ROOT / "annotator" / "cli").glob("*.py"))
    assert len(modules) > 5
    direct = [
        path.name
        for path in modules
        if path.name != "output.py" and re.search(r"click\.s?echo\(|\bprint\(", path.read_text("utf-8"))
    ]
    assert direct == []


@pytest.mark.parametrize("way", [[], ["--json"]])
def test_messages_about_unusual_file_names_can_be_printed(way: list[str], tmp_path: Path) -> None:
    source, project = tmp_path / "in", tmp_path / "news.annot"
    source.mkdir()
    odd = source / os.fsdecode(b"in\xff.jsonl")
    try:
        odd.write_text('{"text": "بغداد"}\n{}\n', "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    program = [sys.executable, "-m", "annotator"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    subprocess.run([*program, "new", project, "--tagset", "camel"], check=True, capture_output=True)
    done = subprocess.run([*program, "import", project, source, *way], capture_output=True, env=environment)
    assert done.returncode == 1, done.stderr
    if way:
        (problem,) = json.loads(done.stdout)["problems"]
        assert problem["place"] == f"{odd}, line 2"
    else:
        assert b"in\\udcff.jsonl, line 2: no text field" in done.stderr
