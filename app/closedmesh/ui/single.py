"""One window for each home: a second launch shows the first one's window and ends."""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

SHOW = b"show"
"""What one launch says to another; a link may follow after a space, then the line ends."""

MAX_LINE = 20_000
"""Bytes; above the longest invite."""

LOCK_MS = 200
"""Milliseconds to wait for the lock; the other launch may be ending at this moment."""

CONNECT_MS = 3000
"""Milliseconds to wait for the first launch, which may be starting itself."""


class SingleWindow(QObject):
    """Holds the lock from `claim` until `release`."""

    show_requested = Signal(str)
    """A second launch wants the window to be seen, and maybe an invite in it: text that any
    program of this account may have sent."""

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._name = server_name(lock)
        self._sockets: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def claim(self) -> bool:
        """Whether this is the first launch; it listens to others from then on."""
        if not self._lock.tryLock(LOCK_MS):
            return False
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def release(self) -> None:
        """Let another launch be the first."""
        self._server.close()
        self._lock.unlock()

    def show_first(self, link: str = "") -> bool:
        """Ask the first launch to show its window, and an invite in it; whether it heard."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_MS):
            return False
        socket.write(line_for(link))
        socket.waitForBytesWritten(CONNECT_MS)
        socket.disconnectFromServer()
        return True

    def _take(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(MAX_LINE)
            # Not with the socket as an argument: a connection that owns its sender crashes Qt.
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._read)
            self._sockets.append(socket)
        self._read()

    def _read(self) -> None:
        """Anything but that one line is of no interest, however long it is."""
        for socket in list(self._sockets):
            whole = socket.canReadLine() or socket.bytesAvailable() >= MAX_LINE
            line = bytes(socket.readLine(MAX_LINE).data()) if whole else b""
            if whole or socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._sockets.remove(socket)
                socket.deleteLater()
            word, _, link = line.strip().partition(b" ")
            if word == SHOW:
                self.show_requested.emit(link.decode("ascii", "replace"))


def line_for(link: str) -> bytes:
    """What is said to the first launch; a link that cannot be one is left out."""
    if not link.isascii() or not link.isprintable() or len(link) > MAX_LINE - len(SHOW) - 3:
        link = ""
    return SHOW + b" " + link.encode() + b"\n"


def server_name(lock: Path) -> str:
    """A socket beside the lock, or a pipe named by its path on Windows."""
    if sys.platform == "win32":
        return f"closedmesh-{hashlib.sha256(str(lock).encode()).hexdigest()[:16]}"
    return str(lock.with_name(f"{lock.name}.socket"))
