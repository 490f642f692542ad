"""`sluice doctor`: what the environment says that works against Sluice, or has no effect."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from trayapp.cli.findings import Finding, note, ok
from trayapp.model.secret import TOKEN_PREFIX

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
FOR_PLAIN = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
"""Variables that send a plain `http://` request, which is how tools speak to us, to a proxy."""
WITHOUT = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
BASES = ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL", "ANTHROPIC_API_BASE")
CREDENTIALS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
HERE = ("127.0.0.1", "localhost", "[::1]", "::1")


def traps(environ: Mapping[str, str], *, proxy: bool, ca_file: bool, port: int) -> list[Finding]:
    """Every trap of *environ*; *proxy* and *ca_file* tell whether our settings name one."""
    found = [
        *_proxies(environ, proxy=proxy),
        *_roots(environ, ca_file=ca_file),
        *_addresses(environ, port),
    ]
    return found or [ok("Environment", "no variable of this shell stands in the way.")]


def bypasses(no_proxy: str, host: str = "127.0.0.1") -> bool:
    """Whether a `NO_PROXY` value lets requests for *host* go directly."""
    entries = {entry.strip().lstrip(".").lower() for entry in no_proxy.split(",")}
    return bool(entries & {"*", host})


def _proxies(environ: Mapping[str, str], *, proxy: bool) -> Iterator[Finding]:
    named = next((name for name in PROXIES if environ.get(name)), None)
    if named and not proxy:
        yield note(
            "Proxy", f"{named} is set, and Sluice does not use it: its road is set by you alone.",
            'If there is no other way out: [network] proxy = "http://host:port", or serve --proxy.',
        )  # fmt: skip
    plain = next((name for name in FOR_PLAIN if environ.get(name)), None)
    skipped = environ.get("NO_PROXY") or environ.get("no_proxy") or ""
    if plain and not bypasses(skipped):
        yield note(
            "Proxy", f"{plain} is set and NO_PROXY does not name 127.0.0.1: tools started here "
            "would send what is meant for Sluice, prompts and token, to that proxy.",
            "export NO_PROXY=127.0.0.1,localhost",
        )  # fmt: skip


def _roots(environ: Mapping[str, str], *, ca_file: bool) -> Iterator[Finding]:
    named = next((name for name in WITHOUT if environ.get(name)), None)
    if named and not ca_file:
        yield note(
            "Trust", f"{named} has no effect on Sluice, which trusts what this system trusts.",
            'To trust a further authority: [network] ca_file = "/path/to/file.pem".',
        )  # fmt: skip


def _addresses(environ: Mapping[str, str], port: int) -> Iterator[Finding]:
    bases = [name for name in BASES if environ.get(name)]
    elsewhere = [name for name in bases if not _is_us(environ[name], port)]
    if elsewhere:
        yield note(
            "Tools", f"{elsewhere[0]} of this shell does not lead to Sluice.",
            f"export {elsewhere[0]}=http://127.0.0.1:{port}",
        )  # fmt: skip
    token = next(
        (name for name in CREDENTIALS if environ.get(name, "").startswith(TOKEN_PREFIX.decode())),
        None,
    )
    if token and (elsewhere or not bases):
        yield note(
            "Tools", f"{token} of this shell holds a token of Sluice, and no variable leads there: "
            "tools would send it to the API, which refuses it.",
            f"export ANTHROPIC_BASE_URL=http://127.0.0.1:{port}",
        )  # fmt: skip


def _is_us(url: str, port: int) -> bool:
    try:
        parts = urlsplit(url)
        return parts.hostname in {name.strip("[]") for name in HERE} and parts.port == port
    except ValueError:
        return False
