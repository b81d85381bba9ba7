"""Suggesters over a whole project: stored, resumed, stopped, and failing one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import nan
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.document_order import DocumentOrder
from annotator.errors import SuggesterError
from annotator.services.suggesting import suggest_project as suggest_module
from annotator.services.suggesting.suggest_project import SuggestReport, suggest_project
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext
from tests.suggest.model_maker import write_small_model


@dataclass
class Fake:
    """Suggests the first four characters of every document, as long as nothing is said against it."""

    name: str = "fake"
    version: str = "1"
    fails_at: int | None = None
    error: Exception = field(default_factory=lambda: SuggesterError("The model is gone."))
    label: str = "LOC"
    end: int = 4
    score: float = 0.5
    says: str = ""
    asked: list[str] = field(default_factory=list)
    closed: int = 0

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        for n, document in enumerate(documents):
            if n == self.fails_at:
                raise self.error
            self.asked.append(document.id)
            name = self.says or self.name
            yield document.id, (Suggestion(Span(0, self.end), self.label, self.score, name, self.version),)

    def close(self) -> None:
        self.closed += 1


class Slow(Fake):
    """One with a process of its own."""

    def cancel(self) -> None:
        raise NotImplementedError


class Versionless(Fake):
    """Cannot say its version."""

    def __getattribute__(self, name: str) -> object:
        if name == "version":
            raise RuntimeError("boom")
        return super().__getattribute__(name)


Run = Callable[..., SuggestReport]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        texts = [f"بغداد {n}" for n in range(5)]
        project.documents.add_many(Document(document_id(text), text) for text in texts)
        yield project


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run suggest_project with these fakes in place of the registered suggesters."""

    def run(*fakes: Fake, **options: object) -> SuggestReport:
        by_name = {fake.name: fake for fake in fakes}

        def create(name: str, context: SuggesterContext) -> Fake:
            if name not in by_name:
                raise SuggesterError(f"There is no {name}.")
            return by_name[name]

        monkeypatch.setattr(suggest_module, "create", create)
        names = options.pop("names", list(by_name))
        return suggest_project(project, names, **options)  # type: ignore[arg-type]

    return run


def test_what_is_proposed_is_stored(project: Project, run: Run) -> None:
    fake = Fake()
    steps: list[tuple[int, int]] = []
    report = run(fake, progress=lambda done, total: steps.append((done, total)))
    assert report == SuggestReport(["fake"], documents=5, suggestions=5)
    assert steps == [(0, 5), (5, 5)]
    assert fake.closed == 1
    for document_id_ in project.documents.ids():
        assert project.suggestions.of(document_id_) == [Suggestion(Span(0, 4), "LOC", 0.5, "fake", "1")]


def test_a_second_run_asks_only_for_what_is_missing(project: Project, run: Run) -> None:
    ids = list(project.documents.ids())
    run(Fake(), documents=ids[1:3])
    second = Fake()
    assert run(second).skipped == 2
    assert second.asked == [ids[0], *ids[3:]]
    newer = Fake(version="2")
    assert run(newer).documents == 5
    asked_again = Fake(version="2")
    assert run(asked_again, again=True).documents == 5
    assert project.suggestions.counts() == {"fake": 5}


def test_a_second_run_begins_where_the_first_one_ended(project: Project, run: Run) -> None:
    ids = list(project.documents.ids())
    run(Fake(), documents=ids[:3])
    steps: list[tuple[int, int]] = []
    run(Fake(), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(3, 5), (5, 5)]


def test_documents_are_measured_and_grouped(project: Project, run: Run) -> None:
    body = " ".join(f"كلمة{n}" for n in range(60))
    project.documents.add_many(Document(document_id(text), text) for text in (body, f"{body} أخرى"))
    run(Fake())
    ids = list(project.documents.ids())
    assert project.metrics.stale() == []
    assert project.metrics.repeats() == {ids[6]: ids[5]}
    assert project.metrics.scores().total() == 7
    assert project.documents.page(6, 1, order=DocumentOrder.NEWEST)[0].id == ids[6]


def test_one_that_fails_does_not_stop_the_others(project: Project, run: Run) -> None:
    bad = Fake("bad", fails_at=2)
    ugly = Fake("ugly", fails_at=0, error=RuntimeError("boom"))
    good = Fake("good")
    report = run(bad, ugly, good, names=["none", "bad", "ugly", "good"])
    assert report.suggesters == ["bad", "ugly", "good"]
    assert report.problems[:2] == ["There is no none.", "The model is gone."]
    assert report.problems[2].startswith("The suggester 'ugly' failed (RuntimeError: boom).")
    assert project.suggestions.counts() == {"bad": 2, "good": 5}
    assert [fake.closed for fake in (bad, ugly, good)] == [1, 1, 1]


@pytest.mark.parametrize("kind", [Fake, Slow])
@pytest.mark.parametrize(
    "unfit",
    [
        ((0, 4), "LOC", 0.5, "bad", "1"),
        Suggestion((0, 4), "LOC", 0.5, "bad", "1"),  # type: ignore[arg-type]
        Suggestion(Span(0, 4), ["LOC"], 0.5, "bad", "1"),  # type: ignore[arg-type]
        Suggestion(Span(0, 4), "LOC", None, "bad", "1"),  # type: ignore[arg-type]
    ],
)
def test_one_whose_answers_are_no_suggestions_does_not_stop_the_others(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch, kind: type[Fake], unfit: Suggestion
) -> None:
    bad, good = kind("bad"), Fake("good")
    monkeypatch.setattr(bad, "suggest_many", lambda documents: ((document.id, (unfit,)) for document in documents))
    report = run(bad, good)
    (problem,) = report.problems
    assert problem.startswith("The suggester 'bad' failed (TypeError: ")
    assert project.suggestions.counts() == {"good": 5}


