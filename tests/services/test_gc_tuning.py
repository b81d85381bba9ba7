"""The interpreter looks for garbage as often as before when the work is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from annotator.services.gc_tuning import infrequent_gc


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_it_looks_seldom_only_while_work_is_under_way() -> None:
    first, second = infrequent_gc(), infrequent_gc()
    first.__enter__()
    assert gc.get_threshold() == (300_000, 10, 10)
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == (300_000, 10, 10)
    second.__exit__(None, None, None)
    assert gc.get_threshold() == (700, 10, 10)


def test_it_looks_as_before_also_where_the_work_failed_and_never_more_often() -> None:
    with pytest.raises(RuntimeError), infrequent_gc():
        raise RuntimeError
    assert gc.get_threshold() == (700, 10, 10)
    gc.set_threshold(400_000, 5, 5)
    with infrequent_gc():
        assert gc.get_threshold() == (400_000, 5, 5)
    assert gc.get_threshold() == (400_000, 5, 5)
