"""The switches of suggesters: kept in the model folder, and obeyed by what runs by default."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path

import pytest

from annotator import plugins
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.errors import SuggesterError
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.combined.suggester import CombinedSuggester
from annotator.suggest.registry import GROUP, SuggesterContext, available, default_names
from annotator.suggest.switches import SWITCHES, read_switches, set_switch


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuggesterContext:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    return SuggesterContext(load_tagset("security"), models=tmp_path / "models")


def test_switches_are_kept_in_the_model_folder(tmp_path: Path) -> None:
    assert read_switches(tmp_path / "models") == {}
    set_switch("lexicon", False, tmp_path / "models")
    set_switch("mine", True, tmp_path / "models")
    assert read_switches(tmp_path / "models") == {"lexicon": False, "mine": True}


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"lexicon": 0}', "\xff"])
def test_a_damaged_file_has_no_switches(tmp_path: Path, content: str) -> None:
    (tmp_path / SWITCHES).write_bytes(content.encode("latin-1"))
    assert read_switches(tmp_path) == {}


def test_a_switch_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(SuggesterError, match=r"Cannot write .*switches\.json"):
        set_switch("lexicon", False, tmp_path / "models")


def test_one_that_is_off_does_not_run_by_default(context: SuggesterContext) -> None:
    off = replace(context, switches={"lexicon": False})
    assert available(off) == (*(name for name in default_names() if name != "lexicon"), COMBINED)


def test_a_plugin_runs_by_default_only_if_it_is_switched_on(
    context: SuggesterContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = entry_points(group=GROUP)
    mine = EntryPoint("mine", "mine:create", GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: EntryPoints([*own, mine]))
    assert "mine" not in available(context)
    assert available(replace(context, switches={"mine": True}))[-2:] == ("mine", COMBINED)


def test_what_one_that_is_off_answered_before_is_not_combined(context: SuggesterContext) -> None:
    document = Document("d", "زار الوزير بغداد ودمشق أمس")
    baghdad, damascus = Span(11, 16), Span(18, 22)
    proposals = {
        "starter": (Suggestion(baghdad, "LOC", 0.9, "starter"),),
        "lexicon": (Suggestion(damascus, "LOC", 0.9, "lexicon"),),
    }
    off = replace(context, switches={"lexicon": False})
    both, one, named = map(CombinedSuggester, (context, off, replace(off, components=("lexicon",))))
    assert [s.span for s in both.combine(document, proposals)] == [baghdad, damascus]
    assert [s.span for s in one.combine(document, proposals)] == [baghdad]
    assert [s.span for s in named.combine(document, proposals)] == [damascus], "--suggester runs one that is off"
    assert one.version == f"{both.version}-lexicon"
    assert named.version == f"{both.version}+lexicon", "the answer is another one than that of all"
    assert CombinedSuggester(replace(context, components=("lexicon",))).version == named.version
