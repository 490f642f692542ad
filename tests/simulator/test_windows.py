"""A login's windows: used up by what it reads and writes, full again at their end."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.conftest import WALL
from trayapp.meter.reading import quota_of
from trayapp.simulator.api import Api
from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.errors import ApiError
from trayapp.simulator.messages import Answering
from trayapp.simulator.windows import HOUR, RejectedError, Windows

LOGIN = "sk-ant-oat01-mine"
BETA = {"anthropic-beta": "claude-code-20250219,oauth-2025-04-20"}
BODY = (
    b'{"model":"claude-fable-5-2","max_tokens":50,"messages":[{"role":"user","content":"say: hi"}]}'
)


def said(windows: Windows, model_class: str, now: float = 0.0) -> dict[str, str]:
    """The headers, without what they all begin with."""
    start = len(b"anthropic-ratelimit-unified-")
    lines = windows.headers(model_class, now, WALL)
    return {name[start:].decode(): value.decode() for name, value in lines}


def test_unused_windows_are_allowed() -> None:
    """Both windows are told with their ends, and no third one for other models."""
    told = said(Windows(1000, 1.0), "opus-5.5")

    assert (told["status"], told["5h-utilization"], told["7d-status"]) == (
        "allowed",
        "0",
        "allowed",
    )
    assert int(told["5h-reset"]) == int((WALL + dt.timedelta(hours=5)).timestamp())
    assert "7d_oi-status" not in told


@pytest.mark.parametrize(
    ("tokens", "status", "surpassed"),
    [(400, "allowed", None), (900, "allowed_warning", "0.9"), (1000, "rejected", "0.9")],
)
def test_words_for_how_full_it_is(tokens: int, status: str, surpassed: str | None) -> None:
    """A warning begins at nine tenths, which has a header of its own."""
    windows = Windows(1000, 1.0)
    windows.take("opus-5.5", tokens, 0, 0.0)

    told = said(windows, "opus-5.5")

    assert (told["status"], told.get("5h-surpassed-threshold")) == (status, surpassed)
    assert told["representative-claim"] == "five_hour"


def test_written_tokens_weigh_more() -> None:
    """As prices do."""
    windows = Windows(1000, 1.0)
    windows.take("opus-5.5", 100, 20, 0.0)

    assert said(windows, "opus-5.5")["5h-utilization"] == "0.2"


def test_used_up_window_refuses_until_its_end() -> None:
    """The refusal names its window and the wait; after the end there is room again."""
    windows = Windows(1000, speed=2.0)
    windows.take("opus-5.5", 2000, 0, 0.0)

    with pytest.raises(RejectedError) as refused:
        windows.admit("opus-5.5", HOUR, WALL)
    windows.admit("opus-5.5", 5 * HOUR, WALL)

    assert (refused.value.status, refused.value.retry_after) == (429, 2 * HOUR)
    quota = quota_of(refused.value.headers())
    assert [(each.window, each.status) for each in quota.windows] == [
        ("five_hour", "rejected"),
        ("seven_day", "allowed"),
    ]


def test_the_largest_models_have_a_window_of_their_own() -> None:
    """When it is used up the other models still work."""
    windows = Windows(1000, 1.0)
    for start in range(3):
        windows.take("fable-5.x", 1000, 0, start * 5 * HOUR)

    with pytest.raises(RejectedError):
        windows.admit("fable-5.x", 15 * HOUR, WALL)
    windows.admit("opus-5.5", 15 * HOUR, WALL)

    claim = said(windows, "fable-5.x", 15 * HOUR)["representative-claim"]
    assert claim == "seven_day_overage_included"


def ask(api: Api, **more: str) -> Any:
    headers = {"authorization": f"Bearer {LOGIN}", "anthropic-version": "2023-06-01", **more}
    return api.handle(Call("POST", "/v1/messages", {}, headers, BODY), 0.0, WALL)


def test_a_login_is_told_windows_and_no_limits_a_minute(make_api: Callable[..., Api]) -> None:
    """One answer carries one family of headers."""
    api = make_api(rpm=1)
    first, second = ask(api, **BETA), ask(api, **BETA)
    assert isinstance(first, Answering)
    assert isinstance(second, Answering)

    quota = quota_of(api.head(second, 0.5, WALL))

    assert quota.allowances == ()
    assert [window.window for window in quota.windows] == [
        "five_hour", "seven_day", "seven_day_overage_included",
    ]  # fmt: skip


def test_a_used_up_login_is_refused_with_its_headers(make_api: Callable[..., Api]) -> None:
    """The windows are used by what was answered before."""
    api = make_api(window_tokens=1)
    ask(api, **BETA)

    refused = ask(api, **BETA)

    assert isinstance(refused, Reply)
    assert (refused.status, dict(refused.head)[b"anthropic-ratelimit-unified-status"]) == (
        429,
        b"rejected",
    )


def test_a_login_without_its_beta_is_refused(make_api: Callable[..., Api]) -> None:
    """A relay that strips the beta finds out."""
    refused = ask(make_api())

    assert isinstance(refused, Reply)
    assert refused.status == 401
    assert ApiError(401).kind.encode() in refused.body
