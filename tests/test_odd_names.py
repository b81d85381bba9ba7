"""Files whose names are no text: what is said of them can be printed on every terminal, and read as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("way", [[], ["--json"]])
def test_what_is_said_of_a_file_with_an_odd_name_can_be_printed(way: list[str], tmp_path: Path) -> None:
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
        assert b"in\\udcff.jsonl, line 2: it has no text field" in done.stderr
