"""Background work: told in the window's thread, cancelled, superseded, and still when the window closes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.ui.base.jobs import Job, Jobs
from tests.ui.conftest import PATIENCE


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """Return a runner of jobs that is stopped in the end."""
    runner = Jobs()
    yield runner
    runner.stop()


def test_work_is_done_elsewhere_and_told_here(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[tuple[int, int]] = []
    where: list[int] = []

    def work(job: Job) -> int:
        job.report_progress(1, 2)
        return threading.get_ident()

    def done(worker: int) -> None:
        where.extend((worker, threading.get_ident()))

    jobs.progressed.connect(lambda name, at, of: told.append((at, of)))
    with qtbot.waitSignals([jobs.busy, jobs.busy]):
        number = jobs.run("count", work, done)
    assert number == 1
    assert where[0] != where[1] == threading.get_ident()
    assert told == [(1, 2)]
    assert not jobs.running("count")


def test_a_new_job_of_a_name_makes_the_earlier_one_stale(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    results: list[str] = []

    def slow(job: Job) -> str:
        gate.wait()
        return "old"

    jobs.run("search", slow, results.append)
    number = jobs.run("search", lambda job: "new", results.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(results))
    assert (number, results) == (2, ["new"])


def test_a_cancelled_job_stops_and_its_answer_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    begun, gate = threading.Event(), threading.Event()
    results: list[str] = []
    steps: list[int] = []

    def work(job: Job) -> str:
        begun.set()
        gate.wait()
        job.report_progress(1, 1)
        steps.append(1)
        return "late"

    jobs.run("export", work, results.append)
    begun.wait()
    jobs.cancel("export")
    gate.set()
    jobs.stop()
    qtbot.wait(0)
    assert (results, steps) == ([], [])


@pytest.mark.parametrize("late", [True, False])
def test_of_a_halted_job_one_hears_how_it_ended(qtbot: QtBot, jobs: Jobs, late: bool) -> None:
    begun, gate = threading.Event(), threading.Event()
    heard: list[str] = []

    def work(job: Job) -> str:
        begun.set()
        gate.wait()
        if not late:
            job.report_progress(1, 1)
        return "done"

    jobs.stopped.connect(heard.append)
    jobs.run("export", work, heard.append)
    begun.wait()
    jobs.request_stop("export")
    assert jobs.running("export")
    gate.set()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
    assert heard == ["done" if late else "export"]
    assert not jobs.running("export")


def test_what_has_not_begun_is_halted_at_once(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    heard: list[str] = []
    jobs.stopped.connect(heard.append)
    jobs.run("import", lambda job: gate.wait(), lambda nothing: heard.append("came in"))
    jobs.run("export", lambda job: heard.append("wrote"), lambda nothing: heard.append("written"))
    jobs.request_stop("export")
    assert heard == ["export"] and not jobs.running("export")
    gate.set()
    jobs.stop()
    qtbot.wait(0)
    assert heard == ["export"]


def test_a_failure_is_told_in_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    def work(job: Job) -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(jobs.failed) as signal:
        jobs.run("import", work, lambda nothing: None)
    assert signal.args is not None and signal.args[0] == "import" and str(signal.args[1]) == "broken"


def test_what_must_be_let_go_is_let_go_behind_the_jobs(jobs: Jobs) -> None:
    order: list[str] = []
    jobs.run("first", lambda job: order.append("work"), lambda nothing: None)
    jobs.enqueue(lambda: order.append("closed"))
    jobs.stop()
    assert order[-1] == "closed"


def test_whoever_runs_jobs_hears_of_their_failures() -> None:
    ui = Path(annotator.ui.__file__).parent
    sources = {path.relative_to(ui).as_posix(): path.read_text("utf-8") for path in ui.rglob("*.py")}
    runners = {
        name
        for name, source in sources.items()
        if name != "base/jobs.py" and re.search(r"= Jobs\(|Jobs\(self\)", source)
    }
    deaf = {name for name in runners if not re.search(r"(_jobs|jobs|_training)\.failed\.connect\(", sources[name])}
    assert len(runners) >= 9 and not deaf, "a fault would leave them waiting for ever"
