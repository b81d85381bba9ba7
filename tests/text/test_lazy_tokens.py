"""Lazy tokens are those of the whole text, whatever the chunks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.text import lazy_tokens
from annotator.text.lazy_tokens import LazyTokens
from annotator.text.tokenizer import tokenize
from tests.text.strategies import any_texts

TEXT = "قال محمّد، في 17/4/2020: إن كركوك و ديالى (12.5%) آمنة. https://example.com/a?b=1 😀 نهاية\n\n"


@given(any_texts, st.integers(1, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_make_up_the_whole(monkeypatch: pytest.MonkeyPatch, text: str, part: int) -> None:
    monkeypatch.setattr(lazy_tokens, "CHUNK_LENGTH", part)
    assert list(LazyTokens(text)) == tokenize(text)


def test_nothing_is_cut_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy_tokens, "CHUNK_LENGTH", 100)
    asked: list[int] = []

    def note(text: str, start: int, end: int) -> object:
        """Note what is cut."""
        asked.append(start)
        return tokenize(text, start, end)

    monkeypatch.setattr(lazy_tokens, "tokenize", note)
    text = TEXT * 20
    tokens = LazyTokens(text)
    assert not asked
    assert tokens.advance()
    assert asked == [0]
    whole = tokenize(text)
    assert (tokens[3], tokens[-1], len(tokens), tokens[2:4]) == (whole[3], whole[-1], len(whole), whole[2:4])
    assert not tokens.advance()
    assert asked == sorted(set(asked))
    assert not LazyTokens("")
