"""Labels and the tagset, the agreed set of labels with their guidelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OUTSIDE = "outside"
CLITIC_POLICIES = (OUTSIDE, "inside")
"""Whether suggested names leave out the clitics of their first word, as ديالى of وديالى does, or include them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase with a marked part that has the label or, in a counter-example, does not have it.

    span is the text of the marked part, which occurs once in text. note says why, by language.
    """

    text: str
    span: str
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A class of entities; exports write its id.

    - names, guideline: by language, "ar" and "en".
    - colour: "#rrggbb" by theme, "light" and "dark".
    - key: the key that applies the label, "1" to "9", "0", or "Alt+1" to "Alt+0"; empty for none.
    - camel: the CAMeL Tools classes (PERS, LOC, ORG, MISC) that become this label.
    - formerly: ids that mean this label too, those it had before and those of labels merged into it.
    - root: the id that the label had first, which the log uses; empty if it is the same as id.
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
        """Return the name in a language, or the id if there is none."""
        return self.names.get(language) or self.id


@dataclass(frozen=True, slots=True)
class Tagset:
    """The labels of a project in order; nested says whether spans may be within other spans.

    clitics is one of CLITIC_POLICIES. It applies to suggestions, never to spans that annotators select.
    """

    name: str
    labels: tuple[Label, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    nested: bool = False
    clitics: str = OUTSIDE

    def find(self, label_id: str) -> Label | None:
        """Return the label that has this id, or else the one that had it before, or None."""
        now = next((label for label in self.labels if label.id == label_id), None)
        return now or next((label for label in self.labels if label_id in label.formerly), None)

    def by_key(self, key: str) -> Label | None:
        """Return the label that a key ("1", "Alt+2") applies, or None."""
        return next((label for label in self.labels if label.key == key), None) if key else None

    def from_camel(self, camel_class: str) -> str | None:
        """Return the id of the label that a CAMeL Tools class becomes, or None if no label has it."""
        return next((label.id for label in self.labels if camel_class in label.camel), None)
