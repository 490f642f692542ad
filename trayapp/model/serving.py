"""What `sluice serve` was told on its command line."""

import msgspec
from msgspec.structs import replace

from trayapp.model.preferences import Preferences
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

    def over(self, preferences: Preferences) -> Preferences:
        """The preferences under these flags: what a flag says holds for as long as this engine."""
        upstream, network = preferences.upstream, preferences.network
        if self.upstream is not None:
            upstream = replace(upstream, url=self.upstream, kind="anthropic")
        if self.allow_loopback_upstream:
            upstream = replace(upstream, allow_loopback=True)
        if self.proxy is not None:
            network = replace(network, proxy=self.proxy)
        listener = preferences.listener
        if self.port is not None:
            listener = replace(listener, port=self.port)
        return replace(preferences, upstream=upstream, network=network, listener=listener)
