"""Map the classes that suggesters know to labels of the project's tagset.

Suggesters use the classes of the `security` tagset, or CAMeL Tools' four. The label is, ignoring case, the one with
that id or former id, otherwise the first of the classes that may replace it. Without a label there is no suggestion.
"""

from __future__ import annotations

from annotator.domain.tagset.tagset import Tagset

CAMEL = ("PERS", "ORG", "LOC", "MISC")

_INSTEAD: dict[str, tuple[str, ...]] = {
    "PERS": ("PER", "PERSON"),
    "ORG": ("ORGANIZATION", "ORGANISATION"),
    "ARMED": ("ORG",),
    "FORCE": ("ORG",),
    "MEDIA": ("ORG",),
    "GPE": ("LOC",),
    "LOC": ("LOCATION", "GPE"),
    "FAC": ("FACILITY", "LOC"),
    "WEAPON": ("PRODUCT",),
    "ATTACK": ("EVENT",),
    # CAMeL's MISC has products and brands, but not nationalities, ranks and common nouns.
    "PLATFORM": ("WEBSITE", "PRODUCT", "MISC"),
    "NAT": ("NORP",),
    "TITLE": ("OCC",),
    "TIME": ("DATE",),
}


def translate(label: str, tagset: Tagset) -> str | None:
    """Return the id of the tagset's label for a class, or None if there is none.

    Example: GPE becomes LOC in a tagset without GPE.
    """
    ids = {former.upper(): own.id for own in reversed(tagset.labels) for former in own.formerly}
    ids |= {own.id.upper(): own.id for own in reversed(tagset.labels)}
    candidates = [label.upper()]
    for candidate in candidates:
        if candidate in ids:
            return ids[candidate]
        # GPE and LOC may replace each other, so no class is tried twice.
        candidates += [other for other in _INSTEAD.get(candidate, ()) if other not in candidates]
    return None


def is_coarse(tagset: Tagset) -> bool:
    """Return True if a tagset has no labels but CAMeL Tools' four classes, in which many bodies are no names."""
    return all({label.id, *label.formerly} & set(CAMEL) for label in tagset.labels)


def from_camel(tagset: Tagset) -> dict[str, str]:
    """Return the tagset's label for each of CAMeL Tools' classes that has one: as the tagset says, or by name."""
    found = {name: tagset.from_camel(name) or translate(name, tagset) for name in CAMEL}
    return {name: label for name, label in found.items() if label is not None}
