"""annotator evaluate and annotator effort."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main

GOLD = "وصل O\nليث B-PER\nالربيعي I-PER\nإلى O\nبغداد B-LOC\n. O\n"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    Path("gold.conll").write_text(GOLD, "utf-8")
    Path("map.tsv").write_text("PER\tPERS\n", "utf-8")


def call(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def parse(result: Result) -> Any:
    return json.loads(result.stdout)


def test_evaluate_prints_a_table_or_json() -> None:
    arguments = ("evaluate", "gold.conll", "--suggester", "lexicon", "--tagset", "camel")
    shown = call(*arguments, "--label-map", "map.tsv", "--clitics", "word").stdout
    assert "lexicon    LOC    1.000" in shown
    assert "Compared: whole words" in shown
    (found,) = parse(call(*arguments, "--json"))
    assert (found["micro"]["gold"], found["labels"]["LOC"]["f1"]) == (2, 1.0)
    Path("no-places").write_text("LOC\t-\n", "utf-8")
    assert "the label map drops them: LOC (1)" in call(*arguments, "--label-map", "no-places").stdout
    assert "No suggester is named 'nobody'" in call("evaluate", "gold.conll", "--suggester", "nobody", code=2).stderr


def test_effort_prints_tables_or_json() -> None:
    arguments = ("effort", "gold.conll", "--tagset", "camel", "--label-map", "map.tsv", "--suggester", "lexicon")
    shown = call(*arguments).stdout
    assert "no suggestions" in shown and "lexicon + memory" in shown
    assert "Decisions per entity, by article:" in shown
    found = parse(call(*arguments, "--clitics", "word", "--json"))
    assert [each["condition"] for each in found] == [
        *("no suggestions", "memory", "lexicon", "lexicon + memory"),
    ]
    assert [each["decisions"] for each in found] == [4, 4, 3, 3]
    refused = call("effort", "gold.conll", "--tagset", "camel", code=2)
    assert "Labels not in tagset camel: PER (1)" in refused.stderr
