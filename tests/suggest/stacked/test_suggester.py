"""The stacked suggester: what it reads, what it finds, and what it does with other tagsets and damaged files."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.model.document import Document
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, create
from annotator.suggest.stacked.suggester import CRF, DESCRIPTION, STACKED_SOURCES, StackedSuggester

MODEL = resource("models", "stacked")
SECURITY = SuggesterContext(load_tagset("security"))
TEXT = "قال العميد سالم الراوي إن الجيش العراقي انتشر في الموصل وديالى أمس الخميس."


@pytest.fixture(scope="module")
def suggester() -> StackedSuggester:
    return StackedSuggester(SECURITY, MODEL)


def test_names_are_found(suggester: StackedSuggester) -> None:
    found = {s.span.of(TEXT): s.label for s in dict(suggester.suggest_many([Document("d", TEXT)]))["d"]}
    assert found["سالم الراوي"] == "PERS"
    assert found["الجيش العراقي"] == "FORCE"
    assert found["ديالى"] == "LOC"


def test_answers_that_are_there_are_not_made_again(suggester: StackedSuggester) -> None:
    document = Document("d", TEXT)
    given = {name: dict(create(name, SECURITY).suggest_many([document]))["d"] for name in STACKED_SOURCES}
    whole = suggester.combine(document, given)
    assert whole == suggester.combine(document, {})
    assert whole != suggester.combine(document, dict.fromkeys(STACKED_SOURCES, ()))


def test_a_tagset_that_lacks_a_label_gets_nothing() -> None:
    tagset = load_tagset("security")
    without = replace(tagset, labels=tuple(label for label in tagset.labels if label.id != "NAT"))
    for other in (without, load_tagset("camel"), load_tagset("wojood")):
        assert StackedSuggester(SuggesterContext(other), MODEL).combine(Document("d", TEXT), {}) == ()


@pytest.mark.parametrize("name", [CRF, DESCRIPTION])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    for path in MODEL.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / name).write_bytes(b"{")
    with pytest.raises(ResourceError, match=name):
        StackedSuggester(SECURITY, tmp_path)


def test_the_labels_are_those_of_the_tagset() -> None:
    described = json.loads((MODEL / DESCRIPTION).read_text(encoding="utf-8"))
    assert described["labels"] == sorted(label.id for label in load_tagset("security").labels)
