"""A window in which somebody works while it receives 20,000 decisions from a PostgreSQL server.

pytest -m long -s tests/benchmarks/test_server_in_window.py
ANNOTATOR_SENT_EDITS=100000 pytest -m long -s tests/benchmarks/test_server_in_window.py
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, document_id
from annotator.resources import resource
from annotator.services.team.sync import open_carrier, sync
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.test_merge_in_window import OMAR, confirmations
from tests.benchmarks.test_stalls import Watch
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_window

if TYPE_CHECKING:
    from tests.postgres import Server

__all__ = ["make_window"]

EDITS = int(os.environ.get("ANNOTATOR_SENT_EDITS", "20000"))


@pytest.mark.long
def test_keys_while_decisions_come_from_a_server(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    postgres: Server,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, copy = tmp_path / "own.annot", tmp_path / "copy.annot"
    samples = [sample.read_text("utf-8") for sample in sorted(resource("samples").glob("*.txt"))]
    texts = [f"{samples[n % len(samples)]}\n{n}\n" for n in range(EDITS // 100)]
    with Project.create(path, load_tagset("security")) as project:
        project.annotators.add(ANNOTATOR)
        project.documents.add_many(Document(document_id(text), text, title=f"مقال {n}") for n, text in enumerate(texts))
    shutil.copyfile(path, copy)
    postgres.make_team("stalls", laila="lead", omar="annotator")
    address = postgres.url("laila", "stalls")
    with Project.open(path) as project:
        sync(project, open_carrier(address), annotator=ANNOTATOR)
    with Project.open(copy) as project:
        project.annotators.add(OMAR)
        project.log.union(confirmations(project, EDITS))
        sync(project, open_carrier(postgres.url("omar", "stalls")), annotator=OMAR)
    window = make_window("ar", path)
    monkeypatch.setattr(window.suggestions, "complete", lambda: None)
    window.navigation.open_at(0)
    window.suggestions.stop()
    window.article.setFocus()
    with Watch(window) as watch:
        qtbot.waitUntil(lambda: len(watch.keys) >= 40, timeout=PATIENCE)
    idle = watch.said("nothing in the background")
    begun = time.perf_counter()
    with Watch(window) as watch, qtbot.waitSignal(window.sync.ended, timeout=10 * PATIENCE):
        window.sync.start()
    with capsys.disabled():
        print(f"\n{idle}\n{watch.said('synchronising')}")
        print(f"{EDITS:,} edits received in {time.perf_counter() - begun:.1f} s; load {os.getloadavg()[0]:.1f}")
    with Project.open(path) as project:
        assert sum(edit.annotator == OMAR.id for edit in project.log.edits()) == EDITS
