"""The pictures in the manual, made again: python -m tests.ui.manual_pictures

The editor with the first sample article, and the guided tour, in both languages.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from annotator import app as program
from annotator.domain.model.annotation import Annotator
from annotator.services.demo import prepare_demo
from annotator.ui.base.settings import Settings
from annotator.ui.window.main_window import MainWindow
from tests.conftest import ROOT

FOLDER = ROOT / "resources" / "manual"
SIZE = (1080, 660)


def main() -> None:
    """Write the pictures of both languages."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = str(folder)
        prepare_demo(folder / "news.annot")
        app = program._application()
        for language in ("ar", "en"):
            _take(app, folder, language)


def _take(app: QApplication, folder: Path, language: str) -> None:
    window = MainWindow(app, Annotator("0" * 32, "سلمى"), Settings(folder / f"{language}.ini"))
    window.appearance.use_language(language)
    window.appearance.light()
    window.resize(*SIZE)
    window.show()
    window.open_project(folder / "news.annot")
    window.suggestions.stop()
    for name, prepare in (("editor", window.decisions.confirm), ("tour", window.tour.start)):
        prepare()
        path = FOLDER / language / f"{name}.png"
        assert _settled(window).save(str(path))
        print(path)
    window.close()


def _settled(window: QWidget) -> QImage:
    """Return a picture of a window that the next events do not change."""
    before, now = QImage(), window.grab().toImage()
    while now != before:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # Only exec() does so by itself.
        before, now = now, window.grab().toImage()
    return now


if __name__ == "__main__":
    main()
