"""The models dialog: all suggesters with their switches; install, verify and remove models.

An installation needs its licence accepted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.suggest.model_folders import Precision
from annotator.suggest.models.catalogue import Model
from annotator.suggest.models.install import Installed
from annotator.ui.base import error_messages as errors
from annotator.ui.base.i18n import current_language, isolate, with_direction_mark
from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.plain_text import LinkLabel, PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.models.messages import (
    about_text,
    damage_text,
    facts_text,
    install_error_text,
    location_text,
    precision_text,
    progress_text,
    size_text,
    state_text,
    time_left,
    title_of,
)
from annotator.ui.models.model_jobs import ModelJobs
from annotator.ui.models.suggester_list import ProjectFacts, SuggesterList, list_suggesters
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_folder, ask_open, name_filter
from annotator.ui.widgets.form import push_button, resize_to_screen
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.prompts import confirm_prompt

_DETAILS = "font-size: 12px; margin-top: 4px; margin-bottom: 0"


_ROW, _ROWS = 38, 4


class ModelList(QTreeWidget):
    """One row for each model; one of them is always current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("models")
        self._models: list[Installed] = []
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_models(self, models: Sequence[Installed]) -> None:
        """Show models, at least one; the current one stays current."""
        same = [one.model.name for one in self._models] == [one.model.name for one in models]
        self._models = list(models)
        if not same:
            self.blockSignals(True)
            self.clear()
            for one in models:
                QTreeWidgetItem(self, [one.model.name])
            self.setCurrentIndex(self.model().index(0, 0))
            self.blockSignals(False)
        for row, one in enumerate(models):
            item = self.topLevelItem(row)
            if item is not None:
                for column, text in enumerate((title_of(one), size_text(one.model.size), state_text(one))):
                    item.setText(column, text)
        self.setFixedHeight(_ROW * min(_ROWS, len(models)) + 12)

    def chosen(self) -> Installed:
        """Return the current model."""
        return self._models[self.currentIndex().row()]


