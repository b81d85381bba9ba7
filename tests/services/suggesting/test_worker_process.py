"""Suggesters in a process apart: the same answers, a death made up for, stopped at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.errors import SuggesterError
from annotator.services.suggesting import worker_process as apart
from annotator.services.suggesting.batches import Answers, Batch, Bench, Recipe
from annotator.services.suggesting.worker_process import ApartBench
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext

TEXT = "انفجار في بغداد\n\nقتل شخصان في بغداد أمس، وفق وزارة الداخلية."
DOCUMENT = Document(document_id(TEXT), TEXT)
BATCH = Batch((DOCUMENT,), {"lexicon": frozenset({DOCUMENT.id})}, frozenset())


@pytest.fixture
def recipe() -> Recipe:
    return Recipe("key", ("lexicon",), SuggesterContext(load_tagset("security")))


@pytest.fixture
def bench(recipe: Recipe) -> Iterator[ApartBench]:
    with closing(ApartBench(recipe)) as made:
        yield made


def test_answers_are_those_of_this_process(bench: ApartBench, recipe: Recipe) -> None:
    with closing(Bench(recipe)) as own:
        expected = own.answer(BATCH)
    assert expected.answers[0].suggestions
    assert bench.answer(BATCH) == expected
    first = bench.pid
    assert bench.answer(BATCH) == expected
    assert bench.pid == first
    bench.close()
    assert bench.pid is None


def test_a_suggester_that_cannot_be_made_is_told_of() -> None:
    recipe = Recipe("key", ("none",), SuggesterContext(load_tagset("security")))
    with closing(ApartBench(recipe)) as bench:
        found = bench.answer(Batch((DOCUMENT,), {"none": frozenset({DOCUMENT.id})}, frozenset()))
    assert "no suggester named 'none'" in found.failures["none"]


def test_a_dead_process_is_started_anew(bench: ApartBench) -> None:
    expected = bench.answer(BATCH)
    first = bench.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert bench.answer(BATCH) == expected
    assert bench.pid not in (first, None)


def test_one_that_dies_again_and_again_is_given_up(bench: ApartBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_COMMAND", ("false",))
    with pytest.raises(SuggesterError, match="ended twice"):
        bench.answer(BATCH)


def test_stopped_at_once_from_another_thread(bench: ApartBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", "import sys; sys.stdin.read()"))
    asked = threading.Event()
    found: list[Answers] = []

    def ask() -> None:
        """Ask a process that never answers."""
        asked.set()
        found.append(bench.answer(BATCH))

    thread = threading.Thread(target=ask)
    thread.start()
    asked.wait()
    bench.stop()
    thread.join()
    assert found == [Answers()]
