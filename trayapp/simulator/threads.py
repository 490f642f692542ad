"""Message threads: a conversation that is kept here for five minutes, each answer continued once."""

from typing import Any

import msgspec

from trayapp.simulator.errors import ApiError
from trayapp.simulator.prompt import Json

BETA = "message-threads-2026-08-12"
LIFETIME_S = 300.0
ROOM = 2_000
_KEPT = ("system", "tools", "tool_choice", "thinking", "output_config", "context_management")
"""What a continued request may leave out, since it was told at the beginning."""


class _Thread(msgspec.Struct):
    """A conversation up to one answer; *ends* in simulated seconds."""

    owner: str
    body: Json
    ends: float
    continued: bool = False


class Threads:
    """Conversations by the id of their last answer."""

    def __init__(self) -> None:
        self._kept: dict[str, _Thread] = {}

    def resumed(self, body: Any, owner: str, betas: frozenset[str], now: float) -> Any:
        """*body* with what came before it; raises `ApiError` where there is no such thread."""
        if not isinstance(body, dict) or body.get("thread") is None:
            return body
        if BETA not in betas:
            raise ApiError(400, "thread: Extra inputs are not permitted")
        thread = body["thread"]
        kind = thread.get("type") if isinstance(thread, dict) else None
        if kind == "create":
            return body
        if kind != "continue":
            raise ApiError(400, "thread.type: must be create or continue")
        return self._continued(body, thread.get("previous_message_id"), owner, now)

    def keep(self, body: Json, message: Json, owner: str, now: float) -> None:
        """Keep the conversation that *message* answers, where the request asked for it."""
        if body.get("thread") is None:
            return
        if len(self._kept) >= ROOM:
            self._kept = {name: each for name, each in self._kept.items() if each.ends > now}
        answer = {"role": "assistant", "content": message["content"]}
        whole = {**body, "messages": [*body["messages"], answer]}
        self._kept[message["id"]] = _Thread(owner, whole, now + LIFETIME_S)

    def _continued(self, body: Json, previous: object, owner: str, now: float) -> Json:
        found = self._kept.get(previous) if isinstance(previous, str) else None
        if found is None or found.owner != owner or now >= found.ends:
            message = "thread.previous_message_id: no such thread is kept"
            raise ApiError(404, message, code="thread_not_found")
        if found.continued:
            message = "thread.previous_message_id: was continued already"
            raise ApiError(400, message, code="thread_already_continued")
        turns = body.get("messages")
        if not isinstance(turns, list) or not turns:
            raise ApiError(400, "messages: at least one message is required")
        found.continued = True
        kept = {name: found.body[name] for name in _KEPT if name in found.body}
        return {**kept, **body, "messages": [*found.body["messages"], *turns]}
