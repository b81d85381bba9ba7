"""annotator import, with the annotations of the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.annotation import OriginKind
from annotator.storage.project import Project

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


def held(name: str = "p.annot") -> list[tuple[str, str]]:
    with Project.open(name) as project:
        return [(a.label, a.origin.kind) for d in project.documents.ids() for a in project.log.annotations(d)]


def test_annotations_are_imported_on_request_and_with_known_labels() -> None:
    call("new", "p.annot", "--tagset", "camel")
    assert (
        "not imported: 2. To import them, run this again with --annotator"
        in call("import", "p.annot", "gold.conll").stderr
    )
    assert held() == []
    refused = call("import", "p.annot", "gold.conll", "--annotator", "Salma", code=2)
    assert "Labels not in tagset camel: PER (1)" in refused.stderr
    done = call("import", "p.annot", "gold.conll", "--annotator", "Salma", "--label-map", "map.tsv")
    assert "2 annotations by Salma imported, 0 already there." in done.stdout
    assert held() == [("PERS", OriginKind.IMPORTED), ("LOC", OriginKind.IMPORTED)]
    with Project.open("p.annot") as project:
        assert "Salma" in {person.name for person in project.annotators.all()}


def test_annotations_are_imported_as_suggestions_and_dropped_by_the_map() -> None:
    Path("map.json").write_text('{"PER": null}', "utf-8")
    call("new", "p.annot", "--tagset", "camel")
    done = call("import", "p.annot", "gold.conll", "--as-suggestions", "--label-map", "map.json")
    assert "1 suggestion imported" in done.stdout
    assert "1 annotation labelled PER dropped by the label map." in done.stdout
    again = parse(call("import", "p.annot", "gold.conll", "--as-suggestions", "--label-map", "map.json", "--json"))
    assert (again["annotations"], again["dropped"], again["ignored"]) == (1, {"PER": 1}, 0)
    wrong = call("import", "p.annot", "gold.conll", "--as-suggestions", "--annotator", "x", code=2)
    assert "either --annotator or --as-suggestions" in wrong.stderr


@pytest.mark.parametrize(
    ("options", "printed"),
    [(["--label-map", "map.tsv"], "--label-map needs --annotator or"), (["--annotator", " "], "needs a name")],
)
def test_options_without_effect_are_refused(options: list[str], printed: str) -> None:
    call("new", "p.annot", "--tagset", "camel")
    assert printed in call("import", "p.annot", "gold.conll", *options, code=2).stderr
    assert held() == []


def test_duplicates_are_counted_after_the_first_twenty() -> None:
    Path("many.jsonl").write_text("".join(json.dumps({"text": f"خبر رقم {n}"}) + "\n" for n in range(25)), "utf-8")
    call("new", "p.annot", "--tagset", "camel")
    call("import", "p.annot", "many.jsonl")
    printed = call("import", "p.annot", "many.jsonl").stderr.splitlines()
    assert len(printed) == 21
    assert printed[-1] == "Further articles already there: 5."


def test_format_names_the_format_of_a_file_with_another_extension() -> None:
    Path("gold.txt").write_text(GOLD * 2 + "\n" + GOLD, "utf-8")
    call("new", "p.annot", "--tagset", "camel")
    done = call("import", "p.annot", "gold.txt", "--format", "conll", "--sentences-per-article", "1")
    assert "2 articles added" in done.stdout
    assert "Unknown format: nothing" in call("import", "p.annot", "gold.txt", "--format", "nothing", code=2).stderr
