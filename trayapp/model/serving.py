"""What `sluice serve` was told on its command line."""

import msgspec

from trayapp.model.secret import Secret
from trayapp.model.snapshot import Owner

DRAIN = 30.0
"""Seconds that running streams may go on after a stop."""


class ServeOptions(msgspec.Struct, frozen=True):
    """Flags of one start; None means that the preferences decide.

    *key* was taken from the environment variable that `--key-env` names, which is gone by now.
    """

    port: int | None = None
    upstream: str | None = None
    key: Secret | None = None
    allow_loopback_upstream: bool = False
    proxy: str | None = None
    drain: float = DRAIN
    owner: Owner = "serve"
