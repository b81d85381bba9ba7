"""What holds for every command: --json, one line for an error, no colours; and exports to standard output."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from annotator.cli import main
from annotator.storage.project import Project
from annotator.suggest.switches import read_switches
from tests.cli.test_cli import ARTICLE, _own_folders, call, parse, project  # noqa: F401 - fixtures
from tests.conftest import ROOT
from tests.services.corpus.corpora import finish

WITHOUT_JSON = {"open", "demo", "completion"}
"""Two that open the window, and one that prints a script."""


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield every visible command with its words."""
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_every_command_with_a_result_prints_json(name: str) -> None:
    options = {option for parameter in ALL[name].params for option in parameter.opts}
    assert ("--json" in options) is (name not in WITHOUT_JSON)


def test_the_json_of_new_and_of_the_tagsets() -> None:
    made = parse(call("new", "news.annot", "--tagset", "camel", "--annotator", "Salma", "--json"))
    assert (made["path"], made["tagset"], made["labels"]) == ("news.annot", "camel", ["PERS", "LOC", "ORG", "MISC"])
    assert (made["lead"]["name"], len(made["id"])) == ("Salma", 32)
    assert [each["name"] for each in parse(call("tagset", "list", "--json"))] == ["camel", "security", "wojood"]
    written = parse(call("tagset", "export", "news.annot", "labels.json", "--json"))
    assert written == {"path": "labels.json", "labels": made["labels"]}
    assert parse(call("tagset", "export", "news.annot", "-")) == json.loads(Path("labels.json").read_text("utf-8"))
    assert not Path("-").exists()


def test_the_json_of_changes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(project.absolute().parent / "backups"))
    call("team", "switch", project, "a1")
    assert parse(call("team", "switch", project, "a1", "--json")) == {"name": "سعاد", "id": "a1"}
    assert parse(call("team", "allow-peers", project, "on", "--json")) == {"peers_allowed": True}
    article = ARTICLE.document.id
    assert parse(call("remove", project, article, "--json")) == {"removed": [article], "erased": 0}
    assert parse(call("remove", project, article, "--back", "--json")) == {"restored": [article], "erased": 0}
    made = parse(call("backup", project, "--json"))
    assert made["new"] is True
    assert parse(call("backup", project, "--json")) == {"path": made["path"], "new": False}
    (listed,) = parse(call("backup", project, "--list", "--json"))
    assert (listed["path"], listed["bytes"]) == (made["path"], Path(made["path"]).stat().st_size)
    assert parse(call("backup", project, "copy.annot", "--json")) == {"path": "copy.annot", "new": True}
    restored = parse(call("restore", project, "--json"))
    assert (restored["path"], restored["source"]) == (str(project), made["path"])
    assert Path(restored["kept"]).is_file()


def test_the_json_of_the_desktop() -> None:
    written = parse(call("desktop", "install", "--json"))["written"]
    assert written and all(Path(path).is_file() for path in written)
    assert set(parse(call("desktop", "remove", "--json"))["removed"]) <= set(written)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("new", "Missing argument 'PROJECT'. See: main new --help"),
        ("new --jsn x", "No such option '--jsn'. Did you mean '--json'? See: main new --help"),
        ("stats a b", "Got unexpected extra argument (b). See: main stats --help"),
        ("team set-role p Salma boss", "Invalid value for '{annotator|adjudicator|lead}': 'boss' is not one of"),
        ("assign p --overlap x", "Invalid value for '--overlap': x is not a percentage from 0% to 100%."),
        ("tagset shw", "No such command 'shw'."),
        ("--wrong", "No such option '--wrong'."),
        ("export p out", "Cannot tell the format from out. Add --format, for example --format conll."),
        ("team set-role p Salma", "Missing argument '{annotator|adjudicator|lead}'."),
    ],
)
def test_a_wrong_use_is_one_line_that_names_the_help(words: str, said: str) -> None:
    result = call(*words.split(), code=2)
    # Versions of click differ in their quotes and stops.
    assert plain(result.stderr).startswith(plain(f"Error: {said}"))
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith(" --help\n")
    assert result.stdout == ""


def plain(text: str) -> str:
    """Return a text without its punctuation."""
    return " ".join(re.findall(r"[\w|{}%-]+", text))


def test_a_group_without_a_command_shows_its_help() -> None:
    assert "Commands:" in call("tagset", code=2).output


@pytest.fixture
def finished(project: Path) -> Path:  # noqa: F811
    with Project.open(project) as opened:
        finish(opened, ARTICLE.document.id, "a1")
    return project


@pytest.mark.parametrize("name", ["jsonl", "conll", "brat", "csv"])
def test_an_export_to_standard_output_is_the_file(finished: Path, name: str) -> None:
    call("export", finished, f"out.{name}", "--format", name)
    before = sorted(Path().iterdir())
    result = call("export", finished, "-", "--format", name)
    if name != "brat":  # its zip has the time
        assert result.stdout_bytes == Path(f"out.{name}").read_bytes()
    assert result.stdout_bytes
    assert result.stderr.startswith("Wrote standard output: 1 article, 1 with confirmed spans.\n")
    assert result.stderr.endswith("Verified. For a list of differences, export to a file.\n")
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Standard output has no file extension."),
        (("--format", "jsonl", "--json"), "--json cannot be used with -"),
        (("--format", "huggingface"), "A folder cannot be written to standard output."),
        (("--format", "json", "--split", "80/20"), "A folder cannot be written to standard output."),
        (("--format", "conll", "--strict"), "conll cannot store 1 of 2 confirmed spans exactly"),
        (("--format", "json", "--annotator", "Nour"), "No annotator called Nour"),
    ],
)
def test_what_cannot_go_to_standard_output_is_refused(finished: Path, options: tuple[str, ...], said: str) -> None:
    result = call("export", finished, "-", *options, code=2)
    assert result.stderr.startswith(f"Error: {said}")
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


def test_a_reader_that_stops_early_is_no_error(finished: Path) -> None:
    program = f"{sys.executable} -m annotator export {finished} - --format json | head -c 1"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", program], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[")
    assert "Traceback" not in done.stderr


def test_a_suggester_is_switched_for_the_window_too() -> None:
    assert call("models", "switch", "lexicon", "off").stdout == "lexicon is off from now on.\n"
    assert read_switches() == {"lexicon": False}
    assert parse(call("models", "switch", "lexicon", "on", "--json")) == {"name": "lexicon", "on": True}
    assert read_switches() == {"lexicon": True}
    refused = call("models", "switch", "combined", "off", code=2).stderr
    assert refused.startswith("Error: No suggester is named 'combined'. Available: camel, grammar, ")


@pytest.mark.parametrize("words", [("--help",), ("doctor", "--wrong"), ("tagset", "list"), ("import", "p", "x.txt")])
def test_nothing_is_printed_in_colour(words: tuple[str, ...]) -> None:
    """On a terminal too, with NO_COLOR and without."""
    call("new", "p")
    Path("x.txt").write_text("بغداد", "utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PYTHON_COLORS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "annotator", *words], stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    printed = b""
    try:
        while part := os.read(ours, 4096):
            printed += part
    except OSError:  # Linux raises EIO when the other end is closed
        pass
    os.close(ours)
    process.wait()
    assert printed
    assert b"\x1b[3" not in printed and b"\x1b[0" not in printed and b"\x1b[1" not in printed
