"""What is passed on and what is stripped, both ways."""

import pytest

from trayapp.model.exchange import CredentialForm, Headers
from trayapp.model.secret import TOKEN_PREFIX, Secret
from trayapp.upstream.headers import Names, credential_fields, incoming, passed_on, value_of

KEY = Secret(b"sk-ant-api03-stored")
TOKEN = TOKEN_PREFIX + b"t" * 43


def sent(*headers: tuple[bytes, bytes]) -> Headers:
    """What upstream gets beside what every request has."""
    made = passed_on(headers, b"api.anthropic.com")
    assert made[0] == (b"host", b"api.anthropic.com")
    assert made[-1] == (b"accept-encoding", b"identity")
    return tuple(made[1:-1])


@pytest.mark.parametrize(
    "field",
    [
        (b"anthropic-version", b"2026-10-21"),
        (b"anthropic-beta", b"a,b"),
        (b"anthropic-dangerous-direct-browser-access", b"true"),
        (b"content-type", b"application/json"),
        (b"user-agent", b"claude-cli/2.1.330"),
        (b"x-app", b"cli"),
        (b"x-stainless-retry-count", b"1"),
        (b"x-claude-code-session-id", b"s"),
        (b"accept", b"text/event-stream"),
        (b"if-none-match", b'"e"'),
    ],
)
def test_clients_words_reach_upstream(field: tuple[bytes, bytes]) -> None:
    """What client and API say to each other passes as it came."""
    assert sent(field) == (field,)


def test_lines_of_betas_become_one() -> None:
    """Several lines of betas are one list, where the first of them stood, in their order."""
    fields = ((b"anthropic-beta", b"a"), (b"x-app", b"cli"), (b"anthropic-beta", b"b,c"))

    assert sent(*fields) == ((b"anthropic-beta", b"a,b,c"), (b"x-app", b"cli"))


def test_exact_repeats_go_up_once() -> None:
    """A line that is there twice, word for word, is one line, betas too."""
    fields = ((b"x-app", b"cli"), (b"anthropic-beta", b"a"), (b"accept", b"*/*"))

    assert sent(*fields, *fields) == fields


def test_two_values_of_a_field_stay_two() -> None:
    """What a tool means by two values of a field of its own is left to upstream."""
    fields = ((b"x-note", b"1"), (b"x-note", b"2"))

    assert sent(*fields, fields[0]) == fields


@pytest.mark.parametrize(
    "name",
    [
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"proxy-authorization",
        b"proxy-authenticate",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"http2-settings",
        b"host",
        b"content-length",
        b"accept-encoding",
        b"expect",
        b"x-api-key",
        b"authorization",
        b"cookie",
        b"forwarded",
        b"via",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-upstream",
        b"x-original-url",
        b"x-original-host",
        b"x-http-method-override",
        b"host-override",
        b"x-sluice-anything",
        b"x-sluice",
        b"sec-fetch-mode",
    ],
)
def test_field_that_was_for_us_stays_here(name: bytes) -> None:
    """Hop-by-hop fields, credentials, and orders about host or method go no further (A21)."""
    assert sent((name, b"value")) == ()


def test_token_goes_nowhere_in_any_field() -> None:
    """A field that holds a token of ours is dropped, whatever it is called (A25)."""
    assert sent((b"x-custom", b"key=" + TOKEN), (b"x-other", b"1")) == ((b"x-other", b"1"),)


