"""What an upstream means when it says no: the kinds of 429, 529 and 5xx, told apart."""

import datetime as dt
from typing import Literal

import msgspec

from trayapp.model.quota import Quota, Resource

RefusalKind = Literal[
    "rate",  # 429 with retry-after: a per-minute limit, of the organization or the workspace
    "ramp",  # 429 `ramp_limit_exceeded`: use grew too fast
    "spend",  # 429 or 400 on money: a tier's cap or a limit the owner set
    "workspace",  # 429 of a workspace's own cap, with retry-after
    "fast",  # 429 on fast mode's own limits
    "fast_disabled",  # 429 on fast mode that the plan does not pay for: never retried
    "window",  # 429 of a subscription: a window is rejected
    "bare",  # 429 that says nothing: no retry-after, no limit headers
    "overloaded",  # 529 or 503: the service as a whole
    "failed",  # 500, 502, 504, 52x or a road that broke: may have been processed
]


class Refusal(msgspec.Struct, frozen=True):
    """One refusal as its status, headers and body told it."""

    kind: RefusalKind
    status: int = 429
    resource: Resource | None = None
    """The limit the message names, if it names one."""
    retry_after: float | None = None
    """Seconds."""
    quota: Quota = Quota(organization=None, workspace=None)
    until: dt.datetime | None = None
    """When access returns, where the message or a window's reset says so."""
    wait: float | None = None
    """The same as seconds from the response's own Date."""
    model_scoped: bool = False
    """A window that binds this model class alone (`7d_oi`)."""
    may_retry: bool = True
    """False where the response says `x-should-retry: false`."""
    body: bytes = b""
    """As it came, for requests that waited behind the refused one."""
