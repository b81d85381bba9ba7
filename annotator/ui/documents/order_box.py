"""The chooser above the list of documents: in which order to work."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.review.document_order import DocumentOrder
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.base.retranslation import Retranslated

_NAMES = {
    DocumentOrder.IMPORTED: QT_TRANSLATE_NOOP("orders", "Import order"),
    DocumentOrder.NEWEST: QT_TRANSLATE_NOOP("orders", "Newest first"),
    DocumentOrder.ENTITIES: QT_TRANSLATE_NOOP("orders", "Most names first"),
    DocumentOrder.UNCERTAIN: QT_TRANSLATE_NOOP("orders", "Lowest confidence first"),
    DocumentOrder.NEW_NAMES: QT_TRANSLATE_NOOP("orders", "Most new names first"),
}


class OrderBox(Retranslated, QComboBox):
    """Offers the orders; ordered carries the DocumentOrder that somebody chose."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer all orders, the order of import chosen."""
        super().__init__(parent)
        self.setObjectName("order")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for order in _NAMES:
            self.addItem("", order.value)
        self.activated.connect(lambda row: self.ordered.emit(DocumentOrder(self.itemData(row))))
        self.retranslate()

    def show_order(self, order: DocumentOrder) -> None:
        """Show which order is in use, without telling anybody."""
        self.setCurrentIndex(self.findData(order.value))

    def retranslate(self) -> None:
        """Write the names of the orders in the language in use."""
        for row, name in enumerate(_NAMES.values()):
            self.setItemText(row, QCoreApplication.translate("orders", name))
        self.setAccessibleName(self.tr("Sort articles"))
        set_tooltip(self, self.tr("Duplicates come last, except in import order."))
