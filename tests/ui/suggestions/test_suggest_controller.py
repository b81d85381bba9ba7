"""Suggestions behind the work: only what is lacking is asked, the open article first, broken suggesters told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import nan
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Semaphore
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.errors import SuggesterError
from annotator.services.suggesting import batches
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext
from annotator.ui.suggestions import runner as rounds
from annotator.ui.suggestions import suggest_controller as suggesting
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, PATIENCE, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
TEXTS = tuple(f"خبر رقم {n} من بغداد" for n in range(20))


class FirstWord:
    """Suggests the first word of every document as a place."""

    name = "first-word"
    version = "1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.closed = False

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        for document in documents:
            self.asked.append(document.id)
            yield document.id, (Suggestion(Span(0, 3), "LOC", 0.8, self.name, self.version),)

    def close(self) -> None:
        self.closed = True


class OwnBench(batches.LoadedSuggesters):
    """BatchResult in the job's thread, where a test can look on."""

    def stop(self) -> None:
        return


@pytest.fixture
def first_word(monkeypatch: pytest.MonkeyPatch) -> FirstWord:
    """Put a suggester of our own, and a broken one, in the place of the installed ones, in the job's thread."""
    made = FirstWord()

    def create(name: str, context: SuggesterContext) -> Any:
        """Make ours, or fail."""
        if name == "broken":
            raise SuggesterError("The suggester 'broken' is broken.")
        return made

    monkeypatch.setattr(suggesting, "available", lambda context: ("broken", made.name))
    monkeypatch.setattr(batches, "create", create)
    monkeypatch.setattr(rounds, "SuggesterProcess", OwnBench)
    return made


def test_all_documents_are_asked_and_the_open_one_first(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord
) -> None:
    path = make_project(tmp_path / "many.annot", TEXTS)
    window = make_window("en")
    window.current.open(path)
    window.navigation.open_at(7)
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    assert window.current.project and window.current.session and window.current.session.document
    assert first_word.asked[0] == window.current.session.document.id
    assert sorted(first_word.asked) == sorted(window.current.project.documents.ids())
    assert window.current.project.suggestions.counts()["first-word"] == len(TEXTS)
    assert any(item.suggester == "first-word" for item in window.article.scene.spans.items)
    assert "'broken' is broken" in window.message.text()
    assert "20 articles" in window.status.text()
    qtbot.waitUntil(lambda: first_word.closed)
    assert "confirms" in window.status.text(), "nobody has decided anything here yet, and may not know the keys"
    assert window.current.session.confirm()
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    assert "20 articles" in window.status.text() and "confirms" not in window.status.text()


def test_the_panel_learns_which_names_are_not_suggested_any_more(
    qtbot: QtBot, make_window: MakeWindow, first_word: FirstWord, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "p.annot", TEXTS)
    with Project.open(path) as project:
        place, session = "بغداد", Session(project, Annotator("other", "زميل"))
        for text in TEXTS[:4]:
            span = Span(text.index(place), len(text))
            offered = [Suggestion(span, "LOC", 0.9, "memory", "1")]
            project.suggestions.replace(document_id(text), "memory", "1", offered)
            session.open(document_id(text), f"{span.start}:{span.end}:LOC")
            session.reject()
    window = make_window("en", path)
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    assert window.current.session is not None
    assert list(window.current.session.refused.values()) == [MeasuredPrecision(0, 4)]


