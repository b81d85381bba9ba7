"""Validation of the id, the key, the names and the colours of a label."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset_cells import former_ids
from annotator.errors import ResourceError

LABEL_ID = re.compile(r"\w[\w.-]*")
LABEL_KEY = re.compile(r"(Alt\+)?[0-9]")
LABEL_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def without_blank(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    """Return texts by language, stripped and without empty ones."""
    return None if texts is None else {language: text.strip() for language, text in texts.items() if text.strip()}


def check_id(draft: TagsetDraft, label_id: str, own: str) -> None:
    """Raise ResourceError if an id is invalid, or if a label other than the one with the root own has or had it.

    If own is "", the first id of a removed label is allowed: it brings the label back.
    """
    if not LABEL_ID.fullmatch(label_id) or label_id == "O":
        raise ResourceError(
            '"{label}" is not a valid label ID. Use letters, digits, "_", "-" and "."; the ID O is reserved.',
            label=label_id,
        )
    for root, fields in draft.known.items():
        if root == own or (fields.get("gone") and not own and root == label_id):
            continue
        if label_id == root or label_id == fields["id"] or label_id in former_ids(fields):
            if any(each.id == label_id for each in draft.tagset.labels):
                raise ResourceError("The label {label} already exists. Choose another ID.", label=label_id)
            raise ResourceError(
                "The ID {label} belonged to another label before, and older annotations still use it. Choose "
                "another ID.",
                label=label_id,
            )


def check_key(draft: TagsetDraft, key: str, own: str) -> None:
    """Raise ResourceError if a key is invalid, or applies a label other than the one with the id own."""
    if key and not LABEL_KEY.fullmatch(key):
        raise ResourceError('"{key}" cannot be the key of a label. Use a digit, or "Alt+" and a digit.', key=key)
    other = draft.tagset.by_key(key)
    if other is not None and other.id != own:
        raise ResourceError(
            "The key {key} is already used for the label {label}. Choose another key.", key=key, label=other.id
        )


def check_names_and_colours(names: Mapping[str, str], colour: Mapping[str, str]) -> None:
    """Raise ResourceError if a label has no name, or not a colour for each theme."""
    if not without_blank(names):
        raise ResourceError("A label needs a name in at least one language.")
    for theme in ("light", "dark"):
        if not LABEL_COLOUR.fullmatch(colour.get(theme, "")):
            raise ResourceError('A label needs a colour for the {theme} theme, written "#rrggbb".', theme=theme)
