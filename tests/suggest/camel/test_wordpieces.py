"""Words into pieces and inputs, and tags back onto words: nothing lost, nothing shifted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Document, Region, RegionKind
from annotator.domain.model.span import Span
from annotator.suggest.camel.suggester import spans_of, words_of
from annotator.suggest.camel.wordpieces import (
    SEGMENT,
    Labelled,
    PieceCache,
    Segment,
    batches,
    class_of,
    clean_word,
    segments,
)

PIECES = st.lists(st.lists(st.integers(0, 99), max_size=300), max_size=60)


@pytest.mark.parametrize(
    ("word", "cleaned"),
    [
        ("بغداد", "بغداد"),
        ("أُحِبّ", "أحب"),
        ("العـــراق", "العراق"),
        ("«", '"'),
        ("»", '"'),
        ("”", "”"),
        ("ال\u200cعراق", "العراق"),
        ("\u200f", ""),
        ("\ufeff", ""),
        ("\u064b", ""),
        ("ـ", ""),
        ("", ""),
        (" ", ""),
        ("BBC", "BBC"),
        ("إف-16", "إف-16"),
        ("٢٠٢٠", "٢٠٢٠"),
        ("😀", "😀"),
    ],
)
def test_the_copy_for_the_model(word: str, cleaned: str) -> None:
    assert clean_word(word) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(word: str) -> None:
    assert clean_word(clean_word(word)) == clean_word(word)


@given(PIECES)
def test_segments_hold_every_word_once_in_order(pieces: list[list[int]]) -> None:
    found = list(segments(7, pieces))
    assert [word for segment in found for word in segment.words] == [i for i, own in enumerate(pieces) if own]
    assert [p for segment in found for p in segment.pieces] == [p for own in pieces for p in own[:SEGMENT]]
    for segment in found:
        assert segment.sentence == 7
        assert 0 < len(segment.pieces) <= SEGMENT
        for word, first in zip(segment.words, segment.firsts, strict=True):
            own = tuple(pieces[word][:SEGMENT])
            assert segment.pieces[first : first + len(own)] == own


@given(st.lists(st.integers(1, SEGMENT), max_size=80), st.integers(1, 2000))
def test_batches_hold_every_input_once_within_the_budget(lengths: list[int], budget: int) -> None:
    inputs = [Segment(i, (0,) * length, (0,), (0,)) for i, length in enumerate(lengths)]
    found = list(batches(inputs, budget))
    assert sorted(segment.sentence for batch in found for segment in batch) == list(range(len(lengths)))
    for batch in found:
        widest = max(len(segment.pieces) for segment in batch)
        assert len(batch[0].pieces) == widest
        assert len(batch) == 1 or len(batch) * widest <= budget


def test_each_word_is_cut_once_until_there_are_too_many() -> None:
    asked: list[str] = []

    def cut(word: str) -> list[int]:
        asked.append(word)
        return [len(word)]

    cache = PieceCache(cut, limit=2)
    assert [cache(word) for word in ("أب", "أب", "«", "\u200f", "أب")] == [(2,), (2,), (1,), (), (2,)]
    assert asked == ["أب", '"', "أب"]


def test_classes() -> None:
    assert [class_of(tag) for tag in ("O", "B-PERS", "I-LOC")] == ["O", "PERS", "LOC"]


LABELS = {"PERS": "PERS", "LOC": "PLACE"}


def spans(
    text: str, tags: str, scores: list[float] | None = None, clitics: str = "outside"
) -> list[tuple[str, str, float]]:
    (words,) = words_of(Document("d", text))
    answer = Labelled(tags.split(), scores or [0.9] * len(words))
    return [(span.of(text), label, score) for span, label, score in spans_of(text, words, answer, LABELS, clitics)]


def test_tags_become_spans_with_the_tagsets_labels() -> None:
    assert spans("زار محمد سالم بغداد", "O B-PERS I-PERS B-LOC") == [
        ("محمد سالم", "PERS", 0.9),
        ("بغداد", "PLACE", 0.9),
    ]


def test_tags_that_continue_nothing_begin_a_span() -> None:
    assert [s for s, _, _ in spans("زار محمد سالم بغداد", "I-PERS I-LOC I-PERS O")] == ["زار", "محمد", "سالم"]


def test_classes_without_a_label_are_dropped() -> None:
    assert spans("زار محمد سالم بغداد", "B-MISC I-MISC B-ORG B-LOC") == [("بغداد", "PLACE", 0.9)]


def test_the_least_sure_word_is_the_score() -> None:
    assert spans("زار محمد سالم بغداد", "O B-PERS I-PERS O", [1, 0.8, 0.3, 1])[0][2] == 0.3


def test_marks_at_the_edges_fall_away() -> None:
    assert spans('قال "محمد سالم" له', "O B-PERS I-PERS I-PERS I-PERS O") == [("محمد سالم", "PERS", 0.9)]
    assert spans('قال "" له', "O B-PERS I-PERS O") == []


def test_clitics_stay_outside_unless_the_tagset_says_otherwise() -> None:
    assert spans("في بغداد وديالى", "O B-LOC B-LOC")[1][0] == "ديالى"
    assert spans("في بغداد وديالى", "O B-LOC B-LOC", clitics="inside")[1][0] == "وديالى"
    assert spans("زار واشنطن", "O B-LOC")[0][0] == "واشنطن"


def test_an_answer_of_another_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="3 words, 2 tags, 3 scores"):
        spans("زار سالم بغداد", "O O", [1, 1, 1])


def test_debris_is_no_word() -> None:
    text = "شارك الخبر\nزار سالم بغداد"
    document = Document("d", text, regions=(Region(Span(0, 10), RegionKind.DEBRIS),))
    assert [[span.of(text) for span in words] for words in words_of(document)] == [["زار", "سالم", "بغداد"]]
