"""Who names another Host is no program of this machine: rebinding pages, forged and doubled names."""

import errno
import os
import socket
from pathlib import Path

import pytest

from tests.door.front import BODY, Front, sluice

pytestmark = pytest.mark.slow

FOREIGN = [
    # A01, A02: another name, and what a rebinding page sends
    "attacker.example",
    "attacker.example:{port}",
    # A03: other ways to write this machine
    "0.0.0.0:{port}",
    "127.1:{port}",
    "127.0.1:{port}",
    "2130706433:{port}",
    "0x7f.1:{port}",
    "0x7f000001:{port}",
    "017700000001:{port}",
    "127.0.0.2:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "[::ffff:7f00:1]:{port}",
    "[0:0:0:0:0:0:0:1]:{port}",
    "[::]:{port}",
    "[::1%lo]:{port}",
    "::1:{port}",
    # A05: names that begin or end like ours, and ports that are not ours
    "127.0.0.1.evil.example:{port}",
    "127.evil.example",
    "127.evil.example:{port}",
    "localhost.evil.example:{port}",
    "evil.localhost:{port}",
    "evillocalhost:{port}",
    "localhost.:{port}",
    "localhost.localdomain:{port}",
    "127.0.0.1.:{port}",
    "127.0.0.1:{port}@evil",
    "evil@127.0.0.1:{port}",
    "127.0.0.1:{port}/evil",
    "127.0.0.1:{port}?",
    "http://127.0.0.1:{port}",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "127.0.0.1:",
    "127.0.0.1:1",
    "127.0.0.1:0{port}",
    "127.0.0.1:+{port}",
    "127.0.0.1:80{port}",
    "localhost:{port}0",
    "host.docker.internal:{port}",
    "xn--lcalhost-54a:{port}",
]


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_is_refused(front: Front, host: str) -> None:
    """A Host that is not exactly ours with our port is refused with 403 (A01, A02, A03, A05)."""
    named = f"host: {host.format(port=front.port)}".encode()
    before = front.refusals().get("host", 0)

    answered = front.refused(front.good(host=named))

    assert answered.error == (403, "permission_error")
    assert "[listener] hosts" in answered.message
    assert "evil" not in answered.message
    assert front.refusals()["host"] == before + 1


OURS = [
    "127.0.0.1:{port}",
    "localhost:{port}",
    "LOCALHOST:{port}",
    "LocalHost:{port}",
    "[::1]:{port}",
]


@pytest.mark.parametrize("host", OURS)
def test_our_own_names_are_served(front: Front, host: str) -> None:
    """The three names of this machine, with the port, are served in any case of letters (A04)."""
    named = f"host: {host.format(port=front.port)}".encode()

    answered = front.served(front.good(b"connection: close", host=named))

    assert answered.status == 200


MALFORMED = {
    "none": (b"POST /v1/messages HTTP/1.1", ()),
    "none in 1.0": (b"POST /v1/messages HTTP/1.0", ()),
    "empty": (b"POST /v1/messages HTTP/1.1", ("",)),
    "ours, then evil": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port}", "evil")),
    "evil, then ours": (b"POST /v1/messages HTTP/1.1", ("evil", "127.0.0.1:{port}")),
    "ours twice": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port}", "127.0.0.1:{port}")),
    "a list": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port}, evil",)),
    "a list of ours": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port},127.0.0.1:{port}",)),
    "two words": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port} evil",)),
    "a tab": (b"POST /v1/messages HTTP/1.1", ("127.0.0.1:{port}\tevil",)),
    "not ASCII": (b"POST /v1/messages HTTP/1.1", ("lоcalhost:{port}",)),
    "full-width": (b"POST /v1/messages HTTP/1.1", ("１２７.0.0.1:{port}",)),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_not_exactly_one_host_is_no_request(front: Front, name: str) -> None:
    """No Host, an empty one, a list, or two of them are 400, and the connection closes (A06, A07)."""
    line, hosts = MALFORMED[name]
    fields = [f"host: {host.format(port=front.port)}".encode() for host in hosts]

    answered = front.refused(front.good(*fields, line=line, host=b""))

    assert answered.error == (400, "invalid_request_error")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_refusal_does_not_wait_for_the_body(front: Front, chunked: bool) -> None:
    """A bad Host with an announced body that never comes is answered within a second (A01)."""
    size = b"transfer-encoding: chunked" if chunked else b"content-length: 5000000"
    request = b"\r\n".join(
        [b"POST /v1/messages HTTP/1.1", b"host: evil", front.key, size, b"", b""]
    )

    answered = front.refused(request, patience=1.0)

    assert answered.status == 403


