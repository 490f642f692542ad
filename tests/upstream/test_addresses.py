"""Which addresses a request may go to, and what an upstream's URL may be."""

import pytest

from trayapp.model.errors import Misconfigured, Unreachable
from trayapp.upstream.addresses import (
    Forbidden,
    Origin,
    SelfLoop,
    check_address,
    is_this_machine,
    origin_of,
)

OURS = frozenset({("127.0.0.1", 7429), ("::1", 7429)})


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://api.anthropic.com", Origin(True, "api.anthropic.com", 443, b"")),
        ("https://api.anthropic.com/", Origin(True, "api.anthropic.com", 443, b"")),
        ("https://api.anthropic.com/v1/", Origin(True, "api.anthropic.com", 443, b"")),
        ("HTTPS://API.example:8443/api", Origin(True, "api.example", 8443, b"/api")),
        ("https://openrouter.ai/api/v1", Origin(True, "openrouter.ai", 443, b"/api")),
        ("https://10.0.0.1", Origin(True, "10.0.0.1", 443, b"")),
        ("https://[fd00::5]:8443", Origin(True, "fd00::5", 8443, b"")),
        ("https://bücher.example", Origin(True, "xn--bcher-kva.example", 443, b"")),
    ],
)
def test_base_url_is_read(url: str, origin: Origin) -> None:
    """Name, port and what stands before `/v1`; names in the letters that DNS knows."""
    assert origin_of(url, allow_loopback=False) == origin


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:11434", "http://localhost:1", "https://[::1]", "http://a.localhost"]
)
def test_this_machine_is_an_upstream_where_allowed(url: str) -> None:
    """A server on this machine may be used by flag or setting, also without TLS."""
    assert is_this_machine(origin_of(url, allow_loopback=True).name)

    with pytest.raises(Misconfigured):
        origin_of(url, allow_loopback=False)


@pytest.mark.parametrize("allow_loopback", [False, True])
@pytest.mark.parametrize(
    "url",
    [
        "http://api.anthropic.com",
        "http://10.0.0.1",
        "http://127.1",
        "https://169.254.169.254",
        "https://[fe80::1]",
        "https://0.0.0.0",
        "https://[::]",
        "https://224.0.0.1",
        "https://[::ffff:169.254.169.254]",
        "file:///etc/passwd",
        "ftp://host",
        "//host",
        "host",
        "",
        "https://",
        "https://user:secret@host",
        "https://user@host",
        "https://host?x=secret",
        "https://host#x",
        "https://host.",
        "https://host:99999",
        "https://host:x",
        "https://[::1",
        "https://a..b",
        "https://ho st",
        "https://host\\@evil",
        "https://good\\.evil",
        "https://host/pa th",
        "https://host/ä",
    ],
)
def test_other_url_is_a_mistake(url: str, allow_loopback: bool) -> None:
    """What is not plain https to a name or an address is refused before anything is sent (A22)."""
    with pytest.raises(Misconfigured) as told:
        origin_of(url, allow_loopback=allow_loopback)

    assert "secret" not in told.value.message


@pytest.mark.parametrize(
    ("url", "host", "again"),
    [
        ("https://api.example", b"api.example", "https://api.example"),
        ("https://api.example:8443/x", b"api.example:8443", "https://api.example:8443/x"),
        ("http://127.0.0.1:80", b"127.0.0.1", "http://127.0.0.1"),
        ("https://[::1]:444", b"[::1]:444", "https://[::1]:444"),
    ],
)
def test_host_leaves_out_the_schemes_own_port(url: str, host: bytes, again: str) -> None:
    """Host and the URL for people are as short as they may be."""
    origin = origin_of(url, allow_loopback=True)

    assert (origin.host, origin.url) == (host, again)


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("a.localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("notlocalhost", False),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("api.anthropic.com", False),
    ],
)
def test_this_machine_is_known_by_name(name: str, is_it: bool) -> None:
    """Loopback names and addresses are this machine, and look-alikes are not."""
    assert is_this_machine(name) is is_it


@pytest.mark.parametrize(
    "address",
    ["160.79.104.10", "10.0.0.1", "192.168.1.1", "198.18.0.5", "2607:6bc0::10", "fd00::5"],
)
def test_public_and_private_addresses_are_fine(address: str) -> None:
    """TLS protects the name, so a gateway or a fake address of a resolver may answer."""
    check_address(address, 443, allow_loopback=False, ours=OURS)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "fe80::1%eth0",
        "224.0.0.1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "::ffff:0.0.0.0",
        "no address",
    ],
)
def test_address_of_forged_names_is_refused(address: str) -> None:
    """Where forged names lead no request goes, and it is not tried again (A22, A23)."""
    with pytest.raises(Forbidden) as told:
        check_address(address, 443, allow_loopback=True, ours=OURS)

    assert (told.value.status, told.value.may_retry) == (502, False)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.5.5.5", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_refused_unless_allowed(address: str) -> None:
    """A name that leads to this machine is refused, since nobody said it would (A23)."""
    check_address(address, 443, allow_loopback=True, ours=OURS)

    with pytest.raises(Unreachable):
        check_address(address, 443, allow_loopback=False, ours=OURS)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_our_own_listener_is_a_loop(address: str, allow_loopback: bool) -> None:
    """Sluice never asks itself, allowed or not (A23)."""
    with pytest.raises(SelfLoop) as told:
        check_address(address, 7429, allow_loopback=allow_loopback, ours=OURS)

    assert (told.value.status, told.value.may_retry) == (508, False)
