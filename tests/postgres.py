"""A PostgreSQL server for tests on a port of the loopback interface, and a proxy that cuts connections to it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from annotator.services.team.postgres_server import prepare

ADMIN = "postgres"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # What is committed survives the end of the server, not of the computer.
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "80",
    "jit": "off",
    "log_min_messages": "fatal",
}
_PATIENCE = 60  # seconds
_WITH_TESTS = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
"""Ends a server whose tests were killed."""


def find_programs() -> Path:
    """Return the folder of the newest PostgreSQL that is installed, or skip the test."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if not found and (path := shutil.which("initdb")):
        found = [Path(path).resolve()]
    if not found:
        pytest.skip("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    return found[-1].parent


class Server:
    """A server in a temporary folder. As root it runs as the user postgres, which PostgreSQL demands."""

    def __init__(self) -> None:
        self._programs = find_programs()
        self._user = ADMIN if os.getuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="annotator-postgres-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Make the folder of the data."""
        command = ["initdb", "-D", "data", "-U", ADMIN, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        done = subprocess.run(
            [self._programs / command[0], *command[1:]], cwd=self._folder, user=self._user, capture_output=True
        )
        if done.returncode:
            pytest.skip(f"initdb failed: {done.stderr.decode(errors='replace').strip().splitlines()[-1]}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                # After a kill the processes of the old server need a moment to end.
                self._process = subprocess.Popen(
                    [*_WITH_TESTS, self._programs / "postgres", "-D", "data", "-p", str(self.port), *settings],
                    cwd=self._folder,
                    user=self._user,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            with suppress(psycopg.OperationalError), psycopg.connect(self.url(ADMIN, "postgres")):
                return
            time.sleep(0.03)
        raise AssertionError("the server does not start")

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End the server with a signal: SIGINT for an orderly end, SIGKILL for a crash."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop the server and delete its data."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, user: str, database: str = "team", *, port: int = 0) -> str:
        """Return the address of a database for a login."""
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    def execute(
        self, query: str, values: Iterable[object] = (), *, user: str = ADMIN, database: str = "team"
    ) -> list[tuple[object, ...]]:
        """Return the rows of a query of a login. Raises psycopg.Error."""
        with psycopg.connect(self.url(user, database), autocommit=True) as connection:
            cursor = connection.execute(query.encode(), list(values))
            return cursor.fetchall() if cursor.description else []

    def make_team(self, database: str = "team", **logins: str) -> None:
        """Make a database with the schema, and logins with a role each: annotator, adjudicator or lead."""
        with psycopg.connect(self.url(ADMIN, "postgres"), autocommit=True) as connection:
            connection.execute(SQL("create database {}").format(Identifier(database)))
        roles = prepare(self.url(ADMIN, database))
        with psycopg.connect(self.url(ADMIN, database), autocommit=True) as connection:
            for login, role in logins.items():
                with suppress(psycopg.errors.DuplicateObject):
                    connection.execute(SQL("create role {} login").format(Identifier(login)))
                connection.execute(SQL("grant {} to {}").format(Identifier(roles[role]), Identifier(login)))


class Proxy:
    """Passes bytes on to a server, and cuts a connection after a number of bytes in both directions."""

    def __init__(self, port: int) -> None:
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.left: int | None = None
        """How many bytes pass until the cut; None for no cut."""
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()
        self._others: list[threading.Thread] = []

    def close(self) -> None:
        """Stop; connections end when one side ends them."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in (self._thread, *self._others):
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server))
            except OSError:
                client.close()
                continue
            for ends in ((client, server), (server, client)):
                thread = threading.Thread(target=self._pass_on, args=ends)
                thread.start()
                self._others.append(thread)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                with self._lock:
                    allowed = data if self.left is None else data[: self.left]
                    if self.left is not None:
                        self.left -= len(allowed)
                target.sendall(allowed)
                if len(allowed) < len(data):
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def running_server() -> Iterator[Server]:
    """Yield a server that runs."""
    server = Server()
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.close()
