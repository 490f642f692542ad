"""A real Secret Service: GNOME Keyring on a D-Bus of its own, with a home of its own.

Needs `dbus-daemon` and `gnome-keyring-daemon`; where they are missing, `missing` says so.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import secretstorage
from jeepney import (
    DBusAddress,
    MatchRule,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import (
    DBusConnection,
    Proxy,
    open_dbus_connection,
)
from secretstorage.util import DBusAddressWrapper, format_secret, open_session

PASSWORD = b"the login password"
NAME = "org.freedesktop.secrets"


def missing() -> str:
    """The programs that are not installed here, empty if none."""
    wanted = ("dbus-daemon", "gnome-keyring-daemon")
    return ", ".join(name for name in wanted if shutil.which(name) is None)


class SecretService:
    """One session: a bus, and the keyring on it while it is started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run = folder / "run"
        run.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environ = {**kept, "HOME": str(folder), "XDG_RUNTIME_DIR": str(run)}
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout
        self.address = self._bus.stdout.readline().strip()
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = self.address
        self._keyring: subprocess.Popen[bytes] | None = None

    def start(self, *, unlocked: bool) -> None:
        """Start the keyring and wait until it has its name."""
        flags = ["--unlock"] if unlocked else []
        with self._connection() as bus:
            named = MatchRule(
                type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged"
            )
            named.add_arg_condition(0, NAME)
            Proxy(message_bus, bus).AddMatch(named)
            with bus.filter(named) as signals:
                self._keyring = subprocess.Popen(
                    ["gnome-keyring-daemon", "--foreground", "--components=secrets", *flags],
                    env=self.environ,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                assert self._keyring.stdin
                with self._keyring.stdin as words:
                    words.write(PASSWORD if unlocked else b"")
                bus.recv_until_filtered(signals, timeout=10)

    def unlock(self) -> None:
        """Do what its user does at the prompt, by the way that GNOME's own programs go."""
        with self._connection() as bus:
            collection = secretstorage.Collection(bus)
            session = open_session(bus)
            service = DBusAddressWrapper(
                "/org/freedesktop/secrets",
                "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                bus,
            )
            secret = format_secret(session, PASSWORD, "text/plain")
            path = collection.collection_path
            service.call("UnlockWithMasterPassword", "o(oayays)", path, secret)

    def lock(self) -> None:
        """Do what a screen saver may."""
        with self._connection() as bus:
            secretstorage.Collection(bus).lock()

    def kill(self) -> None:
        """End the keyring as a crash would."""
        if self._keyring is not None:
            self._keyring.kill()
            self._keyring.wait(10)
            self._keyring = None

    def signal(self, number: int) -> None:
        """Let the keyring fall silent (SIGSTOP), or speak again (SIGCONT)."""
        assert self._keyring is not None
        self._keyring.send_signal(number)

    def close(self) -> None:
        """End everything; a keyring that the bus had activated ends with the bus."""
        self.kill()
        with contextlib.suppress(Exception), self._connection() as bus:
            self._end_activated(bus)
        self._bus.terminate()
        self._bus.communicate(timeout=10)

    def _end_activated(self, bus: DBusConnection) -> None:
        (pid,) = bus.send_and_get_reply(
            new_method_call(
                DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus"),
                "GetConnectionUnixProcessID",
                "s",
                (NAME,),
            )
        ).body
        os.kill(pid, 9)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[DBusConnection]:
        with contextlib.closing(open_dbus_connection(self.address)) as bus:
            yield bus


@contextlib.contextmanager
def secret_service() -> Iterator[SecretService]:
    """A session in a folder with a short name, since sockets are made in it."""
    with tempfile.TemporaryDirectory(prefix="sluice-bus-") as folder:
        service = SecretService(Path(folder))
        try:
            yield service
        finally:
            service.close()
