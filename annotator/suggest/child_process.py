"""Run functions of this program in processes of their own: the only module that starts them.

One answer, and then the process ends:

    report = call(train_model, documents, folder, is_cancelled=job.is_cancelled)

Many messages, for as long as the parent wants:

    child = ChildProcess(serve)  # serve(parent) calls parent.receive() and parent.send() in a loop
    child.send(batch)
    result = child.receive()

A process is this program, started once more with `--worker MODULE:FUNCTION NICENESS`: the stand-alone program has no
Python to start. multiprocessing would run the program's main module again.
It has a low priority, so that it never slows down the window, unless somebody waits for it.

Protocol: each message is a pickled object behind its length in bytes (8 bytes, big-endian). The child reads from its
standard input and writes to its standard output. Both ends are this program, so nothing from outside is unpickled.
What libraries in the child print goes to standard error.

Lifetime: the parent holds the child's standard input open for as long as it lives. The system closes it however the
parent ends, even by SIGKILL. A thread of the child reads from it all the time and ends the process when it is closed.
Linux could send a signal on the death of a parent instead, but it does so on the death of the thread that started the
child.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

from annotator.errors import Message, UserError
from annotator.program_command import WORKER, is_stand_alone, program_command

T = TypeVar("T")

_LENGTH = struct.Struct(">Q")
NICE = 10
"""The niceness of a background process: 0 is the priority of the program, 19 the lowest."""

_POLL = 0.1
"""Seconds between two calls of is_cancelled()."""

_GRACE = 5.0
"""Seconds that a process which has closed its output may take to end."""

_KILLED = -9
_LAST_BYTES = 4096
"""How many bytes at the end of the standard error are kept for ProcessDied."""


class _Signal(Enum):
    """What the queue of received messages may contain apart from messages."""

    CLOSED = "the other end is gone"
    INTERRUPT = "receive() is to stop waiting"


class ProcessDied(Exception):  # noqa: N818 - what happened, not a mistake
    """A child process ended before it answered.

    code is its exit code, negative for a signal, and errors the end of its standard error, if that was kept.
    message says how it ended, as the rest of a sentence: "was killed, probably because memory ran out".
    """

    def __init__(self, code: int, errors: str = "") -> None:
        self.code = code
        self.errors = errors
        super().__init__(self.message)

    @property
    def last_line(self) -> str:
        """Return the last line on the standard error, at most 200 characters."""
        return next((line.strip()[:200] for line in reversed(self.errors.split("\n")) if line.strip()), "")

    @property
    def message(self) -> Message:
        """Return how the process ended, as the rest of a sentence that begins with its name."""
        if self.code == _KILLED:
            return Message("was killed, probably because memory ran out")
        if self.last_line:
            return Message("ended with code {code} ({said})", code=self.code, said=self.last_line)
        return Message("ended with code {code}", code=self.code)


class ChildProcess:
    """A running child process and the messages to and from it.

    One thread at a time may call receive(). Any thread may call interrupt() and kill().
    """

    def __init__(
        self,
        function: Callable[[Parent], None],
        *,
        env: Mapping[str, str] | None = None,
        nice: int = NICE,
        keep_errors: bool = True,
    ) -> None:
        """Start a process that calls function, which must be at the top level of a module.

        env is its environment, by default that of this process. nice is added to its niceness. With keep_errors the
        standard error is kept for the message of ProcessDied; otherwise it goes where that of this process goes.
        """
        self._errors = TemporaryFile() if keep_errors else None  # noqa: SIM115 - lives as long as the process
        self._process = start(
            program_command(WORKER, f"{function.__module__}:{function.__qualname__}", str(nice)),
            env=env,
            stderr=self._errors,
        )
        self._messages: queue.SimpleQueue[bytes | _Signal] = queue.SimpleQueue()
        # Also ends a process that nobody closed: when this object is collected, and when the program exits.
        self._close = weakref.finalize(self, _end, self._process, self._errors)
        assert self._process.stdout is not None  # noqa: S101 - start() opens it
        _read_in_background(self._process.stdout, self._messages)

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def send(self, message: object) -> None:
        """Send a message. If the process has ended, the message is lost, and receive() raises ProcessDied."""
        assert self._process.stdin is not None  # noqa: S101 - start() opens it
        with contextlib.suppress(OSError):
            _write(self._process.stdin, message)

    def receive(self, timeout: float | None = None) -> Any:
        """Wait for the next message and return it.

        Raises TimeoutError after timeout seconds or at interrupt(), and ProcessDied if no message can come any more.
        """
        try:
            message = self._messages.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if message is _Signal.INTERRUPT:
            raise TimeoutError
        if message is _Signal.CLOSED:
            self._messages.put(_Signal.CLOSED)  # The next call is to raise it, too.
            raise ProcessDied(self._exit_code(), self._last_errors())
        return _unpickle(message)

    def interrupt(self) -> None:
        """Make the receive() that waits now, or else the next one, raise TimeoutError."""
        self._messages.put(_Signal.INTERRUPT)

    def kill(self) -> None:
        """End the process without waiting for its end. Harmless if it has ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self._close()

    def _exit_code(self) -> int:
        """Wait for a process that has closed its output; killing it at once would replace its exit code."""
        try:
            return self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _last_errors(self) -> str:
        if self._errors is None or self._errors.closed:
            return ""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_BYTES))
        return self._errors.read().decode("utf-8", "replace")


