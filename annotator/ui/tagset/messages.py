"""Messages about changes of a tagset, and about the use of a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape

from PySide6.QtCore import QCoreApplication, QObject

from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RemoveLabel,
    RenameLabel,
    SetLabelKey,
    TagsetChange,
)
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Tagset
from annotator.services.project.tagset_preview import Effect, effects
from annotator.storage.tables.label_usage import LabelUsage
from annotator.ui.base.i18n import current_language, digits, isolate
from annotator.ui.base.item_text import label_name


def change_lines(
    begun: TagsetDraft, changes: Sequence[TagsetChange], uses: Mapping[str, LabelUsage] | None, quiet: str
) -> list[str]:
    """Return what each change does and concerns, as rich text; uses are Uses.labels, None while they are counted.

    quiet is the colour of what they concern, "#rrggbb". The shortcut and the place of a new label have no line, and
    a new order has only one.
    """
    added = {change.label.id for change in changes if isinstance(change, AddLabel)}
    words, draft, lines, moved = UsageMessages(), begun, [], False
    for effect in effects(begun, changes, uses or {}):
        change = effect.change
        after = change.apply(draft)
        if isinstance(change, MoveLabel):
            moved = moved or change.label not in added
        elif not (isinstance(change, SetLabelKey | RenameLabel) and change.label in added):
            concerned = "…" if uses is None else words.text(effect.usage or LabelUsage())
            lines.append(_line(effect, draft.tagset, after.tagset, concerned, quiet))
        draft = after
    if moved:
        lines.append(QCoreApplication.translate("tagset", "The order of the labels changes."))
    return lines


class UsageMessages(QObject):
    """The messages in the current language; a QObject, because only its tr() knows plural forms."""

    def text(self, usage: LabelUsage) -> str:
        """Return a phrase such as "214 annotations in 31 articles, 1,402 suggestions"."""
        if not usage.annotations and not usage.suggestions:
            return self.tr("not used yet")
        comma = "، " if current_language() == "ar" else ", "
        parts = []
        if usage.annotations:
            labelled = self.tr("%n annotation(s)", "", usage.annotations)
            within = self.tr("in %n article(s)", "", usage.documents)
            parts.append(f"{labelled} {within}")
            if usage.annotators > 1:
                parts.append(self.tr("by %n annotator(s)", "", usage.annotators))
        if usage.suggestions:
            parts.append(self.tr("%n suggestion(s)", "", usage.suggestions))
        return digits(comma.join(parts))


def _line(effect: Effect, before: Tagset, after: Tagset, concerned: str, quiet: str) -> str:
    said = _said(effect.change, before, after)
    if isinstance(effect.change, AddLabel | ChangeTagset):
        return said
    return f'{said} <span style="color: {quiet}">— {escape(concerned)}</span>'


def _said(change: TagsetChange, before: Tagset, after: Tagset) -> str:
    match change:
        case AddLabel():
            return QCoreApplication.translate("tagset", "New label: {0}").format(_named(change.label.id, after))
        case RenameLabel():
            return QCoreApplication.translate("tagset", "{0}: ID {1} instead of {2}").format(
                _named(change.label, before), _id(change.id), _id(_now(change.label, before))
            )
        case DescribeLabel():
            comma = "، " if current_language() == "ar" else ", "
            parts = comma.join(
                dict.fromkeys(_field(name) for name, value in asdict(change).items() if value is not None)
            )
            return QCoreApplication.translate("tagset", "{0}: {1}").format(
                _named(change.label, after), parts.lstrip(comma)
            )
        case SetLabelKey():
            if not change.key:
                return QCoreApplication.translate("tagset", "{0}: no shortcut").format(_named(change.label, before))
            return QCoreApplication.translate("tagset", "{0}: shortcut {1}").format(
                _named(change.label, before), digits(escape(change.key))
            )
        case MergeLabels():
            return QCoreApplication.translate("tagset", "{0} is merged into {1}").format(
                _named(change.label, before), _named(change.into, before)
            )
        case RemoveLabel():
            return QCoreApplication.translate("tagset", "{0} is removed").format(_named(change.label, before))
        case _:
            return QCoreApplication.translate("tagset", "The rules for the whole tagset change.")


def _field(name: str) -> str:
    """Return the name of a changed field of Describe, or "" for the label itself."""
    return {
        "label": "",
        "names": QCoreApplication.translate("tagset", "new name"),
        "colour": QCoreApplication.translate("tagset", "new colour"),
        "guideline": QCoreApplication.translate("tagset", "new guideline"),
        "examples": QCoreApplication.translate("tagset", "new examples"),
        "counter_examples": QCoreApplication.translate("tagset", "new examples"),
        "camel": QCoreApplication.translate("tagset", "new CAMeL Tools classes"),
    }[name]


def _now(label_id: str, tagset: Tagset) -> str:
    label = tagset.find(label_id)
    return label.id if label else label_id


def _named(label_id: str, tagset: Tagset) -> str:
    return f"<b>{escape(isolate(label_name(label_id, tagset)))}</b>"


def _id(label_id: str) -> str:
    """Return an id between left-to-right marks."""
    return f"\u2066{escape(label_id)}\u2069"
