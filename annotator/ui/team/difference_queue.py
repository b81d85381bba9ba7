"""The queue of differences that are left, over all articles, with its filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.team.adjudication_state import DifferenceState
from annotator.services.team.adjudicate import DifferenceFilter, QueuedDifference
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, isolate, number_text
from annotator.ui.base.item_text import label_name
from annotator.ui.base.painting import row_ground, sized, text_line
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex

_HEIGHT = 52
_PAD = 16
_QUEUED_ROLE = Qt.ItemDataRole.UserRole + 1
_KINDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.LABEL: QT_TRANSLATE_NOOP("differences", "label"),
    DifferenceKind.BOUNDARY: QT_TRANSLATE_NOOP("differences", "boundary"),
    DifferenceKind.CLITIC: QT_TRANSLATE_NOOP("differences", "clitic"),
    DifferenceKind.BOTH: QT_TRANSLATE_NOOP("differences", "label and boundary"),
    DifferenceKind.ONE_SIDE: QT_TRANSLATE_NOOP("differences", "not labelled by all"),
}
_STATES: Mapping[DifferenceState, str] = {
    DifferenceState.OUTDATED: QT_TRANSLATE_NOOP("differences", "changed since it was settled"),
    DifferenceState.COMPETING: QT_TRANSLATE_NOOP("differences", "settled in two ways"),
    DifferenceState.SETTLED: QT_TRANSLATE_NOOP("differences", "settled"),
}


def kind_text(kind: DifferenceKind) -> str:
    """Return how two annotators differ, in the current language."""
    return QCoreApplication.translate("differences", _KINDS[kind])


def describe(kinds: Collection[DifferenceKind], state: DifferenceState) -> str:
    """Return how annotators differ, and the state unless it is open: "boundary · settled"."""
    said = [kind_text(kind) for kind in DifferenceKind if kind in kinds]
    if state in _STATES:
        said.append(QCoreApplication.translate("differences", _STATES[state]))
    return " · ".join(said)


class DifferenceModel(QAbstractListModel):
    """One row for each difference in the queue, in the order of the articles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueuedDifference] = []

    def set_rows(self, rows: Sequence[QueuedDifference]) -> None:
        """Show other differences."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def replace_document(self, document: str, rows: Sequence[QueuedDifference]) -> None:
        """Show other differences of one article, at the place of those it had."""
        old = [row for row, each in enumerate(self.rows) if each.document == document]
        if not old or self.rows[old[0] : old[-1] + 1] == rows:
            return
        self.beginRemoveRows(QModelIndex(), old[0], old[-1])
        del self.rows[old[0] : old[-1] + 1]
        self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), old[0], old[0] + len(rows) - 1)
            self.rows[old[0] : old[0]] = rows
            self.endInsertRows()

    def row_of(self, document: str, start: int) -> int:
        """Return the row of the difference in an article that begins at a code point, or -1."""
        found = (n for n, each in enumerate(self.rows) if each.document == document and each.group.span.start == start)
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of differences."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the difference, its words, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self.rows):
            return None
        each = self.rows[index.row()]
        if role == _QUEUED_ROLE:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(each.words.split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = " ".join(each.words.split())
            return f"{isolate(words)}, {describe(each.kinds, each.group.state)}, {isolate(each.title)}"
        return None


class DifferenceDelegate(QStyledItemDelegate):
    """Paints a difference on two lines: its words, and how annotators differ with the title of the article."""

    theme: Theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row from the right, where reading starts."""
        each = index.data(_QUEUED_ROLE)
        if not isinstance(each, QueuedDifference):
            return
        box, theme = QRectF(option.rect), self.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        row_ground(painter, box, option.state, theme)
        inner = box.adjusted(_PAD, 5, -_PAD, -5)
        words = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.55)
        below = QRectF(inner.left(), words.bottom(), inner.width(), inner.height() * 0.45)
        text_line(painter, words, str(index.data()), sized(option.font, 14, bold=chosen), theme.text)
        said = " · ".join(part for part in (describe(each.kinds, each.group.state), isolate(each.title)) if part)
        text_line(painter, below, said, sized(option.font, 12), theme.muted)
        painter.restore()


