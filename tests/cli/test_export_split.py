"""annotator export --split, as a user runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from tests.formats.marks import marked
from tests.services.corpus.corpora import make_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in an empty folder with a project of 20 articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    articles = [marked(f"قال ⟦PERS|محمد⟧ في و⟦LOC|ديالى⟧ خبر رقم {n} عن {n * 7}.") for n in range(20)]
    make_project(tmp_path / "news.annot", articles).close()
    yield tmp_path / "news.annot"


def call(*arguments: str | Path, code: int = 0) -> Result:
    """Run a command and check its exit code."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_split_writes_a_folder_and_reports_its_balance(project: Path) -> None:
    begun = ("--documents", "labelled")
    how = (
        "--split",
        "60/20/20",
        "--split-by",
        "label",
        "--format",
        "conll",
        "--no-plots",
        "--licence",
        "cc0-1.0",
        *begun,
    )
    shown = call("export", project, "corpus", *how).output
    assert "Wrote corpus/train.conll: articles 12, spans 24, written exactly 12, 12 with changed boundaries." in shown
    assert "Labels deviate from the requested shares by 0.0% on average" in shown
    assert "license: cc0-1.0" in Path("corpus", "README.md").read_text("utf-8")
    counts = json.loads(call("export", project, "corpus", *how, "--manifest", "corpus/manifest.json", "--json").stdout)
    assert counts["documents"] == {"train": 12, "dev": 4, "test": 4}
    assert counts["reports"]["dev"]["documents"] == 4
    printed = call("export", project, "corpus", *how, "--seed", "9", code=2).output
    assert "would change splits compared with corpus/manifest.json" in printed


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["--split", "80/10/10"], "--split needs --format"),
        (["--format", "conll", "--name-annotators"], "--name-annotators needs --split"),
        (["--format", "conll", "--split", "80/20/20"], "Write the percentages of train, dev and test"),
        (["--format", "conll", "--split", "80/10/10", "--split-by", "date"], "at least as many days"),
        (["--format", "conll", "--split", "80/10/10", "--split-by", "source"], "at least as many sources"),
        (["--format", "conll", "--split", "80/10/10", "--manifest", "none.json"], "Cannot read the manifest none.json"),
        ([], "Cannot tell the format from corpus. Add --format"),
        (["--format", "docx", "--split", "80/10/10"], "Unknown export format: docx"),
    ],
)
def test_export_reports_errors_of_a_split_in_one_line(project: Path, arguments: list[str], printed: str) -> None:
    assert printed in call("export", project, "corpus", "--documents", "labelled", *arguments, code=2).output
    assert not Path("corpus").exists()
