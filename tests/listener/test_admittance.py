"""The door lets programs of this machine in, and neither web pages nor forged names."""

import pytest

from trayapp.listener.admittance import Door, Knock, is_loopback
from trayapp.model.errors import Refused
from trayapp.model.exchange import Headers

PORT = 7429
HOST = b"127.0.0.1:7429"


def knock(
    *further: tuple[bytes, bytes],
    host: bytes | None = HOST,
    method: bytes = b"POST",
    target: bytes = b"/v1/messages",
    peer: str = "127.0.0.1",
    port: int = PORT,
    upgrade: bool = False,
) -> Knock:
    """A request's head as the listener shows it to the door."""
    own: Headers = () if host is None else ((b"host", host),)
    headers = own + further
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields.setdefault(name, value)
    return Knock(method, target, headers, fields, upgrade, peer, port)


def refusal(knocked: Knock, *hosts: str) -> Refused:
    """Why the door refuses."""
    with pytest.raises(Refused) as told:
        Door(hosts).check(knocked)
    return told.value


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_own_machine_is_let_in(peer: str) -> None:
    """Every loopback address is this machine."""
    Door().check(knock(peer=peer))

    assert is_loopback(peer)


@pytest.mark.parametrize("peer", ["10.0.0.1", "192.168.1.7", "fe80::1", "::ffff:10.0.0.1", ""])
def test_other_machine_is_refused(peer: str) -> None:
    """A caller from anywhere else is refused, whatever it says."""
    refused = refusal(knock(peer=peer))

    assert (refused.status, refused.kind, refused.reason) == (403, "permission_error", "peer")


@pytest.mark.parametrize(
    "host", [b"127.0.0.1:7429", b"localhost:7429", b"LOCALHOST:7429", b"[::1]:7429"]
)
def test_own_names_are_hosts(host: bytes) -> None:
    """The three names of this machine are allowed with the port, in any case (A04)."""
    Door().check(knock(host=host))


FOREIGN = (
    b"attacker.example",
    b"attacker.example:7429",
    b"0.0.0.0:7429",
    b"127.1:7429",
    b"2130706433:7429",
    b"[::ffff:127.0.0.1]:7429",
    b"0x7f.1:7429",
    b"127.0.0.1.evil.example:7429",
    b"127.evil.example",
    b"localhost.evil.example",
    b"evil.localhost:7429",
    b"localhost.:7429",
    b"127.0.0.1:7429@evil",
    b"127.0.0.1",
    b"127.0.0.1:1",
    b"127.0.0.1:07429",
)


@pytest.mark.parametrize("host", FOREIGN)
def test_foreign_host_is_refused(host: bytes) -> None:
    """Names that a web page may have made lead here are refused (A01, A02, A03, A05)."""
    refused = refusal(knock(host=host))

    assert (refused.status, refused.kind, refused.reason) == (403, "permission_error", "host")
    assert host.decode() not in refused.message.replace("127.0.0.1:7429", "")


@pytest.mark.parametrize("host", [None, b"", b"127.0.0.1:7429, evil", b"127.0.0.1:7429 x", b"\xe9"])
def test_host_that_is_no_host_is_refused(host: bytes | None) -> None:
    """Without a Host, or with what may be two, nobody can say who is meant (A06, A07)."""
    refused = refusal(knock(host=host))

    assert (refused.status, refused.kind) == (400, "invalid_request_error")


@pytest.mark.parametrize("second", [HOST, b"evil"])
def test_two_hosts_are_refused(second: bytes) -> None:
    """Two Host headers are refused even where they agree (A07)."""
    assert refusal(knock((b"host", second))).status == 400


def test_foreign_host_before_ours_is_refused() -> None:
    """It does not matter which of two Hosts comes first (A07)."""
    assert refusal(knock((b"host", HOST), host=b"evil")).status == 400


def test_port_80_may_be_left_out() -> None:
    """On HTTP's own port a Host needs no port."""
    Door().check(knock(host=b"localhost", port=80))


def test_further_host_takes_the_listeners_port() -> None:
    """A name of the settings is allowed with our port."""
    Door(["Host.Docker.Internal"]).check(knock(host=b"host.docker.internal:7429"))


