"""Child processes end with the program that started them, however that ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from annotator.suggest import child_process
from annotator.suggest.child_process import command, end, run, start
from annotator.suggest.model_folders import LEARNED_CRF

PATIENCE = 60
"""Seconds after which a process that should end is taken for one that goes on for ever."""

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to wait for another's child")

Parent = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def parent() -> Iterator[Parent]:
    """Run a program that starts children, and kill it in the end."""
    made: list[subprocess.Popen[str]] = []

    def make(program: str) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", textwrap.dedent(program)]
        made.append(subprocess.Popen(arguments, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True))
        return made[-1]

    yield make
    for process in made:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    """Return the next line that a program prints."""
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    assert said
    return said


def ends_with(process: subprocess.Popen[str], *children: int) -> bool:
    """Kill a program, and return whether its children end then."""
    watched = [os.pidfd_open(child) for child in children]
    try:
        process.send_signal(signal.SIGKILL)
        return all(select.select([each], [], [], PATIENCE)[0] for each in watched)
    finally:
        for each in watched:
            with suppress(ProcessLookupError):  # A child that goes on must not outlive the test.
                signal.pidfd_send_signal(each, signal.SIGKILL)
            os.close(each)


@pytest.mark.parametrize("busy", ["time.sleep(600)", "ctypes.PyDLL(None).sleep(600)"], ids=["waiting", "native"])
def test_a_child_ends_though_native_code_holds_its_interpreter(parent: Parent, tmp_path: Path, busy: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(
        f"import ctypes, os, time\nfrom annotator.suggest.child_process import end_with_parent\n"
        f"end_with_parent()\nprint(os.getpid(), flush=True)\n{busy}\n",
        encoding="utf-8",
    )
    process = parent(f"""
        import sys, time
        from annotator.suggest.child_process import start
        child = start([sys.executable, {str(child)!r}])
        print(child.stdout.readline().decode(), end="", flush=True)
        time.sleep(600)
    """)
    assert ends_with(process, int(line(process)))


def test_learning_ends_with_the_program_and_changes_nothing(parent: Parent, tmp_path: Path) -> None:
    process = parent(f"""
        from pathlib import Path
        from annotator.suggest import child_process
        from annotator.suggest.learned.process import train_in_process
        from tests.suggest.learned.test_train import TAGSET, document

        start, folder = child_process.start, Path({str(tmp_path)!r})

        def start_and_say(*arguments, **options):
            child = start(*arguments, **options)
            print(child.pid, flush=True)
            return child

        def is_cancelled():
            if any(folder.glob("trial-*")):
                print("training", flush=True)
            return False

        child_process.start = start_and_say
        train_in_process([document(i) for i in range(200)], TAGSET, folder, is_cancelled)
    """)
    child = int(line(process))
    assert line(process) == "training"
    assert ends_with(process, child)
    assert not (tmp_path / LEARNED_CRF).exists()


def test_the_workers_of_a_pool_end_with_the_program(parent: Parent) -> None:
    process = parent("""
        import time
        from annotator.domain.model.document import Document, document_id
        from annotator.storage.tables.tagsets import load_tagset
        from annotator.suggest.registry import SuggesterContext
        from annotator.services.suggesting.batches import Batch, SuggesterSpec
        from annotator.services.suggesting.worker_pool import ProcessPool

        if __name__ == "__main__":
            document = Document(document_id("text"), "text")
            spec = SuggesterSpec("key", ("memory",), SuggesterContext(load_tagset("security")))
            pool = ProcessPool(spec, 1)
            pool.submit(Batch((document,), {"memory": frozenset({document.id})}, frozenset())).result()
            print(*(worker.pid for worker in pool._context.started), flush=True)
            time.sleep(600)
    """)
    assert ends_with(process, *map(int, line(process).split()))


def test_the_window_s_suggesters_end_with_the_program(parent: Parent) -> None:
    process = parent("""
        import time
        from annotator.domain.model.document import Document, document_id
        from annotator.storage.tables.tagsets import load_tagset
        from annotator.suggest.registry import SuggesterContext
        from annotator.services.suggesting.worker_process import SuggesterProcess
        from annotator.services.suggesting.batches import Batch, SuggesterSpec

        document = Document(document_id("text"), "text")
        process = SuggesterProcess(SuggesterSpec("key", ("memory",), SuggesterContext(load_tagset("security"))))
        process.answer(Batch((document,), {"memory": frozenset({document.id})}, frozenset()))
        print(process.pid, flush=True)
        time.sleep(600)
    """)
    assert ends_with(process, int(line(process)))


@pytest.mark.parametrize("cut_off", [b"", b'{"load": "/mod'])
def test_the_camel_worker_ends_though_its_last_line_was_cut_off(cut_off: bytes) -> None:
    process = start(command("annotator.suggest.camel.worker"))
    try:
        assert process.stdin is not None
        process.stdin.write(cut_off)
        process.stdin.close()
        assert process.wait(PATIENCE) == 1
    finally:
        end(process)


def test_a_process_gets_all_that_it_is_given_and_its_words_come_back() -> None:
    given = b"x" * 1_000_000
    program = "import sys; print(len(sys.stdin.buffer.read(1_000_000))); sys.exit('first\\nlast')"
    ended = run([sys.executable, "-c", program], given=given)
    assert ended is not None
    assert (ended.code, ended.output, ended.last_line) == (1, b"1000000\n", "last")
    silent = run([sys.executable, "-c", "raise SystemExit(3)"], given=given)
    assert silent is not None
    assert (silent.code, silent.last_line) == (3, "exit code 3")


def test_a_cancelled_process_is_gone() -> None:
    started: list[subprocess.Popen[bytes]] = []

    def is_cancelled() -> bool:
        """Stop the process by an exception, as Ctrl+C does."""
        raise KeyboardInterrupt

    def keep(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        """Start a process and keep it."""
        started.append(start(*arguments, **options))
        return started[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(child_process, "start", keep)
        endless = [sys.executable, "-c", "import time; time.sleep(600)"]
        assert run(endless, given=b"x" * 1_000_000, is_cancelled=lambda: True) is None
        with pytest.raises(KeyboardInterrupt):
            run(endless, is_cancelled=is_cancelled)
    assert [process.returncode for process in started] == [-signal.SIGKILL] * 2
