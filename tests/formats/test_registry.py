"""Formats by name and by file: built-in ones are plug-ins too, and a broken plug-in is one sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from annotator import plugins
from annotator.errors import ExportError, InputError
from annotator.formats import registry
from annotator.formats.base.record import Problem, Record
from annotator.formats.conll.writer import ConllWriter
from annotator.formats.suffixes import SUFFIXES


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what was made before and after each test."""
    clear()
    yield
    clear()


def clear() -> None:
    registry._plugins.cache_clear()
    registry._make.cache_clear()


def offer(monkeypatch: pytest.MonkeyPatch, **named: str) -> None:
    """Let these entry points, and no others, be installed in every group."""
    monkeypatch.setattr(
        plugins,
        "entry_points",
        lambda group: EntryPoints([EntryPoint(name, value, group) for name, value in named.items()]),
    )


def test_the_built_in_writers_come_by_entry_points() -> None:
    assert {"conll", "json", "jsonl"} <= registry.writers().keys()
    assert isinstance(registry.find_writer("conll"), ConllWriter)
    assert all(writer.name == name for name, writer in registry.writers().items())
    assert all(reader.name == name for name, reader in registry.readers().items())


def test_an_unknown_format_is_answered_with_what_exists() -> None:
    with pytest.raises(ExportError, match=r"Unknown export format: xml. Choose one of: .*conll, .*json, jsonl"):
        registry.find_writer("xml")
    with pytest.raises(InputError, match="Unknown format: xml"):
        registry.find_reader("xml")
    with pytest.raises(InputError, match=r"article\.pdf: unsupported file type \.pdf"):
        registry.reader_for(Path("article.pdf"))


def test_a_plugin_that_cannot_be_loaded_or_started_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(
        monkeypatch,
        gone="no_such_module:Writer",
        failing="pathlib:Path.home.nothing",
        fine="annotator.formats.conll.writer:ConllWriter",
        needy="annotator.formats.base.writer:ReadBack",
    )
    assert list(registry.writers()) == ["fine"]
    said = "\n".join(registry.broken_formats())
    assert "The plug-in gone (annotator.writers)" in said
    assert "The plug-in needy (annotator.writers) of the package unknown cannot be started" in said
    assert "The plug-in failing" in said


def test_a_second_plugin_of_one_name_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    value = "annotator.formats.conll.writer:ConllWriter"
    twice = EntryPoints([EntryPoint("conll", value, "annotator.writers")] * 2)
    monkeypatch.setattr(plugins, "entry_points", lambda group: twice)
    assert list(registry.writers()) == ["conll"]
    assert "already taken" in registry.broken_formats()[0]


def test_a_broken_plugin_that_is_asked_for_says_what_is_wrong_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, gone="no_such_module:Writer", needy="annotator.formats.base.writer:ReadBack")
    with pytest.raises(ExportError, match=r"The plug-in gone \(annotator.writers\) .* cannot be loaded"):
        registry.find_writer("gone")
    with pytest.raises(InputError, match=r"The plug-in needy \(annotator.readers\) .* cannot be started"):
        registry.find_reader("needy")


def test_the_table_of_suffixes_is_that_of_the_built_in_readers() -> None:
    own = [name for name, entry in plugins.find_plugins(registry.READERS).entries.items() if plugins.is_own(entry)]
    assert sorted(SUFFIXES) == own
    assert {name: registry.find_reader(name).suffixes for name in own} == SUFFIXES
    listed = [suffix for suffixes in SUFFIXES.values() for suffix in suffixes]
    assert sorted(listed) == list(registry.readers_by_suffix())


def test_a_reader_of_another_package_is_asked_for_its_suffixes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offer(monkeypatch, other=f"{__name__}:OtherReader", gone="no_such_module:Reader")
    assert registry.readers_by_suffix() == {".txt": "other"}
    (tmp_path / "a.txt").write_text('{"text": "بغداد"}', "utf-8")
    assert isinstance(registry.reader_for(tmp_path / "a.txt"), OtherReader), "its suffix wins over the content"


class OtherReader:
    name = "other"
    suffixes = (".txt",)

    def read(self, path: Path) -> Iterator[Record | Problem]:
        return iter(())


def test_finding_one_format_imports_no_other() -> None:
    for code, needed, others in (
        ('find_writer("conll")', "annotator.formats.conll.writer", ("tei", "xml", "json.writer", "tables", "web")),
        ('reader_for(Path("a.jsonl"))', "annotator.formats.json.reader", ("tei", "xml", "tables", "web", "conllu")),
        ("reader_names(), writer_names()", "annotator.formats.registry", ("tei", "xml", "tables", "web", "brat")),
    ):
        script = f"import sys\nfrom pathlib import Path\nfrom annotator.formats.registry import *\n{code}\n"
        script += "print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        loaded = set(done.stdout.split())
        assert needed in loaded
        assert not loaded & {f"annotator.formats.{other}" for other in others}
