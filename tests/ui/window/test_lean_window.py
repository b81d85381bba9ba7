"""What the window's process never loads, seen in a process of its own: other tests of this one may load it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.ui.conftest import make_project

_SUGGEST = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog
from annotator.domain.model.annotation import Annotator
from annotator.ui.window.main_window import MainWindow
from annotator.ui.base.settings import Settings

QDialog.exec = None  # A question fails: nobody answers it.
settings = Path(sys.argv[2])
window = MainWindow(QApplication([]), Annotator("0" * 32, "Salma"), Settings(settings / "window.ini"), settings)
window.show()
opened = window.open_project(Path(sys.argv[1]))
loop = QEventLoop()
window.suggestions.finished.connect(loop.quit)
window.suggestions.start()
loop.exec()
heavy = [name for name in ("onnx", "onnxruntime", "tokenizers", "pandas", "matplotlib", "spacy") if name in sys.modules]
window.close()
print(json.dumps({"opened": opened, "heavy": heavy}))
"""


def test_the_window_suggests_without_neural_libraries_in_its_process(tmp_path: Path) -> None:
    path = make_project(tmp_path / "lean.annot")
    command = [sys.executable, "-c", _SUGGEST, str(path), str(tmp_path / "settings")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"opened": True, "heavy": []}
