"""Proxies, and the way to Sluice that must not go through them."""

import pytest

from trayapp.connect.proxies import ADVICE, DIRECT, direct
from trayapp.connect.tools import BY_ID

PROXY = {"HTTPS_PROXY": "http://proxy:8080"}


@pytest.mark.parametrize(
    ("content", "environ", "lists"),
    [
        (b"{}", {}, {}),
        (b"{}", {"HTTPS_PROXY": ""}, {}),
        (b"{}", PROXY, {"NO_PROXY": DIRECT}),
        (b"{}", {**PROXY, "NO_PROXY": "corp"}, {"NO_PROXY": f"corp,{DIRECT}"}),
        (b"{}", {**PROXY, "no_proxy": "corp"}, {"no_proxy": f"corp,{DIRECT}"}),
        (b"{}", {**PROXY, "NO_PROXY": "a, 127.0.0.1", "no_proxy": "b"}, {"no_proxy": f"b,{DIRECT}"}),
        (b"{}", {**PROXY, "NO_PROXY": "*"}, {}),
        (b'{"env": {"HTTP_PROXY": "http://p"}}', {}, {"NO_PROXY": DIRECT}),
        (b'{"env": {"NO_PROXY": "mine"}}', {**PROXY, "NO_PROXY": "127.0.0.1"},
         {"NO_PROXY": f"mine,{DIRECT}"}),
    ],
)  # fmt: skip
def test_the_way_here_is_kept_free(
    content: bytes, environ: dict[str, str], lists: dict[str, str]
) -> None:
    """What was in the list stays in it; what the file says stands above the environment."""
    (target,) = BY_ID["claude-code"].targets
    settings, advice = direct(target, content, environ)

    assert {setting.place[-1]: setting.value for setting in settings} == lists
    assert advice == ""


def test_a_profile_adds_to_the_list_it_finds() -> None:
    """The shell knows the list when it starts, so only ours is written."""
    settings, _ = direct(BY_ID["shell"].targets[0], b"", {**PROXY, "NO_PROXY": "corp"})

    assert [setting.value for setting in settings] == [DIRECT]


def test_entries_of_a_list_are_read_too() -> None:
    """One text holds name and value."""
    (target,) = BY_ID["aider"].targets
    settings, _ = direct(target, b"set-env:\n- NO_PROXY=corp\n- HTTP_PROXY=p\n", {})

    assert [setting.value for setting in settings] == [f"NO_PROXY=corp,{DIRECT}"]


@pytest.mark.parametrize(
    ("environ", "advice"),
    [({}, ""), (PROXY, ADVICE), ({**PROXY, "NO_PROXY": "127.0.0.1"}, ""),
     ({**PROXY, "NO_PROXY": "127.0.0.1", "no_proxy": "x"}, ADVICE)],
)  # fmt: skip
def test_where_a_file_has_no_variables_the_user_is_told(
    environ: dict[str, str], advice: str
) -> None:
    """The list is then the shell's affair."""
    assert direct(BY_ID["opencode"].targets[0], b"{}", environ) == ((), advice)
