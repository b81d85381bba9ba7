"""The pictures in the manual, made again: python -m tests.ui.manual_pictures

The editor with the first sample article, and the guided tour, in both languages.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

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
        QCoreApplication.processEvents()
        path = FOLDER / language / f"{name}.png"
        assert window.grab().save(str(path))
        print(path)
    window.close()


if __name__ == "__main__":
    main()
