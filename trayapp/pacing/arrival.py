"""A request as pacing sees it when it arrives: its weight, its deadline, its size.

A hold ends well before the client gives up: SDKs say their timeout in `x-stainless-timeout` (600 s
unless set otherwise); Claude Code's streams are watched for 300 s of silence and its plain
fallback requests end at 300 s (measured with 2.1.330).
"""

from trayapp.model.exchange import Request, Route
from trayapp.pacing.estimate import text_size
from trayapp.pacing.fairness import weight_of
from trayapp.pacing.ticket import Ticket

SDK_TIMEOUT = 600.0
MARGIN = 60.0
"""Seconds that are left for the answer itself when a hold ends."""
USUAL, CLAUDE_CODE_STREAM, CLAUDE_CODE_PLAIN = 240.0, 240.0, 200.0

_MESSAGES = Route.MESSAGES
_SESSION, _OTHER_SESSION = b"x-claude-code-session-id", b"x-session-id"


def ticket_of(request: Request, pool: str, account: str, longest: float | None = None) -> Ticket:
    """Return the ticket of *request* in *pool*; *longest* seconds a hold may last by settings."""
    fields = dict(request.headers)
    body = request.body if isinstance(request.body, bytes) else b""
    hold = hold_of(fields, stream=request.stream)
    if longest is not None:
        hold = min(hold, longest)
    caller = request.caller
    return Ticket(
        id=request.id,
        tool=caller.name,
        pool=pool,
        account=account,
        model=request.model,
        weight=weight_of(caller.kind, _text(fields.get(b"x-claude-code-request-class"))),
        size=len(body),
        text=text_size(body),
        prefix=_text(fields.get(_SESSION) or fields.get(_OTHER_SESSION)),
        stream=request.stream,
        tokens=request.route is _MESSAGES,
        own=caller.own,
        arrived=request.arrived,
        deadline=request.arrived + hold,
    )


def hold_of(fields: dict[bytes, bytes], *, stream: bool) -> float:
    """Return how many seconds a request with these headers may be held."""
    if fields.get(b"user-agent", b"").startswith(b"claude-cli/"):
        return CLAUDE_CODE_STREAM if stream else CLAUDE_CODE_PLAIN
    told = fields.get(b"x-stainless-timeout")
    if told is None:
        return USUAL
    timeout = float(told) if told.isdigit() and len(told) < 7 else SDK_TIMEOUT
    return max(timeout - MARGIN, timeout / 2)


def tries_of(fields: dict[bytes, bytes]) -> int:
    """Return how often the client has tried this request before."""
    told = fields.get(b"x-stainless-retry-count", b"")
    return int(told) if told.isdigit() and len(told) < 4 else 0


def _text(value: bytes | None) -> str:
    return value[:128].decode("latin-1") if value else ""
