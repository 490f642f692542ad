"""What the environment may say to an engine, and how a key leaves it."""

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from trayapp.model.errors import Misconfigured
from trayapp.model.secret import Secret

_EVERYWHERE = {"0.0.0.0", "::", "[::]", "*"}


def refuse_everywhere(environ: Mapping[str, str]) -> None:
    """Raise `Misconfigured` where a variable asks to listen for other machines.

    Servers that do so on such a word are how many keys were lost; silence would leave the
    user in the belief that it worked.
    """
    for name in ("HOST", "SLUICE_HOST"):
        if environ.get(name, "").strip() in _EVERYWHERE:
            raise Misconfigured(
                f"{name} asks to listen on every address; Sluice listens on loopback only. "
                f"Unset {name}."
            )


def take_key(name: str, environ: MutableMapping[str, str] | None = None) -> Secret:
    """Take the key from the variable *name*, which is gone afterwards, from `/proc` as well."""
    environ = os.environ if environ is None else environ
    key = environ.get(name, "").strip()
    if environ is os.environ and key:
        _wipe(name)
    environ.pop(name, None)
    if not key:
        raise Misconfigured(f"--key-env: the variable {name!a} is not set or is empty.")
    if not is_key(key):
        raise Misconfigured(f"--key-env: the variable {name!a} does not hold an API key.")
    return Secret(key.encode())


def is_key(text: str) -> bool:
    """Whether *text* has the form of an API key: printable ASCII without a space."""
    return 8 <= len(text) <= 8192 and text.isascii() and text.isprintable() and " " not in text


def _wipe(name: str) -> None:
    """Overwrite the variable where the process was given it, and unset it.

    `/proc/PID/environ` and `ps e` show that memory for as long as the process lives, whatever
    was unset since.
    """
    if os.name != "posix":
        return
    # Only `--key-env` pays for this.
    import ctypes

    find = ctypes.CDLL(None).getenv
    find.restype = ctypes.c_void_p
    find.argtypes = [ctypes.c_char_p]
    label = os.fsencode(name) + b"="
    place = find(label[:-1])
    given = _is_given(label)
    ctypes.memset(place, 0, len(ctypes.string_at(place)))
    os.unsetenv(name)
    if given:  # the memory of one that was set later may be gone by now
        ctypes.memset(place - len(label), 0, len(label))


def _is_given(label: bytes) -> bool:
    """Whether the process was started with the variable, as far as this system tells."""
    try:
        block = Path("/proc/self/environ").read_bytes()
    except OSError:
        return False
    return any(entry.startswith(label) for entry in block.split(b"\0"))