@pytest.mark.parametrize("kind", [Fake, Slow])
def test_one_that_cannot_begin_does_not_stop_the_others(project: Project, run: Run, kind: type[Fake]) -> None:
    bad, good = kind("bad"), Fake("good")
    bad.suggest_many = None  # type: ignore[assignment, method-assign]
    assert run(bad, good).problems[0].startswith("The suggester 'bad' failed (TypeError: ")
    assert project.suggestions.counts() == {"good": 5}


def test_one_without_a_version_does_not_stop_the_others(project: Project, run: Run) -> None:
    bad, good = Versionless("bad"), Fake("good")
    report = run(bad, good)
    assert report.suggesters == ["good"]
    assert report.problems[0].startswith("The suggester 'bad' failed (RuntimeError: boom).")
    assert bad.closed == 1
    assert project.suggestions.counts() == {"good": 5}


@pytest.mark.parametrize("kind", [Fake, Slow])
def test_one_with_another_name_than_its_entry_point_answers_under_that_of_the_entry_point(
    project: Project, monkeypatch: pytest.MonkeyPatch, kind: type[Fake]
) -> None:
    monkeypatch.setattr(suggest_module, "create", lambda name, context: kind("other"))
    assert suggest_project(project, ["fake"]).problems == []
    assert suggest_project(project, ["fake"]).skipped == 5
    assert project.suggestions.counts() == {"fake": 5}


def test_suggesters_are_closed_when_the_run_cannot_begin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_module, "metric_inputs", None)
    fake = Fake()
    with pytest.raises(TypeError):
        run(fake)
    assert fake.closed == 1


def test_none_that_can_run_is_an_error(run: Run) -> None:
    with pytest.raises(SuggesterError, match=r"There is no a. There is no b\."):
        run(names=["a", "b"])


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_a_stop_keeps_what_is_in_and_the_next_run_goes_on(
    project: Project, run: Run, stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest_module, "BATCH", 1)

    def progress(done: int, total: int) -> None:
        if done == 3:
            raise stop

    fake = Fake()
    with pytest.raises(stop):
        run(fake, progress=progress)
    assert fake.closed == 1
    assert project.suggestions.counts() == {"fake": 3}
    assert run(Fake()).documents == 2


def test_debris_and_what_does_not_fit_stay_out(project: Project, run: Run) -> None:
    text = "شارك\nبغداد"
    name = document_id(text)
    project.documents.add(Document(name, text, regions=(Region(Span(0, 4), RegionKind.DEBRIS),)))
    assert run(Fake(), documents=[name]).problems == []
    assert project.suggestions.of(name) == []
    for misfit in (Fake(end=99), Fake(label="NONE"), Fake(score=nan), Fake(score=-0.1), Fake(score=1.1)):
        (problem,) = run(misfit, documents=[name], again=True).problems
        assert problem.startswith("The suggester 'fake' made 1 unusable suggestions: outside")
    assert project.suggestions.of(name) == []


def test_suggestions_bear_the_name_of_the_suggester_that_was_asked(project: Project, run: Run) -> None:
    assert run(Fake(says="somebody else")).problems == []
    assert project.suggestions.counts() == {"fake": 5}
    assert {s.suggester for i in project.documents.ids() for s in project.suggestions.of(i)} == {"fake"}


def test_camel_through_its_worker(project: Project, tmp_path: Path) -> None:
    models = write_small_model(tmp_path / "models")
    report = suggest_project(project, ["camel"], models=models)
    assert (report.suggesters, report.documents, report.problems) == (["camel"], 5, [])
    stored = {i: project.suggestions.of(i) for i in project.documents.ids()}
    assert any(stored.values())
    assert suggest_project(project, ["camel"], models=models).skipped == 5
    suggest_project(project, ["camel"], models=models, again=True)
    assert {i: project.suggestions.of(i) for i in project.documents.ids()} == stored


def test_the_real_ones_learn_from_decisions(project: Project, tmp_path: Path) -> None:
    text = "قال زيدان الفرضي إن الوضع هادئ في ديالى. وأضاف الفرضي."
    document = Document(document_id(text), text)
    project.documents.add(document)
    project.annotators.add(Annotator("a", "A"))
    annotation = Annotation("n", Span(4, 16), "PERS", "a")
    write = Write(document.id, CellKind.ANNOTATION, "n", None, annotation.to_value())
    project.log.append(Edit(project.log.new_id(), "a", document.id, EditKind.ADD, (write,)))
    report = suggest_project(project, ["lexicon", "memory"], models=tmp_path)
    assert report.suggesters == ["lexicon", "memory"]
    assert report.problems == []
    found = {(s.suggester, s.label, s.span.of(text)) for s in project.suggestions.of(document.id)}
    assert {
        ("lexicon", "LOC", "ديالى"),
        ("memory", "PERS", "زيدان الفرضي"),
        ("memory", "PERS", "الفرضي"),
    } <= found
