"""What an installation costs on a bare Debian 13: minutes, downloads and disk space, next to doccano and Label Studio.

python -m tests.benchmarks.installing [WAY...]    ways: make-run, uv-tool, deb, tar, doccano, label-studio

Each way begins with a copy of the same bare system (tests/bare_debian.py), as root, with what `make dist` has built.
Downloads are counted by a proxy through which every program of the system is sent, both ways and as encrypted. The
source itself is cloned from this machine and is not counted.
"""

from __future__ import annotations

import json
import resource
import shutil
import socketserver
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from socket import create_connection, socket
from urllib.parse import urlsplit

from tests.bare_debian import BUILD, BareDebian
from tests.conftest import ROOT

APT = "apt-get update -qq && apt-get install -y -qq --no-install-recommends"
QT = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0t64 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1"
)
CLONE = "git clone -q /srv/annotator.git annotator"


@dataclass(frozen=True)
class Way:
    """A way to install a program: the steps, each timed, and the folder of its Python packages."""

    steps: dict[str, str]
    packages: str = ""


WAYS = {
    "make-run": Way(
        {"system": f"{APT} git make python3", "install": f"{CLONE}; cd annotator; make -s run"},
        "root/annotator/.venv",
    ),
    "uv-tool": Way(
        {
            "system": f"{APT} git pipx {QT}; pipx install -q uv",
            "install": f"{CLONE}; cd annotator; uv tool install -q --overrides .ci/overrides.txt .",
            "first start": "annotator demo",
        },
        "root/.local/share/uv/tools/annotator",
    ),
    "deb": Way({"install": f"{APT} /srv/annotator.deb", "first start": "annotator demo"}),
    "tar": Way(
        {
            "system": f"{APT} xz-utils {QT}",
            "install": "tar xf /srv/annotator.tar.xz; mv annotator-* annotator",
            "first start": "annotator/annotator demo",
        }
    ),
    "doccano": Way(
        {
            "system": f"{APT} python3 python3-venv",
            # Without the constraint, one of its dependencies cannot be built: it imports pkg_resources.
            "install": "python3 -m venv venv; echo 'setuptools<81' > constraints.txt; "
            "PIP_CONSTRAINT=constraints.txt venv/bin/pip install -q doccano==1.8.4 'setuptools<81'",
            "first start": "venv/bin/doccano --help > /dev/null",
        },
        "root/venv",
    ),
    "label-studio": Way(
        {
            "system": f"{APT} python3 python3-venv",
            "install": "python3 -m venv venv; venv/bin/pip install -q label-studio==1.23.2",
            "first start": "venv/bin/label-studio --help > /dev/null",
        },
        "root/venv",
    ),
}


class CountingProxy(socketserver.ThreadingTCPServer):
    """An HTTP proxy on the loopback address that counts the bytes that come from outside."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.received = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment that sends apt, pip and uv through this proxy."""
        address = f"http://127.0.0.1:{self.server_address[1]}"
        return dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), address)


class _Relay(socketserver.BaseRequestHandler):
    server: CountingProxy
    request: socket

    def handle(self) -> None:
        """Connect to the host that the first request names, and copy bytes in both directions until one side ends."""
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := self.request.recv(65536)):
                return
            head += more
        method, target, _rest = head.decode("latin-1").split(" ", 2)
        address = urlsplit(f"//{target}" if method == "CONNECT" else target)
        with create_connection((address.hostname or "", address.port or 80), timeout=60) as outside:
            if method == "CONNECT":
                self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                outside.sendall(head)
            while ready := select([self.request, outside], [], [], 300)[0]:
                for source in ready:
                    if not (data := source.recv(262144)):
                        return
                    if source is outside:
                        self.server.received += len(data)
                        self.request.sendall(data)
                    else:
                        outside.sendall(data)


@dataclass
class Cost:
    """What an installation cost."""

    way: str
    seconds: dict[str, float] = field(default_factory=dict)
    cpu: float = 0.0
    downloaded_mb: float = 0.0
    disk_mb: float = 0.0
    packages: int = 0
    error: str = ""


def measure(name: str) -> Cost:
    """Install in a copy of the bare system, which is deleted afterwards."""
    way, cost = WAYS[name], Cost(name)
    system = BareDebian(BUILD / f"bare-{name}")
    _put_sources(system.folder / "srv")
    proxy = CountingProxy()
    before, began = system.size(), _cpu()
    for step, script in way.steps.items():
        start = time.perf_counter()
        code = system.run(script, proxy.variables)
        cost.seconds[step] = round(time.perf_counter() - start, 1)
        if code:
            cost.error = f"{step}: exit code {code}"
            break
    cost.cpu = round(_cpu() - began, 1)
    cost.downloaded_mb = round(proxy.received / 1e6, 1)
    cost.disk_mb = round((system.size() - before) / 1e6, 1)
    if way.packages:
        cost.packages = len(list((system.folder / way.packages).rglob("*.dist-info")))
        _print_largest(system.folder / way.packages)
    proxy.shutdown()
    shutil.rmtree(system.folder)
    return cost


def _put_sources(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(folder / "annotator.git")], check=True)
    for pattern, name in (("*.deb", "annotator.deb"), ("*.tar.xz", "annotator.tar.xz")):
        for built in (BUILD / "dist").glob(pattern):
            shutil.copyfile(built, folder / name)


def _print_largest(environment: Path) -> None:
    """Print the 15 largest folders and files of an environment's packages, in MB on disk."""
    (site,) = environment.glob("lib/python*/site-packages")
    sizes = {path.name: _blocks(path) for path in site.iterdir()}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:15]:
        print(f"  {size / 1e6:7.1f} MB  {name}")


def _blocks(path: Path) -> int:
    paths = [path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path]
    return sum(found.lstat().st_blocks * 512 for found in paths)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the costs of the ways that are named, or of all."""
    for name in sys.argv[1:] or WAYS:
        print(json.dumps(vars(measure(name))), flush=True)


if __name__ == "__main__":
    main()
