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
    articles = [
        (article.document.text, sorted(article.spans, key=lambda each: each[0].start))
        for article in original_articles()
    ]
    texts = {text for text, _ in articles}
    assert not [
        span.of(text) for text, spans in articles for (span, _), (next_, _) in pairwise(spans) if span.end > next_.start
    ]
    names = [(span.of(text), text[span.end : span.end + 1]) for text, spans in articles for span, _ in spans]
    assert not [name for name, after in names if name != name.strip() or after.isalpha()]
    counts = Counter(label for _, spans in articles for _, label in spans)
    marks = [line for path in sorted(ORIGINAL.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    numbers = [int(line[2:]) for line in marks if line.startswith("# ")]
    assert numbers == list(range(1, len(texts) + 1))
    assert len(numbers) >= 300
    assert set(counts) == labels
    assert min(counts.values()) >= 50
    assert counts.total() > 8000
