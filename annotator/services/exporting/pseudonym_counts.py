"""What an export that replaces names says of itself, without a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.plurals import pluralise


@dataclass(slots=True)
class PseudonymCounts:
    """What was replaced, and what was not.

    names: the words that have a stand-in. labelled: labelled places with stand-ins; mentions: words replaced
    elsewhere. unnamed: labelled places without a word that is a name. left: words of names that stayed, by key,
    being other words too. undecided: places that are suggested as names, that nobody has decided on and that
    stayed. moved: confirmed spans with an edge inside a replaced word, which cover all of it now. dropped:
    documents that had fields which are left out. changed: stand-ins of the key file that were given anew. widened
    has their ids, by documents that are not written yet.
    """

    labels: tuple[str, ...]
    names: int = 0
    labelled: int = 0
    mentions: int = 0
    unnamed: int = 0
    left: Counter[str] = field(default_factory=Counter)
    undecided: int = 0
    moved: int = 0
    dropped: int = 0
    changed: int = 0
    widened: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return the counts as they stand in the report, which holds no name."""
        return {
            "labels": list(self.labels),
            "words_with_stand_ins": self.names,
            "labelled_places_replaced": self.labelled,
            "further_words_replaced": self.mentions,
            "labelled_places_without_a_name": self.unnamed,
            "words_left_being_other_words_too": self.left.total(),
            "undecided_suggestions_left": self.undecided,
            "spans_widened_to_stand_ins": self.moved,
            "documents_with_dropped_fields": self.dropped,
            "stand_ins_given_anew": self.changed,
        }

    def lines(self) -> list[str]:
        """Return the counts in sentences, for the screen."""
        told = [
            f"Names labelled {', '.join(self.labels)} replaced in {pluralise(self.labelled, 'labelled place')} and "
            f"{pluralise(self.mentions, 'further word')}. Words with a stand-in: {self.names}. A name that nobody "
            "labelled stays as it is."
        ]
        if self.unnamed:
            told.append(f"Labelled places without a word that is a name (titles, numbers), left: {self.unnamed}.")
        if self.left:
            told.append(
                f"Words of names that are other words too, left where they are not labelled: {self.left.total()}."
            )
        if self.undecided:
            told.append(f"Suggestions of such names that nobody has decided on, left as they are: {self.undecided}.")
        if self.moved:
            told.append(f"Spans that ended inside a replaced word, and cover all of its stand-in now: {self.moved}.")
        if self.dropped:
            told.append(f"Documents whose address, author, outside id or further fields were dropped: {self.dropped}.")
        if self.changed:
            told.append(
                f"Stand-ins of the key file that are names in the project now, and were given anew: {self.changed}."
            )
        return told
