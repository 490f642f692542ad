"""One tray a home: the first one listens, a second one asks it to come to the front."""

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 3000
LEAVES_MS = 40_000
"""How long a first one that is quitting may take: its engine drains for half a minute."""
ASK_MS = 100
RAISE, COMING, LEAVING = b"raise\n", b"coming\n", b"leaving\n"


class Instance(QObject):
    """The lock of a home's tray, and the socket by which others reach who holds it.

    Signal *called* when another start asks the holder to show itself.
    """

    called = Signal()

    def __init__(self, lock: Path, socket: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._socket = str(socket)
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)  # however long it runs; a dead holder's lock is taken over
        self._server: QLocalServer | None = None
        self.is_leaving = False
        self.was_heard = True

    def claim(self) -> bool:
        """Become the one; false where another one is there and comes to the front instead.

        One that is just leaving is waited for. *was_heard* is false where it did not answer.
        """
        if not self._lock.tryLock(0):
            said = self._call()
            self.was_heard = said == COMING
            if said != LEAVING or not self._follow():
                return False
        QLocalServer.removeServer(self._socket)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._socket)
        return True

    def release(self) -> None:
        """Let another one in."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _follow(self) -> bool:
        """Whether the lock became free; asked often, since Qt itself asks ever more seldom."""
        return any(self._lock.tryLock(ASK_MS) for _ in range(LEAVES_MS // ASK_MS))

    def _call(self) -> bytes:
        socket = QLocalSocket()
        socket.connectToServer(self._socket)
        if not socket.waitForConnected(ANSWER_MS):
            return b""
        socket.write(RAISE)
        socket.flush()
        said = bytes(socket.readAll().data()) if socket.waitForReadyRead(ANSWER_MS) else b""
        socket.abort()
        return said

    def _answer(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))

    def _hear(self, caller: QLocalSocket) -> None:
        if caller.readAll().data() != RAISE:
            caller.abort()
            return
        caller.write(LEAVING if self.is_leaving else COMING)
        caller.flush()
        if not self.is_leaving:
            self.called.emit()
