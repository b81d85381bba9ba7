"""The manual: it builds, names files and options that exist, and has each annotators' page in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from annotator.cli import main
from annotator.resources import resource
from annotator.ui.base.actions import ACTIONS, MENUS
from tests.conftest import ROOT

MANUAL = resource("manual")
PAGES = sorted(MANUAL.rglob("*.md"))
NAMES = [path.relative_to(MANUAL).as_posix() for path in PAGES]
FILE = re.compile(r"\b(?:annotator|tests|resources)/[\w./*-]+")
COMMAND = re.compile(r"(?:^    |`)annotator ([^`\n]+)", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ".ci/mkdocs.yml", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert 'dir="rtl"' in read(tmp_path / "ar" / "editor.html")
    assert (tmp_path / "en" / "plugins.html").is_file()


def test_every_arabic_page_has_an_english_one() -> None:
    arabic, english = ({path.name for path in (MANUAL / language).glob("*.md")} for language in ("ar", "en"))
    assert len(arabic) > 10
    assert arabic <= english


@pytest.mark.parametrize("name", NAMES)
def test_links_go_to_pages_that_exist(name: str) -> None:
    page = MANUAL / name
    for target in re.findall(r"\]\(([^)#]+)", read(page)):
        if "://" not in target:
            assert (page.parent / target).resolve().is_file(), target


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md"], ids=lambda path: path.name)
def test_files_that_are_named_exist(path: Path) -> None:
    for named in FILE.findall(read(path)):
        assert list(ROOT.glob(named.rstrip("/."))), named


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md"], ids=lambda path: path.name)
def test_commands_and_options_that_are_named_exist(path: Path) -> None:
    for line in COMMAND.findall(read(path)):
        words = line.partition("#")[0].split()
        command: click.Command = main
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
            assert not command.hidden, line
        options = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
        for word in words:
            if word.startswith("--") and word != "--help":
                assert word in options, line


def test_where_is_what_covers_every_package() -> None:
    rows = [line for line in read(MANUAL / "en" / "where-is-what.md").splitlines() if line.startswith("| ")]
    named = {name for line in rows for name in FILE.findall(line)}
    assert len(rows) > 60
    assert all(FILE.search(line) or "pyproject.toml" in line for line in rows if not line.startswith("| question"))
    packages = [path for path in (ROOT / "annotator").iterdir() if (path / "__init__.py").is_file()]
    for package in [*packages, *(path.parent for path in (ROOT / "annotator" / "ui").glob("*/__init__.py"))]:
        folder = package.relative_to(ROOT).as_posix()
        assert any(name.startswith(f"{folder}/") for name in named), folder


def test_menu_items_that_are_named_exist() -> None:
    titles = dict(MENUS)
    items = {(titles[spec.menu].replace("&", ""), spec.text.rstrip("…")) for spec in ACTIONS if spec.menu in titles}
    for path in PAGES:
        for menu, item in re.findall(r"\*(\w+)\s›\s([^*]+)\*", read(path)):
            assert (menu, " ".join(item.split())) in items, (path.name, item)


def test_the_arabic_pages_quote_texts_of_the_interface() -> None:
    root = ElementTree.parse(resource("i18n", "annotator_ar.ts")).getroot()  # noqa: S314 - our own file
    translations = {re.sub("[&…]", "", text.text or "").strip() for text in root.iter("translation")}
    for path in (MANUAL / "ar").glob("*.md"):
        for quoted in re.findall("«([^»]+)»", read(path)):
            assert quoted in translations, path.name


def test_the_page_of_formats_names_them_all() -> None:
    page = read(MANUAL / "en" / "formats.md")
    for group in ("annotator.readers", "annotator.writers"):
        for entry in entry_points(group=group):
            assert f"`{entry.name}`" in page, entry.name


def test_the_page_of_commands_names_them_all() -> None:
    page = read(MANUAL / "en" / "commands.md")
    for command in main.commands.values():
        names = [command.name, *(command.commands if isinstance(command, click.Group) else ())]
        for name in names:
            assert command.hidden or name == "open" or f"`{name}`" in page, name
