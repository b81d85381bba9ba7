"""Download a file over HTTP: interrupted transfers are resumed, cancelling takes effect at once, sizes are checked.

Proxies are taken from the environment, as urllib does. The request runs on a thread of its own, so that it can be
cancelled while the server is silent.

urllib, because requests and httpx bring their own certificate authorities: behind a proxy whose certificate only the
system trusts, both fail.
"""

from __future__ import annotations

import http.client
import queue
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from annotator import __version__
from annotator.suggest.models.steps import CHUNK, Cause, InstallError, Progress, check_cancelled

TIMEOUT = 30.0
"""Seconds in which the server must send something."""

ATTEMPTS = 5
"""A download is given up after this many attempts in a row that brought nothing."""

_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_POLL = 0.1
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_Received = bytes | tuple[int, int | None] | Exception | None
"""What the request's thread puts into the queue.

First the byte at which the response begins and the length of the whole file, if known; then its bytes; then None, or an
exception.
"""


class _ConnectionLost(Exception):  # noqa: N818 - always caught, and turned into an InstallError
    """The connection was lost, timed out, or the server is busy: worth another attempt."""


def fetch(
    url: str,
    into: Path,
    size: int,
    *,
    progress: Progress,
    is_cancelled: Callable[[], bool],
    timeout: float = TIMEOUT,
    pause: float = 1.0,
) -> None:
    """Download url into a file, resuming after what it holds; size in bytes is what it must have in the end.

    progress is called with ("download", done, size). A lost connection is tried again after 1, 2, 4 ... times pause
    seconds. Raises InstallStopped, or InstallError with what the server or the connection reported. What was downloaded
    is kept. The caller checks the content.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise InstallError(Cause.GONE, "{url} is not a web address (http or https). Update the program.", url=url)
    failures = 0
    while (before := _length(into)) < size:
        try:
            for done in _download_rest(url, into, size, is_cancelled, timeout):
                progress("download", done, size)
        except _ConnectionLost as e:
            failures = 0 if _length(into) > before else failures + 1
            if failures == ATTEMPTS:
                raise _failed(url, e) from e
            _wait(pause * 2**failures, url, is_cancelled)


def _download_rest(url: str, into: Path, size: int, is_cancelled: Callable[[], bool], timeout: float) -> Iterator[int]:
    """Make one request for the missing bytes and write them; yield the length of the file as it grows."""
    with _request(url, _length(into), timeout) as received:
        beginning = _next(received, url, is_cancelled)
        assert isinstance(beginning, tuple)  # noqa: S101 - that is what is received first
        start, whole = beginning
        if whole not in (size, None):
            into.unlink(missing_ok=True)
            raise InstallError(
                Cause.WRONG,
                "{url} has {whole} bytes instead of {size}, so it differs from the catalogue. Update the program, or "
                "try again later.",
                url=url,
                whole=whole,
                size=size,
            )
        with into.open("r+b" if into.exists() else "wb") as file:
            file.seek(start)
            file.truncate()
            while isinstance(chunk := _next(received, url, is_cancelled), bytes):
                file.write(chunk)
                yield file.tell()
    if _length(into) < size:
        raise _ConnectionLost("the connection was lost")


def _next(received: queue.Queue[_Received], url: str, is_cancelled: Callable[[], bool]) -> _Received:
    """Wait for the next thing from the request's thread, and raise it if it is an exception."""
    while True:
        check_cancelled(is_cancelled, url)
        try:
            item = received.get(timeout=_POLL)
        except queue.Empty:
            continue
        if isinstance(item, Exception):
            raise item
        return item


@contextmanager
def _request(url: str, start: int, timeout: float) -> Iterator[queue.Queue[_Received]]:
    """Request url from a byte on, on a thread; yield the queue of what it receives, and end it with the block."""
    received: queue.Queue[_Received] = queue.Queue(maxsize=16)
    ended = threading.Event()
    thread = threading.Thread(target=_run_request, args=(url, start, timeout, received, ended), daemon=True)
    thread.start()
    try:
        yield received
    finally:
        ended.set()


def _run_request(
    url: str, start: int, timeout: float, received: queue.Queue[_Received], ended: threading.Event
) -> None:
    """Make the request and put what arrives into the queue. Runs on the thread."""

    def put(item: _Received) -> None:
        """Put something into the queue, unless nobody reads it any more."""
        while not ended.is_set():
            try:
                received.put(item, timeout=_POLL)
            except queue.Full:
                continue
            return

    headers = {"User-Agent": f"annotator/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the scheme was looked at
        # Not the shared opener, which remembers the proxies of the first request for ever.
        with urllib.request.build_opener().open(request, timeout=timeout) as answer:
            put(_beginning(answer.status, answer.headers))
            while not ended.is_set() and (chunk := answer.read1(CHUNK)):
                put(chunk)
        put(None)
    except urllib.error.HTTPError as e:
        with e:
            put(_error_for_status(url, e.code))
    except urllib.error.URLError as e:
        put(_ConnectionLost(str(e.reason)))
    except (OSError, http.client.HTTPException) as e:
        put(
            _ConnectionLost(
                "the server was silent for too long" if isinstance(e, TimeoutError) else str(e) or type(e).__name__
            )
        )
    except ValueError as e:  # the proxy in the environment is no address
        put(_failed(url, e))
    except Exception as e:
        put(e)


def _failed(url: str, why: Exception) -> InstallError:
    return InstallError(
        Cause.LINE,
        "Cannot download {url} ({why}). Check the network and the proxy, then try again: the download continues where "
        "it stopped. Without a network: annotator models install --from FILE.zip",
        url=url,
        why=why,
    )


def _beginning(status: int, headers: Message) -> tuple[int, int | None]:
    """Return the byte at which a response begins, and the length of the whole file, None if unknown.

    A server without support for ranges begins at 0, whatever was requested.
    """
    if status != HTTPStatus.PARTIAL_CONTENT:
        length = headers.get("Content-Length", "")
        return 0, int(length) if length.isdecimal() else None
    match = _RANGE.fullmatch(headers.get("Content-Range", ""))
    if match is None:
        raise http.client.HTTPException("the server does not say which part it sends")
    return int(match[1]), int(match[2]) if match[2] != "*" else None


def _error_for_status(url: str, code: int) -> Exception:
    """Return the exception for an HTTP status that is no success."""
    name = f"{code} {http.client.responses.get(code, '')}".rstrip()
    if code in _LATER:
        return _ConnectionLost(f"the server answered {name}")
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return InstallError(
            Cause.GONE,
            "{url} no longer exists (the server answered {name}). Update the program, or get the file elsewhere and "
            "run: annotator models install --from FILE.zip",
            url=url,
            name=name,
        )
    return InstallError(
        Cause.REFUSED,
        "The server answered {name} for {url}. Check whether you have access to it, or try again later.",
        name=name,
        url=url,
    )


def _wait(seconds: float, url: str, is_cancelled: Callable[[], bool]) -> None:
    pause = threading.Event()
    while seconds > 0:
        check_cancelled(is_cancelled, url)
        pause.wait(min(seconds, _POLL))
        seconds -= _POLL


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
