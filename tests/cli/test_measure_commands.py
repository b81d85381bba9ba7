"""Import with annotations, evaluate and effort, as a user calls them."""

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


def test_annotations_come_in_only_when_asked_for_and_under_known_labels() -> None:
    call("new", "p.annot", "--tagset", "camel")
    assert (
        "not imported: 2. To import them, run this again with --annotator"
        in call("import", "p.annot", "gold.conll").stderr
    )
    assert held() == []
    refused = call("import", "p.annot", "gold.conll", "--annotator", "Salma", code=2)
    assert "no place for these labels: PER (1)" in refused.stderr
    done = call("import", "p.annot", "gold.conll", "--annotator", "Salma", "--label-map", "map.tsv")
    assert "2 annotations by Salma imported, 0 already there." in done.stdout
    assert held() == [("PERS", OriginKind.IMPORTED), ("LOC", OriginKind.IMPORTED)]
    with Project.open("p.annot") as project:
        assert [person.name for person in project.annotators.all()] == ["Salma"]


def test_annotations_may_come_in_as_suggestions_and_be_dropped_by_the_map() -> None:
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
    ("wish", "told"),
    [(["--label-map", "map.tsv"], "--label-map needs --annotator or"), (["--annotator", " "], "needs a name")],
)
def test_a_wish_that_would_come_to_nothing_is_refused(wish: list[str], told: str) -> None:
    call("new", "p.annot", "--tagset", "camel")
    assert told in call("import", "p.annot", "gold.conll", *wish, code=2).stderr
    assert held() == []


def test_texts_that_are_there_already_are_counted_where_not_all_are_named() -> None:
    Path("many.jsonl").write_text("".join(json.dumps({"text": f"خبر رقم {n}"}) + "\n" for n in range(25)), "utf-8")
    call("new", "p.annot", "--tagset", "camel")
    call("import", "p.annot", "many.jsonl")
    told = call("import", "p.annot", "many.jsonl").stderr.splitlines()
    assert len(told) == 21
    assert told[-1] == "Further articles already there: 5."


def test_a_conll_file_under_another_name_is_read_when_it_is_called_so() -> None:
    Path("gold.txt").write_text(GOLD * 2 + "\n" + GOLD, "utf-8")
    call("new", "p.annot", "--tagset", "camel")
    done = call("import", "p.annot", "gold.txt", "--format", "conll", "--sentences-per-article", "1")
    assert "2 articles added" in done.stdout
    assert "no reader called nothing" in call("import", "p.annot", "gold.txt", "--format", "nothing", code=2).stderr


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


def test_effort_prints_effort_and_curve_or_json() -> None:
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
    assert "no place for these labels: PER (1)" in refused.stderr
