"""Message threads: kept for five minutes, continued once, by their own organization alone."""

from typing import Any

import pytest

from trayapp.simulator.errors import ApiError
from trayapp.simulator.threads import BETA, LIFETIME_S, Threads

BETAS = frozenset({BETA})
BEGUN = {
    "thread": {"type": "create"},
    "system": "Be short.",
    "messages": [{"role": "user", "content": "one"}],
}
ANSWER = {"id": "msg_1", "content": [{"type": "text", "text": "two"}]}
NEXT = {
    "thread": {"type": "continue", "previous_message_id": "msg_1"},
    "messages": [{"role": "user", "content": "three"}],
}


@pytest.fixture
def threads() -> Threads:
    """One conversation, answered once."""
    threads = Threads()
    body = threads.resumed(BEGUN, "org", BETAS, 0.0)
    threads.keep(body, ANSWER, "org", 0.0)
    return threads


def test_without_a_thread_nothing_is_kept() -> None:
    """An ordinary body passes as it is, and a body that is none is for others to refuse."""
    threads = Threads()
    plain: Any = {"messages": BEGUN["messages"]}

    threads.keep(plain, ANSWER, "org", 0.0)

    assert threads.resumed(plain, "org", frozenset(), 0.0) is plain
    assert threads.resumed([], "org", frozenset(), 0.0) == []
    assert threads._kept == {}


def test_continued_body_has_all_that_came_before(threads: Threads) -> None:
    """The new turn follows the answer; what was told at the beginning still holds."""
    body = threads.resumed(NEXT, "org", BETAS, 1.0)

    assert [turn["role"] for turn in body["messages"]] == ["user", "assistant", "user"]
    assert body["system"] == "Be short."


@pytest.mark.parametrize(
    ("body", "owner", "betas", "now", "status", "code"),
    [
        (NEXT, "other", BETAS, 1.0, 404, "thread_not_found"),
        (NEXT, "org", BETAS, LIFETIME_S, 404, "thread_not_found"),
        ({**NEXT, "thread": {"type": "continue"}}, "org", BETAS, 1.0, 404, "thread_not_found"),
        ({**NEXT, "messages": []}, "org", BETAS, 1.0, 400, None),
        ({**NEXT, "thread": {"type": "end"}}, "org", BETAS, 1.0, 400, None),
        ({**NEXT, "thread": 1}, "org", BETAS, 1.0, 400, None),
        (NEXT, "org", frozenset(), 1.0, 400, None),
    ],
)
def test_what_cannot_be_continued(
    threads: Threads, body: Any, owner: str, betas: frozenset[str], now: float, status: int,
    code: str | None,
) -> None:  # fmt: skip
    """Another organization, a minute too late, without the beta: each has its answer."""
    with pytest.raises(ApiError) as refused:
        threads.resumed(body, owner, betas, now)

    assert (refused.value.status, refused.value.code) == (status, code)


def test_each_answer_is_continued_once(threads: Threads) -> None:
    """The second time has a code of its own."""
    threads.resumed(NEXT, "org", BETAS, 1.0)

    with pytest.raises(ApiError) as refused:
        threads.resumed(NEXT, "org", BETAS, 1.0)

    assert refused.value.code == "thread_already_continued"


def test_old_threads_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that have ended go when there are many."""
    monkeypatch.setattr("trayapp.simulator.threads.ROOM", 2)
    threads = Threads()

    for number in range(4):
        threads.keep(BEGUN, {**ANSWER, "id": f"msg_{number}"}, "org", number * LIFETIME_S)

    assert len(threads._kept) <= 2
