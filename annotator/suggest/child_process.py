"""Start modules of this program as processes of their own, which end when the program does, even if it is killed.

The program holds one end of a pipe, the child's standard input, for as long as it lives. The system closes it however
the program ends, and the child, which reads from the other end, then ends itself. It works on every system. Linux can
also send a signal on the death of a parent, but sends it on the death of the thread that started the child.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

_LOOK = 0.1
"""Seconds between two looks whether a running process is still wanted."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, what it wrote to standard output, and its last line on standard error."""

    code: int
    output: bytes
    last_line: str


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs a module; with -P no file of the current folder is taken for a module."""
    return [sys.executable, "-P", "-m", module, *arguments]


def start(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    stdout: IO[bytes] | int = subprocess.PIPE,
    stderr: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process that calls end_with_parent() or listen(); its standard input is to stay open meanwhile."""
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        env=env,
        start_new_session=True,  # Ctrl+C in a terminal is for the program, which then ends its children.
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, wait until it is gone and close the pipes to it; harmless when it has ended."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # What was not delivered has nowhere to go.
                pipe.close()


def run(
    arguments: Sequence[str],
    *,
    given: bytes = b"",
    is_cancelled: Callable[[], bool] = lambda: False,
    env: Mapping[str, str] | None = None,
) -> Ended | None:
    """Run a process until it ends, and return how; given is what it reads from its standard input.

    Returns None if it is no longer wanted, which is asked several times a second. The process is then gone, and also
    when an exception ends the wait.
    """
    with TemporaryFile() as output, TemporaryFile() as errors:
        process = start(arguments, env=env, stdout=output, stderr=errors)
        sender = threading.Thread(target=_send, args=(process, given), daemon=True)
        sender.start()
        try:
            while process.returncode is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK)
                if process.returncode is None and is_cancelled():
                    return None
        finally:
            process.kill()
            process.wait()
            sender.join()
            end(process)
        output.seek(0)
        errors.seek(0)
        lines = errors.read().decode("utf-8", "replace").strip().splitlines()
        return Ended(process.returncode, output.read(), lines[-1][:200] if lines else f"exit code {process.returncode}")


def _send(process: subprocess.Popen[bytes], given: bytes) -> None:
    """Write to a process, which may have ended, and leave the pipe open."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.write(given)
            process.stdin.flush()


def listen(read: Callable[[], object]) -> None:
    """Call read again and again on a thread of its own; end this process when it raises.

    It raises at the end of the input, and on a message that was cut off: nobody is there to send the rest.
    """

    def listen_for_ever() -> None:
        """Read until there is nothing more to read."""
        try:
            while True:
                read()
        finally:
            os._exit(1)

    threading.Thread(target=listen_for_ever, daemon=True).start()


def end_with_parent() -> None:
    """End this process as soon as the program that started it is gone; nothing more may come on its standard input.

    For the processes of start() and run(), and of multiprocessing, which holds a pipe of its own.
    """
    parent = multiprocessing.parent_process()
    pipe = 0 if parent is None else parent.sentinel

    def wait() -> None:
        """Wait for the end of the pipe."""
        if parent is None:
            os.read(pipe, 1)
        else:
            parent.join()
        raise EOFError

    listen(wait)
    if sys.platform == "linux":
        # A thread must wait while native code, such as the training of a CRF, holds the interpreter for minutes.
        # The signal that the system sends at the end of a pipe ends the process at once.
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
