"""Removing, bringing back and erasing articles from the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.document import document_id
from annotator.storage.project import Project
from tests.storage.strategies import TEXTS, make_project

FIRST, SECOND, THIRD = (document_id(text) for text in TEXTS)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return make_project(tmp_path / "p.annot")


def run(*arguments: object, code: int = 0, answer: str = "") -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)
    assert result.exit_code == code, result.output
    return result


def there(path: Path) -> list[str]:
    with Project.open(path) as project:
        return list(project.documents.ids())


def test_articles_are_removed_by_id_or_file_and_restored(path: Path, tmp_path: Path) -> None:
    assert run("remove", path, FIRST[:8], FIRST).output == "1 article removed.\n"
    assert there(path) == [SECOND, THIRD]
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "second.txt").write_text(TEXTS[1], encoding="utf-8")
    assert run("remove", path, "--from", tmp_path / "news").output == "1 article removed.\n"
    assert there(path) == [THIRD]
    assert run("remove", path, "--from", tmp_path / "news").output == "0 articles removed.\n"
    printed = run("import", path, tmp_path / "news").output
    assert "1 removed article restored, with all decisions made there." in printed
    assert "0 articles added, 0 already there" in printed
    assert run("remove", path, "--back", FIRST).output == "1 article restored.\n"
    assert there(path) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ([], "Name an article, or use --from FILE."),
        (["0123456789"], "No article ID begins with 0123456789"),
        (["1"], "Give the full ID, or at least 6"),
    ],
)
def test_remove_reports_errors_in_one_line(path: Path, arguments: list[str], printed: str) -> None:
    result = run("remove", path, *arguments, code=2)
    assert printed in result.output
    assert len(there(path)) == 3


def test_a_file_without_an_article_removes_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert "No articles found in" in run("remove", path, "--from", tmp_path / "empty.txt", code=2).output
    assert len(there(path)) == 3


def test_purge_asks_once_and_erases(path: Path) -> None:
    assert "Erased the text of 0 removed articles." in run("check", path, "--purge").output
    run("remove", path, FIRST)
    assert "Nothing was erased." in run("check", path, "--purge", answer="n\n").output
    assert TEXTS[0].encode() in path.read_bytes()
    printed = run("check", path, "--purge", answer="y\n").output
    assert printed.count("Permanently erase the text of 1 removed article from") == 1
    assert "Erased the text of 1 removed article." in printed
    assert TEXTS[0].encode() not in path.read_bytes()
    assert run("check", path).output.endswith("is sound.\n")
    assert "was erased. To restore it, import the file again" in run("remove", path, "--back", FIRST).output
    run("remove", path, SECOND)
    assert "Erased the text of 1 removed article." in run("check", path, "--purge", "--yes").output
    assert there(path) == [THIRD]
