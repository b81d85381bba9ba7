"""What a stacked CRF sees of a text."""

from __future__ import annotations

from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.suggest.learned.reader import StackedReader

TEXT = "وصل أحمد علي إلى بغداد"
TAGSET = Tagset("own", (Label("PERS", {}, {}), Label("LOC", {}, {})))


def features(**answers: list[Suggestion]) -> list[set[str]]:
    described = StackedReader(TAGSET, tuple(answers)).describe(Document("1", TEXT), answers)
    return [set(row) for row in described.rows[0]]


def suggestion(words: str, label: str, score: float) -> Suggestion:
    start = TEXT.index(words)
    return Suggestion(Span(start, start + len(words)), label, score, "starter")


def test_an_answer_is_a_feature_of_its_words_and_of_those_around() -> None:
    rows = features(starter=[suggestion("أحمد علي", "PERS", 0.9)])
    assert {"starter:B-PERS", "starter:B-PERS:3", "all:B-PERS"} <= rows[1]
    assert {"starter:I-PERS", "starter:E-PERS"} <= rows[2]
    assert "starter:E-PERS" not in rows[1]
    assert "+1starter:B-PERS" in rows[0]
    assert "-2starter:I-PERS" in rows[4]
    assert "all:O" in rows[4]


def test_of_overlapping_answers_the_surest_counts() -> None:
    rows = features(starter=[suggestion("علي", "LOC", 0.3), suggestion("أحمد علي", "PERS", 0.8)])
    assert "starter:I-PERS" in rows[2]
    assert "starter:B-LOC" not in rows[2]
