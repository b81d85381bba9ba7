"""Child processes end with the program that started them, however that ends."""

from __future__ import annotations

import gc
import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.program_command import WORKER, program_command
from annotator.suggest import child_process
from annotator.suggest.camel.worker import serve
from annotator.suggest.child_process import ChildProcess, ProcessDied, call, start
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
    (tmp_path / "busy.py").write_text(
        f"import ctypes, os, time\ndef work():\n    os.write(2, b'%d\\n' % os.getpid())\n    {busy}\n",
        encoding="utf-8",
    )
    process = parent(f"""
        import os, sys
        sys.path.append({str(tmp_path)!r})
        import busy
        from annotator.suggest import child_process

        child_process.TemporaryFile = lambda: os.fdopen(os.dup(1), "wb")
        child_process.call(busy.work)
    """)
    assert ends_with(process, int(line(process)))


def test_learning_ends_with_the_program_and_changes_nothing(parent: Parent, tmp_path: Path) -> None:
    process = parent(f"""
        from pathlib import Path
        from annotator.suggest import child_process
        from annotator.suggest.learned.train import train_in_process
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
            print(*pool.pids, flush=True)
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


@pytest.mark.parametrize("cut_off", [b"", b"\0\0\0\0\0\0\0\x09half"], ids=["nothing", "half a message"])
def test_the_camel_worker_ends_though_its_last_message_was_cut_off(cut_off: bytes) -> None:
    with closing(ChildProcess(serve)) as child:
        pipe = child._process.stdin
        assert pipe is not None
        pipe.write(cut_off)
        pipe.close()
        with pytest.raises(ProcessDied) as died:
            child.receive(PATIENCE)
    assert died.value.code == 1


def test_a_process_gets_all_that_it_is_given_and_returns_all() -> None:
    given = b"x" * 1_000_000
    assert call(bytes.upper, given) == given.upper()


def test_what_a_function_prints_is_no_message(capfd: pytest.CaptureFixture[str]) -> None:
    assert call(exec, "print('to nobody')") is None
    assert capfd.readouterr() == ("", "")


def test_an_error_for_the_user_is_raised_as_it_is() -> None:
    with pytest.raises(InputError, match="no tab in line 3") as error:
        call(exec, "from annotator.errors import InputError\nraise InputError('no tab in line {n}', n=3)")
    assert error.value.message.fields == {"n": 3}


@pytest.mark.parametrize(
    ("code", "exit_code", "last_line", "said"),
    [
        ("raise ValueError('first\\nlast')", 1, "last", "ended with code 1 (last)"),
        ("raise SystemExit(3)", 3, "", "ended with code 3"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            -9,
            "",
            "was killed, probably because memory ran out",
        ),
        (
            "import os; os.write(2, b'x' * 9999 + b'\\nthe end\\n'); os._exit(4)",
            4,
            "the end",
            "ended with code 4 (the end)",
        ),
    ],
)
def test_a_death_says_how_the_process_ended(code: str, exit_code: int, last_line: str, said: str) -> None:
    with pytest.raises(ProcessDied) as died:
        call(exec, code)
    assert (died.value.code, died.value.last_line, died.value.message) == (exit_code, last_line, said)


def test_a_process_that_cannot_start_its_function_says_why() -> None:
    with pytest.raises(ProcessDied, match="No module named 'nowhere'"):
        call(pickled_by_name, 1)


def test_messages_go_both_ways_in_order_and_waiting_can_be_interrupted() -> None:
    with closing(ChildProcess(echo)) as child:
        for n in range(100):
            child.send(n)
        assert [child.receive(PATIENCE) for _ in range(100)] == list(range(100))
        with pytest.raises(TimeoutError):
            child.receive(0.01)
        Timer(0.05, child.interrupt).start()
        with pytest.raises(TimeoutError):
            child.receive(PATIENCE)
        child.kill()
        for _ in range(2):
            with pytest.raises(ProcessDied):
                child.receive(PATIENCE)


def echo(parent: child_process.Parent) -> None:
    while True:
        parent.send(parent.receive())


def pickled_by_name(number: int) -> int:
    return number


pickled_by_name.__module__ = "nowhere"
sys.modules["nowhere"] = sys.modules[__name__]


def test_a_program_that_is_not_installed_starts_children(tmp_path: Path) -> None:
    (tmp_path / "annotator").symlink_to(Path(child_process.__file__).parents[1])
    program = "from annotator.suggest.child_process import call; import os; print(call(os.getcwd))"
    here = [part for part in sys.path if "site-packages" in part]
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {[str(tmp_path), *here]}; {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == (str(tmp_path), "")


def test_children_have_a_low_priority() -> None:
    assert call(os.nice, 0) == min(os.nice(0) + 10, 19)


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
        assert call(time.sleep, 600, is_cancelled=lambda: True) is None
        with pytest.raises(KeyboardInterrupt):
            call(time.sleep, 600, is_cancelled=is_cancelled)
    assert [process.returncode for process in started] == [-signal.SIGKILL] * 2


def test_a_process_that_nobody_closed_ends_with_its_object() -> None:
    child = ChildProcess(serve)
    process = child._process
    del child
    gc.collect()
    assert process.returncode == -signal.SIGKILL


def test_the_stand_alone_program_starts_itself_as_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/annotator/annotator")
    assert program_command(WORKER, "a:b", "10") == ["/opt/annotator/annotator", "--worker", "a:b", "10"]
    monkeypatch.setenv("PYTHONPATH", "")
    report = "import os; print(os.environ['PYINSTALLER_RESET_ENVIRONMENT'], repr(os.environ['PYTHONPATH']))"
    with start(["python3", "-c", report]) as process:
        assert process.communicate()[0].split() == [b"1", b"''"]