class ModelsDialog(Retranslated, Dialog):
    """Shows suggesters, their models and the job that runs; closing it stops nothing.

    suggestRequested asks for suggestions with the new model.
    """

    suggestRequested = Signal()

    def __init__(
        self,
        work: ModelJobs,
        can_suggest: Callable[[], bool],
        parent: QWidget | None = None,
        *,
        facts: Callable[[], ProjectFacts] = ProjectFacts,
    ) -> None:
        """Make the dialog for the jobs of a model folder.

        can_suggest returns True if a project is open, and facts what the project knows about its suggesters.
        """
        super().__init__(parent)
        self._work, self._can_suggest, self._facts = work, can_suggest, facts
        self._step, self._first, self._began = "", 0, 0.0
        self.suggesters = SuggesterList(self)
        self.about = PlainLabel(self)
        self.installer, self.installer_buttons = QWidget(self), QWidget(self)
        self.list = ModelList(self)
        self.facts, self.place, self.message = PlainLabel(self), PlainLabel(self), LinkLabel(self)
        self.licence = QPlainTextEdit(self)
        self.accepted_licence = QCheckBox(self)
        self.int8 = QCheckBox(self)
        self.precision = PlainLabel(self)
        self.progress = PlainLabel(self)
        self.bar = ProgressBar(self)
        self.stop = push_button(self, act=self._stop)
        self.install = push_button(self, act=lambda: self._install(None))
        self.from_file = push_button(self, act=self._from_file)
        self.from_folder = push_button(self, act=self._from_folder)
        self.check = push_button(self, act=lambda: self._work.verify(self._one().model))
        self.remove = push_button(self, act=self._remove)
        self.shut = push_button(self, act=self.close)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("Suggesters and models"))
        self.list.setAccessibleName(self.tr("Models"))
        self.licence.setAccessibleName(self.tr("Licence"))
        self.accepted_licence.setText(self.tr("I have read this licence and accept it"))
        self.int8.setText(self.tr("Faster: compute with 8 bits (int8), in a third to half of the time"))
        self.stop.setText(self.tr("Stop"))
        self.install.setText(self.tr("Install"))
        self.from_file.setText(self.tr("From a file…"))
        set_tooltip(self.from_file, self.tr("For computers without a network: a zip archive downloaded elsewhere"))
        self.from_folder.setText(self.tr("From a folder…"))
        set_tooltip(self.from_folder, self.tr("For computers without a network: a folder with the model's files"))
        self.check.setText(self.tr("Verify"))
        set_tooltip(self.check, self.tr("Read every file and compare it with what was installed"))
        self.remove.setText(self.tr("Remove"))
        self.shut.setText(self.tr("Close"))
        self.refresh()

    def refresh(self) -> None:
        """Read the model folder again, and show what it holds."""
        self.suggesters.show_suggesters(list_suggesters(self._work, self._facts()))
        self.list.show_models(self._work.found())
        self._show_suggester()
        self._show_one()

    def _one(self) -> Installed:
        return self.list.chosen()

    def _show_another_suggester(self) -> None:
        self.message.hide()
        self._show_suggester()

    def _show_suggester(self) -> None:
        one = self.suggesters.chosen()
        self.about.setText(about_text(one.name))
        self.installer.setVisible(one.model is not None)
        self.installer_buttons.setVisible(one.model is not None)

    def _switch(self, name: str, is_on: bool) -> None:
        try:
            self._work.switch(name, is_on)
        except UserError as error:
            self._show_error(error)
            return
        said = self.tr("{0} is switched on.") if is_on else self.tr("{0} is switched off.")
        self._offer_suggestions(said.format(isolate(escape(name))), self.tr("Generate suggestions again now"))

    def _offer_suggestions(self, said: str, offer: str) -> None:
        link = with_key(offer, key_hint(self, "suggesting.start"))
        self._end(f'{said} <a href="#">{link}</a>' if self._can_suggest() else said)

    def _connect(self) -> None:
        self.suggesters.currentItemChanged.connect(self._show_another_suggester)
        self.suggesters.switched.connect(self._switch)
        self.list.currentItemChanged.connect(self._show_another)
        self.accepted_licence.toggled.connect(self._allow)
        self.int8.clicked.connect(self._set_precision)
        self.message.linkActivated.connect(self.suggestRequested)
        work = self._work
        work.began.connect(self._begin)
        work.stepped.connect(self._show_step)
        work.installed.connect(self._show_installed)
        work.verified.connect(self._show_verified)
        work.removed.connect(lambda model: self._end(self.tr("{0} was removed.").format(_name(model))))
        work.failed.connect(self._show_error)
        work.stopped.connect(lambda: self._end(self.tr("Stopped. Nothing was changed.")))

    def _show_another(self) -> None:
        self.accepted_licence.setChecked(False)
        self.message.hide()
        self._show_one()

    def _show_one(self) -> None:
        one = self._one()
        about = one.model.descriptions[current_language()]
        self.facts.setText(with_direction_mark(f"{about}\n{facts_text(one)}"))
        self.place.setText(with_direction_mark(location_text(one)))
        text = one.model.licence_text()
        if self.licence.toPlainText() != text:
            self.licence.setPlainText(text)
        self.precision.setText(with_direction_mark(precision_text(one)))
        if one.local:
            self.install.setText(self.tr("Convert"))
        else:
            goes_on = bool(one.fetched) and not one.installed
            self.install.setText(self.tr("Resume download") if goes_on else self.tr("Install"))
        self._allow()

    def _allow(self) -> None:
        one, busy = self._one(), self._work.busy
        whole = one.installed and not one.problem
        for widget in (self.accepted_licence, self.install, self.from_file, self.from_folder):
            widget.setVisible(not whole)
            widget.setEnabled(not busy and (widget is self.accepted_licence or self.accepted_licence.isChecked()))
        self.int8.setVisible(whole)
        self.precision.setVisible(whole)
        self.int8.setEnabled(not busy and one.found is not None and Precision.INT8 in one.found.precisions)
        self.int8.setChecked(one.found is not None and one.found.precision is Precision.INT8)
        self.check.setVisible(one.installed)
        self.remove.setVisible(one.installed or one.fetched > 0)
        for button in (self.check, self.remove):
            button.setEnabled(not busy)
        self.list.setEnabled(not busy)
        for part in (self.progress, self.bar, self.stop):
            part.setVisible(busy)

    def _begin(self) -> None:
        self.message.hide()
        self.progress.setText("")
        self.bar.show_progress(0, 0)
        self._step = ""
        self.stop.setEnabled(True)
        self._allow()
        self.stop.setFocus()

    def _show_step(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self._step:
            self._step, self._first, self._began = step, done, now
        left = time_left(self._first, done, total, now - self._began)
        self.progress.setText(with_direction_mark(progress_text(step, done, total, left)))
        self.bar.show_progress(done // 1024, total // 1024)

    def _set_precision(self, is_int8: bool) -> None:
        try:
            self._work.set_precision(self._one().model, Precision.INT8 if is_int8 else Precision.FP32)
        except UserError as error:
            self._show_error(error)
        self.refresh()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._work.stop()

    def _install(self, source: Path | None) -> None:
        self._work.install(self._one().model, source)

    def _from_file(self) -> None:
        kinds = ";;".join((name_filter(self.tr("Archives"), "*.zip"), name_filter(self.tr("All files"), "*")))
        path = ask_open(self, self.tr("The model's archive"), Path.home(), kinds)
        if path is not None:
            self._install(path)

    def _from_folder(self) -> None:
        folder = ask_folder(self, self.tr("The model's folder"), Path.home())
        if folder is not None:
            self._install(folder)

    def _remove(self) -> None:
        one = self._one()
        question = self.tr("Remove {0}? To use it again, you must download {1} again.")
        said = question.format(isolate(title_of(one)), size_text(one.model.size))
        if confirm_prompt(self, self.windowTitle(), said, self.tr("Remove")):
            self._work.remove(one.model)

    def _show_installed(self, model: Model) -> None:
        said = self.tr("{0} is installed and verified.").format(_name(model))
        self._offer_suggestions(said, self.tr("Generate suggestions with it now"))

    def _show_verified(self, model: Model, problems: list[str]) -> None:
        if problems:
            self._end(escape(damage_text(model, problems)))
        else:
            self._end(self.tr("{0} is OK. All files match.").format(_name(model)))

    def _show_error(self, error: UserError) -> None:
        self._end(f'{escape(install_error_text(error))}<p style="{_DETAILS}">{escape(errors.error_text(error))}</p>')

    def _end(self, text: str) -> None:
        self.message.setText(with_direction_mark(text))
        self.message.show()
        self.refresh()
        if not self.focusWidget() or not self.focusWidget().isVisible():
            self.shut.setFocus()

    def _lay_out(self) -> None:
        for label in (self.about, self.facts, self.place, self.precision, self.message):
            label.setWordWrap(True)
        for label in (self.place, self.precision):
            label.setObjectName("quiet")
        self.progress.setObjectName("quiet")
        self.message.setObjectName("notice")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.message.hide()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setObjectName("licence")
        # Licences are in English in every language of the interface.
        self.licence.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.stop.setObjectName("link")
        self.install.setObjectName("primary")
        working = QHBoxLayout()
        working.setSpacing(8)
        working.addWidget(self.progress)
        working.addWidget(self.bar, 1)
        working.addWidget(self.stop)
        model_buttons = QHBoxLayout(self.installer_buttons)
        model_buttons.setContentsMargins(0, 0, 0, 0)
        model_buttons.setSpacing(8)
        for button in (self.install, self.from_file, self.from_folder, self.check, self.remove):
            model_buttons.addWidget(button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.installer_buttons)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        installer = QVBoxLayout(self.installer)
        installer.setContentsMargins(0, 0, 0, 0)
        installer.setSpacing(12)
        for widget in (self.list, self.facts, self.place, self.int8, self.precision):
            installer.addWidget(widget)
        installer.addWidget(self.licence, 1)
        installer.addWidget(self.accepted_licence)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.suggesters)
        column.addWidget(self.about)
        column.addWidget(self.installer, 1)
        column.addStretch(0)
        column.addWidget(self.message)
        column.addLayout(working)
        column.addLayout(buttons)
        resize_to_screen(self, 680, 800)


def _name(model: Model) -> str:
    """Return the title of a model in the current language, isolated and escaped for rich text."""
    return isolate(escape(model.titles[current_language()]))
