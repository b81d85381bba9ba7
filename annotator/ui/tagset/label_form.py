"""The form of a label: names, id, shortcut, colours, guideline and examples.

A field that was changed becomes a step of the draft when it loses the focus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.tagset.changes import DescribeLabel, RenameLabel, SetLabelKey, TagsetChange
from annotator.domain.tagset.tagset import Example, Label
from annotator.ui.base.i18n import current_language, digits, isolate
from annotator.ui.base.item_text import label_name
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import Theme
from annotator.ui.tagset.colour_row import ColourRow
from annotator.ui.tagset.draft_history import DraftHistory

KEYS = (*"1234567890", *(f"Alt+{n}" for n in "1234567890"))
"""Shortcuts that labels can have, in the order in which they are offered."""
_LANGUAGES = ("ar", "en")


class MultilineField(QPlainTextEdit):
    """A few lines of text; left is emitted if a changed field loses the focus. Tab moves on."""

    left = Signal()

    def __init__(self, height: int, parent: QWidget) -> None:
        """Make the field; height is in device-independent pixels."""
        super().__init__(parent)
        self.setObjectName("words")
        self.setTabChangesFocus(True)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def set_text(self, text: str, *, rtl: bool) -> None:
        """Set the text and its direction, unless it is the present text, whose cursor would move."""
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        if text != self.toPlainText():
            self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit left."""
        super().focusOutEvent(event)
        self.left.emit()


