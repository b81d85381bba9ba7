"""Suggesters in a process of their own: the same answers, one restart after a death, stopped at once."""

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
from annotator.services.suggesting.batches import Batch, BatchResult, LoadedSuggesters, SuggesterSpec
from annotator.services.suggesting.worker_process import SuggesterProcess
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest import child_process
from annotator.suggest.registry import SuggesterContext

TEXT = "انفجار في بغداد\n\nقتل شخصان في بغداد أمس، وفق وزارة الداخلية."
DOCUMENT = Document(document_id(TEXT), TEXT)
BATCH = Batch((DOCUMENT,), {"lexicon": frozenset({DOCUMENT.id})}, frozenset())


@pytest.fixture
def spec() -> SuggesterSpec:
    return SuggesterSpec("key", ("lexicon",), SuggesterContext(load_tagset("security")))


@pytest.fixture
def process(spec: SuggesterSpec) -> Iterator[SuggesterProcess]:
    with closing(SuggesterProcess(spec)) as made:
        yield made


def test_answers_are_those_of_this_process(process: SuggesterProcess, spec: SuggesterSpec) -> None:
    with closing(LoadedSuggesters(spec)) as own:
        expected = own.answer(BATCH)
    assert expected.answers[0].suggestions
    assert process.answer(BATCH) == expected
    first = process.pid
    assert process.answer(BATCH) == expected
    assert process.pid == first
    process.close()
    assert process.pid is None


def test_a_suggester_that_cannot_be_made_is_reported() -> None:
    spec = SuggesterSpec("key", ("none",), SuggesterContext(load_tagset("security")))
    with closing(SuggesterProcess(spec)) as process:
        found = process.answer(Batch((DOCUMENT,), {"none": frozenset({DOCUMENT.id})}, frozenset()))
    assert "No suggester is named 'none'" in found.failures["none"]


def test_a_dead_process_is_restarted(process: SuggesterProcess) -> None:
    expected = process.answer(BATCH)
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert process.answer(BATCH) == expected
    assert process.pid not in (first, None)


def test_one_that_dies_again_and_again_is_given_up(process: SuggesterProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "program_command", lambda *_: ["false"])
    with pytest.raises(SuggesterError, match="crashed twice"):
        process.answer(BATCH)


def test_stopped_at_once_from_another_thread(process: SuggesterProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        child_process, "program_command", lambda *_: [sys.executable, "-c", "import sys; sys.stdin.read()"]
    )
    asked = threading.Event()
    found: list[BatchResult] = []

    def ask() -> None:
        """Ask a process that never answers."""
        asked.set()
        found.append(process.answer(BATCH))

    thread = threading.Thread(target=ask)
    thread.start()
    asked.wait()
    process.stop()
    thread.join()
    assert found == [BatchResult()]
