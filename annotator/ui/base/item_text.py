"""Texts about an item, for screen readers and tooltips."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from annotator.domain.tagset.tagset import Tagset
from annotator.session import ReviewItem
from annotator.ui.base.i18n import current_language, digits, isolate
from annotator.ui.base.plain_text import cut


def kind_of(item: ReviewItem) -> str:
    """Return the translated word for the kind of an item."""
    if item.weak:
        return QCoreApplication.translate("items", "weak suggestion")
    if item.is_suggestion:
        return QCoreApplication.translate("items", "suggestion")
    return QCoreApplication.translate("items", "annotation")


def surface_of(item: ReviewItem, text: str) -> str:
    """Return the text of an item on one line."""
    return " ".join(item.span.of(text).split())


def label_name(label_id: str, tagset: Tagset | None) -> str:
    """Return the name of a label in the current language, or its id if the tagset lacks it."""
    label = tagset.find(label_id) if tagset else None
    return label.name(current_language()) if label else label_id


def label_name_with_remark(label_id: str, tagset: Tagset | None) -> str:
    """Return the name of a label as label_name() does, with a remark if the tagset lacks it."""
    name = label_name(label_id, tagset)
    if tagset is None or tagset.find(label_id):
        return name
    return QCoreApplication.translate("items", "{0} (label removed from the project)").format(isolate(name))


def note_summary(item: ReviewItem) -> str:
    """Return the flag and note of an item: "flagged: the note", or "" if it has neither."""
    doubt = QCoreApplication.translate("items", "flagged") if item.doubtful else ""
    return ": ".join(part for part in (doubt, isolate(item.note)) if part)


def accessible_text(item: ReviewItem, text: str, tagset: Tagset | None, place: tuple[int, int] | None = None) -> str:
    """Return what a screen reader says of an item: "suggestion, Place, كركوك, 3 of 17".

    place is its number, from 1, and the number of items.
    """
    comma = "، " if current_language() == "ar" else ", "
    count = QCoreApplication.translate("items", "{0} of {1}").format(*map(digits, place)) if place else ""
    skipped = QCoreApplication.translate("items", "skipped") if item.skipped else ""
    said = (
        kind_of(item),
        skipped,
        label_name_with_remark(item.label, tagset),
        surface_of(item, text),
        count,
        note_summary(item),
    )
    return comma.join(part for part in said if part)


def position_in(item: ReviewItem, items: Sequence[ReviewItem]) -> tuple[int, int]:
    """Return the number of an item, from 1, and the number of items, which must be in order."""
    return bisect_left(items, item.order(), key=ReviewItem.order) + 1, len(items)


def tooltip(item: ReviewItem, text: str, tagset: Tagset) -> str:
    """Return the tooltip of an item as rich text: its label, its suggester, and its confidence."""
    lines = [
        f"<b>{escape(isolate(cut(surface_of(item, text))))}</b> — {escape(label_name_with_remark(item.label, tagset))}"
    ]
    if item.is_suggestion:
        said = QCoreApplication.translate("items", "Suggested by {0}, version {1}")
        lines.append(escape(said.format(isolate(item.suggester), isolate(item.version))))
        said = QCoreApplication.translate("items", "Model score {0}%, estimated confidence {1}%")
        lines.append(escape(said.format(digits(round(item.given * 100)), digits(round(item.score * 100)))))
    elif item.suggester:
        said = QCoreApplication.translate("items", "Confirmed. Suggested by {0}")
        lines.append(escape(said.format(isolate(item.suggester))))
    if remark := note_summary(item):
        lines.append(f"<i>{escape(cut(remark))}</i>".replace("\n", "<br>"))
    return "<br>".join(lines)