def test_what_a_command_would_refuse_is_refused_in_the_window_too(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def suggest(documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Suggest the first word well, and then wrongly in every way."""
        for document in documents:
            good = Suggestion(Span(0, 3), "LOC", 0.8, first_word.name, first_word.version)
            behind_the_end = good._replace(span=Span(4, len(document.text) + 1))
            yield document.id, (good, behind_the_end, good._replace(label="NONE"), good._replace(score=nan))

    monkeypatch.setattr(first_word, "suggest_many", suggest)
    window = make_window("en")
    window.current.open(make_project(tmp_path / "many.annot", TEXTS))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    project = window.current.project
    assert project
    for document in project.documents.ids():
        found = [s for s in project.suggestions.of(document) if s.suggester == first_word.name]
        assert [(s.span, s.label, s.score) for s in found] == [(Span(0, 3), "LOC", 0.8)]
    assert "The suggester 'first-word' made 60 unusable suggestions: outside the text" in window.message.text()


def test_only_what_is_lacking_is_asked(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name,))
    window = make_window(path=make_project(tmp_path / "two.annot"))
    qtbot.waitUntil(lambda: not window.jobs.running(suggesting.SUGGEST))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    assert len(first_word.asked) == 2
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    assert len(first_word.asked) == 4


def test_stopping_keeps_what_came_in_and_closing_waits(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord
) -> None:
    window = make_window("en")
    window.current.open(make_project(tmp_path / "many.annot", TEXTS))
    with qtbot.waitSignal(window.suggestions.stored, timeout=PATIENCE):
        window.suggestions.complete()
    row = window.status.job(suggesting.SUGGEST)
    assert row
    row.stop.click()
    assert window.status.job(suggesting.SUGGEST) is None
    assert window.status.text().endswith("Stopped. Suggestions generated so far were kept.")
    assert window.current.project
    stored = window.current.project.suggestions.counts()["first-word"]
    assert 0 < stored < len(TEXTS)
    window.close()
    assert first_word.closed


class PatientProcess(OwnBench):
    """Answers each batch when it is let."""

    def __init__(self, spec: batches.SuggesterSpec) -> None:
        super().__init__(spec)
        self.asked: SimpleQueue[list[str]] = SimpleQueue()
        self.go_on = Semaphore(0)

    def answer(self, batch: batches.Batch) -> batches.BatchResult:
        self.asked.put([document.id for document in batch.documents])
        self.go_on.acquire()
        return super().answer(batch)

    def stop(self) -> None:
        self.go_on.release()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[PatientProcess]:
    """Give the processes that are made, each of which waits to be asked to go on."""
    found: list[PatientProcess] = []

    def make(spec: batches.SuggesterSpec) -> PatientProcess:
        found.append(PatientProcess(spec))
        return found[-1]

    monkeypatch.setattr(rounds, "SuggesterProcess", make)
    return found


def test_an_article_says_whether_its_suggestions_are_still_to_come_and_the_opened_one_is_next(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    first_word: FirstWord,
    monkeypatch: pytest.MonkeyPatch,
    made: list[PatientProcess],
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name,))
    monkeypatch.setattr(first_word, "suggest_many", lambda documents: ((d.id, ()) for d in documents))
    window = make_window("en")
    window.current.open(make_project(tmp_path / "many.annot", TEXTS))
    side, session = window.workspace.side, window.current.session
    assert session and session.project
    ids = list(session.project.documents.ids())
    for document in ids:
        session.project.suggestions.replace(document, "lexicon", "1", [])
    window.navigation.open_at(0)
    assert side.counter_text() == "No suggestions here"
    window.suggestions.start()
    assert side.counter_text() == "No suggestions here", "of an earlier run, as long as the new one is not planned"
    qtbot.waitUntil(lambda: bool(made) and made[0].asked.qsize() == 1)
    assert side.counter_text() == "Generating suggestions…"
    window.navigation.open_at(17)
    assert side.counter_text() == "Generating suggestions…"
    made[0].go_on.release()
    qtbot.waitUntil(lambda: made[0].asked.qsize() == 2)
    assert made[0].asked.get()[0] == ids[0]
    assert made[0].asked.get()[0] == ids[17]
    made[0].go_on.release()
    qtbot.waitUntil(lambda: side.counter_text() == "No suggestions here")
    window.navigation.open_at(15)
    assert side.counter_text() == "Generating suggestions…"
    window.suggestions.stop()
    assert side.counter_text() == "No suggestions here", "of an earlier run"
    made[0].go_on.release()


def test_an_article_that_nothing_was_suggested_for_says_so(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord
) -> None:
    path = tmp_path / "new.annot"
    with Project.create(path, load_tagset("security")) as project:
        project.documents.add(Document(document_id(FIRST), FIRST))
    window = make_window("en")
    window.current.open(path)
    window.navigation.open_at(0)
    assert window.workspace.side.counter_text() == "No suggestions yet"
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
        assert window.workspace.side.counter_text() == "Generating suggestions…"
    assert window.workspace.side.counter_text() == "1 of 1 left"


def test_a_batch_ends_with_four_articles_or_with_much_text(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def answer(bench: OwnBench, batch: batches.Batch) -> batches.BatchResult:
        """Note the number of documents."""
        asked.append(len(batch.documents))
        return batches.LoadedSuggesters.answer(bench, batch)

    monkeypatch.setattr(OwnBench, "answer", answer)
    words = (1000, 1000, 10, 10, 10, 10, 10, 2000, 10)
    texts = tuple(f"خبر {number} " + "قال " * count for number, count in enumerate(words))
    window = make_window()
    window.current.open(make_project(tmp_path / "long.annot", texts))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    assert asked == [2, 4, 2, 1]


class Together:
    """Suggests whatever the others propose."""

    name = COMBINED
    version = "1"

    def combine(self, document: Document, proposals: Mapping[str, Iterable[Suggestion]]) -> tuple[Suggestion, ...]:
        proposed = {s.key: s for found in proposals.values() for s in found}
        return tuple(s._replace(suggester=self.name, version=self.version) for s in proposed.values())

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        raise AssertionError("it combines what others suggest")

    def close(self) -> None:
        return


def test_what_another_run_stores_meanwhile_is_combined_too(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    first_word: FirstWord,
    monkeypatch: pytest.MonkeyPatch,
    made: list[PatientProcess],
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name, COMBINED))
    monkeypatch.setattr(batches, "create", lambda name, context: Together() if name == COMBINED else first_word)
    path = tmp_path / "new.annot"
    with Project.create(path, load_tagset("security")) as project:
        project.documents.add(Document(document_id(SECOND), SECOND))
    window = make_window("en")
    window.current.open(path)
    window.suggestions.complete()
    qtbot.waitUntil(lambda: bool(made) and made[0].asked.qsize() == 1)
    assert window.current.project
    stored = window.current.project.suggestions
    other = Suggestion(Span(8, 13), "LOC", 0.9, "learned", "1")
    stored.replace(document_id(SECOND), "learned", "1", [other])
    stored.replace(document_id(SECOND), COMBINED, "1", [other._replace(suggester=COMBINED)])
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        made[0].go_on.release(2)
    assert [s.suggester for s in stored.of(document_id(SECOND))] == ["combined:first-word", "combined:learned"]


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_run_over_everything_goes_on_after_an_interruption(
    qtbot: QtBot,
    make_window: MakeWindow,
    tmp_path: Path,
    first_word: FirstWord,
    monkeypatch: pytest.MonkeyPatch,
    is_renamed: bool,
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name,))
    window = make_window("en", make_project(tmp_path / "many.annot", TEXTS))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    first_word.version = "2"
    stored: list[str] = []
    window.suggestions.stored.connect(stored.append)
    with qtbot.waitSignal(window.suggestions.stored, timeout=PATIENCE):
        window.suggestions.start()
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        if is_renamed:
            window.people.set_name("ليلى")
        else:
            window.suggestions.complete()
    project = window.current.project
    assert project and project.suggestions.count_answered("first-word", "2") == len(TEXTS)
    assert sorted(stored) == sorted(project.documents.ids()), "each article is asked about once"


def test_a_run_that_the_user_stopped_does_not_go_on(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name,))
    window = make_window("en", make_project(tmp_path / "many.annot", TEXTS))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    first_word.version = "2"
    with qtbot.waitSignal(window.suggestions.stored, timeout=PATIENCE):
        window.suggestions.start()
    window.suggestions.stop_by_user()
    window.people.set_name("ليلى")
    assert not window.jobs.running(suggesting.SUGGEST)
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    project = window.current.project
    assert project and project.suggestions.count_answered("first-word", "2") < len(TEXTS)


def test_a_run_does_not_go_on_in_another_project(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: (first_word.name,))
    other = make_project(tmp_path / "other.annot", TEXTS)
    with Project.open(other) as project:
        for document in project.documents.ids():
            project.suggestions.replace(document, "first-word", "0", [])
    window = make_window("en", make_project(tmp_path / "many.annot", TEXTS))
    with qtbot.waitSignal(window.suggestions.stored, timeout=PATIENCE):
        window.suggestions.start()
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        assert window.open_project(other)
    assert window.current.project and window.current.project.suggestions.count_answered("first-word", "1") == 0


class SlowProcess(OwnBench):
    """Thinks about every batch until it is stopped."""

    def __init__(self, spec: batches.SuggesterSpec) -> None:
        super().__init__(spec)
        self.thinks, self.stopped, self.closed = Event(), Event(), Event()

    def answer(self, batch: batches.Batch) -> batches.BatchResult:
        self.thinks.set()
        self.stopped.wait()
        return batches.BatchResult()

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.closed.set()


def test_stopping_does_not_wait_for_a_slow_suggester(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[SlowProcess] = []

    def make(spec: batches.SuggesterSpec) -> SlowProcess:
        """Make a slow process and keep it."""
        made.append(SlowProcess(spec))
        return made[-1]

    monkeypatch.setattr(rounds, "SuggesterProcess", make)
    window = make_window()
    window.current.open(make_project(tmp_path / "two.annot"))
    window.suggestions.complete()
    qtbot.waitUntil(lambda: bool(made) and made[0].thinks.is_set())
    window.suggestions.stop()
    qtbot.waitUntil(made[0].closed.is_set)


def test_the_installed_suggesters_answer_from_a_process_of_their_own(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "available", lambda context: ("lexicon",))
    window = make_window()
    window.current.open(make_project(tmp_path / "two.annot"))
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.start()
    assert window.current.project
    found = window.current.project.suggestions.of(document_id(SECOND))
    assert {s.version for s in found} != {"1"}
    assert "بغداد" in {s.span.of(SECOND) for s in found}


def test_focus_stays_where_it_was_when_suggestions_come_in(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, first_word: FirstWord
) -> None:
    window = make_window()
    window.current.open(make_project(tmp_path / "two.annot", (FIRST, SECOND)))
    window.navigation.open_at(0)
    window.decisions.next_span()
    session = window.current.session
    assert session and session.focus
    key = session.focus.key
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        window.suggestions.complete()
    assert session.focus is not None and session.focus.key == key
    assert window.article.focus_item == session.focus