class LabelForm(QFrame):
    """Shows and changes one label of a draft; message carries a side effect of a step, or ""."""

    message = Signal(str)

    def __init__(self, steps: DraftHistory, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._label: Label | None = None
        self._refused = False
        self.names = {language: QLineEdit(self) for language in _LANGUAGES}
        self.id = QLineEdit(self)
        self.key = QComboBox(self)
        self.colours = ColourRow(theme, self)
        self.guidelines = {language: MultilineField(96, self) for language in _LANGUAGES}
        self.examples, self.counter_examples = MultilineField(72, self), MultilineField(72, self)
        self._captions: dict[QWidget, QLabel] = {}
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_label(self, label: Label) -> None:
        """Show a label."""
        self._label = label
        self._show_short(label)
        self._show_key(label)
        names = {label_name(other.id, self._steps.tagset): other.colour for other in self._others(label)}
        self.colours.show_label(label, self._steps.tagset.labels, names)
        for language, words in self.guidelines.items():
            words.set_text(label.guideline.get(language, ""), rtl=language == "ar")
        self.examples.set_text(examples_text(label.examples), rtl=True)
        self.counter_examples.set_text(examples_text(label.counter_examples), rtl=True)

    def _show_short(self, label: Label) -> None:
        for language, field in self.names.items():
            _show(field, label.names.get(language, ""))
        _show(self.id, label.id)

    def commit(self) -> bool:
        """Make a step of every changed field; return False if one is refused."""
        self._refused = False
        self._do(lambda label: [*_renamed(self, label), *_named(self, label), *_told(self, label)])
        return not self._refused

    def retranslate(self) -> None:
        """Set every text in the current language."""
        said = {
            self.names["ar"]: self.tr("Name in Arabic"),
            self.names["en"]: self.tr("Name in English"),
            self.id: self.tr("ID in exports"),
            self.key: self.tr("Shortcut"),
            self.colours: self.tr("Colours"),
            self.guidelines["ar"]: self.tr("Guideline in Arabic"),
            self.guidelines["en"]: self.tr("Guideline in English"),
            self.examples: self.tr("Like this: one per line, the name in [brackets]"),
            self.counter_examples: self.tr("Not like this"),
        }
        for widget, text in said.items():
            self._captions[widget].setText(text)
            widget.setAccessibleName(text)
        self.colours.retranslate()
        if self._label:
            self._show_key(self._label)

    def _others(self, label: Label) -> list[Label]:
        return [other for other in self._steps.tagset.labels if other.id != label.id]

    def _show_key(self, label: Label) -> None:
        self.key.blockSignals(True)
        self.key.clear()
        self.key.addItem(self.tr("none"), "")
        for key in KEYS:
            holder = self._steps.tagset.by_key(key)
            shown = digits(key).replace("Alt+", "Alt ")
            text = f"\u2066{shown}\u2069"
            if holder and holder.id != label.id:
                text = f"{text} — {isolate(holder.name(current_language()))}"
            self.key.addItem(text, key)
        self.key.setCurrentIndex(max(0, self.key.findData(label.key)))
        self.key.blockSignals(False)

    def _connect(self) -> None:
        for name in self.names.values():
            name.editingFinished.connect(lambda: self._do(lambda label: _named(self, label)))
        self.id.editingFinished.connect(lambda: self._do(lambda label: _renamed(self, label)))
        self.key.activated.connect(self._rekey)
        self.colours.chosen.connect(lambda pair: self._do(lambda label: [DescribeLabel(label.id, colour=dict(pair))]))
        for words in (*self.guidelines.values(), self.examples, self.counter_examples):
            words.left.connect(lambda: self._do(lambda label: _told(self, label)))

    def _do(self, changes_of: Callable[[Label], list[TagsetChange]], message: str = "") -> None:
        label = self._label
        if label is None:
            return
        changes = changes_of(label)
        if changes and self._steps.do(*changes):
            self.message.emit(message)
        elif changes:
            # Keep the long texts, so that the user can correct them.
            self._refused = True
            self._show_short(label)

    def _rekey(self) -> None:
        """Give the label the chosen shortcut, and say which label loses it."""
        key = str(self.key.currentData())
        holder = self._steps.tagset.by_key(key)
        message = ""
        if holder and self._label and holder.id != self._label.id:
            message = self.tr("{0} was the shortcut of {1}, which has none now.").format(
                digits(key), isolate(holder.name(current_language()))
            )
        self._do(lambda label: [SetLabelKey(label.id, key, take=True)] if key != label.key else [], message)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.addWidget(self._captioned(self.names["ar"]), 0, 0)
        grid.addWidget(self._captioned(self.names["en"]), 0, 1)
        grid.addWidget(self._captioned(self.id), 1, 0)
        grid.addWidget(self._captioned(self.key), 1, 1)
        grid.addWidget(self._captioned(self.colours), 2, 0, 1, 2)
        grid.addWidget(self._captioned(self.guidelines["ar"]), 3, 0)
        grid.addWidget(self._captioned(self.guidelines["en"]), 3, 1)
        grid.addWidget(self._captioned(self.examples), 4, 0)
        grid.addWidget(self._captioned(self.counter_examples), 4, 1)
        grid.setRowStretch(3, 3)
        grid.setRowStretch(4, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _captioned(self, widget: QWidget) -> QWidget:
        caption = PlainLabel(self)
        caption.setObjectName("quiet")
        self._captions[widget] = caption
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(widget, 1)
        return whole


def _renamed(form: LabelForm, label: Label) -> list[TagsetChange]:
    written = form.id.text().strip()
    return [] if written == label.id else [RenameLabel(label.id, written)]


def _named(form: LabelForm, label: Label) -> list[TagsetChange]:
    written = _filled({language: field.text() for language, field in form.names.items()})
    return [] if written == _own(label.names) else [DescribeLabel(label.id, names={**_rest(label.names), **written})]


def _told(form: LabelForm, label: Label) -> list[TagsetChange]:
    changes: list[TagsetChange] = []
    guideline = _filled({language: words.toPlainText() for language, words in form.guidelines.items()})
    if guideline != _own(label.guideline):
        changes.append(DescribeLabel(label.id, guideline={**_rest(label.guideline), **guideline}))
    like = read_examples(form.examples.toPlainText(), label.examples)
    unlike = read_examples(form.counter_examples.toPlainText(), label.counter_examples)
    if (like, unlike) != (label.examples, label.counter_examples):
        changes.append(DescribeLabel(label.id, examples=like, counter_examples=unlike))
    return changes


def _show(field: QLineEdit, text: str) -> None:
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _own(texts: Mapping[str, str]) -> dict[str, str]:
    return _filled({language: texts.get(language, "") for language in _LANGUAGES})


def _rest(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if language not in _LANGUAGES}


_MARKED = re.compile(r"\[([^\[\]]+)\]")


def examples_text(examples: Iterable[Example]) -> str:
    """Return examples as lines: "زار الوفد [بغداد] أمس."."""
    return "\n".join(e.text.replace(e.span, f"[{e.span}]", 1) for e in examples)


def read_examples(text: str, held: Sequence[Example]) -> tuple[Example, ...]:
    """Return the examples of such lines; an unchanged line keeps its note.

    A line without brackets has an empty marked part, which Describe refuses.
    """
    notes = {(e.text, e.span): e.note for e in held}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _MARKED.search(line)
        span = match[1] if match else ""
        bare = line[: match.start()] + span + line[match.end() :] if match else line
        found.append(Example(bare, span, notes.get((bare, span), {})))
    return tuple(found)
