"""One window for each project: a second start with the same project raises the window that is open.

The window listens on a local socket, a named pipe on Windows, and a second start connects to it. The name of the socket
is a hash of the project's path, the settings folder and the display. So a second annotator of the same computer account
and another display each get a window of their own, and the file name of the project is not visible to others.

This is a convenience. If the socket cannot be made or the window does not answer, a second window opens, and the
project file itself records that there are two (annotator.storage.file.watcher).

Protocol: the second start sends one line, the activation token of its Wayland session, which may be empty. The window
answers with one line and comes to the front.
"""

from __future__ import annotations

import os
import sys
import warnings
from functools import partial
from hashlib import blake2b
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QAbstractSocket, QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from annotator.atomic_file import OWNER_ONLY_FOLDER
from annotator.ui.base.current_project import CurrentProject

_CONNECT_MS, _ANSWER_MS = 500, 2_000
"""How long a second start waits. A window that does not answer in two seconds does not respond to its user either."""
_LONGEST_LINE = 1_000
_ANSWER = b"raised\n"
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of an environment variable
"""Wayland lets a window come to the front only with a token that the desktop gave to the second start."""


def raise_open_window(project: Path, settings_folder: Path) -> bool:
    """Bring the window that has a project open to the front; return False if none answers."""
    name = _server_name(project, settings_folder)
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not name or not socket.waitForConnected(_CONNECT_MS):
        return False
    socket.write(os.environ.get(_TOKEN, "").encode()[: _LONGEST_LINE - 1] + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(_ANSWER_MS):
        answer += socket.readAll().data()
    socket.disconnectFromServer()
    return answer == _ANSWER


class SingleWindow(QObject):
    """Listens for second starts with the project that a window has open, and raises the window."""

    def __init__(self, window: QWidget, current: CurrentProject, settings_folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._current = current
        self._settings_folder = settings_folder
        self._name = ""
        self._server = QLocalServer(self)
        if sys.platform == "win32":
            # Elsewhere the folder is private, and with this option Qt would replace the socket of another window.
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        current.sessionChanged.connect(self._listen)

    def _listen(self) -> None:
        """Listen for the open project, or for none if none is open."""
        project = self._current.project
        name = _server_name(project.path, self._settings_folder) if project else ""
        if name == self._name:
            return
        self._server.close()
        self._name = name
        if not name or self._server.listen(name):
            return
        # A killed program leaves its socket behind. Nobody answers there; another window of this project would.
        if self._server.serverError() is QAbstractSocket.SocketError.AddressInUseError and not _is_answered(name):
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(_LONGEST_LINE)
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            self._raise(bytes(socket.readLine().data()).decode(errors="ignore").strip())
            socket.write(_ANSWER)
            socket.disconnectFromServer()
        elif socket.bytesAvailable() >= _LONGEST_LINE:
            socket.abort()

    def _raise(self, token: str) -> None:
        if token:
            os.environ[_TOKEN] = token  # Qt's plug-in for Wayland uses it for the next activation.
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        # A dialog that blocks the window is where the user has to go on.
        (QApplication.activeModalWidget() or window).activateWindow()


def _is_answered(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(_CONNECT_MS)


def _server_name(project: Path, settings_folder: Path) -> str:
    """Return the name of the server for a project, "" if there is no private folder for sockets.

    It is the path of a socket, and on Windows the name of a pipe.
    """
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    parts = (str(project.resolve()), str(settings_folder.resolve()), display)
    digest = blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=12).hexdigest()
    if sys.platform == "win32":
        return f"annotator-{digest}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # There is another folder if the user has no proper one.
        folder = platformdirs.user_runtime_path("annotator", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
        status = folder.stat()
    except OSError:
        return ""
    # In a shared temporary folder, another user could have made it and would be asked instead of the window.
    is_private = status.st_uid == os.getuid() and not status.st_mode & 0o077
    return str(folder / digest) if is_private else ""
