"""The dialog of the project's rules for the label check: a regular expression with a label each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.label_check.case import LabelRule, rule_write
from annotator.domain.model.edit import Write
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.match import PatternError, compile_pattern
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.theme import Theme
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import (
    dialog_buttons,
    dialog_layout,
    hint_label,
    push_button,
    resize_to_screen,
    row_layout,
)
from annotator.ui.widgets.label_choice import LabelChoice

_LONGEST = 1000
"""The most characters of a pattern."""


class RuleRow(QWidget):
    """The fields of one rule. Without a pattern it is none."""

    def __init__(self, rule: LabelRule, tagset: Tagset, theme: Theme, parent: QWidget) -> None:
        """Show a rule."""
        super().__init__(parent)
        self.rule = rule
        self.pattern = QLineEdit(rule.pattern, self)
        self.pattern.setPlaceholderText(self.tr("Regular expression"))
        self.pattern.setAccessibleName(self.tr("Regular expression"))
        self.pattern.setMaxLength(_LONGEST)
        self.label = LabelChoice(tagset, theme, self)
        self.label.retranslate(self.tr("No label"))
        self.label.setAccessibleName(self.tr("Label that the places must have"))
        self.label.set_label(rule.label)
        self.remove = push_button(self, self.tr("Remove"))
        self.error = hint_label("", self)
        self.error.hide()
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.pattern, 1)
        for widget in (self.label, self.remove):
            fields.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(fields)
        column.addWidget(self.error)
        self.pattern.textEdited.connect(lambda _text: self.show_error(""))
        self.setFocusProxy(self.pattern)

    def value(self) -> LabelRule:
        """Return the rule as it was entered."""
        return LabelRule(self.rule.key, self.pattern.text().strip(), self.label.label())

    def is_valid(self) -> bool:
        """Return True if the pattern can be used, otherwise say why not."""
        try:
            compile_pattern(self.value().pattern)
        except PatternError as error:
            self.show_error(error_text(error))
            return False
        self.show_error("")
        return True

    def show_error(self, text: str) -> None:
        """Show why the pattern cannot be used, or nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))


class RulesDialog(Dialog):
    """Edits the rules; after accept(), writes() has what changes them."""

    def __init__(self, rules: Sequence[LabelRule], tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the rules of a project, and an empty one if there are none."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rules of the project"))
        self._before = {rule.key: rule for rule in rules}
        self._tagset, self._theme = tagset, theme
        self.rows: list[RuleRow] = []
        room = QWidget(self)
        self._rows = QVBoxLayout(room)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("asked")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(room)
        self.add = push_button(self, self.tr("Add rule"), self._add_row)
        buttons, self.save = dialog_buttons(self, self.tr("Save"))
        column = dialog_layout(self)
        column.addWidget(
            hint_label(
                self.tr("Whatever a regular expression finds must have its label; the check reports what differs."),
                self,
            )
        )
        column.addWidget(self._scroll, 1)
        column.addLayout(row_layout(self.add))
        column.addWidget(buttons)
        for rule in rules or [_new_rule()]:
            self._append(rule)
        self.rows[0].pattern.setFocus()
        resize_to_screen(self, 640, 420)

    def writes(self) -> list[Write]:
        """Return the writes that change the rules to those entered, [] if nothing changed."""
        now = {row.rule.key: row.value() for row in self.rows if row.value().pattern}
        changed = [rule_write(rule) for key, rule in now.items() if rule != self._before.get(key)]
        gone = [rule_write(rule, removed=True) for key, rule in self._before.items() if key not in now]
        return changed + gone

    def accept(self) -> None:
        """Close if all patterns can be used; otherwise show the first that cannot."""
        wrong = [row for row in self.rows if row.value().pattern and not row.is_valid()]
        if not wrong:
            super().accept()
            return
        wrong[0].pattern.setFocus()
        self._scroll.ensureWidgetVisible(wrong[0])

    def _add_row(self) -> None:
        row = self._append(_new_rule())
        row.pattern.setFocus()
        self._rows.activate()
        self._scroll.ensureWidgetVisible(row)

    def _append(self, rule: LabelRule) -> RuleRow:
        row = RuleRow(rule, self._tagset, self._theme, self)
        row.remove.clicked.connect(lambda _checked=False: self._remove(row))
        self.rows.append(row)
        self._rows.insertWidget(self._rows.count() - 1, row)
        return row

    def _remove(self, row: RuleRow) -> None:
        at = self.rows.index(row)
        del self.rows[at]
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        (self.rows[min(at, len(self.rows) - 1)].pattern if self.rows else self.add).setFocus()


def _new_rule() -> LabelRule:
    return LabelRule(uuid.uuid4().hex, "")
