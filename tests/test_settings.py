"""`config.toml` into preferences, and sentences that name the place of a mistake."""

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trayapp.model.errors import Misconfigured
from trayapp.model.preferences import (
    Budget,
    BudgetPreferences,
    Preferences,
    WarningPreferences,
)
from trayapp.settings import (
    EXPECTED,
    SIZE_LIMIT,
    host_fault,
    load,
    parse,
    proxy_fault,
    upstream_fault,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def sentence(text: str | bytes) -> str:
    with pytest.raises(Misconfigured) as caught:
        parse(text.encode() if isinstance(text, str) else text, "config.toml")
    return caught.value.message


def test_missing_file_means_defaults(file: Path) -> None:
    """Nobody needs settings."""
    assert load(file) == Preferences()


@pytest.mark.parametrize("content", [b"", b"\n", b"# nothing\n", b"\xef\xbb\xbf", b"[listener]\n"])
def test_file_that_says_nothing_means_defaults(file: Path, content: bytes) -> None:
    """An empty file, or one of comments, changes nothing."""
    file.write_bytes(content)

    assert load(file) == Preferences()


def test_every_key_is_read(file: Path) -> None:
    """Each setting arrives where it belongs."""
    file.write_text(
        '[listener]\nport = 9000\nhosts = ["host.docker.internal", "localhost:8080", "[::1]:9"]\n'
        '[upstream]\nurl = "http://localhost:11434"\nallow_loopback = true\n'
        '[network]\nproxy = "http://user:word@proxy.example:3128"\nca_file = "/etc/own.pem"\n'
        '[cache]\nenabled = false\nmegabytes = 64\nminutes = 1.5\n[storage]\nkey = "file"\n'
    )

    preferences = load(file)

    assert preferences.listener.port == 9000
    assert preferences.listener.hosts == ("host.docker.internal", "localhost:8080", "[::1]:9")
    assert preferences.upstream.url == "http://localhost:11434"
    assert preferences.upstream.allow_loopback
    assert preferences.network.proxy == "http://user:word@proxy.example:3128"
    assert preferences.network.ca_file == "/etc/own.pem"
    assert not preferences.cache.enabled
    assert (preferences.cache.limit, preferences.cache.lifetime) == (64 * 1024 * 1024, 90.0)
    assert preferences.storage.key == "file"


def test_warnings_and_budgets_are_read(file: Path) -> None:
    """A tool's name may hold blanks; an amount may be a whole number."""
    file.write_text(
        '[warnings]\noff = ["storm"]\nquiet_hours = "22:00-07:00"\ncommand = ["notify", "-x"]\n'
        '[budget]\nday = 10\naction = "stop"\n[budget.tools."Claude Code"]\nmonth = 99.5\n'
    )

    preferences = load(file)

    assert preferences.warnings == WarningPreferences(
        ("storm",), "22:00-07:00", command=("notify", "-x")
    )
    assert preferences.budget == BudgetPreferences(
        10.0, action="stop", tools={"Claude Code": Budget(month=99.5)}
    )


def test_byte_order_mark_is_tolerated(file: Path) -> None:
    """Windows editors begin files with a mark."""
    file.write_bytes(b"\xef\xbb\xbf[listener]\r\nport = 1\r\n")

    assert load(file).listener.port == 1


def test_link_is_followed(file: Path, tmp_path: Path) -> None:
    """Settings are often kept elsewhere and linked."""
    (tmp_path / "dotfiles.toml").write_text("[listener]\nport = 2\n")
    file.symlink_to(tmp_path / "dotfiles.toml")

    assert load(file).listener.port == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[listener]\nport =\n", "line 2: not valid TOML: Invalid value."),
        ("a = [", "line 1: not valid TOML: Invalid value."),
        ("\n\na = 1\na = 2\n\n", "line 4: not valid TOML: Cannot overwrite a value."),
        ("[listener\n", "line 1: not valid TOML: Expected ']' at the end of a table declaration."),
        ('x = "\\q"\n', "line 1: not valid TOML: Unescaped '\\' in a string."),
        ("\x00", "line 1: not valid TOML: Invalid statement."),
        ("hold_second = 3", "line 1: “hold_second” is not known."),
        ("\n[listener]\n# port\nprot = 1\n", "line 4: “listener.prot” is not known."),
        ("listener.prot = 1", "line 1: “listener.prot” is not known."),
        ("[listner]\nport = 1\n", "line 1: “listner” is not known."),
        ("a.b = 1", "line 1: “a” is not known."),
        ("listener = {port = 1, prot = 2}", "line 1: “listener.prot” is not known."),
        ('[listener]\n"port" = "x"\n', "line 2: “listener.port” must be a whole number from 0 to 65535."),
        ("[listener]\nport = 65536", "line 2: “listener.port” must be a whole number from 0 to 65535."),
        ("[listener]\nport = -1", "line 2: “listener.port” must be a whole number from 0 to 65535."),
        ("[listener]\nport = 1.5", "line 2: “listener.port” must be a whole number from 0 to 65535."),
        ("[listener]\nport = true", "line 2: “listener.port” must be a whole number from 0 to 65535."),
        ("listener = 3", "line 1: “listener” must be a table: [listener]."),
        ("[[listener]]\n", "line 1: “listener” must be a table: [listener]."),
        (
            '[listener]\nhosts = "a"',
            'line 2: “listener.hosts” must be a list of host names, such as ["host.docker.internal"].',
        ),
        (
            "[listener]\nhosts = [\n1\n]",
            'line 2: “listener.hosts” must be a list of host names, such as ["host.docker.internal"].',
        ),
        (
            '[listener]\nhosts = ["0.0.0.0"]',
            (
                "line 2: “listener.hosts” names every address; "
                "Sluice listens on loopback only, name one host."
            ),
        ),
        ('[listener]\nhost = "0.0.0.0"', "line 2: “listener.host” is not known."),
        ('[listener]\nhosts = ["a b"]', "line 2: “listener.hosts” holds what is not a host name."),
        ("[upstream]\nurl = 3", "line 2: “upstream.url” must be a URL in quotes."),
        (
            '[network]\nproxy = "x"\n[upstream]\nurl = "ftp://u:secret@h"',
            "line 4: “upstream.url” must begin with https:// or http://.",
        ),
        (
            '[upstream]\nurl = "https://u:secret@h"',
            "line 2: “upstream.url” must not hold a user name or password.",
        ),
        ("[upstream]\nallow_loopback = 1", "line 2: “upstream.allow_loopback” must be true or false."),
        ("[network]\nproxy = 1", "line 2: “network.proxy” must be a URL in quotes."),
        ('[network]\nproxy = "socks5://h"', "line 2: “network.proxy” must begin with https:// or http://."),
        ("[cache]\nmegabytes = 1", "line 2: “cache.megabytes” must be a whole number from 16 to 1000000."),
        ("[cache]\nminutes = 0", "line 2: “cache.minutes” must be a number of minutes above 0, up to 43200 (30 days)."),
        ("[storage]\nkey = 1", 'line 2: “storage.key” must be "keyring" or "file".'),
        ("[network]\nca_file = 1", "line 2: “network.ca_file” must be the path of a file in quotes."),
        ('[network]\nca_file = ""', "line 2: “network.ca_file” is empty."),
        (
            '[warnings]\nquiet_hours = "22-7"',
            'line 2: “warnings.quiet_hours” must be a span of the day, such as "22:00-07:00".',
        ),
        (
            '[warnings]\ncommand = "notify"',
            (
                "line 2: “warnings.command” must be a program and its arguments, such as"
                ' ["notify", "--now"].'
            ),
        ),
        ("[budget]\nday = -1", "line 2: “budget.day” must be an amount in USD."),
        (
            '[budget.tools."Claude Code"]\nday = "x"',
            "line 2: “budget.tools.day” must be an amount in USD.",
        ),
        ('"\\u001b[2J" = 1', "“?[2J” is not known."),
        ("é = 1".encode("latin-1"), "line 1: the file is not UTF-8."),
        ("[listener]\n".encode("utf-16"), "line 1: the file is not UTF-8."),
    ],
)  # fmt: skip
def test_mistake_is_named_by_line_and_key(text: str | bytes, said: str) -> None:
    """What is wrong is one sentence with file, line and key."""
    where = "config.toml, " if said.startswith("line") else "config.toml: "
    assert sentence(text) == where + said


