"""The combined suggester: one answer from the proposals of several suggesters.

Alone, as in an evaluation, it asks the suggesters itself. In a project they are asked one by one and their answers
stored; then it only combines (see registry.Combining).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.errors import SuggesterError
from annotator.suggest import registry
from annotator.suggest.combined.candidates import Proposals
from annotator.suggest.combined.combiner import Combiner
from annotator.suggest.refused_names import RefusedNames, refused_names, without_refused
from annotator.suggest.registry import Combining, Suggester, SuggesterContext, available, outside_debris

_CHUNK = 32
"""Documents that each suggester reads at a time: enough for a neural one to form batches."""


class CombinedSuggester:
    """Combines the suggesters that the context names, or all that can run."""

    name = COMBINED

    def __init__(self, context: SuggesterContext) -> None:
        """Prepare; suggesters and the model are loaded when they are first used."""
        self._context = context
        self._suggesters: dict[str, Suggester] | None = None

    @cached_property
    def _combiner(self) -> Combiner:
        return Combiner(self._context.tagset, self._context.names)

    @cached_property
    def _refused(self) -> RefusedNames:
        return refused_names(self._context.names)

    @property
    def version(self) -> str:
        """Return the version of the model, and which suggesters it combines, or which are switched off."""
        if self._context.components:
            return "+".join((self._combiner.version, *sorted(self._context.components)))
        off = sorted(name for name in self._context.switches if not self._context.combines(name))
        return "-".join((self._combiner.version, *off))

    def combine(self, document: Document, proposals: Proposals) -> tuple[Suggestion, ...]:
        """Return one answer from the proposals for a document; see registry.Combining."""
        chosen = {
            name: without_refused(document.text, found, self._refused)
            for name, found in sorted(proposals.items())
            if self._context.combines(name)
        }
        return outside_debris(document, self._combiner.combine(document.text, chosen))

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents.

        Raises SuggesterError if a suggester cannot start or continue.
        """
        source = iter(documents)
        while chunk := list(islice(source, _CHUNK)):
            proposals: dict[str, dict[str, tuple[Suggestion, ...]]] = {document.id: {} for document in chunk}
            for name, suggester in self._made().items():
                if isinstance(suggester, Combining):
                    for document in chunk:
                        own = proposals[document.id]
                        own[name] = suggester.combine(document, own)
                else:
                    for document_id, found in suggester.suggest_many(chunk):
                        proposals[document_id][name] = found
            for document in chunk:
                yield document.id, self.combine(document, proposals[document.id])

    def close(self) -> None:
        """Close the suggesters."""
        for suggester in (self._suggesters or {}).values():
            suggester.close()
        self._suggesters = None

    def _made(self) -> dict[str, Suggester]:
        if self._suggesters is None:
            context = self._context
            names = context.components or [name for name in available(context) if name != COMBINED]
            if COMBINED in names:
                raise SuggesterError("The suggester combined cannot be combined with others.")
            self._suggesters = {name: registry.create(name, replace(context, components=())) for name in names}
        return self._suggesters


def create(context: SuggesterContext) -> CombinedSuggester:
    """Make the suggester for a context."""
    return CombinedSuggester(context)
