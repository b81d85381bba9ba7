"""Models… in the Project menu: one dialog that stands beside the work, and what it is doing goes on when it is shut."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.suggest.models.catalogue import Model
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import current_language, isolate
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.models.dialog import ModelsDialog
from annotator.ui.models.messages import install_error_text
from annotator.ui.models.model_jobs import ModelJobs


class ModelController(QObject):
    """Opens the dialog of models; message carries a sentence when an installation ends while it is shut."""

    message = Signal(str)
    suggestAsked = Signal()  # noqa: N815

    def __init__(self, window: QWidget, current: CurrentProject) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._current = current
        self.work = ModelJobs(None, self)
        self.dialog: ModelsDialog | None = None
        self.work.installed.connect(self._tell_installed)
        self.work.failed.connect(lambda fault: self._tell(install_error_text(fault)))

    def open(self) -> None:
        """Show the dialog, or bring it to the front with what has changed meanwhile."""
        if self.dialog is None:
            self.dialog = ModelsDialog(self.work, lambda: self._current.project is not None, self._window)
            self.dialog.suggestAsked.connect(self.suggestAsked)
        self.dialog.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """End what is being done; what was fetched is kept."""
        self.work.close()

    def _tell_installed(self, model: Model) -> None:
        """Say that a model is there and how it comes into use."""
        key = isolate_key(key_hint(self, "suggesting.start"))
        said = self.tr("{0} is installed; {1} computes suggestions with it.") if key else self.tr("{0} is installed.")
        self._tell(said.format(isolate(model.titles[current_language()]), key))

    def _tell(self, text: str) -> None:
        """Say something in the window when the dialog does not."""
        if self.dialog is None or not self.dialog.isVisible():
            self.message.emit(text)
