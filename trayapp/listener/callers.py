"""Whose credential a request carries: a connected tool's token, or the caller's own.

A token of ours names a tool, which is then served with the stored key. Anything else is the
caller's own credential and goes upstream in the header it came in, so that changing one base
URL is enough. It is never stored, cached or lent.
"""

import functools
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

import msgspec

from trayapp.model.errors import Refused
from trayapp.model.exchange import Caller, CredentialForm, Headers, Kind
from trayapp.model.secret import TOKEN_PREFIX, Secret

UNKNOWN = "token"
"""The reason that counts who tries tokens; such callers are slowed."""

_PRINTABLE = re.compile(rb"[\x21-\x7e]{8,8192}")
_BEARER = re.compile(rb"bearer +(.*)", re.IGNORECASE | re.DOTALL)

_CREDENTIALS = frozenset({b"x-api-key", b"authorization"})
_ESCAPE = ord("%")
_AGENT_READ = 64
"""Bytes of a User-Agent that are looked at."""

_PROGRAMS: tuple[tuple[bytes, str], ...] = (
    (b"claude-cli/", "claude-code"),
    (b"claude-code/", "claude-code"),
    (b"Anthropic/Python", "anthropic-python"),
    (b"AsyncAnthropic/Python", "anthropic-python"),
    (b"Anthropic/JS", "anthropic-typescript"),
    (b"OpenAI/", "openai-sdk"),
    (b"AsyncOpenAI/", "openai-sdk"),
    (b"litellm/", "litellm"),
    (b"opencode/", "opencode"),
    (b"ai-sdk/", "ai-sdk"),
    (b"ai-sdk-", "ai-sdk"),
    (b"ai/", "ai-sdk"),
    (b"Cline/", "cline"),
    (b"Continue/", "continue"),
    (b"Zed/", "zed"),
    (b"langchain", "langchain"),
    (b"pydantic-ai/", "pydantic-ai"),
    (b"curl/", "curl"),
)
"""Who a caller with its own credential is called; a closed list, so that names stay few."""


class Admitted(msgspec.Struct, frozen=True):
    """A caller let in: who it is, and what upstream will be shown (None: the stored key)."""

    caller: Caller
    form: CredentialForm
    own: Secret | None


class Tools:
    """The tools that may enter, looked up by their token's SHA-256."""

    def __init__(self, table: Mapping[str, Caller]) -> None:
        self.table = dict(table)
        self.inside: dict[str, Caller] = {}
        """Callers of our own, whose tokens are nowhere but in memory."""

    def find(self, token: bytes) -> Caller | None:
        """Return the tool of *token*; a digest leaves nothing for a timing probe to learn."""
        digest = hashlib.sha256(token).hexdigest()
        return self.table.get(digest) or self.inside.get(digest)


def admit(headers: Headers, target: bytes, tools: Tools) -> Admitted:
    """Return who is asking; raises `Refused` with 400 or 401.

    Rules (design 3.2): a value with our prefix decides alone; otherwise exactly one distinct
    value may be there. The prefix counts wherever it stands, so that a token with a stray
    character before it is refused here and not shown to upstream as somebody's own. A program that sends the same value in both headers is sent on as
    `x-api-key`, the one the API itself goes by.
    """
    if _is_ours(target) or (_ESCAPE in target and _is_ours(unquote_to_bytes(target))):
        raise _unknown("A token belongs in a header, never in a URL.")
    offered = _offered(headers)
    if not offered:
        raise _unknown("No credential. Add the token that Sluice gave this tool, or its own key.")
    value, form = offered[0] if len(offered) == 1 else _agreed(offered)
    if _is_ours(value):
        caller = tools.find(value)
        if caller is None:
            message = "This token is not known or was revoked. Connect the tool again."
            raise _unknown(message, UNKNOWN)
        return Admitted(caller, form, None)
    if not _PRINTABLE.fullmatch(value):
        raise _unknown("The credential is not one that an API key or a token can be.")
    return Admitted(_program(headers), form, Secret(value))


def _is_ours(text: bytes) -> bool:
    """A token whose letters changed their case is still none of upstream's business."""
    return TOKEN_PREFIX in text.lower()


def _agreed(offered: list[tuple[bytes, CredentialForm]]) -> tuple[bytes, CredentialForm]:
    """The one credential that several fields speak of: a token of ours, else all of them alike."""
    ours = {value for value, _ in offered if _is_ours(value)}
    if len(ours) > 1:
        raise _unknown("Two different Sluice tokens were sent.", UNKNOWN)
    value = ours.pop() if ours else offered[0][0]
    same = [each for each in offered if each[0] == value]
    if not _is_ours(value) and len(same) != len(offered):
        raise Refused(
            400, "invalid_request_error", "Two different credentials were sent.", "two_credentials"
        )
    return value, _form(same)


def _form(offered: list[tuple[bytes, CredentialForm]]) -> CredentialForm:
    return "x-api-key" if any(form == "x-api-key" for _, form in offered) else "bearer"


def _offered(headers: Headers) -> list[tuple[bytes, CredentialForm]]:
    found: list[tuple[bytes, CredentialForm]] = []
    for name, value in [field for field in headers if field[0] in _CREDENTIALS]:
        if name == b"x-api-key":
            if value:
                found.append((value, "x-api-key"))
        else:
            match = _BEARER.fullmatch(value)
            if match and match[1]:
                found.append((match[1], "bearer"))
            elif value.startswith(TOKEN_PREFIX):
                found.append((value, "bearer"))  # some tools leave the scheme out
    return found


def _program(headers: Headers) -> Caller:
    for name, value in headers:
        if name == b"user-agent":
            return _named(value[:_AGENT_READ])
    return _named(b"")


@functools.lru_cache(64)
def _named(agent: bytes) -> Caller:
    name = next((name for start, name in _PROGRAMS if agent.startswith(start)), "other")
    kind: Kind = "interactive" if agent.startswith(b"claude-cli") else "normal"
    return Caller(name, kind, own=True, cache=False)


def _unknown(message: str, reason: str = "credential") -> Refused:
    return Refused(401, "authentication_error", message, reason)
