"""The list of commands with their shortcuts, labelling first, grouped by menu and searchable by name or key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.tagset.tagset import Label
from annotator.text.normalise import normalise_key
from annotator.ui.base.actions import ACTIONS, KEY_GROUPS
from annotator.ui.base.i18n import current_language, digits
from annotator.ui.base.key_map import KeyMap, isolate_key, name_of
from annotator.ui.base.key_sequences import display_key
from annotator.ui.base.painting import sized
from annotator.ui.widgets.placeholder_label import PlaceholderLabel

_ACTION = Qt.ItemDataRole.UserRole
_FENCES = str.maketrans("", "", "\u2066\u2069")


class ShortcutList(QTreeWidget):
    """A row for each action and each label: name, shortcuts, and whether the user changed them."""

    def __init__(
        self, keys: KeyMap, labels: Iterable[Label], parent: QWidget | None = None, *, only_with_keys: bool = False
    ) -> None:
        """List all actions, or those that have a shortcut, and the labels of a project."""
        super().__init__(parent)
        self._keys = keys
        self._only_with_keys = only_with_keys
        self.setColumnCount(3)
        self.setObjectName("keys")
        self.setHeaderLabels([self.tr("Command"), self.tr("Shortcuts"), ""])
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Commands and shortcuts"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.empty = PlaceholderLabel(self)
        """Says that nothing was found."""
        self._fill(labels)
        self.narrow("")

    def action(self) -> str:
        """Return the id of the current action, or "" for a label or a heading."""
        row = self.currentItem()
        return str(row.data(0, _ACTION) or "") if row is not None and not row.isHidden() else ""

    def select(self, action: str) -> None:
        """Make the row of an action current."""
        row = self._row(action)
        if row is not None:
            self.setCurrentItem(row)

    def shown(self) -> list[str]:
        """Return the names in the visible rows."""
        return [row.text(0) for row in self._rows() if not row.isHidden()]

    def keys_of(self, action: str) -> str:
        """Return the shortcuts that the row of an action shows."""
        row = self._row(action)
        return row.text(1).translate(_FENCES) if row is not None else ""

    def narrow(self, text: str) -> None:
        """Show only rows whose name or shortcuts have every word of a text; the first becomes current."""
        words = normalise_key(text).split()
        for row in self._rows():
            held = normalise_key(f"{row.text(0)} {row.text(1)}".translate(_FENCES))
            row.setHidden(not all(word in held for word in words))
        for group in self._groups():
            group.setHidden(all(row.isHidden() for row in _children(group)))
        shown = [row for row in self._rows() if not row.isHidden()]
        current = self.currentItem()
        if shown and (current is None or current.isHidden() or words):
            self.setCurrentItem(shown[0])
        self.empty.show_text("" if shown else self.tr("No results"))

    def show_keys(self) -> None:
        """Show the shortcuts in use, with the user's own in bold."""
        for row in self._rows():
            action = str(row.data(0, _ACTION) or "")
            if action:
                own = self._keys.is_changed(action)
                row.setText(1, "   ".join(isolate_key(display_key(key)) for key in self._keys.keys(action)))
                row.setText(2, self.tr("changed") if own else "")
                font = QFont(self.font())
                font.setBold(own)
                row.setFont(1, font)

    def _fill(self, labels: Iterable[Label]) -> None:
        for place, (name, text) in enumerate(KEY_GROUPS):
            specs = [spec for spec in ACTIONS if spec.menu == name and self._has_row(spec.id)]
            if specs:
                group = self._group(QCoreApplication.translate("menus", text).replace("&", ""))
                for spec in specs:
                    QTreeWidgetItem(group, [name_of(spec), "", ""]).setData(0, _ACTION, spec.id)
            if place == 0:
                self._fill_labels(tuple(labels))
        self.show_keys()

    def _has_row(self, action: str) -> bool:
        return bool(self._keys.keys(action)) or not self._only_with_keys

    def _fill_labels(self, labels: tuple[Label, ...]) -> None:
        if not labels:
            return
        group = self._group(self.tr("Labels"))
        for label in labels:
            key = isolate_key(digits(display_key(label.key))) if label.key else ""
            QTreeWidgetItem(group, [label.name(current_language()), key, self.tr("from the tagset")])

    def _group(self, text: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self, [text])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setForeground(0, self.palette().placeholderText())
        group.setFont(0, sized(self.font(), 12, bold=True))
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
        return group

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [group for group in found if group is not None]

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for group in self._groups() for row in _children(group)]

    def _row(self, action: str) -> QTreeWidgetItem | None:
        return next((row for row in self._rows() if row.data(0, _ACTION) == action), None)


def _children(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [row for number in range(group.childCount()) if (row := group.child(number)) is not None]
