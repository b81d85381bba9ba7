"""What a case is called and why it is one, in the current language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.domain.label_check.case import CaseKind, CasePlace
from annotator.domain.tagset.tagset import Tagset
from annotator.services.label_check.checked_cases import PlaceState
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, isolate
from annotator.ui.base.item_text import label_name

_KINDS: Mapping[CaseKind, str] = {
    CaseKind.LABELS: QT_TRANSLATE_NOOP("cases", "Different labels"),
    CaseKind.MISSED: QT_TRANSLATE_NOOP("cases", "Labelled elsewhere only"),
    CaseKind.EXTRA: QT_TRANSLATE_NOOP("cases", "Rarely labelled"),
    CaseKind.CLITIC: QT_TRANSLATE_NOOP("cases", "Clitic at the boundary"),
    CaseKind.TITLE: QT_TRANSLATE_NOOP("cases", "Title of a person"),
    CaseKind.KIND_WORD: QT_TRANSLATE_NOOP("cases", "Word such as مدينة"),
    CaseKind.QUOTATION: QT_TRANSLATE_NOOP("cases", "Quotation marks"),
    CaseKind.EDGE: QT_TRANSLATE_NOOP("cases", "Space or punctuation"),
    CaseKind.SINGLE: QT_TRANSLATE_NOOP("cases", "Label used once"),
    CaseKind.COUNTER_EXAMPLE: QT_TRANSLATE_NOOP("cases", "Against the guideline"),
    CaseKind.RULE: QT_TRANSLATE_NOOP("cases", "Rule of the project"),
    CaseKind.MODEL: QT_TRANSLATE_NOOP("cases", "Model disagrees"),
}
_REASONS: Mapping[CaseKind, str] = {
    CaseKind.LABELS: QT_TRANSLATE_NOOP("cases", "This name has another label here than in most places."),
    CaseKind.MISSED: QT_TRANSLATE_NOOP("cases", "This name is labelled in most places, but not here."),
    CaseKind.EXTRA: QT_TRANSLATE_NOOP("cases", "This name is labelled here, but not in most places."),
    CaseKind.CLITIC: QT_TRANSLATE_NOOP("cases", "In most places the clitic is on the other side of the boundary."),
    CaseKind.TITLE: QT_TRANSLATE_NOOP("cases", "In most places the title is on the other side of the boundary."),
    CaseKind.KIND_WORD: QT_TRANSLATE_NOOP("cases", "In most places such a word is on the other side of the boundary."),
    CaseKind.QUOTATION: QT_TRANSLATE_NOOP(
        "cases", "In most places the quotation marks are on the other side of the boundary."
    ),
    CaseKind.EDGE: QT_TRANSLATE_NOOP(
        "cases", "The span begins or ends with a space or a punctuation mark, or within a word."
    ),
    CaseKind.SINGLE: QT_TRANSLATE_NOOP("cases", "This label was given only once."),
    CaseKind.COUNTER_EXAMPLE: QT_TRANSLATE_NOOP(
        "cases", "The guideline of the label gives this name as a counter-example."
    ),
    CaseKind.RULE: QT_TRANSLATE_NOOP("cases", "The label differs from what a rule of the project asks for."),
    CaseKind.MODEL: QT_TRANSLATE_NOOP("cases", "A model trained on your other articles finds something else here."),
}
_STATES: Mapping[PlaceState, str] = {
    PlaceState.FIXED: QT_TRANSLATE_NOOP("cases", "fixed"),
    PlaceState.RIGHT: QT_TRANSLATE_NOOP("cases", "kept as it is"),
    PlaceState.OUTDATED: QT_TRANSLATE_NOOP("cases", "changed since the check"),
}


def kind_name(kind: CaseKind) -> str:
    """Return the name of a kind of cases."""
    return QCoreApplication.translate("cases", _KINDS[kind])


def reason(kind: CaseKind) -> str:
    """Return why the places of a case may be wrong."""
    return QCoreApplication.translate("cases", _REASONS[kind])


def place_note(place: CasePlace, state: PlaceState, tagset: Tagset) -> str:
    """Return what a row says of a place: its state or, if it is open, what the correction changes.

    Examples: "fixed"; "Place → Organisation"; "Place, other boundary".
    """
    if state is not PlaceState.OPEN:
        return QCoreApplication.translate("cases", _STATES[state])
    now = isolate(_label(place.label, tagset))
    fix = place.fix
    if fix is None:
        return now
    if fix.label == place.label:
        return QCoreApplication.translate("cases", "{0}, other boundary").format(now)
    return QCoreApplication.translate("cases", "{0} → {1}").format(now, isolate(_label(fix.label, tagset)))


def example_note(label: str, tagset: Tagset) -> str:
    """Return what a row says of a place that agrees with the correction."""
    return QCoreApplication.translate("cases", "elsewhere: {0}").format(isolate(_label(label, tagset)))


def _label(label: str, tagset: Tagset) -> str:
    return label_name(label, tagset) if label else QCoreApplication.translate("cases", "no label")