@pytest.mark.parametrize("text", ["a = " + "1" * 5000, "a = " + "[" * 20000])
def test_endless_values_are_refused(text: str) -> None:
    """A value that would exhaust the reader is refused like any other mistake."""
    assert sentence(text) == "config.toml holds a value that is too long or nested too deep."


def test_long_key_is_cut() -> None:
    """A sentence stays one that can be read."""
    assert sentence("k" * 500 + " = 1") == f"config.toml, line 1: “{'k' * 79}…” is not known."


def test_every_key_has_its_words() -> None:
    """Each table and key says what it takes."""
    keys = {"upstreams", "upstreams.NAME"}
    for table in msgspec.structs.fields(Preferences):
        if table.name == "upstreams":
            continue
        keys |= {table.name}
        keys |= {f"{table.name}.{key.name}" for key in msgspec.structs.fields(table.type)}

    inside = {f"budget.tools.{key.name}" for key in msgspec.structs.fields(Budget)}
    assert set(EXPECTED) == keys | inside


@pytest.mark.parametrize(
    "host",
    ["host.docker.internal", "box", "my_box", "10.0.0.7", "localhost:8080", "[fd00::1]", "a-b"],
)
def test_host_is_allowed(host: str) -> None:
    """Names and addresses may be allowed, with a port or without."""
    assert host_fault(host) is None


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "0.0.0.0:7429", "0", "0x0", "::", "[::]", "[::]:80", "[0:0:0:0:0:0:0:0]", "*", "*.local"],
)  # fmt: skip
def test_every_address_is_no_host(host: str) -> None:
    """What means every address or name is refused, however it is written."""
    assert (host_fault(host) or "").startswith("names every address")


