"""Base of the dialogs that start a long task: options, then progress with Stop, then the result."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from annotator.errors import UserError
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import dialog_layout, hint_label, push_button, resize_to_screen
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.result_page import ResultPage

T = TypeVar("T")
SCAN = "scan"


class LongTaskDialog(Dialog):
    """A page of options above a footer with hint, progress bar, Stop, the start button and Cancel.

    startRequested carries what request() returns. While the task runs, Cancel reads "Continue in background" and
    closes the dialog only. stopRequested asks for a stop; show_result() then shows what became of the task.
    """

    startRequested = Signal(object)
    stopRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the parts; a subclass makes its options and calls lay_out() before it uses the buttons."""
        super().__init__(parent)
        self.is_running = False
        self._jobs = Jobs(self)
        self._options: QWidget = self
        self._extra_buttons: tuple[QPushButton, ...] = ()
        self.pages, self.result_page = QStackedWidget(self), ResultPage(self)
        self.hint, self.progress_bar = hint_label("", self), ProgressBar(self)
        self._jobs.progressed.connect(lambda _name, done, total: self.show_progress(done, total))
        self._jobs.failed.connect(self._show_error)

    @abstractmethod
    def request(self) -> object:
        """Return what the options ask for; raise UserError if they are not valid."""

    @abstractmethod
    def can_start(self) -> bool:
        """Return True if the options are complete."""

    @abstractmethod
    def hint_text(self) -> str:
        """Return what the footer says before the task runs."""

    @abstractmethod
    def running_text(self) -> str:
        """Return what the footer says while the task runs."""

    def before_start(self) -> None:
        """Prepare for the start, for example store the options for the next time."""

    def scanning_text(self) -> str:
        """Return what the footer says while scan() runs."""
        return ""

    def focus_target(self) -> QWidget:
        """Return the part that gets the focus when Stop is hidden."""
        return self._options

    def lay_out(self, options: QWidget, start: str, size: QSize, *extra_buttons: QPushButton) -> None:
        """Put the page of options above the footer; start is the text of the start button, extra ones come first.

        The buttons are made here, because Tab and the first focus follow the order in which widgets are made.
        """
        self._options, self._extra_buttons = options, extra_buttons
        self.stop_button = push_button(self, self.tr("Stop"), self._stop)
        self.start_button = push_button(self, start, self._start)
        self.close_button = push_button(self, self.tr("Cancel"), self.reject)
        self.stop_button.setObjectName("link")
        self.start_button.setObjectName("primary")
        self.start_button.setDefault(True)
        footer = QHBoxLayout()
        footer.setSpacing(8)
        for button in extra_buttons:
            footer.addWidget(button)
        footer.addWidget(self.hint, 2)
        footer.addWidget(self.progress_bar, 1)
        # When hint and bar are hidden, this takes their room; otherwise a button would grow.
        footer.addStretch(0)
        for button in (self.stop_button, self.start_button, self.close_button):
            footer.addWidget(button)
        self.pages.addWidget(options)
        self.pages.addWidget(self.result_page)
        column = dialog_layout(self)
        column.addWidget(self.pages, 1)
        column.addLayout(footer)
        resize_to_screen(self, size.width(), size.height())

    def scan(self, work: Callable[[Job], T], show: Callable[[T], None]) -> None:
        """Run work in the background before the task starts, for example to preview files; then show(result)."""

        def end(result: T) -> None:
            show(result)
            self.update_state()

        self._jobs.run(SCAN, work, end)
        self.update_state()

    @property
    def is_scanning(self) -> bool:
        """Return True while scan() runs."""
        return self._jobs.running(SCAN)

    def update_state(self) -> None:
        """Show what is running, and enable what is possible now."""
        busy = self.is_scanning or self.is_running
        if self.stop_button.hasFocus() and not busy:
            # Qt would pass the focus of a hidden button to the next one, and an Enter meant for Stop would press that.
            self.focus_target().setFocus()
        for widget in (self.progress_bar, self.stop_button):
            widget.setVisible(busy)
        for button in self._extra_buttons:
            button.setEnabled(not busy)
        self.start_button.setEnabled(not busy and self.can_start())
        if self.is_running:
            self.hint.setText(self.running_text())
        else:
            self.hint.setText(self.scanning_text() if self.is_scanning else self.hint_text())

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; a total of 0 shows an empty bar."""
        self.progress_bar.show_progress(done, total)

    def show_result(self, sentences: Sequence[str], details: Sequence[str] = ()) -> None:
        """Show the page of the result; Enter and Space then close the dialog."""
        self.is_running = False
        self.result_page.show_end(sentences, details)
        self.pages.setCurrentWidget(self.result_page)
        for widget in (*self._extra_buttons, self.hint, self.progress_bar, self.stop_button, self.start_button):
            widget.hide()
        self.close_button.setText(self.tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def done(self, result: int) -> None:
        """Stop scanning; a running task continues in the background."""
        self._jobs.stop()
        super().done(result)

    def _start(self) -> None:
        try:
            request = self.request()
        except UserError as error:
            self.hint.setText(error_text(error))
            return
        self.before_start()
        self.is_running = True
        self._options.setEnabled(False)
        self.close_button.setText(self.tr("Continue in background"))
        self.show_progress(0, 0)
        self.update_state()
        self.startRequested.emit(request)

    def _stop(self) -> None:
        if self.is_running:
            self.hint.setText(self.tr("Stopping…"))
            # Before Stop is disabled: Qt would choose where its focus goes.
            self.close_button.setFocus()
            self.stop_button.setEnabled(False)
            self.stopRequested.emit()
        else:
            self._jobs.cancel(SCAN)
            self.update_state()

    def _show_error(self, _name: str, error: Exception) -> None:
        """Show a UserError of scan(); raise any other, so that it is reported as a bug."""
        self.update_state()
        if not isinstance(error, UserError):
            raise error
        self.hint.setText(error_text(error))