class DifferenceQueue(Retranslated, QWidget):
    """The list with its filters. filterChanged is emitted when others are wanted, opened carries a QueuedDifference."""

    filterChanged = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create an empty queue."""
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._project: Project | None = None
        self._names: Mapping[str, str] = {}
        self._is_reading = False
        self.heading = PlainLabel(self)
        self.heading.setObjectName("heading")
        self.words = QLineEdit(self)
        self.words.setObjectName("filter")
        self.words.setClearButtonEnabled(True)
        self.kind, self.label, self.pair = QComboBox(self), QComboBox(self), QComboBox(self)
        for choice in (self.kind, self.label, self.pair):
            choice.setObjectName("filter")
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.addItem("", "")
            choice.activated.connect(self.filterChanged)
        for kind in DifferenceKind:
            self.kind.addItem("", kind.value)
        self.words.returnPressed.connect(self.filterChanged)
        self.words.textChanged.connect(lambda text: None if text else self.filterChanged.emit())
        self.model = DifferenceModel(self)
        self.list = RowList(_HEIGHT, self)
        self._delegate = DifferenceDelegate(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        for signal in (self.list.clicked, self.list.activated):
            signal.connect(lambda index: self.opened.emit(index.data(_QUEUED_ROLE)))
        self.empty = PlainLabel(self)
        self.empty.setObjectName("quiet")
        self.empty.setWordWrap(True)
        self.empty.setMargin(_PAD)
        filters = QVBoxLayout()
        filters.setContentsMargins(13, 0, 13, 8)
        filters.setSpacing(6)
        for widget in (self.words, self.kind, self.label, self.pair):
            filters.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(filters)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        self.retranslate()

    def set_project(self, project: Project, names: Mapping[str, str]) -> None:
        """Offer the labels and the pairs of annotators of a project; names are by annotator id."""
        self._project, self._names = project, names
        for choice in (self.label, self.pair):
            while choice.count() > 1:
                choice.removeItem(1)
        for label in project.tagset.labels:
            self.label.addItem("", label.id)
        for one, other in combinations(names, 2):
            self.pair.addItem("", (one, other))
        self.pair.setVisible(len(names) > 2)
        self.model.set_rows(())
        self.retranslate()

    def wanted(self) -> DifferenceFilter:
        """Return which differences the filters select."""
        label, kind, pair = self.label.currentData(), self.kind.currentData(), self.pair.currentData()
        return DifferenceFilter(
            labels=frozenset({label} if label else ()),
            words=self.words.text().strip(),
            pair=tuple(pair or ()),
            kinds=frozenset({DifferenceKind(kind)} if kind else ()),
        )

    @property
    def is_filtered(self) -> bool:
        """Return True if the filters leave differences out."""
        return self.wanted() != DifferenceFilter()

    def show_rows(self, rows: Sequence[QueuedDifference] | None) -> None:
        """Show what was found, or that it is being searched if rows is None."""
        self._is_reading = rows is None
        self.model.set_rows(rows or ())
        self._show_count()

    def replace_document(self, document: str, rows: Sequence[QueuedDifference]) -> None:
        """Show what is left in an article after a decision."""
        self.model.replace_document(document, rows)
        self._show_count()

    def mark(self, document: str, start: int) -> None:
        """Mark the difference in focus."""
        self.list.mark(self.model.row_of(document, start))

    def set_names(self, names: Mapping[str, str]) -> None:
        """Call annotators by other names, such as their numbers."""
        self._names = names
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.words.setPlaceholderText(self.tr("Words, then Enter"))
        self.words.setAccessibleName(self.tr("Filter by words"))
        self.kind.setItemText(0, self.tr("All kinds"))
        self.label.setItemText(0, self.tr("All labels"))
        self.pair.setItemText(0, self.tr("All annotators"))
        self.kind.setAccessibleName(self.tr("Filter by kind"))
        self.label.setAccessibleName(self.tr("Filter by label"))
        self.pair.setAccessibleName(self.tr("Filter by pair of annotators"))
        for row in range(1, self.kind.count()):
            self.kind.setItemText(row, kind_text(DifferenceKind(self.kind.itemData(row))))
        tagset = self._project.tagset if self._project else None
        for row in range(1, self.label.count()):
            self.label.setItemText(row, label_name(self.label.itemData(row), tagset))
        for row in range(1, self.pair.count()):
            one, other = self.pair.itemData(row)
            names = (isolate(self._names.get(who, who)) for who in (one, other))
            self.pair.setItemText(row, self.tr("{0} and {1}").format(*names))
        self.list.setAccessibleName(self.tr("Differences"))
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.model.rows)
        self.heading.setText(self.tr("Differences left: {0}").format(number_text(count)))
        self.empty.setVisible(count == 0)
        self.list.setVisible(count > 0)
        self.empty.setText(self.tr("Searching…") if self._is_reading else self.tr("No differences are left here."))
