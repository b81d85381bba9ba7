"""The look-up of formats: built-ins by the plug-ins' door, and a broken plug-in is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from annotator.errors import ExportError, InputError
from annotator.formats import plugins, registry
from annotator.formats.conll.writer import ConllWriter


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what was made before and after each test."""
    registry._made.cache_clear()
    yield
    registry._made.cache_clear()


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
    with pytest.raises(ExportError, match=r"no export format called xml; choose one of: .*conll, .*json, jsonl"):
        registry.find_writer("xml")
    with pytest.raises(InputError, match="no reader called xml"):
        registry.find_reader("xml")
    with pytest.raises(InputError, match=r"article\.pdf: files that end in \.pdf cannot be read"):
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
    said = "\n".join(registry.broken_plugins())
    assert "The plug-in gone (annotator.writers)" in said
    assert "The plug-in needy (annotator.writers) cannot be started" in said
    assert "The plug-in failing" in said


def test_a_second_plugin_of_one_name_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    value = "annotator.formats.conll.writer:ConllWriter"
    twice = EntryPoints([EntryPoint("conll", value, "annotator.writers")] * 2)
    monkeypatch.setattr(plugins, "entry_points", lambda group: twice)
    assert list(registry.writers()) == ["conll"]
    assert "already taken" in registry.broken_plugins()[0]
