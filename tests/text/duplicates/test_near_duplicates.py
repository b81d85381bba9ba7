"""Pairs of alike articles: every pair that counting them one by one finds."""

from __future__ import annotations

import random
from itertools import combinations

from annotator.domain.model.document import Document, document_id
from annotator.text.duplicates.near_duplicates import find_near_duplicates
from annotator.text.duplicates.reprints import SIMILARITY_THRESHOLD, find_reprints, fingerprint, fingerprint_matrix
from tests.text.duplicates.test_reprints import story


def alike_pairs(prints: list[tuple[str, bytes]], also: list[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
    """Return each pair that is found once, in order."""
    found = find_near_duplicates(prints, also or [])
    assert all(one in found[other] for one in found for other in found[one])
    return sorted((one, other) for one in found for other in found[one] if one < other)


def _print(text: str) -> bytes:
    return fingerprint(Document(document_id(text), text))


def test_all_pairs_are_found_that_comparing_each_with_each_finds() -> None:
    deal = random.Random(3)
    texts = []
    for seed in range(8):
        words = story(seed, 120).split()
        for _ in range(5):
            changed = words.copy()
            for place in deal.sample(range(len(words)), deal.randrange(6)):
                changed[place] = "تغيير"
            texts.append(" ".join(changed))
    prints = [(f"{number:02}", _print(text)) for number, text in enumerate(texts)]
    table = fingerprint_matrix(print_ for _, print_ in prints)
    slowly = [
        (a, b) for a, b in combinations(range(len(prints)), 2) if (table[a] == table[b]).mean() >= SIMILARITY_THRESHOLD
    ]
    found = alike_pairs(prints)
    assert found == [(f"{a:02}", f"{b:02}") for a, b in slowly]
    assert 20 < len(found) < 80, "the texts must make some pairs and not all"
    assert {(first, later) for later, first in find_reprints(prints).items()} <= set(found)


def test_texts_without_words_are_alike_to_nothing() -> None:
    assert alike_pairs([]) == []
    assert alike_pairs([("a", b""), ("b", b"")]) == []
    assert alike_pairs([("a", b""), ("b", _print("خبر")), ("c", _print("خبر")), ("d", _print("نبأ"))]) == [("b", "c")]


def test_given_pairs_are_near_duplicates_too() -> None:
    prints = [(name, _print(name * 9)) for name in "ابت"]
    assert alike_pairs(prints) == []
    assert alike_pairs(prints, [("ت", "ا"), ("ا", "ت"), ("ب", "unknown")]) == [("ا", "ت")]
    found = find_near_duplicates(prints, [("ت", "ا")])
    assert (len(found), list(found), found["ت"], found.get("ب", ())) == (2, ["ا", "ت"], ["ا"], ())