@pytest.mark.parametrize("host", ["", " ", "a/b", "a@b", "http://a", "a\n", "-a", "a:x", "é", "a:"])
def test_garbage_is_no_host(host: str) -> None:
    """What is no host name is refused."""
    assert host_fault(host) == "holds what is not a host name"


@pytest.mark.parametrize(
    "url",
    [
        "https://api.anthropic.com",
        "https://gateway.example:8443/anthropic/",
        "https://10.1.2.3",
        "http://127.0.0.1:1234",
        "http://localhost:11434/v1",
        "http://[::1]:80",
    ],
)
def test_upstream_is_allowed(url: str) -> None:
    """Any https URL, and plain http on this machine."""
    assert upstream_fault(url) is None


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "must begin with https:// or http://"),
        ("api.anthropic.com", "must begin with https:// or http://"),
        ("file:///etc/passwd", "must begin with https:// or http://"),
        ("https://", "is not a URL with a host"),
        ("https://:443", "is not a URL with a host"),
        ("https://h:0", "is not a URL with a host"),
        ("https://h:99999", "is not a URL"),
        ("https://h:x", "is not a URL"),
        ("https://[::1", "is not a URL"),
        ("https://us er", "holds characters that no URL has"),
        ("https://h\r\nx", "holds characters that no URL has"),
        ("https://аpi.example", "holds characters that no URL has"),
        ("https://u@h", "must not hold a user name or password"),
        ("https://h/?a=1", "must be a base URL, without ? and #"),
        ("https://h/#a", "must be a base URL, without ? and #"),
        ("http://api.anthropic.com", "must begin with https://; over http:// the key could be read on its way"),
        ("http://127.0.0.1.example", "must begin with https://; over http:// the key could be read on its way"),
    ],
)  # fmt: skip
def test_upstream_is_refused(url: str, fault: str) -> None:
    """A base URL that cannot be meant, or would send the key in the clear, says why."""
    assert upstream_fault(url) == fault


def test_proxy_may_carry_a_password() -> None:
    """Company proxies ask for a name and a password."""
    assert proxy_fault("http://u:p@proxy.example:3128") is None


@pytest.mark.parametrize(("size", "fits"), [(SIZE_LIMIT, True), (SIZE_LIMIT + 1, False)])
def test_huge_file_is_refused(file: Path, size: int, fits: bool) -> None:
    """Up to 1 MB is read; more is no settings file."""
    file.write_bytes(b"#" * size)

    if fits:
        assert load(file) == Preferences()
    else:
        with pytest.raises(Misconfigured, match="is larger than 1 MB; settings are a few lines"):
            load(file)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused(file: Path, kind: str) -> None:
    """A folder or a pipe in the file's place is named, and nothing waits for it."""
    file.mkdir() if kind == "folder" else os.mkfifo(file)

    with pytest.raises(Misconfigured) as caught:
        load(file)

    assert caught.value.message == f"{file} is not a file."


def test_unreadable_file_is_named(file: Path) -> None:
    """A file that cannot be opened is named with the system's reason."""
    file.symlink_to(file.name)

    with pytest.raises(Misconfigured) as caught:
        load(file)

    assert caught.value.message == f"{file} cannot be read: Too many levels of symbolic links."


def test_file_others_may_write_is_refused(file: Path) -> None:
    """Whoever may change the upstream gets the key."""
    file.touch()
    file.chmod(0o666)

    with pytest.raises(Misconfigured) as caught:
        load(file)

    assert caught.value.message == f"{file} is writable by others; then: chmod 600 {file}"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_file_of_another_user_is_refused(file: Path) -> None:
    """A stranger who could once write to the folder does not choose the upstream."""
    file.touch()
    os.chown(file, 65534, -1)

    with pytest.raises(Misconfigured) as caught:
        load(file)

    assert caught.value.message == f"{file} belongs to another user (uid 65534)."


WORDS = [
    *EXPECTED,
    "=",
    "\n",
    "[",
    "]",
    '"',
    "1",
    "true",
    "{",
    "}",
    ".",
    "'",
    "#",
    "\r",
    "é",
    "\x1b",
]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(), st.lists(st.sampled_from(WORDS)).map(lambda words: "".join(words).encode())
    )
)
@example(b"[listener]\nport = 99999999999999999999999999")
@example(b"a = 0001-13-99")
@example(b"\xff\xfe")
def test_nothing_but_misconfigured_is_raised(content: bytes) -> None:
    """Whatever is in the file, the user gets preferences or a sentence on one line."""
    said = ""
    try:
        parse(content, "config.toml")
    except Misconfigured as error:
        said = error.message

    assert not said or said.isprintable()