def test_no_continue_is_said_to_who_may_not_enter(front: Front) -> None:
    """`Expect: 100-continue` from a page's Host gets the refusal, not an invitation to send."""
    request = front.good(b"expect: 100-continue", host=b"host: evil", body=b"", length=900)

    answered = front.refused(request, patience=1.0)

    assert answered.status == 403


def test_a_caller_that_still_sends_reads_the_refusal(front: Front) -> None:
    """Ten megabytes after a bad Host are read out, so that the caller gets to the answer."""
    size = 10_000_000
    with front.engine.connect() as sock:
        sock.sendall(front.good(host=b"host: evil", body=b"", length=size) + b"x" * size)

        assert front.read(sock).startswith(b"HTTP/1.1 403 ")


def test_a_foreign_host_becomes_a_problem(front: Front) -> None:
    """The user reads which setting would let that name in, and what that would mean."""
    front.refused(front.good(host=b"host: attacker.example"))

    told = {problem.code: problem.message for problem in front.snapshot().problems}

    assert "[listener] hosts" in told["refused_host"]
    assert "still only with a credential" in told["refused_host"]
    assert "attacker" not in told["refused_host"]


def test_status_shows_the_counters(front: Front) -> None:
    """`status --json` tells how many were refused, by reason."""
    front.refused(front.good(host=b"host: attacker.example"))

    shown = front.engine.status()["diagnostics"]

    assert isinstance(shown, dict)
    assert shown["refused"]["host"] >= 1


# --- Where we listen ------------------------------------------------------------------------


def listening(port: int) -> set[str]:
    """The local addresses on which *port* accepts, as the kernel lists them."""
    rows = [
        row.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for row in Path(table).read_text().splitlines()[1:]
    ]
    return {
        fields[1].rpartition(":")[0]
        for fields in rows
        if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port
    }


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs the kernel's list")
def test_only_loopback_is_listened_on(front: Front) -> None:
    """The kernel lists 127.0.0.1 and ::1 for our port, and nothing else (A09)."""
    assert listening(front.port) <= {"0100007F", "0" * 24 + "01000000"}


def test_other_addresses_of_this_machine_refuse(front: Front) -> None:
    """Whoever comes by the network's address of this machine finds no port (A09)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; picks the outward address
        except OSError:
            pytest.skip("this machine has no other address")
        address = probe.getsockname()[0]
    with socket.socket() as sock:
        sock.settimeout(2)

        assert sock.connect_ex((address, front.port)) == errno.ECONNREFUSED


EVERYWHERE = [
    ({"HOST": "0.0.0.0"}, ""),
    ({"SLUICE_HOST": "::"}, ""),
    ({}, '[listener]\nhosts = ["0.0.0.0"]\n'),
    ({}, '[listener]\nhosts = ["*"]\n'),
    ({}, '[listener]\nhosts = ["[::]:7429"]\n'),
    ({}, '[listener]\nhost = "0.0.0.0"\n'),
]


@pytest.mark.parametrize(("environ", "config"), EVERYWHERE)
def test_no_word_opens_it_to_the_network(
    tmp_path: Path, environ: dict[str, str], config: str
) -> None:
    """A variable or a setting that asks for every address ends the start with 78 (A09)."""
    (tmp_path / "config.toml").write_text(config)

    done = sluice("serve", "--port", "0", "--home", str(tmp_path), environ=environ)

    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith("sluice: ")


# --- The port is someone else's -------------------------------------------------------------


def test_a_taken_port_is_not_left_for_another(tmp_path: Path) -> None:
    """Who sits on our port is named, and gets not a byte from us; no other port is taken (A45)."""
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        port = squatter.getsockname()[1]
        done = sluice("serve", "--port", str(port), "--home", str(tmp_path))
        squatter.setblocking(False)

        with pytest.raises(BlockingIOError):
            squatter.accept()
    assert (done.returncode, done.stdout) == (75, "")
    assert f"(process {os.getpid()})" in done.stderr


def test_a_body_does_not_follow_a_refusal(front: Front) -> None:
    """What stands behind a refused request on its connection is never served."""
    evil = front.good(host=b"host: evil", body=BODY)
    reached = front.reached()

    answered = front.say(evil + front.good())

    assert answered.raw.count(b"HTTP/1.1 ") == 1
    assert front.reached() == reached
