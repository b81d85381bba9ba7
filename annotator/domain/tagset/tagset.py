"""A label and the agreed set of labels, with their guidelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OUTSIDE = "outside"
CLITIC_POLICIES = (OUTSIDE, "inside")
"""Whether a suggested name begins behind the clitics of its first word (وديالى: ديالى), or with them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase in which the marked part is (or, as a counter-example, is not) of the label.

    span is the marked part's surface, found once in text; note says why, in both languages.
    """

    text: str
    span: str
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """One class: id as exported, names and guideline by language ("ar", "en"), colours by theme.

    colour maps "light" and "dark" to "#rrggbb". key is the key that gives the label:
    "1" to "9", "0", or "Alt+1" to "Alt+0"; empty for none. camel holds the CAMeL Tools classes
    (PERS, LOC, ORG, MISC) whose suggestions arrive as this label. formerly holds ids that mean this label too: those
    that it had before, and those of labels that were merged into it. root is the id that it had first, by which a
    project's log names it for ever; empty where that is id.
    """

    id: str
    names: Mapping[str, str]
    colour: Mapping[str, str]
    key: str = ""
    guideline: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    camel: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    root: str = ""

    @property
    def first_id(self) -> str:
        """Return the id that the label had first."""
        return self.root or self.id

    def name(self, language: str) -> str:
        """Return the name in a language, or the id where there is none."""
        return self.names.get(language) or self.id


@dataclass(frozen=True, slots=True)
class Tagset:
    """The labels of a project in their order; nested says whether spans may lie inside one another.

    clitics is one of CLITIC_POLICIES, and holds for suggestions; the annotator's own spans are what they are.
    """

    name: str
    labels: tuple[Label, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    nested: bool = False
    clitics: str = OUTSIDE

    def find(self, label_id: str) -> Label | None:
        """Return the label with this id, or else the one that had it formerly, or None."""
        now = next((label for label in self.labels if label.id == label_id), None)
        return now or next((label for label in self.labels if label_id in label.formerly), None)

    def by_key(self, key: str) -> Label | None:
        """Return the label that a key ("1", "Alt+2") gives, or None."""
        return next((label for label in self.labels if label.key == key), None) if key else None

    def from_camel(self, camel_class: str) -> str | None:
        """Return the id of the label that a CAMeL Tools class becomes here, or None where it has no place."""
        return next((label.id for label in self.labels if camel_class in label.camel), None)
