"""The desktop's files, and what a shell completes."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from annotator import __version__
from annotator.cli import main
from annotator.program_command import program_command
from annotator.resources import resource
from annotator.services.desktop import DESKTOP_FILE, with_program
from annotator.storage.file.connection import APPLICATION_ID


def complete(*arguments: str, incomplete: str = "") -> list[tuple[str, str]]:
    """Return the kind and value of each completion of a command line."""
    found = ShellComplete(main, {}, "annotator", "_ANNOTATOR_COMPLETE").get_completions(list(arguments), incomplete)
    return [(item.type, item.value) for item in found]


@pytest.mark.parametrize(
    ("arguments", "incomplete", "some"),
    [
        (["import", "p.annot", "--format"], "con", ["conll", "conllu"]),
        (["export", "p.annot", "out", "--format"], "we", ["webanno"]),
        (["new", "p.annot", "--tagset"], "", ["camel", "security", "wojood"]),
        (["suggest", "p.annot", "--with"], "st", ["stacked", "starter"]),
        (["suggest", "p.annot", "--suggester"], "de", ["default"]),
        ([], "doc", ["doctor"]),
        (["desktop"], "", ["install", "remove"]),
    ],
)
def test_values_of_options_are_completed(arguments: list[str], incomplete: str, some: list[str]) -> None:
    assert complete(*arguments, incomplete=incomplete) == [("plain", name) for name in some]


@pytest.mark.parametrize(
    ("arguments", "incomplete"), [(["new", "p.annot", "--tagset"], "lab"), ([], "news.an"), (["stats"], "n")]
)
def test_files_are_completed_where_one_is_wanted(arguments: list[str], incomplete: str) -> None:
    assert complete(*arguments, incomplete=incomplete) == [("file", incomplete)]


def test_a_mistyped_command_completes_nothing_and_raises_nothing() -> None:
    assert complete("exprot", "p.annot", incomplete="") is not None


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_valid(shell: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert f"_ANNOTATOR_COMPLETE={shell}_complete" in done.stdout
    if shutil.which(shell):
        (tmp_path / "script").write_text(done.stdout)
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="desktops of Linux alone have these files")
def test_a_user_s_desktop_gets_the_program_and_loses_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    done = CliRunner().invoke(main, ["desktop", "install"], catch_exceptions=False)
    assert done.exit_code == 0
    written = {Path(line) for line in done.stdout.splitlines()}
    assert len(written) == 6
    assert all(path.is_file() for path in written)
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(tmp_path / "share" / DESKTOP_FILE, encoding="utf-8")
    command = entry["Desktop Entry"]["Exec"].split()
    assert command == [*program_command("open", "--no-terminal"), "%f"]
    assert CliRunner().invoke(main, ["desktop", "remove"]).exit_code == 0
    assert not any(path.exists() for path in written)
    assert CliRunner().invoke(main, ["desktop", "remove"]).stdout == ""


def test_a_command_with_spaces_is_quoted_as_desktops_read_it() -> None:
    entry = with_program(
        resource("desktop", "annotator.desktop").read_text("utf-8"),
        ["/home/سلمى/my $app/100%\\python", "-m", "annotator"],
    )
    assert '\nExec="/home/سلمى/my \\\\$app/100%%\\\\\\\\python" -m annotator open --no-terminal %f\n' in entry
    assert "\nTryExec=/home/سلمى/my $app/100%\\\\python\n" in entry


def test_the_files_of_the_desktop_agree_with_the_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(resource("desktop", "annotator.desktop"), encoding="utf-8")
    section = entry["Desktop Entry"]
    mime = ElementTree.parse(resource("desktop", "annotator-mime.xml")).getroot()  # noqa: S314 - our own file
    spaces = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    (kind,) = mime.findall("m:mime-type", spaces)
    assert section["MimeType"] == f"{kind.get('type')};"
    match = kind.find("m:magic/m:match/m:match", spaces)
    assert match is not None
    assert str(match.get("value")).encode() == APPLICATION_ID.to_bytes(4)
    info = ElementTree.parse(resource("desktop", "annotator.metainfo.xml")).getroot()  # noqa: S314 - our own file
    assert info.findtext("provides/mediatype") == kind.get("type")
    release = info.find("releases/release")
    assert release is not None and release.get("version") == __version__
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    names = {element.get(language, "en"): element.text for element in info.findall("name")}
    assert names == {"en": section["Name"], "ar": section["Name[ar]"]}


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("desktop-file-validate", ["annotator.desktop"]),
        (
            "appstreamcli",
            [
                "validate",
                "--no-net",
                # The project has no home page or domain yet.
                "--override=url-homepage-missing=info,cid-desktopapp-is-not-rdns=info",
                "annotator.metainfo.xml",
            ],
        ),
    ],
)
def test_the_files_of_the_desktop_are_valid(tool: str, arguments: list[str]) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    *options, name = arguments
    done = subprocess.run([tool, *options, str(resource("desktop", name))], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
