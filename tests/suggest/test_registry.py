"""Suggesters by name, the program's own and others, whole and broken."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from annotator import plugins
from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED
from annotator.errors import SuggesterError
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest import registry
from annotator.suggest.registry import DEFAULT, SuggesterContext, available, create, default_names, expand, names


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuggesterContext:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    return SuggesterContext(load_tagset("security"), models=tmp_path / "models")


def test_the_programs_own_come_in_by_the_same_door(context: SuggesterContext) -> None:
    assert {"camel", "lexicon", "memory"} <= set(names())
    assert create("lexicon", context).name == "lexicon"


def test_the_default_needs_no_download() -> None:
    assert default_names()[-3:] == ("network", "stacked", "memory")
    assert "camel" not in default_names()


def test_camel_is_available_with_its_model(context: SuggesterContext, small_models: Path) -> None:
    assert available(context) == (*default_names(), COMBINED)
    with_model = SuggesterContext(context.tagset, models=small_models)
    assert available(with_model) == (*default_names(), "camel", COMBINED)


def test_names_with_a_plus_sign_and_the_default_are_combined(context: SuggesterContext) -> None:
    assert expand(["lexicon", "camel"], context) == (("lexicon", "camel"), ())
    assert expand(["camel", "lexicon+memory"], context) == (
        ("camel", "lexicon", "memory", COMBINED),
        ("lexicon", "memory"),
    )
    assert expand([DEFAULT, "lexicon+memory"], context) == (available(context), ())
    assert create("lexicon+memory", context).name == create(DEFAULT, context).name == COMBINED


def test_a_part_of_a_combination_that_is_not_there_is_named(context: SuggesterContext) -> None:
    combined = create("lexicon+spacy", context)
    with pytest.raises(SuggesterError, match=r"No suggester is named 'spacy'"):
        list(combined.suggest_many([Document("d", "بغداد")]))
    with pytest.raises(SuggesterError, match="cannot be combined"):
        list(create("lexicon+combined", context).suggest_many([Document("d", "بغداد")]))


def test_an_unknown_name_lists_what_there_is(context: SuggesterContext) -> None:
    with pytest.raises(
        SuggesterError, match=r"No suggester is named 'spacy'\. Available: camel, combined, grammar, learned"
    ):
        create("spacy", context)


def explode(_context: SuggesterContext) -> registry.Suggester:
    raise RuntimeError("boom")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("no_such_module:create", "ModuleNotFoundError"),
        (f"{__name__}:missing", "AttributeError"),
        (f"{__name__}:explode", "RuntimeError: boom"),
    ],
)
def test_a_broken_plug_in_is_one_sentence(
    context: SuggesterContext, monkeypatch: pytest.MonkeyPatch, value: str, reason: str
) -> None:
    def installed(group: str) -> EntryPoints:
        return EntryPoints([EntryPoint("other", value, registry.GROUP)]).select(group=group)

    monkeypatch.setattr(plugins, "entry_points", installed)
    with pytest.raises(SuggesterError) as error:
        create("other", context)
    assert str(error.value).startswith("Cannot start the suggester 'other' of the package ")
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_camel_without_a_model_says_what_to_do(context: SuggesterContext) -> None:
    with pytest.raises(SuggesterError, match=r"not installed\. Install it with: annotator models install"):
        create("camel", context)
