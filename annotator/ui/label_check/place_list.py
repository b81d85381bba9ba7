"""The places of a case in their lines, with what would correct each of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.label_check.case import Case, CasePlace
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.services.label_check.checked_cases import PlaceState
from annotator.storage.project import Project
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import HEIGHT, KwicDelegate, KwicRow
from annotator.ui.base.theme import Theme
from annotator.ui.label_check.case_texts import example_note, place_note
from annotator.ui.search.place_model import Index, LazyKwicModel
from annotator.ui.widgets.row_list import RowList


class CasePlaceModel(LazyKwicModel):
    """One row for each place, and below them the examples of places that agree with the correction, disabled."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(project, parent)
        self.case: Case | None = None
        self._states: Sequence[PlaceState] = ()

    def set_case(self, case: Case | None, states: Sequence[PlaceState]) -> None:
        """Show the places of a case with their states, or none."""
        self.case, self._states = case, tuple(states)
        places = [(each.document, each.span) for each in case.places] if case else []
        examples = [(each.document, each.span) for each in case.examples] if case else []
        self.set_locations(places + examples)

    def set_states(self, states: Sequence[PlaceState]) -> None:
        """Show what has become of the places."""
        self._states = tuple(states)
        self.refresh()

    def place(self, row: int) -> CasePlace | None:
        """Return the place of a row, or None if it has an example or does not exist."""
        return self.case.places[row] if self.case and 0 <= row < len(self.case.places) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a row; one with an example cannot be chosen."""
        return super().flags(index) if self.place(index.row()) else Qt.ItemFlag.NoItemFlags

    def kwic_row(self, row: int, title: str, words: Context) -> KwicRow:
        """Return how a row is painted: the labels as they are, and what is proposed dashed around them."""
        assert self.case is not None  # noqa: S101 - there would be no row
        tagset, place = self._project.tagset, self.place(row)
        if place is None:
            example = self.case.examples[row - len(self.case.places)]
            note = example_note(example.label, tagset)
            return KwicRow(words, title, note, example.label, faint=True)
        state, fix = self._states[row], place.fix
        note = place_note(place, state, tagset)
        if state is not PlaceState.OPEN:
            label = fix.label if fix and state is PlaceState.FIXED else place.label
            return KwicRow(words, title, note, label, faint=True)
        offered = None
        if fix is not None and fix.span != place.span and fix.label and words.keyword is not None:
            shift = words.keyword.start - place.span.start
            start, end = fix.span.start + shift, fix.span.end + shift
            offered = (Span(max(0, start), min(len(words.line), end)), fix.label)
        label = place.label or (fix.label if fix else "")
        return KwicRow(words, title, note, label, solid=bool(place.label), offered=offered)


class CasePlaceList(RowList):
    """The list. Up and Down move among the places and on to the next case, Left and Right among the cases.

    stepped carries 1 for the next case and -1 for the previous one; the second value is True if the last place of the
    previous case is wanted.
    """

    stepped = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.setObjectName("kwic")
        self._delegate = KwicDelegate(self)
        self.setItemDelegate(self._delegate)

    def show_project(self, project: Project) -> None:
        """Show places of a project from now on."""
        old = (self.selectionModel(), self.model())
        self.set_tagset(project.tagset)
        self.setModel(CasePlaceModel(project, self))
        for each in old:
            if isinstance(each, QObject):
                each.deleteLater()

    def set_tagset(self, tagset: Tagset) -> None:
        """Use the colours and names of the labels of a tagset."""
        self._delegate.tagset = tagset
        if self.places is not None:
            self.places.refresh()

    @property
    def places(self) -> CasePlaceModel | None:
        """Return the model, or None before a project was shown."""
        model = self.model()
        return model if isinstance(model, CasePlaceModel) else None

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrows; Left is forward, as Arabic reads. Qt handles the other keys."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        model = self.places
        last = len(model.case.places) - 1 if model and model.case else -1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Left else -1, False)
        elif key == Qt.Key.Key_Down and row >= last:
            self.stepped.emit(1, False)
        elif key == Qt.Key.Key_Up and row <= 0:
            self.stepped.emit(-1, True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.mark(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)