@pytest.mark.parametrize("host", ["localhost:9000", "[::1]:9000"])
def test_further_host_may_bring_its_port(host: str) -> None:
    """A forward that ends on another port is allowed exactly as it is written."""
    Door([host]).check(knock(host=host.encode()))

    assert refusal(knock(host=b"localhost:9001"), host).reason == "host"


def test_further_address_takes_the_listeners_port() -> None:
    """An IPv6 address without a port is not mistaken for one that has one."""
    Door(["[fd00::5]"]).check(knock(host=b"[fd00::5]:7429"))


@pytest.mark.parametrize(
    "field",
    [
        (b"origin", b"https://evil.example"),
        (b"origin", b"null"),
        (b"origin", b"http://localhost:3000"),
        (b"origin", b"http://127.0.0.1:7429"),
        (b"origin", b"chrome-extension://x"),
        (b"origin", b""),
        (b"referer", b"https://evil"),
        (b"sec-fetch-site", b"cross-site"),
        (b"sec-fetch-site", b"same-site"),
        (b"sec-fetch-site", b"same-origin"),
        (b"sec-fetch-site", b"none"),
        (b"access-control-request-method", b"POST"),
        (b"access-control-request-headers", b"x-api-key"),
        (b"access-control-request-private-network", b"true"),
    ],
)
def test_browser_is_refused(field: tuple[bytes, bytes]) -> None:
    """What only a browser sends gives a web page away (A10, A11, A12, A13)."""
    refused = refusal(knock(field))

    assert (refused.status, refused.kind, refused.reason) == (403, "permission_error", "origin")


def test_nodes_own_fetch_is_no_browser() -> None:
    """Node's fetch sends `sec-fetch-mode`, and is let in (A13)."""
    Door().check(knock((b"sec-fetch-mode", b"cors")))


@pytest.mark.parametrize("host", [HOST, b"evil.example"])
def test_absolute_form_is_refused(host: bytes) -> None:
    """A target with a scheme takes us for a forward proxy, whatever Host says (A08)."""
    refused = refusal(knock(host=host, method=b"GET", target=b"http://evil.example/v1/models"))

    assert (refused.status, refused.kind, refused.reason) == (400, "invalid_request_error", "form")


@pytest.mark.parametrize("host", [HOST, b"api.anthropic.com:443"])
def test_connect_is_refused(host: bytes) -> None:
    """CONNECT takes us for a forward proxy (A08)."""
    asked = knock(host=host, method=b"CONNECT", target=b"api.anthropic.com:443", upgrade=True)

    assert refusal(asked).reason == "form"


def test_connect_to_a_path_is_refused() -> None:
    """CONNECT is refused even where its target looks like one of ours (A08)."""
    assert refusal(knock(method=b"CONNECT", upgrade=True)).status == 400


def test_asterisk_is_left_to_the_methods() -> None:
    """`OPTIONS *` is well formed; that we have no such method is said elsewhere (A08)."""
    Door().check(knock(method=b"OPTIONS", target=b"*"))


@pytest.mark.parametrize("field", [b"websocket", b"h2c"])
def test_upgrade_is_refused(field: bytes) -> None:
    """No protocol is switched to, announced by the parser or by the header alone (A15)."""
    by_header = refusal(knock((b"upgrade", field)))
    by_parser = refusal(knock(upgrade=True))

    assert by_header.status == by_parser.status == 403
    assert by_header.reason == by_parser.reason == "upgrade"


@pytest.mark.parametrize("name", [b"content-type", b"content-encoding"])
def test_field_that_says_two_things_is_refused(name: bytes) -> None:
    """A type or coding of the body that differs from the one looked at is not passed on."""
    refused = refusal(knock((name, b"identity"), (name, b"gzip")))

    assert (refused.status, refused.reason) == (400, "repeated")


def test_field_that_says_one_thing_twice_is_let_in() -> None:
    """Clients that set the content type in two places mean one."""
    field = (b"content-type", b"application/json")

    Door().check(knock(field, field))
