"""Have spans suggested in every document of a project: streamed, resumed where it was, one suggester after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.document import Document
from annotator.domain.suggestion import Suggestion
from annotator.errors import SuggesterError, UserError
from annotator.storage.project import Project
from annotator.suggest.debris import outside_debris
from annotator.suggest.model_folders import default_models
from annotator.suggest.registry import KnownName, Suggester, SuggesterContext, available, create

Progress = Callable[[int, int], None]

_BATCH = 100
_WAIT = 1.0
"""Answers are stored some hundred at a time, but none waits longer than this many seconds for the next."""


@dataclass(slots=True)
class SuggestReport:
    """What a run did.

    suggesters: those that ran, in order. documents: answers stored, one for each document and suggester. skipped:
    answers that were there already. suggestions: spans stored. problems: a sentence for each thing that went wrong.
    """

    suggesters: list[str] = field(default_factory=list)
    documents: int = 0
    skipped: int = 0
    suggestions: int = 0
    problems: list[str] = field(default_factory=list)


def known_names(project: Project) -> list[KnownName]:
    """Return the names that were decided on in a project, for suggesters that learn from them."""
    return [KnownName(name.text, name.label, name.confirmed, name.rejected) for name in project.decided_names()]


def suggest_project(
    project: Project,
    names: Sequence[str] | None = None,
    *,
    progress: Progress | None = None,
    documents: Iterable[str] | None = None,
    again: bool = False,
    models: Path | None = None,
    threads: int = 1,
    device: str = "cpu",
) -> SuggestReport:
    """Run suggesters over documents and store what they propose outside page debris.

    names: which suggesters; None for all that can run without a download, and camel where its model is.
    documents: ids, in the order wanted; None for all. Where the same version of a suggester has answered already it
    is not asked, unless again is true. threads and device ("cpu" or "cuda") are for neural models. progress is told
    (done, total), in documents times suggesters. An exception that it raises, or Ctrl+C, stops the run; what has come
    in stays. A suggester that fails is told in the report, and the others go on. Raises SuggesterError where none of
    them could run, and ProjectError.
    """
    report = SuggestReport()
    context = SuggesterContext(
        project.tagset,
        known_names(project),
        models or default_models(),
        threads=threads,
        device=device,
        report=report.problems.append,
    )
    chosen = tuple(dict.fromkeys(names)) if names is not None else available(context)
    ids = list(documents if documents is not None else project.documents.ids())
    for place, name in enumerate(chosen):
        try:
            suggester = create(name, context)
        except SuggesterError as e:
            report.problems.append(str(e))
            continue
        report.suggesters.append(name)
        run = _Run(project, suggester, report, again=again)
        try:
            run.over(ids, progress, before=place * len(ids), total=len(chosen) * len(ids))
        finally:
            suggester.close()
    if chosen and not report.suggesters:
        raise SuggesterError(" ".join(report.problems))
    return report


class _Run:
    """One suggester's way through the documents."""

    def __init__(self, project: Project, suggester: Suggester, report: SuggestReport, *, again: bool) -> None:
        """Take a suggester that is ready; the report is told what it does."""
        self._project = project
        self._suggester = suggester
        self._report = report
        self._again = again
        self._labels = {label.id for label in project.tagset.labels}
        self._asked: dict[str, Document] = {}
        self._waiting: list[tuple[str, tuple[Suggestion, ...]]] = []
        self._stored_at = time.monotonic()
        self._unfit = 0

    def over(self, ids: Sequence[str], progress: Progress | None, *, before: int, total: int) -> None:
        """Ask about every document and store the answers; before counts the steps of earlier suggesters."""
        todo = [document_id for document_id in ids if self._again or not self._has_answered(document_id)]
        self._report.skipped += len(ids) - len(todo)
        done = before + len(ids) - len(todo)
        stream = self._answers(todo)
        try:
            for answer in stream:
                self._waiting.append(answer)
                done += 1
                if len(self._waiting) >= _BATCH or time.monotonic() - self._stored_at > _WAIT:
                    self._store()
                if progress:
                    progress(done, total)
        finally:
            self._store()
            stream.close()
        if progress:
            progress(before + len(ids), total)
        if self._unfit:
            self._report.problems.append(
                f"The suggester {self._suggester.name!r} proposed {self._unfit} spans that lie outside their text or "
                "have no label of this project; they were left out."
            )

    def _has_answered(self, document_id: str) -> bool:
        """Tell whether this version of the suggester has answered about a document before."""
        return self._project.suggestions.versions(document_id).get(self._suggester.name) == self._suggester.version

    def _answers(self, ids: Sequence[str]) -> Generator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield the suggester's answers; its failure is one problem and the end of it, never of the run."""
        stream = self._suggester.suggest_many(self._read(ids))
        try:
            while (answer := next(stream, None)) is not None:
                yield answer[0], self._fit(self._asked.pop(answer[0]), answer[1])
        except SuggesterError as e:
            self._report.problems.append(str(e))
        except UserError:
            raise
        except Exception as e:
            self._report.problems.append(
                f"The suggester {self._suggester.name!r} failed ({type(e).__name__}: {e}); "
                "what it had proposed was kept. Update or remove the package that it came with."
            )

    def _read(self, ids: Sequence[str]) -> Iterator[Document]:
        """Read documents as the suggester asks for them."""
        for document_id in ids:
            document = self._asked[document_id] = self._project.documents.get(document_id)
            yield document

    def _fit(self, document: Document, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Return the suggestions that can be stored: inside the text, outside debris, with a label of the tagset."""
        found = tuple(suggestions)
        fit = [s for s in found if s.span.end <= len(document.text) and s.label in self._labels]
        self._unfit += len(found) - len(fit)
        return outside_debris(document, fit)

    def _store(self) -> None:
        """Store the answers that wait, in one transaction."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            with self._project.batch():
                for document_id, suggestions in waiting:
                    self._project.suggestions.replace(
                        document_id, self._suggester.name, self._suggester.version, suggestions
                    )
        self._report.documents += len(waiting)
        self._report.suggestions += sum(len(suggestions) for _, suggestions in waiting)
        self._stored_at = time.monotonic()
