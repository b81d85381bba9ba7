"""The labelled articles that were written for this project."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from annotator.domain.model.span import Span
from annotator.storage.tables.tagsets import load_tagset
from tests.benchmarks.security_scores import ORIGINAL, original_articles, parse_article


def test_an_article_is_read_without_its_brackets() -> None:
    found = parse_article("في [LOC الموصل] و[LOC أربيل]، قال [PERS سعد].\n", "a.txt")
    assert found.document.text == "في الموصل وأربيل، قال سعد.\n"
    assert found.spans == {(Span(3, 9), "LOC"), (Span(11, 16), "LOC"), (Span(22, 25), "PERS")}


@pytest.mark.parametrize("stray", ["[الموصل]", "[LOC الموصل", "الموصل]", "[LOC [PERS سعد]]"])
def test_a_bracket_that_is_in_no_span_is_reported_with_its_line(stray: str) -> None:
    with pytest.raises(SystemExit, match=r"a\.txt: line 2 has a bracket"):
        parse_article(f"عنوان\n{stray}\n", "a.txt")


def test_every_article_has_known_labels_and_clean_edges() -> None:
    labels = {label.id for label in load_tagset("security").labels}
    counts: Counter[str] = Counter()
    texts = set()
    for article in original_articles():
        text = article.document.text
        texts.add(text)
        spans = sorted(article.spans)
        for (span, _), (following, _) in pairwise(spans):
            assert span.end <= following.start, span.of(text)
        for span, label in spans:
            name = span.of(text)
            assert label in labels, (label, name)
            assert name == name.strip(), name
            assert not text[span.end : span.end + 1].isalpha(), name
            counts[label] += 1
    assert len(texts) == len(list(ORIGINAL.glob("[0-9]*.txt"))) >= 300
    assert set(counts) == labels
    assert min(counts.values()) >= 50
    assert counts.total() > 8000