@pytest.mark.parametrize(
    "connections", [(b"close, X-Hop",), (b"keep-alive", b"x-hop"), (b"x-hop ,close",)]
)
def test_field_named_by_connection_is_dropped(connections: tuple[bytes, ...]) -> None:
    """What any Connection line names belongs to this hop alone (RFC 9110 7.6.1)."""
    lines = [(b"connection", value) for value in connections]

    assert sent(*lines, (b"x-hop", b"1"), (b"x-end", b"2")) == ((b"x-end", b"2"),)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("bearer", (b"authorization", b"Bearer sk-ant-api03-stored")),
        ("x-api-key", (b"x-api-key", b"sk-ant-api03-stored")),
    ],
)
def test_upstream_sees_one_credential(form: CredentialForm, field: tuple[bytes, bytes]) -> None:
    """Whatever the caller sent, one credential goes on, in its form (A25)."""
    given = ((b"x-api-key", b"sk-ant-REAL2"), (b"authorization", b"Bearer " + TOKEN))

    assert sent(*given) == ()
    assert credential_fields(KEY, form) == [field]


@pytest.mark.parametrize(
    "name",
    [
        b"content-type",
        b"content-encoding",
        b"content-disposition",
        b"content-range",
        b"date",
        b"request-id",
        b"retry-after",
        b"retry-after-ms",
        b"x-should-retry",
        b"anthropic-ratelimit-requests-remaining",
        b"anthropic-organization-id",
        b"x-unknown",
    ],
)
def test_apis_words_reach_the_caller(name: bytes) -> None:
    """What the API says of its answer passes."""
    assert incoming(((name, b"value"),)) == [(name, b"value")]


@pytest.mark.parametrize(
    "name",
    [
        b"connection",
        b"keep-alive",
        b"transfer-encoding",
        b"content-length",
        b"trailer",
        b"upgrade",
        b"set-cookie",
        b"alt-svc",
        b"strict-transport-security",
        b"nel",
        b"report-to",
        b"server",
        b"via",
        b"location",
        b"www-authenticate",
        b"access-control-allow-origin",
        b"x-sluice-request-id",
        b"x-accel-redirect",
        b"x-sendfile",
    ],
)
def test_field_of_the_road_does_not_reach_the_caller(name: bytes) -> None:
    """What a server or a proxy says to a browser, or in our name, is not repeated."""
    assert incoming(((name, b"value"),)) == []


def test_answers_own_hop_is_dropped() -> None:
    """What upstream's Connection names ends here."""
    headers = ((b"connection", b"x-hop"), (b"x-hop", b"1"), (b"x-end", b"2"))

    assert incoming(headers) == [(b"x-end", b"2")]


def test_first_value_is_the_value() -> None:
    """Of several values the first is told, and None where there is none."""
    headers = ((b"a", b"1"), (b"b", b"2"), (b"b", b"3"))

    assert (value_of(headers, b"b"), value_of(headers, b"c")) == (b"2", None)


def test_judgements_of_names_are_bounded() -> None:
    """Names are judged once each, as long as they are short and few; others each time."""
    asked: list[bytes] = []

    def judge(name: bytes) -> bool:
        asked.append(name)
        return True

    names = Names(judge)
    everyday = [b"x-%d" % number for number in range(256)]
    rare = [b"y" * 65, b"x-last"]
    for name in [*everyday, *everyday, *rare, *rare]:
        assert names[name]

    assert asked == [*everyday, *rare, *rare]


def test_server_that_wants_no_key_gets_none() -> None:
    """A server on this machine is told nothing that it has not asked for."""
    assert credential_fields(KEY, "none") == []


@pytest.mark.parametrize(
    "name",
    [b"x_api_key", b"transfer_encoding", b"content_length", b"x_forwarded_host", b"x-api_key"],
)
def test_underscores_hide_no_field(name: bytes) -> None:
    """Servers that take `_` for `-` get no second credential, length or host by that way."""
    assert sent((name, b"1"), (b"x_app", b"cli")) == ((b"x_app", b"cli"),)


def test_connection_takes_nothing_from_the_api() -> None:
    """A beta that was asked for is asked for: the cache and the pacer go by it too."""
    fields = ((b"anthropic-beta", b"a"), (b"anthropic-version", b"2023-06-01"))

    assert sent((b"connection", b"anthropic-beta, Anthropic-Version"), *fields) == fields
