"""Suggesters in several processes and on a cluster: the same answers, one writer, and dead workers made up for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.errors import SuggesterError
from annotator.services.suggesting import suggest_project as suggest_module
from annotator.services.suggesting.batches import Batch, LoadedSuggesters, SuggesterSpec
from annotator.services.suggesting.suggest_project import ComputeOptions, suggest_project
from annotator.services.suggesting.worker_pool import ProcessPool, recommended_processes
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext

NAMES = ("lexicon", "memory")
PLUGIN = """
import os, signal
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import SuggesterError

class Frail:
    name, version = "frail", "1"

    def suggest_many(self, documents):
        for document in documents:
            if "قاتل" in document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "قف" in document.text and os.path.exists(os.environ.get("GATE", "")):
                open(os.environ["GATE"], "wb").close()
            if "خطأ" in document.text:
                raise SuggesterError("It is tired.")
            yield document.id, (Suggestion(Span(0, 4), "LOC", 0.5, self.name, self.version),)

    def close(self):
        pass

def create(context):
    return Frail()
"""


@pytest.fixture
def frail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a suggester that some texts kill, where worker processes find it too."""
    folder = tmp_path / "plugin"
    info = folder / "frail-1.dist-info"
    info.mkdir(parents=True)
    (folder / "frail.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: frail\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[annotator.suggesters]\nfrail = frail:create\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(suggest_module, "BATCH", 3)
    return "frail"


def make(path: Path, texts: list[str]) -> Project:
    project = Project.create(path, load_tagset("security"))
    project.documents.add_many(Document(document_id(text), text, title=text[:12]) for text in texts)
    return project


@pytest.fixture
def texts() -> list[str]:
    cities = ("بغداد", "كركوك", "الموصل", "ديالى", "الأنبار")
    return [f"انفجار في مدينة {cities[n % 5]} رقم {n}، قالت وكالة رويترز." for n in range(80)]


def suggestions(project: Project) -> dict[str, object]:
    return {i: project.suggestions.of(i) for i in project.documents.ids()}


def numbers(project: Project) -> list[tuple[object, ...]]:
    query = "select document, entities, uncertainty, new_names, fingerprint from document_numbers order by 1"
    return [*project._connection.db.execute(query), *sorted(project.metrics.scores().items())]


def test_two_processes_suggest_what_one_does(tmp_path: Path, texts: list[str]) -> None:
    with make(tmp_path / "one.annot", texts) as one, make(tmp_path / "two.annot", texts) as two:
        alone = suggest_project(one, NAMES)
        steps: list[tuple[int, int]] = []
        together = suggest_project(
            two, NAMES, compute=ComputeOptions(processes=2), progress=lambda *step: steps.append(step)
        )
        assert together == alone
        assert alone.suggestions >= 80
        assert suggestions(two) == suggestions(one)
        assert numbers(two) == numbers(one)
        assert steps[0] == (0, 160)
        assert steps[-1] == (160, 160)
        assert suggest_project(two, NAMES, compute=ComputeOptions(processes=2)).skipped == 160


def test_a_stop_keeps_what_is_in_and_the_next_run_goes_on(tmp_path: Path, texts: list[str]) -> None:
    def stop_halfway(done: int, total: int) -> None:
        if done >= total / 2:
            raise KeyboardInterrupt

    with make(tmp_path / "p.annot", texts) as project, make(tmp_path / "q.annot", texts) as whole:
        with pytest.raises(KeyboardInterrupt):
            suggest_project(project, NAMES, compute=ComputeOptions(processes=2), progress=stop_halfway)
        done = sum(bool(v) for v in project.suggestions.versions_of_many(list(project.documents.ids())).values())
        assert 40 <= done < 80
        report = suggest_project(project, NAMES, compute=ComputeOptions(processes=2))
        assert (report.skipped, report.documents) == (2 * done, 160 - 2 * done)
        suggest_project(whole, NAMES)
        assert suggestions(project) == suggestions(whole)


def test_a_document_that_kills_its_process_is_left_out_and_all_others_are_answered(tmp_path: Path, frail: str) -> None:
    texts = [f"خبر رقم {n}" for n in range(12)]
    texts[4] = "نص قاتل"
    with make(tmp_path / "p.annot", texts) as project:
        report = suggest_project(project, [frail], compute=ComputeOptions(processes=2))
        assert report.documents == 11
        (problem,) = report.problems
        assert "نص قاتل" in problem and "its process died each time" in problem
        assert project.suggestions.counts() == {"frail": 11}
        assert suggest_project(project, [frail], compute=ComputeOptions(processes=2)).skipped == 11


def test_a_suggester_that_fails_in_a_worker_is_reported_once_and_the_others_go_on(tmp_path: Path, frail: str) -> None:
    texts = [f"خطأ في بغداد {n}" for n in range(12)]
    with make(tmp_path / "p.annot", texts) as project:
        report = suggest_project(project, [frail, "lexicon"], compute=ComputeOptions(processes=2))
        assert report.problems == ["It is tired."]
        assert project.suggestions.counts().keys() == {"lexicon"}
        assert report.documents == 12


def test_a_process_that_is_killed_from_outside_costs_nothing(
    tmp_path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []
    pools: list[ProcessPool] = []

    def keep(*given: Any) -> ProcessPool:
        pools.append(ProcessPool(*given))
        return pools[-1]

    monkeypatch.setattr(suggest_module, "ProcessPool", keep)

    def kill_one(done: int, total: int) -> None:
        if done and not killed:
            killed.append(pools[0].pids[0])
            os.kill(killed[0], signal.SIGKILL)

    with make(tmp_path / "p.annot", texts) as project:
        report = suggest_project(project, NAMES, compute=ComputeOptions(processes=2), progress=kill_one)
        assert killed
        assert (report.problems, report.documents) == ([], 160)


def test_a_pool_ends_though_one_process_is_killed_while_it_waits_for_work(texts: list[str]) -> None:
    document = Document(document_id(texts[0]), texts[0])
    context = SuggesterContext(load_tagset("security"))
    for victim in (0, 1):
        pool = ProcessPool(SuggesterSpec(f"r{victim}", ("lexicon",), context), 2)
        batch = Batch((document,), {"lexicon": frozenset([document.id])}, frozenset())
        for answer in [pool.submit(batch), pool.submit(batch)]:
            answer.result()
        pids = pool.pids
        os.kill(pids[victim], signal.SIGKILL)
        pool.close()
        assert len(pids) == 2
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_ctrl_c_ends_the_command_in_one_line_and_the_next_call_goes_on(
    tmp_path: Path, frail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, gate = tmp_path / "p.annot", tmp_path / "gate"
    texts = [f"خبر رقم {n}" for n in range(2000)]
    texts[100] = "قف هنا"
    with make(path, texts):
        pass
    os.mkfifo(gate)
    environment = os.environ | {"GATE": str(gate), "PYTHONPATH": str(tmp_path / "plugin")}
    command = [sys.executable, "-m", "annotator", "suggest", str(path), "--suggester", frail, "--processes", "2"]
    with subprocess.Popen(
        command,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # Background jobs ignore it.
    ) as process:
        with Project.open(path) as project:
            while not project.suggestions.counts().get(frail) and process.poll() is None:
                time.sleep(0.01)
        with gate.open("rb"):  # A worker is at the document, and waits until somebody looks.
            os.killpg(process.pid, signal.SIGINT)
        told = process.communicate()[1]
    gate.unlink()
    assert process.returncode == 130
    assert told == "Stopped. Finished work was kept, and no file is incomplete.\n"
    with Project.open(path) as project:
        done = project.suggestions.counts().get(frail, 0)
        assert 0 < done < 2000
        assert suggest_project(project, [frail]).skipped == done
        assert project.suggestions.counts() == {frail: 2000}


def test_a_suggester_that_cannot_be_made_in_a_worker_fails_with_the_reason(tmp_path: Path) -> None:
    suggesters = LoadedSuggesters(SuggesterSpec("k", ("lexicon", "nobody"), SuggesterContext(load_tagset("security"))))
    document = Document("d", "بغداد")
    found = suggesters.answer(Batch((document,), {"lexicon": frozenset("d"), "nobody": frozenset("d")}, frozenset()))
    assert found.failures.keys() == {"nobody"}
    assert [a.suggester for a in found.answers] == ["lexicon"]
    suggesters.close()


def test_small_work_is_not_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(16)))
    assert [recommended_processes(n) for n in (0, 11, 399, 400, 1000, 100_000)] == [1, 1, 1, 2, 5, 8]


@contextmanager
def local_cluster() -> Iterator[str]:
    """Run a scheduler and two worker processes on the loopback, and give the scheduler's address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        silence_logs=50,
    ) as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with local_cluster() as address:
        yield address


@pytest.mark.filterwarnings("default")
def test_a_cluster_suggests_what_one_process_does(tmp_path: Path, texts: list[str], cluster: str) -> None:
    with make(tmp_path / "one.annot", texts) as one, make(tmp_path / "many.annot", texts) as many:
        alone = suggest_project(one, NAMES)
        assert suggest_project(many, NAMES, compute=ComputeOptions(scheduler=cluster)) == alone
        assert suggestions(many) == suggestions(one)
        assert numbers(many) == numbers(one)


@pytest.mark.filterwarnings("default")
def test_no_scheduler_is_reported_in_one_sentence(
    tmp_path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.services.suggesting import dask_pool as cluster

    monkeypatch.setattr(cluster, "_WAIT", 1)
    with (
        make(tmp_path / "p.annot", texts[:2]) as project,
        pytest.raises(SuggesterError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1 .*dask scheduler"),
    ):
        suggest_project(project, NAMES, compute=ComputeOptions(scheduler="tcp://127.0.0.1:1"))


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_a_document_that_kills_a_clusters_workers_is_left_out(tmp_path: Path, frail: str) -> None:
    texts = [f"خبر رقم {n}" for n in range(6)]
    texts[4] = "نص قاتل"
    with local_cluster() as address, make(tmp_path / "p.annot", texts) as project:
        report = suggest_project(project, [frail], compute=ComputeOptions(scheduler=address))
        assert report.documents == 5
        (problem,) = report.problems
        assert "نص قاتل" in problem
