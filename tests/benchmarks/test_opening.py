"""How long it takes until an article, or a project of 100,000, is on the screen; and what it costs in memory."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.conftest import Measure
from tests.benchmarks.sizes import SIZES, Frames, Size, make_large_project, make_sized_project, settle
from tests.conftest import ROOT
from tests.ui.conftest import make_window

__all__ = ["make_window"]

MakeWindow = Callable[..., MainWindow]
DOCUMENTS = 100_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a project of 100,000 articles with suggestions."""
    folder = tmp_path_factory.mktemp("large")
    yield make_large_project(folder / "large.annot", DOCUMENTS)
    shutil.rmtree(folder)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_open_a_document(measure: Measure, make_window: MakeWindow, tmp_path: Path, size: Size) -> None:
    window = make_window("ar", make_sized_project(tmp_path / "two.annot", size, size))
    assert window.current.project
    settle(window)
    gc.freeze()
    article, documents = window.article.viewport(), cycle(reversed(list(window.current.project.documents.ids())))
    frames = Frames(article)

    def open_next() -> None:
        """Open the other document, and wait for the article's frame."""
        painted = frames.of(article)
        window.current.open_document(next(documents))
        frames.wait(article, painted)

    measure(open_next, 10, target=50)
    assert window.current.session and len(window.current.session.items) == size.spans


def test_open_a_project(measure: Measure, make_window: MakeWindow, large: Path) -> None:
    window = make_window("ar")
    frames = Frames(article := window.article.viewport())

    def open_it() -> None:
        """Open the project, and wait for the article's frame."""
        painted = frames.of(article)
        assert window.open_project(large)
        frames.wait(article, painted)

    measure(open_it, 5, target=1000)
    assert window.workspace.documents.model.rowCount() == DOCUMENTS


def test_next_document_of_many(measure: Measure, make_window: MakeWindow, large: Path) -> None:
    window = make_window("ar", large)
    assert window.navigation.open_at(DOCUMENTS // 2)
    settle(window)
    frames = Frames(article := window.article.viewport())

    def go_on() -> None:
        """Open the next article, and wait for its frame."""
        painted = frames.of(article)
        window.navigation.next()
        frames.wait(article, painted)

    measure(go_on, 20, target=50)


MEMORY = """
import os, sys
from pathlib import Path
import psutil
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog
from annotator.ui.window.main_window import MainWindow
from annotator.ui.base.settings import Settings
from tests.ui.conftest import ANNOTATOR
QDialog.exec = None  # A question fails: nobody answers it.
app = QApplication([])
window = MainWindow(app, ANNOTATOR, Settings(Path(sys.argv[1]).with_suffix(".ini")))
window.show()
QCoreApplication.processEvents()
before = psutil.Process().memory_info().rss
assert window.open_project(Path(sys.argv[1]))
for _ in range(20):
    QCoreApplication.processEvents()
    window.decisions.confirm()
print((psutil.Process().memory_info().rss - before) / 1e6)
os._exit(0)
"""


def test_memory_of_a_document(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Tell by how much a process grows that opens an article and decides on twenty suggestions, for each size."""
    grown = {}
    for size in SIZES:
        path = make_sized_project(tmp_path / f"{size}.annot", size)
        grown[str(size)] = memory_of(path)
    benchmark.extra_info["memory"] = grown
    benchmark.pedantic(lambda: None, rounds=1)  # type: ignore[no-untyped-call]


def test_memory_of_a_large_project(benchmark: BenchmarkFixture, large: Path) -> None:
    benchmark.extra_info["memory"] = {f"{DOCUMENTS}-documents": memory_of(large)}
    benchmark.pedantic(lambda: None, rounds=1)  # type: ignore[no-untyped-call]


def memory_of(path: Path) -> float:
    """Return by how many MB the resident memory of a process grows when its window works on a project."""
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(ran.stdout)
