"""Flags of one start stand above the settings, and leave the rest of them alone."""

import pytest
from msgspec.structs import replace

from trayapp.model.preferences import Preferences, UpstreamPreferences
from trayapp.model.serving import ServeOptions

LOCAL = UpstreamPreferences(kind="compatible", requests_per_minute=9)
SETTINGS = replace(Preferences(), upstream=LOCAL, upstreams={"work": UpstreamPreferences()})


def test_no_flag_changes_nothing() -> None:
    """The settings hold."""
    assert ServeOptions().over(SETTINGS) == SETTINGS


@pytest.mark.parametrize(
    ("options", "path", "value"),
    [
        (ServeOptions(port=0), "listener.port", 0),
        (ServeOptions(upstream="https://x"), "upstream.url", "https://x"),
        (ServeOptions(upstream="https://x"), "upstream.kind", "anthropic"),
        (ServeOptions(upstream="https://x"), "upstream.requests_per_minute", 9),
        (ServeOptions(allow_loopback_upstream=True), "upstream.allow_loopback", True),
        (ServeOptions(proxy="http://p:1"), "network.proxy", "http://p:1"),
    ],
)
def test_flag_holds(options: ServeOptions, path: str, value: object) -> None:
    """Each flag has its setting, and further upstreams are not its matter."""
    preferences = options.over(SETTINGS)
    table, key = path.split(".")

    assert getattr(getattr(preferences, table), key) == value
    assert preferences.upstreams == SETTINGS.upstreams
