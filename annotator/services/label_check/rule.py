"""What each rule of the check does: it sees every article twice, and then reports its cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from annotator.domain.label_check.case import Case
from annotator.services.label_check.labelled_document import LabelledDocument

MOST_EXAMPLES = 3
"""How many places that agree with the corrections a case has as examples."""
MOST_PLACES = 200
"""The most places of one case: of a name that differs in more, those in the first articles."""


class Rule(Protocol):
    """Finds the cases of one kind, or of a few that need the same counts."""

    def count(self, document: LabelledDocument) -> None:
        """Take an article into the counts, the first time that it is seen."""

    def collect(self, document: LabelledDocument) -> None:
        """Take the places of an article, the second time that it is seen, when the counts are complete."""

    def cases(self) -> Iterable[Case]:
        """Yield the cases."""
