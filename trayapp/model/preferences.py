"""What the user may set, with the defaults that need no setting."""

from typing import Annotated

import msgspec

DEFAULT_UPSTREAM = "https://api.anthropic.com"
DEFAULT_PORT = 7429

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
"""0 asks for any free port."""


Limit = Annotated[int, msgspec.Meta(ge=1)] | None
Hold = Annotated[float, msgspec.Meta(ge=1, le=540)] | None


class ListenerPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[listener]`: where callers reach us. *hosts* are further Host headers to allow."""

    port: Port = DEFAULT_PORT
    hosts: tuple[str, ...] = ()


class UpstreamPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[upstream]`: where requests go, unless `serve --upstream` says otherwise."""

    url: str = DEFAULT_UPSTREAM
    allow_loopback: bool = False
    requests_per_minute: Limit = None
    input_tokens_per_minute: Limit = None
    output_tokens_per_minute: Limit = None
    """Limits to keep where the upstream tells none itself."""


class PacingPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[pacing]`: *longest_hold* in seconds shortens how long a request may wait its turn."""

    longest_hold: Hold = None


class NetworkPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[network]`: the proxy to use; never taken from the environment."""

    proxy: str | None = None
    ca_file: str | None = None


class HistoryPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[history]`: how many *days* each request is kept; what their days come to stays for good."""

    days: Annotated[int, msgspec.Meta(ge=1, le=36500)] = 365


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `config.toml`."""

    listener: ListenerPreferences = ListenerPreferences()
    upstream: UpstreamPreferences = UpstreamPreferences()
    pacing: PacingPreferences = PacingPreferences()
    network: NetworkPreferences = NetworkPreferences()
    history: HistoryPreferences = HistoryPreferences()
