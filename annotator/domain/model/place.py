"""A place in the articles to look at, with what each annotator gave there."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.model.span import Span

GOLD = "gold"
"""Stands for the gold layer in place of an annotator's id."""


@dataclass(frozen=True, slots=True)
class GivenLabel:
    """The label that an annotator (an id, GOLD, or "" for a suggestion) gave to a place; "" if there is none."""

    annotator: str
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document, or the whole document if span is None; document is its id."""

    document: str
    span: Span | None = None
    given: tuple[GivenLabel, ...] = ()
