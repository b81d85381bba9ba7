"""The warm worker process of camel.py, seen from outside: start it, talk to it, notice its death, end it.

A process of its own, started with a command line and not by multiprocessing, which would run the program's main
module a second time: torch's import would stall the window, and a death by memory must not take the window along.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import tempfile
import threading
import weakref
from pathlib import Path
from typing import IO, Any

from annotator.errors import Message
from annotator.resources import resource
from annotator.suggest.child_process import command, start

_KILLED = -9

Inbox = queue.SimpleQueue[tuple[int, dict[str, Any] | None]]
"""What workers say: the process number, and a message, or None when that process has ended."""


def worker_command() -> list[str]:
    """Return the command line of the worker."""
    return command("annotator.suggest.camel.worker")


def environment(threads: int) -> dict[str, str]:
    """Return the worker's environment: no network, CAMeL Tools' catalogue from our resources, few threads."""
    return {
        **os.environ,
        "CAMELTOOLS_DATA": str(resource("models", "camel")),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        "PYTHONIOENCODING": "utf-8",
    }


class WorkerProcess:
    """One run of the worker. It loads its model first, for seconds in which messages can be sent already."""

    def __init__(self, folder: Path, *, threads: int, device: str, inbox: Inbox) -> None:
        """Start the process; everything it says is put into inbox."""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = start(worker_command(), env=environment(threads), stderr=self._errors)
        self._end = weakref.finalize(self, _end, self._process, self._errors)
        threading.Thread(target=_pump, args=(self._process, inbox), daemon=True).start()
        self.send({"load": str(folder), "threads": threads, "device": device})

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def send(self, message: dict[str, Any]) -> None:
        """Send one message; one to a dead worker is lost, and the inbox tells of the death."""
        assert self._process.stdin is not None  # noqa: S101 - it was opened as a pipe
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self._end()

    def died(self) -> str:
        """Say, as the rest of a sentence, how the process ended, and let go of it.

        To be asked after the inbox gave None.
        """
        code = self._process.wait()
        said = self._last_words()
        self.close()
        if code == _KILLED:
            return Message("was killed, probably because memory ran out")
        if said:
            return Message("ended with code {code} ({said})", code=code, said=said)
        return Message("ended with code {code}", code=code)

    def _last_words(self) -> str:
        """Return the last line that the process wrote to standard error, shortened."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 4096))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def _pump(process: subprocess.Popen[bytes], inbox: Inbox) -> None:
    """Carry what the worker says into the inbox, on a thread of its own, until it ends."""
    assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
    with process.stdout as source:
        for line in source:
            try:
                inbox.put((process.pid, json.loads(line)))
            except ValueError:
                break  # It died in the middle of a line.
    inbox.put((process.pid, None))


def _end(process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    """Kill a process, reap it and close the files to it; harmless when it has ended."""
    process.kill()
    process.wait()
    errors.close()
    if process.stdin is not None:
        with contextlib.suppress(OSError):  # What was not delivered has nowhere to go.
            process.stdin.close()
