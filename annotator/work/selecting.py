"""Whose labels an export takes, and of which documents; all that it leaves out is counted.

Three words have one meaning here:

- *done*: an annotator has called a document done. An annotator whose labels are not asked for does not count.
- *voters* of a document: the annotators who called it done or, where nobody did, all who gave a label or decided on a
  suggestion in it.
- *adjudicator*: an annotator with that role in the project (`annotator team --adjudicator NAME`).
"""

from __future__ import annotations

import datetime
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Whose labels of a document stand in an export.

    all: each annotator's. majority: a span with its label stands where more than half of the document's voters gave it.
    adjudicated: only documents that an adjudicator called done, with the labels of that adjudicator alone (of several,
    the one who worked on it last).
    """

    ALL = "all"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class Selection:
    """What an export takes of a project; as it stands, every label of every annotator in every document.

    annotators: names or ids; the labels of others are left out, and others have no say in whose and done. () is
    everybody. done_only: of each document only the labels of annotators who called it done, and no document that none
    of them did. since: only documents of this day and later; a document without a date is left out then, unless
    undated. suggestions: spans that were suggested and are still to be decided leave too, marked as such, in formats
    that can mark them; others refuse. documents: the ids of the only documents to take; None for all. An object with
    __contains__ will do.
    """

    annotators: tuple[str, ...] = ()
    whose: Whose = Whose.ALL
    done_only: bool = False
    since: datetime.date | None = None
    undated: bool = False
    suggestions: bool = False
    documents: Container[str] | None = None


EVERYTHING = Selection()
