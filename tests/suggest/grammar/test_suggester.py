"""The examples in the grammar files and in the guidelines, offsets in any text, and speed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Document, Region, RegionKind
from annotator.domain.model.span import Span
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.grammar.grammar_file import NONE, bundled_grammar
from annotator.suggest.grammar.suggester import GrammarSuggester, create
from annotator.suggest.registry import SuggesterContext
from annotator.suggest.suggester_labels import translate
from annotator.text.normalise import normalise_key

SECURITY = load_tagset("security")
WOJOOD = load_tagset("wojood")
SUGGESTER = GrammarSuggester(bundled_grammar(), "1", SECURITY)
NUMBERS = GrammarSuggester(bundled_grammar(), "1", WOJOOD)
LABELS = frozenset(label for rule in bundled_grammar().rules if (label := translate(rule.label, SECURITY)))
PHRASES = frozenset(("ATTACK", "CASUALTY", "DATE", "FAC", "TITLE", "WEAPON"))
"""The labels that the grammar finds alone. Of the others, which are names, the lexicon and the models find most."""


def found(text: str, label: str) -> list[Span]:
    return [span for span, own, _ in SUGGESTER.find(text) if own == label]


def marked(text: str, spans: list[Span]) -> str:
    """Return the text with square brackets around the spans."""
    for span in reversed(spans):
        text = f"{text[: span.start]}[{span.of(text)}]{text[span.end :]}"
    return text


def file_examples() -> Iterator[object]:
    for rule in bundled_grammar().rules:
        for number, example in enumerate((*rule.examples, *rule.counter_examples), start=1):
            yield pytest.param(rule.label, example, id=f"{rule.name}-{number}")


@pytest.mark.parametrize(("label", "example"), [*file_examples()])
def test_an_example_in_a_grammar_file(label: str, example: str) -> None:
    text = re.sub(r"[\[\]]", "", example)
    own = translate(label, SECURITY)
    spans = found(text, own) if own else [span for span, _, rule in NUMBERS.find(text) if rule.label == label]
    assert marked(text, spans) == example


def guideline_examples() -> Iterator[object]:
    for label in SECURITY.labels:
        if label.id in LABELS:
            for example in label.examples if label.id in PHRASES else ():
                yield pytest.param(label.id, example.text, example.span, True, id=f"{label.id}-{example.span}")
            for example in label.counter_examples:
                yield pytest.param(label.id, example.text, example.span, False, id=f"{label.id}-not-{example.span}")


@pytest.mark.parametrize(("label", "text", "span", "is_right"), [*guideline_examples()])
def test_an_example_in_the_guidelines(label: str, text: str, span: str, is_right: bool) -> None:
    assert (span in [one.of(text) for one in found(text, label)]) is is_right


def sentences() -> list[str]:
    path = Path(__file__).parents[2] / "data" / "grammar_sentences.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("sentence", sentences(), ids=range(len(sentences())))
def test_all_labels_in_a_sentence(sentence: str) -> None:
    text = re.sub(r"\[[A-Z]+ ([^\]]*)\]", r"\1", sentence)
    at, parts = 0, []
    for span, label, _ in SUGGESTER.find(text):
        if label not in PHRASES:
            continue
        parts += [text[at : span.start], f"[{label} {span.of(text)}]"]
        at = span.end
    assert "".join(parts) + text[at:] == sentence


def test_every_rule_has_an_example() -> None:
    assert not [rule.name for rule in bundled_grammar().rules if not rule.examples and rule.label != NONE]


TEXT = "قُتل 14 شخصاً، مساء أمس الخميس، وأصيب عسكريان في 3 آذار/مارس 2026 وللأسبوع الماضي"
NOISE = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)),
        st.sampled_from(["\u064e", "\u0651\u0650", "ـ", "ــ", "\u200c", "\u200f", "\ufeff"]),
    ),
    max_size=8,
)


@given(NOISE, st.sampled_from([" ", "\xa0", "  ", " \u200f"]), st.sampled_from(["", "😀 ", "😀\r\n\r\n", "👨‍👩‍👧\n"]))
def test_offsets_hold_with_harakat_tatweel_emoji_and_other_spaces(
    noise: list[tuple[int, str]], space: str, before: str
) -> None:
    text = TEXT
    for at, char in sorted(noise, reverse=True):
        if 0 < at < len(TEXT) and TEXT[at - 1].isalpha() and TEXT[at - 1 : at + 1].isalpha():
            text = text[:at] + char + text[at:]
    text = before + text.replace(" ", space)
    expected = [(normalise_key(span.of(TEXT)), label) for span, label, _ in SUGGESTER.find(TEXT)]
    spans = [(span.of(text), label) for span, label, _ in SUGGESTER.find(text)]
    assert [(normalise_key(surface), label) for surface, label in spans] == expected
    assert all(surface == surface.strip() and surface[0] not in "\u064e\u0651" for surface, _ in spans)


@given(st.text(st.sampled_from("قتل 3جنود\u064e\u0651ـ\u200c\xa0\r\n،.«»()/-ولبال٣😀أمس\ufeff\u2028"), max_size=80))
def test_any_text_gives_spans_within_it(text: str) -> None:
    last = 0
    for span, _, _ in SUGGESTER.find(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


def test_no_span_goes_past_a_line() -> None:
    assert [s.of("أمس\nالخميس") for s in found("أمس\nالخميس", "DATE")] == ["أمس", "الخميس"]
    assert [s.of("أمس\r\nالخميس") for s in found("أمس\r\nالخميس", "DATE")] == ["أمس", "الخميس"]


def test_suggestions_are_in_the_labels_of_the_tagset() -> None:
    text = "قُتل ستة مدنيين أمس الخميس"
    by_tagset = {
        name: [s.label for s in GrammarSuggester(bundled_grammar(), "1", load_tagset(name)).suggest(text)]
        for name in ("security", "wojood", "camel")
    }
    assert by_tagset["security"] == ["CASUALTY", "DATE"]
    assert "DATE" in by_tagset["wojood"]
    assert by_tagset["camel"] == []


def test_clitics_are_inside_if_the_tagset_says_so() -> None:
    inside = GrammarSuggester(bundled_grammar(), "1", replace(SECURITY, clitics="inside"))
    text = "مقارنة بالعام الماضي"
    assert [s.span.of(text) for s in inside.suggest(text)] == ["بالعام الماضي"]


def test_units_lie_within_quantities_if_the_tagset_is_nested() -> None:
    text = "دفعت 300 ألف دينار بعد 40 كيلومتراً"
    assert [(s.span.of(text), s.label) for s in NUMBERS.suggest(text)] == [
        ("300 ألف دينار", "MONEY"),
        ("دينار", "CURR"),
        ("40 كيلومتراً", "QUANTITY"),
        ("كيلومتراً", "UNIT"),
    ]


def test_debris_gets_nothing() -> None:
    text = "أمس الخميس\nاقرأ أيضا أمس الخميس"
    document = Document("d", text, regions=(Region(Span(11, len(text)), RegionKind.DEBRIS),))
    ((name, suggestions),) = create(SuggesterContext(SECURITY)).suggest_many([document])
    assert name == "d"
    assert [s.span for s in suggestions] == [Span(0, 10)]
    assert suggestions[0].suggester == "grammar"
    assert suggestions[0].version.count("+") == 1


def test_a_pattern_finds_the_same_from_its_first_symbols_as_everywhere() -> None:
    grammar = bundled_grammar()
    text = "".join(
        grammar.symbol(part.key)
        for sentence in sentences()
        for word in re.sub(r"\[[A-Z]+ |\]", "", sentence).split()
        for part in grammar.vocabulary.split(word)
    )
    for rule in grammar.rules:
        for pattern in rule.patterns:
            everywhere = pattern.whole.search(text)
            found = pattern.search(text)
            assert (found and found.span()) == (everywhere and everywhere.span())
