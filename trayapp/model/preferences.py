"""What the user may set, with the defaults that need no setting."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from trayapp.model.exchange import DEFAULT_NAME
from trayapp.model.quota import Resource
from trayapp.model.snapshot import Rule

DEFAULT_UPSTREAM = "https://api.anthropic.com"
DEFAULT_PORT = 7429

UpstreamKind = Literal["anthropic", "compatible"]
"""The API itself, or any other server that speaks Messages."""
CredentialAs = Literal["caller", "bearer", "x-api-key", "none"]
"""The header the stored key goes in: the one the caller used, or always this one; or no key at all."""

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
"""0 asks for any free port."""


_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
TimeOfDay = Annotated[str, msgspec.Meta(pattern=f"^{_CLOCK}$")]
QuietHours = Annotated[str, msgspec.Meta(pattern=f"^{_CLOCK}-{_CLOCK}$")] | None
Money = Annotated[float, msgspec.Meta(ge=0, le=1e9)] | None
Action = Literal["warn", "stop"]
Limit = Annotated[int, msgspec.Meta(ge=1)] | None
Hold = Annotated[float, msgspec.Meta(ge=1, le=540)] | None


class ListenerPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[listener]`: where callers reach us. *hosts* are further Host headers to allow."""

    port: Port = DEFAULT_PORT
    hosts: tuple[str, ...] = ()


class UpstreamPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[upstream]`: where requests go, unless `serve --upstream` says otherwise.

    `[upstreams.NAME]` is the same for a further one, or for a further key of the same.
    """

    url: str = DEFAULT_UPSTREAM
    kind: UpstreamKind = "anthropic"
    credential: CredentialAs = "caller"
    allow_loopback: bool = False
    requests_per_minute: Limit = None
    input_tokens_per_minute: Limit = None
    output_tokens_per_minute: Limit = None
    """Limits to keep where the upstream tells none itself."""

    @property
    def stated(self) -> dict[Resource, float]:
        """The limits that the user states; they hold until headers speak."""
        stated: dict[Resource, int | None] = {
            "requests": self.requests_per_minute,
            "input_tokens": self.input_tokens_per_minute,
            "output_tokens": self.output_tokens_per_minute,
        }
        return {resource: limit for resource, limit in stated.items() if limit}


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


class WarningPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[warnings]`: what is told, when, and to which program besides the desk."""

    off: tuple[Rule, ...] = ()
    """Rules that nobody wants to hear of."""
    quiet_hours: QuietHours = None
    """From and to, by the local clock; what still goes on at their end is told then."""
    calm_at: TimeOfDay = "18:00"
    """When the day's one calm line is told."""
    command: tuple[str, ...] = ()
    """A program and its arguments; it reads a line of JSON, and no shell takes part."""

    @property
    def calm_time(self) -> dt.time:
        """When the day's line is told."""
        return dt.time.fromisoformat(self.calm_at)

    def is_quiet(self, time: dt.time) -> bool:
        """Whether *time* lies in the quiet hours, which may pass midnight."""
        if self.quiet_hours is None:
            return False
        begins, ends = map(dt.time.fromisoformat, self.quiet_hours.split("-"))
        if begins <= ends:
            return begins <= time < ends
        return time >= begins or time < ends


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one tool may spend, in USD; *action* is what happens when it is spent."""

    day: Money = None
    month: Money = None
    action: Action = "warn"


class BudgetPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[budget]`: what all tools together may spend, and `[budget.tools.NAME]` for one of them."""

    day: Money = None
    month: Money = None
    action: Action = "warn"
    tools: dict[str, Budget] = {}


class CachePreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[cache]`: whether answers are kept, up to how many megabytes, and for how many minutes."""

    enabled: bool = True
    megabytes: Annotated[int, msgspec.Meta(ge=16, le=1_000_000)] = 512
    minutes: Annotated[float, msgspec.Meta(gt=0, le=43_200)] = 60.0

    @property
    def limit(self) -> int:
        """Bytes."""
        return self.megabytes * 1024 * 1024

    @property
    def lifetime(self) -> float:
        """Seconds."""
        return self.minutes * 60


class StoragePreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[storage]`: where the *key* is that seals what is kept: the keyring, or a file beside it."""

    key: Literal["keyring", "file"] = "keyring"


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `config.toml`."""

    listener: ListenerPreferences = ListenerPreferences()
    upstream: UpstreamPreferences = UpstreamPreferences()
    upstreams: dict[str, UpstreamPreferences] = {}
    """Further upstreams by name; a tool is bound to one."""
    pacing: PacingPreferences = PacingPreferences()
    network: NetworkPreferences = NetworkPreferences()
    history: HistoryPreferences = HistoryPreferences()
    warnings: WarningPreferences = WarningPreferences()
    budget: BudgetPreferences = BudgetPreferences()
    cache: CachePreferences = CachePreferences()
    storage: StoragePreferences = StoragePreferences()

    def named(self) -> dict[str, UpstreamPreferences]:
        """Every upstream by its name, the default one first."""
        return {DEFAULT_NAME: self.upstream, **self.upstreams}

    def stated(self) -> dict[str, dict[Resource, float]]:
        """Return the limits that the user states, by upstream; they hold until headers speak."""
        return {name: upstream.stated for name, upstream in self.named().items()}
