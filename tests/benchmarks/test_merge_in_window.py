"""A window in which somebody works while a copy with 150,000 edits is merged into its project.

pytest -m long -s tests/benchmarks/test_merge_in_window.py
ANNOTATOR_MERGED_EDITS=100000 pytest -m long -s tests/benchmarks/test_merge_in_window.py -k nothing_new
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import AnnotationValue, CellKind, Edit, EditKind, VerdictValue, Write
from annotator.resources import resource
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file.clock import wall_ms
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.jobs import Jobs
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.test_stalls import Watch
from tests.ui.conftest import PATIENCE, make_window

__all__ = ["make_window"]

EDITS = int(os.environ.get("ANNOTATOR_MERGED_EDITS", "150000"))
ARTICLES = EDITS // 100
OMAR = Annotator("1" * 32, "عمر")


def confirmations(project: Project, number: int) -> Iterator[Edit]:
    """Yield edits that each give an annotation, and the verdict on its suggestion."""
    ids = list(project.documents.ids())
    for n in range(number):
        at, document = n // len(ids), ids[n % len(ids)]
        key = project.log.new_id() if n == 0 else project._connection.clock.new()
        value: AnnotationValue = {"start": at, "end": at + 1, "label": "LOC", "origin": "lexicon/1"}
        verdict: VerdictValue = {"verdict": "accepted", "suggester": "lexicon", "version": "1", "score": 0.9}
        writes = (
            Write(document, CellKind.ANNOTATION, f"a{key}", None, value),
            Write(document, CellKind.VERDICT, f"{at}:{at + 1}:LOC", None, verdict),
        )
        yield Edit(key, OMAR.id, document, EditKind.CONFIRM, writes, time=wall_ms())


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Make a project, and a copy of it in which somebody else made many edits."""
    path, copy = tmp_path / "own.annot", tmp_path / "copy.annot"
    samples = [sample.read_text("utf-8") for sample in sorted(resource("samples").glob("*.txt"))]
    texts = [f"{samples[n % len(samples)]}\n{n}\n" for n in range(ARTICLES)]
    with Project.create(path, load_tagset("security")) as project:
        project.documents.add_many(Document(document_id(text), text, title=f"مقال {n}") for n, text in enumerate(texts))
    shutil.copyfile(path, copy)
    with Project.open(copy) as project:
        project.annotators.add(OMAR)
        project.log.union(confirmations(project, EDITS))
    return path, copy


def ms_of(act: Callable[[], object]) -> float:
    """Return how many ms a call takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def cpu_seconds_of(act: Callable[[], object]) -> float:
    """Return how much CPU time a call takes, in seconds."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def waits_of(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list to which the ms are added for which the window's thread waits until jobs have stopped."""
    waited: list[float] = []
    stop = Jobs.stop
    monkeypatch.setattr(Jobs, "stop", lambda jobs: waited.append(ms_of(lambda: stop(jobs))))
    return waited


def hide_times_of(monkeypatch: pytest.MonkeyPatch, window: MainWindow) -> list[float]:
    """Return the list to which the moment is added at which a window has been hidden."""
    moments: list[float] = []
    hide = window.hide

    def hide_and_note() -> None:
        hide()
        moments.append(time.perf_counter())

    monkeypatch.setattr(window, "hide", hide_and_note)
    return moments


@pytest.mark.long
def test_keys_stop_and_close_while_a_copy_is_merged(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    copies: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, copy = copies

    def tell(line: str) -> None:
        """Print a line at once."""
        with capsys.disabled():
            print(f"\n{line}; load of the machine {os.getloadavg()[0]:.1f}", end="", flush=True)

    def work(window: MainWindow) -> None:
        """Have suggestions in the article that is open, and nothing else in the background."""
        window.navigation.open_at(0)
        window.suggestions.stop()
        window.article.setFocus()

    window = make_window("ar", path)
    monkeypatch.setattr(window.suggestions, "complete", lambda: None)
    work(window)
    with Watch(window) as watch:
        qtbot.waitUntil(lambda: len(watch.keys) >= 40, timeout=PATIENCE)
    tell(watch.said("nothing in the background"))

    seen: list[tuple[int, int]] = []
    window.merge.progressed.connect(lambda done, total: seen.append((done, total)))
    begun = time.perf_counter()
    with Watch(window) as watch:
        window.merge.start([copy])
        qtbot.waitUntil(lambda: bool(seen) and seen[-1][1] > 0 and seen[-1][0] > EDITS // 5, timeout=PATIENCE)
    tell(watch.said("merging"))
    tell(f"{seen[-1][0]:,} of {seen[-1][1]:,} steps after {time.perf_counter() - begun:.1f} s")

    begun = time.perf_counter()
    in_thread = ms_of(window.merge.stop)
    with Watch(window) as watch, qtbot.waitSignal(window.merge.ended, timeout=PATIENCE):
        pass
    tell(f"Stop: {in_thread:.0f} ms in the window's thread, ended after {(time.perf_counter() - begun) * 1000:.0f} ms")

    for least in (0, EDITS // 3):
        again = make_window("ar", path) if least else window
        monkeypatch.setattr(again.suggestions, "complete", lambda: None)
        work(again)
        seen.clear()
        again.merge.progressed.connect(lambda done, total: seen.append((done, total)))
        again.merge.start([copy])
        if least:
            qtbot.waitUntil(lambda: bool(seen) and seen[-1][1] > 0 and seen[-1][0] > EDITS // 5, timeout=PATIENCE)
        else:
            qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE)
        with monkeypatch.context() as patched:
            waited, hidden = waits_of(patched), hide_times_of(patched, again)
            begun = time.perf_counter()
            whole = ms_of(again.close)
        tell(
            f"close at {seen[-1]}: hidden after {(hidden[0] - begun) * 1000:.0f} ms, closed after {whole:.0f} ms, "
            f"of these {max(waited):.0f} ms waiting for a job"
        )

    begun = time.perf_counter()
    merge_paths(path, [copy])
    tell(f"the rest in {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    assert merge_paths(path, [copy]).edits == 0
    tell(f"nothing new in {time.perf_counter() - begun:.1f} s")


@pytest.mark.long
def test_a_merge_with_nothing_new_takes_a_twentieth(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, copy = copies
    first = cpu_seconds_of(lambda: merge_paths(path, [copy]))
    again = cpu_seconds_of(lambda: merge_paths(path, [copy]))
    with capsys.disabled():
        print(f"\n{EDITS:,} edits merged in {first:.1f} s of CPU time, nothing new in {again:.2f} s")
    assert again * 20 <= first