class Parent:
    """The process that started this one, as a child process sees it."""

    def __init__(self, source: IO[bytes], out: IO[bytes]) -> None:
        self._messages: queue.SimpleQueue[bytes | _Signal] = queue.SimpleQueue()
        self._out = out
        # Nobody is there to send the rest of a message that was cut off, so that ends the process, too.
        _read_in_background(source, self._messages, at_end=lambda: os._exit(1))

    def receive(self) -> Any:
        """Wait for the next message and return it. The end of the parent ends this process."""
        return _unpickle(self._messages.get())

    def receive_waiting(self) -> list[Any]:
        """Return the messages that have arrived, without waiting for any."""
        found = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(_unpickle(self._messages.get_nowait()))
        return found

    def send(self, message: object) -> None:
        """Send a message. If the parent is gone, the process ends."""
        try:
            _write(self._out, message)
        except BrokenPipeError:
            os._exit(0)

    def expect_no_more(self) -> None:
        """Say that the parent sends nothing more. On Linux its end then ends this process at once.

        Otherwise the thread that reads would have to wait while native code, such as the training of a CRF, holds the
        interpreter for minutes. SIGIO, which the system sends when a pipe is closed, ends the process without it. It
        would also come with a message.
        """
        if sys.platform == "linux":
            import fcntl

            fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def call(
    function: Callable[..., T],
    *arguments: object,
    is_cancelled: Callable[[], bool] = lambda: False,
    env: Mapping[str, str] | None = None,
    nice: int = NICE,
) -> T | None:
    """Call a function in a process of its own and return what it returns; None if it was cancelled.

    function must be at the top level of a module; it, its arguments and its result are pickled. is_cancelled is called
    several times a second. nice is added to the niceness of the process. The process is gone when this returns, also by
    an exception of is_cancelled or Ctrl+C.

    Raises the UserError that the function raises, and ProcessDied if it raises anything else or the process is killed.
    """
    with contextlib.closing(ChildProcess(_serve_call, env=env, nice=nice)) as child:
        child.send((function, arguments))
        while not is_cancelled():
            try:
                result, error = child.receive(_POLL)
            except TimeoutError:
                continue
            if error is not None:
                raise error
            answer: T = result
            return answer
    return None


def _serve_call(parent: Parent) -> None:
    function, arguments = parent.receive()
    parent.expect_no_more()
    try:
        parent.send((function(*arguments), None))
    except UserError as e:
        parent.send((None, e))


def start(
    arguments: Sequence[str], *, env: Mapping[str, str] | None = None, stderr: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process with pipes to its standard input and from its standard output.

    It finds the modules that this process finds, also if the program is not installed or a plug-in lies elsewhere.
    """
    environment = dict(os.environ if env is None else env)
    if is_stand_alone():
        # Its starter would take the process for a part of this one, and not set the path to its libraries.
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    else:
        folders = [*environment.get("PYTHONPATH", "").split(os.pathsep), *sys.path]
        environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, folders)))
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment,
        start_new_session=True,  # Ctrl+C in a terminal is for the program, which then ends its children.
    )


def _end(process: subprocess.Popen[bytes], errors: IO[bytes] | None) -> None:
    """Kill a process, wait until it is gone and close the files to it, but for its output, which a thread reads."""
    process.kill()
    process.wait()
    if errors is not None:
        errors.close()
    if process.stdin is not None:
        with contextlib.suppress(OSError):  # A message that was not delivered is lost.
            process.stdin.close()


def _write(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _unpickle(message: bytes | _Signal) -> Any:
    assert isinstance(message, bytes)  # noqa: S101 - whoever calls has looked, or is gone
    return pickle.loads(message)  # noqa: S301 - both ends are this program


def _read(pipe: IO[bytes]) -> bytes:
    """Read one pickled message; raises EOFError if there is none, or not all of one."""
    (length,) = _LENGTH.unpack(_read_exactly(pipe, _LENGTH.size))
    return _read_exactly(pipe, length)


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = pipe.read(size - len(data))  # A pipe gives what there is, at most 64 KiB.
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _read_in_background(
    pipe: IO[bytes], messages: queue.SimpleQueue[bytes | _Signal], at_end: Callable[[], None] = lambda: None
) -> None:
    """Put the messages that come out of a pipe into a queue, and CLOSED behind the last one.

    On a thread of its own, so that neither end ever blocks the other because nobody reads.
    """

    def pump() -> None:
        try:
            with contextlib.suppress(EOFError, OSError, ValueError), pipe:
                while True:
                    messages.put(_read(pipe))
        finally:
            messages.put(_Signal.CLOSED)
            at_end()

    threading.Thread(target=pump, daemon=True).start()


def main(target: str, nice: str) -> None:
    """Call the function "module:function" with the Parent; the child process begins here."""
    with contextlib.suppress(OSError, AttributeError):  # Windows has no os.nice.
        os.nice(int(nice))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What libraries print must not get in between the messages.
    # Not sys.stdin: a thread that waits in its buffer would make the interpreter crash at exit.
    source = os.fdopen(0, "rb", buffering=0, closefd=False)
    parent = Parent(source, out)
    module, _, name = target.partition(":")
    try:
        getattr(importlib.import_module(module), name)(parent)
    except Exception:
        # The starter of the stand-alone program would write a line of its own below the trace.
        traceback.print_exc()
        sys.exit(1)
