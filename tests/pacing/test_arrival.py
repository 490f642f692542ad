"""What pacing reads off a request as it comes: how long it may wait, how much it weighs."""

import pytest

from tests.fakes.requests import a_request
from trayapp.model.exchange import BodySource, Caller, Receiver, Route
from trayapp.pacing.arrival import hold_of, ticket_of, tries_of

CLAUDE_CODE = (b"user-agent", b"claude-cli/2.1.330 (external, cli)")
CLASS = b"x-claude-code-request-class"


class Streamed:
    """A body that is on its way through."""

    length: int | None = None

    async def pour(self, receiver: Receiver) -> None:
        """Nobody asks for it here."""

    def pause(self) -> None:
        """Nothing to do."""

    def resume(self) -> None:
        """Nothing to do."""


@pytest.mark.parametrize(
    ("fields", "stream", "seconds"),
    [
        ({}, False, 240.0),
        ({}, True, 240.0),
        ({b"x-stainless-timeout": b"600"}, False, 540.0),
        ({b"x-stainless-timeout": b"120"}, False, 60.0),
        ({b"x-stainless-timeout": b"60"}, True, 30.0),
        ({b"x-stainless-timeout": b"2"}, False, 1.0),
        ({b"x-stainless-timeout": b"NaN"}, False, 540.0),
        ({b"x-stainless-timeout": b"1e9"}, False, 540.0),
        ({b"x-stainless-timeout": b""}, False, 540.0),
        ({b"x-stainless-timeout": b"9999999999"}, False, 540.0),
        (dict([CLAUDE_CODE]), True, 240.0),
        (dict([CLAUDE_CODE]), False, 200.0),
        ({**dict([CLAUDE_CODE]), b"x-stainless-timeout": b"600"}, False, 200.0),
        ({b"user-agent": b"anthropic-python/2.12 claude-cli/"}, False, 240.0),
    ],
)
def test_a_hold_ends_before_the_client_gives_up(
    fields: dict[bytes, bytes], stream: bool, seconds: float
) -> None:
    """A minute less than the SDK's timeout, at least half of it; Claude Code has its own rules."""
    assert hold_of(fields, stream=stream) == seconds


@pytest.mark.parametrize(
    ("told", "tries"), [(None, 0), (b"0", 0), (b"2", 2), (b"-1", 0), (b"x", 0), (b"99999", 0)]
)
def test_a_clients_retry_is_told_by_its_count(told: bytes | None, tries: int) -> None:
    """Only a plain small number is believed."""
    fields = {} if told is None else {b"x-stainless-retry-count": told}

    assert tries_of(fields) == tries


def test_a_ticket_says_who_asks_for_what() -> None:
    """Id, tool, model, pool and account are the request's own."""
    request = a_request(headers=(), body=b'{"a":1}', stream=True, arrived=50.0)

    ticket = ticket_of(request, "org/ws/sonnet", "org")

    assert (ticket.id, ticket.tool, ticket.model) == ("slc_1", "editor", "claude-sonnet-5-5")
    assert (ticket.pool, ticket.account) == ("org/ws/sonnet", "org")
    assert (ticket.size, ticket.text, ticket.stream, ticket.tokens) == (7, 7, True, True)
    assert (ticket.arrived, ticket.deadline) == (50.0, 290.0)
    assert (ticket.own, ticket.prefix, ticket.state) == (False, "", "new")


@pytest.mark.parametrize(("longest", "deadline"), [(None, 1240.0), (30.0, 1030.0), (500.0, 1240.0)])
def test_settings_can_only_shorten_a_hold(longest: float | None, deadline: float) -> None:
    """A longest hold of the user's ends it sooner, never later."""
    ticket = ticket_of(a_request(), "pool", "org", longest)

    assert ticket.deadline == deadline


@pytest.mark.parametrize(
    ("kind", "told", "weight"),
    [
        ("interactive", None, 8),
        ("interactive", b"subagent", 4),
        ("interactive", b"auxiliary", 1),
        ("interactive", b"\xff\xfe", 8),
        ("batch", b"main", 1),
    ],
)
def test_weight_is_the_tools_kind_lowered_by_claude_codes_class(
    kind: str, told: bytes | None, weight: int
) -> None:
    """A request may count for less than its tool, never for more."""
    headers = () if told is None else ((CLASS, told),)
    request = a_request(caller=Caller("tool", kind), headers=headers)  # type: ignore[arg-type] # one of the kinds

    assert ticket_of(request, "pool", "org").weight == weight


def test_a_session_names_its_cached_prefix() -> None:
    """Requests of one session share what the prompt cache holds; a long name is cut."""
    headers = ((b"x-session-id", b"other"), (b"x-claude-code-session-id", b"s" * 200))

    assert ticket_of(a_request(headers=headers), "pool", "org").prefix == "s" * 128
    assert ticket_of(a_request(headers=headers[:1]), "pool", "org").prefix == "other"


def test_images_do_not_count_by_their_bytes() -> None:
    """What pacing takes for text leaves base64 out."""
    image = b'{"source":{"type":"base64","media_type":"image/png","data":"' + b"A" * 90_000 + b'"}}'

    ticket = ticket_of(a_request(body=image), "pool", "org")

    assert ticket.size > 90_000
    assert ticket.text is not None
    assert ticket.text < 10_000


def test_counting_tokens_takes_requests_only() -> None:
    """count_tokens draws on no token bucket."""
    ticket = ticket_of(a_request(route=Route.COUNT_TOKENS), "pool", "org")

    assert not ticket.tokens


def test_a_body_on_its_way_through_has_no_size() -> None:
    """What is streamed through cannot be looked at."""
    body: BodySource = Streamed()

    ticket = ticket_of(a_request(body=body), "pool", "org")

    assert (ticket.size, ticket.text) == (0, 0)


def test_an_own_credential_is_marked() -> None:
    """Windows of a caller's own login are its own affair."""
    caller = Caller("claude-code", "interactive", own=True)

    assert ticket_of(a_request(caller=caller), "pool", "org").own
