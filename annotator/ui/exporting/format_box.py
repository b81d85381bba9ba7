"""The format of an export and its options."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QRadioButton, QVBoxLayout, QWidget

from annotator.formats.base.writer import NESTED, SCHEMES, WriteOptions, Writer
from annotator.formats.registry import writers
from annotator.ui.base.settings import Settings
from annotator.ui.widgets.form import add_fields, form_layout, hint_label
from annotator.ui.widgets.format_text import format_holds, format_name

_CONLL = "conll"
_WHOLE = ("json", "jsonl")
"""Formats that hold debris in any case."""
_KEPT = "export/"


class FormatBox(QWidget):
    """Asks for the format; changed is emitted with every choice. more holds the options, laid out by the dialog."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Offer the installed formats, with the choices of the last export."""
        super().__init__(parent)
        self._settings = settings
        self._writers = writers()
        self.format = QComboBox(self)
        for name in self._writers:
            self.format.addItem(format_name(name), name)
        self.holds = hint_label("", self)
        self.scheme, self.nested = QComboBox(self), QComboBox(self)
        self.word = QRadioButton(self.tr("Tag the whole word: وديالى"), self)
        self.split = QRadioButton(self.tr("Split the clitic into its own token: و + ديالى"), self)
        self.docstart = QCheckBox(self.tr("Start articles with -DOCSTART-, without comments"), self)
        self.debris = QCheckBox(self.tr("Include page debris"), self)
        self.strict = QCheckBox(self.tr("Strict: cancel if anything would be lost or changed"), self)
        self.more = QWidget(self)
        self._form: QFormLayout = form_layout()
        self._options: QFormLayout = form_layout(self.more)
        self._lay_out()
        self._bring_back()
        self.format.currentIndexChanged.connect(self._follow)
        for box in (self.scheme, self.nested):
            box.currentIndexChanged.connect(self.changed)
        for button in (self.word, self.docstart, self.debris, self.strict):
            button.toggled.connect(self.changed)
        self._follow()

    def name(self) -> str:
        """Return the name of the chosen writer."""
        return str(self.format.currentData())

    def writer(self) -> Writer:
        """Return the chosen writer."""
        return self._writers[self.name()]

    def choose(self, name: str) -> None:
        """Choose a format."""
        self.format.setCurrentIndex(max(0, self.format.findData(name)))

    def add_field(self, name: str, field: QWidget) -> None:
        """Add a field of another part below the format."""
        add_fields(self._form, (name, field))

    def has_options(self) -> bool:
        """Return True if an option that applies to the format differs from its default."""
        return self.strict.isChecked() or self.options() != WriteOptions()

    def options(self) -> WriteOptions:
        """Return the options that apply to the format."""
        chosen: dict[str, Any] = {}
        if self.name() == _CONLL:
            chosen |= {"scheme": str(self.scheme.currentData()), "nested": str(self.nested.currentData())}
            chosen |= {"clitics": "split" if self.split.isChecked() else "word", "docstart": self.docstart.isChecked()}
        if self.name() not in _WHOLE:
            chosen["include_debris"] = self.debris.isChecked()
        return WriteOptions(**chosen)

    def keep(self) -> None:
        """Store the choices for the next export."""
        self._settings.set(f"{_KEPT}format", self.name())
        kept = {"scheme": self.scheme.currentData(), "nested": self.nested.currentData()}
        kept |= {
            name: "yes" if button.isChecked() else "no"
            for name, button in (
                ("split", self.split),
                ("docstart", self.docstart),
                ("debris", self.debris),
                ("strict", self.strict),
            )
        }
        for name, value in kept.items():
            self._settings.set(f"{_KEPT}{name}", str(value))

    def _bring_back(self) -> None:
        self.choose(self._settings.text(f"{_KEPT}format", _CONLL))
        for box, name in ((self.scheme, "scheme"), (self.nested, "nested")):
            box.setCurrentIndex(max(0, box.findData(self._settings.text(f"{_KEPT}{name}"))))
        for button, name in ((self.docstart, "docstart"), (self.debris, "debris"), (self.strict, "strict")):
            button.setChecked(self._settings.text(f"{_KEPT}{name}") == "yes")
        (self.split if self._settings.text(f"{_KEPT}split") == "yes" else self.word).setChecked(True)

    def _follow(self) -> None:
        name = self.name()
        self.holds.setText(format_holds(name))
        for widget in (self.scheme, self.nested, self._clitics, self.docstart):
            self._options.setRowVisible(widget, name == _CONLL)
        self._options.setRowVisible(self.debris, name not in _WHOLE)
        self.changed.emit()

    def _lay_out(self) -> None:
        for scheme in SCHEMES:
            self.scheme.addItem(scheme, scheme)
        ways = {
            "outer": self.tr("Outer only"),
            "inner": self.tr("Inner only"),
            "columns": self.tr("One column per level"),
        }
        for way in NESTED:
            self.nested.addItem(ways.get(way, way), way)
        self._clitics = QWidget(self)
        clitics = QVBoxLayout(self._clitics)
        clitics.setContentsMargins(0, 4, 0, 0)
        clitics.setSpacing(8)
        clitics.addWidget(self.word)
        clitics.addWidget(self.split)
        add_fields(
            self._options,
            (self.tr("Tags"), self.scheme),
            (self.tr("Nested spans"), self.nested),
            (self.tr("Clitics"), self._clitics),
            ("", self.docstart),
            ("", self.debris),
            ("", self.strict),
        )
        self._options.setContentsMargins(0, 0, 0, 0)
        add_fields(self._form, (self.tr("Format"), self.format), ("", self.holds))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
