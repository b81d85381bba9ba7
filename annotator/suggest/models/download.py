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
"""Seconds in which the other end must say something."""

ATTEMPTS = 5
"""Fruitless attempts in a row after which a download is given up; one that brought something is not fruitless."""

_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_POLL = 0.1
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_Said = bytes | tuple[int, int | None] | Exception | None
"""What the request's thread passes on: the byte at which the answer begins and the length of the whole, if told; then
its bytes; then None; or what went wrong."""


class _Line(Exception):  # noqa: N818 - caught here, and told as an InstallError when it goes on
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
    fruitless = 0
    while (before := _length(into)) < size:
        try:
            for done in _attempt(url, into, size, is_cancelled, timeout):
                progress("download", done, size)
        except _Line as e:
            fruitless = 0 if _length(into) > before else fruitless + 1
            if fruitless == ATTEMPTS:
                raise InstallError(
                    Cause.LINE,
                    "Cannot download {url} ({why}). Check the network and the proxy, then try again: the download "
                    "continues where it stopped. Without a network: annotator models install --from FILE.zip",
                    url=url,
                    why=e,
                ) from e
            _wait(pause * 2**fruitless, url, is_cancelled)


def _attempt(url: str, into: Path, size: int, is_cancelled: Callable[[], bool], timeout: float) -> Iterator[int]:
    """Make one request for the missing bytes and write them; yield the length of the file as it grows."""
    with _request(url, _length(into), timeout) as said:
        beginning = _hear(said, url, is_cancelled)
        assert isinstance(beginning, tuple)  # noqa: S101 - that is what is said first
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
            while isinstance(chunk := _hear(said, url, is_cancelled), bytes):
                file.write(chunk)
                yield file.tell()
    if _length(into) < size:
        raise _Line("the line was cut")


def _hear(said: queue.Queue[_Said], url: str, is_cancelled: Callable[[], bool]) -> _Said:
    """Wait for the next thing from the request's thread, and raise it if it is an exception."""
    while True:
        check_cancelled(is_cancelled, url)
        try:
            word = said.get(timeout=_POLL)
        except queue.Empty:
            continue
        if isinstance(word, Exception):
            raise word
        return word


@contextmanager
def _request(url: str, start: int, timeout: float) -> Iterator[queue.Queue[_Said]]:
    """Request url from a byte on, on a thread; yield the queue of what it receives, and end it with the block."""
    said: queue.Queue[_Said] = queue.Queue(maxsize=16)
    over = threading.Event()
    thread = threading.Thread(target=_ask, args=(url, start, timeout, said, over), daemon=True)
    thread.start()
    try:
        yield said
    finally:
        over.set()


def _ask(url: str, start: int, timeout: float, said: queue.Queue[_Said], over: threading.Event) -> None:
    """Make the request and put what arrives into the queue. Runs on the thread."""

    def say(word: _Said) -> None:
        """Put something into the queue, unless nobody reads it any more."""
        while not over.is_set():
            try:
                said.put(word, timeout=_POLL)
            except queue.Full:
                continue
            return

    headers = {"User-Agent": f"annotator/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the scheme was looked at
        # An opener of its own: the common one remembers the proxies of the first request for ever.
        with urllib.request.build_opener().open(request, timeout=timeout) as answer:
            say(_beginning(answer.status, answer.headers))
            while not over.is_set() and (chunk := answer.read1(CHUNK)):
                say(chunk)
        say(None)
    except urllib.error.HTTPError as e:
        with e:
            say(_refusal(url, e.code))
    except urllib.error.URLError as e:
        say(_Line(str(e.reason)))
    except (OSError, http.client.HTTPException) as e:
        say(_Line("it said nothing for too long" if isinstance(e, TimeoutError) else str(e) or type(e).__name__))


def _beginning(status: int, headers: Message) -> tuple[int, int | None]:
    """Return the byte at which a response begins, and the length of the whole file, None if unknown.

    A server without support for ranges begins at 0, whatever was requested.
    """
    if status != HTTPStatus.PARTIAL_CONTENT:
        length = headers.get("Content-Length", "")
        return 0, int(length) if length.isdecimal() else None
    told = _RANGE.fullmatch(headers.get("Content-Range", ""))
    if told is None:
        raise http.client.HTTPException("the server does not say which part it sends")
    return int(told[1]), int(told[2]) if told[2] != "*" else None


def _refusal(url: str, code: int) -> Exception:
    """Return the exception for an HTTP status that is no success."""
    name = f"{code} {http.client.responses.get(code, '')}".rstrip()
    if code in _LATER:
        return _Line(f"the server answered {name}")
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
