"""Store the results of suggesters: the only way in which their suggestions enter a project.

The spans of a file that is imported as suggestions are stored as they are, by the importer. They are not measured then:
for 2,000 articles that takes 4.1 s, and their import 1.5 s. What is not measured is measured in the background.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from annotator.domain.model.document import Document
from annotator.errors import Message
from annotator.services.suggesting.batches import Answer, Batch, BatchResult
from annotator.storage.project import Project
from annotator.storage.tables.document_metrics import MetricInputs
from annotator.suggest.registry import outside_debris


class ResultWriter:
    """Writes results into a project, and counts the suggestions that cannot be stored there."""

    def __init__(self, project: Project, by: MetricInputs) -> None:
        """Write into an open project; by is what its documents are measured with."""
        self._project = project
        self._by = by
        self._unfit: Counter[str] = Counter()

    def write(self, answered: Collection[tuple[Batch, BatchResult]]) -> list[Answer]:
        """Store the results of some batches and measure their documents, in one transaction; return what was stored.

        A suggestion is stored if it lies inside the text and outside page debris, has a label of the project, and has a
        score from 0 to 1. Raises ProjectError.
        """
        if not answered:
            return []
        documents = {document.id: document for batch, _ in answered for document in batch.documents}
        fingerprints = {
            document_id: print_ for _, found in answered for document_id, print_ in found.fingerprints.items()
        }
        labels = self._labels()
        fit = []
        for _, found in answered:
            for answer in found.answers:
                document = documents.get(answer.document)
                if document is None:
                    self._unfit[answer.suggester] += len(answer.suggestions)
                else:
                    fit.append(self._fit(document, answer, labels))
        with self._project.transaction():
            self._project.suggestions.replace_many((a.document, a.suggester, a.version, a.suggestions) for a in fit)
            self._project.metrics.update(list(documents), self._by, fingerprints)
        return fit

    def problems(self) -> list[str]:
        """Return a sentence for each suggester with suggestions that were not stored, and reset the counts."""
        unfit, self._unfit = +self._unfit, Counter()
        return [
            Message(
                "The suggester {name!r} made {count} unusable suggestions: outside the text, without a label of this "
                "project, or without a score from 0 to 1. They were not stored.",
                name=name,
                count=count,
            )
            for name, count in unfit.items()
        ]

    def _labels(self) -> dict[str, str]:
        """Return the current label of each id. A model may have been trained before a label was renamed."""
        labels = self._project.tagset.labels
        return {old: label.id for label in labels for old in label.formerly} | {label.id: label.id for label in labels}

    def _fit(self, document: Document, answer: Answer, labels: Mapping[str, str]) -> Answer:
        """Return what can be stored of an answer, under the name and version of the suggester that was asked."""
        fit = [
            s._replace(label=labels[s.label], suggester=answer.suggester, version=answer.version)
            for s in answer.suggestions
            if s.span.end <= len(document.text) and s.label in labels and 0 <= s.given <= 1
        ]
        self._unfit[answer.suggester] += len(answer.suggestions) - len(fit)
        return replace(answer, suggestions=outside_debris(document, fit))
