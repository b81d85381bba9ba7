"""A server on loopback that hands out one file, and misbehaves as it is told."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Behaviour:
    """What to do with the next requests: one word for each, the last one for all that follow.

    "ok": answer. "whole": answer without regard to ranges. "cut": stop after half of what was asked for. "stall": send
    one byte, and keep silent. "silent": keep silent at once. "wrong": send other bytes. "longer": send more than there
    is. A number: that status.
    """

    content: bytes
    script: list[str] = field(default_factory=lambda: ["ok"])
    asked: list[tuple[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def next(self) -> str:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def _handler(behaviour: Behaviour) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def do_GET(self) -> None:
            word = behaviour.next()
            wanted = self.headers.get("Range", "")
            behaviour.asked.append((self.path, wanted))
            if word.isdecimal():
                self.send_error(int(word))
                return
            content = behaviour.content
            if word == "wrong":
                content = bytes(byte ^ 1 for byte in content)
            if word == "longer":
                content += b"more"
            found = re.fullmatch(r"bytes=(\d+)-", wanted)
            start = int(found[1]) if found and word != "whole" else 0
            part = content[start:]
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part[: {"cut": (len(part) + 1) // 2, "stall": 1, "silent": 0}.get(word)])
            self.wfile.flush()
            if word in ("stall", "silent"):
                behaviour.over.wait()

    return Handler


@contextmanager
def serving(content: bytes) -> Iterator[Behaviour]:
    """Serve some bytes, as the behaviour that is given says."""
    behaviour = Behaviour(content)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(behaviour)) as server:
        behaviour.url = f"http://127.0.0.1:{server.server_port}/model.zip"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield behaviour
        finally:
            behaviour.over.set()
            server.shutdown()
            thread.join()
