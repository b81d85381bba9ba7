"""A clitic at the edge of a span is excluded and included again, whatever else its word might be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.text.clitics.toggle import proclitic_choices, toggle_proclitic, toggle_pronoun
from annotator.text.tokenizer import tokenize


def turns(text: str, surface: str, times: int) -> list[str]:
    """Return the surfaces that a span takes, turn by turn."""
    start = text.index(surface)
    span, seen = Span(start, start + len(surface)), []
    for _ in range(times):
        turned = toggle_proclitic(span, tokenize(text))
        if turned is None:
            break
        span = turned
        seen.append(span.of(text))
    return seen


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("في كركوك وديالى أمس", "وديالى", ["ديالى", "وديالى"]),
        ("في كركوك وديالى أمس", "ديالى", ["وديالى", "ديالى"]),
        ("زار بغداد ولبنان", "ولبنان", ["لبنان", "بنان", "ولبنان"]),
        ("وبالعراق قوات", "وبالعراق", ["العراق", "بالعراق", "وبالعراق"]),
        ("دعم للقوات الأمنية", "للقوات الأمنية", ["لقوات الأمنية", "للقوات الأمنية"]),
        ("وَبَغْدَاد أمس", "وَبَغْدَاد", ["بَغْدَاد"]),
        ("قال العميد", "العميد", []),
        ("سامر قال", "سامر", []),
        ("في بغداد", "بغداد", ["غداد", "بغداد"]),
    ],
)
def test_a_clitic_is_left_out_and_taken_in(text: str, surface: str, expected: list[str]) -> None:
    assert turns(text, surface, len(expected) or 1)[: len(expected)] == expected
    if not expected:
        assert turns(text, surface, 1) == []


def test_the_likeliest_reading_comes_first() -> None:
    assert proclitic_choices("وبغداد")[0] == 1
    assert proclitic_choices("وبالعراق") == (2, 1)
    assert proclitic_choices("") == ()


def test_a_span_that_would_lose_all_its_letters_keeps_them() -> None:
    text = "وديالى"
    assert toggle_proclitic(Span(0, 1), tokenize(text)) is None
    assert toggle_proclitic(Span(3, 3 + 1), tokenize("أحد")) is None


@given(st.text(alphabet="وفبكلسامدْـ \n،", max_size=24), st.data())
def test_turning_goes_round_and_never_beyond_the_first_word(text: str, data: st.DataObject) -> None:
    tokens = tokenize(text)
    if not tokens:
        return
    word = data.draw(st.sampled_from(tokens))
    span = Span(word.span.start, word.span.end)
    seen = [span]
    while (turned := toggle_proclitic(seen[-1], tokens)) is not None and turned != span:
        assert turned not in seen and turned.end == span.end and span.start < turned.start < span.end
        seen.append(turned)
    assert len(seen) <= 3


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("أعلن رئيسها أمس", "رئيسها", "رئيس"),
        ("أعلن رئيسها أمس", "رئيس", "رئيسها"),
        ("هاجموا قيادتهم.", "قيادتهم", "قيادت"),
        ("في جَيْشِهِمْ اليوم", "جَيْشِهِمْ", "جَيْشِ"),
        ("في بغداد أمس", "بغداد", None),
        ("منها", "منها", None),
        ("قال العميد", "قال العميد", None),
    ],
)
def test_a_pronoun_is_left_out_and_taken_in(text: str, surface: str, expected: str | None) -> None:
    start = text.index(surface)
    turned = toggle_pronoun(Span(start, start + len(surface)), tokenize(text))
    assert (turned.of(text) if turned else None) == expected


@given(st.text(alphabet="رئيسهاممكنِ \n،", min_size=1, max_size=24), st.data())
def test_turning_a_pronoun_twice_gives_the_span_back(text: str, data: st.DataObject) -> None:
    tokens = tokenize(text)
    if not tokens:
        return
    word = data.draw(st.sampled_from(tokens))
    span = Span(word.start, word.end)
    turned = toggle_pronoun(span, tokens)
    if turned is not None:
        assert span.start == turned.start < turned.end < span.end
        assert toggle_pronoun(turned, tokens) == span
