"""Variables that work against Sluice, each found and told with what to do."""

import pytest

from trayapp.cli.doctor_traps import bypasses, traps

TOKEN = "sk-ant-sluice-" + "t" * 43
US = "http://127.0.0.1:7429"


def said(environ: dict[str, str], *, proxy: bool = False, ca_file: bool = False) -> str:
    """All words and remedies for *environ*."""
    found = traps(environ, proxy=proxy, ca_file=ca_file, port=7429)
    return " ".join(f"{each.words} {each.remedy}" for each in found)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"HTTPS_PROXY": "http://p:1"}, "HTTPS_PROXY is set, and Sluice does not use it"),
        ({"https_proxy": "http://p:1"}, "[network] proxy"),
        ({"HTTP_PROXY": "http://p:1"}, "export NO_PROXY=127.0.0.1,localhost"),
        ({"ALL_PROXY": "socks5://p:1", "NO_PROXY": "example.com"}, "prompts and token"),
        ({"SSL_CERT_FILE": "/tmp/a.pem"}, "[network] ca_file"),
        ({"REQUESTS_CA_BUNDLE": "/tmp/a.pem"}, "has no effect"),
        ({"ANTHROPIC_BASE_URL": "https://api.anthropic.com"}, "does not lead to Sluice"),
        ({"ANTHROPIC_BASE_URL": "http://127.0.0.1:9"}, f"export ANTHROPIC_BASE_URL={US}"),
        ({"ANTHROPIC_API_BASE": "http://[:"}, "ANTHROPIC_API_BASE of this shell"),
        ({"ANTHROPIC_API_KEY": TOKEN}, "holds a token of Sluice"),
        ({"ANTHROPIC_AUTH_TOKEN": TOKEN}, "ANTHROPIC_AUTH_TOKEN"),
    ],
)
def test_trap_is_told(environ: dict[str, str], words: str) -> None:
    """Each trap names its variable and what to do."""
    assert words in said(environ)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"HTTP_PROXY": "http://p:1", "NO_PROXY": "example.com, 127.0.0.1"},
        {"HTTP_PROXY": "http://p:1", "no_proxy": "*"},
        {"ANTHROPIC_BASE_URL": US, "ANTHROPIC_API_KEY": TOKEN},
        {"ANTHROPIC_BASE_URL": "http://localhost:7429/", "ANTHROPIC_AUTH_TOKEN": TOKEN},
        {"ANTHROPIC_API_KEY": "sk-ant-api03-own"},
        {"HTTPS_PROXY": ""},
    ],
)
def test_what_is_fine_is_no_trap(environ: dict[str, str]) -> None:
    """Nothing is told where nothing is wrong, but that it was looked."""
    assert said(environ).strip() == "no variable of this shell stands in the way."


def test_settings_answer_for_the_variables() -> None:
    """Who has named a proxy and roots in the settings knows what the variables do not do."""
    environ = {"HTTPS_PROXY": "http://p:1", "SSL_CERT_FILE": "/tmp/a.pem"}

    assert "stands in the way" in said(environ, proxy=True, ca_file=True)


def test_no_credential_is_told() -> None:
    """What a variable holds is never repeated, nor is a proxy's password."""
    words = said({"ANTHROPIC_API_KEY": TOKEN, "HTTPS_PROXY": "http://me:SECRET@p:1"})

    assert "tttt" not in words
    assert "SECRET" not in words


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        ("", False), ("127.0.0.1", True), ("localhost", False), ("a,*,b", True),
        (" 127.0.0.1 ,x", True),
    ],
)  # fmt: skip
def test_no_proxy_is_read_as_programs_do(value: str, passes: bool) -> None:
    """Entries are names with commas between; a star means all."""
    assert bypasses(value) is passes
