"""A count and its noun agree."""

from __future__ import annotations

import pytest

from annotator.domain.plurals import pluralise


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 documents"), (1, "1 document"), (2, "2 documents"), (1000, "1,000 documents")]
)
def test_the_noun_follows_the_count(count: int, told: str) -> None:
    assert pluralise(count, "document") == told


def test_a_plural_of_its_own() -> None:
    assert [pluralise(n, "named entity", "named entities") for n in (1, 2)] == ["1 named entity", "2 named entities"]
