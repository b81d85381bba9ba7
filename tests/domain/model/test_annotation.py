"""Annotations and their origins as the log and exports carry them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.span import Span

origins = st.builds(Origin, st.sampled_from(OriginKind), st.text())


@given(origins)
def test_an_origin_reads_back_from_its_text(origin: Origin) -> None:
    assert Origin.parse(str(origin)) == origin


def test_an_unknown_origin_is_refused() -> None:
    with pytest.raises(ValueError, match="guessed"):
        Origin.parse("guessed:lexicon")


@given(st.integers(0, 9), st.integers(1, 9), st.text(), origins)
def test_an_annotation_reads_back_from_its_cell(start: int, length: int, label: str, origin: Origin) -> None:
    annotation = Annotation("id", Span(start, start + length), label, "me", origin)
    assert Annotation.from_value("id", "me", annotation.to_value()) == annotation
