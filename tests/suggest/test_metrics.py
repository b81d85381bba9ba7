"""Scores of suggestions against settled spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.suggest.metrics import Report, Score, compare, evaluate, whole_words

TEXT = "وصل محمد علي إلى وديالى"


class Fixed:
    """Suggests the same spans for every document."""

    name = "fixed"
    version = "1"

    def __init__(self, *suggestions: Suggestion) -> None:
        self.suggestions = suggestions

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        for document in documents:
            yield document.id, self.suggestions

    def close(self) -> None:
        pass


def suggestion(words: str, label: str, score: float = 0.9) -> Suggestion:
    start = TEXT.index(words)
    return Suggestion(Span(start, start + len(words)), label, score, "fixed", "1")


def gold(*labelled: tuple[str, str]) -> list[AnnotatedDocument]:
    annotations = tuple(
        Annotation(str(i), Span(TEXT.index(words), TEXT.index(words) + len(words)), label, "a")
        for i, (words, label) in enumerate(labelled)
    )
    return [AnnotatedDocument(Document(document_id(TEXT), TEXT), annotations)]


def test_exact_and_overlapping_spans_are_counted_by_class() -> None:
    scores = compare(
        [(Span(0, 4), "PERS"), (Span(6, 9), "LOC")], [(Span(0, 3), "PERS"), (Span(6, 9), "LOC"), (Span(10, 12), "LOC")]
    )
    assert scores["PERS"] == Score(right=0, gold=1, suggested=1, found_gold=1, touching=1)
    assert scores["LOC"] == Score(right=1, gold=1, suggested=2, found_gold=1, touching=1)
    assert scores["LOC"].precision == 0.5
    assert scores["LOC"].recall == 1.0
    assert scores["LOC"].f1 == 2 / 3
    assert scores["PERS"].overlap_f1 == 1.0


def test_micro_f1_is_taken_over_the_named_classes_only() -> None:
    report = Report({"PERS": Score(1, 2, 1), "LOC": Score(1, 1, 1), "MISC": Score(0, 5, 5)})
    assert report.micro(["PERS", "LOC"]) == Score(2, 3, 2)
    assert report.micro().gold == 8
    assert report.micro(["ORG"]).f1 == 0.0


def test_a_span_without_its_clitic_equals_the_whole_word_unless_characters_count() -> None:
    suggester = Fixed(suggestion("ديالى", "LOC"), suggestion("محمد علي", "PERS"))
    settled = gold(("وديالى", "LOC"), ("محمد علي", "PERS"))
    assert evaluate(suggester, settled).micro().f1 == 1.0
    strict = evaluate(suggester, settled, words=False)
    assert strict.by_label["LOC"].right == 0
    assert strict.by_label["LOC"].overlap_f1 == 1.0


def test_a_mapping_joins_classes_and_leaves_out_the_unnamed() -> None:
    suggester = Fixed(suggestion("محمد علي", "PER"), suggestion("وصل", "EVENT"))
    report = evaluate(suggester, gold(("محمد علي", "PERS")), mapping={"PER": "PERS", "PERS": "PERS"})
    assert report.by_label == {"PERS": Score(1, 1, 1, 1, 1)}


def test_suggestions_below_the_threshold_do_not_count() -> None:
    suggester = Fixed(suggestion("محمد علي", "PERS", 0.4))
    assert evaluate(suggester, gold(("محمد علي", "PERS")), threshold=0.5).micro() == Score(0, 1, 0)


def test_the_report_tells_tokens_and_speed_as_json() -> None:
    report = evaluate(Fixed(), gold(("محمد علي", "PERS")))
    assert report.tokens == 5
    told = report.to_json(["PERS"])
    assert told["micro"]["recall"] == 0.0
    assert told["labels"]["PERS"]["gold"] == 1
    assert told["tokens_per_second"] > 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.sampled_from("AB")), max_size=12))
def test_every_set_of_spans_agrees_with_itself(raw: list[tuple[int, int, str]]) -> None:
    spans = [(Span(start, start + length), label) for start, length, label in raw]
    for score in compare(spans, spans).values():
        assert score.f1 == score.overlap_f1 == 1.0


@given(st.text("وديالى َـ، a1", min_size=1, max_size=20), st.data())
def test_widening_keeps_the_span_and_stops_at_spaces(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    wide = whole_words(text, span)
    assert wide.covers(span)
    assert " " not in text[wide.start : span.start] + text[span.end : wide.end]


@pytest.mark.parametrize(
    ("text", "span", "wide"),
    [
        ("وديالى", (1, 6), "وديالى"),
        ("في ديالى.", (4, 6), "ديالى"),
        ("في ديالى، و", (3, 8), "ديالى"),
        ("من بَغدادَ ثم", (4, 6), "بَغدادَ"),
        ("كأس 2026م هنا", (4, 8), "2026م"),
        ("اب-جد", (0, 2), "اب"),
        ("اب جد", (2, 3), " "),
        ("اب جد", (1, 4), "اب جد"),
        ("ا", (0, 1), "ا"),
    ],
)
def test_a_span_is_widened_by_letters_digits_and_marks_and_by_nothing_else(
    text: str, span: tuple[int, int], wide: str
) -> None:
    assert whole_words(text, Span(*span)).of(text) == wide
