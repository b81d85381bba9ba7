"""A focus ring of one look around every kind of widget in every window and dialog.

Style sheets cannot draw outside a widget, and what they can change differs from kind to kind.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from annotator.ui.article.article_view import ArticleView

_WIDTH = 2
_GAP = 1
_ROUND = 7.0
_MOVED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
    QEvent.Type.LayoutRequest,
)


class FocusRing(QWidget):
    """The focus ring of one window, transparent to the mouse."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around: QWidget | None = None
        self._drawn: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    def surround(self, widget: QWidget | None) -> None:
        """Surround a widget of this window and follow it when it moves, or surround nothing."""
        for watched in filter(isValid, self._watched):
            watched.removeEventFilter(self)
        self._around, self._watched = widget, []
        step = widget
        while step is not None and step is not self.window():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it or one of its parents moves."""
        if event.type() in _MOVED:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring; for a page of text only a line along its top."""
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        if isinstance(self._around, ArticleView):
            painter.fillRect(self.rect(), colour)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, _WIDTH))
            half = _WIDTH // 2
            painter.drawRoundedRect(self.rect().adjusted(half, half, -half, -half), _ROUND, _ROUND)
        painter.end()

    def _follow(self) -> None:
        widget = self._around
        if widget is None or not isValid(widget) or not widget.isVisible() or not self.window().isAncestorOf(widget):
            self.hide()
            return
        area = QRect(widget.mapTo(self.window(), QPoint()), widget.size())
        if isinstance(widget, ArticleView):
            area.setHeight(_WIDTH)
        elif not isinstance(widget, QAbstractScrollArea):
            out = _GAP + _WIDTH
            area.adjust(-out, -out, out, out)
        area &= self.window().rect()
        self.raise_()
        if self.isVisible() and self.geometry() == area and self._drawn is widget:
            # Most layout requests move nothing. A repaint would repaint the page beneath, too.
            return
        self._drawn = widget
        self.setGeometry(area)
        if not isinstance(widget, ArticleView):
            thick = _WIDTH + 3
            self.setMask(QRegion(self.rect()) - QRegion(self.rect().adjusted(thick, thick, -thick, -thick)))
        else:
            self.clearMask()
        self.show()
        self.update()


class FocusRings(QObject):
    """Keeps one ring in each window, around the widget with the focus."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: FocusRing | None = None
        app.focusChanged.connect(self._move)

    def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A window that is being destroyed loses the focus too. Its children must not be accessed then.
        ring = self._shown
        if ring is not None and (not isValid(ring) or new is None or ring.window() is not new.window()):
            if isValid(ring) and ring.isVisible():
                ring.surround(None)
            self._shown = None
        if new is not None and not new.isWindow() and new.window().windowType() is not Qt.WindowType.Popup:
            self._shown = _ring_of(new.window()) or FocusRing(new.window())
            self._shown.surround(new)


def _ring_of(window: QWidget) -> FocusRing | None:
    return window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
