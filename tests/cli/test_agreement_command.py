"""annotator agreement: its tables and files, and one sentence for what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, finish, make_project

Run = Callable[..., Result]
ARTICLES = [marked(f"قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ اليوم {n}.") for n in range(4)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a project in which Omar finished four articles, and two annotators called سعاد worked or finished."""
    with make_project(tmp_path / "news.annot", ARTICLES) as made:
        for number, article in enumerate(ARTICLES):
            document = article.document.id
            add_annotation(made, document, Annotation(f"x{number}", Span(4, 8), "PERS", "a2"))
            add_annotation(made, document, Annotation(f"y{number}", Span(4, 8), "PERS", "a3"))
            finish(made, document, "a1")
            finish(made, document, "a2")
    return tmp_path / "news.annot"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["agreement", *map(str, arguments)])


def test_the_table_has_a_row_for_each_pair(path: Path) -> None:
    result = run(path)
    assert result.exit_code == 0
    head, row, *rest = result.output.splitlines()
    assert head.split()[:3] == ["annotators", "articles", "F1"]
    assert "Omar" in row
    assert "0.667 (0.667–0.667)" in row
    assert rest[-2] == "Differences: label 0, boundary 0, clitic only 0, label and boundary 0, one side only 4."
    assert rest[-1].endswith("The pull of suggestions is -0.500 (-0.500 to -0.500).")
    assert len(run(path, "--include-unfinished").output.splitlines()) > len(result.output.splitlines())


def test_figures_by_label_and_document_and_for_machines(path: Path) -> None:
    assert "LOC" in run(path, "--by", "label").output
    assert ARTICLES[0].document.id[:12] in run(path, "--by", "document").output
    found = json.loads(run(path, "--json", "--by", "document").output)
    assert [each["annotators"] for each in found["by_document"]] == [2] * 4


def test_files_replace_the_table(path: Path, tmp_path: Path) -> None:
    result = run(path, "--csv", tmp_path / "a.csv", "--html", tmp_path / "a.html")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("first,second,")
    assert "<h1" in (tmp_path / "a.html").read_text("utf-8")
    assert run(path, "--csv", "-").stdout_bytes == (tmp_path / "a.csv").read_bytes()
    assert run(path, "--csv", "-", "--html", "-").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--annotator", "Ali"], "No annotator called Ali in this project."),
        (["--annotator", "سعاد", "--annotator", "Omar"], "Several annotators are called سعاد."),
        (["--annotator", "Omar", "--annotator", "a2"], "Omar is named twice. Name each annotator once."),
        (["--annotator", "Omar"], "Omar alone cannot be compared."),
        (["--annotator", "Omar", "--annotator", "a3"], "There is nobody to compare: no article was marked as done"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(path: Path, arguments: list[str], said: str) -> None:
    result = run(path, *arguments)
    assert result.exit_code == 2
    assert result.output.startswith(f"Error: {said}")
    assert len(result.output.splitlines()) == 1


def test_a_project_without_annotators_has_nobody_to_compare(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["new", str(tmp_path / "p.annot")])
    result = run(tmp_path / "p.annot")
    assert result.output.startswith("Error: There is nobody to compare: fewer than two annotators")
