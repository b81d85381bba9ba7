"""The network suggester: its files, its spans, and what it does without a fitting tagset."""

from __future__ import annotations

import json
import shutil
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Document, Region, RegionKind
from annotator.domain.model.span import Span
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest import registry
from annotator.suggest.network.suggester import LEAST, NetworkSuggester
from annotator.suggest.network.token_classifier import DESCRIPTION, GRAPH, LONGEST, PIECES, TokenClassifier, joined
from annotator.suggest.registry import SuggesterContext

MODEL = resource("models", "network")
TEXT = "قال العميد سالم الراوي إن الجيش العراقي انتشر في الموصل وديالى أمس الخميس."


@pytest.fixture(scope="module")
def network() -> TokenClassifier:
    return TokenClassifier(MODEL)


@pytest.fixture(scope="module")
def suggester(network: TokenClassifier) -> NetworkSuggester:
    return NetworkSuggester(SuggesterContext(load_tagset("security")), network)


def test_names_are_found_without_their_clitics(suggester: NetworkSuggester) -> None:
    likely = {s.span.of(TEXT): s.label for s in suggester.suggest(TEXT) if s.score >= 0.5}
    assert likely["سالم الراوي"] == "PERS"
    assert likely["الجيش العراقي"] == "FORCE"
    assert likely["ديالى"] == "LOC"


@given(st.text(alphabet="ابتلوقي \n.،«»😀ـًabc1٣\u200c\u200f\u00a0", max_size=200))
def test_spans_lie_in_the_text_and_begin_and_end_with_words(suggester: NetworkSuggester, text: str) -> None:
    for made in suggester.suggest(text):
        assert 0 <= made.span.start < made.span.end <= len(text)
        assert not made.span.of(text)[0].isspace()
        assert not made.span.of(text)[-1].isspace()
        assert 0 < made.score <= 1


def test_probabilities_of_a_word_add_up_to_one(network: TokenClassifier) -> None:
    words = [*TEXT.split(), "\u200f", "ا" * 2000]
    shares = network.probabilities(words)
    assert shares.shape == (len(words), len(network.tags))
    np.testing.assert_allclose(shares.sum(1), 1, atol=1e-5)
    assert shares[-2, 0] == 1  # A bidi control has no word-piece, and so no name.


def test_a_long_article_is_read_in_passages_without_losing_a_word() -> None:
    sentences = [["a"] * 60, ["b"] * 50, ["c"] * 200, ["d"]]
    passages = list(joined(sentences))
    assert [len(passage) for passage in passages] == [LONGEST, 200, 1]
    assert list(chain.from_iterable(passages)) == list(chain.from_iterable(sentences))


def test_debris_of_the_page_has_no_suggestions(suggester: NetworkSuggester) -> None:
    document = Document("d", TEXT, regions=(Region(Span(0, len(TEXT)), RegionKind.DEBRIS),))
    assert dict(suggester.suggest_many([document])) == {"d": ()}


def test_four_classes_get_nothing(network: TokenClassifier) -> None:
    coarse = NetworkSuggester(SuggesterContext(load_tagset("camel")), network)
    assert dict(coarse.suggest_many([Document("d", TEXT)])) == {"d": ()}


def test_other_tagsets_get_what_they_have_labels_for(network: TokenClassifier) -> None:
    made = NetworkSuggester(SuggesterContext(load_tagset("wojood")), network).suggest(TEXT)
    assert {s.label for s in made} <= {label.id for label in load_tagset("wojood").labels}
    assert ("سالم الراوي", "PERS") in {(s.span.of(TEXT), s.label) for s in made if s.score >= LEAST}


def test_a_place_is_a_political_one_in_a_tagset_with_both_kinds(network: TokenClassifier) -> None:
    made = NetworkSuggester(SuggesterContext(load_tagset("wojood")), network).suggest(TEXT)
    assert {s.label for s in made if s.span.of(TEXT) in ("الموصل", "ديالى")} == {"GPE"}


def test_the_version_is_known_before_the_network_is_loaded() -> None:
    suggester = registry.create("network", SuggesterContext(load_tagset("security")))
    described = json.loads((MODEL / DESCRIPTION).read_text(encoding="utf-8"))
    assert suggester.version == described["version"]


@pytest.mark.parametrize("name", [GRAPH, PIECES, DESCRIPTION])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    for path in MODEL.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / name).write_bytes(b"{")
    with pytest.raises(ResourceError, match=name):
        TokenClassifier(tmp_path).probabilities(["بغداد"])
